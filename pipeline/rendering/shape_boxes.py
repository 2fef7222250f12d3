"""Shapes as boxes: rectangles, lines, pictures, text boxes, and the places that become signature fields.

Word centres a stroke on the edge of its shape; CSS draws it inside. So every box grows by half its stroke. A shape
stands in the first line of its paragraph: then it goes to the page that line goes to.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes

from pipeline.rendering.ellipse import Ellipse
from pipeline.rendering.looks import NONE, ROUND, SIDES, Looks, border, colour, length, size
from pipeline.rendering.model import Block, Border, FieldPlace, Section, Shape

FIELD_NAMES = ("seal:", "signature:")
"""What the name of a shape begins with when its place becomes a signature field."""

SIGNATURE_HEIGHT = 28.35
"""A signature field on a line is 10 mm high."""

_FLAT = 0.5
"""A line lower or narrower than this (pt) is level or upright."""

BLOCK = ("block", "flow")
ImageOf = Callable[[bytes], Any]


class ShapeBoxes:
    """Makes boxes of shapes; collects the ``places`` of signature fields.

    ``blocks`` makes the boxes of the text inside a shape. In headers and footers, which begin ``band_top`` points below
    the edge of the paper, no field is made: a field is on one page.
    """

    def __init__(self, looks: Looks, blocks: Callable[[Sequence[Block]], list[boxes.Box]], image_of: ImageOf) -> None:
        self._looks = looks
        self._blocks = blocks
        self._image_of = image_of
        self.places: list[FieldPlace] = []
        self.band_top: float | None = None

    def anchored(self, shape: Shape, section: Section, left: float) -> boxes.Box:
        """A shape of a paragraph, to be put before its first line, in a block that begins ``left`` of the text margin.

        One measured from page or margin is placed in the page's text area (a band's, in a band); one measured from the
        paragraph keeps the height at which it stands in the text.
        """
        x = shape.x - (section.left if shape.origin_x == "page" else 0.0)
        if shape.origin_y == "paragraph":
            return self._box(shape, {}, x - left, shape.y)
        above = section.top if self.band_top is None else self.band_top
        y = shape.y if shape.origin_y == "page" else shape.y + section.top
        place = {"left": length(x), "top": length(y - above)}
        return self._box(shape, place, 0.0, 0.0)

    def inline(self, shape: Shape, x: float, foot: float) -> boxes.Box:
        """A shape set like a character, ``x`` along the line, its foot ``foot`` below the top of the line."""
        return self._box(shape, {}, x, foot - shape.height, grows=False)

    def _box(self, shape: Shape, place: dict[str, Any], x: float, y: float, *, grows: bool = True) -> boxes.Box:
        """A shape out of the flow, ``x`` and ``y`` away from its place."""
        properties = {"display": BLOCK, "position": "absolute", **place}
        if shape.behind:
            properties["z_index"] = -1
        if shape.kind == "line":
            return self._line(shape, properties, x, y)
        stroke = shape.stroke
        width = stroke.width if stroke.style != "none" else 0.0
        grown = width if grows else 0.0
        properties |= {
            "margin_left": length(x - grown / 2),
            "margin_top": length(y - grown / 2),
            "width": size(shape.width + grown),
            "height": size(shape.height + grown),
            "box_sizing": "border-box",
        }
        if shape.kind == "ellipse" and stroke.style != "double" and not shape.blocks and not shape.parts:
            drawn = Ellipse(shape.width + grown, shape.height + grown, stroke, shape.fill)
            look = self._look(shape, properties | _turned(shape))
            return boxes.BlockReplacedBox("div", look, Element("div"), drawn)
        if width:
            for side in SIDES:
                properties |= border(side, stroke)
        if shape.kind == "ellipse":
            properties |= {
                f"border_{corner}_radius": ROUND for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
            }
        elif shape.radius:
            properties |= {
                f"border_{corner}_radius": (size(shape.radius),) * 2
                for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
            }
        if shape.fill:
            properties["background_color"] = colour(shape.fill)
        properties |= _turned(shape)
        if shape.kind == "picture":
            return self._picture(shape, properties)
        inner = [self._box(part, {}, part.x, part.y) for part in shape.parts]
        if shape.blocks:
            for side, room in zip(SIDES, shape.padding, strict=True):
                properties[f"padding_{side}"] = size(max(room - width / 2, 0.0))
            inner += self._blocks(shape.blocks)
        return boxes.BlockBox("div", self._look(shape, properties), Element("div"), inner)

    def _line(self, shape: Shape, properties: dict[str, Any], x: float, y: float) -> boxes.Box:
        stroke = shape.stroke
        width = stroke.width
        if self._is_field(shape):  # a person writes above the line, so the field stands on it
            y -= SIGNATURE_HEIGHT
            properties |= {"width": size(shape.width), "height": size(SIGNATURE_HEIGHT), "box_sizing": "border-box"}
            properties |= border("bottom", stroke)
        elif shape.height < _FLAT:
            y -= width / 2
            properties |= {"width": size(shape.width), **_strokes(stroke, "height", "top", "bottom")}
        elif shape.width < _FLAT:
            x -= width / 2
            properties |= {"height": size(shape.height), **_strokes(stroke, "width", "left", "right")}
        else:
            run, angle = math.hypot(shape.width, shape.height), math.atan2(shape.height, shape.width)
            y += (shape.height if shape.flip else 0.0) - width / 2
            properties |= {"width": size(run), **_strokes(stroke, "height", "top", "bottom")}
            properties["transform"] = (("rotate", -angle if shape.flip else angle),)
            properties["transform_origin"] = (NONE, Dimension(50, "%"))
        properties |= {"margin_left": length(x), "margin_top": length(y)}
        return boxes.BlockBox("div", self._look(shape, properties), Element("div"), [])

    def _picture(self, shape: Shape, properties: dict[str, Any]) -> boxes.Box:
        look = self._look(shape, properties | ({"overflow": "hidden"} if any(shape.crop) else {}))
        image = self._image_of(shape.picture)
        if image is None:
            return boxes.BlockBox("div", look, Element("div"), [])
        element = Element("img", alt=shape.description or shape.name)
        if not any(shape.crop):
            return boxes.BlockReplacedBox("img", look, element, image)
        top, right, bottom, left = shape.crop
        width, height = shape.width / (1 - left - right), shape.height / (1 - top - bottom)
        whole = self._looks.of(
            display=BLOCK,
            margin_left=length(-left * width),
            margin_top=length(-top * height),
            width=size(width),
            height=size(height),
        )
        return boxes.BlockBox("div", look, Element("div"), [boxes.BlockReplacedBox("img", whole, element, image)])

    def _is_field(self, shape: Shape) -> bool:
        return self.band_top is None and shape.name.startswith(FIELD_NAMES)

    def _look(self, shape: Shape, properties: dict[str, Any]) -> Any:
        """The look of a shape; that of a signature's place is an anchor, by which its place is found."""
        if self._is_field(shape):
            anchor = f"f{len(self.places)}"
            self.places.append(FieldPlace(anchor, shape.name, shape.description))
            properties["anchor"] = anchor
        return self._looks.of(**properties)


def _turned(shape: Shape) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if shape.rotation:
        properties["transform"] = (("rotate", math.radians(shape.rotation)),)
    if shape.opacity < 1.0:
        properties["opacity"] = shape.opacity
    return properties


def _strokes(stroke: Border, across: str, first: str, second: str) -> dict[str, Any]:
    """A line as the borders of an empty box: one border, or two of their own widths with a gap between (文武线)."""
    if not stroke.strokes:
        return {across: NONE, **border(first, stroke)}
    one, gap, two = stroke.strokes
    return {
        across: size(gap),
        **border(first, Border("solid", one, stroke.color)),
        **border(second, Border("solid", two, stroke.color)),
    }
