"""What lines and areas blacken on a page: boxes round the strokes and fills of its paths, in points.

Coarse on purpose, and never too small: a curve is the box round its control points, a clip the box round its path. It
serves to find out what is certainly free. ISO 32000-1, 8.3 (transformation) and 8.5 (paths).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_STROKED = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_FILLED = frozenset({b"f", b"f*", b"B", b"B*", b"b", b"b*"})
_CLOSED = frozenset({b"s", b"b", b"b*"})


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def box_of(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Rectangle:
    """The upright box round a box that a matrix has moved, scaled or turned."""
    a, b, c, d, e, f = matrix
    if not b and not c:
        one, two, three, four = a * left + e, a * right + e, d * bottom + f, d * top + f
        return Rectangle(min(one, two), min(three, four), max(one, two), max(three, four))
    xs = (a * left + c * bottom + e, a * left + c * top + e, a * right + c * bottom + e, a * right + c * top + e)
    ys = (b * left + d * bottom + f, b * left + d * top + f, b * right + d * bottom + f, b * right + d * top + f)
    return Rectangle(min(xs), min(ys), max(xs), max(ys))


def common(clip: Rectangle | None, box: Rectangle) -> Rectangle:
    """What of a box a clipping rectangle lets through."""
    if clip is None:
        return box
    left, bottom = max(clip.left, box.left), max(clip.bottom, box.bottom)
    return Rectangle(left, bottom, max(min(clip.right, box.right), left), max(min(clip.top, box.top), bottom))


def times(one: Matrix, two: Matrix) -> Matrix:
    """First ``one``, then ``two``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


@dataclass(slots=True)
class Trace:
    """Collects ``ink`` path by path, that of the overprint apart. ``thickness`` is the width of lines, in the units of
    the moment.

    A path is kept as the boxes of its steps and, apart, its rectangles: a code has two hundred of them.
    """

    ink: list[Rectangle] = field(default_factory=list)
    overprint: list[Rectangle] = field(default_factory=list)
    thickness: float = 1.0
    _steps: list[Rectangle] = field(default_factory=list)
    _parts: list[list[tuple[float, float]]] = field(default_factory=list)
    _rectangles: list[Rectangle] = field(default_factory=list)

    @property
    def around(self) -> Rectangle | None:
        """The box round the path as it stands; None when there is none."""
        corners = [point for part in self._parts for point in part]
        corners += [point for box in self._rectangles for point in ((box.left, box.bottom), (box.right, box.top))]
        return _around(corners) if corners else None

    def outlined(self, operator: bytes, numbers: Sequence[float], matrix: Matrix) -> None:
        """A step of the path: a line, a curve, or a beginning."""
        a, b, c, d, e, f = matrix
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if operator == b"m":
            self._parts.append(points)
        elif operator == b"h":
            self._close()
        elif self._parts:
            part = self._parts[-1]
            self._steps.append(_around([part[-1], *points]))
            part += points

    def rectangle(self, box: Rectangle) -> None:
        """A rectangle of the path."""
        self._rectangles.append(box)

    def painted(self, operator: bytes, clip: Rectangle | None, matrix: Matrix, *, overprint: bool) -> None:
        """The path is done with: stroked, filled, or thrown away."""
        found: list[Rectangle] = []
        if operator in _CLOSED:
            self._close()
        if operator in _STROKED:
            half = self.thickness / 2 * max(abs(matrix[0]) + abs(matrix[2]), abs(matrix[1]) + abs(matrix[3]))
            sides = (side for box in self._rectangles for side in _sides(box))
            found += [
                Rectangle(side.left - half, side.bottom - half, side.right + half, side.top + half)
                for side in (*self._steps, *sides)
            ]
        if operator in _FILLED:
            found += [*map(_around, self._parts), *self._rectangles]
        (self.overprint if overprint else self.ink).extend(found if clip is None else _seen(found, clip))
        self._steps.clear()
        self._parts.clear()
        self._rectangles.clear()

    def _close(self) -> None:
        if self._parts:
            part = self._parts[-1]
            self._steps.append(_around([part[-1], part[0]]))


def _sides(box: Rectangle) -> Iterable[Rectangle]:
    """The four sides of a rectangle, as lines without width."""
    yield Rectangle(box.left, box.bottom, box.right, box.bottom)
    yield Rectangle(box.left, box.top, box.right, box.top)
    yield Rectangle(box.left, box.bottom, box.left, box.top)
    yield Rectangle(box.right, box.bottom, box.right, box.top)


def _seen(boxes: Iterable[Rectangle], clip: Rectangle) -> Iterable[Rectangle]:
    """The boxes as far as they show at all."""
    for box in boxes:
        shown = common(clip, box)
        if shown.right > shown.left and shown.top > shown.bottom:
            yield shown


def _around(points: Sequence[tuple[float, float]]) -> Rectangle:
    xs, ys = zip(*points, strict=True)
    return Rectangle(min(xs), min(ys), max(xs), max(ys))
