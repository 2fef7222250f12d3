"""Rules that a kind names in kind.toml: ``{rule = "not-before", fields = [...]}``.

Each is a function of the rows of one table (``found-in``, which looks into another one, is ``references``'s); a new
rule is a new function and a new line in ``RULES``. A rule holds for
the tables that have all the fields it names; where several have, for those in which all of them are required (a
number that orders topics is one, a number that only counts people is none).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pipeline.core.amounts import LARGEST, in_capitals, sum_in_capitals
from pipeline.core.calendar import written, written_month
from pipeline.core.errors import ConfigurationError
from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Field, FieldType, Kind, RuleUse, Table
from pipeline.core.messages import _
from pipeline.core.placing import finding, said
from pipeline.core.rows import UNREAD, Column, Rows
from pipeline.core.values import Row, Value
from pipeline.validation import references
from pipeline.validation.figures import graded_in_order, not_above
from pipeline.validation.identifiers import born_on, id_card_fault, sex_of

Check = Callable[[Table, Rows, Mapping[str, Sequence[Field]]], Iterator[Finding]]


Dated = tuple[Field, date]

_VALUE = "value"

_EMPTY = (None, "")
_NOTHING = (*_EMPTY, UNREAD)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's check, and the arguments it needs: each names one field or a list of fields.

    Only ``_VALUE`` names none: the rule then holds for the rows in whose ``field`` that very word stands.
    """

    arguments: tuple[str, ...]
    check: Check


def check_rules(kind: Kind, rows: Mapping[str, Rows]) -> Iterator[Finding]:
    """Findings of every rule of the kind. Raises ``ConfigurationError`` for a rule that is not clear."""
    for use in kind.rules:
        if use.rule == references.RULE:
            yield from _referring(kind, use, rows)
            continue
        rule = RULES.get(use.rule)
        if rule is None:
            raise _wrong(kind, use, _("没有叫“{rule}”的规则").format(rule=use.rule))
        named = {argument: _names(kind, use, argument) for argument in rule.arguments if argument != _VALUE}
        ids = [name for names in named.values() for name in names]
        tables = _tables(kind, ids)
        if not tables:
            raise _wrong(kind, use, _("没有哪一张表有它说的全部字段"))
        for table in tables:
            fields = {argument: [table.field(name) for name in names] for argument, names in named.items()}
            concerned = rows[table.id]
            if _VALUE in rule.arguments:
                field, wanted = fields["field"][0], use.arguments.get(_VALUE)
                said = concerned.column(field.id)
                concerned = concerned.chosen([place for place, value in enumerate(said) if value == wanted])
            yield from rule.check(table, concerned, fields)


def _referring(kind: Kind, use: RuleUse, rows: Mapping[str, Rows]) -> Iterator[Finding]:
    reference = references.reference(kind, use)
    if reference is None:
        raise _wrong(kind, use, _("没有哪一张表有它说的全部字段"))
    yield from references.check_references(reference, rows)


def _names(kind: Kind, use: RuleUse, argument: str) -> tuple[str, ...]:
    value = use.arguments.get(argument)
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        return tuple(str(name) for name in value)
    raise _wrong(kind, use, _("缺少“{argument}”").format(argument=argument))


def _tables(kind: Kind, ids: Sequence[str]) -> list[Table]:
    tables = [table for table in kind.tables if set(ids) <= {field.id for field in table.fields}]
    binding = [table for table in tables if all(table.field(name).required for name in ids)]
    return binding or tables


def _wrong(kind: Kind, use: RuleUse, what: str) -> ConfigurationError:
    where = f"{kind.folder / 'kind.toml'}: rule = {use.rule!r}"
    return ConfigurationError(what, where=where, remedy=_("请改正 kind.toml 里的这条规则"))


