"""Meetings of a year: each joint meeting with notice, sign-in, minutes and publication, every other one with minutes
(区域化党建工作机制意见 三（二）, 附件1).

Papers belong to one meeting when they name it alike and come from the same organ; that is how the four kinds are filled
in. A quarter or month without any paper is one meeting that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.core.calendar import written
from pipeline.core.policy import Option
from pipeline.core.text import collapsed
from pipeline.core.values import FiledRecord
from pipeline.retrieval.completeness.model import Case, Due, Duties, Entry, Section, State, day, period, text

_NOTICE, _SIGN_IN, _MINUTES, _PUBLICATION = "meeting-notice", "sign-in", "minutes", "publication"
_JOINT_FIGURE = "joint_meeting_a_year"
_SORTS: Mapping[str, tuple[str, ...]] = {
    _JOINT_FIGURE: ("联席会",),
    "big_committee_a_year": ("大党委",),
    "delegates_meeting_a_year": ("代表会", "代表大会"),
    "area_committee_a_year": ("区域党委", "党委会"),
}
"""The figure that asks for each sort of meeting, and the words by which a meeting of it is known; the first holds."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """One meeting with the papers found of it, by kind."""

    name: str
    held: date
    papers: dict[str, FiledRecord]


def meetings(case: Case, duties: Duties) -> Iterator[Section]:
    """A section for each sort of meeting that the rules ask for."""
    found = _meetings(case)
    for figure in _SORTS:
        due = duties.of(figure)
        if due:
            joint = figure == _JOINT_FIGURE
            papers = ("会议通知", "签到表", "会议纪要", "纪要公示") if joint else ("会议纪要",)
            source = due[0].rule.option
            ours = [one for one in found if _sort(one) == figure]
            entries = [entry for one in due for entry in _entries(case, one, ours, papers, duties)]
            yield Section(figure, due[0].what, source, papers, tuple(entries))


def _entries(
    case: Case, due: Due, meetings: Sequence[_Meeting], papers: Sequence[str], duties: Duties
) -> Iterator[Entry]:
    """The papers of every meeting held in the time; where there was none, all that one should have."""
    held = [meeting for meeting in meetings if due.since <= meeting.held <= due.by]
    for meeting in held:
        if due.figure == _JOINT_FIGURE:
            yield from _joint(meeting, papers, due.rule.option, duties)
        else:
            yield _plain(meeting, papers[0], _MINUTES, due.rule.option)
    if not held:
        subject = period(due) + due.what
        yield from (Entry(subject, paper, case.without(due), due.rule.option) for paper in papers)


def _sort(meeting: _Meeting) -> str:
    """The figure a meeting counts for, by what it is called."""
    said = [text(record, "meeting_type") for record in meeting.papers.values()]
    for figure, words in _SORTS.items():
        if any(word in name for name in (meeting.name, *said) for word in words):
            return figure
    return ""


def _meetings(case: Case) -> list[_Meeting]:
    """The meetings of the year, by day: those of the organisation itself; of the one above where it has none."""
    own = _held_by(case, case.organisation.name)
    return own if own or case.above is None else _held_by(case, case.above.name)


def _held_by(case: Case, organ: str) -> list[_Meeting]:
    papers: dict[str, dict[str, FiledRecord]] = {}
    for record in case.of(_NOTICE, _SIGN_IN, _MINUTES):
        name = collapsed(text(record, "meeting_name"))
        if record.paper.organisation == organ and name and day(record, "held_on").year == case.year:
            papers.setdefault(name, {})[record.paper.kind] = record
    for record in case.of(_PUBLICATION):
        for name in papers if record.paper.organisation == organ else ():
            if _publishes(record, name):
                papers[name][_PUBLICATION] = record
    meetings = (_Meeting(name, _held(found), found) for name, found in papers.items())
    return sorted(meetings, key=lambda one: (one.held, one.name))


def _held(papers: dict[str, FiledRecord]) -> date:
    """The day of a meeting: the minutes know it best, a notice only plans it."""
    return next(day(papers[kind], "held_on") for kind in (_MINUTES, _SIGN_IN, _NOTICE) if kind in papers)


def _publishes(publication: FiledRecord, meeting: str) -> bool:
    named = collapsed(text(publication, "meeting_name"))
    return named == meeting or (not named and f"{meeting}纪要" in collapsed(publication.paper.title))


def _joint(meeting: _Meeting, papers: Sequence[str], source: Option, duties: Duties) -> Iterator[Entry]:
    yield _notice(meeting, papers[0], source, duties)
    yield _plain(meeting, papers[1], _SIGN_IN, source)
    yield _plain(meeting, papers[2], _MINUTES, source)
    publication, minuted = meeting.papers.get(_PUBLICATION), meeting.papers.get(_MINUTES)
    if publication is not None and minuted is not None and publication.paper.date < minuted.paper.date:
        remark = f"公示在{written(publication.paper.date)}，早于纪要成文的{written(minuted.paper.date)}"
        yield Entry(meeting.name, papers[3], State.DISORDERED, source, publication.paper, remark)
    else:
        yield _plain(meeting, papers[3], _PUBLICATION, source)


def _notice(meeting: _Meeting, paper: str, source: Option, duties: Duties) -> Entry:
    notice, rule = meeting.papers.get(_NOTICE), duties.notice(meeting.name)
    if notice is None or rule is None or (rule.option.figures.get("unless_urgent") and text(notice, "urgency")):
        return _plain(meeting, paper, _NOTICE, source)
    last = duties.notice_by(rule, meeting.held)
    if notice.paper.date <= last:
        return _plain(meeting, paper, _NOTICE, source)
    remark = f"{written(notice.paper.date)}发出，会议在{written(meeting.held)}召开，应当不晚于{written(last)}"
    return Entry(meeting.name, paper, State.LATE, rule.option, notice.paper, remark)


def _plain(meeting: _Meeting, paper: str, kind: str, source: Option) -> Entry:
    record = meeting.papers.get(kind)
    state = State.MISSING if record is None else State.THERE
    return Entry(meeting.name, paper, state, source, record.paper if record else None)
