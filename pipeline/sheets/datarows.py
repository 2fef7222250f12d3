"""Which rows under a table's headings are data.

No row that may be somebody's data is left out in silence: a row counts as a total, a note or the line for signatures
only at the very end, and only when it lacks what a row of this table must say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from pipeline.core.kind import Field
from pipeline.core.values import CellValue
from pipeline.sheets.headings import ROW_NUMBERS, Headings, folded
from pipeline.sheets.marks import EXAMPLE
from pipeline.sheets.tables import Located
from pipeline.sheets.wording import one_line, paragraphs, shown

_TOTAL = re.compile(r"(?:本页|本表|以上)?(?:合计|总计|小计|共计|累计)(?:[:：].*)?")
_ENDING = re.compile(
    r"(?:填表|填报|制表|审核|复核|审批|经办|单位|部门|主要|分管|负责|联系|记录|签字|盖章|日期|时间|电话|人|[(（]|[)）]|\s)+[:：].*"
    r"|(?:注|备注|说明|填表说明|注意)[:：].*"
    r"|[(（](?:盖章|公章|签字)[)）]"
)

Columns = Mapping[int, Sequence[CellValue]]
"""The cells below the headings by column; the first stands in the row after the headings."""


def columns_below(located: Located, rows: int) -> Columns:
    """The cells of every column of a table in the ``rows`` rows below its headings; cells of blanks are empty."""
    lines = located.sheet.grid[located.last : located.last + rows]
    width = max(located.columns)
    if any(len(line) < width for line in lines):
        lines = tuple(line + (None,) * (width - len(line)) for line in lines)
    columns = list(zip(*lines, strict=False)) or [()] * width
    missing = (None,) * (rows - len(lines))
    return {column: _without_blanks(columns[column - 1]) + missing for column in located.columns}


def data_rows(located: Located, columns: Columns, with_picture: Collection[int]) -> list[int]:
    """The numbers of the rows that hold data; a row with a picture of its own always does."""
    first = located.last + 1
    telling = [cells for column, cells in columns.items() if folded(located.columns[column].heading) not in ROW_NUMBERS]
    # Rows that were numbered beforehand and never filled are no data.
    empty = (None,) * len(telling)
    numbers = [number for number, cells in enumerate(zip(*telling, strict=True), start=first) if cells != empty]
    if with_picture:
        numbers = sorted({*numbers, *with_picture})
    left_out = {row for row in _suspects(located, columns) if _is_no_data(located, row)}
    if left_out:
        numbers = [number for number in numbers if number not in left_out]
    grid = located.sheet.grid
    while numbers and numbers[-1] not in with_picture and _is_ending(grid[numbers[-1] - 1], located):
        numbers.pop()
    return numbers


def _without_blanks(cells: tuple[CellValue, ...]) -> tuple[CellValue, ...]:
    blank = {cell for cell in set(cells) if isinstance(cell, str) and not cell.strip()}
    return tuple(None if cell in blank else cell for cell in cells) if blank else cells


def _suspects(located: Located, columns: Columns) -> set[int]:
    """The rows that may be examples or headings printed again: a cell says 示例, or its own heading."""
    first = located.last + 1
    rows = {number for number, line in enumerate(located.sheet.grid[located.last :], start=first) if EXAMPLE in line}
    headings = Headings(located.table)
    for column, cells in columns.items():
        field = located.columns[column]
        begins = {heading[:1] for heading in field.headings}
        alike = (cell for cell in set(cells) if isinstance(cell, str) and cell.lstrip(" \u3000*＊【[")[:1] in begins)
        same = {cell for cell in alike if headings.field(cell) is field}
        if same:
            rows.update(number for number, cell in enumerate(cells, start=first) if cell in same)
    return rows


def _is_no_data(located: Located, number: int) -> bool:
    line = located.sheet.grid[number - 1] if number <= len(located.sheet.grid) else ()
    filled = [(field, cell) for column, field in located.columns.items() if (cell := _at(line, column)) is not None]
    return (EXAMPLE in line and _is_example(filled)) or _is_heading(filled, Headings(located.table))


def _is_example(filled: Sequence[tuple[Field, CellValue]]) -> bool:
    """Whether a row marked as example says nothing but our examples. One written over is left to be read."""
    return all(cell == EXAMPLE or _compared(shown(cell)) == _compared(field.example) for field, cell in filled)


def _is_heading(filled: Sequence[tuple[Field, CellValue]], headings: Headings) -> bool:
    """Whether a row repeats the headings."""
    same = sum(isinstance(cell, str) and headings.field(cell) is field for field, cell in filled)
    return same * 2 > len(filled)


def _is_ending(line: Sequence[CellValue], located: Located) -> bool:
    """Whether a last row is a total, a note or the line for signatures: short of what a row of this table must say."""
    texts = [one_line(value) for value in line if isinstance(value, str) and one_line(value)]
    if not texts:
        return False
    if _TOTAL.fullmatch(folded(texts[0])) or _TOTAL.fullmatch(texts[0]):
        return True
    required = [column for column, field in located.columns.items() if field.required]
    lacking = sum(_at(line, column) is None for column in required)
    return lacking * 2 >= len(required) and _ENDING.fullmatch(texts[0]) is not None


def _at(line: Sequence[CellValue], column: int) -> CellValue:
    value = line[column - 1] if column <= len(line) else None
    return None if isinstance(value, str) and not value.strip() else value


def _compared(text: str) -> str:
    return one_line(paragraphs(text)).replace(" ", "")