def _not_before(_table: Table, rows: Rows, fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """Dates in the order of the fields; empty ones are passed over. Two of which one is a month compare as months."""
    named = fields["fields"]
    lines = list(zip(*(rows.column(field.id) for field in named), strict=True))
    wrong = {line: pairs for line in set(lines) if (pairs := _backwards(named, line))}
    for row, line in zip(rows, lines, strict=True) if wrong else ():
        for (earlier, former), (field, _later) in wrong.get(line, ()):
            yield finding(
                Code.DATES_BACKWARDS,
                row,
                field,
                expected=_("不早于“{heading}”（{date}）").format(heading=earlier.heading, date=said(former, earlier)),
                hint=_("请核对这两个日期"),
            )


def _backwards(fields: Sequence[Field], values: Column) -> list[tuple[Dated, Dated]]:
    """The neighbours that stand in the wrong order, the earlier field first."""
    dates = [(field, value) for field, value in zip(fields, values, strict=True) if isinstance(value, date)]
    return [(former, later) for former, later in pairwise(dates) if _is_before(*later, *former)]


def _is_before(field: Field, value: date, earlier: Field, former: date) -> bool:
    if FieldType.MONTH in (field.type, earlier.type):
        return (value.year, value.month) < (former.year, former.month)
    return value < former


def _unique(_table: Table, rows: Rows, fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """No two rows alike in all the fields; a row with one of them empty is passed over."""
    seen: dict[tuple[object, ...], Row] = {}
    keys = list(zip(*(rows.column(field.id) for field in fields["fields"]), strict=True))
    whole = [place for place, key in enumerate(keys) if not any(value in _NOTHING for value in key)]
    if len({keys[place] for place in whole}) == len(whole):
        return
    for place in whole:
        row, key = rows[place], keys[place]
        first = seen.setdefault(key, row)
        if first is not row:
            last = fields["fields"][-1]
            together = _("和").join(_("“{heading}”").format(heading=field.heading) for field in fields["fields"])
            yield finding(
                Code.DUPLICATE,
                row,
                last,
                expected=_("{fields}不与别的行重复").format(fields=together),
                hint=_("与{sheet}第{row}行重复，请改正或删去一行").format(
                    sheet="" if first.sheet == row.sheet else _("工作表“{sheet}”").format(sheet=first.sheet),
                    row=first.row,
                ),
            )


def _id_card_agrees(_table: Table, rows: Rows, fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """Birth month and sex are those the identity number says; an unsound number has its own finding."""
    card, birth, sex = fields["id_card"][0], fields["birth"][0], fields["sex"][0]
    columns = (rows.column(field.id) for field in (card, birth, sex))
    for place, (number, born, said_sex) in enumerate(zip(*columns, strict=True)):
        if not isinstance(number, str):
            continue
        by_card = born_on(number)
        month_differs = by_card and isinstance(born, date) and (born.year, born.month) != (by_card.year, by_card.month)
        sex_differs = said_sex in ("男", "女") and number[16:17].isdecimal() and said_sex != sex_of(number)
        if not (month_differs or sex_differs) or id_card_fault(number, date.max):
            continue
        if month_differs and by_card:
            told = written_month(by_card) if birth.type is FieldType.MONTH else written(by_card)
            yield _disagrees(rows[place], birth, told)
        if sex_differs:
            yield _disagrees(rows[place], sex, sex_of(number))


def _disagrees(row: Row, field: Field, told: str) -> Finding:
    return finding(
        Code.RULE,
        row,
        field,
        expected=_("“{told}”（按身份证号）").format(told=told),
        hint=_("与身份证号不一致，请核对两处"),
    )


def _adds_up(_table: Table, rows: Rows, fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """The parts make the total; an empty part counts as nothing, an empty total asks nothing."""
    total = fields["total"][0]
    for row in rows:
        whole = row.values.get(total.id)
        unread = any(field.id not in row.values for field in fields["parts"])
        parts = [row.values.get(field.id) for field in fields["parts"]]
        if unread or not isinstance(whole, int | Decimal) or all(part is None for part in parts):
            continue
        together = sum((Decimal(part) for part in parts if isinstance(part, int | Decimal)), Decimal(0))
        if together != whole:
            named = _("、").join(_("“{heading}”").format(heading=field.heading) for field in fields["parts"])
            yield finding(
                Code.RULE,
                row,
                total,
                expected=f"{together:f}",
                hint=_("{parts}加起来是{together}，与“{total}”不符，请核对").format(
                    parts=named, together=f"{together:f}", total=total.heading
                ),
            )


def _needs(_table: Table, rows: Rows, fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """Where ``field`` is filled in, ``needs`` are too: without them it would not be printed, or not be understood."""
    cause = fields["field"][0]
    for place, value in enumerate(rows.column(cause.id)):
        if value in _NOTHING:
            continue
        row = rows[place]
        for field in fields["needs"]:
            if row.values.get(field.id, UNREAD) in _EMPTY:
                yield finding(
                    Code.REQUIRED,
                    row,
                    field,
                    expected=_("有内容，因为“{heading}”填了“{value}”").format(heading=cause.heading, value=value)
                    if cause.choices
                    else _("有内容，因为“{heading}”已经填了").format(heading=cause.heading),
                    hint=_("请补上；“{heading}”选错了就改过来").format(heading=cause.heading)
                    if cause.choices
                    else _("请补上；用不着“{heading}”就把它清空").format(heading=cause.heading),
                )


def _as_many_lines(_table: Table, rows: Rows, fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """What stands in the fields line by line belongs together (organs and their seals), so none has a line more.

    A column that is not there has no line: an organ without its name would have no place to seal.
    """
    first, *others = fields["fields"]
    for row in rows:
        wanted = _lines_in(row.values.get(first.id))
        for field in others:
            if _lines_in(row.values.get(field.id)) != wanted:
                yield finding(
                    Code.RULE,
                    row,
                    field,
                    expected=_("{count} 行，与“{heading}”一行对一行").format(count=wanted, heading=first.heading),
                    hint=_("请照“{heading}”的顺序，一行写一个").format(heading=first.heading),
                )


def _lines_in(value: Value) -> int:
    return sum(bool(line.strip()) for line in str(value).split("\n")) if value is not None else 0


def _amounts_agree(_table: Table, rows: Rows, fields: Mapping[str, Sequence[Field]]) -> Iterator[Finding]:
    """A sum in figures and the same sum in capitals (大写金额); where one of them is empty nothing is asked."""
    figures, capitals = fields["figures"][0], fields["capitals"][0]
    for row in rows:
        amount, words = row.values.get(figures.id), row.values.get(capitals.id)
        if not isinstance(amount, int | Decimal) or words is None or words == "":
            continue
        written_out = Decimal(words) if isinstance(words, int | Decimal) else sum_in_capitals(str(words))
        if written_out != amount and 0 <= amount < LARGEST:
            yield finding(
                Code.RULE,
                row,
                capitals,
                expected=_("“{words}”").format(words=in_capitals(Decimal(amount))),
                hint=_("与“{heading}”里的{amount}元不一致，请核对两处").format(heading=figures.heading, amount=amount),
            )


RULES: Mapping[str, Rule] = {
    "not-before": Rule(("fields",), _not_before),
    "unique": Rule(("fields",), _unique),
    "id-card-agrees": Rule(("id_card", "birth", "sex"), _id_card_agrees),
    "amounts-agree": Rule(("figures", "capitals"), _amounts_agree),
    "adds-up": Rule(("parts", "total"), _adds_up),
    "needs": Rule(("field", "needs"), _needs),
    "needs-when": Rule(("field", "value", "needs"), _needs),
    "as-many-lines": Rule(("fields",), _as_many_lines),
    "not-above": Rule(("fields",), not_above),
    "graded-in-order": Rule(("score", "grade"), graded_in_order),
}
"""The rules by name."""
