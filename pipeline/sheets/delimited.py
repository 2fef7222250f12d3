"""CSV and TSV: text without types, without a declared encoding, and without a declared separator.

Encoding by the rule of PITFALLS 4.10, because detectors guess wrong on short Chinese text: a byte order mark decides;
else strict UTF-8; else strict GB 18030 (never its subsets gb2312 and gbk, which lack name characters); else refused.
Quotation marks are read strictly (RFC 4180): one that is never closed would swallow every row behind it.
"""

from __future__ import annotations

import csv
import io
import re

from pipeline.core.findings import Code
from pipeline.core.messages import _
from pipeline.core.values import CellValue, Sheet
from pipeline.sheets.unreadable import Limits, refused, too_large

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = "\t,;|，"
"""The likeliest first: tabs and half-width commas hardly stand in Chinese sentences, full-width commas often do."""

_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The first line by which Excel tells itself the separator; on the screen it is no row."""

_LONGEST_CELL = 1_000_000
_LOOKED_AT = 20


def read_delimited(data: bytes, limits: Limits) -> Sheet:
    """The text as one sheet named ``Sheet1``; every cell is text or empty. Raises ``Unreadable``."""
    text = _decoded(data)
    declared = _DECLARED.match(text)
    grid: list[tuple[CellValue, ...]] = []
    separator = declared[1] if declared else _separator(text)
    lines = io.StringIO(text[declared.end() :] if declared else text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    cells = 0
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for line in reader:
            cells += len(line)
            if cells > limits.cells:
                raise too_large(
                    _("太多的单元格"), _("不超过 {n} 个单元格").format(n=limits.cells), _("请分成几个文件放进来")
                )
            grid.append(tuple([cell or None for cell in line]))
    except csv.Error as error:
        raise refused(
            Code.NOT_A_WORKBOOK,
            found=_("第{line}行的双引号不成对的文本").format(line=reader.line_num),
            expected=_("双引号成对的 CSV 文件，或者 Excel 文件"),
            hint=_("请用 Excel 或 WPS 打开它，看清内容都在，另存为“Excel 工作簿（*.xlsx）”后再放进来"),
        ) from error
    while grid and not any(grid[-1]):
        grid.pop()
    return Sheet("Sheet1", tuple(grid))


def _decoded(data: bytes) -> str:
    candidates = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise refused(
        Code.NOT_A_WORKBOOK,
        found=_("编码无法辨认的文本"),
        expected=_("UTF-8 或 GB 18030 编码的文本，或者 Excel 文件"),
        hint=_("请用 Excel 或 WPS 打开它，看清文字没有乱码，另存为“Excel 工作簿（*.xlsx）”后再放进来"),
    )


def _separator(text: str) -> str:
    """The separator that stands in most of the first lines; of several the likelier, a comma when there is none."""
    lines = [line for line in text[: _LOOKED_AT * 4096].splitlines()[: 2 * _LOOKED_AT] if line.strip()][:_LOOKED_AT]
    counts = {separator: sum(separator in line for line in lines) for separator in _SEPARATORS}
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else ","
