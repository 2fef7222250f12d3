"""Preset geometries: which of Office's 187 shapes are drawn, and by what outline (ECMA-376 part 1, 20.1.9, 20.1.10.56).

Office papers use a handful: rules, frames, rounded frames, circles, the red star on the rule of a Party document,
arrows and diamonds of a flow chart. The others are refused, because a shape drawn nearly right says something else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.rendering.drawing import outlined, points, sheet
from pipeline.rendering.model import NO_BORDER, Shape

Corners = Sequence[tuple[float, float]]

LINES = frozenset({"line", "straightConnector1"})
RECTANGLES = frozenset({"rect", "flowChartProcess"})
ELLIPSES = frozenset({"ellipse", "flowChartConnector"})
ROUNDED = {"roundRect": 16_667, "flowChartAlternateProcess": 16_667, "flowChartTerminator": 50_000}
"""Rounded rectangles with the radius of their corners, in 1/100 000 of the shorter side."""

_STAR = (
    *((0.5, 0.0), (0.618_03, 0.381_97), (1.0, 0.381_97), (0.690_98, 0.618_03), (0.809_02, 1.0)),
    *((0.5, 0.763_93), (0.190_98, 1.0), (0.309_02, 0.618_03), (0.0, 0.381_97), (0.381_97, 0.381_97)),
)
_TRIANGLE = ((0.5, 0.0), (1.0, 1.0), (0.0, 1.0))
_DIAMOND = ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))


def _fixed(corners: Corners) -> Callable[[float, float], Corners]:
    return lambda width, height: [(x * width, y * height) for x, y in corners]


def _arrow(width: float, height: float) -> Corners:
    """To the right; shaft half as high as the head, head half as long as the shorter side."""
    head = width - min(width, height) / 2
    upper, lower = height / 4, height * 3 / 4
    return [
        *((0.0, upper), (head, upper), (head, 0.0), (width, height / 2)),
        *((head, height), (head, lower), (0.0, lower)),
    ]


def _left(width: float, height: float) -> Corners:
    return [(width - x, y) for x, y in _arrow(width, height)]


def _down(width: float, height: float) -> Corners:
    return [(y, x) for x, y in _arrow(height, width)]


def _up(width: float, height: float) -> Corners:
    return [(y, height - x) for x, y in _arrow(height, width)]


_POLYGONS: dict[str, Callable[[float, float], Corners]] = {
    "star5": _fixed(_STAR),
    "triangle": _fixed(_TRIANGLE),
    "flowChartExtract": _fixed(_TRIANGLE),
    "diamond": _fixed(_DIAMOND),
    "flowChartDecision": _fixed(_DIAMOND),
    "rightArrow": _arrow,
    "leftArrow": _left,
    "downArrow": _down,
    "upArrow": _up,
}
ADJUSTABLE = frozenset({"star5", "triangle", "rightArrow", "leftArrow", "downArrow", "upArrow"})
"""Polygons whose proportions a file may change (a:avLst); changed ones are not drawn."""


def is_drawn(name: str) -> bool:
    """Whether a preset is one of those above."""
    return name in LINES | RECTANGLES | ELLIPSES | ROUNDED.keys() | _POLYGONS.keys()


def is_polygon(name: str) -> bool:
    """Whether a preset is drawn as a picture of straight lines; no text is set in one."""
    return name in _POLYGONS


def polygon(shape: Shape, name: str) -> Shape:
    """A polygon in the size and look of ``shape``, as a picture that reaches as far out as its stroke does."""
    stroke = shape.stroke.width * 2 if shape.stroke.style != "none" else 0.0  # a sharp corner reaches out twice
    corners = [(x + stroke, y + stroke) for x, y in _POLYGONS[name](shape.width, shape.height)]
    if shape.flip:
        corners = [(shape.width + 2 * stroke - x, y) for x, y in corners]
    width, height = shape.width + 2 * stroke, shape.height + 2 * stroke
    return replace(
        shape,
        kind="picture",
        x=shape.x - stroke,
        y=shape.y - stroke,
        width=width,
        height=height,
        picture=sheet(width, height, outlined(shape, points(corners))),
        media_type="image/svg+xml",
        stroke=NO_BORDER,
        fill="",
        flip=False,
    )


def turned_line(shape: Shape) -> Shape:
    """A turned line as the line between where its ends have come to."""
    if not shape.rotation:
        return shape
    angle = math.radians(shape.rotation)
    x, y = shape.width / 2, shape.height / 2 * (-1 if shape.flip else 1)
    across, down = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
    return replace(
        shape,
        x=shape.x + shape.width / 2 - abs(across),
        y=shape.y + shape.height / 2 - abs(down),
        width=2 * abs(across),
        height=2 * abs(down),
        flip=across * down < 0,
        rotation=0.0,
    )
