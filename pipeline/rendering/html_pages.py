"""@page rules: paper, margins, running heads and feet, page numbers.

Each section is a named page. Its headers and footers are running elements, shown in one margin box as wide as the text
area; odd and even pages have their own rules where the file asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.rendering.counters import MOST_PAGES, counted
from pipeline.rendering.css import Stylesheet, positive, quoted
from pipeline.rendering.html_ground import GroundWriter
from pipeline.rendering.html_lines import NATIVE_COUNTERS, counter_style
from pipeline.rendering.model import Document, Section


def counter_styles(number_formats: Iterable[str]) -> str:
    """Rules for the formats CSS does not know. WeasyPrint takes them from a style element only, not from a sheet."""
    rules = ""
    for number_format in number_formats:
        if number_format not in NATIVE_COUNTERS:
            symbols = " ".join(quoted(counted(number, number_format)) for number in range(1, MOST_PAGES + 1))
            rules += f"@counter-style {counter_style(number_format)}{{system:fixed;symbols:{symbols}}}"
    return rules


def page_name(index: int) -> str:
    """The CSS page name of a section."""
    return f"s{index}"


def running_name(index: int, which: str, page: str) -> str:
    """The CSS name of a running header or footer: ``r0-header-even``."""
    return f"r{index}-{which}-{page}"


def write_pages(sheet: Stylesheet, document: Document, ground: GroundWriter, first_numbers: Mapping[int, int]) -> None:
    """The @page rules of every section. ``first_numbers`` are known ones of sections that go on counting."""
    for index, section in enumerate(document.sections):
        name = page_name(index)
        size = f"size:{positive(section.width)} {positive(section.height)};"
        default = _page(index, section, "default", ground)
        sheet.rule(f"@page {name}{{{size}margin:{_margins(section)};{default}}}")
        if document.mirror_margins or document.even_and_odd:
            page, mirrored = "even" if document.even_and_odd else "default", document.mirror_margins
            first = first_numbers.get(index, section.first_page_number)
            margin = f"margin:{_margins(section, mirrored=mirrored)};"
            rules = _page(index, section, page, ground, mirrored=mirrored)
            sheet.rule(f"@page {name}{_even_pages(first, name)}{{{margin}{rules}}}")
        if section.title_page:
            sheet.rule(f"@page {name}:nth(1 of {name}){{{_page(index, section, 'first', ground)}}}")
        if section.first_page_number is not None:
            sheet.rule(f"@page {name}:nth(1 of {name}){{counter-reset:page {section.first_page_number}}}")


def _even_pages(first: int | None, name: str) -> str:
    """The selector of pages with even numbers in a section whose first page has this number; by the side of the sheet
    when it goes on counting."""
    if first is None:
        return ":left"
    return f":nth(2n of {name})" if first % 2 else f":nth(2n+1 of {name})"


def _margins(section: Section, *, mirrored: bool = False) -> str:
    right, left = (section.left, section.right) if mirrored else (section.right, section.left)
    return " ".join(positive(side) for side in (section.top, right, section.bottom, left))


def _page(index: int, section: Section, page: str, ground: GroundWriter, *, mirrored: bool = False) -> str:
    """What one kind of page shows besides its text."""
    bands = [each[page] for each in (section.headers, section.footers) if page in each]
    shapes = [*section.ground, *(shape for band in bands for shape in band.ground)]
    left = section.right if mirrored else section.left
    return ground.background(shapes, section, left) + _bands(index, section, page)


def _bands(index: int, section: Section, page: str) -> str:
    """The margin boxes of one kind of page; a page kind without a band of its own shows none."""
    rules = ""
    for which, bands, box in (
        ("header", section.headers, "@top-center"),
        ("footer", section.footers, "@bottom-center"),
    ):
        if page not in bands:
            rules += f"{box}{{content:none}}"
            continue
        band = bands[page]
        edge = "top" if which == "header" else "bottom"
        rules += (
            f"{box}{{content:element({running_name(index, which, page)});width:100%;text-align:left;"
            f"vertical-align:{edge};padding-{edge}:{positive(band.distance)}}}"
        )
    return rules
