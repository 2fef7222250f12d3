"""Do a kind's fields and its Word template agree, in both directions?

A placeholder without a field stops the printing; a field without a placeholder is worse: the clerk fills it in and the
paper goes out without it. So both are found here, before anybody fills in anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from pipeline.core.kind import Field, Kind, Table
from pipeline.core.messages import _
from pipeline.core.values import Record, Row


class Placeholders(Protocol):
    """What a template asks for; ``pipeline.merge`` finds it out.

    ``tables`` maps a detail table's id to the fields used of its rows; ``asked`` are the fields (``field`` or
    ``table.field``) of which it asks nothing but whether they are there; ``faults`` are misspelt placeholders in words.
    """

    @property
    def variables(self) -> AbstractSet[str]: ...
    @property
    def tables(self) -> Mapping[str, AbstractSet[str]]: ...
    @property
    def asked(self) -> AbstractSet[str]: ...
    @property
    def seals(self) -> AbstractSet[str]: ...
    @property
    def signatures(self) -> AbstractSet[str]: ...
    @property
    def faults(self) -> tuple[str, ...]: ...


def disagreements(kind: Kind, placeholders: Placeholders) -> tuple[str, ...]:
    """One sentence for each misspelt placeholder and each difference; empty when template and kind agree."""
    return tuple(_all(kind, placeholders))


def unprinted(record: Record, placeholders: Placeholders) -> tuple[str, ...]:
    """One sentence for each field that is filled in here and that the template prints nowhere."""
    kind = record.kind
    head = _filled(kind.head, (record.head,))
    sentences = [_no_place(field) for field in head if field.id not in placeholders.variables]
    for table in kind.details:
        used = placeholders.tables.get(table.id, frozenset())
        rows = record.details.get(table.id, ())
        sentences += [_no_place(field, f"{table.id}.") for field in _filled(table, rows) if field.id not in used]
    return tuple(sentences)


def _filled(table: Table, rows: Iterable[Row]) -> Iterator[Field]:
    """The fields that are to be printed and have a value in one of the rows."""
    there = {name for row in rows for name, value in row.values.items() if value not in (None, "")}
    return (field for field in table.fields if field.printed and field.id in there)


def _no_place(field: Field, prefix: str = "") -> str:
    return _("字段 {name}（{heading}）填了也印不出来：放进模板，或写 printed = false").format(
        name=f"{prefix}{field.id}", heading=field.heading
    )


def _all(kind: Kind, used: Placeholders) -> Iterator[str]:
    yield from used.faults
    yield from _fields(kind.head, used.variables, used.asked, "")
    for table in kind.details:
        if table.id in used.tables:
            yield from _fields(table, used.tables[table.id], used.asked, f"{table.id}.")
        else:
            yield _("模板里没有用到明细表 {table}（{sheet}）").format(table=table.id, sheet=table.sheets[0])
    for name in sorted(set(used.tables) - {table.id for table in kind.details}):
        yield _("模板里循环的 {table} 不是这个文种的明细表").format(table=name)
    yield from _marks("seal", kind.seals, used.seals)
    yield from _marks("signature", kind.signatures, used.signatures)


def _fields(table: Table, used: AbstractSet[str], asked: AbstractSet[str], prefix: str) -> Iterator[str]:
    known = {field.id: field for field in table.fields}
    of_this_table = {name.removeprefix(prefix) for name in asked if name.rpartition(".")[0] == prefix.rstrip(".")}
    for name in sorted((used | of_this_table) - known.keys()):
        yield _("模板里的 {name} 没有对应的字段，检查拼写，或在 kind.toml 里补上").format(name=f"{prefix}{name}")
    for field in table.fields:
        if field.printed and field.id not in used:
            yield _no_place(field, prefix)
        if not field.printed and field.id in used:
            yield _("字段 {name}（{heading}）写明不印（printed = false），模板里却用了它").format(
                name=f"{prefix}{field.id}", heading=field.heading
            )


def _marks(function: str, declared: tuple[str, ...], used: AbstractSet[str]) -> Iterator[str]:
    for name in sorted(used - set(declared)):
        yield _('模板里的 {function}("{name}") 没有写进 kind.toml').format(function=function, name=name)
    for name in declared:
        if name not in used:
            yield _("kind.toml 里的 {function} “{name}” 在模板里没有位置").format(function=function, name=name)
