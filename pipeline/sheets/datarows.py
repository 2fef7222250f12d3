"""Which rows under a table's headings are data.

No row that may be somebody's data is left out in silence: a row counts as a total, a note or the line for signatures
only at the very end, and only when it lacks what a row of this table must say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.kind import Field, FieldType
from pipeline.core.values import CellValue
from pipeline.sheets.headings import ROW_NUMBERS, Headings, folded
from pipeline.sheets.marks import EXAMPLE
from pipeline.sheets.tables import Located
from pipeline.sheets.wording import one_line, paragraphs, shown

_TOTAL = re.compile(r"(?:本页|本表|以上)?(?:合计|总计|小计|共计|累计)(?:[:：].*)?")
_ENDING = re.compile(
    r"(?:填表|填报|制表|审核|复核|审批|经办|单位|部门|主要|分管|负责|联系|记录|签字|盖章|日期|时间|电话|人|[(（]|[)）]|\s)+[:：].*"
    r"|(?:注|备\s*注|说\s*明|填表说明|注意(?:事项)?)(?:[:：].*)?"
    r"|[(（](?:盖章|公章|签字)[)）]|.{0,12}(?:签字|签名|签章|盖章)[)）]?[:：]?"
    r"|[—\-–*＊(（\s]*以下(?:空白|无正文|无内容)[—\-–*＊)）\s]*"
    r"|(?:\d+[.．、]\s*)?[本此]表.*|第\s*\d+\s*页.*"
    r"|(?:共|总人数|人数|人数小计|总数)[:：]?\s*\d*\s*[人名户份个]?"
)
_NOTES = re.compile(r"(?:注|备\s*注|说\s*明|填表说明|注意(?:事项)?)\s*(?:[:：]|$)")
_MOST_NOTES = 20
_DAY = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
"""A day under a table belongs to the signature, unless it stands in a column of days."""
_ADORNMENT = " \u3000*＊【["
"""What may stand before a heading."""
_DAYS = {FieldType.DATE, FieldType.MONTH}


@dataclass(frozen=True, slots=True)
class Below:
    """The cells of a column below the headings, the first in the row after them; ``different`` has each value once."""

    cells: Sequence[CellValue]
    different: frozenset[CellValue]


Columns = Mapping[int, Below]
"""By the number of the column."""


def columns_below(located: Located, rows: int) -> Columns:
    """The cells of every column of a table in the ``rows`` rows below its headings; cells of blanks are empty."""
    lines = located.sheet.grid[located.last : located.last + rows]
    width = max(located.columns)
    if any(len(line) < width for line in lines):
        lines = tuple(line + (None,) * (width - len(line)) for line in lines)
    columns = list(zip(*lines, strict=False)) or [()] * width
    missing = (None,) * (rows - len(lines))
    return {column: _without_blanks(columns[column - 1] + missing) for column in located.columns}


def marked_examples(located: Located) -> list[int]:
    """The numbers of the rows below the headings in which a cell says 示例."""
    first = located.last + 1
    return [number for number, line in enumerate(located.sheet.grid[located.last :], start=first) if EXAMPLE in line]


def data_rows(
    located: Located, columns: Columns, with_picture: Collection[int], examples: Collection[int]
) -> list[int]:
    """The numbers of the rows that hold data; a row with a picture of its own always does. ``examples`` are those that
    ``marked_examples`` gives: they hold data where they say something else than our examples."""
    first = located.last + 1
    counting = {column for column, field in located.columns.items() if folded(field.heading) in ROW_NUMBERS}
    telling = [below.cells for column, below in columns.items() if column not in counting]
    # Rows that were numbered beforehand and never filled are no data.
    empty = (None,) * len(telling)
    numbers = [number for number, cells in enumerate(zip(*telling, strict=True), start=first) if cells != empty]
    if with_picture:
        numbers = sorted({*numbers, *with_picture})
    left_out = {row for row in (*examples, *_repeated(located, columns)) if _is_no_data(located, row)}
    if left_out:
        numbers = [number for number in numbers if number not in left_out]
    grid = located.sheet.grid
    del numbers[_begin_of_notes(numbers, with_picture, located) :]
    while numbers and numbers[-1] not in with_picture and _is_ending(grid[numbers[-1] - 1], located):
        numbers.pop()
    return numbers


def _begin_of_notes(numbers: Sequence[int], with_picture: Collection[int], located: Located) -> int:
    """Where in ``numbers`` a list of notes begins: 说明： and below it nothing but rows of one text each."""
    grid = located.sheet.grid
    for place in range(len(numbers) - 1, max(-1, len(numbers) - _MOST_NOTES - 1), -1):
        line = grid[numbers[place] - 1]
        texts = _texts(line)
        if numbers[place] in with_picture or not texts:
            break
        if _NOTES.match(texts[0]) and _is_ending(line, located):
            return place
        if len(texts) > 1 or sum(value is not None for value in line) > 1:
            break
    return len(numbers)


def _without_blanks(cells: tuple[CellValue, ...]) -> Below:
    different = frozenset(cells)
    blank = {cell for cell in different if isinstance(cell, str) and (not cell or cell.isspace())}
    if not blank:
        return Below(cells, different)
    return Below(tuple([None if cell in blank else cell for cell in cells]), different - blank | {None})


def _repeated(located: Located, columns: Columns) -> set[int]:
    """The rows that may be headings printed again: a cell says its own heading."""
    first = located.last + 1
    rows: set[int] = set()
    headings = Headings(located.table)
    for column, below in columns.items():
        field = located.columns[column]
        begins = {heading[:1] for heading in field.headings}
        firsts = begins.union(_ADORNMENT)
        texts = (cell for cell in below.different if isinstance(cell, str) and cell[0] in firsts)
        alike = (text for text in texts if text.lstrip(_ADORNMENT)[:1] in begins)
        same = {cell for cell in alike if headings.field(cell) is field}
        if same:
            rows.update(number for number, cell in enumerate(below.cells, start=first) if cell in same)
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
    texts = _texts(line)
    if not texts:
        return False
    if _TOTAL.fullmatch(folded(texts[0])) or _TOTAL.fullmatch(texts[0]):
        return True
    required = [column for column, field in located.columns.items() if field.required]
    lacking = sum(_at(line, column) is None for column in required)
    if lacking * 2 < len(required):
        return False
    return _ENDING.fullmatch(texts[0]) is not None or _is_signed_day(line, texts, located)


def _texts(line: Sequence[CellValue]) -> list[str]:
    return [text for value in line if isinstance(value, str) and (text := one_line(value))]


def _is_signed_day(line: Sequence[CellValue], texts: Sequence[str], located: Located) -> bool:
    if len(texts) > 1 or not _DAY.fullmatch(texts[0]):
        return False
    column = next(place for place, value in enumerate(line, start=1) if isinstance(value, str) and value.strip())
    return column not in located.columns or located.columns[column].type not in _DAYS


def _at(line: Sequence[CellValue], column: int) -> CellValue:
    value = line[column - 1] if column <= len(line) else None
    return None if isinstance(value, str) and not value.strip() else value


def _compared(text: str) -> str:
    return one_line(paragraphs(text)).replace(" ", "")
