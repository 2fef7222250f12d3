"""Where the lines ended up: all type on every page after WeasyPrint has made the pages.

Only now is known what number a page has, where a link lies, and what the pages repeat: a running head stands on every
page, a table head on every page its table reaches, while the Word file holds them once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from weasyprint import Document as Layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from pipeline.rendering.cell_runs import CellLines, CellRun
from pipeline.rendering.looks import PIXEL
from pipeline.rendering.model import Document, Mark, Part, Seg
from pipeline.rendering.page_looks import page_numbers, section_index
from pipeline.rendering.subset import BOX_ASCENT, BOX_DESCENT
from pipeline.rendering.typeset import Typeset, figures

_SAFE_LINKS = frozenset({"http", "https", "mailto", "urn"})  # a urn names, and opens nothing
_IN_TABLES = ((boxes.TableBox, "Table"), (boxes.TableRowBox, "TR"), (boxes.TableCellBox, "TD"))
_MARK_HEIGHT = 16.0
"""How far above its base line a reader is taken to, in pixels."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines on a page (an index). ``box`` is WeasyPrint's, ``holder`` what has the lines: the box itself, or a cell of
    those it shows. ``band`` says that they stand in a header or footer, ``again`` that they are the head of a table on
    a page, or in a column, that is not its first. ``path`` is the tables, rows and cells they stand in, from the
    outside, each with what tells it from others on every page."""

    page: int
    box: boxes.ReplacedBox
    holder: boxes.ReplacedBox | CellLines
    band: bool
    again: bool
    path: tuple[tuple[str, object], ...] = ()

    @property
    def type(self) -> Typeset:
        """The lines as they are on this page."""
        type: Typeset = self.holder.replacement
        return type

    def set(self, type: Typeset) -> None:
        """Put others in their place."""
        self.holder.replacement = type

    @property
    def place(self) -> tuple[float, float]:
        """Where they begin on the page, in pixels."""
        left, top = self.box.content_box_x(), self.box.content_box_y()
        if isinstance(self.holder, CellLines):
            return left + self.holder.x / PIXEL, top + self.holder.y / PIXEL
        return left, top

    @property
    def repeated(self) -> str:
        """Their characters that the body of the Word file does not account for."""
        return self.type.text if self.band or self.again else self.type.generated

    @property
    def parts(self) -> Iterator[Part]:
        """What stands on them."""
        return (part for line in self.type.lines for part in line.parts)


def shown_lines(layout: Layout) -> tuple[Shown, ...]:
    """Every line, in drawing order of the pages."""
    found: list[Shown] = []
    heads: set[int] = set()
    for index, page in enumerate(layout.pages):
        seen: set[int] = set()
        for box in page._page_box.children:
            found += _lines(box, index, isinstance(box, boxes.MarginBox), heads, seen)
        heads |= seen
    return tuple(found)


def number_pages(lines: Sequence[Shown], layout: Layout, document: Document) -> None:
    """Put in every page number."""
    kinds = [page._page_box.page_type for page in layout.pages]
    lengths = Counter(kind.name for kind in kinds)
    numbers = page_numbers(kinds, document)
    for shown in lines:
        if shown.type.counts:
            shown.set(
                shown.type.numbered(
                    {
                        "page": numbers[shown.page],
                        "pages": len(kinds),
                        "section-pages": lengths[kinds[shown.page].name],
                    }
                )
            )


def page_labels(layout: Layout, document: Document) -> tuple[str, ...]:
    """The number each page carries, as it is printed."""
    kinds = [page._page_box.page_type for page in layout.pages]
    forms = (document.sections[section_index(kind.name)].number_format for kind in kinds)
    return tuple(figures(number, form) for number, form in zip(page_numbers(kinds, document), forms, strict=True))


def link_up(lines: Sequence[Shown], layout: Layout) -> None:
    """Note links, and the places they lead to, where WeasyPrint looks for them."""
    parts = [part for shown in lines for part in shown.parts]
    targets = {part.href[1:] for part in parts if isinstance(part, Seg) and part.href.startswith("#")}
    marked = {part.name for part in parts if isinstance(part, Mark)} & targets
    for shown in lines:
        if any(isinstance(part, Mark) or (isinstance(part, Seg) and part.href) for part in shown.parts):
            _link(shown, layout.pages[shown.page], marked)


def _link(shown: Shown, page: Any, marked: set[str]) -> None:
    box = shown.box
    left, top = shown.place
    for placed in chain.from_iterable(shown.type.placed()):
        x, base, part = left + placed.x / PIXEL, top + placed.base / PIXEL, placed.part
        if isinstance(part, Mark) and part.name in marked:
            page.anchors.setdefault(part.name, (x, base - _MARK_HEIGHT, x, base))
        elif isinstance(part, Seg) and part.href:
            above, below = (edge * part.size / PIXEL for edge in (BOX_ASCENT, BOX_DESCENT))
            area = (x, base - above, x + placed.width / PIXEL, base + below)
            if part.href[1:] in marked and part.href[0] == "#":
                page.links.append(("internal", part.href[1:], area, box))
            elif _is_safe(part.href):
                page.links.append(("external", part.href, area, box))


def _is_safe(href: str) -> bool:
    try:
        return urlsplit(href).scheme in _SAFE_LINKS
    except ValueError:
        return False


def _lines(
    box: Any,
    page: int,
    band: bool,
    heads: set[int],
    seen: set[int],
    *,
    again: bool = False,
    head: bool = False,
    path: tuple[tuple[str, object], ...] = (),
) -> Iterator[Shown]:
    """The lines in a box. ``heads`` are the table heads of earlier pages; those of this one go into ``seen``."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.ReplacedBox):
        if isinstance(box.replacement, Typeset):
            yield Shown(page, box, box, band, again, path)
        elif isinstance(box.replacement, CellRun):
            box.replacement = box.replacement.copy()
            kind = "TH" if head else "TD"
            for each in box.replacement.lines:
                yield Shown(page, box, each, band, again, (*path, (kind, each.cell)))
        return
    if isinstance(box, boxes.TableRowGroupBox) and box.is_header:
        again = again or id(box.element) in heads or id(box.element) in seen
        seen.add(id(box.element))
        head = True
    for kind, name in _IN_TABLES:
        if isinstance(box, kind) and not getattr(box, "joined", False):
            path = (*path, ("TH" if name == "TD" and head else name, box.element))
    for child in box.children:
        yield from _lines(child, page, band, heads, seen, again=again, head=head, path=path)
