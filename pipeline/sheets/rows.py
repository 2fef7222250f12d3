"""The data rows of a table, typed, with everything that cannot be read named at its cell.

The work is done column by column: texts repeat down a column (性别, 民族, the same organisation), so each is read once.
Cells joined downwards give their value to each of their rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from types import NoneType

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.messages import _
from pipeline.core.rows import UNREAD, Addresses, Column, Places, Rows, Unread
from pipeline.core.values import CellError, CellValue, Formatted, Picture, Value
from pipeline.sheets.addresses import address, letters
from pipeline.sheets.coerce import Coercer
from pipeline.sheets.datarows import Below, columns_below, data_rows, marked_examples
from pipeline.sheets.faults import Fault
from pipeline.sheets.marks import EXAMPLE
from pipeline.sheets.photographs import Photographs, about_strays, photographs
from pipeline.sheets.tables import Located

Raw = CellValue | Picture
_HASHED_ALIKE = {str, NoneType, datetime, date, time, CellError, Formatted}
"""Types whose equal values mean the same; 1, 1.0 and True are equal and do not."""

_MOST_LISTED = 8


def typed_rows(located: Located, forms: Mapping[str, str]) -> tuple[Rows, tuple[Finding, ...]]:
    """The data rows of a located table and the findings at their cells, in the order of reading.

    A field whose cell cannot be read is unread in its row; every other field of the table has a value.
    """
    photos = photographs(located)
    with_picture = {row for row, _column in photos.by_cell}
    below = columns_below(located, max(len(located.sheet.grid), *with_picture, 0) - located.last)
    examples = marked_examples(located)
    numbers = data_rows(located, below, with_picture, examples)
    findings = list(_half_examples(located, sorted(set(examples).intersection(numbers))))
    columns = _absent(located, forms, len(numbers))
    holed = []
    for column, field in located.columns.items():
        raw, different = _raw(located, column, below[column], numbers, photos)
        values, faults = _coerced(Coercer(field, forms), raw, different)
        for place, fault in faults.items():
            cell = address(numbers[place], column)
            findings.append((numbers[place], column, fault.at(located.sheet.name, cell, field, _found(raw[place]))))
        if EXAMPLE in different:
            values = [UNREAD if cell == EXAMPLE else value for cell, value in zip(raw, values, strict=True)]
        if (faults or EXAMPLE in different) and UNREAD in values:
            holed.append(field.id)
        columns[field.id] = values
    told = [finding for _row, _column, finding in sorted(findings, key=lambda found: found[:2])]
    rows = Rows(columns, _places(located, numbers), holed)
    return rows, (*about_strays(located, photos.strays), *_hidden(located, numbers), *told)


def _raw(
    located: Located, column: int, below: Below, numbers: Sequence[int], photos: Photographs
) -> tuple[list[Raw], Collection[Raw]]:
    """The cells of a column in the data rows, with what the grid itself does not hold: the values of joined cells, and
    pictures; and each different one of them once, perhaps with a few more."""
    first = located.last + 1
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        raw: list[Raw] = list(below.cells[numbers[0] - first : numbers[-1] - first + 1])
    else:
        raw = [below.cells[number - first] for number in numbers]
    joined = _joined(located, column)
    if not joined and not photos.by_cell:
        return raw, below.different
    for place, number in enumerate(numbers):
        if raw[place] is None and number in joined:
            raw[place] = joined[number]
        raw[place] = photos.by_cell.get((number, column), raw[place])
    return raw, frozenset(raw)


def _coerced(
    coercer: Coercer, raw: Sequence[Raw], different: Collection[Raw]
) -> tuple[list[Value | Unread], dict[int, Fault]]:
    """What each cell of a column means, and by place the faults; one that is only told leaves its value."""
    if _HASHED_ALIKE.issuperset(map(type, different)) or {float, NoneType}.issuperset(map(type, raw)):
        known = coercer.each(different)
        if not any(type(result) is Fault for result in known.values()):
            return list(map(known.__getitem__, raw)), {}  # type: ignore[arg-type]
        results = list(map(known.__getitem__, raw))
    else:
        results = [coercer(cell) for cell in raw]
    faults = {place: result for place, result in enumerate(results) if isinstance(result, Fault)}
    return [_value(result) if isinstance(result, Fault) else result for result in results], faults


def _value(fault: Fault) -> Value | Unread:
    return UNREAD if fault.severity is Severity.ERROR else fault.value


def _places(located: Located, numbers: Sequence[int]) -> Places:
    name, letters_of = located.sheet.name, {field.id: letters(column) for column, field in located.columns.items()}
    return Places([name] * len(numbers), numbers, [Addresses(letters_of, number) for number in numbers])


def _absent(located: Located, forms: Mapping[str, str], rows: int) -> dict[str, Column]:
    """Values of the fields without a column: their defaults. Required ones without a default have a finding already."""
    absent = (field for field in located.table.fields if field.id not in located.found)
    defaults = {field.id: Coercer(field, forms)(None) for field in absent if field.default or not field.required}
    return {name: [None if isinstance(value, Fault) else value] * rows for name, value in defaults.items()}


def _joined(located: Located, column: int) -> dict[int, CellValue]:
    """The value of every cell below the first one of cells joined downwards, by row."""
    spread: dict[int, CellValue] = {}
    grid = located.sheet.grid
    for top, left, bottom, _right in located.sheet.merged:
        if left == column and bottom > top > located.last and top <= len(grid) and left <= len(grid[top - 1]):
            spread |= dict.fromkeys(range(top + 1, min(bottom, len(grid)) + 1), grid[top - 1][left - 1])
    return spread


def _found(raw: Raw) -> object:
    return _("图片") if isinstance(raw, Picture) else raw


def _half_examples(located: Located, numbers: Sequence[int]) -> Iterator[tuple[int, int, Finding]]:
    """Example rows that were written over but still say 示例, with their row and column."""
    for number in numbers:
        column = located.sheet.grid[number - 1].index(EXAMPLE) + 1
        field = located.columns.get(column)
        told = Finding(
            Code.PATTERN,
            sheet=located.sheet.name,
            cell=address(number, column),
            heading=field.heading if field else "",
            found=EXAMPLE,
            hint=_("这一行还标着“示例”，内容却改过了；要办理就把“示例”改成自己的内容或删去，不办理就删掉这一行"),
        )
        yield number, column, told


def _hidden(located: Located, numbers: Sequence[int]) -> Iterator[Finding]:
    """What is hidden of the table, which is carried out all the same."""
    rows = sorted(set(located.sheet.hidden_rows).intersection(numbers))
    columns = [column for column in located.columns if column in located.sheet.hidden_columns]
    if rows:
        shown = _("、").join(str(row) for row in rows[:_MOST_LISTED]) + (_("等") if len(rows) > _MOST_LISTED else "")
        hint = _("第{rows}行是隐藏（或筛选掉）的，共{n}行，也照样办理；不要办的请删去")
        yield _about_hidden(located, f"A{rows[0]}", hint.format(rows=shown, n=len(rows)))
    for column in columns:
        heading = located.columns[column].heading
        hint = _("“{heading}”这一列是隐藏的，里面的内容也照样办理，请核对").format(heading=heading)
        yield _about_hidden(located, address(located.last, column), hint)


def _about_hidden(located: Located, cell: str, hint: str) -> Finding:
    return Finding(Code.HIDDEN, sheet=located.sheet.name, cell=cell, hint=hint, severity=Severity.WARNING)
