"""The chain of each part-time member (兼职委员): form → reply → certificate → publication → filing report.

Everybody who stands in one of these papers in the year should stand in all of them, with dates that do not run
backwards (铜王组发〔2020〕50号 二（一）). The order is the policy's own: one may publish before it appoints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.core.calendar import written
from pipeline.core.policy import Option
from pipeline.core.values import FiledRecord, Value
from pipeline.retrieval.completeness.model import Case, Duties, Entry, Section, State, community, day

_STEP_OF: Mapping[str, str] = {
    "member-form": "recommended",
    "reply": "approved",
    "appointment": "appointed",
    "publication": "published",
    "filing-report": "reported",
}
"""The step of an appointment that each kind of paper proves."""

_DAYS: Mapping[str, tuple[str, ...]] = {
    "member-form": ("recommended_on",),
    "reply": ("approved_on",),
    "appointment": ("appointed_on",),
    "publication": ("from_day",),
    "filing-report": ("reported_on",),
}
"""Where each kind says when its step was done; else the day of the paper counts."""

_TABLES = ("people", "candidates")


@dataclass(slots=True)
class _Chain:
    """The papers of one person in one community, by kind; the first of each kind. ``birth`` tells namesakes apart."""

    person: str
    community: str
    birth: Value
    papers: dict[str, FiledRecord] = field(default_factory=dict)

    def takes(self, record: FiledRecord, row: Mapping[str, Value]) -> bool:
        """Whether a paper speaks of this person, as far as it says who is meant."""
        born = row.get("birth")
        return (
            row.get("person") == self.person
            and community(record) == self.community
            and (born is None or self.birth is None or born == self.birth)
        )


def members(case: Case, duties: Duties) -> Iterator[Section]:
    """The section of the part-time members; none where no policy orders the steps."""
    rule = next((rule for rule in duties.rules if rule.policy.id == "appointment-order"), None)
    if rule is None:
        return
    kinds = [kind for step in rule.words("steps") for kind, proven in _STEP_OF.items() if proven == step]
    names = {
        "member-form": "登记表",
        "reply": "批复",
        "appointment": "聘书",
        "publication": "公示",
        "filing-report": "备案报告",
    }
    entries: list[Entry] = []
    for chain in _chains(case, kinds):
        subject = f"{chain.person}（{case.short(chain.community)}）"
        entries += _entries(chain, kinds, names, subject, rule.option)
    papers = tuple(names[kind] for kind in kinds)
    yield Section("members", "兼职委员", rule.option, papers, tuple(entries))


def _chains(case: Case, kinds: Sequence[str]) -> list[_Chain]:
    """Whoever stands in a paper of the year, community by community; each time the papers in the order of their days.

    Papers of the next year complete a chain, and begin none.
    """
    chains: list[_Chain] = []
    for record in case.of(*kinds):
        for row in _people(record):
            found = [chain for chain in chains if chain.takes(record, row)]
            if not found and record.paper.year == case.year and case.is_ours(community(record)):
                found = [_Chain(str(row["person"]), community(record), row.get("birth"))]
                chains += found
            for chain in found:
                chain.birth = chain.birth or row.get("birth")
                if record.paper.kind not in chain.papers:
                    chain.papers[record.paper.kind] = record
                    break
    order = [one.name for one in (case.organisation, *case.below)]
    return sorted(chains, key=lambda chain: order.index(chain.community))


def _people(record: FiledRecord) -> Iterator[Mapping[str, Value]]:
    """The rows of a paper that name somebody whom it is about."""
    if record.head.get("person"):
        yield record.head
    for table in _TABLES:
        yield from (row for row in record.details.get(table, ()) if row.get("person"))


def _entries(
    chain: _Chain, kinds: Sequence[str], names: Mapping[str, str], subject: str, source: Option
) -> Iterator[Entry]:
    """The papers of one person in the order of the policy; one that is dated before an earlier step is out of order."""
    done: tuple[date, str] | None = None
    for kind in kinds:
        record = chain.papers.get(kind)
        if record is None:
            yield Entry(subject, names[kind], State.MISSING, source)
            continue
        when = day(record, *_DAYS[kind])
        if done is not None and when < done[0]:
            remark = f"{names[kind]}是{written(when)}，早于{done[1]}的{written(done[0])}"
            yield Entry(subject, names[kind], State.DISORDERED, source, record.paper, remark)
        else:
            yield Entry(subject, names[kind], State.THERE, source, record.paper)
        done = max(done or (when, names[kind]), (when, names[kind]), key=lambda step: step[0])
