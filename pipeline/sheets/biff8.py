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
_FONT, _FORMAT, _STYLE, _DRAWING_GROUP, _DRAWING = 0x0031, 0x041E, 0x00E0, 0x00EB, 0x00EC
_ROW, _COLUMNS, _BOOL_OR_ERROR, _FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
_NUMBER, _RK, _SEVERAL_RK = 0x0203, 0x027E, 0x00BD
_CELLS = {_BOOL_OR_ERROR, _FORMULA, _NUMBER, _RK, _SEVERAL_RK, 0x0204, 0x00FD, 0x00D6}
"""Records of cells with content; the last three hold text."""

_MACROS, _OBJECT, _PICTURE = 0x00D3, 0x005D, 8
_EXTENT, _ROWS, _COLUMNS_OF_A_SHEET = 0x0200, 65_536, 256
_WORKSHEET = 0


@dataclass(slots=True)
class _Globals:
    """What the records before the first sheet say."""

    sheets: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    fonts: list[int] = field(default_factory=list)
    struck_fonts: list[bool] = field(default_factory=list)
    drawings: bytes = b""

    def formatted(self, style: int, number: float) -> CellValue:
        code = self.codes.get(self.styles[style], "") if style < len(self.styles) else ""
        return formatted(number, code) if code else None

    def strikes(self, style: int) -> bool:
        """Whether cells of a style are struck through. There is no font of the number 4 (MS-XLS 2.5.129)."""
        font = self.fonts[style] if style < len(self.fonts) else 0
        font -= font > 4
        return font < len(self.struck_fonts) and self.struck_fonts[font]


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


def is_old(data: bytes) -> bool:
    """Whether an .xls is of Excel 95 or before, whose pictures are written in another way (MS-XLS 2.4.21)."""
    workbook = stream(data, "Workbook", "Book")
    return len(workbook) > 5 and struct.unpack_from("<H", workbook, 4)[0] < 0x0600


def _globals(workbook: bytes) -> _Globals:
    common = _Globals()
    for type_, data in _part(workbook, 0):
        if type_ == _SHEET and data[5] == _WORKSHEET:
            common.sheets.append(struct.unpack_from("<I", data)[0])
        elif type_ == _FORMAT and len(data) > 5:
            common.codes[struct.unpack_from("<H", data)[0]] = _text(data[2:])
        elif type_ == _STYLE:
            font, code = struct.unpack_from("<HH", data)
            common.fonts.append(font)
            common.styles.append(code)
        elif type_ == _FONT:
            common.struck_fonts.append(bool(struct.unpack_from("<H", data, 2)[0] & 0x0008))
        elif type_ == _DRAWING_GROUP:
            common.drawings += data
    return common


def _sheet(workbook: bytes, start: int, common: _Globals, pictures: tuple[bytes, ...]) -> Overlooked:
    cells: dict[tuple[int, int], CellValue] = {}
    rows: list[int] = []
    columns: list[int] = []
    struck: list[tuple[int, int]] = []
    drawing, drawn, down, right = b"", 0, 0, 0
    for type_, data in _part(workbook, start):
        if type_ == _ROW and struct.unpack_from("<H", data, 12)[0] & 0x20:
            rows.append(struct.unpack_from("<H", data)[0] + 1)
        elif type_ == _COLUMNS and struct.unpack_from("<H", data, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", data)
            columns.extend(runs(first + 1, last + 1, 256))
        elif type_ == _EXTENT and len(data) >= 12:
            _refuse_beyond_the_sheet(data)
        elif type_ == _DRAWING:
            drawing += data
        elif type_ == _OBJECT and len(data) > 5:
            drawn += struct.unpack_from("<H", data, 4)[0] == _PICTURE
        elif type_ in _CELLS:
            row, column = struct.unpack_from("<HH", data)
            down, right = max(down, row + 1), max(right, column + 1 + (len(data) - 12) // 6 * (type_ == _SEVERAL_RK))
            cells.update(_values(type_, data, common))
            struck.extend(place for place, style in _styles(type_, data) if common.strikes(style))
    found = shapes(drawing, pictures)
    return Overlooked(
        cells, tuple(rows), tuple(columns), (), found, down, right, max(0, drawn - len(found)), tuple(struck)
    )


def _refuse_beyond_the_sheet(extent: bytes) -> None:
    """A sheet of 65,536 rows cannot reach further; calamine would ask for the memory of whatever is written there."""
    top, bottom, left, right = struct.unpack_from("<IIHH", extent)
    if max(top, bottom) > _ROWS or max(left, right) > _COLUMNS_OF_A_SHEET:
        raise ValueError("a sheet larger than its format allows")


def _values(type_: int, data: bytes, common: _Globals) -> Iterator[tuple[tuple[int, int], CellValue]]:
    """The cells of a record that hold an error or show more than their number."""
    row, column, style = struct.unpack_from("<HHH", data)
    found: list[CellValue] = []
    if type_ == _BOOL_OR_ERROR and data[7]:
        found = [BINARY_ERRORS.get(data[6], CellError("#N/A"))]
    elif type_ == _FORMULA and data[12:14] == b"\xff\xff":
        found = [BINARY_ERRORS.get(data[8], CellError("#N/A")) if data[6] == 2 else None]
    elif type_ in (_FORMULA, _NUMBER):
        found = [common.formatted(style, struct.unpack_from("<d", data, 6)[0])]
    elif type_ == _RK:
        found = [common.formatted(style, rk(struct.unpack_from("<I", data, 6)[0]))]
    elif type_ == _SEVERAL_RK:
        pairs = struct.iter_unpack("<HI", data[4 : 4 + (len(data) - 6) // 6 * 6])
        found = [common.formatted(style, rk(packed)) for style, packed in pairs]
    for place, value in enumerate(found, start=column + 1):
        if value is not None:
            yield (row + 1, place), value


def _styles(type_: int, data: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """The cells of a record with their styles."""
    row, column, style = struct.unpack_from("<HHH", data)
    several = data[4 : 4 + (len(data) - 6) // 6 * 6] if type_ == _SEVERAL_RK else b""
    styles = [style for style, _number in struct.iter_unpack("<HI", several)] or [style]
    yield from (((row + 1, place), style) for place, style in enumerate(styles, start=column + 1))


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
