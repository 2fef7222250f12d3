"""Tables taken out of the text (w:tblpPr). The one that matters most is 版记, which stands at the foot of its page.

A table at the bottom of the margins becomes ``foot``. One measured from the text stands in the text. One measured from
the page or its margins stands at its height, and the text of its page goes on below it, as Word sets it where no room
is left beside the table; a table with text beside it is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.core.messages import _
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, attribute
from pipeline.rendering.measure import height_of, table_height
from pipeline.rendering.model import NO_BORDERS, Block, Para, Table
from pipeline.rendering.units import twips

_ROOM_FOR_TEXT = 72.0
"""Points beside a table in which Word would set text."""
_TIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Floating:
    """A table that stands ``y`` points below the top of the text area, ``above`` and ``below`` it kept free; ``index``
    is that of the block it is anchored in, ``element`` the table in the file."""

    table: Table
    element: Element
    y: float
    above: float
    below: float
    index: int


def floating_table(
    job: Job, place: Place, element: Element, position: Element, table: Table, index: int | None
) -> Table | Floating:
    """The table at its place: x from its anchor, ``foot`` when it stands at the bottom of the margins. ``index`` is the
    number of blocks before it on its page, None when nobody knows.
    """
    width = sum(table.columns)
    if place.width - width > _ROOM_FOR_TEXT:
        job.refuse(_("文字环绕的表格"), place, element, _("在“表格属性”里把文字环绕改为“无”，或把表格拉到与正文同宽"))
    table = replace(table, x=_across(place, position, width))
    anchor, aligned = attribute(position, "w:vertAnchor", "page"), attribute(position, "w:tblpYSpec")
    if aligned == "bottom":
        if anchor != "margin":
            job.refuse(
                _("相对于页面底端浮动的表格"), place, element, _("在“表格属性-定位”里把垂直位置改为相对于“页边距”")
            )
        return replace(table, foot=True)
    if anchor == "text" or aligned == "inline":
        return replace(table, before=max(twips(attribute(position, "w:tblpY", "0")), 0.0))
    if place.band or place.in_table or index is None:
        if index != 0:
            _refuse(job, place, element)
        return table
    paper = place.paper
    room = paper.height if anchor == "page" else paper.height - paper.top - paper.bottom
    y = twips(attribute(position, "w:tblpY", "0"))
    if aligned in ("top", "center", "inside", "outside"):
        y = (room - table_height(table)) / 2 if aligned == "center" else 0.0
    above, below = (twips(attribute(position, f"w:{side}FromText", "0")) for side in ("top", "bottom"))
    return Floating(table, element, y - (paper.top if anchor == "page" else 0.0), above, below, index)


def settled(job: Job, place: Place, blocks: Sequence[Block], floats: Sequence[Floating]) -> list[Block]:
    """The blocks of a page that begins with the first of them, with the tables that float on it at their heights.

    One may begin in the top margin. One that stands wholly there, on another table, or on a page of which nobody knows
    where it begins, is refused.
    """
    room = place.paper.height - place.paper.top - place.paper.bottom
    result = list(blocks)
    late = 0
    for each in floats:
        index = each.index + late
        outside = each.y < -_TIGHT and (each.y + table_height(each.table) + each.below < 0 or each.y < -place.paper.top)
        if outside or height_of(result[:index]) > room:
            _refuse(job, place, each.element)
            result.insert(index, each.table)
        else:
            above, rest = _parted(result, each.y - each.above)
            if not above and rest and isinstance(rest[0], Para) and rest[0].page_break_before:
                above, rest[0] = [Para((), page_break_before=True)], replace(rest[0], page_break_before=False)
            taken = height_of(above)
            if taken > max(each.y, 0.0) + _TIGHT:
                _refuse(job, place, each.element)
            table = replace(each.table, before=each.y - taken, after=each.below)
            result = [*above, table, *rest]
        late = len(result) - len(blocks)
    return result


def _parted(blocks: Sequence[Block], y: float) -> tuple[list[Block], list[Block]]:
    """What stands above a height, and what goes on below the table there."""
    above: list[Block] = []
    top = 0.0
    for index, block in enumerate(blocks):
        whole = height_of([block])
        rest = list(blocks[index:])
        if top + whole - block.after > y + _TIGHT:
            if isinstance(block, Table):  # a table that reaches further down was placed there: this one is below it
                return ([*above, block], rest[1:]) if top < y else (above, rest)
            upper, lower = _cut(block, y - top)
            return [*above, *upper], [*lower, *rest[1:]]
        above.append(block)
        top += whole
    return above, []


def _cut(para: Para, height: float) -> tuple[list[Block], list[Block]]:
    """The lines of a paragraph that fit into a height, and the others."""
    if para.borders != NO_BORDERS or para.shading:
        return [], [para]
    filled, count = para.before, 0
    for line in para.lines:
        filled += line.height
        if filled > height + _TIGHT:
            break
        count += 1
    if not count:
        return [], [para]
    return (
        [replace(para, lines=para.lines[:count], after=0.0)],
        [replace(para, lines=para.lines[count:], before=0.0, shapes=(), outline=0, page_break_before=False)],
    )


def _refuse(job: Job, place: Place, element: Element) -> None:
    job.refuse(_("固定在页面某处的浮动表格"), place, element, _("在“表格属性”里把文字环绕改为“无”"))


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
