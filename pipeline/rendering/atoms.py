"""A paragraph's items cut into atoms: one character, tab, break, picture, page number or bookmark each.

An atom knows its face and its full width in points, so that breaking lines is arithmetic. The blank between Han and
Latin characters and the narrowed pairs of marks are settled here, because they depend on neighbours only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from pipeline.rendering import kinsoku
from pipeline.rendering.metrics import AUTO_SPACE, LineMetrics
from pipeline.rendering.model import Break, Frame, InlineBox, Item, Mark, PageField, Tab, Text, TextStyle
from pipeline.rendering.usage import Glyph, Usage


class Book(Protocol):
    """What the composer asks of the fonts; ``fonts.FontBook`` is one, a table of widths in a test is another."""

    def glyph(self, style: TextStyle, character: str, *, east_asian: bool) -> Glyph:
        """How a character prints."""

    def line_metrics(self, style: TextStyle, *, east_asian: bool = True) -> LineMetrics:
        """Height of a line of the style, in points."""


class Atom(NamedTuple):
    """The smallest thing on a line. There is one for every character of a book, so it is a tuple; the same character
    of one run is the same atom, as long as its neighbours ask for nothing.

    ``width`` is the whole advance, ``spacing`` the part of it that follows the character. ``gap`` is the blank before
    it when something stands before it on the line. ``trim`` is how much narrower it may be at the end of a line.
    ``wide`` says that it stands in an East Asian face (or is a picture). ``break_before``: a line may begin with it.
    """

    item: Item
    text: str = ""
    face: str = ""
    width: float = 0.0
    spacing: float = 0.0
    gap: float = 0.0
    trim: float = 0.0
    wide: bool = False
    break_before: bool = False


def atoms_of(items: Sequence[Item], frame: Frame, book: Book, usage: Usage) -> tuple[Atom, ...]:
    """The atoms of a paragraph, in order; every printed character is noted in ``usage``."""
    atoms = [atom for item in items for atom in _cut(item, frame, book, usage)]
    previous: int | None = None
    pending: list[int] = []  # bookmarks since: they go with the character that follows
    for index, atom in enumerate(atoms):
        if not atom.text and _is_weightless(atom):
            pending.append(index)
            continue
        if previous is not None:
            before, after = _fitted(atoms[previous], atom, frame)
            atoms[previous] = before
            if pending and after.break_before:
                atoms[pending[0]] = atoms[pending[0]]._replace(break_before=True)
                after = after._replace(break_before=False)
            atoms[index] = after
        elif atom.break_before:
            atoms[index] = atom._replace(break_before=False)  # nothing is before it
        previous = index
        pending.clear()
    return tuple(atoms)


def style_of(atom: Atom) -> TextStyle | None:
    """The style an atom brings to its line."""
    return atom.item.style if isinstance(atom.item, Text | Tab | Break | PageField) else None


def is_space(atom: Atom) -> bool:
    """A blank, which may stand outside the margin at the end of a line."""
    return atom.text == kinsoku.SPACE


def _cut(item: Item, frame: Frame, book: Book, usage: Usage) -> Iterator[Atom]:
    if isinstance(item, Text):
        known: dict[str, Atom] = {}
        visible = kinsoku.visible(item.text)
        for character in visible:
            if character not in known:
                known[character] = _character(item, character, frame, book, usage)
            yield known[character]
        if not visible:
            yield Atom(item)  # an empty text still has a height
    elif isinstance(item, PageField):
        yield _page_field(item, frame, book, usage)
    elif isinstance(item, InlineBox):
        yield Atom(item, width=item.shape.width, wide=True)
    else:
        yield Atom(item)


def _character(item: Text | PageField, character: str, frame: Frame, book: Book, usage: Usage) -> Atom:
    style = item.style
    east_asian = kinsoku.is_east_asian(character, hint=style.hint_east_asian)
    glyph = book.glyph(style, character, east_asian=east_asian)
    usage.add(glyph, character)
    body = glyph.advance * style.size * style.scale
    delta = 0.0 if style.off_grid else frame.grid.delta
    spacing = style.spacing + delta + glyph.pull * style.size * style.scale
    half_empty = frame.compress_punctuation and glyph.advance > 0.9 and kinsoku.is_closing(character)
    return Atom(
        item,
        character,
        glyph.face,
        body + spacing,
        spacing,
        trim=body / 2 if half_empty else 0.0,
        wide=east_asian,
        break_before=True,  # until a neighbour forbids it
    )


def _page_field(item: PageField, frame: Frame, book: Book, usage: Usage) -> Atom:
    parts = [_character(item, character, frame, book, usage) for character in item.sample]
    for character in _figures(item.sample):
        usage.reserve(parts[0].face, character)
    return Atom(item, item.sample, parts[0].face, sum(part.width for part in parts), parts[0].spacing)


def _figures(sample: str) -> str:
    """All characters a page number counted like ``sample`` may need."""
    if sample[:1].isascii() and sample[:1].isalpha():
        return "ivxlcdm" if sample[:1].islower() else "IVXLCDM"
    if sample[:1].isdecimal():
        return "0123456789"
    return "〇零一二三四五六七八九十百"


def _is_weightless(atom: Atom) -> bool:
    return isinstance(atom.item, Mark) or (isinstance(atom.item, Text) and not atom.text)


def _fitted(before: Atom, after: Atom, frame: Frame) -> tuple[Atom, Atom]:
    """Two neighbours with what depends on both: break, blank, narrowed pair."""
    one, two = before.text[-1:], after.text[:1]
    if not one or not two:  # a tab, a break or a picture
        clings = two == kinsoku.SPACE or (frame.kinsoku and two in kinsoku.NO_START)
        return before, after._replace(break_before=not clings)
    wide = before.wide or after.wide
    allowed, keeps_apart, narrows = _between(
        one, two, wide, frame.kinsoku, frame.word_wrap, frame.auto_space, frame.auto_space_digits
    )
    if after.break_before is not allowed:
        after = after._replace(break_before=allowed)
    if keeps_apart and not (_is_close(before) or _is_close(after)):
        style = style_of(before if kinsoku.is_han(one) else after)
        after = after._replace(gap=AUTO_SPACE * (style.size if style else 0.0))
    if narrows and frame.compress_punctuation and before.wide and after.wide:
        half = (before.width - before.spacing) / 2
        before = before._replace(width=before.width - half, spacing=before.spacing - half, trim=0.0)
    return before, after


def _is_close(atom: Atom) -> bool:
    return isinstance(atom.item, Text) and atom.item.close


@lru_cache(maxsize=1 << 15)
def _between(
    one: str, two: str, wide: bool, kinsoku_on: bool, word_wrap: bool, auto_space: bool, auto_space_digits: bool
) -> tuple[bool, bool, bool]:
    """Of two characters: may a line end between them, is a blank kept there, are they a pair that may be narrowed."""
    return (
        kinsoku.may_break(one, two, wide=wide, kinsoku=kinsoku_on, word_wrap=word_wrap),
        _keeps_apart(one, two, auto_space=auto_space, digits=auto_space_digits),
        _narrows(one, two),
    )


def _keeps_apart(one: str, two: str, *, auto_space: bool, digits: bool) -> bool:
    """A Han character beside a Latin letter (autoSpaceDE) or beside a figure (autoSpaceDN)."""
    if kinsoku.is_han(one) == kinsoku.is_han(two):
        return False
    other = two if kinsoku.is_han(one) else one
    asked = digits if other.isdecimal() else auto_space
    return asked and kinsoku.is_latin_word(other)


def _narrows(one: str, two: str) -> bool:
    """Two marks with an empty half between them (标点挤压)."""
    if kinsoku.is_closing(one):
        return kinsoku.is_closing(two) or kinsoku.is_opening(two)
    return kinsoku.is_opening(one) and kinsoku.is_opening(two)
