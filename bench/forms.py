"""A workbook with any number of registration forms, one a row, made from the example office's own six people."""

from __future__ import annotations

from copy import copy
from itertools import cycle, islice
from pathlib import Path

import openpyxl

EXAMPLE = Path(__file__).parent.parent / "examples" / "inbox" / "兼职委员登记表（六人）.xlsx"

_HEADING_ROW = 3
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN = "建国志强秀英桂兰文静海燕立新晓东玉梅春生"


def write_forms(path: Path, count: int, *, first: int = 0) -> None:
    """Write ``count`` rows of different people, from the ``first`` on, to ``path``; without photographs, and without ID
    numbers, which would repeat."""
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book.worksheets[0]
    sheet._images.clear()
    headings = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[_HEADING_ROW]}
    rows = [row for row in sheet.iter_rows(min_row=_HEADING_ROW + 1) if row[2].value]
    people = [[(cell.value, copy(cell._style)) for cell in row] for row in rows]
    sheet.delete_rows(_HEADING_ROW + 1, len(rows))
    for number, person in enumerate(islice(cycle(people), count)):
        row = _HEADING_ROW + 1 + number
        for column, (value, style) in enumerate(person, 1):
            cell = sheet.cell(row, column)
            cell.value, cell._style = value, style  # whole: openpyxl calls Excel's own Chinese date formats "General"
        sheet.cell(row, headings["序号"]).value = number + 1
        sheet.cell(row, headings["姓名"]).value = name_of(first + number)
        sheet.cell(row, headings["身份证号"]).value = None
    book.save(path)


def name_of(number: int) -> str:
    """A name for the n-th person; no two have the same."""
    surname, rest = _SURNAMES[number % len(_SURNAMES)], number // len(_SURNAMES)
    given = _GIVEN[rest % len(_GIVEN)] + _GIVEN[(rest // len(_GIVEN) + 1) % len(_GIVEN)]
    more = rest // len(_GIVEN) ** 2
    return surname + given + (_GIVEN[more - 1] if more else "")
