"""Pictures of an .xls: which one lies over which cell of a sheet, and its bytes.

The pictures themselves stand once for the whole workbook (the blip store), the shapes that show them with each sheet.
Both are trees of records inside BIFF records. MS-ODRAW 2.2.32 (FBSE), 2.2.23 (blips), MS-XLS 2.5.193 (anchor).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.values import Picture
from pipeline.sheets.pictures import media_type

_HEADER = struct.Struct("<HHI")
_CONTAINERS = {0xF000, 0xF001, 0xF002, 0xF003, 0xF004}
_SHAPE, _ENTRY, _PROPERTIES, _ANCHOR = 0xF004, 0xF007, 0xF00B, 0xF010
_BITMAPS = {0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A}
_PICTURE_OF_SHAPE = 0x0104
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class _Record:
    type: int
    instance: int
    data: bytes


def blips(drawing_group: bytes) -> tuple[bytes, ...]:
    """The pictures of a workbook, in the order by which shapes name them; empty bytes for one that is left out."""
    return tuple(_blip(record.data) for record in _walk(drawing_group) if record.type == _ENTRY)


def shapes(drawing: bytes, pictures: tuple[bytes, ...]) -> tuple[Picture, ...]:
    """The pictures over a sheet, each at the cell half a cell behind its upper left corner (see ``pictures``)."""
    found = []
    for shape in _walk(drawing):
        if shape.type != _SHAPE:
            continue
        parts = {record.type: record for record in _records(shape.data)}
        number = _picture_number(parts[_PROPERTIES]) if _PROPERTIES in parts else 0
        anchor = parts[_ANCHOR].data if _ANCHOR in parts else b""
        if 0 < number <= len(pictures) and pictures[number - 1] and len(anchor) >= 18:
            row, column = _under(anchor)
            data = pictures[number - 1]
            found.append(Picture(row, column, data, media_type(data)))
    return tuple(found)


def _under(anchor: bytes) -> tuple[int, int]:
    """The cell of an anchor: columns in 1024ths of a column, rows in 256ths of a row."""
    left, from_left, top, from_top, right, to_right, bottom, to_bottom = struct.unpack_from("<8H", anchor, 2)
    x, y = left + from_left / 1024, top + from_top / 256
    width, height = right + to_right / 1024 - x, bottom + to_bottom / 256 - y
    return int(y + min(max(height, 0) / 2, 0.5)) + 1, int(x + min(max(width, 0) / 2, 0.5)) + 1


def _picture_number(properties: _Record) -> int:
    for place in range(0, min(6 * properties.instance, len(properties.data) - 5), 6):
        name, value = struct.unpack_from("<HI", properties.data, place)
        if name & 0x3FFF == _PICTURE_OF_SHAPE:
            return int(value)
    return 0


def _blip(entry: bytes) -> bytes:
    """The file inside a store entry, behind its 36 bytes, its name, and the digests of the picture."""
    if len(entry) < 36:
        return b""
    for record in _records(entry[36 + entry[33] :]):
        if record.type in _BITMAPS:
            return record.data[33 if record.instance & 1 else 17 :]
        return record.data  # a metafile: nobody prints it, but it is told of
    return b""


def _walk(data: bytes, depth: int = 0) -> Iterator[_Record]:
    for record in _records(data):
        yield record
        if record.type in _CONTAINERS and depth < _DEEPEST:
            yield from _walk(record.data, depth + 1)


def _records(data: bytes) -> Iterator[_Record]:
    place = 0
    while place + _HEADER.size <= len(data):
        mixed, type_, length = _HEADER.unpack_from(data, place)
        place += _HEADER.size
        yield _Record(type_, mixed >> 4, data[place : place + length])
        place += length
