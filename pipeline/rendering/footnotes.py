"""Footnotes (17.11): their numbers, their texts, and the line that parts them from the page.

A note is read where the text refers to it, and travels with the line of its number as a place of no width, so that it
comes to the foot of the page on which that line stands; what has no room there goes on at the foot of the next. Notes
numbered anew on each page or in each section, and notes elsewhere than at the foot of the page, are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.core.messages import _
from pipeline.rendering.counters import counted, is_known
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, attribute, child, q, value
from pipeline.rendering.measure import height_of
from pipeline.rendering.model import Block, Item, Mark, Text, TextStyle
from pipeline.rendering.styles import NO_LOOK

_MOST = 0.9
"""The share of a page a note may fill: what is left of it must find room on the next page beside a line of text."""

_RULED = frozenset({"separator", "continuationSeparator"})


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the settings say of footnotes."""

    form: str
    first: int


def footnote(job: Job, place: Place, reference: Element, style: TextStyle, near: Element) -> Iterator[Item]:
    """A w:footnoteReference: the place of its note, and its number unless the text brings a mark of its own."""
    note = _note(job, attribute(reference, "w:id"))
    if note is None or place.band:
        job.refuse(_("找不到内容的脚注"), place, near)
        return
    if place.in_columns:
        job.refuse(_("分栏里的脚注"), place, near, _("把说明移到分栏之外，或改为一栏"))
    rules = _rules(job, place, near)
    own_mark = attribute(reference, "w:customMarkFollows") in ("1", "true", "on")
    if not own_mark:
        job.notes += 1
    number = counted(job.notes + rules.first - 1, rules.form)
    part = job.source.package.related_part(job.source.package.main, "footnotes")
    paper = place.paper
    width = paper.width - paper.left - paper.right
    before, job.note_number = job.note_number, number
    inner = replace(place, part=part or place.part, width=width, look=NO_LOOK, in_table=False)
    blocks: tuple[Block, ...] = job.blocks(job, inner, list(note))
    job.note_number = before
    if height_of(blocks) > _MOST * (paper.height - paper.top - paper.bottom):
        job.refuse(_("将近一页或更长的脚注"), place, near, _("把长的说明移到正文或附件里"))
    yield Mark("", blocks)
    if not own_mark:
        job.words.append(number)
        yield Text(number, style, close=True)


def separator_height(job: Job, place: Place) -> float:
    """How high the paragraph is that holds the line above the notes, in points."""
    for note in _notes(job):
        if attribute(note, "w:type") == "separator":
            return height_of(job.rehearsal().blocks(job.rehearsal(), place, list(note)))
    return 0.0


def _notes(job: Job) -> Iterator[Element]:
    root = job.source.package.optional_tree("footnotes")
    if root is not None:
        yield from root.iterchildren(q("w:footnote"))


def _note(job: Job, name: str) -> Element | None:
    return next(
        (each for each in _notes(job) if attribute(each, "w:id") == name and attribute(each, "w:type") not in _RULED),
        None,
    )


def _rules(job: Job, place: Place, near: Element) -> _Rules:
    """The file's own way with footnotes; a section may have another one."""
    main, settings = job.source.package.tree(job.source.package.main), job.source.package.optional_tree("settings")
    stated = [child(settings, "w:footnotePr"), *main.iter(q("w:footnotePr"))]
    form, first = "decimal", "1"
    for rules in stated:
        form = value(child(rules, "w:numFmt")) or form
        first = value(child(rules, "w:numStart")) or first
        if value(child(rules, "w:numRestart"), "continuous") != "continuous":
            job.refuse(_("每页或每节重新编号的脚注"), place, near, _("在“脚注和尾注”里把编号改为“连续”"))
        if value(child(rules, "w:pos"), "pageBottom") != "pageBottom":
            job.refuse(_("不在页面底端的脚注"), place, near, _("在“脚注和尾注”里把位置改为“页面底端”"))
    if not is_known(form):
        job.refuse(_("脚注的编号格式"), place, near)
    return _Rules(form, int(first) if first.isdecimal() else 1)
