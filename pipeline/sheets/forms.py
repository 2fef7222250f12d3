"""Filled forms: labels anywhere in a sheet, each with its value to the right; one paper a form.

The grid of 社区“兼职委员”人员情况登记表 has two and more pairs in a row, joined cells, a photo box without a value
cell, and a line above it that holds label and value in one cell (社区党组织：……  填表日期：……). Several forms may stand
on one sheet, below one another or side by side: where most labels repeat, a new form begins. The boxes for opinions
hold printed words (盖章, 年 月 日) that are no content; the date below an opinion belongs to the field 意见日期.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.core.kind import Field, FieldType, Table
from pipeline.core.values import CellValue, Picture, Sheet
from pipeline.sheets.headings import LONGEST, Headings, folded
from pipeline.sheets.wording import shown

_LARGEST = 2000
"""Rows of the longest sheet of forms; a longer one is none."""

_SEGMENTS = re.compile(r"[\t\n]|\s{2,}|\u3000+")
_PAIR = re.compile(r"\s*([^:：]{1,20})[:：]\s*(.*)", re.DOTALL)
_PRINTED = re.compile(
    r"\s*[(（]?\s*(?:盖\s*章|公\s*章|签\s*[字名章](?:\s*盖\s*章)?)\s*[)）]?\s*[:：]?\s*(?:年\s*月\s*日)?\s*|\s*年\s+月\s+日\s*"
)
_CLOSING_DATE = re.compile(r"\s*(?:[(（]?盖\s*章[)）]?)?\s*(\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)\s*")

Place = tuple[int, int]
"""Row and column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a field's label stands, and the cell and raw value beside it (or behind the colon in the same cell)."""

    label: Place
    place: Place
    raw: CellValue


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a sheet that one form takes; rows and columns inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: Place) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form found in a sheet: its boxes by field id. ``unused`` are cells beside one another that are no field."""

    sheet: Sheet
    table: Table
    region: Region
    boxes: Mapping[str, Box]
    unused: tuple[tuple[Place, str, str], ...] = ()

    @property
    def missing(self) -> tuple[Field, ...]:
        """The required fields without a label and without a default that could stand in."""
        return tuple(f for f in self.table.fields if f.required and not f.default and f.id not in self.boxes)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures over the form."""
        return tuple(picture for picture in self.sheet.pictures if (picture.row, picture.column) in self.region)

    @property
    def is_blank(self) -> bool:
        """Whether nobody has filled it: a printed form with every box empty."""
        written = (box.raw for box in self.boxes.values())
        return not self.pictures and all(not without_printed(shown(raw)).strip() for raw in written)


def locate_forms(sheet: Sheet, headings: Headings) -> tuple[FilledForm, ...]:
    """The forms in this sheet; none when it has fewer than two labels or is too long."""
    if len(sheet.grid) > _LARGEST:
        return ()
    labels = dict(_labels(sheet, headings))
    pairs = dict(_pairs_in_one_cell(sheet, headings, labels))
    marks = {place: (field,) for place, field in labels.items()} | {
        place: tuple(field for field, _value in found) for place, found in pairs.items()
    }
    forms = []
    for region in _regions(marks, headings.table):
        boxes = _boxes(sheet, region, labels, pairs)
        _share_closing_dates(headings.table, boxes)
        if len(boxes) >= 2:
            unused = tuple(_unused(sheet, region, boxes, marks))
            forms.append(FilledForm(sheet, headings.table, region, boxes, unused))
    return tuple(forms)


def without_printed(text: str) -> str:
    """A box's text without the words that were printed in it."""
    return "\n".join(line for line in text.split("\n") if not line.strip() or not _PRINTED.fullmatch(line))


def _labels(sheet: Sheet, headings: Headings) -> Iterator[tuple[Place, Field]]:
    for row, line in enumerate(sheet.grid, start=1):
        for column, value in enumerate(line, start=1):
            if isinstance(value, str) and len(value) <= LONGEST and (field := headings.field(value)):
                yield (row, column), field


