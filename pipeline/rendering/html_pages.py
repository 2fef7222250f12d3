"""@page rules: paper, margins, running heads and feet, page numbers.

Each section is a named page. Its headers and footers are running elements, shown in one margin box as wide as the text
area; odd and even pages have their own rules where the file asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.rendering.counters import MOST_PAGES, counted
from pipeline.rendering.css import Stylesheet, positive, quoted
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


def write_pages(sheet: Stylesheet, document: Document) -> None:
    """The @page rules of every section."""
    for index, section in enumerate(document.sections):
        name = page_name(index)
        sheet.rule(
            f"@page {name}{{size:{positive(section.width)} {positive(section.height)};"
            f"margin:{_margins(section)};{_bands(index, section, 'default')}}}"
        )
        if document.mirror_margins:
            sheet.rule(f"@page {name}:left{{margin:{_margins(section, mirrored=True)}}}")
        if document.even_and_odd:
            sheet.rule(f"@page {name}:left{{{_bands(index, section, 'even')}}}")
        if section.title_page:
            sheet.rule(f"@page {name}:nth(1 of {name}){{{_bands(index, section, 'first')}}}")
        if section.first_page_number is not None:
            sheet.rule(f"@page {name}:nth(1 of {name}){{counter-reset:page {section.first_page_number}}}")


def _margins(section: Section, *, mirrored: bool = False) -> str:
    right, left = (section.left, section.right) if mirrored else (section.right, section.left)
    return " ".join(positive(side) for side in (section.top, right, section.bottom, left))


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
