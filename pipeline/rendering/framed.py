"""Framed paragraphs (w:framePr) of headers and footers: how Word's older "insert page number" places the number.

The frame becomes a shape anchored in the paragraph that follows it. "Inside" and "outside" depend on the side of the
page, which is known because bands are set once for odd and once for even pages.
"""

from __future__ import annotations

from dataclasses import replace

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


def framed_shape(job: Job, framed: SetParagraph, place: Place) -> Shape:
    """The frame as a box as wide as the text area, its lines moved to where the frame stands."""
    asked = text(framed.form.framed, "framePr", "xAlign")
    job.sided = job.sided or asked in ("inside", "outside")
    align: Alignment = _SIDES.get((asked, place.band), "left")
    if asked in ("center", "right"):
        align = "center" if asked == "center" else "right"
    part = {"center": 0.5, "right": 1.0}.get(align, 0.0)
    lines = tuple(replace(line, x=(place.width - line.width) * part) for line in framed.para.lines)
    x = 0.0 if asked else twips(text(framed.form.framed, "framePr", "x", "0"))
    return Shape(
        kind="text-box",
        width=place.width,
        height=sum(line.height for line in lines),
        origin_x="column",
        origin_y="paragraph",
        x=x,
        y=twips(text(framed.form.framed, "framePr", "y", "0"))
        if text(framed.form.framed, "framePr", "vAnchor") == "text"
        else 0.0,
        blocks=(replace(framed.para, lines=lines, before=0.0, after=0.0, align=align),),
    )
