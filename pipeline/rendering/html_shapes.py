"""Shapes as HTML: boxes with borders, pictures, text boxes, and the places that become signature fields.

Word centres a stroke on the edge of its shape; CSS draws it inside. So every box grows by half its stroke. A shape
stands in the first line of its paragraph: then it goes to the page that line goes to.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

from pipeline.rendering.css import Stylesheet, positive, signed
from pipeline.rendering.model import Block, Border, BoxSeg, FieldPlace, Line, Section, Shape
from pipeline.rendering.pdf import PICTURE_URL

FIELD_NAMES = ("seal:", "signature:")
"""What the name of a shape begins with when its place becomes a signature field."""

SIGNATURE_HEIGHT = 28.35
"""A signature field on a line is 10 mm high."""

_FLAT = 0.5
"""A line lower or narrower than this (pt) is level or upright."""


@dataclass(slots=True)
class ShapeWriter:
    """Writes shapes; collects ``pictures`` by key and ``places`` of signature fields.

    ``blocks`` writes the text inside a shape. In headers and footers (``in_band``) no field is made: a field is on one
    page. ``top`` is where the area being written begins, from the top of the paper.
    """

    sheet: Stylesheet
    blocks: Callable[[Sequence[Block]], str]
    pictures: dict[str, bytes] = field(default_factory=dict)
    places: list[FieldPlace] = field(default_factory=list)
    in_band: bool = False
    top: float = 0.0

    def anchored(self, shapes: Sequence[Shape], line: Line, section: Section) -> str:
        """The shapes of a paragraph, to be put at the start of its first line.

        Those measured from page and margins are placed in the page's text area or in the header, those measured from
        the paragraph from the point where its first line begins.
        """
        free, bound = "", ""
        for shape in shapes:
            x = shape.x - (section.left if shape.origin_x == "page" else 0.0)
            if shape.origin_y == "paragraph":
                x, y = x - line.x, shape.y - line.ascent
            else:
                y = shape.y - self.top + (0.0 if shape.origin_y == "page" else section.top)
            box = self._box(shape, f"position:absolute;left:{signed(x)};top:{signed(y)};")
            if shape.origin_y == "paragraph":
                bound += box
            else:
                free += box
        return free + (f'<span class="o">{bound}</span>' if bound else "")

    def inline(self, box: BoxSeg) -> str:
        """A shape set like a character: its foot on the base line or above it, no height of its own for the line."""
        lifted = f"position:relative;top:{signed(-box.rise)};" if box.rise else ""
        return self._box(box.shape, f"display:inline-block;vertical-align:baseline;{lifted}", inline=True)

    def _box(self, shape: Shape, place: str, *, inline: bool = False) -> str:
        if shape.kind == "line":
            return self._line(shape, place)
        stroke = shape.stroke
        width = stroke.width if stroke.style != "none" else 0.0
        grown = 0.0 if inline else width
        declarations = place + f"margin:{signed(-shape.height if inline else -grown / 2)} {signed(-grown / 2)};"
        declarations += f"width:{positive(shape.width + grown)};height:{positive(shape.height + grown)};"
        declarations += "box-sizing:border-box;"
        if inline:
            declarations += "margin-bottom:0;"
        if width:
            declarations += f"border:{positive(width)} {stroke.style} {stroke.color};"
        if shape.kind == "ellipse":
            declarations += "border-radius:50%;"
        if shape.fill:
            declarations += f"background:{shape.fill};"
        if shape.behind:
            declarations += "z-index:-1;"
        if shape.rotation:
            declarations += f"transform:rotate({shape.rotation:.4f}deg);"
        if shape.opacity < 1.0:
            declarations += f"opacity:{shape.opacity:.3f};"
        if shape.kind == "picture":
            return self._picture(shape, declarations)
        identity = self._field(shape)
        inner = ""
        if shape.blocks:
            top, right, bottom, left = (max(each - width / 2, 0.0) for each in shape.padding)
            declarations += f"padding:{positive(top)} {positive(right)} {positive(bottom)} {positive(left)};"
            inner = self.blocks(shape.blocks)
        return f'<div{identity} class="s {self.sheet.name(declarations)}">{inner}</div>'

    def _line(self, shape: Shape, place: str) -> str:
        stroke = shape.stroke
        width = stroke.width
        border = f"{positive(width)} {stroke.style} {stroke.color};"
        layer = "z-index:-1;" if shape.behind else ""
        identity = self._field(shape)
        if identity:  # a person writes above the line, so the field stands on it
            look = (
                f"box-sizing:border-box;width:{positive(shape.width)};height:{positive(SIGNATURE_HEIGHT)};"
                f"border-bottom:{border}margin-top:{signed(-SIGNATURE_HEIGHT)};"
            )
        elif shape.height < _FLAT:
            look = f"width:{positive(shape.width)};{_strokes(stroke, 'top', 'bottom')}margin-top:{signed(-width / 2)};"
        elif shape.width < _FLAT:
            look = (
                f"height:{positive(shape.height)};{_strokes(stroke, 'left', 'right')}margin-left:{signed(-width / 2)};"
            )
        else:
            length, angle = math.hypot(shape.width, shape.height), math.atan2(shape.height, shape.width)
            start = shape.height if shape.flip else 0.0
            look = (
                f"width:{positive(length)};{_strokes(stroke, 'top', 'bottom')}margin-top:{signed(start - width / 2)};"
                f"transform:rotate({-angle if shape.flip else angle:.5f}rad);transform-origin:0 50%;"
            )
        return f'<div{identity} class="s {self.sheet.name(place + look + layer)}"></div>'

    def _picture(self, shape: Shape, declarations: str) -> str:
        key = hashlib.sha256(shape.picture).hexdigest()[:16]
        self.pictures[key] = shape.picture
        identity = self._field(shape)
        image = f'src="{PICTURE_URL}{key}" alt="{escape(shape.description)}"'
        if not any(shape.crop):
            return f'<img{identity} class="s {self.sheet.name(declarations)}" {image}>'
        top, right, bottom, left = shape.crop
        width, height = shape.width / (1 - left - right), shape.height / (1 - top - bottom)
        whole = (
            f"display:block;position:relative;left:{signed(-left * width)};top:{signed(-top * height)};"
            f"width:{positive(width)};height:{positive(height)};"
        )
        frame = self.sheet.name(f"{declarations}overflow:hidden;")
        return f'<div{identity} class="s {frame}"><img class="{self.sheet.name(whole)}" {image}></div>'

    def _field(self, shape: Shape) -> str:
        if self.in_band or not shape.name.startswith(FIELD_NAMES):
            return ""
        anchor = f"f{len(self.places)}"
        self.places.append(FieldPlace(anchor, shape.name, shape.description))
        return f' id="{anchor}"'


def _strokes(stroke: Border, first: str, second: str) -> str:
    """A line as the borders of an empty box: one border, or two of their own widths with a gap between (文武线)."""
    across = "height" if first == "top" else "width"
    if not stroke.strokes:
        return f"{across}:0;border-{first}:{positive(stroke.width)} {stroke.style} {stroke.color};"
    one, gap, two = stroke.strokes
    return (
        f"{across}:{positive(gap)};border-{first}:{positive(one)} solid {stroke.color};"
        f"border-{second}:{positive(two)} solid {stroke.color};"
    )
