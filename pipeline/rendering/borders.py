"""Borders of paragraphs, cells and tables: from Word's names to lines CSS can draw (ECMA-376 part 1, 17.18.2).

Word gives the width of one stroke in eighths of a point; CSS wants the whole of a double line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pipeline.rendering.model import NO_BORDER, Border, Borders
from pipeline.rendering.properties import EMPTY_ATTRIBUTES, Properties
from pipeline.rendering.theme import hexadecimal
from pipeline.rendering.units import eighths, points

_DASHED = frozenset({"dashed", "dashSmallGap", "dotDash", "dotDotDash", "dashDotStroked"})
_STROKES_OF_DOUBLE = 3.0
"""Two strokes and the gap between them."""

_THINNEST = 0.25


def border(attributes: Mapping[str, str]) -> Border:
    """One side; ``NO_BORDER`` for none. ``space`` is the distance to what it frames, in points."""
    name = attributes.get("val", "none")
    if name in ("none", "nil"):
        return NO_BORDER
    style = _css(name)
    width = max(eighths(attributes.get("sz") or "4"), _THINNEST)
    return Border(
        style,
        width * (_STROKES_OF_DOUBLE if style == "double" else 1.0),
        hexadecimal(attributes.get("color", "")) or "#000000",
        points(attributes.get("space") or "0"),
    )


def paragraph_borders(properties: Properties) -> Borders:
    """The box round a paragraph, from its flattened ``pBdr/…`` properties."""
    top, right, bottom, left = (
        border(properties.get(f"pBdr/{side}", EMPTY_ATTRIBUTES)) for side in ("top", "right", "bottom", "left")
    )
    return Borders(top, right, bottom, left)


def between(properties: Properties) -> Border:
    """The line between paragraphs of one box."""
    return border(properties.get("pBdr/between", EMPTY_ATTRIBUTES))


def heavier(one: Border, other: Border) -> Border:
    """Which of two borders of one edge is drawn (17.4.66): the wider, then the darker one."""
    return max(one, other, key=lambda each: (each.style != "none", each.width, each.style == "double", -_light(each)))


def _light(side: Border) -> int:
    return sum(int(side.color[index : index + 2], 16) for index in (1, 3, 5))


def _css(name: str) -> Literal["solid", "double", "dotted", "dashed"]:
    if name in ("double", "triple", "doubleWave") or "thinThick" in name or "thickThin" in name:
        return "double"
    if name == "dotted":
        return "dotted"
    return "dashed" if name in _DASHED else "solid"
