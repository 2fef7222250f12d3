"""The values a filed paper was made of, as the register keeps them, and typed again for whoever counts or compares.

The record beside each paper (``filing.record``) has every value with heading and cell, as text. Of that the register
keeps what can be asked again years later: table, field, type and value. Both ways of coming by it (from the rows of a
workbook, from a record read back) must give the very same text, or ``verify`` would report papers that nobody touched;
so both go through ``kept``.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.core.kind import FieldType
from pipeline.core.values import FiledPaper, FiledRecord, Value

KeptRow = tuple[str, Iterable[tuple[str, str, str]]]
"""Table id, and its values as (field id, type, text); an empty type is text."""

_READERS: Mapping[str, Callable[[str], Value]] = {
    FieldType.DATE: date.fromisoformat,
    FieldType.MONTH: date.fromisoformat,
    FieldType.INTEGER: int,
    FieldType.MONEY: Decimal,
}


def kept(rows: Iterable[KeptRow]) -> str:
    """The rows as one line of JSON, equal for equal rows; the head row first. What is empty is left out."""
    listed = [[table, {name: [kind, text] for name, kind, text in values if text}] for table, values in rows]
    return json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digested(paper: FiledPaper) -> FiledPaper:
    """The paper with digests in the place of its rows and of its text: enough to compare by."""
    return replace(paper, text=_digest(paper.text), data=_digest(paper.data))


def _digest(text: str) -> str:
    """SHA-256 of a text, hexadecimal; "" of none."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def filed_record(paper: FiledPaper) -> FiledRecord:
    """The paper with its values typed back. Raises ``ValueError`` when its rows are not known or cannot be read."""
    if not paper.data:
        raise ValueError(f"the rows of {paper.paper} are not known")
    (_head, values), *others = json.loads(paper.data)
    details: dict[str, list[Mapping[str, Value]]] = defaultdict(list)
    for table, row in others:
        details[table].append(_typed(row))
    return FiledRecord(paper, _typed(values), {table: tuple(rows) for table, rows in details.items()})


JOINT_ORGANS = "joint_organs"
"""The field of the head row that names the other organs of a joint paper (联合行文), one a line."""


def responsible(paper: FiledPaper) -> tuple[str, ...]:
    """Every organ that issued the paper (责任者, DA/T 22-2015 5.5), the one that leads first."""
    if f'"{JOINT_ORGANS}"' not in paper.data:
        return (paper.organisation,)
    (_table, head), *_others = json.loads(paper.data)
    _type, others = head.get(JOINT_ORGANS, ("", ""))
    return tuple(dict.fromkeys((paper.organisation, *filter(None, map(str.strip, others.splitlines())))))


def _typed(row: Mapping[str, tuple[str, str]]) -> Mapping[str, Value]:
    return {name: _READERS[kind](text) if kind in _READERS else text for name, (kind, text) in row.items()}
