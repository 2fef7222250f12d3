"""The border of a page (w:pgBorders; ECMA-376 part 1, 17.6.10): four lines, measured from the paper or the text."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.messages import _
from pipeline.rendering.borders import border, is_line
from pipeline.rendering.ground import page_border
from pipeline.rendering.job import Job, Paper, Place
from pipeline.rendering.markup import Element, attribute, child, is_on, local
from pipeline.rendering.model import NO_BORDER, Borders, Shape

_SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Inside:
    """What a border measured from the text goes round: the text area, with the header and the footer or without.

    ``top`` and ``bottom`` are its distances from the edges of the paper.
    """

    top: float
    bottom: float


def page_borders(job: Job, place: Place, paper: Paper, inside: Inside, element: Element | None) -> tuple[Shape, ...]:
    """The lines of a section's page border; none for no border.

    Refused: borders of little pictures, shadows, and borders that some pages of a section have and others have not.
    """
    holder = child(element, "w:pgBorders")
    if holder is None:
        return ()
    attributes = {
        side: {local(str(name)): str(text) for name, text in each.attrib.items()}
        for side in _SIDES
        if (each := child(holder, f"w:{side}")) is not None
    }
    shown = {side: each for side, each in attributes.items() if each.get("val", "none") not in ("none", "nil")}
    if not all(is_line(each.get("val", "")) for each in shown.values()):
        job.refuse(_("艺术型的页面边框"), place, remedy=_("在“页面边框”里改为线条"))
        return ()
    if any(is_on(each.get("shadow", "0")) for each in shown.values()):
        job.refuse(_("带阴影的页面边框"), place, remedy=_("在“页面边框”里改为方框"))
    if shown and attribute(holder, "w:display", "allPages") != "allPages":
        job.refuse(_("只在部分页上的页面边框"), place, remedy=_("在“页面边框”里改为应用于整篇文档"))
    lines = {side: border(each) for side, each in shown.items()}
    sides = Borders(*(lines.get(side, NO_BORDER) for side in _SIDES))
    reach = {side: line.space + line.width / 2 for side, line in lines.items()}
    top, right, bottom, left = (reach.get(side, 0.0) for side in _SIDES)
    if attribute(holder, "w:offsetFrom", "text") == "page":
        return page_border(sides, top, paper.width - right, paper.height - bottom, left, "page")
    width = paper.width - paper.left - paper.right
    return page_border(sides, inside.top - top, width + right, paper.height - inside.bottom + bottom, -left, "margin")
