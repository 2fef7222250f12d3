"""A workbook of plain tables, for what the office tells rather than asks: a checklist, the figures behind a report.

Numbers and days are written as such, so that Excel can add and sort them; text is text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.sheets.writing import (
    BODY,
    TITLE,
    as_bytes,
    cell_at,
    link_outside,
    new_workbook,
    print_on_one_width,
    put_table,
    put_text,
    set_widths,
)

_DAY = 'yyyy"年"m"月"d"日"'

ListedValue = str | int | date


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
    workbook.remove(workbook.worksheets[0])
    for listing in listings:
        sheet = workbook.create_sheet(listing.sheet)
        top = 1
        for text, font in ((listing.title, TITLE), (listing.remark, BODY)):
            if text:
                put_text(cell_at(sheet, top, 1), text).font = font
                top += 1
        shown = [[_shown(value) for value in row] for row in listing.rows]
        put_table(sheet, top, listing.headings, listing.widths, shown)
        for number, row in enumerate(listing.rows):
            for column, value in enumerate(row):
                cell = cell_at(sheet, top + 1 + number, column + 1)
                if not isinstance(value, str):
                    cell.value = value
                if isinstance(value, date):
                    cell.number_format = _DAY
                if (number, column) in listing.links:
                    link_outside(cell, listing.links[number, column])
        set_widths(sheet, listing.widths)
        sheet.freeze_panes = f"A{top + 1}"
        sheet.print_title_rows = f"{top}:{top}"  # the headings on every printed page
        print_on_one_width(sheet)
    return as_bytes(workbook)


def _shown(value: ListedValue) -> str:
    """A value as wide as it will look."""
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)
