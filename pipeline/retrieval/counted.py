"""What of the filed papers counts in the yearly report, one by one, each with the paper that proves it.

The report of a county prints members appointed, joint meetings attended, problems solved and activities held (会同县,
2022). Each number is the length of a list here, so that whoever doubts it can go through the papers behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.core.archival import catalogue_order
from pipeline.core.values import FiledPaper, FiledRecord, Organisation

APPOINTMENT, MINUTES, LEDGER, ACTIVITY = "appointment", "minutes", "issue-ledger", "activity-record"
"""The kinds (文种) of which the figures are made."""

_JOINT = "联席会议"
_PRESENT = "出席"


class Measure(StrEnum):
    """What is counted; the ids of the columns of the kind ``yearly-report``."""

    APPOINTED = "appointed"
    ATTENDED = "attended"
    SOLVED = "solved"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Counted:
    """One that counts: what it is, where and on which day, and the paper it stands in. ``organ`` is a short name."""

    measure: Measure
    organ: str
    day: date
    what: str
    paper: FiledPaper


def counted(records: Iterable[FiledRecord], organisations: Sequence[Organisation], year: int) -> tuple[Counted, ...]:
    """Everything that counts in ``year``, by day.

    ``records`` are the valid papers of that year, and the appointments of earlier ones, which say who is a member. Only
    what belongs to one of ``organisations`` counts. Who is appointed twice in a year by the same community counts once,
    and so does a problem, however many editions of the ledger (问题台账) tell of it.
    """
    short = {one.name: one.short_name for one in organisations}
    kinds: dict[str, list[_Filed]] = {}
    for record in sorted(records, key=lambda each: (each.paper.date, catalogue_order(each.paper))):
        organ = str(record.head.get("community") or record.paper.organisation)
        if organ in short:
            kinds.setdefault(record.paper.kind, []).append(_Filed(record, short[organ]))
    appointments = kinds.get(APPOINTMENT, [])
    found = (
        *_appointed(appointments),
        *_attended(kinds.get(MINUTES, []), appointments),
        *_solved(kinds.get(LEDGER, [])),
        *(Counted(Measure.HELD, one.organ, one.day, one.text("theme"), one.paper) for one in kinds.get(ACTIVITY, [])),
    )
    return tuple(sorted((one for one in found if one.day.year == year), key=_by_day))


@dataclass(frozen=True, slots=True)
class _Filed:
    """A record, and the short name of the organisation it speaks of: the community it names, else its issuer."""

    record: FiledRecord
    organ: str

    @property
    def paper(self) -> FiledPaper:
        return self.record.paper

    @property
    def day(self) -> date:
        return self.record.paper.date

    def text(self, field: str) -> str:
        return str(self.record.head.get(field, ""))

    def on(self, field: str) -> date:
        """A day of the head row; the day of the paper where it is empty."""
        value = self.record.head.get(field)
        return value if isinstance(value, date) else self.day


def _by_day(one: Counted) -> tuple[date, str, str, str]:
    return one.day, one.measure.value, one.organ, one.what


def _appointed(appointments: Iterable[_Filed]) -> Iterator[Counted]:
    seen: set[tuple[str, str, int]] = set()
    for one in appointments:
        key = (one.organ, one.text("person"), one.day.year)
        if key not in seen:
            seen.add(key)
            yield Counted(Measure.APPOINTED, one.organ, one.day, one.text("person"), one.paper)


def _attended(minutes: Iterable[_Filed], appointments: Sequence[_Filed]) -> Iterator[Counted]:
    """Each member (兼职委员) present at each joint meeting, under the community that appointed him."""
    terms: dict[str, list[_Filed]] = {}
    for appointment in appointments:
        terms.setdefault(appointment.text("person"), []).append(appointment)
    for meeting in minutes:
        held = meeting.on("held_on")
        if _JOINT not in meeting.text("meeting_name"):
            continue
        for row in meeting.record.details.get("people", ()):
            person = str(row.get("person", ""))
            serving = [one for one in terms.get(person, ()) if one.on("term_from") <= held <= _end(one)]
            if row.get("attendance") == _PRESENT and serving:
                organ = min(serving, key=lambda one: one.organ != meeting.organ).organ
                yield Counted(Measure.ATTENDED, organ, held, person, meeting.paper)


def _end(appointment: _Filed) -> date:
    end = appointment.record.head.get("term_to")
    return end if isinstance(end, date) else date.max


def _solved(ledgers: Iterable[_Filed]) -> Iterator[Counted]:
    """Each problem with a day on which it was solved; what the newest edition of a ledger says of it holds."""
    newest: dict[tuple[str, object, object], Counted | None] = {}
    for ledger in ledgers:
        for row in ledger.record.details.get("issues", ()):
            day, problem = row.get("solved_on"), str(row.get("problem", ""))
            solved = (
                Counted(Measure.SOLVED, ledger.organ, day, problem, ledger.paper) if isinstance(day, date) else None
            )
            newest[ledger.organ, ledger.record.head.get("year"), row.get("sequence")] = solved
    yield from (one for one in newest.values() if one is not None)
