"""The overprint drawn on the pages of a file in the making: each mark on a free place, or left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pydyf

from pipeline.core.papercode import paper_code
from pipeline.core.values import FieldBox
from pipeline.rendering.model import Section
from pipeline.rendering.overprint import drawing, places
from pipeline.rendering.overprint.drafts import contents, sheet_of
from pipeline.rendering.overprint.lettering import CELL, NUMBER_SIZE, SIZE, Lettered
from pipeline.rendering.overprint.order import CODE, CROSS_PAGE_SEAL, PAGE_NUMBER, STAMP
from pipeline.rendering.overprint.places import Area, Sheet
from pipeline.rendering.reading import OVERPRINT
from pipeline.rendering.typecase import Typecase

_AIR = 2.0
"""Millimetres between a stamp or a guide and anything else."""
_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that was printed: where, with which characters, and how many mm round it must be white."""

    box: FieldBox
    text: str = ""
    air: float = 0.0


@dataclass(frozen=True, slots=True)
class Overprinted:
    """``marks`` are what was printed; ``left_out`` the names of what found no free place."""

    marks: tuple[Mark, ...] = ()
    left_out: tuple[str, ...] = ()


def overprint(
    lettered: Lettered,
    pdf: pydyf.PDF,
    case: Typecase,
    sections: Sequence[Section],
    fields: Sequence[FieldBox],
    digest: str,
) -> Overprinted:
    """Draw an order. ``sections`` has that of each page, ``fields`` are the places of seals and signatures, ``digest``
    is the SHA-256 of the Word file."""
    work = _Work(pdf, case, tuple(sections), tuple(fields))
    order = lettered.order
    if order.paper:
        _code(work, str(paper_code(order.paper, digest, len(sections))))
    if order.stamp:
        _stamp(work, lettered)
    if order.paging:
        for page in range(len(sections)):
            _page_number(work, lettered, page)
    if len(sections) > 1:
        for index, name in enumerate(order.cross_page_seals, start=1):
            _cross_page_seal(work, name, order.seal_diameter, index / (len(order.cross_page_seals) + 1))
    work.write()
    return Overprinted(tuple(work.marks), tuple(dict.fromkeys(work.left_out)))


@dataclass
class _Work:
    """The pages with what has been put on them so far; a page is read when the first mark looks for its place."""

    pdf: pydyf.PDF
    case: Typecase
    sections: tuple[Section, ...]
    fields: tuple[FieldBox, ...]
    marks: list[Mark] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    _sheets: dict[int, Sheet] = field(default_factory=dict)
    _drawn: dict[int, list[str]] = field(default_factory=dict)

    def sheet(self, page: int) -> Sheet:
        """A page by its index."""
        if page not in self._sheets:
            here = tuple(box for box in self.fields if box.page == page + 1)
            self._sheets[page] = sheet_of(self._page(page), self.pdf, self.case, self.sections[page], here)
        return self._sheets[page]

    def put(
        self, page: int, name: str, place: Area, operators: Iterable[str], text: str = "", air: float = 0.0
    ) -> None:
        """Draw on a page; what is drawn is carried by it from now on, with the air round it."""
        edges = (place.left, place.top, place.right - place.left, place.bottom - place.top)
        box = FieldBox(name, page + 1, *(round(each, 2) for each in edges))
        self.marks.append(Mark(box, text, air))
        self._sheets[page] = self.sheet(page).with_carried([place.grown(air)])
        self._drawn.setdefault(page, []).extend(operators)

    def write(self) -> None:
        """Everything into the content of its page, as an artifact (ISO 32000-1, 14.8.2.2)."""
        for page, operators in sorted(self._drawn.items()):
            content = "\n".join(operators)
            contents(self.pdf, self._page(page)).stream.append(
                f"/Artifact BMC\n{OVERPRINT.decode()} BMC\nq 0.75 0 0 0.75 0 0 cm\n{content}\nQ\nEMC\nEMC".encode()
            )

    def _page(self, page: int) -> pydyf.Dictionary:
        return self.pdf.objects[self.pdf.pages["Kids"][3 * page]]


def _code(work: _Work, text: str) -> None:
    matrix = drawing.modules(text)
    air = drawing.QUIET * drawing.MODULE
    place = places.of_code(work.sheet(0), len(matrix) * drawing.MODULE, air)
    if place is None:
        work.left_out.append(CODE)
    else:
        work.put(0, CODE, place, drawing.code(matrix, place), air=air)


def _stamp(work: _Work, lettered: Lettered) -> None:
    width, height = drawing.COLUMNS * CELL, drawing.ROWS * drawing.CELL_HEIGHT
    place = places.of_stamp(work.sheet(0), width, height, _AIR)
    if place is None:
        work.left_out.append(STAMP)
        return
    cells = (*lettered.cells, lettered.number(len(work.sections), SIZE))
    text = "".join(seg.text for cell in cells for seg in cell)
    work.put(0, STAMP, place, drawing.stamp(cells, place, work.case), text, _AIR)


def _page_number(work: _Work, lettered: Lettered, page: int) -> None:
    segs = lettered.number(page + 1, NUMBER_SIZE)
    width, height = drawing.width(segs) * _MM, NUMBER_SIZE * _MM
    place = places.of_page_number(work.sheet(page), width, height, _AIR, front=page % 2 == 0)
    if place is None:
        work.left_out.append(PAGE_NUMBER)
    else:
        work.put(page, PAGE_NUMBER, place, drawing.words(segs, place, work.case), str(page + 1), _AIR)


def _cross_page_seal(work: _Work, name: str, diameter: float, height: float) -> None:
    """Each page's equal share of a seal that is pressed once over all right edges, laid out like a fan: the first page
    has the left part, the last the right one. ``height`` is that of its middle, as part of the page's."""
    pages = range(len(work.sections))
    sheets = [work.sheet(page) for page in pages]
    middle = places.of_shares(sheets, diameter, sheets[0].height * height, _AIR)
    if middle is None:
        work.left_out.append(f"{CROSS_PAGE_SEAL}{name}")
        return
    share = diameter / len(sheets)
    for page, sheet in zip(pages, sheets, strict=True):
        left = sheet.width - share
        center = left - page * share + diameter / 2
        strip = Area(left, middle - diameter / 2, sheet.width, middle + diameter / 2)
        arcs = drawing.share((center, middle), diameter / 2, left, sheet.width)
        work.put(page, f"{CROSS_PAGE_SEAL}{name}", strip, arcs)
