"""The rules that hold, against the new papers of one workbook. Which check belongs to which policy stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.core.findings import Finding
from pipeline.core.kind import Kind
from pipeline.core.policy import Rule
from pipeline.core.values import Record
from pipeline.policies import appointing, assembling, standing
from pipeline.policies.circumstances import Circumstances

Judged = Callable[[Rule, Record, Circumstances], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """How papers are judged by a policy. ``field`` is one that every paper it concerns has, "" where there is none."""

    judged: Judged
    field: str = ""

    def concerns(self, kind: Kind) -> bool:
        """Whether a paper of this kind can break the policy."""
        return not self.field or any(one.id == self.field for table in kind.tables for one in table.fields)


CHECKS: Mapping[str, Check] = {
    "appointment-order": Check(appointing.order),
    "term": Check(appointing.term),
    "way-out": Check(appointing.way_out),
    "where-filed": Check(appointing.where_filed),
    "committee-size": Check(assembling.committee_size, "community_post"),
    "candidates-to-posts": Check(assembling.candidates, "seats"),
    "election-delegates": Check(assembling.delegates, "delegates"),
    "ballots": Check(assembling.ballots, "collected"),
    "quorum": Check(assembling.quorum, "meeting_name"),
    "decision": Check(assembling.decision, "meeting_name"),
    "meeting-notice": Check(assembling.notice, "meeting_name"),
    "yearly-agreement": Check(standing.agreement, "unit"),
}
"""By policy id. The other policies are about a year and not about a paper; ``due`` says what they ask for."""


def check(rules: Sequence[Rule], records: Sequence[Record], around: Circumstances) -> tuple[Finding, ...]:
    """Every breach of the papers of one workbook, and what the papers filed so far make doubtful in it."""
    circumstances = replace(around, together=records)
    kinds = {record.kind.id: record.kind for record in records}
    asked = {name: _concerned(rules, kind) for name, kind in kinds.items()}
    return tuple(found for record in records for found in _of_one(asked[record.kind.id], record, circumstances))


def _concerned(rules: Sequence[Rule], kind: Kind) -> Sequence[tuple[Rule, Judged]]:
    """The rules that papers of a kind can break, and how they are judged."""
    checks = ((rule, CHECKS.get(rule.policy.id)) for rule in rules)
    return [(rule, check.judged) for rule, check in checks if check is not None and check.concerns(kind)]


def _of_one(rules: Sequence[tuple[Rule, Judged]], record: Record, around: Circumstances) -> Iterator[Finding]:
    for rule, judged in rules:
        yield from judged(rule, record, around)
    yield from standing.membership(record, around)
    yield from standing.units(record, around)
