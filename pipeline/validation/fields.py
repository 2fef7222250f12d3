"""Checks of one value by what its field says: required, length, range, pattern, checksums, pictures.

Checks are chosen once for each field, so that a column without any costs nothing per row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import cast

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Field, FieldType, Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.rows import UNREAD, Rows, Unread
from pipeline.core.values import Picture, Value
from pipeline.validation.identifiers import credit_code_fault, id_card_fault
from pipeline.validation.pictures import picture_fault

Fault = tuple[Code, str, str]
"""What is wrong: code, expected, hint."""

Faults = Iterator[tuple[Value, Fault]]
"""Values with what is wrong with them; those without a fault are passed over."""

Check = Callable[[Collection[Value]], Faults]


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
    different = cast("set[Value]", set(values) - {UNREAD})
    empty = different & {None, ""}
    faults: dict[Value, Fault] = {}
    if empty and field.required:
        faults = dict.fromkeys(empty, (Code.REQUIRED, _required(field), field.help or _("请补上")))
    filled = different - empty
    for check in checks:  # of two that object, the first one is heard
        faults = dict(check(filled)) | faults
    for row, value in zip(rows, values, strict=True) if faults else ():
        if not isinstance(value, Unread) and value in faults:
            code, expected, hint = faults[value]
            yield finding(code, row, field, expected=expected, hint=hint)


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
        yield lambda values: _id_cards(values, today)
    if field.type is FieldType.CREDIT_CODE:
        yield _credit_codes
    if field.type is FieldType.IMAGE:
        yield _pictures
    if field.choices:
        yield lambda values: _choices(field, values)
    if field.max_length is not None:
        yield partial(_lengths, field.max_length)
    if field.pattern:
        expression = re.compile(field.pattern)
        yield lambda values: _patterns(field, expression, values)
    if field.type in _NUMERIC and (field.minimum is not None or field.maximum is not None):
        yield lambda values: _ranges(field, values)


def _id_cards(values: Collection[Value], today: date) -> Faults:
    for value in values:
        if hint := id_card_fault(str(value), today):
            yield value, (Code.NOT_AN_ID_CARD, _("18位身份证号"), hint)


def _credit_codes(values: Collection[Value]) -> Faults:
    for value in values:
        if hint := credit_code_fault(str(value)):
            yield value, (Code.NOT_A_CREDIT_CODE, _("18位统一社会信用代码"), hint)


def _pictures(values: Collection[Value]) -> Faults:
    for value in values:
        if isinstance(value, Picture) and (hint := picture_fault(value.data)):
            yield value, (Code.NOT_A_PICTURE, _("能打开的图片"), hint)


def _choices(field: Field, values: Collection[Value]) -> Faults:
    for value in values:
        if value not in field.choices:
            yield value, (Code.NOT_A_CHOICE, _listed(field), _("请从中选一个，照样写"))


def _lengths(limit: int, values: Collection[Value]) -> Faults:
    for value in values:
        if isinstance(value, str) and len(value) > limit:
            length = len(value)
            hint = _("现在有{length}个字，请删去{over}个字").format(length=length, over=length - limit)
            yield value, (Code.TOO_LONG, _("不超过{limit}个字").format(limit=limit), hint)


def _patterns(field: Field, expression: re.Pattern[str], values: Collection[Value]) -> Faults:
    expected = _("“{example}”这样的写法").format(example=field.example) if field.example else ""
    for value in values:
        if not expression.fullmatch(str(value)):
            yield value, (Code.PATTERN, expected, field.help or _("请照这样改写"))


def _ranges(field: Field, values: Collection[Value]) -> Faults:
    for value in values:
        number = value if isinstance(value, int | Decimal) else Decimal(0)
        low = field.minimum is not None and number < field.minimum
        high = field.maximum is not None and number > field.maximum
        if low or high:
            yield value, (Code.OUT_OF_RANGE, _bounds(field, low=low), field.help or _("请核对后改正"))


def _bounds(field: Field, *, low: bool) -> str:
    if field.minimum is not None and field.maximum is not None:
        return _("{minimum}到{maximum}之间的数").format(minimum=field.minimum, maximum=field.maximum)
    if low:
        return _("不小于{minimum}的数").format(minimum=field.minimum)
    return _("不大于{maximum}的数").format(maximum=field.maximum)
