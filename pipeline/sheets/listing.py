"""A workbook of plain tables, for what the office tells rather than asks: a checklist, the figures behind a report.

Numbers and days are written as such, so that Excel can add and sort them; text is text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.worksheet.worksheet import Worksheet

from pipeline.sheets.ruledrows import Looks, Rows, RowValue, with_rows
from pipeline.sheets.writing import (
    BODY,
    TITLE,
    as_bytes,
    cell_at,
    new_workbook,
    print_on_one_width,
    put_table,
    put_text,
    set_widths,
)

ListedValue = RowValue


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet: a heading over each column, as wide as ``widths`` says (characters), and the rows.

    ``title`` and ``remark`` stand above the table where they are given. ``links`` maps row and column of a cell (from
    0) to the relative path it opens, with "/" between folders.
    """

    sheet: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[ListedValue]]
    title: str = ""
    remark: str = ""
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)


def listing_workbook(listings: Sequence[Listing]) -> bytes:
    """The sheets as .xlsx bytes, the same for the same content."""
    workbook = new_workbook()
    sheets = [workbook.create_sheet(listing.sheet) for listing in listings]
    looks = Looks(workbook.worksheets[0])
    workbook.remove(workbook.worksheets[0])
    below = [_begin(sheet, listing) for sheet, listing in zip(sheets, listings, strict=True)]
    return with_rows(as_bytes(workbook), below, looks)


def _begin(sheet: Worksheet, listing: Listing) -> Rows:
    """Write what stands above the rows and how the sheet is shown; returns the rows that are still to come."""
    top = 1
    for text, font in ((listing.title, TITLE), (listing.remark, BODY)):
        if text:
            put_text(cell_at(sheet, top, 1), text).font = font
            top += 1
    put_table(sheet, top, listing.headings, listing.widths, ())
    set_widths(sheet, listing.widths)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"  # the headings on every printed page
    print_on_one_width(sheet)
    return Rows(top, listing.widths, listing.rows, listing.links)
