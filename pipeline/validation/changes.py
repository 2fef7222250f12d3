"""What is new in a row whose paper is filed already: the finding that sends it back names it.

A filed paper is never overwritten, so its sender must find out what she changed among forty columns, perhaps a year
after she filled them in. The register has the values the paper was made of; a register of an older version has only
their digest, and then nothing more can be said than that they differ. A row that says why it was changed (更正说明), or
whose kind is a list that is kept up, is the paper's next version instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.core.archival import UNARRANGED
from pipeline.core.deeds import Status
from pipeline.core.digests import counted
from pipeline.core.filed import filed_record
from pipeline.core.findings import Code, Finding
from pipeline.core.kind import CORRECTION, Field, FieldType, Table
from pipeline.core.messages import _
from pipeline.core.placing import finding, said
from pipeline.core.text import nfc
from pipeline.core.values import FiledPaper, Picture, Record, Row, Value

_LISTED = 5


def changed(record: Record, filed: FiledPaper) -> Finding | None:
    """The finding about a row that says something else than its filed paper.

    None where it only lacks fields that could not be read: of those a finding exists already.
    """
    head = record.kind.head
    fields, tables = _differing(record, filed) if filed.data else ((), ())
    if filed.data and not fields and not tables and _unread(record):
        return None
    field = fields[0] if fields else head.field(next(iter(record.kind.identity)))
    expected = _("与已归档的一致，或者是另一份新的")
    if fields:
        expected = _("与已归档的一致（{was}），或者是另一份新的").format(was=_was(filed, field))
    names = [one.heading for one in fields] + [_("“{sheet}”一表").format(sheet=table.sheets[0]) for table in tables]
    differs = _("这一行的内容与它不一样")
    if names:
        differs = _("与它不一样的有：{names}").format(
            names=_("、").join(names[:_LISTED])
            + (_("等 {count} 处").format(count=len(names)) if len(names) > _LISTED else "")
        )
    hint = _("{paper}已经归档（档号 {code}），{differs}；归档的文件不能覆盖，没有改动就请改回原来的内容；{way}")
    return finding(
        Code.ALREADY_FILED,
        record.head,
        field,
        expected=expected,
        hint=hint.format(
            paper=_named(filed), code=filed.archival_code or _(UNARRANGED), differs=differs, way=_way(record, filed)
        ),
    )


def _way(record: Record, filed: FiledPaper) -> str:
    """What to do where the change is meant."""
    if filed.status != Status.VALID:
        return _("这一份已经撤销或废止，要再发就另写一份新的")
    if _reason(record):
        return _("更正不能换文号，也不能换年度；要换就另写一份新的")
    return _("确实要更正，加一栏“更正说明”写明原因，归成新的一版")


def may_be_corrected(record: Record, filed: FiledPaper) -> bool:
    """Whether a changed row is the next version of its paper: it says why, or its kind is one that is kept up.

    Not where the paper was withdrawn or repealed or destroyed, where a field could not be read, or where the row gives
    another number or year: a number stays with its paper.
    """
    stands = filed.status == Status.VALID and bool(filed.data)
    own = record.given_number in ("", filed.number) or _same_number(record.given_number, filed.number)
    own = own and record.date.year == filed.year
    return stands and own and not _unread(record) and (record.kind.living or bool(_reason(record)))


def next_version(record: Record, filed: FiledPaper) -> Record:
    """The record as the next version of a filed paper, whose number it keeps."""
    return replace(record, given_number="", replaces=filed, correction=_reason(record))


def _reason(record: Record) -> str:
    return str(record.head.values.get(CORRECTION.id) or "")


def _same_number(given: str, filed: str) -> bool:
    """Whether a number as people type it is the filed one: brackets of every sort, the year in any."""
    return re.findall(r"[^\W_]+", given) == re.findall(r"[^\W_]+", filed)


def _named(filed: FiledPaper) -> str:
    title = " ".join(filed.title.split())
    if filed.number:
        return _("{number}《{title}》").format(number=filed.number, title=title)
    return _("《{title}》").format(title=title)


def _differing(record: Record, filed: FiledPaper) -> tuple[tuple[Field, ...], tuple[Table, ...]]:
    """The fields of the head row that differ, in the order of the kind, and the detail tables of which a row does."""
    before = filed_record(filed)
    head = record.kind.head
    fields = tuple(_fields(head, record.head.values, before.head, record.kind.organisation_field))
    tables = tuple(
        table
        for table in record.kind.details
        if not _same_rows(table, record.details.get(table.id, ()), before.details.get(table.id, ()))
    )
    return fields, tables


def _fields(table: Table, now: Mapping[str, Value], before: Mapping[str, Value], left_out: str = "") -> Iterator[Field]:
    names = set(counted(table, left_out))
    for field in table.fields:
        if field.id in names and field.id in now and _told(now[field.id]) != _told(before.get(field.id)):
            yield field


def _same_rows(table: Table, now: Sequence[Row], before: Sequence[Mapping[str, Value]]) -> bool:
    if len(now) != len(before):
        return False
    return not any(next(_fields(table, row.values, was), None) for row, was in zip(now, before, strict=True))


def _told(value: Value) -> object:
    """A value as it is compared: nothing and empty text are one; of a filed picture only the digest is known."""
    if isinstance(value, Picture):
        return f"{value.media_type} sha256:{value.sha256}"
    if value is None:
        return ""
    return nfc(value) if isinstance(value, str) else value


def _was(filed: FiledPaper, field: Field) -> str:
    """What the filed paper has, in words."""
    value = filed_record(filed).head.get(field.id)
    if value is not None and field.type is FieldType.IMAGE:
        return _("另一张图片")
    return said(value, field) or _("空着")


def _unread(record: Record) -> bool:
    rows = [(record.kind.head, record.head)]
    rows += [(table, row) for table in record.kind.details for row in record.details.get(table.id, ())]
    return any(len(row.values) < len(table.fields) for table, row in rows)
