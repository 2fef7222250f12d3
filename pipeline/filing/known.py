"""What is known of a paper before it is filed: all that follows from its record and its numbers.

The paper in the register, the record beside it and the record inside its PDF say the same because all three take it
from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.core.kind import FieldType
from pipeline.core.values import NumberedRecord, Record


def known_of(numbered: NumberedRecord, retention: str) -> dict[str, Any]:
    """The fields of the ``FiledPaper`` this will be, but for those only filing gives (submission, files, text …).

    ``retention`` is the office's 保管期限 of its kind.
    """
    record, number, code = numbered.record, numbered.number, numbered.archival_code
    return {
        "paper": numbered.paper,
        "kind": record.kind.id,
        "kind_name": record.kind.name,
        "title": numbered.title,
        "organisation": record.organisation.name,
        "organisation_code": record.organisation.code,
        "year": record.date.year,
        "date": record.date,
        "number": number.text if number else "",
        "series": number.series if number else "",
        "n": number.n if number else 0,
        "archival_code": code.text,
        "lowest_class": code.lowest_class,
        "piece": code.piece,
        "retention": retention,
        "identity": record.identity,
        "content": numbered.content,
        **_version(record),
        "people": tuple(dict.fromkeys(_people(record))),
    }


def _version(record: Record) -> dict[str, Any]:
    """What tells a later version from a first one; nothing of a first one."""
    if record.replaces is None:
        return {}
    before = record.replaces
    return {"version": before.version + 1, "replaces": before.paper, "correction": record.correction}


def _people(record: Record) -> Iterator[str]:
    """The names of the people the paper is about, in the order of its tables and rows."""
    for table in record.kind.tables:
        rows = (record.head,) if table is record.kind.head else record.details.get(table.id, ())
        names = [field.id for field in table.fields if field.type is FieldType.PERSON]
        for row in rows:
            yield from (str(row.values[name]) for name in names if row.values.get(name))
