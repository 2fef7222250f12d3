"""What calamine leaves out of an .xlsb: errors, telling formats, hidden rows and columns; and its sheets' row heights.

The parts of an .xlsb lie in a zip like those of an .xlsx, but the sheets are rows of binary records (MS-XLSB 2.1.4).
Drawings are XML as in .xlsx, so pictures are found the same way.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipeline.core.values import CellError, CellValue
from pipeline.sheets.biff8 import rk
from pipeline.sheets.numberformats import BUILT_IN, formatted
from pipeline.sheets.overlooked import BINARY_ERRORS, Overlooked, runs
from pipeline.sheets.package import Package
from pipeline.sheets.pictures import Measures, floating

_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_CELLS = range(2, 12)
"""Records of cells with content."""

_COLUMNS, _SHEET, _FORMAT, _STYLE = 60, 156, 44, 47
_STYLES_BEGIN, _STYLES_END = 617, 618
_EMU_PER_TWIP = 635


def overlooked(package: Package) -> dict[str, Overlooked]:
    """What is overlooked in each worksheet of an .xlsb, by its name. Raises ``ValueError`` for a broken file."""
    try:
        formats = _formats(package.read("xl/styles.bin"))
        return {name: _sheet(package, part, formats) for name, part in _parts(package)}
    except (struct.error, IndexError) as error:
        raise ValueError("no BIFF12 part") from error


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    relations = package.relations("xl/workbook.bin")
    for type_, data in _records(package.read("xl/workbook.bin")):
        if type_ == _SHEET:
            identifier, place = _text(data, 8)
            relation = relations.get(identifier)
            if relation and relation.type == "worksheet":
                yield _text(data, place)[0], relation.part


def _sheet(package: Package, part: str, formats: list[str]) -> Overlooked:
    cells: dict[tuple[int, int], CellValue] = {}
    rows: list[int] = []
    columns: list[int] = []
    heights: dict[int, float] = {}
    row, down, right = 0, 0, 0
    for type_, data in _records(package.read(part)):
        if type_ == _ROW:
            row = struct.unpack_from("<I", data)[0] + 1
            heights[row] = float(struct.unpack_from("<H", data, 8)[0] * _EMU_PER_TWIP)
            if data[11] & 0x10:
                rows.append(row)
        elif type_ == _COLUMNS and struct.unpack_from("<H", data, 16)[0] & 1:
            first, last = struct.unpack_from("<II", data)
            columns.extend(runs(first + 1, last + 1, 1000))
        elif type_ in _CELLS:
            column = struct.unpack_from("<I", data)[0] + 1
            down, right = max(down, row), max(right, column)
            if (value := _value(type_, data, formats)) is not None:
                cells[row, column] = value
    pictures, unseen = floating(package, part, lambda: Measures(heights))
    return Overlooked(cells, tuple(rows), tuple(columns), (), pictures, down, right, unseen)


def _value(type_: int, data: bytes, formats: list[str]) -> CellValue:
    if type_ in (_ERROR, _FORMULA_ERROR):
        return BINARY_ERRORS.get(data[8], CellError("#N/A"))
    if type_ not in (_RK, _REAL, _FORMULA_NUMBER):
        return None
    style = int.from_bytes(data[4:7], "little")
    code = formats[style] if style < len(formats) else ""
    if not code:
        return None
    number = rk(struct.unpack_from("<I", data, 8)[0]) if type_ == _RK else struct.unpack_from("<d", data, 8)[0]
    return formatted(number, code)


def _formats(styles: bytes) -> list[str]:
    """The format code of each cell style; empty for those that are of no interest."""
    codes = dict(BUILT_IN)
    found: list[str] = []
    inside = False
    for type_, data in _records(styles):
        if type_ == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _text(data, 2)[0]
        elif type_ in (_STYLES_BEGIN, _STYLES_END):
            inside = type_ == _STYLES_BEGIN
        elif type_ == _STYLE and inside:
            found.append(codes.get(struct.unpack_from("<H", data, 2)[0], ""))
    return found


def _text(data: bytes, place: int) -> tuple[str, int]:
    """A counted text and the place behind it; the count is -1 for none."""
    (count,) = struct.unpack_from("<i", data, place)
    end = place + 4 + 2 * max(0, count)
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and content of each record; both type and length take as many bytes as they need, seven bits each."""
    place = 0
    while place < len(data):
        type_, place = data[place], place + 1
        if type_ & 0x80:
            type_, place = (type_ & 0x7F) | (data[place] & 0x7F) << 7, place + 1
        length = 0
        for step in range(4):
            byte, place = data[place], place + 1
            length |= (byte & 0x7F) << 7 * step
            if not byte & 0x80:
                break
        yield type_, data[place : place + length]
        place += length
