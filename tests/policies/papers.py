"""Papers of the kinds that come with the program, given by the fields that a rule looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

from pipeline.core.findings import Finding
from pipeline.core.kind import Kind
from pipeline.core.policy import Rule
from pipeline.core.values import FiledPaper, FiledRecord, Organisation, Record, Row, Value
from pipeline.kinds import load_kind
from pipeline.policies import Choice, Circumstances, WorkingDays, check, chosen, load_policies
from tests.register.office import paper

ROOT = Path(__file__).parents[2]
STREET = Organisation("TYJ", "中共桃园街道工作委员会", "桃园街道", "桃街工委")
TAOYUAN = Organisation("TYS", "中共桃园街道桃园社区委员会", "桃园社区", "桃社党")
HONGQI = Organisation("HQS", "中共红旗街道红旗社区委员会", "红旗社区", "红社党")
TODAY = date(2026, 6, 1)

_ROW = count(2)


@cache
def kind(name: str) -> Kind:
    """A kind that comes with the program."""
    return load_kind(ROOT / "templates" / name)


def rules(policy: str, *options: str) -> tuple[Rule, ...]:
    """One policy with these options, or with its first."""
    policies = [one for one in load_policies([ROOT / "policies"]) if one.id == policy]
    return chosen(policies, {policy: Choice(options)})


def row(values: Mapping[str, Value]) -> Row:
    """A row of a sheet of its own number, its fields in the columns A, B, C …"""
    number = next(_ROW)
    return Row("表", number, values, {name: f"{chr(65 + at)}{number}" for at, name in enumerate(values)})


def record(
    name: str,
    on: date,
    organisation: Organisation = TAOYUAN,
    details: Mapping[str, Sequence[Mapping[str, Value]]] | None = None,
    **head: Value,
) -> Record:
    """A new paper of this kind, dated ``on``."""
    about = kind(name)
    return Record(
        about,
        row({about.date_field: on, "organisation": organisation.name, **head}),
        {table: tuple(map(row, rows)) for table, rows in (details or {}).items()},
        organisation,
        on,
        identity=f"{name}{on}{head}",
    )


def filed(new: Record, number: str = "") -> FiledRecord:
    """The paper once it is filed."""
    known: FiledPaper = replace(
        paper(1, day=new.date, organisation=(new.organisation.code, new.organisation.name)),
        kind=new.kind.id,
        number=number,
    )
    details = {table: tuple(one.values for one in rows) for table, rows in new.details.items()}
    return FiledRecord(known, new.head.values, details)


@dataclass(frozen=True)
class Cabinet:
    """What is filed."""

    records: Sequence[FiledRecord] = field(default_factory=tuple)

    def filed(self, *kinds: str) -> Sequence[FiledRecord]:
        return [one for one in self.records if one.paper.kind in kinds]


def judged(
    holding: Sequence[Rule],
    *records: Record,
    known: Sequence[FiledRecord] = (),
    calendar: WorkingDays | None = None,
) -> tuple[Finding, ...]:
    """What the rules say of papers of one workbook."""
    return check(holding, records, Circumstances(Cabinet(known), calendar or WorkingDays(), TODAY))


def certificate(
    person: str = "刘珺", since: date = date(2021, 1, 1), until: date = date(2023, 12, 31), **changes: Value
) -> Record:
    """A 聘书 of Taoyuan for a term."""
    organisation = changes.pop("at", TAOYUAN)
    assert isinstance(organisation, Organisation)
    values: dict[str, Value] = {
        "person": person, "unit": "王益区第一小学", "post": "校长", "community_post": "兼职委员",
        "term_from": since, "term_to": until,
    }  # fmt: skip
    return record("appointment", since, organisation, **{**values, **changes})
