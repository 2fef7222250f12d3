"""Lines with arrow heads, as flow charts (办事流程图) have them (ECMA-376 part 1, 20.1.8.38, 20.1.8.57, 20.1.10.55).

A line runs from one corner of its box to the opposite one; flips and turns say from which. With its heads it becomes a
picture that reaches as far out as they do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from pipeline.rendering import drawing
from pipeline.rendering.markup import Element, attribute, child, is_on
from pipeline.rendering.model import NO_BORDER, Shape

_SIZES: Mapping[str, float] = {"sm": 2.0, "med": 3.0, "lg": 5.0}
"""Length and width of a head in widths of its line."""
_THINNEST = 2.0
"""Points: the head of a finer line is as large as that of one so wide."""
_HEADS: Mapping[str, tuple[tuple[float, float], ...]] = {
    "triangle": ((0.0, 0.0), (1.0, 0.5), (1.0, -0.5)),
    "stealth": ((0.0, 0.0), (1.0, 0.5), (0.6, 0.0), (1.0, -0.5)),
}
"""Corners from the tip: back along the line in lengths, aside in widths."""
_COVERED = 0.55
"""How much of the head's length its line leaves free, so that the tip is sharp."""

Point = tuple[float, float]


def is_known(line: Element | None) -> bool:
    """Whether both ends of an a:ln are bare or have heads that are drawn."""
    return all(_type(line, end) in ("none", *_HEADS) for end in ("a:headEnd", "a:tailEnd"))


def has_heads(line: Element | None) -> bool:
    """Whether an a:ln has a head that is drawn."""
    return any(_type(line, end) in _HEADS for end in ("a:headEnd", "a:tailEnd"))


def arrowed(shape: Shape, line: Element | None, transform: Element | None) -> Shape:
    """A line of this box with its heads; ``shape.rotation`` is counted in."""
    begin, end = _ends(shape, transform)
    stroke = shape.stroke
    size = max(stroke.width, _THINNEST)
    heads, way = [], [begin, end]
    for index, (name, tip, other) in enumerate((("a:headEnd", begin, end), ("a:tailEnd", end, begin))):
        corners = _HEADS.get(_type(line, name))
        if corners is None:
            continue
        head = child(line, name)
        length, width = (_SIZES.get(attribute(head, each, "med"), 3.0) * size for each in ("len", "w"))
        heads.append([_from(tip, other, back * length, aside * width) for back, aside in corners])
        way[index] = _from(tip, other, _COVERED * length, 0.0)
    every = [*way, *(corner for head in heads for corner in head)]
    left, top = (min(each[axis] for each in every) - stroke.width for axis in (0, 1))
    right, bottom = (max(each[axis] for each in every) + stroke.width for axis in (0, 1))
    (x1, y1), (x2, y2) = ((x - left, y - top) for x, y in way)
    filled = "".join(
        f'<path d="{drawing.points([(x - left, y - top) for x, y in head])}" fill="{stroke.color}"/>' for head in heads
    )
    return replace(
        shape,
        kind="picture",
        x=shape.x + left,
        y=shape.y + top,
        width=right - left,
        height=bottom - top,
        rotation=0.0,
        flip=False,
        stroke=NO_BORDER,
        fill="",
        picture=drawing.sheet(right - left, bottom - top, drawing.line(stroke, x1, y1, x2, y2) + filled),
        media_type="image/svg+xml",
    )


def _type(line: Element | None, end: str) -> str:
    return attribute(child(line, end), "type", "none")


def _ends(shape: Shape, transform: Element | None) -> tuple[Point, Point]:
    """Where the line begins and ends, from the upper left corner of its box before it is turned."""
    across, down = (is_on(attribute(transform, name, "0")) for name in ("flipH", "flipV"))
    x, y = shape.width / 2 * (-1 if across else 1), shape.height / 2 * (-1 if down else 1)
    angle = math.radians(shape.rotation)
    dx, dy = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
    middle = shape.width / 2, shape.height / 2
    return (middle[0] - dx, middle[1] - dy), (middle[0] + dx, middle[1] + dy)


def _from(tip: Point, other: Point, back: float, aside: float) -> Point:
    """A place so far back from the tip towards the other end, and aside of that way."""
    length = math.dist(tip, other) or 1.0
    dx, dy = (other[0] - tip[0]) / length, (other[1] - tip[1]) / length
    return tip[0] + dx * back - dy * aside, tip[1] + dy * back + dx * aside
