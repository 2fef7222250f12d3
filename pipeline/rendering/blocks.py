"""Paragraphs and tables one after another: what neighbours do to each other.

The space between two paragraphs, boxes drawn round several of them, tables that float, and frames that hold page
numbers are all matters of the sequence, not of the single block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.core.messages import _
from pipeline.rendering.columns import refuse_page_break
from pipeline.rendering.floating import Floating, floating_table, settled
from pipeline.rendering.framed import framed_shape
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, child, kind
from pipeline.rendering.model import NO_BORDER, Block, Borders, Para, Table
from pipeline.rendering.paragraphs import SetParagraph, set_paragraph
from pipeline.rendering.refusals import IGNORED, REFUSED
from pipeline.rendering.tables import set_table

_WRAPPERS = frozenset({"w:smartTag", "w:customXml", "w:ins", "w:moveTo"})


def set_blocks(job: Job, place: Place, elements: Sequence[Element]) -> tuple[Block, ...]:
    """Set the paragraphs and tables among ``elements``, one under another."""
    column = _Column(job, place, _adrift=place.adrift)
    for element in _opened(elements):
        name = kind(element)
        if name == "w:p":
            column.add_paragraph(element)
        elif name == "w:tbl":
            column.add_table(element)
        elif name in REFUSED:
            job.refuse(_(REFUSED[name]), place, element)
        elif name == "w:bookmarkStart" or name in IGNORED:
            continue
        else:
            job.refuse(_("不认识的内容（{name}）").format(name=name), place, element)
    return column.finished()


def _opened(elements: Sequence[Element]) -> Iterator[Element]:
    """The elements with content controls and the like opened."""
    for element in elements:
        name = kind(element)
        if name == "w:sdt":
            content = child(element, "w:sdtContent")
            yield from _opened([] if content is None else list(content))
        elif name in _WRAPPERS:
            yield from _opened(list(element))
        else:
            yield element


@dataclass(slots=True)
class _Column:
    """Blocks in the making. ``_foot`` and ``_floats`` are tables waiting for the end of their page, which begins with
    block ``_page``; ``_adrift``: within the block before that one."""

    job: Job
    place: Place
    _blocks: list[Block] = field(default_factory=list)
    _foot: list[Table] = field(default_factory=list)
    _floats: list[Floating] = field(default_factory=list)
    _page: int = 0
    _adrift: bool = False
    _frames: list[SetParagraph] = field(default_factory=list)
    _previous: SetParagraph | None = None

    def add_paragraph(self, element: Element) -> None:
        done = set_paragraph(self.job, self.place, element)
        if done.form.framed:
            if self.place.band:
                self._frames.append(done)
                return
            self.job.refuse(_("文本框架或首字下沉"), self.place, element)
        para = done.para
        if self._frames:
            shapes = tuple(framed_shape(self.job, frame, self.place) for frame in self._frames)
            para = replace(para, shapes=(*shapes, *para.shapes))
            self._frames.clear()
        breaks = [index for index, line in enumerate(para.lines, start=1) if line.page_break_after]
        if para.page_break_before:
            if self.place.in_columns:
                refuse_page_break(self.job, self.place, element)
            self._end_page()
        elif breaks:
            self._place_foot()
        before = self._previous
        if before is not None and isinstance(self._blocks[-1], Para):
            para = self._joined(before, done if para is done.para else replace(done, para=para))
        self._blocks.append(para)
        self._previous = done if para is done.para else replace(done, para=para)
        if breaks:
            self._end_page()
            self._adrift = breaks[-1] < len(para.lines)

    def add_table(self, element: Element) -> None:
        table = set_table(self.job, self.place, element)
        position = child(element, "w:tblPr", "w:tblpPr")
        if position is not None and self.place.in_columns:
            self.job.refuse(_("分栏里的浮动表格"), self.place, element, _("在“表格属性”里把文字环绕改为“无”"))
        elif position is not None:
            before = None if self._adrift else len(self._blocks) - self._page
            placed = floating_table(self.job, self.place, element, position, table, before)
            if isinstance(placed, Floating):
                self._floats.append(placed)
                return
            table = placed
        if table.foot:
            self._foot.append(table)
        else:
            self._blocks.append(table)
            self._previous = None

    def finished(self) -> tuple[Block, ...]:
        if self._frames:  # a frame with nothing behind it: its own paragraph, in the text
            self._blocks += [frame.para for frame in self._frames]
        self._end_page()
        return tuple(self._blocks)

    def _end_page(self) -> None:
        """Floating tables come to their heights."""
        if self._floats:
            self._blocks[self._page :] = settled(self.job, self.place, self._blocks[self._page :], self._floats)
            self._floats.clear()
            self._previous = None
        self._place_foot()
        self._page, self._adrift = len(self._blocks), False

    def _place_foot(self) -> None:
        """A table at the foot of the page comes after all that stands on its page."""
        if self._foot:
            self._blocks += self._foot
            self._foot.clear()
            self._previous = None

    def _joined(self, above: SetParagraph, below: SetParagraph) -> Para:
        """Settle space and box between two paragraphs; changes the one above in place, returns the one below."""
        upper, lower = above.para, below.para
        if above.style == below.style:
            upper = replace(upper, after=0.0) if above.form.contextual else upper
            lower = replace(lower, before=0.0) if below.form.contextual else lower
        if not self.job.source.settings.adds_spacing:
            lower = replace(lower, before=max(lower.before - upper.after, 0.0))
        if _one_box(above, below):
            upper_space, lower_space = upper.after, lower.before
            upper = replace(upper, borders=replace(upper.borders, bottom=NO_BORDER), after=0.0)
            lower = replace(
                lower,
                borders=replace(lower.borders, top=above.form.between),
                before=upper_space + lower_space,
                joins_above=True,
            )
        self._blocks[-1] = upper
        return lower


def _one_box(above: SetParagraph, below: SetParagraph) -> bool:
    """Equal borders at equal indents are one box (17.3.1.24)."""
    upper, lower = above.para, below.para
    return above.form.borders == below.form.borders != Borders() and (upper.left, upper.right) == (
        lower.left,
        lower.right,
    )
