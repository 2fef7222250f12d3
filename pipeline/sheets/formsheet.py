"""The form variant of a table: a ruled sheet to fill box by box, one paper a sheet.

Short fields stand two pairs to a row, long ones over the whole width, a person's photo in a tall box at the upper
right; several photos (of an activity) have large boxes below. The reader finds labels wherever they are; this layout is
only made to be pleasant.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.kind import Field, FieldType, Kind, Table
from pipeline.core.messages import _
from pipeline.sheets.addresses import address
from pipeline.sheets.headings import ROW_NUMBERS, folded
from pipeline.sheets.marks import COMMENT_AUTHOR
from pipeline.sheets.picklists import PickLists
from pipeline.sheets.writing import (
    BODY,
    CENTRED,
    GRID,
    HEADING,
    TITLE,
    WRAPPED,
    cell_at,
    print_on_one_width,
    put_text,
    set_widths,
)

FORM_SHEET = "填写用表"
_WIDTHS = (16.0, 26.0, 16.0, 26.0, 16.0)
_LAST = 4
_PHOTO_ROWS = 5
_PHOTO_HEIGHT = 140.0  # points
_LONG = {FieldType.LONG_TEXT, FieldType.ORG}


def add_form_sheet(workbook: Workbook, kind: Kind, table: Table, lists: PickLists) -> None:
    """Add the form of ``table`` to the workbook as a sheet of its own."""
    sheet = workbook.create_sheet(FORM_SHEET)
    fields = [field for field in table.fields if folded(field.heading) not in ROW_NUMBERS]
    photos = [field for field in fields if field.type is FieldType.IMAGE]
    photo = photos[0] if len(photos) == 1 else None
    width = _LAST + 1 if photo else _LAST
    put_text(cell_at(sheet, 1, 1), kind.name).font = TITLE
    cell_at(sheet, 1, 1).alignment = CENTRED
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet.row_dimensions[1].height = 36
    if photo:
        _label(sheet, 2, _LAST + 1, photo)
        _join(sheet, 2, _LAST + 1, 1 + _PHOTO_ROWS, _LAST + 1)
    layout = _layout(fields)
    for row, boxes in enumerate(layout, start=2):
        right = _LAST if photo and row < 2 + _PHOTO_ROWS else width
        if len(boxes) == 1:
            _box(sheet, row, 1, boxes[0], lists, through=right)
        else:
            _box(sheet, row, 1, boxes[0], lists, through=2)
            _box(sheet, row, 3, boxes[1], lists, through=right)
    for place, field in enumerate(photos if not photo else ()):
        _photograph(sheet, 2 + len(layout) + place // 2, 1 + 2 * (place % 2), field)
    set_widths(sheet, _WIDTHS[:width])
    print_on_one_width(sheet, landscape=False)


def _layout(fields: Sequence[Field]) -> list[tuple[Field, ...]]:
    """The fields of each row: two short ones, or one alone."""
    rows: list[tuple[Field, ...]] = []
    waiting: tuple[Field, ...] = ()
    for field in fields:
        if field.type is FieldType.IMAGE:
            continue
        if field.type in _LONG:
            rows += [waiting] if waiting else []
            rows.append((field,))
            waiting = ()
        elif waiting:
            rows.append((*waiting, field))
            waiting = ()
        else:
            waiting = (field,)
    return rows + ([waiting] if waiting else [])


def _box(sheet: Worksheet, row: int, column: int, field: Field, lists: PickLists, *, through: int) -> None:
    """A label and its value box, which reaches to column ``through``."""
    _label(sheet, row, column, field)
    value = sheet.cell(row, column + 1)
    value.number_format, value.font, value.alignment = "@", BODY, WRAPPED
    _join(sheet, row, column + 1, row, through)
    lists.offer(sheet, field, address(row, column + 1))
    long = field.type is FieldType.LONG_TEXT
    sheet.row_dimensions[row].height = 72 if long else max(sheet.row_dimensions[row].height or 0, 30)


def _photograph(sheet: Worksheet, row: int, column: int, field: Field) -> None:
    """A label and a box to put a photo into, as high as a photo taken lying is in its width."""
    _label(sheet, row, column, field)
    _join(sheet, row, column + 1, row, column + 1)
    sheet.row_dimensions[row].height = _PHOTO_HEIGHT


def _label(sheet: Worksheet, row: int, column: int, field: Field) -> None:
    cell: Cell = put_text(cell_at(sheet, row, column), field.heading + ("*" if field.required else ""))
    cell.font, cell.alignment, cell.border = HEADING, CENTRED, GRID
    if field.help:
        cell.comment = Comment(field.help, COMMENT_AUTHOR)


def _join(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.cell(row, column).border = GRID
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def instructions() -> str:
    """What the guide says about the form."""
    return _("也可以用“{sheet}”那张表，一张填一份；填几份就复制几张。两种方式只用一种。").format(sheet=FORM_SHEET)
