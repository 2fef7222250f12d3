"""What calamine leaves out of a worksheet part of an .xlsx: errors, formulas without a result, pictures in cells,
formats that show more than the number, and how far the grid reaches.

Only cells in whose bytes something of the kind stands are parsed (see ``sheetpart``), so that plain sheets, nearly all,
cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.core.values import CellError, CellValue
from pipeline.sheets.addresses import address, column_number
from pipeline.sheets.numberformats import BUILT_IN, formatted
from pipeline.sheets.overlooked import UNCALCULATED
from pipeline.sheets.sheetpart import SheetPart

_FILLED = re.compile(rb"<(?:\w+:)?c r=[\"']([A-Z]+)(\d+)[\"'][^>]*[^/>]>\s*<(?!/)")
_MARKS = (b"<f", b't="e"')
_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"')


@dataclass(frozen=True, slots=True)
class CellScan:
    """What was found. ``rich`` holds the ``vm`` index of Excel's pictures in cells (1-based), ``named`` the id of
    WPS's, by (row, column).
    """

    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    rich: dict[tuple[int, int], int] = field(default_factory=dict)
    named: dict[tuple[int, int], str] = field(default_factory=dict)


def farthest(part: SheetPart, limit: int) -> tuple[int, str]:
    """The area of the grid that the filled cells span, and, when it is above ``limit``, the address that stretches it.

    A single stray blank in XFD1048576 spans 17 milliard cells, which calamine would set up one by one.
    """
    if part.plain is not None:
        return len(part.plain.lines) * part.plain.width, ""  # not above it, or there would have been no part
    if part.rows * part.columns <= limit:
        return part.rows * part.columns, ""
    filled = [(int(row), column_number(name.decode())) for name, row in _FILLED.findall(part.data)]
    if not filled:
        return 0, ""
    area = max(row for row, _ in filled) * max(column for _, column in filled)
    return area, address(*max(filled, key=lambda cell: cell[0] * cell[1])) if area > limit else ""


def telling_formats(styles: etree._Element | None) -> dict[str, str]:
    """The format codes of those cell styles that show more than the number, by the style's index in the sheet."""
    if styles is None:
        return {}
    codes = {str(number): code for number, code in BUILT_IN.items()}
    codes |= {f.get("numFmtId", ""): f.get("formatCode", "") for f in styles.iterfind("{*}numFmts/{*}numFmt")}
    used = enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    named = {str(index): codes.get(style.get("numFmtId", ""), "") for index, style in used}
    return {index: code for index, code in named.items() if code and formatted(1, code)}


def scan(part: SheetPart, formats: Mapping[str, str]) -> CellScan:
    """Scan one worksheet part. ``formats`` as ``telling_formats`` gives them."""
    found = CellScan()
    for where, cell in part.cells_with([*_MARKS, *(f' s="{index}"'.encode() for index in formats)]):
        _look_at(where, cell, found, formats)
    return found


def _look_at(where: tuple[int, int], cell: etree._Element, found: CellScan, formats: Mapping[str, str]) -> None:
    formula = cell.find("{*}f")
    value = cell.findtext("{*}v") or ""
    type_ = cell.get("t", "n")
    picture = _DISPIMG.search((formula.text if formula is not None else "") or value)
    if picture:
        found.named[where] = picture[1]
    elif type_ == "e":
        if cell.get("vm", "").isdigit():
            found.rich[where] = int(cell.get("vm", ""))
        else:
            found.cells[where] = CellError(value or "#N/A")
    elif formula is not None and not value and type_ not in ("str", "inlineStr"):
        found.cells[where] = CellError(UNCALCULATED)
    elif type_ == "n" and value and (code := formats.get(cell.get("s", ""))) and (shown := _formatted(value, code)):
        found.cells[where] = shown


def _formatted(value: str, code: str) -> CellValue:
    try:
        return formatted(float(value), code)
    except ValueError:
        return None