def _pairs_in_one_cell(
    sheet: Sheet, headings: Headings, labels: Mapping[Place, Field]
) -> Iterator[tuple[Place, tuple[tuple[Field, str], ...]]]:
    """Labels with the value behind a colon: 填表日期：2020年5月8日, several to a cell when blanks part them."""
    for row, line in enumerate(sheet.grid, start=1):
        for column, value in enumerate(line, start=1):
            if not isinstance(value, str) or (row, column) in labels or not (":" in value or "：" in value):
                continue
            pairs = (pair for segment in _SEGMENTS.split(value) if (pair := _PAIR.fullmatch(segment)))
            found = tuple((field, pair[2].strip()) for pair in pairs if (field := headings.field(pair[1])))
            if found:
                yield (row, column), found


def _regions(marks: Mapping[Place, Sequence[Field]], table: Table) -> Iterator[Region]:
    """The parts of the sheet that hold a form each: the whole of it, or cut where most of the labels come again."""
    whole = Region(1, 1, 1 << 20, 1 << 14)
    for band in _cut(whole, marks, axis=0):
        yield from _cut(band, {place: fields for place, fields in marks.items() if place in band}, axis=1)


def _cut(region: Region, marks: Mapping[Place, Sequence[Field]], axis: int) -> list[Region]:
    """Cut by rows (axis 0: the same label again below) or by columns (axis 1: the same label again in its row)."""
    places: dict[str, list[Place]] = {}
    for place, fields in sorted(marks.items()):
        for field in fields:
            first = places.setdefault(field.id, [place])[0]
            if place[axis] > first[axis] and place[1 - axis] == first[1 - axis]:
                places[field.id].append(place)
    again = [found for found in places.values() if len(found) > 1]
    if len(again) < 2 or 2 * len(again) < len(places):
        return [region]
    starts = [place[axis] for place in min(again)]
    if axis == 0:
        rows = [region.top, *starts[1:], region.bottom + 1]
        return [Region(top, region.left, below - 1, region.right) for top, below in pairwise(rows)]
    columns = [region.left, *starts[1:], region.right + 1]
    return [Region(region.top, left, region.bottom, beyond - 1) for left, beyond in pairwise(columns)]


def _boxes(
    sheet: Sheet,
    region: Region,
    labels: Mapping[Place, Field],
    pairs: Mapping[Place, Sequence[tuple[Field, str]]],
) -> dict[str, Box]:
    extents = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
    boxes: dict[str, Box] = {}
    for (row, column), field in labels.items():
        if (row, column) in region and field.id not in boxes:
            right = extents.get((row, column), (row, column))[1] + 1
            empty = (row, right) in labels or field.type is FieldType.IMAGE or (row, right) not in region
            boxes[field.id] = Box((row, column), (row, right), None if empty else value_at(sheet, row, right))
    for place, found in pairs.items():
        for field, value in found if place in region else ():
            boxes.setdefault(field.id, Box(place, place, value or None))
    return boxes


def value_at(sheet: Sheet, row: int, column: int) -> CellValue:
    """The value of a cell, also beyond the grid."""
    line = sheet.grid[row - 1] if row <= len(sheet.grid) else ()
    return line[column - 1] if column <= len(line) else None


def _unused(
    sheet: Sheet, region: Region, boxes: Mapping[str, Box], marks: Mapping[Place, Sequence[Field]]
) -> Iterator[tuple[Place, str, str]]:
    """Two filled cells beside one another, below the first label, that no field has claimed: 曾用名 | 刘红."""
    claimed = {box.place for box in boxes.values()} | marks.keys()
    extents = {(top, left): right for top, left, _bottom, right in sheet.merged}
    first = min(box.label[0] for box in boxes.values()) if boxes else 0
    for row in range(first, min(len(sheet.grid), region.bottom) + 1):
        for column, text in enumerate(sheet.grid[row - 1], start=1):
            place, beside = (row, column), (row, extents.get((row, column), column) + 1)
            if place in claimed or beside in claimed or place not in region or not isinstance(text, str):
                continue
            value = shown(value_at(sheet, *beside)).strip()
            if value and folded(text) and len(text) <= LONGEST // 4 and without_printed(value).strip():
                claimed |= {place, beside}
                yield place, text, value


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
