"""The small workbook beside each kind, made of ``content/samples/<kind>.toml`` and the kind itself.

The content of a set of papers (成套文件) lies in ``_bundles`` there, as the set does among the templates.

A file has one array of tables for each table of the kind, a row each: ``[[people]]``, then field ids and values. The
headings, sheet names and the order of columns are those of kind.toml, so that a renamed heading cannot leave a sample
behind.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from pipeline.core.kind import Field, FieldType, Table
from pipeline.kinds.load import load_kind
from tools.make_examples.books import Column, add_picture, add_table, new_workbook
from tools.make_examples.scene import scene

FOLDER = Path(__file__).parent / "content" / "samples"
TEMPLATES = Path(__file__).parents[2] / "templates"

_WIDTHS: Mapping[FieldType, float] = {
    FieldType.LONG_TEXT: 56,
    FieldType.TEXT: 30,
    FieldType.ORG: 36,
    FieldType.DATE: 16,
    FieldType.PHONE: 15,
    FieldType.ID_CARD: 21,
    FieldType.CREDIT_CODE: 22,
    FieldType.NUMBER: 22,
}
_NARROW = 11.0
_LINE = 15.0  # points
_TALLEST = 300.0


def kinds_with_content() -> tuple[str, ...]:
    """The ids of the kinds whose sample is made here."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def sets_with_content() -> tuple[str, ...]:
    """The sets of papers whose sample is made here, as ``_bundles/meeting-set``."""
    return tuple(sorted(f"_bundles/{path.stem}" for path in FOLDER.glob("_bundles/*.toml")))


def sample(kind_id: str) -> Workbook:
    """The sample workbook of one kind. Raises ``ValueError`` for a table or field that the kind does not have."""
    return book(kind_id, tomllib.loads((FOLDER / f"{kind_id}.toml").read_text(encoding="utf-8")))


def book(kind_id: str, content: Mapping[str, Sequence[Mapping[str, Any]]]) -> Workbook:
    """A workbook of a kind with these rows by table id: each table that has any on a sheet of its own, with the columns
    that are filled in.

    Raises ``ValueError`` for a table or field that the kind does not have.
    """
    kind = load_kind(TEMPLATES / kind_id)
    if unknown := content.keys() - {table.id for table in kind.tables}:
        raise ValueError(f"{kind_id}: no such tables: {sorted(unknown)}")
    workbook = new_workbook()
    for table in kind.tables:
        rows = content.get(table.id, [])
        if rows or table.minimum_rows:
            _add(workbook, table, rows)
    return workbook


def _add(workbook: Workbook, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    filled = {key for row in rows for key in row}
    if unknown := filled - {field.id for field in table.fields}:
        raise ValueError(f"{table.id}: no such fields: {sorted(unknown)}")
    fields = [field for field in table.fields if field.required or field.id in filled]
    columns = [Column(field.id, field.heading, _WIDTHS.get(field.type, _NARROW)) for field in fields]
    typed = [{field.id: _as_typed(field, row.get(field.id)) for field in fields} for row in rows]
    lines = max((_lines(field, value) for row in rows for field in fields if (value := row.get(field.id))), default=1)
    sheet = add_table(workbook, table.sheets[0], columns, typed, row_height=min(_TALLEST, _LINE * max(2, lines)))
    for line, row in enumerate(rows, start=2):
        for place, field in enumerate(fields, start=1):
            if field.type is FieldType.IMAGE and field.id in row:
                add_picture(sheet, f"{get_column_letter(place)}{line}", scene(row[field.id]), width=80, height=60)


def _as_typed(field: Field, value: Any) -> Any:
    """As a secretary types it: a month as 1978.03, a long text without the line break it begins with in TOML.

    The value of a picture is the name of a scene, and its cell stays empty.
    """
    if field.type is FieldType.IMAGE:
        return None
    if field.type is FieldType.MONTH and isinstance(value, date):
        return value.strftime("%Y.%m")
    return value.strip("\n") if isinstance(value, str) else value


def _lines(field: Field, value: Any) -> int:
    """How many lines a value takes in its column."""
    width = int(_WIDTHS.get(field.type, _NARROW) / 2)
    return sum(1 + len(line) // width for line in str(value).strip("\n").split("\n"))
