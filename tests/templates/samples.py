"""The papers that the sample workbooks make: read, understood and judged as the office does it, up to the printing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from pipeline.core.findings import Finding
from pipeline.core.kind import Kind
from pipeline.core.values import (
    ArchivalCode,
    Batch,
    ClaimedFile,
    FiledPaper,
    Number,
    NumberedRecord,
    Organisation,
    Record,
    Row,
    Value,
)
from pipeline.kinds import Catalogue
from pipeline.kinds.patterns import title_of
from pipeline.settings import load_settings
from pipeline.sheets import Limits, interpret, read_workbook
from pipeline.validation import judge

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FORMS = (
    "sign-in",
    "member-roster",
    "unit-survey",
    "unit-checkin",
    "activity-record",
    "lists",
    "duty-list",
    "issue-ledger",
    "issue-order",
    "assessment",
)
"""The kinds that are forms, lists and ledgers."""


@cache
def catalogue() -> Catalogue:
    """All shipped kinds."""
    return Catalogue.load([TEMPLATES])


@dataclass(frozen=True)
class ExampleOffice:
    """The example office with nothing filed yet."""

    organisations: Sequence[Organisation]
    issuer: Organisation
    today: date = date(2025, 1, 15)

    def by_identities(self, _identities: Sequence[str]) -> Mapping[str, FiledPaper]:
        """Nothing."""
        return {}

    def number_findings(self, _records: Sequence[Record]) -> tuple[Finding, ...]:
        """Nothing."""
        return ()

    def policy_findings(self, _records: Sequence[Record]) -> tuple[Finding, ...]:
        """Nothing."""
        return ()


def judged(path: Path, name: str = "表.xlsx") -> tuple[Batch | None, tuple[Finding, ...]]:
    """What the office says of a workbook, whose sender called it ``name``."""
    draft, findings = interpret(read_workbook(path, Limits()), tuple(catalogue()), name)
    if draft is None:
        return None, findings
    claimed = ClaimedFile("s1", path, name, "0" * 64, path, datetime(2021, 1, 15))
    settings = load_settings(ROOT / "examples")
    batch, more = judge(draft, claimed, ExampleOffice(settings.organisations, settings.issuer))
    return batch, (*findings, *more)


def sample(kind: str) -> Record:
    """The first paper of a kind's sample."""
    batch, findings = judged(TEMPLATES / kind / "sample.xlsx")
    assert batch is not None, findings
    return batch.records[0]


def numbered(record: Record) -> NumberedRecord:
    """The record with an invented number."""
    kind: Kind = record.kind
    number = Number("s", record.date.year, 1, "样〔2020〕1号") if kind.numbering else None
    title = title_of(kind, record.head.values, number.text if number else "")
    code = ArchivalCode("D001-WS·2020-Y-ZZB", 1, "D001-WS·2020-Y-ZZB-0001")
    return NumberedRecord(record, "85cade1c98612888", title, number, code, "c")


def with_rows(record: Record, table: str, count: int, **changes: Value) -> Record:
    """The record with ``count`` rows in a detail table, made by repeating its rows with ``changes``."""
    rows = record.details[table]
    many = tuple(
        replace(rows[place % len(rows)], values={**rows[place % len(rows)].values, **changes}) for place in range(count)
    )
    return replace(record, details={**record.details, table: many})


def with_values(record: Record, **changes: Value) -> Record:
    """The record with other values in its head row."""
    return replace(record, head=replace(record.head, values={**record.head.values, **changes}))


def bare(record: Record) -> Record:
    """The record with its required fields alone, and the day and the organisation that every paper has."""
    kind = record.kind
    kept = {kind.organisation_field, kind.date_field}
    wanted = {table.id: kept | {field.id for field in table.fields if field.required} for table in kind.tables}

    def without(row: Row, table: str) -> Row:
        return replace(row, values={name: value for name, value in row.values.items() if name in wanted[table]})

    details = {table: tuple(without(row, table) for row in rows) for table, rows in record.details.items()}
    return replace(record, head=without(record.head, kind.head.id), details=details)
