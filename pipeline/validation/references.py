"""A field that names rows of another table: the needs a project answers (需求清单), the unit that claims it (资源清单).

Only rows of the same paper count: need 3 of last year's lists is no answer to this year's. Several are named in one
cell, parted by 、 or a comma, as people write 1、3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Field, Kind, RuleUse, Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.text import folded_heading
from pipeline.core.values import Row, Value

RULE = "found-in"
"""The rule's name: ``{rule = "found-in", field = "answers", found_in = "needs.sequence"}``."""

_PARTS = re.compile(r"[、,，;；\n]+")
_MOST_LISTED = 5


@dataclass(frozen=True, slots=True)
class Reference:
    """``field`` of ``table`` names rows of ``other`` by their ``wanted`` field."""

    table: Table
    field: Field
    other: Table
    wanted: Field


def reference(kind: Kind, use: RuleUse) -> Reference | None:
    """What a use of the rule speaks of; None when the kind has no such tables or fields."""
    name = use.arguments.get("field")
    elsewhere, _dot, target = str(use.arguments.get("found_in")).partition(".")
    tables = [table for table in kind.tables if table.id != elsewhere and _field(table, name)]
    other = next((table for table in kind.tables if table.id == elsewhere), None)
    field = _field(tables[0], name) if tables else None
    wanted = _field(other, target) if other else None
    return Reference(tables[0], field, other, wanted) if field and other and wanted else None


def check_references(reference: Reference, rows: Mapping[str, Sequence[Row]]) -> Iterator[Finding]:
    """Names that no row of the other table bears."""
    table, field, other, wanted = reference.table, reference.field, reference.other, reference.wanted
    if any(wanted.id not in row.values for row in rows[other.id]):
        return  # a cell that could not be read may be the very one
    known: dict[Value, dict[str, str]] = {}
    for row in rows[other.id]:
        if (value := row.values.get(wanted.id)) is not None:
            known.setdefault(_paper(other, row), {})[_compared(value)] = str(value)
    for row in rows[table.id]:
        there = known.get(_paper(table, row), {})
        if unknown := [part for part in _parts(row.values.get(field.id)) if _compared(part) not in there]:
            yield _unknown(row, reference, unknown, list(there.values()))


def _field(table: Table, identifier: object) -> Field | None:
    return next((field for field in table.fields if field.id == identifier), None)


def _paper(table: Table, row: Row) -> Value:
    return row.values.get(table.key) if table.key else None


def _parts(value: Value) -> list[str]:
    return [part.strip() for part in _PARTS.split(str(value)) if part.strip()] if value is not None else []


def _compared(value: Value) -> str:
    return folded_heading(str(value))


def _unknown(row: Row, reference: Reference, unknown: list[str], there: list[str]) -> Finding:
    sheet = reference.other.sheets[0]
    listed = _("、").join(there[:_MOST_LISTED]) + (_("等") if len(there) > _MOST_LISTED else "")
    named = _("、").join(_("“{name}”").format(name=part) for part in unknown)
    return finding(
        Code.RULE,
        row,
        reference.field,
        expected=_("“{sheet}”表里“{heading}”一栏有的：{listed}").format(
            sheet=sheet, heading=reference.wanted.heading, listed=listed or _("（空）")
        ),
        hint=_("“{sheet}”表里没有{named}，请在那里补上，或者改成写得一样").format(sheet=sheet, named=named),
    )
