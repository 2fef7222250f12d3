"""Findings at the place where a row's value came from."""

from __future__ import annotations

from datetime import date

from pipeline.core.calendar import written, written_month
from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, FieldType
from pipeline.core.messages import _
from pipeline.core.values import Picture, Row, Value

_LONGEST = 40


def finding(
    code: Code, row: Row, field: Field, *, expected: str = "", hint: str = "", severity: Severity = Severity.ERROR
) -> Finding:
    """A finding about one field of one row; about its row, where the sheet has no cell for it."""
    return Finding(
        code,
        sheet=row.sheet,
        cell=row.cells.get(field.id, f"A{row.row}"),
        heading=field.heading,
        found=said(row.values.get(field.id), field),
        expected=expected,
        hint=hint,
        severity=severity,
    )


def said(value: Value, field: Field) -> str:
    """A value in the words of a finding, cut to one short line."""
    if value is None:
        return ""
    if isinstance(value, Picture):
        return _("图片")
    if isinstance(value, date):
        return written_month(value) if field.type is FieldType.MONTH else written(value)
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
