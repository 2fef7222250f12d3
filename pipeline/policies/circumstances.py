"""What a rule may look at besides the paper it judges, and how it says that the paper breaks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.policy import Rule
from pipeline.core.values import FiledRecord, Record, Row
from pipeline.policies.calendar import WorkingDays


class History(Protocol):
    """What is filed already. The register fits, through whoever opens it."""

    def filed(self, *kinds: str) -> Sequence[FiledRecord]:
        """The valid papers of these kinds, oldest day first."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The office round a workbook: what is filed, its calendar, and every paper of the same workbook."""

    history: History
    calendar: WorkingDays
    today: date
    together: Sequence[Record] = ()


def breach(rule: Rule, record: Record, row: Row, field: str, expected: str, hint: str = "") -> Finding:
    """The finding that a field of a row breaks a rule, with the document and clause that say so."""
    cited = _("依据：{source}").format(source=rule.option.cited)
    return finding(
        Code.RULE,
        row,
        table_of(record, row).field(field),
        expected=expected,
        hint=_("{hint}。{cited}").format(hint=hint.rstrip("。"), cited=cited) if hint else cited,
        severity=rule.severity,
    )


def table_of(record: Record, row: Row) -> Table:
    """The table that a row of the record stands in."""
    head = record.kind.head
    return next((table for table in record.kind.details if row in record.details.get(table.id, ())), head)
