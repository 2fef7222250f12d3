"""What should exist for an organisation and a year (迎检清单), entry by entry, and what is wrong with each.

An entry is one paper that a policy asks for. It says which paper was found, or what is missing, late or out of order,
and always by which document and clause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.core.values import FiledPaper, FiledRecord, Organisation


class State(StrEnum):
    """How it stands with one paper that should exist."""

    THERE = "there"
    MISSING = "missing"
    LATE = "late"
    DISORDERED = "out-of-order"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is written: the document, the clause, and its own words."""

    document: str
    clause: str
    text: str

    @property
    def cited(self) -> str:
        """Document and clause as a paper cites them."""
        title, bracket, inside = self.document.partition("（")
        if "号）" in inside or "日）" in inside:  # its number or its day is no part of its title
            return f"《{title}》{bracket}{inside}{self.clause}"
        return f"《{self.document}》{self.clause}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper that should exist: ``subject`` is the meeting, unit or person it belongs to, ``paper`` what it is."""

    subject: str
    paper: str
    state: State
    source: Source
    filed: FiledPaper | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One rule and its entries. ``papers`` are the papers each subject should have, in their order."""

    id: str
    title: str
    source: Source
    papers: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def gaps(self) -> tuple[Entry, ...]:
        """The entries with which something is wrong."""
        return tuple(entry for entry in self.entries if entry.state is not State.THERE)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole list of an organisation and a year."""

    organisation: Organisation
    year: int
    sections: tuple[Section, ...]

    @property
    def gaps(self) -> tuple[Entry, ...]:
        """Everything that is missing, late or out of order."""
        return tuple(gap for section in self.sections for gap in section.gaps)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that should exist."""
        return tuple(entry for section in self.sections for entry in section.entries)


@dataclass(frozen=True, slots=True)
class Duties:
    """What the office's policies ask for; a number of 0 and an empty tuple mean that none asks for it.

    ``notice_by`` gives the last day on which a meeting on the given day may be announced. ``lists_by`` is month and day
    until which the lists count as made at the start of the year. ``steps`` are the steps of an appointment in order.
    """

    joint_meetings: int
    joint_source: Source
    committee_meetings: int
    committee_source: Source
    notice_by: Callable[[date], date]
    notice_source: Source
    agreements: bool
    agreement_source: Source
    lists: tuple[str, ...]
    lists_by: tuple[int, int]
    lists_source: Source
    steps: tuple[str, ...]
    steps_source: Source


@dataclass(frozen=True, slots=True)
class Case:
    """The organisation that is looked at, with those below and above it, and the papers that may bear on the year.

    ``records`` are valid papers, oldest first: those of the year and the next, and the surveys of all years.
    """

    organisation: Organisation
    below: tuple[Organisation, ...]
    above: Organisation | None
    year: int
    records: Sequence[FiledRecord]

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
