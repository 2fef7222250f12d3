"""The rows of a long table, written into the sheets of a workbook that is finished but for them.

openpyxl makes an object of each cell and weighs its looks: 0.2 ms a row of nine cells, and a folder's list is written
anew whenever a paper comes into it. So openpyxl writes the sheet with its headings and settings, and the rows below are
put into its XML as text, a twentieth of the work. They look as ``writing.put_table`` has them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.sheets.addresses import letters
from pipeline.sheets.writing import BODY, GRID, LINK, WRAPPED, begins_like_a_formula, height_of, shown_text, timeless

_DAY = 'yyyy"年"m"月"d"日"'
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')

RowValue = str | int | date
Look = tuple[bool, bool, bool]
"""Whether a cell is a link, whether its text must be told from a formula, whether it is a day."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows below row ``above`` of a sheet; ``links`` maps row and column (from 0) to the path that a cell opens."""

    above: int
    widths: Sequence[float]
    rows: Sequence[Sequence[RowValue]]
    links: Mapping[tuple[int, int], str]


class Looks:
    """The looks of cells, by their number in the workbook of ``sheet``. Ask for them before the workbook is written."""

    def __init__(self, sheet: Worksheet) -> None:
        self._of = {
            (link, quoted, day): _look(sheet, LINK if link else BODY, quoted=quoted, day=day)
            for link in (False, True)
            for quoted, day in ((False, False), (True, False), (False, True))
        }

    def of(self, value: RowValue, *, link: bool) -> int:
        """The number of the look of a cell with this value."""
        return self._of[link, isinstance(value, str) and begins_like_a_formula(value), isinstance(value, date)]


def with_rows(workbook: bytes, tables: Sequence[Rows], looks: Looks) -> bytes:
    """The workbook with the rows of each of its sheets; the same bytes for the same content."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    for number, table in enumerate(tables, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _with_rows(parts[name], table, looks)
        if table.links:
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations(table)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(timeless(name), data)
    return stream.getvalue()


def _look(sheet: Worksheet, font: Font, *, quoted: bool, day: bool) -> int:
    cell = Cell(sheet, row=1, column=1)
    cell.font, cell.alignment, cell.border = font, WRAPPED, GRID
    cell.quotePrefix = quoted
    if day:
        cell.number_format = _DAY
    return int(cell.style_id)


def _with_rows(sheet: bytes, table: Rows, looks: Looks) -> bytes:
    if not table.rows:
        return sheet
    last = f"{letters(len(table.widths))}{table.above + len(table.rows)}"
    sheet = _DIMENSION.sub(f'<dimension ref="A1:{last}"/>'.encode(), sheet, count=1)
    rows = "".join(_row(number, row, table, looks) for number, row in enumerate(table.rows))
    links = "".join(
        f'<hyperlink ref="{letters(column + 1)}{table.above + 1 + row}" r:id="rId{count}"/>'
        for count, (row, column) in enumerate(table.links, start=1)
    )
    led = f'</sheetData><hyperlinks xmlns:r="{_OFFICE}">{links}</hyperlinks>' if links else "</sheetData>"
    before, _end, after = sheet.partition(b"</sheetData>")
    return b"".join((before, rows.encode(), led.encode(), after))


def _row(number: int, row: Sequence[RowValue], table: Rows, looks: Looks) -> str:
    line = table.above + 1 + number
    texts = [value if isinstance(value, str) else shown(value) for value in row]
    cells = "".join(
        _cell(f"{letters(column)}{line}", value, looks.of(value, link=(number, column - 1) in table.links))
        for column, value in enumerate(row, start=1)
    )
    return f'<row r="{line}" ht="{height_of(texts, table.widths):g}" customHeight="1">{cells}</row>'


def _cell(address: str, value: RowValue, look: int) -> str:
    if isinstance(value, date):
        return f'<c r="{address}" s="{look}"><v>{to_excel(value)}</v></c>'  # type: ignore[no-untyped-call]
    if isinstance(value, int):
        return f'<c r="{address}" s="{look}"><v>{value}</v></c>'
    if not value:
        return f'<c r="{address}" s="{look}"/>'
    told = escape(shown_text(value), quote=False)
    return f'<c r="{address}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{told}</t></is></c>'


def shown(value: int | date) -> str:
    """A value as wide as it will look."""
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)


def _relations(table: Rows) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(_targets(table.links.values()))}</Relationships>'.encode()


def _targets(paths: Iterable[str]) -> Iterator[str]:
    for count, path in enumerate(paths, start=1):
        target = escape(path, quote=True)
        yield f'<Relationship Type="{_HYPERLINK}" Target="{target}" TargetMode="External" Id="rId{count}"/>'
