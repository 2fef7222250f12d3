"""An answer written into the sender's workbook, in the best way that the workbook allows.

Nearly every .xlsx is changed part by part (``marked``) and keeps all that is in it. An unusual one (macros, a
signature, strict OOXML) goes through openpyxl, which keeps widths, formats, comments, other sheets and floating
pictures; pictures that stand *in* cells are put back floating over them. What cannot be opened so either (.xls, .ods,
.csv, or an .xlsx openpyxl chokes on) becomes an .xlsx copy of the values: the sender must get his findings in any case.
"""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
import zipfile
from collections import defaultdict
from functools import partial
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import PatternFill
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet
from PIL import UnidentifiedImageError

from pipeline.core.values import CellError, Formatted, Sheet, Workbook
from pipeline.sheets.addresses import address
from pipeline.sheets.answer import Answer, comment_size, comment_text, free_name, own_text
from pipeline.sheets.cellscan import scan
from pipeline.sheets.kept import Kept, kept_of
from pipeline.sheets.marked import marked
from pipeline.sheets.marks import COMMENT_AUTHOR, FILL, is_our_answer, is_our_comment
from pipeline.sheets.package import Package
from pipeline.sheets.pictures import in_cells
from pipeline.sheets.reader import read_workbook
from pipeline.sheets.results import formulas_in, results_of
from pipeline.sheets.sheetpart import SheetPart
from pipeline.sheets.unreadable import Limits
from pipeline.sheets.wording import shown
from pipeline.sheets.writing import (
    as_bytes,
    cell_at,
    columns_wide,
    in_front,
    new_workbook,
    put_error,
    put_text,
    set_widths,
)

log = logging.getLogger(__name__)

_NARROWEST, _WIDEST = 8.0, 40.0
"""Column widths of a copy, in characters."""

_PIXELS = 96
"""Longest side of a picture that is put back over its cell."""


def answered(path: Path, answer: Answer) -> bytes:
    """The workbook at ``path`` with the answer in it, as .xlsx bytes.

    Raises ``Unreadable`` when nothing can be read of it.
    """
    data = path.read_bytes()
    ways = (marked, lambda data, answer: resaved(path, data, answer))
    for way in ways if data.startswith(b"PK") and _has_workbook_part(data) else ():
        try:
            return way(data, answer)
        except Exception as error:  # whatever a stranger's file makes lxml or openpyxl raise: the next way serves
            log.info("another way of answering", extra={"file": path.name, "reason": repr(error)})
    copy = _copy_of(read_workbook(path, Limits()))
    _write(copy, answer, Kept.VALUES)
    return as_bytes(copy)


def resaved(path: Path, data: bytes, answer: Answer) -> bytes:
    """The workbook at ``path``, whose bytes are ``data``, as openpyxl writes it, with the answer in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of every extension it does not keep
        workbook = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    _restore_cell_pictures(workbook, data)
    _remove_our_marks(workbook)
    formulas = formulas_in(workbook)
    results = results_of(formulas, read_workbook(path, Limits())) if formulas else {}
    _write(workbook, answer, kept_of(data))
    return as_bytes(workbook, results)


def _write(workbook: openpyxl.Workbook, answer: Answer, kept: Kept) -> None:
    names = tuple(workbook.sheetnames)
    said: dict[Cell, list[str]] = defaultdict(list)
    for mark in answer.marks(names):
        cell = cell_at(workbook[mark.sheet], mark.row, mark.column)
        if mark.red:
            cell.fill = PatternFill("solid", fgColor=FILL)
        if mark.text:
            said[cell].append(mark.text)
    for cell, texts in said.items():
        text = comment_text(texts, cell.comment.text if cell.comment else "")
        width, height = comment_size(text)
        cell.comment = Comment(text, COMMENT_AUTHOR, height, width)
    answer.write(in_front(workbook, free_name(answer.sheet, names)), names, kept)


def _has_workbook_part(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.lower().endswith("workbook.xml") for name in archive.namelist())
    except zipfile.BadZipFile:
        return False


def _restore_cell_pictures(workbook: openpyxl.Workbook, data: bytes) -> None:
    package = Package(data)
    for name, part in package.sheets().items():
        found = scan(SheetPart(partial(package.open, part)), {})
        for picture in in_cells(package, found):
            _float(workbook[name], picture.row, picture.column, picture.data)
            workbook[name].cell(picture.row, picture.column).value = None


def _float(sheet: Worksheet, row: int, column: int, data: bytes) -> None:
    with contextlib.suppress(UnidentifiedImageError, OSError):
        image = Image(io.BytesIO(data))
        scale = min(1.0, _PIXELS / max(image.width, image.height, 1))
        image.width, image.height = int(image.width * scale), int(image.height * scale)
        sheet.add_image(image, address(row, column))


def _remove_our_marks(workbook: openpyxl.Workbook) -> None:
    for sheet in list(workbook.worksheets):
        if is_our_answer(sheet.title, sheet["A1"].value) and len(workbook.worksheets) > 1:
            workbook.remove(sheet)
            continue
        for cell in list(sheet._cells.values()):  # iter_rows() makes a cell for every place up to the farthest one
            if isinstance(cell, Cell) and not isinstance(cell, MergedCell) and cell.comment:
                _unmark(cell)


def _unmark(cell: Cell) -> None:
    comment = cell.comment
    if comment is None or not is_our_comment(comment.author or "", comment.text):
        return
    own = own_text(comment.text)
    cell.comment = Comment(own, "") if own else None
    if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == FILL:
        cell.fill = PatternFill()


def _copy_of(workbook: Workbook) -> openpyxl.Workbook:
    copy = new_workbook()
    copy.remove(copy.worksheets[0])
    for sheet in workbook.sheets:
        _copy_sheet(copy.create_sheet(INVALID_TITLE_REGEX.sub("_", sheet.name)[:31] or "_"), sheet)
    return copy


def _widths(sheet: Sheet) -> list[float]:
    """Column widths at which a copy can be read; those of the original are not known here."""
    width = max((len(line) for line in sheet.grid), default=0)
    widths = [_NARROWEST] * width
    for line in sheet.grid:
        for column, value in enumerate(line):
            if value is not None and widths[column] < _WIDEST:
                widths[column] = max(widths[column], min(_WIDEST, columns_wide(shown(value)) + 2))
    return widths


def _copy_sheet(target: Worksheet, sheet: Sheet) -> None:
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    for row, line in enumerate(sheet.grid, start=1):
        for column, value in enumerate(line, start=1):
            if isinstance(value, str):
                put_text(cell_at(target, row, column), value).number_format = "@"
            elif isinstance(value, Formatted):
                put_text(cell_at(target, row, column), value.text).number_format = "@"
            elif isinstance(value, CellError):
                put_error(cell_at(target, row, column), value.text)
            elif value is not None:
                target.cell(row, column).value = value
    set_widths(target, _widths(sheet))
    for top, left, bottom, right in sheet.merged:
        target.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for picture in sheet.pictures:
        _float(target, picture.row, picture.column, picture.data)
