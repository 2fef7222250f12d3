"""Meetings of a year: each joint meeting with notice, sign-in, minutes and publication, each committee meeting with
minutes (区域化党建工作机制意见 三（二）, 附件1).

Papers belong to one meeting when they name it alike and come from the same organ; that is how the four kinds are filled
in. A quarter or month without any paper is one meeting that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.core.calendar import written
from pipeline.core.messages import _
from pipeline.core.text import collapsed
from pipeline.core.values import FiledRecord
from pipeline.retrieval.completeness.model import Case, Duties, Entry, Section, State, day, text

_NOTICE, _SIGN_IN, _MINUTES, _PUBLICATION = "meeting-notice", "sign-in", "minutes", "publication"
_JOINT = "联席会议"
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class _Meeting:
    """One meeting with the papers found of it, by kind."""

    name: str
    held: date
    papers: dict[str, FiledRecord]


def joint_meetings(case: Case, duties: Duties) -> Iterator[Section]:
    """The section of the joint meetings (党建联席会议); none where no policy asks for them."""
    if not duties.joint_meetings:
        return
    months = 12 // duties.joint_meetings
    papers = (_("会议通知"), _("签到表"), _("会议纪要"), _("纪要公示"))
    entries: list[Entry] = []
    meetings = [one for one in _meetings(case) if _JOINT in one.name]
    for part in range(duties.joint_meetings):
        held = [one for one in meetings if (one.held.month - 1) // months == part]
        for meeting in held:
            entries += _joint(meeting, papers, duties)
        if not held:
            name = _period(case.year, part, months) + _("党建联席会议")
            entries += [Entry(name, paper, State.MISSING, duties.joint_source) for paper in papers]
    yield Section("joint-meetings", _("党建联席会议"), duties.joint_source, papers, tuple(entries))


def committee_meetings(case: Case, duties: Duties) -> Iterator[Section]:
    """The section of the committee's meetings (区域党委会); none where no policy asks for them."""
    if not duties.committee_meetings:
        return
    months = 12 // duties.committee_meetings
    papers = (_("会议纪要"),)
    entries: list[Entry] = []
    meetings = [one for one in _meetings(case) if _JOINT not in one.name]
    for part in range(duties.committee_meetings):
        held = [one for one in meetings if (one.held.month - 1) // months == part]
        for meeting in held:
            entries += _minutes_of(meeting, papers[0], duties)
        if not held:
            name = _period(case.year, part, months) + _("区域党委会")
            entries.append(Entry(name, papers[0], State.MISSING, duties.committee_source))
    yield Section("committee-meetings", _("区域党委会"), duties.committee_source, papers, tuple(entries))


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


def _joint(meeting: _Meeting, papers: Sequence[str], duties: Duties) -> Iterator[Entry]:
    source = duties.joint_source
    notice, sign_in, _minutes, publication = (
        meeting.papers.get(kind) for kind in (_NOTICE, _SIGN_IN, _MINUTES, _PUBLICATION)
    )
    last = duties.notice_by(meeting.held)
    if notice is not None and notice.paper.date > last:
        remark = _("{sent}发出，会议在{held}召开，应当不晚于{last}").format(
            sent=written(notice.paper.date), held=written(meeting.held), last=written(last)
        )
        yield Entry(meeting.name, papers[0], State.LATE, duties.notice_source, notice.paper, remark)
    else:
        yield _plain(meeting, papers[0], notice, duties)
    yield _plain(meeting, papers[1], sign_in, duties)
    yield from _minutes_of(meeting, papers[2], duties)
    minuted = meeting.papers.get(_MINUTES)
    if publication is not None and minuted is not None and publication.paper.date < minuted.paper.date:
        remark = _("公示在{published}，早于纪要成文的{minuted}").format(
            published=written(publication.paper.date), minuted=written(minuted.paper.date)
        )
        yield Entry(meeting.name, papers[3], State.DISORDERED, source, publication.paper, remark)
    else:
        yield _plain(meeting, papers[3], publication, duties)


def _minutes_of(meeting: _Meeting, paper: str, duties: Duties) -> Iterator[Entry]:
    yield _plain(meeting, paper, meeting.papers.get(_MINUTES), duties)


def _plain(meeting: _Meeting, paper: str, record: FiledRecord | None, duties: Duties) -> Entry:
    source = duties.joint_source if _JOINT in meeting.name else duties.committee_source
    if record is None:
        return Entry(meeting.name, paper, State.MISSING, source)
    return Entry(meeting.name, paper, State.THERE, source, record.paper)


def _period(year: int, part: int, months: int) -> str:
    if months == 3:
        return _("{year}年第{quarter}季度").format(year=year, quarter=_QUARTERS[part])
    first = part * months + 1
    span = str(first) if months == 1 else f"{first}—{first + months - 1}"
    return _("{year}年{months}月").format(year=year, months=span)
