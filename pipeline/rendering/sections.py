"""Sections: paper, margins, grid, page numbers, and the headers and footers that belong to them (17.6).

A section's properties stand at its end, in its last paragraph. A header it does not name is the one of the section
before. Where a header is taller than its margin, the text begins below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering.columns import ONE, ColumnFormat, column_format, set_columns
from pipeline.rendering.counters import is_known
from pipeline.rendering.job import Job, Paper, Place
from pipeline.rendering.markup import Element, attribute, child, children, flag, value
from pipeline.rendering.measure import height_of
from pipeline.rendering.model import Band, Block, Columns, Grid, Para, Section
from pipeline.rendering.page_borders import Inside, page_borders
from pipeline.rendering.units import integer, points, twips

_A4 = ("11906", "16838")
_DEFAULT_MARGIN = "1440"
_DEFAULT_BAND = "720"
_SMALLEST = 36.0
"""No page has less room for text than this, in points; a file that says so is damaged."""

_STARTS: dict[str, Literal["next-page", "continuous", "even-page", "odd-page"]] = {
    "continuous": "continuous",
    "evenPage": "even-page",
    "oddPage": "odd-page",
}
_UNHANDLED = {
    "lnNumType": "行号",
    "bidi": "从右向左的节",
}


@dataclass(frozen=True, slots=True)
class SectionFormat:
    """A w:sectPr read. ``paper`` has the margins as written (gutter included), ``bands`` header/footer parts by
    ("header" or "footer", "default", "even" or "first")."""

    paper: Paper
    header_distance: float
    footer_distance: float
    grid: Grid
    start: Literal["next-page", "continuous", "even-page", "odd-page"]
    title_page: bool
    first_page_number: int | None
    number_format: str
    fixed: tuple[bool, bool]
    valign: str = "top"
    bands: Mapping[tuple[str, str], str] = field(default_factory=dict)
    borders: Element | None = None
    columns: ColumnFormat = ONE


def read_section(job: Job, element: Element | None, inherited: Mapping[tuple[str, str], str]) -> SectionFormat:
    """A section's properties; ``inherited`` are the header and footer parts of the section before."""
    part = job.source.package.main
    size, margin = child(element, "w:pgSz"), child(element, "w:pgMar")
    width, height = (twips(attribute(size, f"w:{name}", default)) for name, default in zip("wh", _A4, strict=True))
    sides = {
        side: twips(attribute(margin, f"w:{side}", _DEFAULT_MARGIN)) for side in ("top", "right", "bottom", "left")
    }
    gutter = twips(attribute(margin, "w:gutter", "0"))
    on_top, on_right = job.source.settings.gutter_on_top, flag(child(element, "w:rtlGutter"))
    paper = Paper(
        width,
        height,
        abs(sides["top"]) + (gutter if on_top else 0.0),
        sides["right"] + (gutter if on_right and not on_top else 0.0),
        abs(sides["bottom"]),
        sides["left"] + (gutter if not on_right and not on_top else 0.0),
    )
    place = Place(part, width, paper)
    if (
        min(width, height) < _SMALLEST
        or min(paper.left, paper.right) < 0
        or width - paper.left - paper.right < _SMALLEST
        or height - paper.top - paper.bottom < _SMALLEST
    ):
        job.refuse(_("放不下文字的页边距"), place, element, _("检查页面设置"))
        paper = Paper(max(width, 200.0), max(height, 200.0), 36.0, 36.0, 36.0, 36.0)
    _check(job, place, element)
    numbers = child(element, "w:pgNumType")
    first = attribute(numbers, "w:start")
    form = attribute(numbers, "w:fmt", "decimal")
    if not is_known(form):
        job.refuse(_("页码格式 {name}").format(name=form), place)
    return SectionFormat(
        paper=paper,
        header_distance=twips(attribute(margin, "w:header", _DEFAULT_BAND)),
        footer_distance=twips(attribute(margin, "w:footer", _DEFAULT_BAND)),
        grid=_grid(child(element, "w:docGrid")),
        start=_STARTS.get(value(child(element, "w:type")), "next-page"),
        title_page=flag(child(element, "w:titlePg")),
        first_page_number=integer(first) if first else None,
        number_format=form,
        fixed=(sides["top"] < 0, sides["bottom"] < 0),
        valign=value(child(element, "w:vAlign"), "top"),
        borders=element if child(element, "w:pgBorders") is not None else None,
        columns=column_format(job, replace(place, width=paper.width - paper.left - paper.right), element),
        bands=dict(inherited) | _bands(job, part, element),
    )


def set_section(job: Job, form: SectionFormat, elements: Sequence[Element], *, adrift: bool) -> Section:
    """Set a section's blocks on its paper; ``adrift``: it goes on on a page that another one has begun."""
    paper = form.paper
    width = paper.width - paper.left - paper.right
    body = Place(job.source.package.main, width, paper, form.grid, number_format=form.number_format, adrift=adrift)
    blocks = _blocks(job, body, form, elements)
    return Section(
        width=paper.width,
        height=paper.height,
        top=paper.top,
        right=paper.right,
        bottom=paper.bottom,
        left=paper.left,
        blocks=blocks,
        title_page=form.title_page,
        start=form.start,
        first_page_number=form.first_page_number,
        number_format=form.number_format,
        grid=form.grid,
        ground=page_borders(job, body, paper, _inside(job, form), form.borders),
    )


