"""What a rule may look at besides the paper it judges, and how it says that the paper breaks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Protocol, TypeVar

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.policy import Rule
from pipeline.core.values import FiledRecord, Record, Row
from pipeline.policies.calendar import WorkingDays
from pipeline.policies.membership import APPOINTMENT, MEMBER_KINDS, Member, members, text

AGREEMENT, FORM, REPLY = "agreement", "member-form", "reply"
UNIT_KINDS = (AGREEMENT, "unit-survey", "unit-checkin", APPOINTMENT)
"""The kinds whose papers name a unit in full, as it is written on its seal."""

_ALIKE = 0.8
"""How alike two names must be (0 to 1) to be taken for one misspelt."""

T = TypeVar("T")

Agreed = tuple[str, str, str]
"""What there is one agreement for: unit, year, and the organisation by its full name."""


class History(Protocol):
    """What is filed already. The register fits, through whoever opens it."""

    def filed(self, *kinds: str) -> Sequence[FiledRecord]:
        """The valid papers of these kinds, oldest day first."""


@dataclass(frozen=True)
class Circumstances:
    """The office round a workbook: what is filed, its calendar, and every paper of the same workbook.

    What the rules ask for again with every paper is gathered once, at the first question.
    """

    history: History
    calendar: WorkingDays
    today: date
    together: Sequence[Record] = ()

    @cached_property
    def terms(self) -> Mapping[str, Sequence[Member]]:
        """By person, the terms as a member that the papers filed so far tell of, in the order of their beginnings."""
        found: dict[str, list[Member]] = defaultdict(list)
        for term in members(self.history.filed(*MEMBER_KINDS)):
            found[term.person].append(term)
        return found

    @cached_property
    def forms(self) -> Mapping[tuple[str, str], date]:
        """By organisation (full name) and person, the day of the last 登记表 that is filed."""
        return {(one.paper.organisation, text(one.head, "person")): one.paper.date for one in self.history.filed(FORM)}

    @cached_property
    def replies(self) -> Mapping[str, FiledRecord]:
        """The 批复 that are filed, by number."""
        return {one.paper.number: one for one in reversed(self.history.filed(REPLY))}

    @cached_property
    def units(self) -> NearestNames:
        """The names of the units that papers filed so far name."""
        records = self.history.filed(*UNIT_KINDS)
        rows = (row for one in records for row in (one.head, *(row for rows in one.details.values() for row in rows)))
        return NearestNames(text(row, "unit") for row in rows if row.get("unit"))

    @cached_property
    def agreed(self) -> Mapping[Agreed, Sequence[FiledRecord]]:
        """The agreements that are filed."""
        return _grouped(
            (text(one.head, "unit"), text(one.head, "year"), one.paper.organisation, one)
            for one in self.history.filed(AGREEMENT)
        )

    @cached_property
    def agreed_here(self) -> Mapping[Agreed, Sequence[Record]]:
        """The agreements of this workbook."""
        return _grouped(
            (text(one.head.values, "unit"), text(one.head.values, "year"), one.organisation.name, one)
            for one in self.together
            if one.kind.id == AGREEMENT
        )


class NearestNames(dict[str, str]):
    """The name that each name asked for may be a misspelling of; "" where it is known itself, or like none."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__()
        self._known = frozenset(known)

    def __missing__(self, name: str) -> str:
        near = get_close_matches(name, self._known, n=1, cutoff=_ALIKE) if name not in self._known else []
        self[name] = near[0] if near else ""
        return self[name]


def _grouped(agreements: Iterable[tuple[str, str, str, T]]) -> Mapping[Agreed, Sequence[T]]:
    found: dict[Agreed, list[T]] = {}
    for unit, year, organisation, one in agreements:
        found.setdefault((unit, year, organisation), []).append(one)
    return found


def breach(rule: Rule, record: Record, row: Row, field: str, expected: str, hint: str = "") -> Finding:
    """The finding that a field of a row breaks a rule, with the document and clause that say so."""
    cited = _("依据：{source}").format(source=rule.option.cited)
    mend = hint.rstrip("。") or _("请核对后改正")
    return finding(
        Code.RULE,
        row,
        table_of(record, row).field(field),
        expected=expected,
        hint=_("{hint}。{cited}").format(hint=mend, cited=cited),
        severity=rule.severity,
    )


def table_of(record: Record, row: Row) -> Table:
    """The table that a row of the record stands in."""
    head = record.kind.head
    return next((table for table in record.kind.details if row in record.details.get(table.id, ())), head)
