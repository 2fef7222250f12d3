"""The looks of pages: paper, margins, running heads and feet. What @page rules would say, said at once.

Each section is a page name of its own. Its headers and footers are running elements, shown in one margin box as wide as
the text area; odd and even pages, and the first of a section, have their own where the file asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.layout.page import PageType

from pipeline.rendering.looks import PIXEL, Look, length, size
from pipeline.rendering.model import Document, Section
from pipeline.rendering.note_boxes import note_area
from pipeline.rendering.page_ground import AddressOf, background

_BOXES = (("header", "@top-center", "top"), ("footer", "@bottom-center", "bottom"))


def page_name(index: int) -> str:
    """The page name of a section."""
    return f"s{index}"


def section_index(name: str) -> int:
    """The section of a page name; the first for a page that has none."""
    return int(name[1:]) if name[1:].isdecimal() else 0


def running_name(index: int, which: str, page: str) -> str:
    """The name of a running header or footer: ``r0-header-even``."""
    return f"r{index}-{which}-{page}"


def begins_section(page: PageType) -> bool:
    """Whether it is the first page of its section."""
    return any(name == page.name and index == 0 for name, index in page.groups)


def page_numbers(pages: Sequence[PageType], document: Document) -> list[int]:
    """The number of each page. A section may begin its count anew (w:pgNumType)."""
    numbers: list[int] = []
    for page in pages:
        numbers.append(_number(page, numbers[-1] if numbers else 0, document))
    return numbers


def _number(page: PageType, before: int, document: Document) -> int:
    first = document.sections[section_index(page.name)].first_page_number
    return before + 1 if first is None or page.blank or not begins_section(page) else first


class PageLooks:
    """Answers WeasyPrint's layout where its ``StyleFor`` would: it is asked for pages and margin boxes only.

    Word goes by the number of a page, not by the side of its sheet, where odd and even pages differ.
    """

    def __init__(self, document: Document, address_of: AddressOf) -> None:
        self._document = document
        self._address_of = address_of
        self.initial_page_sizes: dict[str, Any] = {"box": None, "area": None}
        self._numbers: dict[int, int] = {}
        self._known: dict[tuple[Any, ...], Look | None] = {}

    def __call__(self, page: PageType, box: str | None = None) -> Look | None:
        """The look of a page, or of one of its margin boxes; None for a box that is not there."""
        key = (page.name, self._is_even(page), page.blank, begins_section(page), box)
        if key not in self._known:
            self._known[key] = self._look(page, box)
        return self._known[key]

    def add_page_declarations(self, page: PageType) -> None:
        """Called for each page in order: count it. There is no style sheet to add anything from."""
        self._numbers[page.index] = _number(page, self._numbers.get(page.index - 1, 0), self._document)

    def set_computed_styles(self, page: PageType, **_where: object) -> None:
        """Nothing to compute."""

    def get_cascaded_styles(self) -> Iterable[tuple[object, str]]:
        """No rules are waiting."""
        return ()

    # ----------------------------------------------------------------------- inside

    def _section(self, page: PageType) -> Section:
        return self._document.sections[section_index(page.name)]

    def _look(self, page: PageType, box: str | None) -> Look | None:
        if box is None:
            return self._page(page)
        if box == "@footnote":
            return Look({"display": ("block", "flow"), "page": page.name, **note_area(self._document.note_rule)})
        return self._margin_box(page, box)

    def _page(self, page: PageType) -> Look:
        section = self._section(page)
        right, left = section.right, section.left
        if self._document.mirror_margins and self._is_even(page):
            right, left = left, right
        kind = self._kind(page, section)
        bands = [] if page.blank else [each[kind] for each in (section.headers, section.footers) if kind in each]
        shapes = (*section.ground, *(shape for band in bands for shape in band.ground))
        return Look(
            {
                "page": page.name,
                "size": (section.width / PIXEL, section.height / PIXEL),
                "margin_top": size(section.top),
                "margin_right": size(right),
                "margin_bottom": size(section.bottom),
                "margin_left": size(left),
                **background(shapes, section, left, self._address_of),
            }
        )

    def _margin_box(self, page: PageType, box: str) -> Look | None:
        section, index = self._section(page), section_index(page.name)
        for which, place, edge in _BOXES:
            bands = section.headers if which == "header" else section.footers
            kind = self._kind(page, section)
            if box != place or page.blank or kind not in bands:
                continue
            return Look(
                {
                    "page": page.name,
                    "content": (("element()", (running_name(index, which, kind), "first")),),
                    "width": Dimension(100, "%"),
                    "vertical_align": edge,
                    f"padding_{edge}": length(bands[kind].distance),
                }
            )
        return None

    def _kind(self, page: PageType, section: Section) -> str:
        """Which of a section's headers and footers a page shows; one it does not have leaves the margin empty."""
        if section.title_page and begins_section(page):
            return "first"
        return "even" if self._document.even_and_odd and self._is_even(page) else "default"

    def _is_even(self, page: PageType) -> bool:
        return self._numbers[page.index] % 2 == 0
