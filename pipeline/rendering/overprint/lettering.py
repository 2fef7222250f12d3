"""The words of the overprint, set before the fonts are cut: which face, which size, how wide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import Seg, TextStyle
from pipeline.rendering.overprint.order import NOTHING, Overprint
from pipeline.rendering.usage import Glyph, Usage

SIZE = 9.0
"""Points of the words in the archival stamp."""
NUMBER_SIZE = 12.0
"""Points of an archival page number."""
CELL = 15.0
CELL_AIR = 1.0
"""Millimetres: the width of a cell of the stamp, and what stays white beside its words."""

_SMALLEST = 6.5
_NARROWEST = 0.75
_STYLE = TextStyle(east_asian="宋体", latin="宋体", size=SIZE)
_FIGURES = "0123456789"
_ROOM = (CELL - 2 * CELL_AIR) * 72 / 25.4


@dataclass(frozen=True, slots=True)
class Lettered:
    """An order whose words are set. ``cells`` are those of the stamp but the last, which is the number of pages;
    ``figures`` has face and advance (em) of each figure."""

    order: Overprint
    cells: tuple[tuple[Seg, ...], ...]
    figures: Mapping[str, tuple[str, float]]

    def number(self, count: int, size: float) -> tuple[Seg, ...]:
        """A number in figures."""
        each = [(figure, *self.figures[figure]) for figure in str(count)]
        return _segs(((character, face, advance) for character, face, advance in each), size, 1.0)


UNLETTERED = Lettered(NOTHING, (), {})
"""Of no order."""


def reserve(order: Overprint, book: FontBook, usage: Usage) -> Lettered:
    """Set the words of an order, and note in ``usage`` what characters will be printed."""
    figures: dict[str, tuple[str, float]] = {}
    cells: tuple[tuple[Seg, ...], ...] = ()
    if order.stamp or order.paging:
        for figure in _FIGURES:
            glyph = _noted(figure, book, usage)
            figures[figure] = glyph.face, glyph.advance
    if order.stamp:
        stamp = order.stamp
        ways = ((stamp.fonds,), (stamp.year,), (stamp.piece,), stamp.organ, (stamp.retention,))
        cells = tuple(_cell(words, book, usage) for words in ways)
    return Lettered(order, cells, figures)


def _cell(ways: tuple[str, ...], book: FontBook, usage: Usage) -> tuple[Seg, ...]:
    """The first of several ways to write something that is legible in a cell; the last whatever it looks like."""
    for words in ways:
        glyphs = [(each, _glyph(each, book)) for each in words]
        ems = sum(glyph.advance for _each, glyph in glyphs) or 1.0
        size = max(_SMALLEST, min(SIZE, _ROOM / ems))
        scale = min(1.0, _ROOM / (ems * size))
        if scale >= _NARROWEST or words == ways[-1]:
            for each, glyph in glyphs:
                usage.add(glyph, each)
            return _segs(((each, glyph.face, glyph.advance) for each, glyph in glyphs), size, scale)
    return ()


def _segs(each: Iterable[tuple[str, str, float]], size: float, scale: float) -> tuple[Seg, ...]:
    """Characters with their face and advance as stretches of one face."""
    segs = []
    for face, group in groupby(each, key=lambda one: one[1]):
        same = tuple(group)
        width = sum(advance for _character, _face, advance in same) * size * scale
        segs.append(Seg("".join(one[0] for one in same), face, size, width, scale=scale))
    return tuple(segs)


def _noted(character: str, book: FontBook, usage: Usage) -> Glyph:
    glyph = _glyph(character, book)
    usage.add(glyph, character)
    return glyph


def _glyph(character: str, book: FontBook) -> Glyph:
    return book.glyph(_STYLE, character, east_asian=not character.isascii())
