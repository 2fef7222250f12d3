"""The gate before the archive: is this PDF the Word file, whole, legible and fit to keep?

A layout can lose a word in a cell too small, print a name in blanks, or push a seal over a date, and every page still
looks tidy at arm's length. So a program looks, at the written bytes and not at its own intentions: the same
characters, nothing outside the paper or on top of other text, every character in a font, PDF/A-3 rules kept, nothing
left out. Each objection is a sentence for a person; a PDF with one is not filed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Literal

import pikepdf

from pipeline.core.messages import _
from pipeline.rendering.archival import faults
from pipeline.rendering.model import Document
from pipeline.rendering.overprint.checking import misprinted
from pipeline.rendering.painted import Rectangle
from pipeline.rendering.pdf import PrintedPages
from pipeline.rendering.reading import ShownPage, read_pages
from pipeline.rendering.usage import Usage
from pipeline.rendering.words import (
    band_texts,
    block_texts,
    body_texts,
    counted,
    difference,
)

Check = Literal["refusals", "words", "glyphs", "geometry", "pdf-a", "printing"]

_EDGE = 1.0
"""Points by which ink may reach over the edge of the paper: none, but rounding."""
_OVERLAP_WIDTH, _OVERLAP_HEIGHT = 2.0, 0.3
"""Two pieces of text lie on each other when they share this width (points) and this part of the lower one's height."""
_SHOWN = 12
"""How many cases of one kind are named."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a PDF may not be filed. ``message`` is a sentence in the user's language; ``page`` counts from 1, 0 for the
    whole paper."""

    check: Check
    message: str
    page: int = 0


def check(document: Document, printed: PrintedPages, usage: Usage) -> tuple[Objection, ...]:
    """Everything that speaks against filing ``printed`` as the paper of ``document``; empty when nothing does."""
    objections = [*_refusals(document), *_complaints(printed), *_glyphs(usage)]
    with pikepdf.open(BytesIO(printed.pdf), inherit_page_attributes=False) as pdf:
        archival = list(faults(pdf, printed.pdf))
        try:
            shown = read_pages(pdf, {mark.box.page for mark in printed.overprint.marks})
        except ValueError as error:
            archival.append(str(error))
        else:
            objections += [*_words(document, printed, shown.pages), *_geometry(shown.pages)]
            objections += _overprint(printed, shown.pages)
            archival += [fault for font in shown.fonts for fault in font.faults()]
    return (*objections, *map(_not_archival, archival[:_SHOWN]))


def _refusals(document: Document) -> Iterator[Objection]:
    for refusal in document.refusals:
        message = _("不能如实打印：{construct}（{part}）").format(construct=refusal.construct, part=refusal.part)
        if refusal.near:
            message += _("，在“{near}”附近").format(near=refusal.near)
        yield Objection("refusals", f"{message}。{refusal.remedy}")


def _complaints(printed: PrintedPages) -> Iterator[Objection]:
    for complaint in printed.complaints[:_SHOWN]:
        yield Objection("printing", _("排版时出现问题：{detail}").format(detail=complaint))
    if not printed.pages:
        yield Objection("printing", _("没有印出任何一页"))


def _glyphs(usage: Usage) -> Iterator[Objection]:
    if usage.missing:
        yield Objection("glyphs", _("没有字体能打印这些字：{characters}").format(characters=usage.missing))


# --------------------------------------------------------------------------- words


def _words(document: Document, printed: PrintedPages, pages: tuple[ShownPage, ...]) -> Iterator[Objection]:
    body, bands = counted(body_texts(document)), counted(band_texts(document))
    lost, added = difference(counted([document.text]), body + bands)
    if lost:
        yield Objection("words", _("排版丢失了这些字：{characters}").format(characters=lost))
    if Counter(added) - bands:  # several sections may share one header of the file
        yield Objection("words", _("排版多出了这些字：{characters}").format(characters=added))

    paper = counted(page.text for page in pages)
    lost, added = difference(body + counted(printed.repeated), paper)
    if lost:
        yield Objection("words", _("纸面上少了这些字：{characters}").format(characters=lost))
    if added:
        yield Objection("words", _("纸面上多出了这些字：{characters}").format(characters=added))
    yield from _bands(document, printed)
    for number, page in enumerate(pages, start=1):
        if any(piece.missing for piece in page.pieces):
            yield Objection("glyphs", _("第{page}页有印不出的字").format(page=number), number)


def _bands(document: Document, printed: PrintedPages) -> Iterator[Objection]:
    """A header or footer that every page or every first page must show, and no page shows."""
    margins = [counted([text]) for text in printed.margins]
    for section in document.sections:
        kind = "first" if section.title_page else "default"
        if kind == "default" and document.even_and_odd:
            continue  # which side a section begins on is the printer's business
        for bands, name in ((section.headers, _("页眉")), (section.footers, _("页脚"))):
            if kind in bands:
                wanted = counted(block_texts(bands[kind].blocks))
                if wanted and not any(wanted <= margin for margin in margins):
                    yield Objection("words", _("{band}没有印出来").format(band=name))


# --------------------------------------------------------------------------- geometry


def _geometry(pages: tuple[ShownPage, ...]) -> Iterator[Objection]:
    for number, page in enumerate(pages, start=1):
        yield from islice(_outside(number, page), _SHOWN)
        yield from islice(_overlapping(number, page), _SHOWN)


def _outside(number: int, page: ShownPage) -> Iterator[Objection]:
    for piece in page.pieces:
        ink = piece.ink
        if ink is not None and (
            min(ink.left, ink.bottom) < -_EDGE or ink.right > page.width + _EDGE or ink.top > page.height + _EDGE
        ):
            what = piece.text.strip() or _("图片")
            yield Objection("geometry", _("第{page}页有内容超出纸边：{text}").format(page=number, text=what), number)


def _overlapping(number: int, page: ShownPage) -> Iterator[Objection]:
    """Text on text. Pieces are met from the top down; only those that may still share a height are kept at hand."""
    inked = [(piece.ink, piece.text) for piece in page.pieces if piece.ink is not None and piece.text.strip()]
    inked.sort(key=lambda each: (-each[0].top, each[0].left, each[1]))
    open_pieces: list[tuple[Rectangle, str]] = []
    for ink, text in inked:
        open_pieces = [(other, words) for other, words in open_pieces if other.bottom < ink.top]
        for other, words in open_pieces:
            width = min(ink.right, other.right) - max(ink.left, other.left)
            height = min(ink.top, other.top) - max(ink.bottom, other.bottom)
            lower = min(ink.top - ink.bottom, other.top - other.bottom)
            if width > _OVERLAP_WIDTH and height > _OVERLAP_HEIGHT * lower:
                message = _("第{page}页文字重叠：“{one}”与“{two}”").format(
                    page=number, one=words.strip(), two=text.strip()
                )
                yield Objection("geometry", message, number)
        open_pieces.append((ink, text))


def _overprint(printed: PrintedPages, pages: tuple[ShownPage, ...]) -> Iterator[Objection]:
    """What is printed besides the content is as ordered, and lies on nothing."""
    for page, message in islice(misprinted(printed.overprint.marks, printed.boxes, pages), _SHOWN):
        yield Objection("geometry", message, page)


def _not_archival(detail: str) -> Objection:
    return Objection("pdf-a", _("不符合 PDF/A：{detail}").format(detail=detail))
