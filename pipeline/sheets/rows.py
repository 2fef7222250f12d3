"""The rows under a table's headings, typed, with those left out that are no data.

Left out are empty rows, headings printed again on the next page, the example row of our own blank workbook as long as
it is untouched, and at the end totals, notes and the line for signatures. No row that may be somebody's data is left
out in silence. Cells joined downwards give their value to each of their rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, FieldType
from pipeline.core.messages import _
from pipeline.core.values import CellValue, Picture, Row, Value
from pipeline.sheets.addresses import RowAddresses, address, letters
from pipeline.sheets.coerce import Coercer
from pipeline.sheets.faults import Fault
from pipeline.sheets.headings import ROW_NUMBERS, Headings, folded
from pipeline.sheets.marks import EXAMPLE
from pipeline.sheets.tables import Located
from pipeline.sheets.wording import one_line, paragraphs, shown

_TOTAL = re.compile(r"(?:本页)?(?:合计|总计|小计|共计|累计)(?:[:：].*)?")
_ENDING = re.compile(
    r"(?:填表|填报|制表|审核|复核|审批|经办|单位|部门|主要|分管|负责|联系|记录|签字|盖章|日期|时间|电话|人|[(（]|[)）]|\s)+[:：].*"
    r"|(?:注|备注|说明|填表说明|注意)[:：].*"
    r"|[(（](?:盖章|公章|签字)[)）]"
)

Cells = Sequence[CellValue]


def typed_rows(located: Located, forms: Mapping[str, str]) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The data rows of a located table and the findings at their cells.

    A field whose cell cannot be read is left out of the row's values; every other field of the table is in them.
    """
    sheet = located.sheet
    coercers = {column: Coercer(field, forms) for column, field in located.columns.items()}
    letters_of = {field.id: letters(column) for column, field in located.columns.items()}
    absent = _absent(located, forms)
    joined = _joined(located)
    pictures = _pictures(located)
    hidden = set(sheet.hidden_rows)
    rows, findings = [], []
    for number in _data_rows(located, pictures):
        line = sheet.grid[number - 1] if number <= len(sheet.grid) else ()
        values: dict[str, Value] = dict(absent)
        for column, coercer in coercers.items():
            raw: CellValue | Picture = line[column - 1] if column <= len(line) else None
            if joined and raw is None and (number, column) in joined:
                raw = joined[number, column]
            if pictures and (number, column) in pictures:
                raw = pictures[number, column]
            if raw == EXAMPLE:
                continue
            value = coercer(raw)
            if type(value) is Fault:
                findings.append(value.at(sheet.name, f"{letters(column)}{number}", coercer.field, _found(raw)))
                if value.severity is Severity.ERROR:
                    continue
                value = value.value
            values[coercer.field.id] = value  # type: ignore[assignment]  # mypy does not narrow on type(…) is
        rows.append(Row(sheet.name, number, values, RowAddresses(letters_of, number)))
        if EXAMPLE in line:
            findings.append(_half_example(located, number, line.index(EXAMPLE) + 1))
        if number in hidden:
            findings.append(_hidden(located, number))
    return tuple(rows), tuple(findings)


def _found(raw: CellValue | Picture) -> object:
    return _("图片") if isinstance(raw, Picture) else raw


def _absent(located: Located, forms: Mapping[str, str]) -> dict[str, Value]:
    """Values of the fields without a column: their defaults. Required ones without a default have a finding already."""
    values: dict[str, Value] = {}
    for field in located.table.fields:
        if field.id not in located.found and (field.default or not field.required):
            value = Coercer(field, forms)(None)
            values[field.id] = None if isinstance(value, Fault) else value
    return values


def _joined(located: Located) -> dict[tuple[int, int], CellValue]:
    """The value of every cell below the first one of cells joined downwards."""
    spread = {}
    grid = located.sheet.grid
    for top, left, bottom, _right in located.sheet.merged:
        if bottom > top > located.last and left in located.columns and top <= len(grid) and left <= len(grid[top - 1]):
            for row in range(top + 1, bottom + 1):
                spread[row, left] = grid[top - 1][left - 1]
    return spread


