"""Find ID numbers and telephone numbers (个人信息) in words, however they are written.

People write 138 9190 2345, or in wide figures, one figure to a box, or a line ends in the middle. So figures of every
width count, and what may stand between two of them is passed over: spaces, dashes, line ends, the border of a cell.
Where numbers merely stand side by side (a column of figures, a date) the places of the gaps tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

BLOCK = "█"

_GAP = r"[\s.\-\u00ad\u200b-\u200d\u2060\ufeff]{0,9}"
"""What may stand between two figures of one number, white space and line ends among it."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣"), "-")
_WIDE = {ord(wide): narrow for wide, narrow in zip("Ｘｘ（）＋．", "Xx()+.", strict=True)}

_TELLING = 7
"""Figures of a value that mean nothing else, wherever they stand."""

_LONGEST_PLAIN = 5
"""Figures of a value from which it is also found with gaps in it; a shorter one is an extension (分机)."""

_USUAL = {3, 4, 6, 7, 10, 14}
"""Before which figures of a number, counted from 0, people leave gaps."""

_ISO_DATE = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
_DIGEST = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{16,}")
"""Hexadecimal figures: a digest, in which a telephone number means nothing."""
_LOCAL_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"


def _spaced(figures: Iterable[str]) -> str:
    return _GAP.join(figures)


_FIGURE = r"\d"
_PERSON = re.compile(  # GB 11643-1999: place, day of birth, order, check figure; and the 15 figures before it
    rf"(?<!\d)(?=(?P<number>[1-8]{_GAP}{_spaced([_FIGURE] * 16)}{_GAP}[\dXx])(?![\dXx]))"
    rf"|(?<!\d)(?=(?P<former>[1-8]\d{{7}}{_LOCAL_DAY}\d{{3}})(?!\d))"
)
_BORN = re.compile(rf"\d{{6}}(?:18|19|20)\d\d{_LOCAL_DAY}\d{{3}}[\dXx]")
_MOBILE = re.compile(
    rf"(?<!\d)(?=(?P<number>(?:(?:\+|00)?86{_GAP})?(?P<own>1{_GAP}[3-9]{_GAP}{_spaced([_FIGURE] * 9)}))(?!\d))"
)
_DESK = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z]-)(?=(?P<number>\(?(?:(?:\+|00)?86{_GAP})?"
    rf"0(?:10|2\d|[3-9]\d\d)\)?(?P<own>{_GAP}[2-8]{_spaced([''] + [_FIGURE] * 6)}(?:{_GAP}\d)?))(?!\d))"
)
_NAMED = re.compile(  # a telephone of the same place, known by the word before it
    rf"(?:电话|手机|联系方式|传真|[Tt][Ee][Ll])[^\d\n]{{0,6}}"
    rf"(?P<number>[2-8]{_GAP}{_spaced([_FIGURE] * 6)}(?:{_GAP}\d)?)(?!\d)"
)


@dataclass(frozen=True)
class Personal:
    """What is personal: everything that looks like an ID or telephone number, and the ``values`` known to be some."""

    values: frozenset[str] = frozenset()

    def places(self, words: str) -> tuple[tuple[int, int], ...]:
        """Where in the words something personal stands (start, end), in order, none over another."""
        plain = _plain(words)
        found = sorted({*_numbers(plain), *(place for one in self._known for place in _matches(one, plain))})
        apart: list[tuple[int, int]] = []
        for start, end in found:
            if apart and start < apart[-1][1]:
                apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
            else:
                apart.append((start, end))
        return tuple(apart)

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


def _plain(words: str) -> str:
    """The words with figures and dashes of every width written narrow; as many characters as before."""
    told = words.translate(_DASHES).translate(_WIDE)
    if told.isascii():
        return told
    return "".join(_narrow(one) for one in told)


def _narrow(character: str) -> str:
    figure = unicodedata.decimal(character, None)
    return character if figure is None else str(figure)


def _written(value: str) -> list[str]:
    """The patterns of a value: as it is, and with gaps between its figures where it is long enough."""
    own = figures(value)
    if not own:
        return [re.escape(value)] if value.strip() else []
    found = [rf"(?<!\d){re.escape(value)}(?!\d)"]
    if len(own) >= _LONGEST_PLAIN and set(value) <= set("0123456789Xx-+(). "):
        found.append(rf"(?<!\d){_spaced(own)}(?!\d)")
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
    found = [*people, *(one for one in _telephones(plain) if not any(a < one[1] and one[0] < b for a, b in people))]
    if found:
        digests = _digests(plain)
        yield from (one for one in found if not _begins_within(one, digests))


def _digests(plain: str) -> list[tuple[int, int]]:
    return [one.span() for one in _DIGEST.finditer(plain)]


def _begins_within(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether it begins there; the figures of a digest and of the name behind it are no number either."""
    return any(start <= place[0] < end for start, end in others)


def _people(plain: str) -> Iterable[tuple[int, int]]:
    for match in _PERSON.finditer(plain):
        if match["former"]:
            yield match.span("former")
        elif _BORN.fullmatch(figures(match["number"])):
            yield match.span("number")


def _telephones(plain: str) -> Iterable[tuple[int, int]]:
    for match in _MOBILE.finditer(plain):
        if _is_one_number(match["own"], {3, 7}):
            yield match.span("number")
    for match in _DESK.finditer(plain):
        if _is_one_number(match["own"].lstrip(), {0, 3, 4}):
            yield match.span("number")
    for match in _NAMED.finditer(plain):
        if _is_one_number(match["number"], {3, 4}):
            yield match.span("number")


def _is_one_number(written: str, usual: set[int]) -> bool:
    """Whether the gaps are those of one number: where people put them and one more (a line's end), or everywhere."""
    if _ISO_DATE.search(written):
        return False
    gaps = _gaps_of(written)
    return len(gaps - usual) <= 1 or len(gaps) == len(figures(written)) - 1


def _gaps_of(written: str) -> set[int]:
    """Before which figures (counted from 0) something stands."""
    found, seen, is_gap = set(), 0, False
    for character in written:
        if character.isdigit() or character in "Xx":
            if is_gap:
                found.add(seen)
            seen, is_gap = seen + 1, False
        else:
            is_gap = True
    return found
