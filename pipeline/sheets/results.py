"""Results of formulas, kept beside them.

openpyxl writes a formula without its result and leaves the reckoning to the program that opens the file. A preview, a
telephone or our own reader, which reckon nothing, would then show an empty cell where the sender saw his number; so
the results that stood in his file are put back. Excel reckons anew when it opens the file all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from xml.sax.saxutils import escape

from openpyxl import Workbook as Opened
from openpyxl.utils.datetime import to_excel

from pipeline.core.text import without_forbidden
from pipeline.core.values import CellError, CellValue, Formatted, Workbook
from pipeline.sheets.addresses import position
from pipeline.sheets.overlooked import UNCALCULATED

_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)>(<f\b[^>]*?(?:/>|>[^<]*</f>))<v\s*(?:/>|></v>)</c>')

Results = Mapping[str, Mapping[str, CellValue]]
"""By the sheet's name and the cell's address."""


def formulas_in(workbook: Opened) -> Mapping[str, tuple[str, ...]]:
    """The addresses of the formulas of each sheet that has any."""
    found = {
        sheet.title: tuple(cell.coordinate for cell in sheet._cells.values() if cell.data_type == "f")
        for sheet in workbook.worksheets
    }
    return {name: cells for name, cells in found.items() if cells}


def results_of(formulas: Mapping[str, tuple[str, ...]], read: Workbook) -> Results:
    """The results of these formulas, as they were read from the file."""
    grids = {sheet.name: sheet.grid for sheet in read.sheets}
    return {name: {cell: _at(grids.get(name, ()), cell) for cell in cells} for name, cells in formulas.items()}


def with_results(part: bytes, results: Mapping[str, CellValue]) -> bytes:
    """A worksheet part with the results put behind their formulas."""

    def put(match: re.Match[str]) -> str:
        cell, attributes, formula = match.groups()
        written = _written(results.get(cell))
        if written is None or " t=" in attributes:
            return match[0]
        type_, text = written
        return f'<c r="{cell}"{attributes}{type_}>{formula}<v>{text}</v></c>'

    return _FORMULA.sub(put, part.decode()).encode()


def _at(grid: tuple[tuple[CellValue, ...], ...], cell: str) -> CellValue:
    row, column = position(cell) or (0, 0)
    line = grid[row - 1] if 0 < row <= len(grid) else ()
    return line[column - 1] if 0 < column <= len(line) else None


def _written(value: CellValue) -> tuple[str, str] | None:
    """A result as the type's attribute and the text of its element; None when there is none to be written."""
    if value is None or (isinstance(value, CellError) and value.text == UNCALCULATED):
        return None
    if isinstance(value, CellError):
        return ' t="e"', escape(value.text)
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, Formatted):
        value = value.number
    if isinstance(value, str):
        return ' t="str"', escape(without_forbidden(value))
    if isinstance(value, date | datetime | time):
        return "", repr(to_excel(value))  # type: ignore[no-untyped-call]
    return "", repr(value)
