"""A kind of paper (文种), its tables and its fields, as the rest of the program sees them.

A kind is a folder: ``kind.toml``, ``template.docx``, ``sample.xlsx``. ``pipeline.kinds`` reads it into these frozen
values; nothing else knows TOML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path


class FieldType(StrEnum):
    """What a cell of a column holds, and the Python type it becomes."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long-text"  # str, paragraphs separated by "\n"
    DATE = "date"  # datetime.date
    MONTH = "month"  # datetime.date with day 1 (出生年月)
    INTEGER = "integer"  # int
    MONEY = "money"  # decimal.Decimal, yuan
    CHOICE = "choice"  # str, one of ``choices``
    PERSON = "person"  # str, a name
    PHONE = "phone"  # str
    ID_CARD = "id-card"  # str, 18 characters (GB 11643)
    CREDIT_CODE = "credit-code"  # str, 18 characters (GB 32100)
    ORG = "org"  # str, the full name of an organisation of the office
    NUMBER = "number"  # str, a 发文字号 given by the sender
    IMAGE = "image"  # values.Picture
    FORM = "form"  # str, id of the kind whose blank form is attached


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table, or one labelled box of a form.

    ``minimum``/``maximum`` bound the value of an integer or a sum (yuan); ``max_length`` counts characters.
    ``pattern`` is a regular expression that the whole text must match. ``printed`` is False for a field that is checked
    and kept but never stands on the paper (身份证号, 电话): a template that prints it is wrong.
    """

    id: str
    heading: str
    type: FieldType = FieldType.TEXT
    synonyms: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    pattern: str = ""
    default: str = ""
    example: str = ""
    help: str = ""
    printed: bool = True

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading and every other word for it."""
        return (self.heading, *self.synonyms)


CORRECTION = Field(
    "correction",
    "更正说明",
    synonyms=("更正原因",),
    max_length=200,
    help="这一份归档过、现在要更正时，写为什么改；归成新的一版",
    printed=False,
)
"""The column that any workbook may have: a changed row of a filed paper with words in it makes the next version."""


class Role(StrEnum):
    """The head table has one row for each paper; a detail table has the rows that carry its key."""

    HEAD = "head"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a kind. ``sheets`` are the sheet names it may stand under, the first one the official name.

    ``key`` is the field (in this table) whose value joins details to their head; empty where there is one table.
    ``form`` says that the table may also come as a filled form (label left, value right), one paper a sheet.
    """

    id: str
    sheets: tuple[str, ...]
    fields: tuple[Field, ...]
    role: Role = Role.HEAD
    key: str = ""
    minimum_rows: int = 0
    form: bool = False

    def field(self, identifier: str) -> Field:
        """The field with this id. Raises ``KeyError``."""
        for candidate in self.fields:
            if candidate.id == identifier:
                return candidate
        raise KeyError(identifier)


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule by name with its arguments, as kind.toml writes it: ``{rule = "not-before", fields = [...]}``."""

    rule: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a kind takes its number. Both patterns are ``str.format`` patterns.

    ``series`` names the ledger series and may use ``{code}`` (机关代字), ``{organisation}`` and choices of the head row
    (``{meeting_type}``: what has a red mark of its own counts its issues by itself); ``pattern`` writes the number and
    may use ``{code}``, ``{organisation}``, ``{year}`` and must use ``{n}``: ``{code}〔{year}〕{n}号``.
    ``field`` is the field in which a sender may give a number of his own; empty when he may not.
    """

    series: str
    pattern: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper.

    ``title`` and ``file_name`` are Jinja patterns over the head fields (plus ``number``). ``identity`` are the head
    fields that make two rows the same paper (natural key). ``organisation_field`` names the head field that says in
    whose archive the paper is filed (else the issuer); ``date_field`` the one with the 成文日期 and so the year.
    ``seals`` and ``signatures`` are the names the template may place: ``{{ seal("issuer") }}``. ``engine`` says who
    prints it ("own", "libreoffice"); empty: as the office says. ``cross_page_seals`` says that its seals are also
    pressed across the edges of its pages (骑缝章), when it has several. ``living``: a list that is kept up (台账,
    清单); a changed row is its next version without a reason given.
    """

    id: str
    name: str
    format: str
    folder: Path
    tables: tuple[Table, ...]
    title: str
    file_name: str
    identity: tuple[str, ...]
    date_field: str
    organisation_field: str = ""
    numbering: Numbering | None = None
    retention: str = "D10"
    seals: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    rules: tuple[RuleUse, ...] = ()
    engine: str = ""
    cross_page_seals: bool = False
    living: bool = False

    def correctable(self) -> Kind:
        """The kind with the column 更正说明 in its head table; as it is, where it has a field of that name."""
        head = self.head
        if any(field.id == CORRECTION.id or CORRECTION.heading in field.headings for field in head.fields):
            return self
        longer = replace(head, fields=(*head.fields, CORRECTION))
        return replace(self, tables=tuple(longer if table is head else table for table in self.tables))

    @property
    def head(self) -> Table:
        """The table with one row for each paper."""
        return next(table for table in self.tables if table.role is Role.HEAD)

    @property
    def details(self) -> tuple[Table, ...]:
        """The tables whose rows belong to a head row by key."""
        return tuple(table for table in self.tables if table.role is Role.DETAIL)

    @property
    def template(self) -> Path:
        """The Word file the paper is merged from."""
        return self.folder / "template.docx"
