"""Find ID numbers and telephone numbers (个人信息) in words, however they are written.

People write 138 9190 2345, or in wide figures, one figure to a box, or a line ends in the middle. So figures of every
width and script count, and what may stand between two of them is passed over: spaces, dashes, line ends, the border of
a cell, marks that nobody sees. Where numbers merely stand side by side (a column of figures, a date) the places of the
gaps tell.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

BLOCK = "█"

_UNSEEN = "\u200b"
"""Stands for every mark that takes no place of its own: of direction, joining, keycaps, lines under and through."""

_GAP = rf"[\s.\-/·{_UNSEEN}]{{0,30}}"
"""What may stand between two figures of one number, white space and line ends among it."""

_GAP_OR_BRACKET = rf"[\s.\-/·{_UNSEEN}()]{{0,30}}"
"""The same in a number that is known."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣～~"), "-")
_DOTS = dict.fromkeys(map(ord, "•・‧∙･_＿"), "·")
_SIGNS = zip("Ｘｘ×✕ХхΧχ（）［］【】[]＋．／", "XxXXXxXx()()()()+./", strict=True)
_NARROWED = {0: _UNSEEN, **_DASHES, **_DOTS, **{ord(sign): narrow for sign, narrow in _SIGNS}}

_FIGURES = {
    figure: str(value)
    for value, each in enumerate(("〇零○", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for figure in each
}
"""Figures in characters, as one would read a number out."""

_TELLING = 7
"""Figures of a value that mean nothing else, wherever they stand."""

_UNMISTAKABLE = 11
"""Figures of a value that nothing else has, within more figures too."""

_LONGEST_PLAIN = 5
"""Figures of a value from which it is also found with gaps in it; a shorter one is an extension (分机)."""

_USUAL = {3, 4, 6, 7, 10, 14}
"""Before which figures of a number, counted from 0, people leave gaps."""

_ISO_DATE = re.compile(r"(?:19|20)\d\d([-/.])[01]\d\1[0-3]\d")
_DIGEST = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{16,}")
"""Hexadecimal figures: a digest, in which a telephone number means nothing."""
_LOCAL_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"


def _spaced(figures: Iterable[str], gap: str = _GAP) -> str:
    return gap.join(figures)


_FIGURE = r"\d"
_FIRST = rf"(?<!\d)(?<!\d{_UNSEEN})(?<!\d{_UNSEEN}{_UNSEEN})"
"""Where no figure is before it, with or without such a mark between."""
_PERSON = re.compile(  # GB 11643-1999: place, day of birth, order, check figure; 9 stands before a foreigner's place
    rf"{_FIRST}(?=(?P<number>[1-9]{_GAP}{_spaced([_FIGURE] * 16)}{_GAP}[\dXx])(?!\d))"
)
_FORMER = re.compile(rf"{_FIRST}(?=(?P<number>[1-8]{_GAP}{_spaced([_FIGURE] * 14)})(?!\d))")  # the 15 figures before it
_BORN = re.compile(rf"\d{{6}}(?:18|19|20)\d\d{_LOCAL_DAY}\d{{3}}[\dXx]")
_BORN_BEFORE = re.compile(rf"\d{{8}}{_LOCAL_DAY}\d{{3}}")
_MOBILE = re.compile(
    rf"{_FIRST}(?=(?P<number>\(?(?:(?:\+|00)?86{_GAP})?0?(?P<own>1{_GAP}[3-9]{_GAP}\d\)?{_GAP}"
    rf"{_spaced([_FIGURE] * 8)}))(?!\d))"
)
_DESK = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z]-)(?=(?P<number>\(?(?:(?:\+|00)?86{_GAP})?"
    rf"0(?:10|2\d|[3-9]\d\d)\)?(?P<own>{_GAP}[2-8]{_spaced([''] + [_FIGURE] * 6)}(?:{_GAP}\d)?))(?!\d))"
)
_NAMED = re.compile(  # a telephone of the same place, known by the word before it
    r"(?:电\s*话|手\s*机|座\s*机|热\s*线|联系方式|联系人|传\s*真|[Tt][Ee][Ll])[^\d\n]{0,12}"
    rf"(?P<number>[2-8]{_GAP}{_spaced([_FIGURE] * 6)}(?:{_GAP}\d)?)(?!\d|[元件人户字%％]|[,.]\d)"
)
_IN_A_ROW = re.compile(  # without anything between them, as columns run together when a table is copied
    rf"(?<!\d)(?:\d{{6}}(?:18|19|20)\d\d{_LOCAL_DAY}\d{{3}}[\dXx]|1[3-9]\d{{9}}){{2,}}(?!\d)"
)


@dataclass(frozen=True)
class Personal:
    """What is personal: everything that looks like an ID or telephone number, and the ``values`` known to be some."""

    values: frozenset[str] = frozenset()

    def places(self, words: str) -> tuple[tuple[int, int], ...]:
        """Where in the words something personal stands (start, end), in order, none over another."""
        found = sorted({place for plain in _readings(words) for place in self._in(plain)})
        apart: list[tuple[int, int]] = []
        for start, end in found:
            if apart and start < apart[-1][1]:
                apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
            else:
                apart.append((start, end))
        return tuple(apart)

    def _in(self, plain: str) -> Iterator[tuple[int, int]]:
        yield from _numbers(plain)
        for one in self._known:
            yield from _matches(one, plain)

    def hidden(self, words: str) -> str:
        """The words with black blocks where something personal stood."""
        pieces, last = [], 0
        for start, end in self.places(words):
            pieces += [words[last:start], blocks(end - start)]
            last = end
        return "".join((*pieces, words[last:]))

    @cached_property
    def long(self) -> frozenset[str]:
        """The values as their figures alone, those that are long enough to mean nothing else."""
        return frozenset(one for one in map(figures, self.values) if len(one) >= _TELLING)

    @cached_property
    def _known(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(one) for value in sorted(self.values) for one in _written(_plain(value)))


def blocks(length: int) -> str:
    """About as wide as so many figures, each half as wide as a block."""
    return BLOCK * max(1, length // 2)


def figures(value: str) -> str:
    """A value without what may stand between its figures."""
    return re.sub(r"[^0-9Xx]", "", _plain(value)).upper()


def _readings(words: str) -> Iterable[str]:
    """The words with every figure and sign written narrow, as many characters as before: once with the figures alone,
    and where there are others (①, ², 〇) once with these too, for such a one may also stand beside a number."""
    plain = _plain(words)
    yield plain
    if not plain.isascii() and (read := "".join(map(_read, plain))) != plain:
        yield read


def _plain(words: str) -> str:
    told = words.translate(_NARROWED)
    return told if told.isascii() else "".join(map(_narrow, told))


def _narrow(character: str) -> str:
    figure = unicodedata.decimal(character, None)
    if figure is not None:
        return str(figure)
    return _UNSEEN if unicodedata.category(character) in ("Cf", "Mn", "Me") else character


def _read(character: str) -> str:
    figure = unicodedata.digit(character, None)
    return _FIGURES.get(character, character) if figure is None else str(figure)


def _written(value: str) -> list[str]:
    """The patterns of a value: as it is, and with gaps between its figures where it is long enough. The longest are
    found within more figures too: nothing else has them, and a copied table runs its columns together."""
    own = figures(value)
    if not own:
        return [re.escape(value)] if value.strip() else []
    before, behind = ("", "") if len(own) >= _UNMISTAKABLE else (r"(?<!\d)", r"(?!\d)")
    found = [f"{before}{re.escape(value)}{behind}"]
    if len(own) >= _LONGEST_PLAIN and set(value) <= set("0123456789Xx-+().·/ "):
        found.append(f"{before}{_spaced(own, _GAP_OR_BRACKET)}{behind}")
    return found


def _matches(pattern: re.Pattern[str], plain: str) -> Iterable[tuple[int, int]]:
    """Where a value stands, with gaps such as one number has; an extension (分机) is none within a digest."""
    for match in pattern.finditer(plain):
        if not _is_one_number(match[0], _USUAL):
            continue
        if len(figures(match[0])) >= _TELLING or not _begins_within(match.span(), _digests(plain)):
            yield match.span()


def _numbers(plain: str) -> Iterable[tuple[int, int]]:
    """Where something stands that looks like a number of a person."""
    people = list(_people(plain))
    yield from people
    others = [*_former(plain), *_telephones(plain)]
    if others:
        inside = [*people, *_digests(plain)]
        yield from (one for one in others if not _begins_within(one, inside))


def _digests(plain: str) -> list[tuple[int, int]]:
    return [one.span() for one in _DIGEST.finditer(plain)]


def _begins_within(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether it begins there; the figures of a digest and of the name behind it are no number either."""
    return any(start <= place[0] < end for start, end in others)


def _people(plain: str) -> Iterable[tuple[int, int]]:
    """ID numbers. Their day of birth is proof enough within a digest too."""
    for match in _PERSON.finditer(plain):
        if _BORN.fullmatch(figures(match["number"])):
            yield match.span("number")
    for match in _IN_A_ROW.finditer(plain):
        yield match.span()


def _former(plain: str) -> Iterable[tuple[int, int]]:
    for match in _FORMER.finditer(plain):
        gaps = _gaps_of(match["number"])
        if _BORN_BEFORE.fullmatch(figures(match["number"])) and len(gaps.keys() - {6, 12}) <= 1:
            yield match.span("number")


def _telephones(plain: str) -> Iterable[tuple[int, int]]:
    for pattern, usual in ((_MOBILE, {3, 7}), (_DESK, {0, 3, 4})):
        for match in pattern.finditer(plain):
            if _is_one_number(match["own"].lstrip(), usual):
                yield match.start("number"), match.end("number") - _beside(match["own"])
    for match in _NAMED.finditer(plain):
        if _is_one_number(match["number"], {3, 4}):
            yield match.start("number"), match.end("number") - _beside(match["number"])


def _beside(written: str) -> int:
    """How many characters at the end are no part of it: one figure behind seven and a gap is the next cell's, unless
    every figure has a gap before it."""
    gaps = _gaps_of(written)
    if len(figures(written)) != 8 or 7 not in gaps or {5, 6} <= gaps.keys():
        return 0
    return len(written) - len(written[:-1].rstrip(f"{string.whitespace}　.-/·{_UNSEEN}"))


def _is_one_number(written: str, usual: set[int]) -> bool:
    """Whether the gaps are those of one number: where people put them and one more (a line's end), or everywhere, or
    all by the same dash or dot."""
    if _ISO_DATE.search(written):
        return False
    gaps = _gaps_of(written)
    is_usual = len(gaps.keys() - usual) <= 1 or len(gaps) == len(figures(written)) - 1
    return is_usual or set(gaps.values()) in ({"-"}, {"."})


def _gaps_of(written: str) -> dict[int, str]:
    """Before which figures (counted from 0) something stands that can be seen, and what."""
    found: dict[int, str] = {}
    seen = 0
    for character in written:
        if character.isdigit() or character in "Xx":
            seen += 1
        elif character != _UNSEEN:
            found[seen] = found.get(seen, "") + character
    return found
