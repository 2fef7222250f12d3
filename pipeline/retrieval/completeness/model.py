"""What should exist for an organisation and a year (迎检清单), entry by entry, and what is wrong with each.

An entry is one paper that a policy asks for. It says which paper was found, or what is missing, late or out of order,
and always by which document and clause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from pipeline.core.policy import Option, Rule
from pipeline.core.values import FiledPaper, FiledRecord, Organisation


class State(StrEnum):
    """How it stands with one paper that should exist."""

    THERE = "there"
    MISSING = "missing"
    LATE = "late"
    DISORDERED = "out-of-order"
    PENDING = "not-due"
    """Not there, and its time is not over."""

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to put something right."""
        return self not in (State.THERE, State.PENDING)


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper that should exist: ``subject`` is the meeting, unit or person it belongs to, ``paper`` what it is."""

    subject: str
    paper: str
    state: State
    source: Option
    filed: FiledPaper | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One rule and its entries. ``papers`` are the papers each subject should have, in their order."""

    id: str
    title: str
    source: Option
    papers: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def gaps(self) -> tuple[Entry, ...]:
        """The entries with which something is wrong."""
        return tuple(entry for entry in self.entries if entry.state.is_wrong)

    @property
    def wanted(self) -> tuple[Entry, ...]:
        """The entries whose time has come, or that are there before it."""
        return tuple(entry for entry in self.entries if entry.state is not State.PENDING)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole list of an organisation and a year. ``destroyed`` is how many papers of that year and of these organs
    were destroyed since (销毁): of what they said nothing is known, so what they proved seems to be missing."""

    organisation: Organisation
    year: int
    sections: tuple[Section, ...]
    destroyed: int = 0

    @property
    def gaps(self) -> tuple[Entry, ...]:
        """Everything that is missing, late or out of order."""
        return tuple(gap for section in self.sections for gap in section.gaps)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that should exist at the end of the year."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def wanted(self) -> tuple[Entry, ...]:
        """Everything that should exist today."""
        return tuple(entry for section in self.sections for entry in section.wanted)


class Due(Protocol):
    """One thing that a rule asks for between two days; ``pipeline.policies`` works them out.

    ``figure`` names the figure of the rule it follows from, ``what`` says it in the words of the office. Papers of the
    kinds ``shown_by``, with one of the ``words`` in the title where there are any, show that it was done.
    """

    @property
    def what(self) -> str: ...
    @property
    def figure(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def by(self) -> date: ...
    @property
    def rule(self) -> Rule: ...
    @property
    def shown_by(self) -> tuple[str, ...]: ...
    @property
    def words(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Duties:
    """What the rules of the office ask for in the year.

    ``notice_by`` gives the last day on which, by a rule, a meeting of that day may be announced.
    """

    rules: Sequence[Rule]
    due: Sequence[Due]
    notice_by: Callable[[Rule, date], date]

    def of(self, figure: str) -> list[Due]:
        """What is due by this figure, by day."""
        return [one for one in self.due if one.figure == figure]

    def having(self, figure: str) -> Rule | None:
        """The rule that gives this figure; None where none that holds does."""
        return next((rule for rule in self.rules if rule.option.figures.get(figure)), None)

    def notice(self, meeting: str) -> Rule | None:
        """The rule on announcing a meeting of this name."""
        notices = (rule for rule in self.rules if rule.policy.id == "meeting-notice")
        return next((rule for rule in notices if any(word in meeting for word in rule.words("meetings"))), None)


@dataclass(frozen=True, slots=True)
class Case:
    """The organisation that is looked at, with those below and above it, and the papers that may bear on the year.

    ``records`` are valid papers, oldest first: those of the year and the next, and the surveys of all years. What is
    asked for by ``today`` or a later day is not missing yet.
    """

    organisation: Organisation
    below: tuple[Organisation, ...]
    above: Organisation | None
    year: int
    records: Sequence[FiledRecord]
    today: date = date.max

    def without(self, due: Due) -> State:
        """How it stands with a paper that is due and not there."""
        return State.PENDING if due.by >= self.today else State.MISSING

    @property
    def communities(self) -> tuple[str, ...]:
        """Who signs agreements, keeps lists and holds theme days: the communities below, else the organisation."""
        return tuple(one.name for one in self.below) or (self.organisation.name,)

    def of(self, *kinds: str) -> list[FiledRecord]:
        """The papers of these kinds."""
        return [record for record in self.records if record.paper.kind in kinds]

    def is_ours(self, name: str) -> bool:
        """Whether an organisation (by full name) is the one looked at or lies below it."""
        return name in {one.name for one in (self.organisation, *self.below)}

    def short(self, name: str) -> str:
        """The short name of an organisation of ours; any other name as it is."""
        return next((one.short_name for one in (self.organisation, *self.below) if one.name == name), name)


def text(record: FiledRecord, field: str) -> str:
    """A value of the head row as text, "" where it is empty."""
    return str(record.head.get(field, ""))


def day(record: FiledRecord, *fields: str) -> date:
    """The first of these days of the head row that is filled in; else the day of the paper."""
    for field in fields:
        value = record.head.get(field)
        if isinstance(value, date):
            return value
    return record.paper.date


def community(record: FiledRecord) -> str:
    """The full name of whom a paper speaks of: the community it names, else its issuer."""
    return text(record, "community") or record.paper.organisation


_QUARTERS = "一二三四"


def period(due: Due) -> str:
    """The quarter, month or stretch of months in which something is due."""
    first, last = due.since.month, due.by.month
    if (first, last) == (1, 12):
        return f"{due.since.year}年"
    if last - first == 2 and first % 3 == 1:
        return f"{due.since.year}年第{_QUARTERS[first // 3]}季度"
    span = str(first) if first == last else f"{first}—{last}"
    return f"{due.since.year}年{span}月"
