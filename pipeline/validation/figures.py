"""Rules about figures that must stand in order: no more Party members than staff, no better grade for a lower score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.values import Row, Value


def not_above(_table: Table, rows: Sequence[Row], fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """Figures that do not grow smaller in the order of the fields; empty ones are passed over."""
    for row in rows:
        figures = [(field, figure) for field in fields["fields"] if (figure := _figure(row, field)) is not None]
        for (field, figure), (larger, whole) in pairwise(figures):
            if figure > whole:
                yield finding(
                    Code.RULE,
                    row,
                    field,
                    expected=_("不大于“{heading}”（{figure}）").format(heading=larger.heading, figure=whole),
                    hint=_("请核对这两个数"),
                )


def graded_in_order(table: Table, rows: Sequence[Row], fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """Within one paper nobody has a better grade than somebody with a higher score; told, for there may be a reason.

    The grades are the choices of their field, the best first. No thresholds: these are each place's own.
    """
    score, grade = fields["score"][0], fields["grade"][0]
    ranks = {choice: rank for rank, choice in enumerate(grade.choices)}
    papers: dict[Value, list[tuple[int | Decimal, int, Row]]] = {}
    for row in rows:
        figure, rank = _figure(row, score), ranks.get(str(row.values.get(grade.id)))
        if figure is not None and rank is not None:
            papers.setdefault(row.values.get(table.key) if table.key else None, []).append((figure, rank, row))
    for graded in papers.values():
        for figure, rank, row in graded:
            above = [other for higher, best, other in graded if higher > figure and best > rank]
            if above:
                yield finding(
                    Code.RULE,
                    row,
                    grade,
                    hint=_("第{row}行的“{score}”更高，“{grade}”却更低，请核对；没有错就不用改").format(
                        row=above[0].row, score=score.heading, grade=grade.heading
                    ),
                    severity=Severity.WARNING,
                )


def _figure(row: Row, field: Field) -> int | Decimal | None:
    value = row.values.get(field.id)
    return value if isinstance(value, int | Decimal) else None
