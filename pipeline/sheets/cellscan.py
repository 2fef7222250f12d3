"""What calamine leaves out of a worksheet part of an .xlsx: errors, formulas without a result, pictures in cells,
formats that show more than the number, what is hidden, and how far the grid reaches.

The part is searched as bytes first, so that plain sheets (nearly all) cost next to nothing, and parsed only when
something of the kind stands in it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.core.values import CellError, CellValue
from pipeline.sheets.addresses import address, column_number, position
from pipeline.sheets.numberformats import BUILT_IN, formatted
from pipeline.sheets.overlooked import UNCALCULATED, runs

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_NUMBERED_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d{1,9})")
_FAR_COLUMN = re.compile(rb"\br=[\"']([A-Z]{2,3})\d")
"""Columns behind Z; nearer ones are too many to be counted one by one, and too near to matter."""

_FILLED = re.compile(rb"<(?:\w+:)?c r=[\"']([A-Z]+)(\d+)[\"'][^>]*[^/>]>\s*<(?!/)")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_COL_RANGE = re.compile(rb"\b(min|max)=[\"'](\d{1,6})[\"']")
_HIDDEN = (b'hidden="1"', b'hidden="true"', b"hidden='1'", b"hidden='true'")
_SUSPECT = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b't="e"', b"t='e'")
_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"')
_MOST_COLUMNS = 1000


@dataclass(frozen=True, slots=True)
class CellScan:
    """What was found. ``rich`` holds the ``vm`` index of Excel's pictures in cells (1-based), ``named`` the id of
    WPS's, by (row, column); ``hidden_rows`` and ``hidden_columns`` count from 1.
    """

    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    rich: dict[tuple[int, int], int] = field(default_factory=dict)
    named: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


def farthest(part: bytes, limit: int) -> tuple[int, str]:
    """The area of the grid that the filled cells span, and, when it is above ``limit``, the address that stretches it.

    A single stray blank in XFD1048576 spans 17 milliard cells, which calamine would set up one by one.
    """
    rows = max(map(int, _NUMBERED_ROW.findall(part)), default=0)
    columns = max((column_number(name.decode()) for name in set(_FAR_COLUMN.findall(part))), default=26)
    if rows * columns <= limit:
        return rows * columns, ""
    filled = [(int(row), column_number(name.decode())) for name, row in _FILLED.findall(part)]
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


def scan(part: bytes, formats: Mapping[str, str]) -> CellScan:
    """Scan one worksheet part. ``formats`` as ``telling_formats`` gives them. A broken part gives what stood before."""
    found = CellScan(hidden_rows=_hidden_rows(part), hidden_columns=_hidden_columns(part))
    styled = any(f' s="{index}"'.encode() in part or f" s='{index}'".encode() in part for index in formats)
    if not styled and not any(mark in part for mark in _SUSPECT):
        return found
    for where, cell in cells_of(part):
        _look_at(where, cell, found, formats)
    return found


def cells_of(part: bytes) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    """Every cell with its place; some writers leave addresses out, then a cell stands behind the one before it."""
    row, column = 0, 0
    parser = etree.iterparse(io.BytesIO(part), ("start", "end"), tag=("{*}row", "{*}c"), no_network=True)
    try:
        for event, element in parser:
            if element.tag.endswith("row"):
                if event == "start":
                    number = element.get("r", "")
                    row, column = int(number) if number.isdecimal() else row + 1, 0
            elif event == "end":
                row, column = position(element.get("r", "")) or (row, column + 1)
                yield (row, column), element
                element.clear(keep_tail=True)
    except etree.XMLSyntaxError:
        return


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


def _hidden_rows(part: bytes) -> tuple[int, ...]:
    if not any(mark in part for mark in _HIDDEN):
        return ()
    hidden = []
    for row in _ROW.finditer(part):
        number = _ROW_NUMBER.search(row[1])
        if number and any(mark in row[1] for mark in _HIDDEN):
            hidden.append(int(number[1]))
    return tuple(hidden)


def _hidden_columns(part: bytes) -> tuple[int, ...]:
    hidden: list[int] = []
    for column in _COL.finditer(part, 0, part.find(b"sheetData") if b"sheetData" in part else len(part)):
        if any(mark in column[1] for mark in _HIDDEN):
            bounds = {name: int(number) for name, number in _COL_RANGE.findall(column[1])}
            hidden.extend(runs(bounds.get(b"min", 0), bounds.get(b"max", 0), _MOST_COLUMNS))
    return tuple(hidden)
