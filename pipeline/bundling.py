"""One workbook, a whole set of papers (成套文件): made, judged and numbered together, each pointing at the others.

The papers are ordinary ones: each kind's rows are filled from the set's rows and go to the same judge. What is special
is that one paper names the number of another, which nobody knows before both are planned. Until then the text stands
for it that ``awaited`` writes; ``linked`` puts the number in its place, and a paper in which one is left is never made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from pipeline.core.bundle import NUMBER_OF, Bundle, PaperOf
from pipeline.core.calendar import written
from pipeline.core.findings import Code, Finding, errors
from pipeline.core.kind import Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.values import Batch, Draft, FiledPaper, NumberedRecord, Record, Row, Value
from pipeline.kinds.bundle import names_in

_NAMED = re.compile(r"\{([^{}]+)\}")
_AWAITED = re.compile(r"\{number:([a-z][a-z0-9-]*)@([^}]*)\}")


class Judge(Protocol):
    """Judges a draft as one of its own workbook would be."""

    def __call__(self, draft: Draft) -> tuple[Batch | None, tuple[Finding, ...]]: ...


def expand(bundle: Bundle, whole: Batch, judge: Judge) -> tuple[Batch | None, tuple[Finding, ...]]:
    """The papers of every set in a workbook that was found fit as such; no batch when one of them is not.

    Findings are at the cells of the set's workbook that the values came from.
    """
    batches: list[Batch] = []
    findings: list[Finding] = list(whole.warnings)
    for record in whole.records:
        for paper in bundle.papers:
            batch, told = judge(_draft(bundle, paper, record))
            findings.extend(told)
            if batch is not None:
                batches.append(batch)
    findings.extend(_repeats(record for batch in batches for record in batch.records))
    unique = tuple(dict.fromkeys(findings))
    if errors(unique) or len(batches) < len(whole.records) * len(bundle.papers):
        return None, unique
    records = tuple(record for batch in batches for record in batch.records)
    known = tuple(one for batch in batches for one in batch.known)
    return Batch(whole.claimed, bundle.kind, records, known, unique), unique


def _repeats(records: Iterable[Record]) -> Iterator[Finding]:
    """Papers of two sets in one workbook that would be the same paper."""
    first: dict[str, Record] = {}
    for record in records:
        other = first.setdefault(record.identity, record)
        if other is not record:
            name = next(name for name in record.kind.identity if name in record.head.cells)
            hint = _("与第{row}行的{kind}是同一份，请核对这两套").format(row=other.head.row, kind=record.kind.name)
            yield finding(Code.DUPLICATE, record.head, record.kind.head.field(name), hint=hint)


def linked(numbered: Sequence[NumberedRecord], known: Sequence[tuple[Row, FiledPaper]]) -> tuple[NumberedRecord, ...]:
    """The papers with the numbers of the papers they name."""
    numbers = {
        (one.record.kind.id, _set_of(one.record.kind.head, one.record.head)): one.number.text
        for one in numbered
        if one.number is not None
    }
    filed = {paper.kind: paper.number for _row, paper in known if paper.number}
    return tuple(replace(one, record=_with_numbers(one.record, numbers, filed)) for one in numbered)


def _set_of(head: Table, row: Row) -> str:
    return str(row.values.get(head.key) or "") if head.key else ""


def _with_numbers(record: Record, numbers: Mapping[tuple[str, str], str], filed: Mapping[str, str]) -> Record:
    def number(named: re.Match[str]) -> str:
        return numbers.get((named[1], named[2])) or filed.get(named[1]) or named[0]

    def put(row: Row) -> Row:
        texts = {name: _AWAITED.sub(number, value) for name, value in row.values.items() if isinstance(value, str)}
        return replace(row, values={**row.values, **texts})

    details = {table: tuple(map(put, rows)) for table, rows in record.details.items()}
    return replace(record, head=put(record.head), details=details)


# --------------------------------------------------------------------------- rows


def _draft(bundle: Bundle, paper: PaperOf, whole: Record) -> Draft:
    """The rows of one kind's papers, as if somebody had filled in that kind's own workbook."""
    key = _set_of(bundle.kind.head, whole.head)
    each = whole.details.get(paper.each, ()) if paper.each else (whole.head,)
    rows = {paper.kind.head.id: tuple(_row(paper.kind.head, paper.fill, one, whole.head, key) for one in each)}
    for table in paper.kind.details:
        of = paper.rows.get(table.id)
        sources = whole.details.get(of.source, ()) if of else ()
        rows[table.id] = tuple(_row(table, of.fill, one, whole.head, key) for one in sources) if of else ()
    return Draft(paper.kind, rows)


def _row(table: Table, fill: Mapping[str, str], source: Row, head: Row, key: str) -> Row:
    """One row: each field by its pattern, a value of the source row before one of the set's head."""
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    for field in table.fields:
        pattern = fill.get(field.id)
        if pattern is None:
            values[field.id] = field.default or None
            continue
        values[field.id] = _filled(pattern, source, head, key)
        cells.update((field.id, row.cells[name]) for name, row in _places(pattern, source, head) if name in row.cells)
    return Row(source.sheet, source.row, values, cells)


def _places(pattern: str, source: Row, head: Row) -> Iterator[tuple[str, Row]]:
    for name in names_in(pattern):
        yield name, source if name in source.values else head


def _filled(pattern: str, source: Row, head: Row, key: str) -> Value:
    names = list(_places(pattern, source, head))
    if len(names) == 1 and pattern == f"{{{names[0][0]}}}" and not names[0][0].startswith(NUMBER_OF):
        name, row = names[0]
        return row.values.get(name)
    said = {name: _said(row.values.get(name)) for name, row in names if not name.startswith(NUMBER_OF)}
    said |= {name: awaited(name, key) for name, _row in names if name.startswith(NUMBER_OF)}
    return _NAMED.sub(lambda found: said[found[1]], pattern)  # in one pass: what a sender wrote is never a pattern


def awaited(name: str, key: str) -> str:
    """What stands for a number until it is planned: the kind it belongs to, and which set of the workbook."""
    return f"{{{name}@{key}}}"


def _said(value: Value) -> str:
    if isinstance(value, date):
        return written(value)
    return "" if value is None else str(value)
