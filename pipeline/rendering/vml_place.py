"""Where a VML shape stands and how large it is: CSS-like positions, alignments, or the coordinates of a group."""

from __future__ import annotations

from typing import Literal

from pipeline.rendering.anchors import aligned, check_sides, horizontal_band, vertical_band
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, kind
from pipeline.rendering.model import Shape
from pipeline.rendering.vml_style import PAGE, Scale, angle, pair, style_of

_RELATIVES = {
    "page": "page",
    "margin": "margin",
    "left-margin-area": "leftMargin",
    "right-margin-area": "rightMargin",
    "inner-margin-area": "insideMargin",
    "outer-margin-area": "outsideMargin",
    "top-margin-area": "topMargin",
    "bottom-margin-area": "bottomMargin",
    "text": "column",
    "char": "column",
    "line": "paragraph",
}
"""VML's names for what a position is measured from, in those of DrawingML."""


def positioned(job: Job, place: Place, element: Element, scale: Scale, near: Element) -> Shape:
    """Size, place, turn and name of a shape as a plain rectangle. Raises ``CannotRender`` for lengths beyond a page."""
    style = style_of(element)
    width, height = abs(scale.width(style.get("width", "0"))), abs(scale.height(style.get("height", "0")))
    grouped = scale is not PAGE
    x, y = _corner(style, scale, grouped)
    flips = style.get("flip", "")
    flip = ("x" in flips) != ("y" in flips)
    if kind(element) == "v:line" and (element.get("from") or element.get("to")):  # WPS gives a line a box instead
        (x1, y1), (x2, y2) = (
            (scale.x(across), scale.y(down))
            for across, down in (pair(element.get("from", "0,0")), pair(element.get("to", "0,0")))
        )
        width, height, flip = abs(x2 - x1), abs(y2 - y1), (x2 - x1) * (y2 - y1) < 0
        x, y = (0.0, 0.0) if grouped else (x, y)
        x, y = x + min(x1, x2), y + min(y1, y2)
    floating = style.get("position") == "absolute" and not grouped
    across = horizontal_band(place, _RELATIVES.get(style.get("mso-position-horizontal-relative", "text"), "column"))
    down = vertical_band(place, _RELATIVES.get(style.get("mso-position-vertical-relative", "text"), "column"))
    x += across.begin if floating else 0.0
    y += down.begin if floating else 0.0
    if floating and (side := style.get("mso-position-horizontal", "absolute")) != "absolute":
        x = across.begin + aligned(job, place, side, across.length - width, near)
    if floating and (side := style.get("mso-position-vertical", "absolute")) != "absolute":
        y = down.begin + aligned(job, place, side, down.length - height, near)
    origin_x: Literal["inline", "page", "margin", "column"] = across.origin_x if floating else "inline"
    origin_y: Literal["inline", "page", "margin", "paragraph"] = down.origin_y if floating else "inline"
    shape = Shape(
        kind="rectangle",
        width=width,
        height=height,
        origin_x=origin_x,
        origin_y=origin_y,
        x=x if floating or grouped else 0.0,
        y=y if floating or grouped else 0.0,
        behind=style.get("z-index", "0").strip().startswith("-"),
        flip=flip,
        rotation=angle(style.get("rotation", "0")),
        name=element.get("alt", "") or element.get("id", ""),
        description=element.get("alt", ""),
    )
    check_sides(job, place, shape, near)
    return shape


def _corner(style: dict[str, str], scale: Scale, grouped: bool) -> tuple[float, float]:
    if grouped:
        return scale.x(style.get("left", "0")), scale.y(style.get("top", "0"))
    x = scale.width(style.get("margin-left", "0")) + scale.width(style.get("left", "0"))
    return x, scale.height(style.get("margin-top", "0")) + scale.height(style.get("top", "0"))
