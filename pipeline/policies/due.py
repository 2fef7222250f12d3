"""What should exist for an organisation in a year, by the rules that hold: meetings, agreements, lists, milestones.

A rule that counts (four a year) is spread evenly over the year, one to each quarter or month, because that is how the
sources say it (每季度、每月); each has the last day on which it is still in time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.core.messages import _
from pipeline.core.policy import Rule

_MONTHS = 12

MEETINGS: Mapping[str, str] = {
    "joint_meeting_a_year": "党建联席会议",
    "area_committee_a_year": "区域党委会议",
    "big_committee_a_year": "社区“大党委”会议",
    "theme_day_a_year": "主题党日",
    "delegates_meeting_a_year": "社区党员代表会议",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that should exist: ``what`` in the words of the office, ``since`` and ``by`` its first and last day.

    ``figure`` names the figure of the rule it follows from, ``subject`` the unit it is about ("" for none). Papers of
    the kinds ``shown_by``, with one of the ``words`` in the title where there are any, show that it was done.
    """

    what: str
    figure: str
    since: date
    by: date
    rule: Rule
    subject: str = ""
    shown_by: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def due(rules: Sequence[Rule], year: int, units: Sequence[str] = ()) -> tuple[Due, ...]:
    """Everything the rules ask for in that year, in the order of the rules and then of the days."""
    return tuple(one for rule in rules for one in _of_rule(rule, year, units))


def _of_rule(rule: Rule, year: int, units: Sequence[str]) -> Iterator[Due]:
    figures: Mapping[str, Any] = rule.option.figures
    first, last = date(year, 1, 1), date(year, 12, 31)
    for figure, name in MEETINGS.items():
        for since, by in _spread(year, rule.number(figure)):
            yield Due(name, figure, since, by, rule)
    for unit in units if rule.number("agreements_a_year") else ():
        yield Due(_("共驻共建协议书"), "agreements_a_year", first, last, rule, unit)
    for name in rule.words("lists"):
        yield Due(name, "lists", first, _day(year, figures["by"]) if "by" in figures else last, rule)
    yield from _milestones(rule, year) if not rule.words("lists") else ()


def _milestones(rule: Rule, year: int) -> Iterator[Due]:
    """The steps of a plan (年度工作节点); of a plan for one year in no other."""
    figures: Mapping[str, Any] = rule.option.figures
    if year not in figures.get("only_in", (year,)):
        return
    for point in figures.get("by", ()):
        shown_by, words = tuple(point.get("shown_by", ())), tuple(point.get("words", ()))
        yield Due(str(point["what"]), "by", date(year, 1, 1), _day(year, point), rule, "", shown_by, words)


def _spread(year: int, count: int) -> Iterator[tuple[date, date]]:
    """First and last day of each of ``count`` equal parts of the year; of whole months."""
    for part in range(count):
        since, until = part * _MONTHS // count + 1, (part + 1) * _MONTHS // count
        yield date(year, since, 1), date(year, until, monthrange(year, until)[1])


def _day(year: int, point: Mapping[str, Any]) -> date:
    """The day that a policy's file writes as ``{ month = 3, day = 31 }``."""
    return date(year, point["month"], point["day"])
