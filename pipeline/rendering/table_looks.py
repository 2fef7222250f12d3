"""What a table style says about one cell: its conditional parts, merged in Word's order (17.7.6).

First row, last column, bands: each may bring run, paragraph and cell properties. ``w:tblLook`` says which of them the
table asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.rendering.markup import Element, attribute, child, is_on, value
from pipeline.rendering.properties import EMPTY, Properties, merged, paragraph_properties, run_properties
from pipeline.rendering.styles import CONDITIONS, Styles, TableLook, conditional
from pipeline.rendering.units import integer

_BITS = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}


@dataclass(frozen=True, slots=True)
class CellSpot:
    """Where a cell stands in its table; columns and rows from 0."""

    row: int
    rows: int
    column: int
    span: int
    columns: int


@dataclass(frozen=True, slots=True)
class StyledCell:
    """What the style gives a cell: ``look`` for its paragraphs, ``parts`` the style elements, weakest first."""

    look: TableLook
    parts: tuple[Element, ...]


@dataclass(frozen=True)
class TableStyle:
    """A table style with the conditions its table asks for."""

    styles: Styles
    name: str
    asked: Mapping[str, bool]
    row_band: int = 1
    column_band: int = 1

    def cell(self, spot: CellSpot) -> StyledCell:
        """The style's part in one cell."""
        return _styled(self.styles, self.name, self._conditions(spot))

    def _conditions(self, spot: CellSpot) -> tuple[str, ...]:
        ask = self.asked
        first_row = ask["firstRow"] and spot.row == 0
        last_row = ask["lastRow"] and spot.row == spot.rows - 1
        first_column = ask["firstColumn"] and spot.column == 0
        last_column = ask["lastColumn"] and spot.column + spot.span == spot.columns
        holds = {"wholeTable"}
        if not ask["noHBand"] and not first_row and not last_row:
            band = (spot.row - ask["firstRow"]) // self.row_band
            holds.add("band1Horz" if band % 2 == 0 else "band2Horz")
        if not ask["noVBand"] and not first_column and not last_column:
            band = (spot.column - ask["firstColumn"]) // self.column_band
            holds.add("band1Vert" if band % 2 == 0 else "band2Vert")
        named = {
            "firstRow": first_row,
            "lastRow": last_row,
            "firstCol": first_column,
            "lastCol": last_column,
            "nwCell": first_row and first_column,
            "neCell": first_row and last_column,
            "swCell": last_row and first_column,
            "seCell": last_row and last_column,
        }
        holds.update(name for name, held in named.items() if held)
        return tuple(condition for condition in CONDITIONS if condition in holds)


def table_style(styles: Styles, properties: Element | None) -> TableStyle:
    """The style a table names in its w:tblPr, else the default table style."""
    name = value(child(properties, "w:tblStyle"))
    name = name if name in styles.by_id else styles.defaults.get("table", "")
    look = child(properties, "w:tblLook")
    mask = int(value(look) or "0", 16) if set(value(look)) <= set("0123456789abcdefABCDEF") else 0
    asked = {}
    for condition, bit in _BITS.items():
        stated = attribute(look, f"w:{condition}")
        asked[condition] = is_on(stated) if stated else bool(mask & bit)
    if look is None:
        asked.update(noHBand=True, noVBand=True)
    bands = {}
    for band in ("Row", "Col"):
        sizes = [child(ancestor.element, "w:tblPr", f"w:tblStyle{band}BandSize") for ancestor in styles.ancestry(name)]
        bands[band] = next((integer(value(size, "1")) for size in sizes if size is not None), 1)
    return TableStyle(styles, name, asked, max(bands["Row"], 1), max(bands["Col"], 1))


@lru_cache(maxsize=256)
def _styled(styles: Styles, name: str, conditions: tuple[str, ...]) -> StyledCell:
    """What a table style gives the cells for which these conditions hold."""
    parts = tuple(
        part
        for condition in conditions
        for ancestor in reversed(styles.ancestry(name))
        if (part := conditional(ancestor, condition)) is not None
    )
    run: Properties = EMPTY
    paragraph: Properties = EMPTY
    for part in parts:
        run = merged(run, run_properties(part))
        paragraph = merged(paragraph, paragraph_properties(part))
    return StyledCell(TableLook(run, paragraph), parts)
