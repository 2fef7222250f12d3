"""Small acts of writing with openpyxl that must be done the same way everywhere.

Text is written as text: a name that begins with = + - @ is no formula of ours, and characters that XML forbids would
make a file Excel calls damaged.
"""

from __future__ import annotations

import io
import math
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pipeline.core.text import without_forbidden
from pipeline.core.values import CellValue
from pipeline.sheets.addresses import letters
from pipeline.sheets.results import Results, with_results

_LONGEST = 32_767
"""Characters a cell of Excel can hold."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a program take text for a formula (CSV injection)."""

_NO_TIME = datetime(1980, 1, 1)
"""The first moment a zip file can tell."""

_LINE_HEIGHT = 15.0
_TITLE_HEIGHT = 26.0
_HIGHEST_ROW = 400.0
"""Points; Excel's own limit is 409."""

FACE = "宋体"
TITLE = Font(name=FACE, size=16, bold=True)
HEADING = Font(name=FACE, size=11, bold=True)
BODY = Font(name=FACE, size=11)
LINK = Font(name=FACE, size=11, color="FF0563C1", underline="single")
HEADING_FILL = PatternFill("solid", fgColor="FFDDEBF7")
WRAPPED = Alignment(vertical="top", wrap_text=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LINE = Side(style="thin", color="FF7F7F7F")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that can be written; of joined cells only the first one can."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        joined = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        return cell_at(sheet, joined.min_row, joined.min_col)
    return cell


def put_text(cell: Cell, text: str) -> Cell:
    """Write text as text, whatever it begins with; it stays text when somebody edits the cell."""
    cell.value = shown_text(text)
    if text:
        cell.data_type = "s"
        cell.quotePrefix = begins_like_a_formula(text)
    return cell


def shown_text(text: str) -> str:
    """A text as a cell can hold it."""
    return without_forbidden(text)[:_LONGEST]


def begins_like_a_formula(text: str) -> bool:
    """Whether a program would take this text for a formula, were it not told that it is text."""
    return text.startswith(_FORMULA_SIGNS)


def put_title(sheet: Worksheet, text: str) -> None:
    """The title of a sheet of ours, in its first cell, in a row as high as it needs."""
    put_text(cell_at(sheet, 1, 1), text).font = TITLE
    sheet.row_dimensions[1].height = _TITLE_HEIGHT


def put_error(cell: Cell, text: str) -> Cell:
    """Write an error value as one, so that a copy of a workbook does not take it for words."""
    cell.value = text if text in ERROR_CODES else "#N/A"
    cell.data_type = "e"
    return cell


def link_inside(cell: Cell, sheet: str, address: str) -> None:
    """Make a cell jump to another cell of the same workbook."""
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{address}")
    cell.font = LINK


def link_outside(cell: Cell, target: str) -> None:
    """Make a cell open a file; ``target`` is a relative path with "/" between folders."""
    cell.hyperlink = target
    cell.font = LINK


def put_table(
    sheet: Worksheet, first: int, headings: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]
) -> int:
    """Write a ruled table of texts from row ``first`` on; returns the number of the row after it.

    ``widths`` are those of the columns, in characters. Rows are set as high as their texts need, for programs differ
    in whether they do that by themselves when a file is opened.
    """
    cell: Any  # its ``_style`` is told to no type checker
    for column, heading in enumerate(headings, start=1):
        cell = put_text(cell_at(sheet, first, column), heading)
        cell.font, cell.fill, cell.alignment, cell.border = HEADING, HEADING_FILL, CENTRED, GRID
    number, looks = first + 1, None
    for row in rows:
        for column, text in enumerate(row, start=1):
            cell = cell_at(sheet, number, column)
            if looks is None:
                cell.font, cell.alignment, cell.border = BODY, WRAPPED, GRID
                looks = cell._style
            cell._style = copy(looks)  # openpyxl weighs font, alignment and border anew for each cell: half the time
            put_text(cell, text)
        sheet.row_dimensions[number].height = height_of(row, widths)
        number += 1
    return number


def height_of(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height in points of a row with these texts in columns of these widths (characters)."""
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    return min(4 + _LINE_HEIGHT * lines, _HIGHEST_ROW)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes: Han characters and full-width signs are two characters wide."""
    room = max(2.0, width - 1.5)
    return sum(max(1, math.ceil(_wide(part) / room)) for part in text.split("\n"))


def columns_wide(text: str) -> float:
    """How wide the longest line of a text is, in characters."""
    return max(map(_wide, text.split("\n")))


def _wide(line: str) -> float:
    return sum(map(_width_of, line))


@lru_cache(maxsize=1 << 16)
def _width_of(character: str) -> float:
    return 2.0 if unicodedata.east_asian_width(character) in "WFA" else 1.1


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Column widths in characters, from column A on."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[letters(column)].width = width


def print_on_one_width(sheet: Worksheet, *, landscape: bool = True) -> None:
    """Let a sheet print on A4, as wide as the page."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def in_front(workbook: Workbook, name: str) -> Worksheet:
    """A new first sheet, the one that is open when the file is opened."""
    sheet: Worksheet = workbook.create_sheet(name, 0)
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet
    workbook.active = 0
    return sheet


def new_workbook() -> Workbook:
    """An empty workbook that does not say when it was made; see ``as_bytes``."""
    workbook = Workbook()
    workbook.properties.created = _NO_TIME
    return workbook


def as_bytes(workbook: Workbook, results: Results | None = None) -> bytes:
    """The workbook as an .xlsx file, the same bytes for the same content; Excel calculates its formulas when it opens.

    ``results`` are those that its formulas had so far. A receipt or a returned workbook that is delivered again after
    a kill must be recognised as the same one.
    """
    calculation: Any = workbook.calculation
    calculation.fullCalcOnLoad = True
    workbook.properties.modified = _NO_TIME
    stream = io.BytesIO()
    with _Timeless(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sheet in enumerate(workbook.worksheets, start=1):
            if results and sheet.title in results:
                archive.results[f"xl/worksheets/sheet{number}.xml"] = results[sheet.title]
        ExcelWriter(workbook, archive).save()
    return stream.getvalue()


def timeless(name: str) -> zipfile.ZipInfo:
    """An entry of a zip file that does not say when it was written."""
    entry = zipfile.ZipInfo(name, _NO_TIME.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


class _Timeless(zipfile.ZipFile):
    """A zip file whose entries do not say when they were written; formulas keep the ``results`` of their part."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.results: dict[str, Mapping[str, CellValue]] = {}

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, data: Any, *_args: Any, **_kwargs: Any) -> None:
        """Write one entry."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(timeless(name), data)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_kwargs: Any) -> None:
        """Write a file as one entry."""
        name, data = str(arcname or filename), Path(filename).read_bytes()
        results = self.results.get(name.lstrip("/"))
        self.writestr(name, with_results(data, results) if results else data)
