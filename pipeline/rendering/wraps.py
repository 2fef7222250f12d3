"""Drawings that text keeps away from.

Lines are set before pages exist, so text cannot flow round a shape that stands beside it: that is refused. What text
passes above and below is done: the line that would run into the shape begins below it. A shape beside which no text
would fit (less than an inch) is such a one, and a shape in the margin is in nobody's way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.core.messages import _
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element
from pipeline.rendering.model import Line, Shape

_NARROWEST = 72.0
"""Points that text needs beside a shape."""

_THIN = 6.0
"""A rule lower than this (pt) moves no text even where the file says that text keeps above and below it."""

_NAMES = {
    "square": "四周型环绕的图形",
    "tight": "紧密型环绕的图形",
    "through": "穿越型环绕的图形",
    "topAndBottom": "上下型环绕的图形",
}


def wrapped(job: Job, place: Place, shape: Shape, wrap: str, clearance: tuple[float, float], near: Element) -> Shape:
    """The shape, with what text keeps off it when it keeps above and below; refused when it would keep beside it."""
    if wrap not in _NAMES:
        return shape
    left, right = _reach(place, shape)
    if wrap != "topAndBottom":
        if right <= 0.0 or left >= place.width:
            return shape
        if max(left, place.width - right) >= _NARROWEST:
            _refuse(job, place, wrap, near)
            return shape
    if shape.origin_y == "paragraph" and shape.y >= -_THIN:
        return replace(shape, clearance=clearance)
    if shape.height > _THIN:
        _refuse(job, place, wrap, near)
    return shape


def cleared(job: Job, place: Place, lines: Sequence[Line], shapes: Sequence[Shape], near: Element) -> tuple[Line, ...]:
    """The lines of the paragraph shapes are anchored in, those that ran into one moved below it."""
    kept = sorted((shape for shape in shapes if shape.clearance is not None), key=lambda shape: shape.y)
    if not kept:
        return tuple(lines)
    result = []
    y = 0.0
    for line in lines:
        moved = y
        for shape in kept:
            above, below = shape.clearance or (0.0, 0.0)
            if shape.y - above < moved + line.height and shape.y + shape.height + below > moved:
                moved = shape.y + shape.height + below
        result.append(replace(line, height=line.height + moved - y, ascent=line.ascent + moved - y))
        y = moved + line.height
    if any(shape.y + shape.height > y + _THIN for shape in kept):
        _refuse(job, place, "topAndBottom", near)
    return tuple(result)


def _reach(place: Place, shape: Shape) -> tuple[float, float]:
    """Left and right end of a shape, measured in the column of its text."""
    begin = -place.paper.left if shape.origin_x == "page" else 0.0
    return begin + shape.x, begin + shape.x + shape.width


def _refuse(job: Job, place: Place, wrap: str, near: Element) -> None:
    job.refuse(_(_NAMES[wrap]), place, near, _("在 Word 里把环绕方式改为“嵌入型”“浮于文字上方”或“衬于文字下方”"))
