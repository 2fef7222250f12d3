"""Detail rows joined to the head row whose key they carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Kind, Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.values import Row, Value

Groups = Mapping[str, Mapping[Value, Sequence[Row]]]
"""Detail rows by table id and key, in the order of the sheet."""


def grouped(kind: Kind, rows: Mapping[str, Sequence[Row]]) -> Groups:
    """The detail rows by what they belong to; rows without a key have a finding of their own."""
    groups: dict[str, dict[Value, list[Row]]] = {}
    for table in kind.details:
        by_key = groups.setdefault(table.id, {})
        for row in rows[table.id]:
            key = row.values.get(table.key)
            if key is not None:
                by_key.setdefault(key, []).append(row)
    return groups


def check_groups(kind: Kind, rows: Mapping[str, Sequence[Row]], groups: Groups) -> Iterator[Finding]:
    """Heads that share a key, details of no head, heads with too few details."""
    head = kind.head
    if not kind.details or not head.key:
        return
    heads: dict[Value, Row] = {}
    for row in rows[head.id]:
        key = row.values.get(head.key)
        if key is None:
            continue
        first = heads.setdefault(key, row)
        if first is not row:
            hint = _("第{row}行已经用了它，明细就分不清归谁了").format(row=first.row)
            yield finding(Code.DUPLICATE, row, head.field(head.key), expected=_("每行不同的编号"), hint=hint)
    unread = any(head.key not in row.values for row in rows[head.id])
    for table in kind.details:
        if not unread:
            yield from _strays(head, table, groups[table.id], heads)
        if all(table.key in row.values for row in rows[table.id]):
            yield from _too_few(head, table, groups[table.id], heads)


def _strays(
    head: Table, table: Table, by_key: Mapping[Value, Sequence[Row]], heads: Mapping[Value, Row]
) -> Iterator[Finding]:
    for key, strays in by_key.items():
        if key in heads:
            continue
        listed = _("、").join(_("“{key}”").format(key=known) for known in list(heads)[:5])
        for row in strays:
            yield finding(
                Code.KEY_UNKNOWN,
                row,
                table.field(table.key),
                expected=_("“{sheet}”表里有的编号：{keys}").format(sheet=head.sheets[0], keys=listed),
                hint=_("两张表里的编号要写得一样"),
            )


def _too_few(
    head: Table, table: Table, by_key: Mapping[Value, Sequence[Row]], heads: Mapping[Value, Row]
) -> Iterator[Finding]:
    for key, row in heads.items():
        count = len(by_key.get(key, ()))
        if count < table.minimum_rows:
            yield finding(
                Code.GROUP_EMPTY,
                row,
                head.field(head.key),
                expected=_("“{sheet}”表里至少有{n}行对应它").format(sheet=table.sheets[0], n=table.minimum_rows),
                hint=_("现在有{n}行，请补上，或核对编号").format(n=count),
            )
