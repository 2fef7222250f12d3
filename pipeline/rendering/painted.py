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
    the moment."""

    ink: list[Rectangle] = field(default_factory=list)
    overprint: list[Rectangle] = field(default_factory=list)
    thickness: float = 1.0
    _sides: list[Rectangle] = field(default_factory=list)
    _parts: list[list[tuple[float, float]]] = field(default_factory=list)

    @property
    def around(self) -> Rectangle | None:
        """The box round the path as it stands; None when there is none."""
        points = [point for part in self._parts for point in part]
        return _around(points) if points else None

    def outlined(self, operator: bytes, numbers: Sequence[float], matrix: Matrix) -> None:
        """A step of the path: a line, a curve, or a beginning."""
        a, b, c, d, e, f = matrix
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in pairs]
        if operator == b"m":
            self._parts.append(points)
        elif operator == b"h":
            self._close()
        elif self._parts:
            self._sides.append(_around([self._parts[-1][-1], *points]))
            self._parts[-1] += points

    def rectangle(self, x: float, y: float, width: float, height: float, matrix: Matrix) -> None:
        """A rectangle of the path."""
        right, upper = x + width, y + height
        self.outlined(b"m", (x, y), matrix)
        for corner in ((right, y), (right, upper), (x, upper)):
            self.outlined(b"l", corner, matrix)
        self._close()

    def painted(self, operator: bytes, clip: Rectangle | None, matrix: Matrix, *, overprint: bool) -> None:
        """The path is done with: stroked, filled, or thrown away."""
        found: list[Rectangle] = []
        if operator in _CLOSED:
            self._close()
        if operator in _STROKED:
            half = self.thickness / 2 * max(abs(matrix[0]) + abs(matrix[2]), abs(matrix[1]) + abs(matrix[3]))
            found += [
                Rectangle(side.left - half, side.bottom - half, side.right + half, side.top + half)
                for side in self._sides
            ]
        if operator in _FILLED:
            found += [_around(part) for part in self._parts]
        (self.overprint if overprint else self.ink).extend(_seen(found, clip))
        self._sides.clear()
        self._parts.clear()

    def _close(self) -> None:
        if self._parts:
            part = self._parts[-1]
            self._sides.append(_around([part[-1], part[0]]))


def _seen(boxes: Iterable[Rectangle], clip: Rectangle | None) -> Iterable[Rectangle]:
    """The boxes as far as they show at all."""
    for box in boxes:
        shown = common(clip, box)
        if shown.right > shown.left and shown.top > shown.bottom:
            yield shown


def _around(points: Sequence[tuple[float, float]]) -> Rectangle:
    xs, ys = zip(*points, strict=True)
    return Rectangle(min(xs), min(ys), max(xs), max(ys))
