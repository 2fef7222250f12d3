"""A filled form: labels anywhere in the sheet, each with its value to the right, one paper a sheet.

The grid of 社区“兼职委员”人员情况登记表 has two and more pairs in a row, joined cells, a photo box without a value
cell, and a line above it that holds label and value in one cell (社区党组织：……  填表日期：……). The boxes for opinions
hold printed words (盖章, 年 月 日) that are no content; the date below an opinion belongs to the field 意见日期.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.core.findings import Finding, Severity
from pipeline.core.kind import Field, FieldType, Table
from pipeline.core.values import CellValue, Picture, Row, Sheet, Value
from pipeline.sheets.addresses import address
from pipeline.sheets.coerce import Coercer
from pipeline.sheets.faults import Fault
from pipeline.sheets.headings import LONGEST, Headings, folded
from pipeline.sheets.wording import shown

_LARGEST = 400
"""Rows of the longest form; a longer sheet is none."""

_SEGMENTS = re.compile(r"[\t\n]|\s{2,}|\u3000+")
_PAIR = re.compile(r"\s*([^:：]{1,20})[:：]\s*(.*)", re.DOTALL)
_PRINTED = re.compile(
    r"\s*[(（]?\s*(?:盖\s*章|公\s*章|签\s*[字名章](?:\s*盖\s*章)?)\s*[)）]?\s*[:：]?\s*(?:年\s*月\s*日)?\s*|\s*年\s+月\s+日\s*"
)
_CLOSING_DATE = re.compile(r"\s*(?:[(（]?盖\s*章[)）]?)?\s*(\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)\s*")


@dataclass(frozen=True, slots=True)
class Box:
    """Where a field's label stands, and the cell and raw value beside it (or behind the colon in the same cell)."""

    label: tuple[int, int]
    place: tuple[int, int]
    raw: CellValue


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form found in a sheet: its boxes by field id."""

    sheet: Sheet
    table: Table
    boxes: Mapping[str, Box]

    @property
    def missing(self) -> tuple[Field, ...]:
        """The required fields without a label and without a default that could stand in."""
        return tuple(f for f in self.table.fields if f.required and not f.default and f.id not in self.boxes)

    @property
    def is_blank(self) -> bool:
        """Whether nobody has filled it: a printed form with every box empty."""
        written = (box.raw for box in self.boxes.values())
        return not self.sheet.pictures and all(not _without_printed(shown(raw)).strip() for raw in written)


def locate_form(sheet: Sheet, headings: Headings) -> FilledForm | None:
    """The form in this sheet; None when it has fewer than two labels or is too long for one."""
    if len(sheet.grid) > _LARGEST:
        return None
    extents = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
    labels: dict[tuple[int, int], Field] = {}
    for row, line in enumerate(sheet.grid, start=1):
        for column, value in enumerate(line, start=1):
            if isinstance(value, str) and len(value) <= LONGEST and (field := headings.field(value)):
                labels[row, column] = field
    boxes: dict[str, Box] = {}
    for (row, column), field in labels.items():
        if field.id not in boxes:
            right = extents.get((row, column), (row, column))[1] + 1
            empty = (row, right) in labels or field.type is FieldType.IMAGE
            boxes[field.id] = Box((row, column), (row, right), None if empty else _value(sheet, row, right))
    for field_id, box in _pairs_in_one_cell(sheet, headings, labels).items():
        boxes.setdefault(field_id, box)
    _share_closing_dates(headings.table, boxes)
    return FilledForm(sheet, headings.table, boxes) if len(boxes) >= 2 else None


def typed_form(form: FilledForm, forms: Mapping[str, str]) -> tuple[Row, tuple[Finding, ...]]:
    """The one row of a form and the findings at its boxes. Unreadable boxes are left out of the values."""
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    findings = []
    first = min(box.label for box in form.boxes.values())
    for field in form.table.fields:
        box = form.boxes.get(field.id)
        if box is None and field.required and not field.default:
            continue  # its missing label is a finding already
        raw: CellValue | Picture = box.raw if box else None
        if field.type is FieldType.IMAGE and (picture := _photo(form, box)):
            raw = picture
        elif isinstance(raw, str):
            raw = _without_printed(raw)
        if box:
            cells[field.id] = address(*box.place) if field.type is not FieldType.IMAGE else address(*box.label)
        value = Coercer(field, forms)(raw)
        if isinstance(value, Fault):
            findings.append(value.at(form.sheet.name, cells.get(field.id, ""), field, raw))
            if value.severity is Severity.ERROR:
                continue
            value = value.value
        values[field.id] = value
    return Row(form.sheet.name, first[0], values, cells), tuple(findings)


def _value(sheet: Sheet, row: int, column: int) -> CellValue:
    line = sheet.grid[row - 1] if row <= len(sheet.grid) else ()
    return line[column - 1] if column <= len(line) else None


def _pairs_in_one_cell(sheet: Sheet, headings: Headings, labels: Mapping[tuple[int, int], Field]) -> Mapping[str, Box]:
    """Labels with the value behind a colon: 填表日期：2020年5月8日, several to a cell when blanks part them."""
    found: dict[str, Box] = {}
    for row, line in enumerate(sheet.grid, start=1):
        for column, value in enumerate(line, start=1):
            if not isinstance(value, str) or (row, column) in labels or not (":" in value or "：" in value):
                continue
            for segment in _SEGMENTS.split(value):
                pair = _PAIR.fullmatch(segment)
                field = headings.field(pair[1]) if pair else None
                if field and pair and field.id not in found:
                    found[field.id] = Box((row, column), (row, column), pair[2].strip() or None)
    return found


def _share_closing_dates(table: Table, boxes: dict[str, Box]) -> None:
    """Give the date at the end of an opinion to the field named after it, where that has no label of its own."""
    by_heading = {folded(heading): field for field in table.fields for heading in field.headings}
    for field in table.fields:
        box = boxes.get(field.id)
        dated = by_heading.get(folded(f"{field.heading}日期"))
        if box is None or dated is None or dated.id in boxes or not isinstance(box.raw, str):
            continue
        lines = box.raw.rstrip().split("\n")
        if closing := _CLOSING_DATE.fullmatch(lines[-1]):
            boxes[field.id] = Box(box.label, box.place, "\n".join(lines[:-1]) or None)
            boxes[dated.id] = Box(box.label, box.place, closing[1])


def _without_printed(text: str) -> str:
    """A box's text without the words that were printed in it."""
    return "\n".join(line for line in text.split("\n") if not line.strip() or not _PRINTED.fullmatch(line))


def _photo(form: FilledForm, box: Box | None) -> Picture | None:
    """The picture over the photo box; without a box, or when it lies beside it, the sheet's only picture."""
    pictures = form.sheet.pictures
    if box:
        row, column = box.label
        bottom, right = next(
            ((bottom, right) for top, left, bottom, right in form.sheet.merged if (top, left) == box.label),
            (row, column),
        )
        over = [p for p in pictures if row <= p.row <= bottom and column <= p.column <= right]
        beside = [p for p in pictures if row <= p.row <= bottom and p.column == right + 1]
        if over or beside:
            return (over or beside)[0]
    alone = len(pictures) == 1 and sum(other.type is FieldType.IMAGE for other in form.table.fields) == 1
    return pictures[0] if alone else None