def _blocks(job: Job, place: Place, form: SectionFormat, elements: Sequence[Element]) -> tuple[Block | Columns, ...]:
    if form.columns == ONE:
        return _aligned(job, place, form, job.blocks(job, place, elements))
    if form.valign != "top":
        _refuse_alignment(job, place)
    return (set_columns(job, place, form.columns, elements),)


def _aligned(job: Job, place: Place, form: SectionFormat, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a page that stands in the middle or at the foot of its text area (w:vAlign): moved down by a space
    before the first. A section of more than one page is refused."""
    share = {"center": 0.5, "bottom": 1.0}.get(form.valign, 0.0)
    if form.valign == "top" or not blocks:
        return blocks
    slack = place.paper.height - place.paper.top - place.paper.bottom - height_of(blocks)
    broken = any(
        isinstance(block, Para) and (block.page_break_before or any(line.page_break_after for line in block.lines))
        for block in blocks
    )
    if not share or slack < 0 or broken:
        _refuse_alignment(job, place)
        return blocks
    return (replace(blocks[0], before=blocks[0].before + slack * share), *blocks[1:])


def _refuse_alignment(job: Job, place: Place) -> None:
    job.refuse(_("页面垂直对齐"), place, remedy=_("在“页面设置-版式”里把垂直对齐方式改为“顶端对齐”"))


def _inside(job: Job, form: SectionFormat) -> Inside:
    """What a page border measured from the text goes round."""
    settings, held = job.source.settings, {which for which, _page in form.bands}
    return Inside(
        form.header_distance if settings.border_round_header and "header" in held else form.paper.top,
        form.footer_distance if settings.border_round_footer and "footer" in held else form.paper.bottom,
    )


@dataclass(frozen=True, slots=True)
class Bands:
    """The headers and footers of a section, and the margins they leave to the text."""

    headers: Mapping[str, Band]
    footers: Mapping[str, Band]
    top: float
    bottom: float


def set_bands(job: Job, form: SectionFormat) -> Bands:
    """Set the headers and footers. Set after all text, so that list numbers and words come in the order of reading.

    One that has something on the inside or outside of the page is set for even pages as well.
    """
    paper = form.paper
    found: dict[str, dict[str, Band]] = {"header": {}, "footer": {}}
    for (which, page), part in sorted(form.bands.items()):
        if (page == "first" and not form.title_page) or (page == "even" and not job.source.settings.even_and_odd):
            continue
        even = page == "even" or (
            page == "first" and form.first_page_number is not None and not form.first_page_number % 2
        )
        job.sided = False
        found[which][page] = _band(job, form, which, part, "even" if even else "odd")
        if page == "default" and job.sided and not job.source.settings.even_and_odd:
            found[which]["even"] = _band(job, form, which, part, "even")
    top = max([paper.top, *(_edge(band) for band in found["header"].values())])
    bottom = max([paper.bottom, *(_edge(band) for band in found["footer"].values())])
    fixed_top, fixed_bottom = form.fixed
    return Bands(
        found["header"],
        found["footer"],
        paper.top if fixed_top else top,
        paper.bottom if fixed_bottom else bottom,
    )


def _band(job: Job, form: SectionFormat, which: str, part: str, side: str) -> Band:
    """A header or footer for one side of the sheet."""
    paper = form.paper
    if side == "even" and job.source.settings.mirror_margins:
        paper = replace(paper, left=paper.right, right=paper.left)
    width = paper.width - paper.left - paper.right
    place = Place(part, width, paper, form.grid, band=side, number_format=form.number_format)
    distance = form.header_distance if which == "header" else form.footer_distance
    blocks = job.blocks(job, place, list(job.source.package.tree(part)))
    job.end_of_story(place)
    return Band(blocks, max(distance, 0.0))


def _edge(band: Band) -> float:
    return band.distance + height_of(band.blocks)


def _bands(job: Job, part: str, element: Element | None) -> dict[tuple[str, str], str]:
    related = job.source.package.related(part)
    bands = {}
    for which in ("header", "footer"):
        for reference in children(element, f"w:{which}Reference"):
            relationship = related.get(attribute(reference, "r:id"))
            if relationship is not None and relationship.target in job.source.package.parts:
                bands[(which, attribute(reference, "w:type", "default"))] = relationship.target
    return bands


def _grid(element: Element | None) -> Grid:
    """The document grid: a line pitch, and with "linesAndChars" 1/4096 pt more for each character."""
    form = attribute(element, "w:type", "default")
    if form not in ("lines", "linesAndChars", "snapToChars"):
        return Grid()
    pitch = twips(attribute(element, "w:linePitch", "0"))
    delta = 0.0 if form == "lines" else points(attribute(element, "w:charSpace", "0"), 4096)
    return Grid(pitch if pitch >= 1 else 0.0, delta)


def _check(job: Job, place: Place, element: Element | None) -> None:
    if value(child(element, "w:textDirection"), "lrTb") != "lrTb":
        job.refuse(_("竖排的页面"), place)
    for name, words in _UNHANDLED.items():
        if child(element, f"w:{name}") is not None:
            job.refuse(_(words), place)
