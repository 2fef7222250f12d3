"""Borders of paragraphs, cells and tables: from Word's names to lines CSS can draw (ECMA-376 part 1, 17.18.2).

Word gives the width of one stroke in eighths of a point; CSS wants the whole of a double line.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from pipeline.rendering.model import NO_BORDER, Border, Borders
from pipeline.rendering.properties import EMPTY_ATTRIBUTES, Properties
from pipeline.rendering.theme import hexadecimal
from pipeline.rendering.units import eighths, points

_DASHED = frozenset({"dashed", "dashSmallGap", "dotDash", "dotDotDash", "dashDotStroked"})
_LINES = _DASHED | {
    "single", "thick", "double", "dotted", "triple", "wave", "doubleWave", "threeDEmboss", "threeDEngrave", "outset",
    "inset", "dashSmallGap", "thinThickSmallGap", "thickThinSmallGap", "thinThickThinSmallGap", "thinThickMediumGap",
    "thickThinMediumGap", "thinThickThinMediumGap", "thinThickLargeGap", "thickThinLargeGap", "thinThickThinLargeGap",
}  # fmt: skip
_STROKES_OF_DOUBLE = 3.0
"""Two strokes and the gap between them."""

_THINNEST = 0.25
_FINE = 0.75
"""The thin stroke of an unequal double line."""


def is_line(name: str) -> bool:
    """Whether a w:val names a line; the other names are rows of little pictures (apples, trees), for pages only."""
    return name in _LINES


def border(attributes: Mapping[str, str]) -> Border:
    """One side; ``NO_BORDER`` for none. ``space`` is the distance to what it frames, in points."""
    name = attributes.get("val", "none")
    if name in ("none", "nil"):
        return NO_BORDER
    style = _css(name)
    width = max(eighths(attributes.get("sz") or "4"), _THINNEST)
    strokes = _strokes(name, width)
    return Border(
        style,
        sum(strokes) or width * (_STROKES_OF_DOUBLE if style == "double" else 1.0),
        hexadecimal(attributes.get("color", "")) or "#000000",
        points(attributes.get("space") or "0"),
        strokes,
    )


def compound(name: str, width: float) -> tuple[float, float, float] | tuple[()]:
    """The strokes of a drawn double line (a:ln cmpd, v:stroke linestyle) ``width`` points wide in all."""
    thick, gap, thin = 0.6 * width, 0.2 * width, 0.2 * width
    return {"thickThin": (thick, gap, thin), "thinThick": (thin, gap, thick)}.get(name, ())


def _strokes(name: str, width: float) -> tuple[float, float, float] | tuple[()]:
    """Outer stroke, gap and inner stroke of w:val="thickThin…Gap": ``width`` is the thick stroke of a small gap, of a
    medium one too, and the gap itself of a large one."""
    thick, gap, thin = width, _FINE, _FINE
    if name.endswith("MediumGap"):
        gap = thin = width / 2
    elif name.endswith("LargeGap"):
        thick, gap = 2 * _FINE, width
    if name in ("thickThinSmallGap", "thickThinMediumGap", "thickThinLargeGap"):
        return thick, gap, thin
    return (thin, gap, thick) if name in ("thinThickSmallGap", "thinThickMediumGap", "thinThickLargeGap") else ()


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
    return other if one is not other and _weight(other) > _weight(one) else one


@lru_cache(maxsize=256)
def _weight(side: Border) -> tuple[bool, float, bool, int]:
    light = sum(int(side.color[index : index + 2], 16) for index in (1, 3, 5))
    return side.style != "none", side.width, side.style == "double", -light


def _css(name: str) -> Literal["solid", "double", "dotted", "dashed"]:
    if name in ("double", "triple", "doubleWave") or "thinThick" in name or "thickThin" in name:
        return "double"
    if name == "dotted":
        return "dotted"
    return "dashed" if name in _DASHED else "solid"
