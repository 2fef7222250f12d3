"""The rules that hold, against the new papers of one workbook. Which check belongs to which policy stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.core.findings import Finding
from pipeline.core.policy import Rule
from pipeline.core.values import Record
from pipeline.policies import appointing, assembling, standing
from pipeline.policies.circumstances import Circumstances

Check = Callable[[Rule, Record, Circumstances], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "appointment-order": appointing.order,
    "term": appointing.term,
    "way-out": appointing.way_out,
    "where-filed": appointing.where_filed,
    "committee-size": assembling.committee_size,
    "candidates-to-posts": assembling.candidates,
    "election-delegates": assembling.delegates,
    "ballots": assembling.ballots,
    "quorum": assembling.quorum,
    "decision": assembling.decision,
    "meeting-notice": assembling.notice,
    "yearly-agreement": standing.agreement,
}
"""By policy id. The other policies are about a year and not about a paper; ``due`` says what they ask for."""


def check(rules: Sequence[Rule], records: Sequence[Record], around: Circumstances) -> tuple[Finding, ...]:
    """Every breach of the papers of one workbook, and what the papers filed so far make doubtful in it."""
    circumstances = replace(around, together=records)
    return tuple(finding for record in records for finding in _of_one(rules, record, circumstances))


def _of_one(rules: Sequence[Rule], record: Record, around: Circumstances) -> Iterator[Finding]:
    for rule in rules:
        judged = CHECKS.get(rule.policy.id)
        if judged is not None:
            yield from judged(rule, record, around)
    yield from standing.membership(record, around)
    yield from standing.units(record, around)
