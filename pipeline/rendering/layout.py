"""A whole Word file laid out: sections in order, then their headers and footers, and what was refused on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.core.messages import _
from pipeline.rendering.blocks import set_blocks
from pipeline.rendering.columns import ended_on_its_page
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.footnotes import separator_height
from pipeline.rendering.ground import grounded
from pipeline.rendering.job import UNENDING, Job, Paper, Place
from pipeline.rendering.markup import Element, child, kind, q
from pipeline.rendering.model import Document, Section
from pipeline.rendering.numbering import Counters
from pipeline.rendering.refusals import ACCEPT_CHANGES, FORMAT_CHANGES
from pipeline.rendering.sections import SectionFormat, read_section, set_bands, set_section
from pipeline.rendering.source import Source
from pipeline.rendering.usage import Usage


def lay_out(source: Source, book: FontBook, usage: Usage) -> Document:
    """Set every line of a document; ``usage`` collects what is printed in which face.

    Raises ``CannotRender`` for values no page can hold; everything else not handled is in ``Document.refusals``.
    """
    job = Job(source, book, usage, Counters(source.numbering), set_blocks)
    _check(job)
    formats: list[SectionFormat] = []
    sections: list[Section] = []
    inherited: Mapping[tuple[str, str], str] = {}
    for elements, properties in _split(source.body):
        form = read_section(job, properties, inherited)
        inherited = form.bands
        section = set_section(job, form, elements, adrift=form.start == "continuous" and bool(sections))
        if form.start == "continuous" and sections:
            if _same_page(formats[-1], form):
                before = ended_on_its_page(sections[-1])
                sections[-1] = replace(before, blocks=(*before.blocks, *section.blocks))
                continue
            job.refuse(
                _("同一页上换页面设置的连续分节符"),
                Place(source.package.main, section.width, form.paper),
                elements[0] if elements else None,
                _("把分节符改为“下一页”"),
            )
        formats.append(form)
        sections.append(section)
    job.end_of_story(Place(source.package.main, 1.0, formats[-1].paper))
    finished = tuple(_with_bands(job, section, form) for section, form in zip(sections, formats, strict=True))
    sided = any("even" in bands for section in finished for bands in (section.headers, section.footers))
    if sided and not source.settings.even_and_odd:
        finished = tuple(_on_both_sides(section) for section in finished)
    return Document(
        sections=finished,
        text="".join("".join(job.words).split()),
        refusals=tuple(job.refusals),
        even_and_odd=source.settings.even_and_odd or sided,
        mirror_margins=source.settings.mirror_margins,
        note_rule=separator_height(job, Place(source.package.main, UNENDING, formats[-1].paper)) if job.notes else 0.0,
    )


def _on_both_sides(section: Section) -> Section:
    """The section with headers and footers for even pages too: its own, or those of the other pages."""
    headers, footers = (
        {"even": bands["default"], **bands} if "default" in bands else bands
        for bands in (section.headers, section.footers)
    )
    return replace(section, headers=headers, footers=footers)


def _with_bands(job: Job, section: Section, form: SectionFormat) -> Section:
    bands = set_bands(job, form)
    section = replace(section, top=bands.top, bottom=bands.bottom)
    lefts = {"even": section.right} if job.source.settings.mirror_margins else {}
    headers, footers = (
        {
            page: grounded(band, section, header=header, left=lefts.get(page, section.left))
            for page, band in found.items()
        }
        for found, header in ((bands.headers, True), (bands.footers, False))
    )
    return replace(section, headers=headers, footers=footers)


def _split(body: Element) -> Iterator[tuple[list[Element], Element | None]]:
    """The blocks of each section with its properties, which stand in its last paragraph or at the end of the body."""
    elements: list[Element] = []
    for element in body:
        if kind(element) == "w:sectPr":
            continue
        elements.append(element)
        properties = child(element, "w:pPr", "w:sectPr") if kind(element) == "w:p" else None
        if properties is not None:
            yield elements, properties
            elements = []
    yield elements, child(body, "w:sectPr")


def _same_page(before: SectionFormat, form: SectionFormat) -> bool:
    """Whether a continuous section can go on in the one before it."""
    return before.paper == form.paper and before.bands == form.bands and form.first_page_number is None


def _check(job: Job) -> None:
    """What concerns the file as a whole: fields to be updated on opening, tracked changes of formatting."""
    paper = Paper(1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    main = job.source.package.main
    if job.source.settings.update_fields:
        job.refuse(
            _("打开时要更新的域"),
            Place(main, 1.0, paper),
            remedy=_("在 Word 里打开，全选后按 F9 更新域，保存后再试"),
        )
    if job.source.settings.several_on_a_sheet:
        remedy = _("在“页面设置-页边距”里把“多页”改为“普通”")
        job.refuse(_("书籍折页或拼页"), Place(main, 1.0, paper), remedy=remedy)
    related = job.source.package.related(main).values()
    others = (each.target for each in related if each.kind in ("header", "footer", "footnotes") and not each.external)
    for part in (main, *others):
        if part not in job.source.package.parts:
            continue
        for change in job.source.package.tree(part).iter(*map(q, FORMAT_CHANGES)):
            around = next((each for each in change.iterancestors(q("w:p"), q("w:tbl"))), None)
            job.refuse(_("修订（格式或单元格）"), Place(part, 1.0, paper), around, _(ACCEPT_CHANGES))
