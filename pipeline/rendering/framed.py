"""Framed paragraphs (w:framePr) of headers and footers: how Word's older "insert page number" places the number.

The frame becomes a shape anchored in the paragraph that follows it. "Inside" and "outside" depend on the side of the
page, which is known because bands are set once for odd and once for even pages.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.rendering.anchors import horizontal_band, vertical_band
from pipeline.rendering.job import Job, Place
from pipeline.rendering.model import Alignment, Shape
from pipeline.rendering.paragraphs import SetParagraph
from pipeline.rendering.properties import text
from pipeline.rendering.units import twips

_SIDES: dict[tuple[str, str], Alignment] = {
    ("outside", "odd"): "right",
    ("outside", "even"): "left",
    ("inside", "odd"): "left",
    ("inside", "even"): "right",
}


_BANDS = {"text": "column", "margin": "margin", "page": "page"}
"""What a frame is measured from, in the names of drawings."""


def framed_shape(job: Job, framed: SetParagraph, place: Place) -> Shape:
    """The frame as a box as wide as what it is measured from, its lines moved to where the frame stands."""
    form = framed.form.framed
    asked = text(form, "framePr", "xAlign")
    job.sided = job.sided or asked in ("inside", "outside")
    align: Alignment = _SIDES.get((asked, place.band), "left")
    if asked in ("center", "right"):
        align = "center" if asked == "center" else "right"
    part = {"center": 0.5, "right": 1.0}.get(align, 0.0)
    across = horizontal_band(place, _BANDS.get(text(form, "framePr", "hAnchor"), "column"))
    down = vertical_band(place, _BANDS.get(text(form, "framePr", "vAnchor"), "column"))
    lines = tuple(replace(line, x=(across.length - line.width) * part) for line in framed.para.lines)
    height = sum(line.height for line in lines)
    y = twips(text(form, "framePr", "y", default="0"))
    if down.length:
        share = {"center": 0.5, "bottom": 1.0}.get(text(form, "framePr", "yAlign"))
        y = y if share is None else (down.length - height) * share
    elif text(form, "framePr", "vAnchor") != "text":
        y = 0.0
    return Shape(
        kind="text-box",
        width=across.length,
        height=height,
        origin_x=across.origin_x,
        origin_y=down.origin_y,
        x=across.begin + (0.0 if asked else twips(text(form, "framePr", "x", default="0"))),
        y=down.begin + y,
        blocks=(replace(framed.para, lines=lines, before=0.0, after=0.0, align=align),),
    )
