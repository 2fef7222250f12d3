"""The foot of a paper: 版记 (抄送, 印发, their lines) and the page numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.conformance.geometry import Page, Rule
from pipeline.conformance.lines import Line, is_red
from pipeline.conformance.standard import TEXT_AREA

COPIES = re.compile(r"(抄送|分送|主送|发)[：:]")
"""What an entry of the 版记 begins with, up to its colon."""

_PRINTED = re.compile(r".*(印发|编印|印制|印)$")
_PAGE_NUMBER = re.compile(r"\W{0,3}\d{1,4}\W{0,3}|第?\d+页.{0,8}|\d+/\d+")
_LONG_RULE = 100.0
_NEAR = 14.0
"""mm between the first text of the 版记 and the line above it, at most."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记. ``copies`` are the lines of 抄送机关 (or 分送), those of 主送机关 that were moved here before them (7.4.2);
    ``printed`` is the one of 印发机关 and 印发日期; ``torn`` says that 抄送 was left behind on the page before."""

    page: int
    rules: tuple[Rule, ...]
    copies: tuple[Line, ...]
    printed: Line | None
    torn: bool = False

    @property
    def entries(self) -> tuple[tuple[Line, ...], ...]:
        """主送 and 抄送, each with the lines it runs on to."""
        starts = [place for place, line in enumerate(self.copies) if COPIES.match(line.text)]
        return tuple(self.copies[start:end] for start, end in pairwise([*starts, len(self.copies)]))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line that belongs to it."""
        return (*self.copies, self.printed) if self.printed else self.copies


def find_page_numbers(lines: Sequence[Line]) -> Mapping[int, Line]:
    """The page number of each page that has one: the last line below the 版心 that is little more than a number."""
    return {
        line.page: line
        for line in lines
        if line.baseline > TEXT_AREA.bottom + 2 and _PAGE_NUMBER.fullmatch(line.text) and len(line.text) <= 14
    }


def find_imprint(lines: Sequence[Line], pages: Sequence[Page]) -> Imprint | None:
    """The 版记, looked for from the last page backwards; ``lines`` without page numbers."""
    for page in reversed(pages):
        here = [line for line in lines if line.page == page.number]
        printed = next((line for line in reversed(here) if _is_printed(line)), None)
        start = next((place for place, line in enumerate(here) if _is_copies(line, page)), None)
        end = here.index(printed) if printed else len(here)
        copies = tuple(here[start:end]) if start is not None and start < end else ()
        if printed or copies:
            first = (copies or (printed,))[0]
            assert first is not None
            left_behind = not copies and any(
                line.page == page.number - 1 and _is_copies(line, pages[line.page - 1]) for line in lines
            )
            return Imprint(page.number, _rules(page, first.ink.top), copies, printed, torn=left_behind)
    return None


def _is_printed(line: Line) -> bool:
    return bool(_PRINTED.fullmatch(line.text)) and bool(re.search(r"\d日", line.text)) and line.widest_gap > 3


def _is_copies(line: Line, page: Page) -> bool:
    """抄送 near the foot, with a line of the 版记 above it (in letters: in the last third)."""
    return bool(COPIES.match(line.text)) and (bool(_rules(page, line.ink.top)) or line.baseline > page.height * 2 / 3)


def _rules(page: Page, top: float) -> tuple[Rule, ...]:
    """The last long line above the first text of the 版记 (a table may end just above it), and all below."""
    long = [rule for rule in page.rules if rule.horizontal and rule.length >= _LONG_RULE and not is_red(rule.colour)]
    above = [rule for rule in long if top - _NEAR <= rule.box.middle <= top]
    return (*above[-1:], *(rule for rule in long if rule.box.middle > top))
