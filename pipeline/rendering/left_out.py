"""The visible box that stands where something was left out, when a file is printed all the same (not strict)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.rendering.model import Border, Shape

_LEAST = 6.0
_LINE = Border("dashed", 1.0, "#ff0000")


def left_out(width: float, height: float) -> Shape:
    """A dashed red box of this size in points, set like a character."""
    return boxed(Shape("rectangle", width, height))


def boxed(shape: Shape) -> Shape:
    """The box in the place of a shape that is not shown."""
    return replace(
        shape,
        kind="rectangle",
        width=max(shape.width, _LEAST),
        height=max(shape.height, _LEAST),
        stroke=_LINE,
        fill="",
        name="",
        picture=b"",
        blocks=(),
    )
