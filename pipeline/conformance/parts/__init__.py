"""What is what on a finished paper: ``dissect`` finds the elements (公文格式各要素) that the clauses then measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.conformance.geometry import Box, Page, Paper, around
from pipeline.conformance.lines import Line, lines_of
from pipeline.conformance.parts.ending import (
    Annex,
    AnnexNote,
    SignOff,
    find_annexes,
    find_note,
    find_sign_off,
)
from pipeline.conformance.parts.foot import Imprint, find_imprint, find_page_numbers
from pipeline.conformance.parts.head import Format, Head, find_head, recognise
from pipeline.conformance.parts.joint import find_joint_sign_off
from pipeline.conformance.parts.text import (
    Edges,
    Paragraph,
    edges_of,
    find_addressees,
    find_title,
    is_outside,
    paragraphs_of,
)

__all__ = ["Format", "Parts", "dissect"]


@dataclass(frozen=True, slots=True)
class Parts:
    """A paper with its elements named. ``lines`` are all lines outside tables on upright pages, in reading order.

    ``body`` are those of them that belong to the body, page by page; ``paragraphs`` the same as paragraphs.
    """

    paper: Paper
    form: Format
    lines: tuple[Line, ...]
    head: Head
    title: tuple[Line, ...]
    addressees: tuple[Line, ...]
    body: tuple[Line, ...]
    edges: Edges
    paragraphs: tuple[Paragraph, ...]
    note: AnnexNote | None
    sign_off: SignOff
    annexes: tuple[Annex, ...]
    imprint: Imprint | None
    page_numbers: Mapping[int, Line]


def dissect(paper: Paper, form: Format | None = None) -> Parts:
    """Name the parts of a paper; its format is recognised where none is given."""
    every = tuple(line for page in paper.pages if page.width <= page.height for line in _outside_tables(page))
    numbers = find_page_numbers(every)
    lines = tuple(line for line in every if numbers.get(line.page) is not line)
    imprint = find_imprint(lines, paper.pages)
    lines = _without(lines, imprint.lines if imprint else ())
    first = tuple(line for line in lines if line.page == 1)
    known = form or (recognise(paper.pages[0], first) if paper.pages else Format.GENERAL)
    head = find_head(paper.pages[0], first, known) if paper.pages else Head()
    title = find_title(lines, head.bottom)
    if form is None and known is Format.GENERAL and is_outside("".join(line.text for line in title)):
        known = Format.OUTSIDE
    rest = _after_head(lines, head, title)
    addressees = find_addressees(rest, title)
    rest = _without(rest, addressees)
    annexes = find_annexes(rest)
    sign_off = _sign_off(known, rest, paper.pages)
    rest = _without(rest, sign_off.lines)
    note = find_note(rest)
    rest = _without(
        rest, (*(note.lines if note else ()), *(line for each in annexes for line in (each.head, *each.title)))
    )
    edges = edges_of(rest, addressees)
    return Parts(
        paper, known, every, head, title, addressees, rest, edges, paragraphs_of(rest, edges),
        note, sign_off, annexes, imprint, numbers,
    )  # fmt: skip


def _sign_off(form: Format, lines: tuple[Line, ...], pages: tuple[Page, ...]) -> SignOff:
    """Minutes have none; only an official paper may be one of several organs (an agreement has seals side by side)."""
    if form is Format.MINUTES:
        return SignOff()
    joint = find_joint_sign_off(lines, pages) if form in (Format.RED_HEADER, Format.LETTER) else None
    return joint or find_sign_off(lines, pages)


def _without(lines: tuple[Line, ...], taken: tuple[Line, ...]) -> tuple[Line, ...]:
    gone = set(taken)
    return tuple(line for line in lines if line not in gone)


def _after_head(lines: tuple[Line, ...], head: Head, title: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines that may be body: below head and title."""
    bottom = max([head.bottom, *(line.baseline for line in title)])
    gone = {*head.lines, *title}
    return tuple(line for line in lines if line not in gone and (line.page > 1 or line.baseline > bottom))


def _outside_tables(page: Page) -> tuple[Line, ...]:
    tables = _tables(page)
    return tuple(
        line
        for line in lines_of(page)
        if not any(table.holds(line.glyphs[0].left, line.ink.middle) for table in tables)
    )


def _tables(page: Page) -> tuple[Box, ...]:
    """The areas of ruled tables: standing lines that overlap in height belong together."""
    tables: list[Box] = []
    for rule in sorted((rule for rule in page.rules if not rule.horizontal), key=lambda rule: rule.box.top):
        if tables and rule.box.top <= tables[-1].bottom + 0.5:
            tables[-1] = around((tables[-1], rule.box))
        else:
            tables.append(rule.box)
    return tuple(table for table in tables if table.width > 3)
