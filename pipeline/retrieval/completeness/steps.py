"""What is done again and again, or by a day: theme days (主题党日, 实施意见（试行） 三（三）) and the steps of a plan
(年度工作节点).

A theme day is known by the record of the activity (活动记录) that names it. A step of a plan has no form of its own:
the policy's file says which papers show that it was taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.calendar import written
from pipeline.core.text import collapsed
from pipeline.core.values import FiledRecord
from pipeline.retrieval.completeness.model import Case, Due, Duties, Entry, Section, State, period, text

_RECORD = "activity-record"
_THEME_DAY = "主题党日"


def theme_days(case: Case, duties: Duties) -> Iterator[Section]:
    """The section of the theme days, each community's own; none where no policy asks for them."""
    asked = duties.of("theme_day_a_year")
    if not asked:
        return
    records = [one for one in case.of(_RECORD) if _THEME_DAY in collapsed(text(one, "theme"))]
    entries = tuple(_held(case, name, due, records) for name in case.communities for due in asked)
    yield Section("theme-days", _THEME_DAY, asked[0].rule.option, ("活动记录",), entries)


def milestones(case: Case, duties: Duties) -> Iterator[Section]:
    """A section for each plan whose steps fall in the year; steps that no paper shows are not asked for."""
    asked = [due for due in duties.of("by") if due.shown_by]
    for source in dict.fromkeys(due.rule.option.id for due in asked):
        steps = [due for due in asked if due.rule.option.id == source]
        option = steps[0].rule.option
        entries = tuple(_taken(case, due) for due in steps)
        yield Section(f"milestones-{source}", "年度工作节点", option, ("完成情况",), entries)


def _held(case: Case, name: str, due: Due, records: list[FiledRecord]) -> Entry:
    """The first record of a community in the time; its theme day is missing where there is none."""
    ours = (one for one in records if one.paper.organisation == name and due.since <= one.paper.date <= due.by)
    found = next(ours, None)
    subject = f"{period(due)}{due.what}（{case.short(name)}）"
    state = State.THERE if found else case.without(due)
    return Entry(subject, "活动记录", state, due.rule.option, found.paper if found else None)


def _taken(case: Case, due: Due) -> Entry:
    """The first paper that shows a step, of the organisation or those below it; late after the day."""
    shown = [one for one in case.of(*due.shown_by) if one.paper.year == case.year and _is_about(one, due)]
    first = next((one for one in shown if case.is_ours(one.paper.organisation)), None)
    source, subject = due.rule.option, f"{due.what}（{due.by.month}月{due.by.day}日前）"
    if first is None:
        return Entry(subject, "完成情况", case.without(due), source)
    if first.paper.date > due.by:
        remark = f"{written(first.paper.date)}才办，应当不晚于{written(due.by)}"
        return Entry(subject, "完成情况", State.LATE, source, first.paper, remark)
    return Entry(subject, "完成情况", State.THERE, source, first.paper)


def _is_about(record: FiledRecord, due: Due) -> bool:
    title = collapsed(record.paper.title)
    return not due.words or any(word in title for word in due.words)
