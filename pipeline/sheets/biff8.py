"""What calamine leaves out of an .xls or .et: errors, telling formats, hidden rows and columns, pictures.

The workbook stream is a row of records, first the workbook's own, then those of each sheet (MS-XLS 2.1.4). Only the
records that matter are looked into; a drawing may be cut into several of them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.core.values import CellError, CellValue
from pipeline.sheets.compound import stream
from pipeline.sheets.numberformats import BUILT_IN, formatted
from pipeline.sheets.officeart import blips, shapes
from pipeline.sheets.overlooked import BINARY_ERRORS, Overlooked, runs

_BOF, _EOF, _SHEET, _CONTINUE = 0x0809, 0x000A, 0x0085, 0x003C
_FORMAT, _STYLE, _DRAWING_GROUP, _DRAWING = 0x041E, 0x00E0, 0x00EB, 0x00EC
_ROW, _COLUMNS, _BOOL_OR_ERROR, _FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
_NUMBER, _RK, _SEVERAL_RK = 0x0203, 0x027E, 0x00BD
_MACROS = 0x00D3
_WORKSHEET = 0


@dataclass(slots=True)
class _Globals:
    """What the records before the first sheet say."""

    sheets: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    drawings: bytes = b""

    def formatted(self, style: int, number: float) -> CellValue:
        code = self.codes.get(self.styles[style], "") if style < len(self.styles) else ""
        return formatted(number, code) if code else None


def overlooked(data: bytes) -> list[Overlooked]:
    """What is overlooked in each worksheet of an .xls, in their order. Raises ``ValueError`` for a broken file."""
    try:
        workbook = stream(data, "Workbook", "Book")
        common = _globals(workbook)
        pictures = blips(common.drawings)
        return [_sheet(workbook, start, common, pictures) for start in common.sheets]
    except (struct.error, IndexError) as error:
        raise ValueError("no BIFF stream") from error


def has_macros(data: bytes) -> bool:
    """Whether an .xls holds macros: its workbook says that there is a VBA project."""
    return any(type_ == _MACROS for type_, _data in _part(stream(data, "Workbook", "Book"), 0))


def _globals(workbook: bytes) -> _Globals:
    common = _Globals()
    for type_, data in _part(workbook, 0):
        if type_ == _SHEET and data[5] == _WORKSHEET:
            common.sheets.append(struct.unpack_from("<I", data)[0])
        elif type_ == _FORMAT and len(data) > 5:
            common.codes[struct.unpack_from("<H", data)[0]] = _text(data[2:])
        elif type_ == _STYLE:
            common.styles.append(struct.unpack_from("<H", data, 2)[0])
        elif type_ == _DRAWING_GROUP:
            common.drawings += data
    return common


def _sheet(workbook: bytes, start: int, common: _Globals, pictures: tuple[bytes, ...]) -> Overlooked:
    cells: dict[tuple[int, int], CellValue] = {}
    rows: list[int] = []
    columns: list[int] = []
    drawing = b""
    for type_, data in _part(workbook, start):
        if type_ == _ROW and struct.unpack_from("<H", data, 12)[0] & 0x20:
            rows.append(struct.unpack_from("<H", data)[0] + 1)
        elif type_ == _COLUMNS and struct.unpack_from("<H", data, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", data)
            columns.extend(runs(first + 1, last + 1, 256))
        elif type_ == _DRAWING:
            drawing += data
        else:
            for row, column, value in _values(type_, data, common):
                if value is not None:
                    cells[row + 1, column + 1] = value
    return Overlooked(cells, tuple(rows), tuple(columns), (), shapes(drawing, pictures))


def _values(type_: int, data: bytes, common: _Globals) -> Iterator[tuple[int, int, CellValue]]:
    """The cells of a record that hold an error or show more than their number."""
    if type_ not in (_BOOL_OR_ERROR, _FORMULA, _NUMBER, _RK, _SEVERAL_RK):
        return
    row, column, style = struct.unpack_from("<HHH", data)
    if type_ == _BOOL_OR_ERROR:
        if data[7]:
            yield row, column, BINARY_ERRORS.get(data[6], CellError("#N/A"))
    elif type_ == _FORMULA and data[12:14] == b"\xff\xff":
        if data[6] == 2:
            yield row, column, BINARY_ERRORS.get(data[8], CellError("#N/A"))
    elif type_ in (_FORMULA, _NUMBER):
        yield row, column, common.formatted(style, struct.unpack_from("<d", data, 6)[0])
    elif type_ == _RK:
        yield row, column, common.formatted(style, rk(struct.unpack_from("<I", data, 6)[0]))
    else:
        for index in range((len(data) - 6) // 6):
            style, packed = struct.unpack_from("<HI", data, 4 + 6 * index)
            yield row, column + index, common.formatted(style, rk(packed))


def rk(packed: int) -> float:
    """A number in 30 bits: whole or the upper half of a double, perhaps a hundredfold (RkNumber, MS-XLS 2.5.217)."""
    if packed & 2:
        whole = packed >> 2
        number = float(whole - (1 << 30) if whole >= 1 << 29 else whole)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number


def _text(data: bytes) -> str:
    count, wide = struct.unpack_from("<HB", data)
    return data[3 : 3 + 2 * count].decode("utf-16-le", "replace") if wide & 1 else data[3 : 3 + count].decode("latin-1")


def _part(workbook: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from the BOF at ``start`` to its EOF, without those of charts inside; continued drawings whole."""
    place, depth, before = start, 0, 0
    while place + 4 <= len(workbook):
        type_, length = struct.unpack_from("<HH", workbook, place)
        data = workbook[place + 4 : place + 4 + length]
        place += 4 + length
        depth += (type_ == _BOF) - (type_ == _EOF)
        if depth <= 0:
            return
        if type_ != _CONTINUE:
            before = type_
        elif before in (_DRAWING_GROUP, _DRAWING):
            type_ = before
        if depth == 1:
            yield type_, data
