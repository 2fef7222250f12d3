"""Does a field's own example (and default) hold what the field asks for?

The blank workbook shows the example to every clerk, and people fill in what they are shown. Only what the field
itself says is checked (type, choices, bounds, length, pattern); the last digit of an identity number is validation's.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from pipeline.core.kind import Field, FieldType
from pipeline.core.messages import _
from pipeline.core.values import Value

_Number = TypeVar("_Number", int, Decimal)

_DAY = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")
_MONTH = re.compile(r"^(\d{4})年(\d{1,2})月$")


def typed(field: Field, text: str) -> Value:
    """``text`` as the field's type would hold it. Raises ``ValueError`` with a Chinese sentence when it cannot."""
    match field.type:
        case FieldType.DATE:
            return _day(_DAY, text, _("日期，写作“2020年4月16日”"))
        case FieldType.MONTH:
            return _day(_MONTH, text, _("年月，写作“1978年3月”"))
        case FieldType.INTEGER:
            if not re.fullmatch(r"-?\d+", text):
                raise ValueError(_("应为整数"))
            return _bounded(field, int(text))
        case FieldType.MONEY:
            try:
                return _bounded(field, Decimal(text))
            except InvalidOperation:
                raise ValueError(_("应为金额（元）")) from None
        case FieldType.IMAGE:
            return None
        case _:
            return _checked_text(field, text)


def _day(pattern: re.Pattern[str], text: str, expected: str) -> date:
    match = pattern.match(text)
    try:
        year, month, *day = map(int, match.groups() if match else ())
        return date(year, month, *day or [1])
    except ValueError:
        raise ValueError(_("应为{expected}").format(expected=expected)) from None


def _bounded(field: Field, number: _Number) -> _Number:
    if field.minimum is not None and number < field.minimum:
        raise ValueError(_("小于 minimum = {limit}").format(limit=field.minimum))
    if field.maximum is not None and number > field.maximum:
        raise ValueError(_("大于 maximum = {limit}").format(limit=field.maximum))
    return number


def _checked_text(field: Field, text: str) -> str:
    if field.choices and text not in field.choices:
        raise ValueError(_("不在 choices 里"))
    if field.max_length is not None and len(text) > field.max_length:
        raise ValueError(_("超过 max_length = {limit} 个字").format(limit=field.max_length))
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise ValueError(_("不符合 pattern = “{pattern}”").format(pattern=field.pattern))
    if field.type is not FieldType.LONG_TEXT and "\n" in text:
        raise ValueError(_('只能写一行；要分行就把 type 改成 "long-text"'))
    return text
