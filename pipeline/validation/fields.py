"""Checks of one value by what its field says: required, length, range, pattern, checksums, pictures.

Checks are chosen once for each field, so that a column without any costs nothing per row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Field, FieldType, Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.rows import Rows, Unread
from pipeline.core.values import Picture, Value
from pipeline.validation.identifiers import credit_code_fault, id_card_fault
from pipeline.validation.pictures import picture_fault

Fault = tuple[Code, str, str]
"""What is wrong: code, expected, hint."""

Check = Callable[[Value], Fault | None]


_NUMERIC = {FieldType.INTEGER, FieldType.MONEY}


def check_fields(table: Table, rows: Rows, today: date) -> Iterator[Finding]:
    """Findings about single values. A field that is unread has been reported by whoever read it."""
    for field in table.fields:
        checks = tuple(_checks(field, today))
        if field.required or checks:
            yield from _check_column(field, checks, rows)


def _check_column(field: Field, checks: Sequence[Check], rows: Rows) -> Iterator[Finding]:
    """Each different value of a column is checked once; only a column with a fault is gone through row by row."""
    values = rows.column(field.id)
    faults = {value: fault for value in set(values) if (fault := _fault(field, checks, value))}
    for row, value in zip(rows, values, strict=True) if faults else ():
        if value in faults:
            code, expected, hint = faults[value]
            yield finding(code, row, field, expected=expected, hint=hint)


def _fault(field: Field, checks: Sequence[Check], value: Value | Unread) -> Fault | None:
    if isinstance(value, Unread):
        return None
    if value is None or value == "":
        return (Code.REQUIRED, _required(field), field.help or _("请补上")) if field.required else None
    return next((fault for check in checks if (fault := check(value))), None)


def _required(field: Field) -> str:
    if field.choices:
        return _listed(field)
    example = " ".join(field.example.split())
    return (
        _("“{example}”这样的内容").format(example=example[:30] + "…" * (len(example) > 30)) if example else _("有内容")
    )


def _listed(field: Field) -> str:
    choices = _("、").join(_("“{choice}”").format(choice=choice) for choice in field.choices)
    return _("{choices}中的一个").format(choices=choices)


def _checks(field: Field, today: date) -> Iterator[Check]:
    if field.type is FieldType.ID_CARD:
        yield lambda value: _id_card(value, today)
    if field.type is FieldType.CREDIT_CODE:
        yield _credit_code
    if field.type is FieldType.IMAGE:
        yield _picture
    if field.choices:
        yield lambda value: _choice(field, value)
    if field.max_length is not None:
        yield lambda value: _length(field, value)
    if field.pattern:
        expression = re.compile(field.pattern)
        yield lambda value: _pattern(field, expression, value)
    if field.type in _NUMERIC and (field.minimum is not None or field.maximum is not None):
        yield lambda value: _range(field, value)


def _id_card(value: Value, today: date) -> Fault | None:
    hint = id_card_fault(str(value), today)
    return (Code.NOT_AN_ID_CARD, _("18位身份证号"), hint) if hint else None


def _credit_code(value: Value) -> Fault | None:
    hint = credit_code_fault(str(value))
    return (Code.NOT_A_CREDIT_CODE, _("18位统一社会信用代码"), hint) if hint else None


def _picture(value: Value) -> Fault | None:
    hint = picture_fault(value.data) if isinstance(value, Picture) else ""
    return (Code.NOT_A_PICTURE, _("能打开的图片"), hint) if hint else None


def _choice(field: Field, value: Value) -> Fault | None:
    if value in field.choices:
        return None
    return Code.NOT_A_CHOICE, _listed(field), _("请从中选一个，照样写")


def _length(field: Field, value: Value) -> Fault | None:
    length = len(value) if isinstance(value, str) else 0
    if field.max_length is None or length <= field.max_length:
        return None
    hint = _("现在有{length}个字，请删去{over}个字").format(length=length, over=length - field.max_length)
    return Code.TOO_LONG, _("不超过{limit}个字").format(limit=field.max_length), hint


def _pattern(field: Field, expression: re.Pattern[str], value: Value) -> Fault | None:
    if expression.fullmatch(str(value)):
        return None
    expected = _("“{example}”这样的写法").format(example=field.example) if field.example else ""
    return Code.PATTERN, expected, field.help or _("请照这样改写")


def _range(field: Field, value: Value) -> Fault | None:
    number = value if isinstance(value, int | Decimal) else Decimal(0)
    low = field.minimum is not None and number < field.minimum
    high = field.maximum is not None and number > field.maximum
    if not low and not high:
        return None
    if field.minimum is not None and field.maximum is not None:
        expected = _("{minimum}到{maximum}之间的数").format(minimum=field.minimum, maximum=field.maximum)
    elif low:
        expected = _("不小于{minimum}的数").format(minimum=field.minimum)
    else:
        expected = _("不大于{maximum}的数").format(maximum=field.maximum)
    return Code.OUT_OF_RANGE, expected, field.help or _("请核对后改正")
