"""Find a table in a sheet: the heading row below titles, notes and blank rows, and which column is which field.

Headings may take two rows (a group over its parts, joined cells); then the lower word counts, alone or behind the
upper one, and a heading that stands over both rows counts as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.core.kind import Field, Table
from pipeline.core.values import CellValue, Sheet
from pipeline.sheets.headings import LONGEST, ROW_NUMBERS, Headings, folded, without_notes

_SEARCHED_ROWS = 60
"""Nobody puts more than this above a table."""


@dataclass(frozen=True, slots=True)
class Located:
    """A table found in a sheet. Columns and rows count from 1; ``first`` and ``last`` bound the heading's rows.

    ``unknown`` are (column, text) of headings that mean no field, ``doubled`` those that mean a field already found.
    """

    sheet: Sheet
    table: Table
    first: int
    last: int
    columns: Mapping[int, Field]
    unknown: tuple[tuple[int, str], ...] = ()
    doubled: tuple[tuple[int, str], ...] = ()

    @property
    def found(self) -> frozenset[str]:
        """The ids of the fields that have a column."""
        return frozenset(field.id for field in self.columns.values())

    @property
    def missing(self) -> tuple[Field, ...]:
        """The required fields without a column and without a default that could stand in."""
        return tuple(f for f in self.table.fields if f.required and not f.default and f.id not in self.found)


def locate(sheet: Sheet, headings: Headings) -> Located | None:
    """The table in this sheet, by the row with most of its headings; None when no row has two of them."""
    best: Located | None = None
    joined = {top for top, _left, bottom, right in sheet.merged if bottom > top or right > _left}
    for row in range(1, min(len(sheet.grid), _SEARCHED_ROWS) + 1):
        two = row in joined and row < len(sheet.grid)
        if not two and not headings.any_of(_words_as_compared(sheet.grid[row - 1])):
            continue
        for height in (1, 2) if two else (1,):
            found = _read_headings(sheet, headings, row, row + height - 1)
            if found and (best is None or len(found.columns) > len(best.columns)):
                best = found
    return best if best and len(best.columns) >= min(2, len(headings.table.fields)) else None


@lru_cache(maxsize=1024)
def _words_as_compared(line: tuple[CellValue, ...]) -> frozenset[str]:
    """The words of a row as headings are compared: every table of every kind asks for the same first rows."""
    words = [value for value in line if isinstance(value, str) and len(value) <= 2 * LONGEST]
    return frozenset([*map(folded, words), *map(without_notes, words)])


def _read_headings(sheet: Sheet, headings: Headings, first: int, last: int) -> Located | None:
    columns: dict[int, Field] = {}
    unknown, doubled = [], []
    taken: set[str] = set()
    for column, words in enumerate(_words(sheet, first, last), start=1):
        field = next((field for word in words if (field := headings.field(word))), None)
        if field is None:
            if words and folded(words[-1]) not in ROW_NUMBERS and len(words[-1]) <= LONGEST:
                unknown.append((column, words[-1]))
        elif field.id in taken:
            doubled.append((column, words[0]))
        else:
            taken.add(field.id)
            columns[column] = field
    if not columns:
        return None
    return Located(sheet, headings.table, first, last, columns, tuple(unknown), tuple(doubled))


def _words(sheet: Sheet, first: int, last: int) -> list[tuple[str, ...]]:
    """What each column may be called, the likeliest first: the lower word, the upper and lower together, the upper."""
    lower = [_word(value) for value in sheet.grid[last - 1]]
    if first == last:
        return [(word,) if word else () for word in lower]
    upper = _spread(sheet, first)
    lower += [""] * (len(upper) - len(lower))
    upper += [""] * (len(lower) - len(upper))
    words: list[tuple[str, ...]] = []
    for above, below in zip(upper, lower, strict=True):
        both = (above + below, below) if above and below else ()
        words.append(both or ((below or above),) if above or below else ())
    return words


def _spread(sheet: Sheet, row: int) -> list[str]:
    """The words of a row with those of joined cells in each of their columns."""
    words = [_word(value) for value in sheet.grid[row - 1]]
    for top, left, _bottom, right in sheet.merged:
        if top == row and left <= len(words):
            words += [""] * (right - len(words))
            words[left - 1 : right] = [words[left - 1]] * (right - left + 1)
    return words


def _word(value: CellValue) -> str:
    return value.strip() if isinstance(value, str) else ""
