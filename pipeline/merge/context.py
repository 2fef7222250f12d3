"""What a template may say: every field as it is written on paper, and nothing that can be mistaken for a value.

An empty field is the empty text, never None, so that it prints as nothing and is false in ``{% if %}``. Rows are
objects of their own, because a dictionary would answer ``row.items`` and ``row.copy`` with its methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from pipeline.core.calendar import written, written_month
from pipeline.core.kind import Field, FieldType, Table
from pipeline.core.text import without_forbidden
from pipeline.core.values import NumberedRecord, Organisation, Picture, Row, Value
from pipeline.merge.paragraphs import LongText, long_text

STANDARD_NAMES = frozenset({"number", "archival_code", "full_title", "dated"})
"""Names every template may use beside the kind's own fields: 文号, 档号, 题名 and the date the paper is filed under."""


class Day(str):
    """A date as paper has it (``2020年4月16日``, ``1975年3月``) that still knows which day it is, for ``age``."""

    __slots__ = ("day",)
    day: date

    @classmethod
    def of(cls, day: date, words: str) -> Day:
        """``words`` for ``day``."""
        made = cls(words)
        made.day = day
        return made


class OrganisationName(str):
    """An organisation's full name, which also knows its other names."""

    __slots__ = ("code", "number_code", "short_name")
    code: str
    number_code: str
    short_name: str

    @classmethod
    def of(cls, organisation: Organisation, name: str = "") -> OrganisationName:
        """The organisation under its own full name, or under ``name`` as the record has it."""
        made = cls(name or organisation.name)
        made.code = organisation.code
        made.number_code = organisation.number_code
        made.short_name = organisation.short_name
        return made


class Fields:
    """One row: ``{{ row.name }}``. A field the kind does not have is an error, not an empty text."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)

    def __getattr__(self, name: str) -> object:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> object:
        return self._values[name]


def context_of(numbered: NumberedRecord, drawn: Mapping[str, object]) -> dict[str, object]:
    """The names a template may use for this record. ``drawn`` holds what stands for its pictures and blank forms."""
    record = numbered.record
    kind = record.kind
    names: dict[str, object] = {
        "number": numbered.number.text if numbered.number else "",
        "archival_code": numbered.archival_code.text,
        "full_title": numbered.title,
        "dated": Day.of(record.date, written(record.date)),
    }
    names.update(_fields(kind.head, record.head, drawn))
    if kind.organisation_field:
        name = names[kind.organisation_field]
        names[kind.organisation_field] = OrganisationName.of(record.organisation, str(name))
    for table in kind.details:
        names[table.id] = tuple(Fields(_fields(table, row, {})) for row in record.details.get(table.id, ()))
    return names


def blank_context(head: Table, details: tuple[Table, ...]) -> dict[str, object]:
    """The names of a form nobody has filled in yet."""
    names: dict[str, object] = dict.fromkeys(STANDARD_NAMES, "")
    names.update({field.id: _blank(field) for field in head.fields})
    names.update({table.id: () for table in details})
    return names


def printed(field: Field, value: Value) -> object:
    """A value as its field type is written on paper."""
    if value is None or value == "":
        return _blank(field)
    match field.type, value:
        case FieldType.DATE, date():
            return Day.of(value, written(value))
        case FieldType.MONTH, date():
            return Day.of(value, written_month(value))
        case FieldType.MONEY, Decimal() | int():
            return f"{value:,.2f}"
        case FieldType.LONG_TEXT, str():
            return long_text(without_forbidden(value))
        case FieldType.INTEGER, int():
            return value
        case _:
            return without_forbidden(str(value)).strip()


def _fields(table: Table, row: Row, drawn: Mapping[str, object]) -> dict[str, object]:
    return {field.id: drawn.get(field.id) or _value(field, row.values.get(field.id)) for field in table.fields}


def _value(field: Field, value: Value) -> object:
    return _blank(field) if isinstance(value, Picture) or field.type is FieldType.FORM else printed(field, value)


def _blank(field: Field) -> object:
    match field.type:
        case FieldType.LONG_TEXT:
            return LongText()
        case FieldType.IMAGE | FieldType.FORM:
            return Markup("")
        case _:
            return ""
