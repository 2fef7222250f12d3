"""The head of a paper (版头): what stands above the title, and which format that makes it.

A PDF does not say "this is the 发文机关标志"; colour, size and place do. What is wrong must still be found, or it could
not be measured: a black mark, a number in the wrong brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.conformance.geometry import Page, Rule
from pipeline.conformance.lines import Line, is_red, line_of
from pipeline.conformance.standard import PAPER_HEIGHT


class Format(StrEnum):
    """The formats of the standard this can measure.

    ``GENERAL`` papers (公示 and kin) keep its page and its text only. ``OUTSIDE`` it are forms, agreements and
    certificates: the standard says nothing of them.
    """

    RED_HEADER = "red-header"
    LETTER = "letter"
    MINUTES = "minutes"
    GENERAL = "general"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of the head that were found; ``rules`` are the long red lines of page 1 from top to bottom.

    ``above`` are the lines over the mark: 份号, 密级和保密期限, 紧急程度. ``bottom`` is where the head ends (mm).
    """

    mark: tuple[Line, ...] = ()
    number: Line | None = None
    signers: tuple[Line, ...] = ()
    rules: tuple[Rule, ...] = ()
    above: tuple[Line, ...] = ()
    bottom: float = 0.0

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line that belongs to the head."""
        number = (self.number,) if self.number else ()
        return (*self.above, *self.mark, *number, *self.signers)


NUMBER = re.compile(r"[^\d\W]{1,20}[〔\[［（(【]?\d{4}年?[〕\]］）)】]?第?\d+(号|期)")
"""A 发文字号, also a wrongly written one."""

_MARK_SIZE = 20.0
_LONG_RULE = 100.0
_UPPER_PART = 0.6


def red_rules(page: Page) -> tuple[Rule, ...]:
    """The long horizontal red lines of a page, from top to bottom."""
    return tuple(rule for rule in page.rules if rule.horizontal and rule.length >= _LONG_RULE and is_red(rule.colour))


def recognise(page: Page, lines: tuple[Line, ...]) -> Format:
    """The format of a paper by its first page."""
    mark = _mark(lines, red_rules(page))
    rules = red_rules(page)
    if not mark:
        return Format.GENERAL
    if mark[-1].text.endswith("纪要"):
        return Format.MINUTES
    if len(rules) >= 2 and rules[-1].box.middle > PAPER_HEIGHT - 40 and rules[0].box.middle < PAPER_HEIGHT / 2:
        return Format.LETTER
    return Format.RED_HEADER if rules or mark[-1].text.endswith("文件") else Format.GENERAL


def find_head(page: Page, lines: tuple[Line, ...], form: Format) -> Head:
    """The head of the first page; ``lines`` are its lines without page number and tables."""
    if form in (Format.GENERAL, Format.OUTSIDE):
        return Head()
    rules = red_rules(page)
    mark = _mark(lines, rules)
    if not mark:
        return Head(rules=rules)
    top, foot = mark[0].ink.top, mark[-1].ink.bottom
    upper = [rule for rule in rules if foot - 1 <= rule.box.top <= page.height * _UPPER_PART]
    below = [line for line in lines if line.ink.top >= foot - 1]
    number, signers = _number_and_signers(below, upper[0].box.bottom if upper else None, form)
    ends = [foot, *(rule.box.bottom for rule in upper[:2] if rule.box.top - upper[0].box.top < 3)]
    ends += [number.ink.bottom] if number else []
    above = tuple(line for line in lines if line not in mark and line.ink.bottom <= top + 1)
    return Head(mark, number, signers, rules, above, max(ends))


def _mark(lines: tuple[Line, ...], rules: tuple[Rule, ...]) -> tuple[Line, ...]:
    """发文机关标志: the large red lines at the top; failing red ones, large ones that say 文件 or 纪要."""
    limit = rules[0].box.top if rules else PAPER_HEIGHT * _UPPER_PART
    large = [line for line in lines if line.size >= _MARK_SIZE and line.ink.top < PAPER_HEIGHT * _UPPER_PART]
    red = tuple(line for line in large if line.red and line.ink.top <= limit)
    return red or tuple(line for line in large if line.size >= 24 and line.text.endswith(("文件", "纪要")))[:1]


def _number_and_signers(below: list[Line], rule: float | None, form: Format) -> tuple[Line | None, tuple[Line, ...]]:
    """发文字号 and 签发人, which share a line in papers to superiors; between mark and rule, in letters under it."""
    reach = 30.0 if rule is None or form is not Format.RED_HEADER else 0.0
    limit = (rule if rule is not None else below[0].ink.top if below else 0.0) + reach
    zone = [line for line in below if line.ink.top <= limit]
    for place, line in enumerate(zone):
        found = NUMBER.search(line.text)
        if not found:
            continue
        number = line_of(line.page, line.glyphs[found.start() : found.end()])
        rest = line.glyphs[found.end() :]
        above = tuple(other for other in zone[:place] if _is_signer(other))
        return number, (*above, line_of(line.page, rest)) if rest else above
    return None, tuple(line for line in zone if _is_signer(line))


def _is_signer(line: Line) -> bool:
    return line.text.startswith("签发人") or (line.left > 106 and len(line.text) <= 12)
