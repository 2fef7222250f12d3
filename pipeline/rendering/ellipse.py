"""An ellipse on a page of WeasyPrint's, as the place for a seal is one: four curves, where CSS borders of dashes take
hundreds of clipped lines.

It stands in the place of a picture. ISO 32000-1, 8.5.2; the curves come within 0.03 % of the true one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.pdf.stream import Stream

from pipeline.rendering.looks import PIXEL
from pipeline.rendering.model import Border
from pipeline.rendering.numerals import number
from pipeline.rendering.pen import rgb

_ROUND = 0.5522847498
"""How far the handles of a quarter reach, as a share of its radius."""
_DASHES = {"dashed": "[{0}] 0 d", "dotted": "1 J [0 {0}] 0 d"}
_DASH = {"dashed": 5.0, "dotted": 2.0}
"""A dash (and the gap after it, as long), or the way from dot to dot, in stroke widths."""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """``width`` and ``height`` in points, from outer edge to outer edge of its stroke. ``fill`` is "#rrggbb" or ""."""

    width: float
    height: float
    stroke: Border
    fill: str

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, None]:
        """Width and height in pixels."""
        return self.width / PIXEL, self.height / PIXEL, None

    def draw(self, stream: Stream, width: float, height: float, _style: Any) -> None:
        """Write it at the stream's origin, in pixels."""
        stroke = self.stroke.width / PIXEL if self.stroke.style != "none" else 0.0
        radii = max((width - stroke) / 2, 0.0), max((height - stroke) / 2, 0.0)
        operators = list(self._look(stroke))
        operators += _path(width / 2, height / 2, *radii)
        paint = {(True, True): "b", (True, False): "f", (False, True): "s"}.get((bool(self.fill), stroke > 0), "n")
        stream.stream.append("\n".join([*operators, paint]).encode())

    def _look(self, stroke: float) -> Iterator[str]:
        if self.fill:
            yield f"{rgb(self.fill)} rg"
        if stroke:
            yield f"{rgb(self.stroke.color)} RG {number(stroke)} w"
            if self.stroke.style in _DASHES:
                yield _DASHES[self.stroke.style].format(number(_DASH[self.stroke.style] * stroke))


def _path(x: float, y: float, across: float, down: float) -> Iterator[str]:
    """The outline round x, y, quarter by quarter."""
    a, b = across * _ROUND, down * _ROUND
    yield f"{number(x + across)} {number(y)} m"
    for points in (
        (x + across, y + b, x + a, y + down, x, y + down),
        (x - a, y + down, x - across, y + b, x - across, y),
        (x - across, y - b, x - a, y - down, x, y - down),
        (x + a, y - down, x + across, y - b, x + across, y),
    ):
        yield f"{' '.join(map(number, points))} c"
