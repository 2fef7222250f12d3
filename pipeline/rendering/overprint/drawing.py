"""The overprint as operators of a page: black, so that copies in grey keep it, and thin where it is a guide only.

Places are in mm from the page's upper left corner; what is written are WeasyPrint's pixels, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

import segno

from pipeline.rendering.model import Seg
from pipeline.rendering.numerals import number
from pipeline.rendering.overprint.lettering import CELL
from pipeline.rendering.overprint.places import Area
from pipeline.rendering.pen import Pen
from pipeline.rendering.typecase import Typecase

MODULE = 0.4
"""Millimetres of a module of the code: three dots of a scanner at 200 dpi."""
QUIET = 4
"""Modules round the code that stay white (ISO/IEC 18004, 6.3.8)."""
CELL_HEIGHT = 8.0
COLUMNS, ROWS = 3, 2
"""The cells of the archival stamp: 15 by 8 mm, two rows of three (DA/T 22-2015)."""

_PIXELS = 96 / 25.4
_POINTS = 72 / 25.4
_LINE = 0.25
_ON_BASE = 0.37
"""How far below the middle of a line of figures or Han characters its base line is, in em."""
_GUIDE = "0.502 0.502 0.502 RG 0.6667 w [3.3333] 0 d"
"""The stroke of the places for seals in Word files: half a point, grey, dashed."""

Matrix = tuple[tuple[int, ...], ...]


@lru_cache(maxsize=64)
def modules(text: str) -> Matrix:
    """The modules of a code, row by row, 1 for black: level M of correction, Q where it costs no room."""
    made = segno.make(text, error="m", micro=False, boost_error=True)
    return tuple(tuple(row) for row in made.matrix)


def code(matrix: Matrix, place: Area) -> Iterator[str]:
    """A code that fills its place: one path, so that no hairline shows between its rows."""
    side = _pixels((place.right - place.left) / len(matrix))
    yield f"q 0 0 0 rg {side} 0 0 {side} {_pixels(place.left, place.top)} cm"
    for row, line in enumerate(matrix):
        column = 0
        for black, group in groupby(line):
            length = len(tuple(group))
            if black:
                yield f"{column} {row} {length} 1 re"
            column += length
    yield "f Q"


def stamp(cells: Sequence[Sequence[Seg]], place: Area, case: Typecase) -> Iterator[str]:
    """The archival stamp: its lines, and the words of each cell in the middle of it."""
    yield f"q 0 0 0 RG {_pixels(_LINE)} w"
    yield f"{_pixels(place.left, place.top, place.right - place.left, place.bottom - place.top)} re"
    for column in range(1, COLUMNS):
        x = place.left + column * CELL
        yield f"{_pixels(x, place.top)} m {_pixels(x, place.bottom)} l"
    for row in range(1, ROWS):
        y = place.top + row * CELL_HEIGHT
        yield f"{_pixels(place.left, y)} m {_pixels(place.right, y)} l"
    yield "S Q"
    pen = Pen(case)
    for index, segs in enumerate(cells):
        row, column = divmod(index, COLUMNS)
        middle = place.left + (column + 0.5) * CELL, place.top + (row + 0.5) * CELL_HEIGHT
        _write(pen, segs, middle[0] * _POINTS - width(segs) / 2, middle[1] * _POINTS)
    yield pen.written().decode()


def words(segs: Sequence[Seg], place: Area, case: Typecase) -> Iterator[str]:
    """One line that fills its place."""
    pen = Pen(case)
    _write(pen, segs, place.left * _POINTS, (place.top + place.bottom) / 2 * _POINTS)
    yield pen.written().decode()


def share(center: tuple[float, float], radius: float, left: float, right: float) -> Iterator[str]:
    """What of a circle lies between two upright lines: an arc above, an arc below, or one where the circle ends."""
    x, y = center
    first, last = (math.acos(max(-1.0, min(1.0, (edge - x) / radius))) for edge in (left, right))
    yield f"q {_GUIDE}"
    for side in (-1, 1):
        yield " ".join(_arc(x, y, radius, side * first, side * last))
    yield "S Q"


def width(segs: Sequence[Seg]) -> float:
    """Of a line, in points."""
    return sum(seg.width for seg in segs)


def _write(pen: Pen, segs: Sequence[Seg], left: float, middle: float) -> None:
    for seg in segs:
        pen.text(seg, left, middle + _ON_BASE * seg.size)
        left += seg.width


def _arc(x: float, y: float, radius: float, begin: float, end: float) -> Iterator[str]:
    """Part of a circle, by curves of at most an eighth of it."""
    count = max(1, math.ceil(abs(end - begin) / (math.pi / 4)))
    step = (end - begin) / count
    reach = 4 / 3 * math.tan(step / 4) * radius
    yield f"{_pixels(x + radius * math.cos(begin), y + radius * math.sin(begin))} m"
    for index in range(count):
        one, two = begin + index * step, begin + (index + 1) * step
        points = (
            (x + radius * math.cos(one) - reach * math.sin(one), y + radius * math.sin(one) + reach * math.cos(one)),
            (x + radius * math.cos(two) + reach * math.sin(two), y + radius * math.sin(two) - reach * math.cos(two)),
            (x + radius * math.cos(two), y + radius * math.sin(two)),
        )
        yield f"{' '.join(_pixels(*point) for point in points)} c"


def _pixels(*millimetres: float) -> str:
    return " ".join(number(each * _PIXELS) for each in millimetres)
