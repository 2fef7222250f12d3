"""Do the patterns and rules of a kind speak of fields it has?

Title and file name are tried on the kind's own examples: what comes out empty there comes out empty in the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import FieldType, Kind, RuleUse
from pipeline.core.messages import _
from pipeline.core.text import safe_name
from pipeline.kinds.examples import typed
from pipeline.kinds.patterns import NUMBER, file_name_of, names_in, title_of

RULES: Mapping[str, tuple[str, ...]] = {
    "not-before": ("fields",),
    "unique": ("fields",),
    "id-card-agrees": ("id_card", "birth", "sex"),
    "adds-up": ("parts", "total"),
    "needs": ("field", "needs"),
    "needs-when": ("field", "value", "needs"),
    "as-many-lines": ("fields",),
    "amounts-agree": ("figures", "capitals"),
    "not-above": ("fields",),
    "graded-in-order": ("score", "grade"),
    "found-in": ("field", "found_in"),
}
"""The rules a kind may use, and the arguments each one needs.

All but ``VALUE`` and ``ELSEWHERE`` name fields of one and the same table.
"""

VALUE = "value"
"""The argument that is one of the choices of the rule's ``field``."""

ELSEWHERE = "found_in"
"""The argument that is ``table.field`` of another table of the kind."""


def of_patterns(kind: Kind) -> Iterator[str]:
    """``title`` and ``file_name``: allowed Jinja over known fields, and a usable name for the examples."""
    known = {field.id for field in kind.head.fields} | ({NUMBER} if kind.numbering else set())
    for key, pattern in (("title", kind.title), ("file_name", kind.file_name)):
        try:
            unknown = sorted(names_in(pattern) - known)
        except ValueError as error:
            yield f"{key}：{error}"
            continue
        if unknown:
            yield _("{key}：主表里没有字段 {fields}").format(key=key, fields="、".join(unknown))
        else:
            yield from _tried(kind, key)


def of_numbering(kind: Kind) -> Iterator[str]:
    """The series' patterns, and the field in which a sender gives a number of his own."""
    given = {field.id for field in kind.head.fields if field.type is FieldType.NUMBER}
    if kind.numbering is None:
        if given:
            yield _('numbering：有 type = "number" 的字段 {fields}，却没有 [numbering]').format(
                fields="、".join(sorted(given))
            )
        return
    numbering = kind.numbering
    if numbering.field and numbering.field not in given:
        yield _('numbering.field：主表里没有 type = "number" 的字段 {field}').format(field=numbering.field)
    if given - {numbering.field}:
        yield _("numbering.field：字段 {fields} 里的号没有人用，把它写在这里").format(
            fields="、".join(sorted(given - {numbering.field}))
        )
    chosen = {field.id for field in kind.head.fields if field.choices and (field.required or field.default)}
    yield from _placed("numbering.series", numbering.series, allowed={"code", "organisation"} | chosen, needed=set())
    yield from _placed(
        "numbering.pattern",
        numbering.pattern,
        allowed={"code", "organisation", "year", "n"},
        needed={"year", "n"},  # numbers begin again each year: without the year two papers would carry the same one
    )


def of_rules(kind: Kind) -> Iterator[str]:
    """Each rule exists, has its arguments, and finds its fields in one table."""
    for place, use in enumerate(kind.rules, start=1):
        for fault in _of_rule(kind, use):
            yield f"rule[{place}]：{fault}"


def _tried(kind: Kind, key: str) -> Iterator[str]:
    values = {field.id: typed(field, field.example) for field in kind.head.fields}
    try:
        name = (title_of if key == "title" else file_name_of)(
            kind, values, kind.numbering.pattern if kind.numbering else ""
        )
        safe_name(name)
    except (ConfigurationError, ValueError) as error:
        what = error.what if isinstance(error, ConfigurationError) else _("写出来的名称不能作文件名")
        yield f"{key}：{what}"


def _placed(key: str, pattern: str, *, allowed: set[str], needed: set[str]) -> Iterator[str]:
    try:
        parts = [part for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError:
        yield _("{key}：花括号不成对").format(key=key)
        return
    names = {name for _text, name, _format, _conversion in parts if name is not None}
    if names - allowed or any(format_ or conversion for _text, _name, format_, conversion in parts):
        yield _("{key}：花括号里只能写 {allowed}").format(
            key=key, allowed="、".join(f"{{{name}}}" for name in sorted(allowed))
        )
    for name in sorted(needed - names):
        yield _("{key}：要有 {{{name}}}，否则两份文件会同号").format(key=key, name=name)


def _of_rule(kind: Kind, use: RuleUse) -> Iterator[str]:
    arguments = RULES.get(use.rule)
    if arguments is None:
        yield _("没有规则 {rule}；现有 {rules}").format(rule=use.rule, rules="、".join(RULES))
        return
    for name in sorted(set(arguments) ^ set(use.arguments)):
        missing = name in arguments
        yield (_("规则 {rule} 缺少 {name}") if missing else _("规则 {rule} 没有 {name} 这一项")).format(
            rule=use.rule, name=name
        )
    fields: list[str] = []
    if ELSEWHERE in arguments and not _is_elsewhere(kind, use.arguments.get(ELSEWHERE)):
        yield _("{name} 要写别的表里的字段，写法如 “needs.sequence”").format(name=ELSEWHERE)
    for name in (each for each in arguments if each not in (VALUE, ELSEWHERE)):
        value = use.arguments.get(name, ())
        several = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(one, str) for one in several):
            yield _("{name} 要写字段的 id").format(name=name)
            return
        fields.extend(str(one) for one in several)
    if not any(set(fields) <= {field.id for field in table.fields} for table in kind.tables):
        yield _("没有一张表同时有字段 {fields}").format(fields="、".join(fields))
    elif VALUE in arguments:
        offered = {
            choice for table in kind.tables for each in table.fields if each.id == fields[0] for choice in each.choices
        }
        if use.arguments.get(VALUE) not in offered:
            yield _("{name} 要写字段 {field} 的一个选项").format(name=VALUE, field=fields[0])


def _is_elsewhere(kind: Kind, named: object) -> bool:
    """Whether ``named`` is ``table.field`` of a table of this kind."""
    table_id, _dot, field_id = str(named).partition(".")
    return any(table.id == table_id and field_id in {field.id for field in table.fields} for table in kind.tables)
