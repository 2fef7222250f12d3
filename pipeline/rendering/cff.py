"""The widths inside a CFF font program, read without drawing a glyph. Adobe Technical Notes 5176 and 5177.

PDF/A wants the widths beside a font to be those inside it (ISO 19005-3, 6.2.11.5). In a CFF they stand at the head of
every charstring, left out where they are the usual one; whether a first number is a width shows only when the first
operator comes and has one operand too many. Validators run the whole drawing for it, a millisecond a glyph; the first
few bytes are enough. Our subsets have no subroutines, so nothing hides behind a call.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_CHARSET, _CHARSTRINGS, _PRIVATE = 15, 17, 18
_DEFAULT_WIDTH, _NOMINAL_WIDTH = 20, 21
_ROS, _FD_ARRAY, _FD_SELECT = (12, 30), (12, 36), (12, 37)

_STEMS = frozenset({1, 3, 18, 23, 19, 20})
"""hstem, vstem, hstemhm, vstemhm, hintmask, cntrmask: an even number of operands, or a width before them."""
_OPERANDS = {21: 2, 22: 1, 4: 1, 14: 0}
"""rmoveto, hmoveto, vmoveto, endchar."""

Key = int | tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Widths:
    default: float
    nominal: float


class CompactFont:
    """A CFF font set of one font. Raises ``ValueError`` for one that is damaged or not built as ours are."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, LookupError, OverflowError) as error:
            raise ValueError("not a CFF font program") from error

    @property
    def glyphs(self) -> int:
        """How many there are."""
        return len(self._charstrings)

    def width(self, glyph: int) -> float:
        """The advance in font units. Raises ``ValueError`` when its charstring does not tell."""
        try:
            private = self._private[self._select[glyph]]
            extra = _leading_width(self._charstrings[glyph])
        except (struct.error, IndexError) as error:
            raise ValueError("a damaged charstring") from error
        return private.default if extra is None else private.nominal + extra

    def _open(self) -> None:
        data = self._data
        place = data[2]
        _names, place = _index(data, place)
        (top,), place = _index(data, place)
        entries = _dictionary(top)
        self._charstrings, _end = _index(data, int(entries[_CHARSTRINGS][0]))
        if _ROS in entries:
            fonts, _end = _index(data, int(entries[_FD_ARRAY][0]))
            self._private = [self._widths(_dictionary(font)) for font in fonts]
            self._select = _selected(data, int(entries[_FD_SELECT][0]), len(self._charstrings))
            if not _is_identity(data, int(entries.get(_CHARSET, [0])[0]), len(self._charstrings)):
                raise ValueError("the characters of a CID font are not numbered by glyph")
        else:
            self._private = [self._widths(entries)]
            self._select = bytes(len(self._charstrings))

    def _widths(self, font: dict[Key, list[float]]) -> _Widths:
        size, offset = (int(each) for each in font[_PRIVATE])
        private = _dictionary(self._data[offset : offset + size])
        return _Widths(private.get(_DEFAULT_WIDTH, [0.0])[0], private.get(_NOMINAL_WIDTH, [0.0])[0])


def _leading_width(charstring: bytes) -> float | None:
    """The width before the operands of the first operator; None where the default holds."""
    operands: list[float] = []
    place = 0
    while place < len(charstring):
        byte = charstring[place]
        place += 1
        if byte >= 32 or byte == 28:
            value, place = _number(charstring, place, byte)
            operands.append(value)
        elif byte in _STEMS:
            return operands[0] if len(operands) % 2 else None
        elif byte in _OPERANDS:
            return operands[0] if len(operands) > _OPERANDS[byte] else None
        else:
            break
    raise ValueError("a charstring begins with no stem and no move")


def _number(data: bytes, place: int, byte: int) -> tuple[float, int]:
    """A number of a charstring that begins with ``byte``, and the place after it."""
    if byte == 28:
        return struct.unpack_from(">h", data, place)[0], place + 2
    if byte <= 246:
        return byte - 139, place
    if byte <= 250:
        return (byte - 247) * 256 + data[place] + 108, place + 1
    if byte <= 254:
        return -(byte - 251) * 256 - data[place] - 108, place + 1
    return struct.unpack_from(">i", data, place)[0] / 65536, place + 4


def _index(data: bytes, place: int) -> tuple[list[bytes], int]:
    """The items of an INDEX, and the place after it."""
    (count,) = struct.unpack_from(">H", data, place)
    if not count:
        return [], place + 2
    width = data[place + 2]
    start = place + 3
    offsets = [
        int.from_bytes(data[each : each + width], "big") for each in range(start, start + (count + 1) * width, width)
    ]
    base = start + (count + 1) * width - 1
    if offsets[-1] + base > len(data):
        raise ValueError("a CFF index runs over the end")
    return [data[base + one : base + two] for one, two in pairwise(offsets)], base + offsets[-1]


def _dictionary(data: bytes) -> dict[Key, list[float]]:
    """A DICT: operands by operator."""
    entries: dict[Key, list[float]] = {}
    operands: list[float] = []
    place = 0
    while place < len(data):
        byte = data[place]
        place += 1
        if byte <= 21:
            key: Key = byte
            if byte == 12:
                key, place = (12, data[place]), place + 1
            entries[key], operands = operands, []
        elif byte == 29:
            operands.append(struct.unpack_from(">i", data, place)[0])
            place += 4
        elif byte == 30:
            value, place = _real(data, place)
            operands.append(value)
        else:
            value, place = _number(data, place, byte)
            operands.append(value)
    return entries


def _real(data: bytes, place: int) -> tuple[float, int]:
    """A packed decimal of a DICT."""
    digits = ""
    while True:
        for nibble in (data[place] >> 4, data[place] & 15):
            if nibble == 15:
                return float(digits or "0"), place + 1
            digits += "0123456789.EE -"[nibble] + ("-" if nibble == 12 else "")
        place += 1


def _selected(data: bytes, place: int, glyphs: int) -> Sequence[int]:
    """The font dictionary of each glyph (FDSelect, formats 0 and 3)."""
    if data[place] == 0:
        return data[place + 1 : place + 1 + glyphs]
    if data[place] != 3:
        raise ValueError("unknown FDSelect")
    (ranges,) = struct.unpack_from(">H", data, place + 1)
    chosen = bytearray(glyphs)
    for each in range(ranges):
        first, font, after = struct.unpack_from(">HBH", data, place + 3 + 3 * each)
        chosen[first:after] = bytes([font]) * (after - first)
    return bytes(chosen)


def _is_identity(data: bytes, place: int, glyphs: int) -> bool:
    """Whether the charset numbers the characters 1, 2, 3 … as the glyphs are."""
    form, expected = data[place], 1
    place += 1
    while expected < glyphs:
        (first,) = struct.unpack_from(">H", data, place)
        if first != expected:
            return False
        if form == 0:
            expected, place = expected + 1, place + 2
        elif form == 1:
            expected, place = expected + 1 + data[place + 2], place + 3
        else:
            expected, place = expected + 1 + struct.unpack_from(">H", data, place + 2)[0], place + 4
    return True
