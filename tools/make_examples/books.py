"""Excel files that look made by hand and are byte for byte the same each time.

openpyxl stamps the time of saving into the properties and the zip directory; both are set to a fixed day here. Dates
carry Excel's own Chinese number format 31, which has an id and no text: that is what a Chinese Excel writes, and what
many readers take for a plain number (an int, 43937, instead of 2020年4月16日).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | date | None

DAY = 'yyyy"年"m"月"d"日"'
_SAVED = datetime(2020, 4, 16, 9, 0, 0)
_ZIP_DAY = (2020, 4, 16, 9, 0, 0)
_LINE = Side(style="thin", color="FF000000")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the field it holds, the heading as this secretary writes it, its width in characters."""

    field: str
    heading: str
    width: float


def new_workbook() -> Workbook:
    """A workbook without sheets, with the properties of the office."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "王益区委组织部"
    workbook.properties.created = _SAVED
    return workbook


def add_table(
    workbook: Workbook,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Cell]],
    *,
    title: str = "",
    remark: str = "",
    row_height: float | None = None,
) -> Worksheet:
    """A sheet with a table of ``rows`` (field id to value), under a merged ``title`` and a ``remark`` line if given."""
    sheet: Worksheet = workbook.create_sheet(name)
    top = 1
    for text, size in ((title, 18), (remark, 11)):
        if text:
            sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=len(columns))
            cell = sheet.cell(top, 1, text)
            cell.font = Font(name="宋体", size=size, bold=size > 11)
            cell.alignment = Alignment(horizontal="center" if size > 11 else "left", vertical="center")
            sheet.row_dimensions[top].height = size * 1.6
            top += 1
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        heading = put(sheet, top, place, column.heading)
        heading.font = Font(name="宋体", size=11, bold=True)
        heading.fill = PatternFill("solid", fgColor="FFDDEBF7")
        heading.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        for below, row in enumerate(rows, start=top + 1):
            put(sheet, below, place, row.get(column.field))
    if row_height:
        for below in range(top + 1, top + 1 + len(rows)):
            sheet.row_dimensions[below].height = row_height
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    fit_to_width(sheet, landscape=True)
    return sheet


def fit_to_width(sheet: Worksheet, *, landscape: bool) -> None:
    """Print the sheet one page wide on A4."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def put(sheet: Worksheet, row: int, column: int, value: Cell):  # type: ignore[no-untyped-def]
    """Write one bordered cell, formatted as its value asks for; returns it."""
    cell = sheet.cell(row, column, value)
    cell.border = BOX
    cell.font = Font(name="宋体", size=11)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if isinstance(value, date):
        cell.number_format = DAY
    elif isinstance(value, str) and not value.startswith("="):
        cell.number_format = "@"
    return cell


def add_picture(sheet: Worksheet, address: str, png: bytes, *, width: int, height: int) -> None:
    """Float a picture over a cell; ``width`` and ``height`` in pixels."""
    picture = Image(io.BytesIO(png))
    picture.width, picture.height = width, height
    sheet.add_image(picture, address)


def saved(workbook: Workbook) -> bytes:
    """The workbook as bytes that depend on nothing but its content."""
    raw = io.BytesIO()
    workbook.save(raw)
    result = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, _settled(name, source.read(name)))
    return result.getvalue()


def _settled(name: str, data: bytes) -> bytes:
    if name == "docProps/core.xml":
        stamp = _SAVED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
    if name == "xl/styles.xml":
        return _with_built_in_dates(data.decode()).encode()
    return data


def _with_built_in_dates(styles: str) -> str:
    """Put Excel's built-in number format 31 (yyyy年m月d日 in a Chinese Excel) in place of the written-out one."""
    written = DAY.replace('"', "&quot;")
    match = re.search(rf'<numFmt numFmtId="(\d+)" formatCode="{re.escape(written)}" ?/>', styles)
    if not match:
        return styles
    styles = styles.replace(match[0], "").replace(f'numFmtId="{match[1]}"', 'numFmtId="31"')
    return re.sub(r'<numFmts count="1">\s*</numFmts>', "", styles)
