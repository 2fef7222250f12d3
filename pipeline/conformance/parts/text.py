"""Title, addressees and the paragraphs of the body.

A PDF has lines, not paragraphs. A paragraph begins where a line stands in from the left edge, or where the line before
stopped well short of the right edge; a line that hangs under a full one (names after 出席：) goes on. The edges are
those the paper itself keeps, so that a paper with wrong margins is still read rightly and fails only for its margins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.conformance.geometry import Glyph
from pipeline.conformance.lines import Line
from pipeline.conformance.standard import CHARACTER, TEXT_AREA, TOLERANCE

TITLE_SIZE = 18.0
"""pt; larger lines are titles, not body."""

_MOST_ADDRESSEE_LINES = 8
_NO_ADDRESSEES = re.compile(r"[。；]|[：:].|(如下|下列|以下).{0,6}[：:]$")
_OUTSIDE = re.compile(r"(协议书?|合同书?|表|名册|名单|台账|证书?|聘书|回执|清单)([（(].{1,12}[）)])?$")
_INDENTED = 0.5 * CHARACTER
_HANGING = 1.5 * CHARACTER
_STOPPED_SHORT = 3 * CHARACTER
_NO_EDGE = 5 * CHARACTER
"""Lines that all stop this far from the edge of the 版心 are short, not set in a narrower one."""
_CLOSING = "，。、；：！？）》”’〉】〕"


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the body's lines begin and end, mm."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; ``indent`` is that of its first line in mm, ``centred`` for a line set in the middle."""

    lines: tuple[Line, ...]
    indent: float
    centred: bool

    @property
    def text(self) -> str:
        """Its characters without blanks."""
        return "".join(line.text for line in self.lines)

    @property
    def level(self) -> int:
        """1 for 一、, 2 for （一）, 0 for everything else (the lower levels are set like the body)."""
        if re.match(r"[一二三四五六七八九十]{1,3}、", self.text):
            return 1
        return 2 if re.match(r"[（(][一二三四五六七八九十]{1,3}[）)]", self.text) else 0


def edges_of(lines: Iterable[Line], addressees: Sequence[Line] = ()) -> Edges:
    """The edges most lines keep: the leftmost start and the rightmost end that occur at least twice.

    A short paper has single lines only: all begin two characters in, all end anywhere. What such lines share is no
    edge; then the addressees give the left one, and where there are none the 版心 does. One full line that keeps the
    standard's edge is enough.
    """
    many = tuple(lines)
    right = _outermost([line.right for line in many], max, TEXT_AREA.right)
    if TEXT_AREA.right - right > _NO_EDGE:
        right = TEXT_AREA.right
    left = _outermost([line.left for line in many], min, TEXT_AREA.left)
    flush = min((line.left for line in addressees), default=TEXT_AREA.left)
    if left - flush > _HANGING and not _wrap_at(left, many, right):
        left = flush
    return Edges(left, right)


def _wrap_at(left: float, lines: Sequence[Line], right: float) -> bool:
    """Whether most lines that begin at ``left`` go on from one that was full."""
    pairs = [(before, line) for before, line in pairwise(lines) if abs(line.left - left) < 1]
    after_full = [right - before.right <= _STOPPED_SHORT for before, _line in pairs]
    return sum(after_full) * 2 > len(after_full)


def _outermost(places: list[float], choose: object, otherwise: float) -> float:
    often = Counter(round(place) for place in places)
    common = [place for place in places if often[round(place)] >= 2 or abs(place - otherwise) <= TOLERANCE]
    if not common:
        return otherwise
    return min(common) if choose is min else max(common)


def is_centred(line: Line) -> bool:
    """Whether a line stands in the middle of the 版心 with more than two characters of white on either side."""
    return abs(line.center - TEXT_AREA.center) <= 2 and line.left - TEXT_AREA.left > 2.6 * CHARACTER


def hanging_mark(line: Line) -> Glyph | None:
    """The closing mark that stands in the right margin on purpose (标点悬挂), if the line ends with one."""
    last = line.glyphs[-1]
    return last if last.char in _CLOSING and last.left >= TEXT_AREA.right - 0.7 else None


def find_title(lines: Sequence[Line], bottom: float) -> tuple[Line, ...]:
    """标题: the first run of large lines (failing these, of centred ones) on page 1 below ``bottom``."""
    below = [line for line in lines if line.page == 1 and line.ink.top >= bottom - 0.5]
    for fits in (lambda line: line.size >= TITLE_SIZE, is_centred):
        start = next((place for place, line in enumerate(below[:6]) if fits(line)), None)
        if start is not None:
            end = start
            while end < len(below) and fits(below[end]):
                end += 1
            return tuple(below[start:end])
    return ()


def is_outside(title: str) -> bool:
    """Whether a paper without red head is, by its title, one the standard does not know: a form, an agreement …"""
    return bool(_OUTSIDE.search(title))


def find_addressees(lines: Sequence[Line], title: Sequence[Line]) -> tuple[Line, ...]:
    """主送机关: the lines right after the title that list names up to the first colon; empty when there are none.

    A first paragraph may end with a colon too (通知如下：); it says so, or has a full stop or a label before it.
    """
    if not title:
        return ()
    after = [line for line in lines if line.page == 1 and line.baseline > title[-1].baseline][:_MOST_ADDRESSEE_LINES]
    text = ""
    for count, line in enumerate(after, start=1):
        text += line.text
        if _NO_ADDRESSEES.search(text):
            return ()
        if text.endswith(("：", ":")):
            return tuple(after[:count])
    return ()


def paragraphs_of(lines: Sequence[Line], edges: Edges) -> tuple[Paragraph, ...]:
    """The paragraphs the lines make; large lines (titles of what is printed along) are no body and end one."""
    paragraphs: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        if line.size >= TITLE_SIZE:
            before = None
        elif before is None or _begins(line, before, paragraphs[-1][0], edges):
            paragraphs.append([line])
            before = line
        else:
            paragraphs[-1].append(line)
            before = line
    return tuple(
        Paragraph(tuple(each), each[0].left - edges.left, len(each) == 1 and is_centred(each[0])) for each in paragraphs
    )


def _begins(line: Line, before: Line, first: Line, edges: Edges) -> bool:
    if edges.right - before.right > _STOPPED_SHORT:
        return True
    hangs = line.left - first.left > _HANGING and before.page == line.page
    return line.left - edges.left > _INDENTED and not hangs
