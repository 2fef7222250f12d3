"""Do the parts of one kind agree with one another?

Each check is a small generator of sentences that begin with the key to mend, so a file with five mistakes is mended in
one go. Nothing here reads a file; a kind made in a test is judged the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.core.kind import Field, FieldType, Kind, Role, Table
from pipeline.core.messages import _
from pipeline.core.text import folded_heading
from pipeline.kinds.examples import typed

_BOUNDED = {FieldType.INTEGER, FieldType.MONEY}
_UNLIMITED = {FieldType.DATE, FieldType.MONTH, FieldType.INTEGER, FieldType.MONEY, FieldType.IMAGE}
_NEVER_IDENTIFYING = {FieldType.IMAGE, FieldType.FORM}

RESERVED = frozenset({"number", "archival_code", "full_title", "dated", "seal", "signature", "loop"})
"""What a template calls by these names is the program's: a field of the same name would hide it on paper."""

_JINJA_WORDS = frozenset(
    ["and", "or", "not", "in", "is", "if", "elif", "else", "for", "true", "false", "none", "set", "block", "macro"]
)


def of_structure(kind: Kind) -> Iterator[str]:
    """Tables, keys and the fields the kind names by id. The other checks need this one to be clean."""
    heads = [table for table in kind.tables if table.role is Role.HEAD]
    if len(heads) != 1:
        yield _('table：要有且只有一张 role = "head" 的表，现在有 {count} 张').format(count=len(heads))
        return
    yield from _repeated("table", _("表的 id"), (table.id for table in kind.tables))
    yield from _repeated("table", _("工作表名"), (folded_heading(sheet) for t in kind.tables for sheet in t.sheets))
    for table in kind.tables:
        yield from _repeated(f"table[{table.id}].field", _("字段 id"), (field.id for field in table.fields))
        yield from _keys(kind, table)
    for key, identifier in _template_names(kind):
        if identifier in RESERVED:
            yield _("{key}：{id} 在模板里另有所指（文号、档号、题名、日期、印章……），换一个 id").format(
                key=key, id=identifier
            )
        elif identifier in _JINJA_WORDS:
            yield _("{key}：{id} 是模板指令里的词，换一个 id").format(key=key, id=identifier)
    for table in kind.details:
        if table.id in _ids(kind.head):
            yield _("table[{id}].id：主表里已有同名字段，模板里会分不清，换一个 id").format(id=table.id)
    yield from _named_fields(kind)


def of_headings(kind: Kind) -> Iterator[str]:
    """Within a table every heading and synonym belongs to one field only."""
    for table in kind.tables:
        owner: dict[str, str] = {}
        for field in table.fields:
            for heading in field.headings:
                other = owner.setdefault(folded_heading(heading), field.id)
                if other != field.id:
                    key = f"table[{table.id}].field[{field.id}]"
                    yield _("{key}：表头“{heading}”已经是字段 {other} 的叫法，两个字段要用不同的词").format(
                        key=key, heading=heading, other=other
                    )


def of_fields(kind: Kind) -> Iterator[str]:
    """Each field by itself: what its type allows to be said about it, and whether its example holds."""
    for table in kind.tables:
        for field in table.fields:
            key = f"table[{table.id}].field[{field.id}]"
            for fault in _of_field(field):
                yield f"{key}.{fault}"


def of_marks(kind: Kind) -> Iterator[str]:
    """Seals and signatures: each name once."""
    yield from _repeated("seals", _("印章"), kind.seals)
    yield from _repeated("signatures", _("签字"), kind.signatures)


def _template_names(kind: Kind) -> Iterator[tuple[str, str]]:
    """Key and id of everything a template calls by its bare name."""
    for field in kind.head.fields:
        yield f"table[{kind.head.id}].field[{field.id}].id", field.id
    for table in kind.details:
        yield f"table[{table.id}].id", table.id


def _keys(kind: Kind, table: Table) -> Iterator[str]:
    key = f"table[{table.id}].key"
    if not table.key:
        if len(kind.tables) > 1:
            yield _("{key}：有几张表时，每张表都要写明用哪个字段连在一起").format(key=key)
        return
    if table.key not in _ids(table):
        yield _("{key}：这张表里没有字段 {field}").format(key=key, field=table.key)
    elif not table.field(table.key).required:
        yield _("{key}：连接用的字段 {field} 要写 required = true").format(key=key, field=table.key)
    if table.role is Role.HEAD and not kind.details:
        yield _("{key}：只有一张表，不用写 key").format(key=key)
    if table.role is Role.HEAD and table.minimum_rows:
        yield _("table[{id}].minimum_rows：只用于明细表").format(id=table.id)
    if table.form and (table.role is not Role.HEAD or kind.details):
        yield _("table[{id}].form：只有单独一张表的文种才能照表样填写").format(id=table.id)


def _named_fields(kind: Kind) -> Iterator[str]:
    fields = {field.id: field for field in kind.head.fields}
    yield from _repeated("identity", _("字段"), kind.identity)
    for identifier in kind.identity:
        field = fields.get(identifier)
        if field is None:
            yield _("identity：主表里没有字段 {field}").format(field=identifier)
        elif not field.required or field.type in _NEVER_IDENTIFYING:
            yield _("identity：字段 {field} 要能认定一份文件，须为必填的文字、数字或日期").format(field=identifier)
    wanted = [("date_field", kind.date_field, FieldType.DATE)]
    if kind.organisation_field:
        wanted.append(("organisation_field", kind.organisation_field, FieldType.ORG))
    for key, identifier, type_ in wanted:
        field = fields.get(identifier)
        if field is None:
            yield _("{key}：主表里没有字段 {field}").format(key=key, field=identifier)
        elif field.type is not type_ or not field.required:
            yield _('{key}：字段 {field} 要写 type = "{type}" 和 required = true').format(
                key=key, field=identifier, type=type_.value
            )


def _of_field(field: Field) -> Iterator[str]:
    if (field.type is FieldType.CHOICE) != bool(field.choices):
        yield _('choices：type = "choice" 的字段要有 choices，别的字段不能有')
    if field.type not in _BOUNDED and (field.minimum is not None or field.maximum is not None):
        yield _("minimum：minimum 和 maximum 只用于整数和金额")
    elif field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield _("minimum：比 maximum 还大")
    if field.type in _UNLIMITED and (field.max_length is not None or field.pattern):
        yield _("max_length：max_length 和 pattern 只用于文字")
    try:
        re.compile(field.pattern)
    except re.error as error:
        yield _("pattern：不是正则表达式：{error}").format(error=error)
        return
    for key, text in (("example", field.example), ("default", field.default)):
        try:
            if text:
                typed(field, text)
        except ValueError as error:
            yield _("{key}：{error}（现在是 “{value}”）").format(key=key, error=error, value=text)


def _ids(table: Table) -> frozenset[str]:
    return frozenset(field.id for field in table.fields)


def _repeated(key: str, what: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield _("{key}：{what} {name} 写了两次").format(key=key, what=what, name=name)
        seen.add(name)
