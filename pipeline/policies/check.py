"""The rules that hold, against the new papers of one workbook. Which check belongs to which policy stands here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.core.findings import Finding
from pipeline.core.kind import Kind, Table
from pipeline.core.policy import Policy, Rule
from pipeline.core.values import Record
from pipeline.policies import appointing, assembling, standing
from pipeline.policies.circumstances import Circumstances
from pipeline.policies.membership import MEMBER_KINDS

Judged = Callable[[Rule, Record, Circumstances], Iterator[Finding]]
Asked = Callable[[Record, Circumstances], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """How papers are judged by a policy. It concerns the kinds that the policy's file names as witnesses of a step, and
    those with one of ``fields``, in a detail table where it must be ``listed``.
    """

    judged: Judged
    fields: tuple[str, ...] = ()
    listed: bool = False

    def concerns(self, kind: Kind, policy: Policy) -> bool:
        """Whether a paper of this kind can break the policy."""
        return kind.id in policy.papers or _has(kind.details if self.listed else kind.tables, self.fields)


CHECKS: Mapping[str, Check] = {
    "appointment-order": Check(appointing.order, ("refers_to",)),
    "term": Check(appointing.term, ("term", "term_from")),
    "way-out": Check(appointing.way_out),
    "where-filed": Check(appointing.where_filed, ("community_post",)),
    "committee-size": Check(assembling.committee_size, ("community_post",), listed=True),
    "candidates-to-posts": Check(assembling.candidates, ("seats",)),
    "election-delegates": Check(assembling.delegates, ("delegates",)),
    "ballots": Check(assembling.ballots, ("collected",)),
    "quorum": Check(assembling.quorum, ("meeting_name",)),
    "decision": Check(assembling.decision, ("meeting_name",)),
    "meeting-notice": Check(assembling.notice, ("meeting_name",)),
    "yearly-agreement": Check(standing.agreement, ("unit",)),
}
"""By policy id. The other policies are about a year and not about a paper; ``due`` says what they ask for."""


def check(rules: Sequence[Rule], records: Sequence[Record], around: Circumstances) -> tuple[Finding, ...]:
    """Every breach of the papers of one workbook, and what the papers filed so far make doubtful in it."""
    circumstances = replace(around, together=records)
    kinds = {record.kind.id: record.kind for record in records}
    asked = {name: tuple(_asked(rules, kind)) for name, kind in kinds.items()}
    return tuple(found for record in records for ask in asked[record.kind.id] for found in ask(record, circumstances))


def _asked(rules: Sequence[Rule], kind: Kind) -> Iterator[Asked]:
    """What is asked of papers of a kind: the rules they can break, and what the papers filed so far betray."""
    for rule in rules:
        how = CHECKS.get(rule.policy.id)
        if how is not None and how.concerns(kind, rule.policy):
            yield partial(how.judged, rule)
    if kind.id in MEMBER_KINDS:
        yield standing.membership
    if _has(kind.tables, ("unit",)):
        yield standing.units


def _has(tables: Iterable[Table], fields: Collection[str]) -> bool:
    return any(field.id in fields for table in tables for field in table.fields)
