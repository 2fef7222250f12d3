"""The shape of kind.toml, and how it becomes a ``Kind``.

Only shape is judged here (which keys, which types); whether the parts agree with one another is ``checks``' business.
Booleans and whole numbers are strict: TOML has them, and ``required = "no"`` taken for true would be a trap.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt

from pipeline.core import kind as core
from pipeline.core.configuration import Location, TomlTable

FILE = "kind.toml"

_Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_KindIdentifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
_Words = Annotated[str, Field(min_length=1)]
_Format = Literal["red-header", "letter", "minutes", "form", "agreement", "certificate", "general"]


class FieldTable(TomlTable):
    """``[[table.field]]``: one column."""

    id: _Identifier
    heading: _Words
    type: core.FieldType = core.FieldType.TEXT
    synonyms: tuple[_Words, ...] = ()
    required: StrictBool = False
    printed: StrictBool = True
    choices: tuple[_Words, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: Annotated[StrictInt, Field(ge=1)] | None = None
    pattern: str = ""
    default: str = ""
    example: _Words
    help: _Words

    def value(self) -> core.Field:
        """The field as the program sees it."""
        return core.Field(**dict(self))


class TableTable(TomlTable):
    """``[[table]]``: the head, or a detail table. ``per group`` is nothing more than having detail tables."""

    id: _Identifier
    role: core.Role = core.Role.HEAD
    sheets: Annotated[tuple[_Words, ...], Field(min_length=1)]
    key: str = ""
    minimum_rows: Annotated[StrictInt, Field(ge=0)] = 0
    form: StrictBool = False
    field: Annotated[tuple[FieldTable, ...], Field(min_length=1)]

    def value(self) -> core.Table:
        """The table as the program sees it."""
        return core.Table(
            id=self.id,
            sheets=self.sheets,
            fields=tuple(field.value() for field in self.field),
            role=self.role,
            key=self.key,
            minimum_rows=self.minimum_rows,
            form=self.form,
        )


class NumberingTable(TomlTable):
    """``[numbering]``: series, pattern, and the field for a number the sender gives."""

    series: _Words
    pattern: _Words
    field: str = ""


class RuleTable(TomlTable):
    """``[[rule]]``: a rule by name; every other key is an argument of the rule."""

    model_config = ConfigDict(extra="allow", frozen=True)

    rule: _Words

    def value(self) -> core.RuleUse:
        """The rule as the program sees it; lists become tuples, so that the kind stays frozen."""
        arguments = self.__pydantic_extra__ or {}
        frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in arguments.items()}
        return core.RuleUse(self.rule, frozen)


class KindFile(TomlTable):
    """The whole of kind.toml."""

    id: _KindIdentifier
    name: _Words
    format: _Format
    title: _Words
    file_name: _Words
    identity: Annotated[tuple[str, ...], Field(min_length=1)]
    date_field: _Words
    organisation_field: str = ""
    retention: Literal["Y", "D30", "D10"] = "D10"
    seals: tuple[_Words, ...] = ()
    signatures: tuple[_Words, ...] = ()
    engine: Literal["", "own", "libreoffice"] = ""
    cross_page_seals: StrictBool = False
    living: StrictBool = False
    numbering: NumberingTable | None = None
    rule: tuple[RuleTable, ...] = ()
    table: Annotated[tuple[TableTable, ...], Field(min_length=1)]

    def value(self, folder: Path) -> core.Kind:
        """The kind as the program sees it."""
        return core.Kind(
            id=self.id,
            name=self.name,
            format=self.format,
            folder=folder,
            tables=tuple(table.value() for table in self.table),
            title=self.title,
            file_name=self.file_name,
            identity=self.identity,
            date_field=self.date_field,
            organisation_field=self.organisation_field,
            numbering=core.Numbering(**dict(self.numbering)) if self.numbering else None,
            retention=self.retention,
            seals=self.seals,
            signatures=self.signatures,
            rules=tuple(rule.value() for rule in self.rule),
            engine=self.engine,
            cross_page_seals=self.cross_page_seals,
            living=self.living,
        )


def key_in(document: object, location: Location) -> str:
    """A location as the editor of the file finds it: ``table[notice].field[title].type``.

    Entries of a list go by their id where they have one, else by their place, counted from 1.
    """
    key = ""
    for part in location:
        if isinstance(part, int):
            document = document[part] if isinstance(document, list) and part < len(document) else None
            identifier = document.get("id") if isinstance(document, dict) else None
            key += f"[{identifier if isinstance(identifier, str) else part + 1}]"
        else:
            document = document.get(part) if isinstance(document, dict) else None
            key += f".{part}" if key else part
    return key
