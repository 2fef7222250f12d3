"""Text stretched over a box, as Word's watermarks are: the outlines of its characters as an SVG picture.

As text it would lie on the text of the page, and nobody reading the paper should find 草稿 among its words.
"""

from __future__ import annotations

import uharfbuzz as hb
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from pipeline.rendering import kinsoku
from pipeline.rendering.drawing import number, sheet
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import Border, TextStyle
from pipeline.rendering.subset import BOX_ASCENT
from pipeline.rendering.usage import Usage

_MOST = 200
"""Characters of a watermark; more are no watermark."""


def word_art(
    text: str, style: TextStyle, width: float, height: float, fill: str, stroke: Border, book: FontBook
) -> bytes | None:
    """An SVG picture of the text, its em box as high as ``height`` and all of it as wide as ``width`` (points).

    None for text without a visible character, for too much of it, and for characters no font has.
    """
    visible = [character for character in text if not kinsoku.is_invisible(character)]
    if not "".join(visible).strip() or len(visible) > _MOST or min(width, height) <= 0:
        return None
    usage = Usage()
    glyphs = []
    for character in visible:
        glyph = book.glyph(style, character, east_asian=kinsoku.is_east_asian(character, hint=True))
        usage.add(glyph, character)
        glyphs.append(glyph)
    if usage.missing:
        return None
    fonts = {file.family: hb.Font(hb.Face(file.data)) for file in book.subset(usage)}
    across = width / sum(glyph.advance for glyph in glyphs)
    pen = SVGPathPen(None, ntos=number)
    x = 0.0
    for character, glyph in zip(visible, glyphs, strict=True):
        font = fonts[glyph.face]
        units = font.face.upem
        place = (across / units, 0, 0, -height / units, x, BOX_ASCENT * height)
        code = font.get_nominal_glyph(ord(character))
        if code is not None:
            font.draw_glyph_with_pen(code, TransformPen(pen, place))
        x += glyph.advance * across
    look = f'fill="{fill or "none"}"'
    if stroke.style != "none":
        look += f' stroke="{stroke.color}" stroke-width="{number(stroke.width)}"'
    return sheet(width, height, f'<path d="{pen.getCommands()}" {look}/>')
