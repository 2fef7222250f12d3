"""Tables taken out of the text (w:tblpPr). The one that matters is 版记, which stands at the foot of its page.

A table at the bottom of the margins becomes ``foot``. Others stand in the text at their height, which is where they
are seen in office files; one with text beside it is refused.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.core.messages import _
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, attribute
from pipeline.rendering.model import Table
from pipeline.rendering.units import twips

_ROOM_FOR_TEXT = 72.0
"""Points beside a table in which Word would set text."""


def floating_table(job: Job, place: Place, element: Element, position: Element, table: Table, *, first: bool) -> Table:
    """The table at its place: x from its anchor, ``foot`` when it stands at the bottom of the margins."""
    width = sum(table.columns)
    if place.width - width > _ROOM_FOR_TEXT:
        job.refuse(_("文字环绕的表格"), place, element, _("在“表格属性”里把文字环绕改为“无”，或把表格拉到与正文同宽"))
    x = _across(place, position, width)
    anchor = attribute(position, "w:vertAnchor", "page")
    if attribute(position, "w:tblpYSpec") == "bottom":
        if anchor != "margin":
            job.refuse(
                _("相对于页面底端浮动的表格"), place, element, _("在“表格属性-定位”里把垂直位置改为相对于“页边距”")
            )
        return replace(table, x=x, foot=True)
    if anchor == "text":
        return replace(table, x=x, before=max(twips(attribute(position, "w:tblpY", "0")), 0.0))
    if not first:
        job.refuse(_("固定在页面某处的浮动表格"), place, element, _("在“表格属性”里把文字环绕改为“无”"))
    return replace(table, x=x)


def _across(place: Place, position: Element, width: float) -> float:
    """The left edge from the left text margin; from the paper's edge when the page is its anchor."""
    on_page = attribute(position, "w:horzAnchor", "page") == "page"
    begin = -place.paper.left if on_page else 0.0
    room = place.paper.width if on_page else place.width
    aligned = attribute(position, "w:tblpXSpec")
    if aligned == "center":
        return begin + (room - width) / 2
    if aligned in ("right", "outside"):
        return begin + room - width
    return begin if aligned else begin + twips(attribute(position, "w:tblpX", "0"))
