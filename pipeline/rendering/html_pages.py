"""@page rules: paper, margins, running heads and feet, page numbers.

Each section is a named page. Its headers and footers are running elements, shown in one margin box as wide as the text
area; odd and even pages have their own rules where the file asks for them.
"""

from __future__ import annotations

from pipeline.rendering.css import Stylesheet, positive
from pipeline.rendering.model import Document, Section

_COUNTER_STYLES = {
    "decimal": "decimal",
    "numberInDash": "dashed",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "decimalZero": "decimal-leading-zero",
    "chineseCounting": "simp-chinese-informal",
    "chineseCountingThousand": "simp-chinese-informal",
    "japaneseCounting": "simp-chinese-informal",
    "chineseLegalSimplified": "simp-chinese-formal",
    "ideographDigital": "cjk-decimal",
}
_DASHED = '@counter-style dashed{system:extends decimal;prefix:"- ";suffix:" -"}'


def counter_style(number_format: str) -> str:
    """The CSS counter style of a Word page number format."""
    return _COUNTER_STYLES.get(number_format, "decimal")


def page_name(index: int) -> str:
    """The CSS page name of a section."""
    return f"s{index}"


def running_name(index: int, which: str, page: str) -> str:
    """The CSS name of a running header or footer: ``r0-header-even``."""
    return f"r{index}-{which}-{page}"


def write_pages(sheet: Stylesheet, document: Document) -> None:
    """The @page rules of every section."""
    sheet.rule(_DASHED)
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
