"""One paragraph: its properties merged, its number counted, its words read, its lines set.

The order matters: a list number is counted when its paragraph is reached, and the first character's size is the unit
of the indents, so the words are read before the frame is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.core.messages import _
from pipeline.rendering.counters import figures, is_known
from pipeline.rendering.fit_text import fitted_line, natural_width
from pipeline.rendering.job import Job, Place
from pipeline.rendering.lines import compose
from pipeline.rendering.markup import Element, child
from pipeline.rendering.model import Break, FieldSeg, Frame, InlineBox, Item, Line, Para, Tab, Text, TextStyle
from pipeline.rendering.numbering import Level
from pipeline.rendering.paragraph_forms import ParagraphForm
from pipeline.rendering.properties import EMPTY, Properties, is_set, paragraph_properties, run_properties, text
from pipeline.rendering.runs import ParagraphReader
from pipeline.rendering.symbol_codes import in_unicode
from pipeline.rendering.textstyle import text_style
from pipeline.rendering.units import integer
from pipeline.rendering.wraps import cleared

_CUT = frozenset({"picture", "text-box", "group"})
_SPARE = 2.0
"""Points of a picture that may stick out of an exact line before anybody sees it."""


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """A paragraph set, with what its neighbours must know of it: its ``style``, its ``form``, and whether it is
    ``empty``: nothing is printed in it."""

    para: Para
    style: str
    form: ParagraphForm
    empty: bool


def set_paragraph(job: Job, place: Place, paragraph: Element) -> SetParagraph:
    """Set a w:p between the margins of its place."""
    own = paragraph_properties(paragraph)
    styles = job.source.styles
    style = styles.paragraph_style(own)
    list_id, level = _level(job, own, style)
    resolved = job.resolved.paragraph(own, place.look, level.paragraph if level else EMPTY)
    properties = resolved.properties
    mark_own = run_properties(child(paragraph, "w:pPr"))
    mark = job.resolved.run(style, mark_own, place.look)
    for effect in (*resolved.effects, *mark.effects):
        job.refuse(effect, place, paragraph)

    items: list[Item] = []
    number: list[Item] = []
    if level:
        number = _number(job, place, paragraph, list_id, level, styles.run(style, mark_own, place.look, level.run))
        items += number
    content = ParagraphReader(job, place, style).read(paragraph)
    items += content.items
    printed = bool(items)
    if not (items and isinstance(items[-1], Break) and items[-1].kind == "page" and not _splits(job)):
        items.append(Text("", mark.style))

    first = next((item.style for item in items if isinstance(item, Text | Tab)), mark.style)
    measure = job.resolved.frame(properties, first.size, place.width, place.grid, in_table=place.in_table)
    if level and number:
        measure = replace(measure, first=measure.first - _overhang(number[0], level, job))
    if place.measuring:
        measure = replace(measure, align="left", by_word=place.measuring == "words")
    elif place.fitted and place.in_table:
        items = fitted_line(items, measure, job.book)
        measure = replace(measure, auto_space=False, auto_space_digits=False)
    elif place.in_table and _stands_on_its_point(items, measure):
        items.insert(0, Tab(replace(first, underline="")))
    hidden = not printed and not content.shapes and is_set(mark.settled, "vanish")
    lines = () if hidden else compose(items, measure, job.book, job.usage)
    lines = cleared(job, place, lines, content.shapes, paragraph)
    if measure.line.kind == "exact" and any(_is_cut(item, measure.line.value) for item in items):
        job.refuse(_("固定行距装不下的图片"), place, paragraph, _("在“段落”里把这一段的行距改为“单倍行距”"))
    _reserve_figures(job, lines)
    form = job.resolved.form(properties, place.grid)
    para = Para(
        lines=lines,
        before=form.before,
        after=form.after,
        borders=form.borders,
        shading=form.shading,
        left=min(measure.left, measure.left + measure.first),
        right=measure.right,
        keep_next=form.keep_next,
        keep_lines=form.keep_lines,
        widow_control=form.widow_control,
        page_break_before=form.page_break_before,
        outline=form.outline,
        shapes=content.shapes,
        align=measure.align,
    )
    return SetParagraph(para, style, form, not printed)


def _stands_on_its_point(items: Sequence[Item], measure: Frame) -> bool:
    """Whether a cell's text stands on a decimal stop without any tab: so Word lines up a column of figures."""
    asked = measure.tabs[:1] and measure.tabs[0].kind == "decimal" and measure.align in ("left", "justify")
    return bool(asked) and not any(isinstance(item, Tab) for item in items)


def _is_cut(item: Item, height: float) -> bool:
    """Whether Word shows only a strip of a picture in the text, because its line may not grow."""
    return isinstance(item, InlineBox) and item.shape.kind in _CUT and item.shape.height > height + _SPARE


def _reserve_figures(job: Job, lines: tuple[Line, ...]) -> None:
    """The pages will need more figures than the sample shows."""
    for line in lines:
        for part in line.parts:
            if isinstance(part, FieldSeg):
                job.usage.reserve(part.seg.face, figures(part.form))


def _splits(job: Job) -> bool:
    """Whether the mark of a paragraph that ends with a page break makes a line on the next page (17.15.3.60)."""
    return job.source.settings.split_page_break


def _level(job: Job, own: Properties, style: str) -> tuple[str, Level | None]:
    """The list and level a paragraph stands on, by its own w:numPr or its style's; ("", None) for none."""
    numbering = job.source.numbering
    stated = own if "numPr" in own else job.source.styles.chain(style, "paragraph")
    list_id = text(stated, "numPr", "numId") or text(job.source.styles.chain(style, "paragraph"), "numPr", "numId")
    if list_id in ("", "0"):
        return "", None
    index = text(stated, "numPr", "ilvl")
    if not index:
        tied = numbering.level_of_style(list_id, style)
        if tied is not None:
            return list_id, tied
    return list_id, numbering.level(list_id, integer(index or "0"))


def _overhang(number: Item, level: Level, job: Job) -> float:
    """How far a number reaches back over the place it is aligned to (w:lvlJc): whole when right, half when centred."""
    share = {"right": 1.0, "end": 1.0, "center": 0.5}.get(level.align, 0.0)
    return share * natural_width(number, job.book) if isinstance(number, Text) else 0.0


def _number(job: Job, place: Place, paragraph: Element, list_id: str, level: Level, settled: Properties) -> list[Item]:
    """The number's characters and what follows them."""
    if level.picture:
        job.refuse(_("图片项目符号"), place, paragraph)
    if not is_known(level.format):
        job.refuse(_("编号格式 {name}").format(name=level.format), place, paragraph)
    style: TextStyle = text_style(settled, job.source.theme)
    reading = job.counters.next(list_id, level)
    known = in_unicode(style.latin, reading)
    if known is None:
        job.refuse(_("特殊字体里的项目符号（{face}）").format(face=style.latin), place, paragraph)
        known = "•"
    if not known or is_set(settled, "vanish"):
        return []
    job.words.append(known)
    items: list[Item] = [Text(known, style)]
    if level.suffix == "tab":
        items.append(Tab(style))
    elif level.suffix == "space":
        items.append(Text(" ", style))
    return items
