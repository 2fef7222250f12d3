"""Newspaper columns (w:cols, 分栏): a bulletin's two columns, a roster of names in three (17.6.4).

Only columns of one width are set. What would have to know in which column it stands, or to leave the columns, is
refused by name: footnotes, page breaks, floating tables, and shapes that are measured from the paper on one axis only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, attribute, child, children, is_on
from pipeline.rendering.model import NO_BORDER, Border, Columns, Para, Section, Shape
from pipeline.rendering.units import integer, twips

_DEFAULT_GAP = "720"
_MOST = 45
"""Word's own limit."""
_NARROWEST = 12.0
"""Points; a column that holds no character is a damaged value."""
_RULE = Border("solid", 0.75)


@dataclass(frozen=True, slots=True)
class ColumnFormat:
    """Columns as a section asks for them; widths in points. One column is ``ONE``."""

    count: int = 1
    gap: float = 0.0
    rule: Border = NO_BORDER

    def width(self, whole: float) -> float:
        """The width of each in a text area of a width."""
        return (whole - self.gap * (self.count - 1)) / self.count


ONE = ColumnFormat()


def column_format(job: Job, place: Place, section: Element | None) -> ColumnFormat:
    """What a w:sectPr says; ``ONE`` for one column and for what is refused."""
    element = child(section, "w:cols")
    own = [] if is_on(attribute(element, "w:equalWidth", "1")) else children(element, "w:col")
    count = len(own) if own else integer(attribute(element, "w:num", "1"))
    if count <= 1:
        return ONE
    gap = twips(attribute(element, "w:space", _DEFAULT_GAP))
    if own:
        widths = {round(twips(attribute(each, "w:w", "0"))) for each in own}
        gaps = {round(twips(attribute(each, "w:space", "0"))) for each in own[:-1]}
        if len(widths) > 1 or len(gaps) > 1:
            job.refuse(_("宽度不等的分栏"), place, remedy=_("在“布局-分栏-更多分栏”里勾选“栏宽相等”"))
            return ONE
        gap = twips(attribute(own[0], "w:space", "0"))
    form = ColumnFormat(count, gap, _RULE if is_on(attribute(element, "w:sep", "0")) else NO_BORDER)
    if count > _MOST or gap < 0 or form.width(place.width) < _NARROWEST:
        job.refuse(_("放不下文字的分栏"), place, remedy=_("检查“布局-分栏”里的栏数和间距"))
        return ONE
    return form


def set_columns(job: Job, place: Place, form: ColumnFormat, elements: Sequence[Element]) -> Columns:
    """Set blocks in columns of the text area ``place``."""
    inner = replace(place, width=form.width(place.width), in_columns=True)
    blocks = job.blocks(job, inner, elements)
    for block in blocks:
        if isinstance(block, Para) and not all(map(_stays_in_its_column, block.shapes)):
            job.refuse(
                _("分栏里相对于页面定位的图形"),
                inner,
                remedy=_("在 Word 里把图形改为“嵌入型”，或都相对于“栏”和“段落”定位"),
            )
    return Columns(blocks, form.count, form.gap, form.rule)


def ended_on_its_page(section: Section) -> Section:
    """The section when another goes on on its last page: the columns it ends with come to one height."""
    last = section.blocks[-1] if section.blocks else None
    if not isinstance(last, Columns):
        return section
    return replace(section, blocks=(*section.blocks[:-1], replace(last, balanced=True)))


def break_of(job: Job, place: Place, element: Element, near: Element) -> Literal["page", "line"]:
    """What a w:br breaks. A column ends where in other text a page does; a page cannot end in the midst of columns."""
    asked = attribute(element, "w:type", "textWrapping")
    if asked == "page" and place.in_columns:
        refuse_page_break(job, place, near)
    return "page" if asked in ("page", "column") else "line"


def refuse_page_break(job: Job, place: Place, near: Element) -> None:
    """A page that ends in the midst of columns, whichever way it is written."""
    job.refuse(_("分栏里的分页符"), place, near, _("改用“布局-分隔符”里的分栏符，或“下一页”分节符"))


def _stays_in_its_column(shape: Shape) -> bool:
    """Whether a shape is measured from its column and paragraph, or from the paper on both axes."""
    if shape.origin_y == "paragraph":
        return shape.origin_x == "column"
    return shape.origin_x in ("page", "margin")
