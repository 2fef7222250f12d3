"""Odd and even pages by their numbers.

Word chooses the header of odd or even pages by the page's number, CSS by the side of the sheet. They part where a
section begins its numbers anew, as the text after a cover does. What number a later section begins with is only known
when the pages before it are counted, so such a file is printed a second time.
"""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint import Document as Layout

from pipeline.rendering.html_pages import page_name
from pipeline.rendering.model import Document


def misjudged(document: Document, layout: Layout) -> Mapping[int, int]:
    """First page numbers by section index, for sections that go on counting and whose even pages were taken for odd
    ones; empty when all was right."""
    if not (document.even_and_odd or document.mirror_margins):
        return {}
    sections = {page_name(index): index for index in range(len(document.sections))}
    found: dict[int, int] = {}
    number = 0
    current = -1
    for sheet, page in enumerate(layout.pages, start=1):
        number += 1
        index = sections.get(page._page_box.page_type.name, current)
        if index != current:
            first = document.sections[index].first_page_number
            if first is not None:
                number = first
            elif number % 2 != sheet % 2:
                found[index] = number
            current = index
    return found
