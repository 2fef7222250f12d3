"""Marks of state secrecy (密级) anywhere in a workbook or its name: such a file is refused at the door.

保守国家秘密法: secrets are handled on approved machines only, and an office's shared drive is none. So every cell is
looked at, whatever kind of paper the workbook is for, before anything else is made of it. 内部 is no grade of secrecy
and passes. Words about secrecy are no mark: 保守秘密 in a sentence is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.core.text import nfc
from pipeline.core.values import Workbook
from pipeline.sheets.addresses import address
from pipeline.sheets.marks import is_ours
from pipeline.sheets.wording import excerpt

_GRADE = "(?:绝密|机密|秘密)"
_WHOLE = re.compile(rf"[【\[（(]?{_GRADE}级?(?:[★*☆].*)?[】\]）)]?")
_INSIDE = re.compile(
    rf"{_GRADE}[★☆]|密级[：:]{_GRADE}|^[【\[（(]{_GRADE}[】\]）)]|[【\[（(]{_GRADE}[】\]）)](?:\.\w+)?$"
)
"""Bracketed at either end: （秘密） in a sentence may speak of a ballot."""


def marks_of_secrecy(workbook: Workbook, file_name: str) -> tuple[Finding, ...]:
    """A finding for each mark; empty for a file that may be handled here."""
    return tuple(_findings(workbook, file_name))


def bears_mark(file_name: str, lines: Iterable[str]) -> bool:
    """Whether a file of this name with these lines is marked as secret; for what is no workbook."""
    return bool(_INSIDE.search(_bare(file_name))) or any(_is_mark(line) for line in lines)


def _findings(workbook: Workbook, file_name: str) -> Iterator[Finding]:
    if _INSIDE.search(_bare(file_name)):
        yield _finding("", "", file_name)
    for sheet in workbook.sheets:
        grid = () if is_ours(sheet) else sheet.grid
        texts = (value for value in set().union(*grid) if isinstance(value, str))
        marks = {text for text in texts if _is_mark(text)}
        for row, line in enumerate(grid if marks else (), start=1):
            for column, value in enumerate(line, start=1):
                if value in marks:
                    yield _finding(sheet.name, address(row, column), str(value))


def _is_mark(text: str) -> bool:
    if "密" not in text:  # as every mark has it; no other character becomes it in NFC
        return False
    bare = _bare(text)
    return bool(_WHOLE.fullmatch(bare) or _INSIDE.search(bare))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", nfc(text))


def _finding(sheet: str, cell: str, found: str) -> Finding:
    return Finding(
        Code.CLASSIFIED,
        sheet=sheet,
        cell=cell,
        found=excerpt(found),
        expected=_("没有密级，或“内部”"),
        hint=_("这台电脑不能办涉密文件，请把这份表格从共享盘上移走，到涉密计算机上办理"),
    )