def _pictures(located: Located) -> dict[tuple[int, int], Picture]:
    """The pictures over cells of picture columns; one a little beside its column counts, the row decides."""
    columns = [column for column, field in located.columns.items() if field.type is FieldType.IMAGE]
    placed: dict[tuple[int, int], Picture] = {}
    for picture in located.sheet.pictures:
        if columns and picture.row > located.last:
            nearest = min(columns, key=lambda column: abs(column - picture.column))
            if abs(nearest - picture.column) <= 1:
                placed.setdefault((picture.row, nearest), picture)
    return placed


def _data_rows(located: Located, pictures: Mapping[tuple[int, int], Picture]) -> list[int]:
    """The numbers of the rows that hold data."""
    grid = located.sheet.grid
    headings = Headings(located.table)
    columns = tuple(column - 1 for column in located.columns)
    fields = tuple(located.columns.values())
    counting = {index for index, field in enumerate(fields) if folded(field.heading) in ROW_NUMBERS}
    examples = tuple(_compared(field.example) for field in fields)
    with_picture = {row for row, _column in pictures}
    numbers = []
    for number in range(located.last + 1, max(len(grid), *with_picture, 0) + 1):
        line = grid[number - 1] if number <= len(grid) else ()
        cells = [line[column] if column < len(line) else None for column in columns]
        filled = [(index, cell) for index, cell in enumerate(cells) if cell is not None and not _blank(cell)]
        # Rows that were numbered beforehand and never filled are no data.
        if all(index in counting for index, _cell in filled) and number not in with_picture:
            continue
        if not ((EXAMPLE in line and _is_example(filled, examples)) or _is_heading(filled, fields, headings)):
            numbers.append(number)
    while numbers and numbers[-1] not in with_picture and _is_ending(grid[numbers[-1] - 1], located):
        numbers.pop()
    return numbers


def _blank(cell: CellValue) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _at(line: Cells, column: int) -> CellValue:
    return line[column] if column < len(line) else None


def _compared(text: str) -> str:
    return one_line(paragraphs(text)).replace(" ", "")


def _is_example(filled: Sequence[tuple[int, CellValue]], examples: Sequence[str]) -> bool:
    """Whether a row marked as example says nothing but our examples. One written over is left to be read."""
    return all(cell == EXAMPLE or _compared(shown(cell)) == examples[index] for index, cell in filled)


def _is_heading(filled: Sequence[tuple[int, CellValue]], fields: Sequence[Field], headings: Headings) -> bool:
    """Whether a row repeats the headings."""
    first, cell = filled[0] if filled else (0, None)
    if not isinstance(cell, str) or headings.field(cell) is not fields[first]:
        return False
    same = sum(isinstance(cell, str) and headings.field(cell) is fields[index] for index, cell in filled)
    return same * 2 > len(filled)


def _is_ending(line: Cells, located: Located) -> bool:
    """Whether a last row is a total, a note or the line for signatures: short of what a row of this table must say."""
    texts = [one_line(value) for value in line if isinstance(value, str) and one_line(value)]
    if not texts:
        return False
    if _TOTAL.fullmatch(folded(texts[0])) or _TOTAL.fullmatch(texts[0]):
        return True
    required = [column for column, field in located.columns.items() if field.required]
    lacking = sum(_at(line, column - 1) is None for column in required)
    return lacking * 2 >= len(required) and _ENDING.fullmatch(texts[0]) is not None


def _half_example(located: Located, number: int, column: int) -> Finding:
    """The finding about an example row that was written over but still says 示例."""
    field = located.columns.get(column)
    return Finding(
        Code.PATTERN,
        sheet=located.sheet.name,
        cell=address(number, column),
        heading=field.heading if field else "",
        found=EXAMPLE,
        hint=_("这一行还标着“示例”，内容却改过了；要办理就把“示例”改成自己的内容或删去，不办理就删掉这一行"),
    )


def _hidden(located: Located, number: int) -> Finding:
    return Finding(
        Code.RULE,
        sheet=located.sheet.name,
        cell=f"A{number}",
        hint=_("第{row}行是隐藏（或筛选掉）的行，也照样办理；不要办的请删去").format(row=number),
        severity=Severity.WARNING,
    )
