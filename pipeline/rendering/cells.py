"""What one cell, one row and one table say about themselves, over what their style says (17.4).

Margins, borders and shading come from the table style, the table, the row's exceptions (tblPrEx) and the cell, the
later one wins. What a cell states itself is kept apart from what the table gives it: at a shared edge it wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.rendering.borders import border
from pipeline.rendering.markup import Element, attribute, child, flag, local, value
from pipeline.rendering.model import NO_BORDER, Border, TableRow
from pipeline.rendering.table_looks import CellSpot, TableStyle
from pipeline.rendering.textstyle import shading
from pipeline.rendering.theme import Theme
from pipeline.rendering.units import twips

_SIDES = {"start": "left", "end": "right"}
_DEFAULT_MARGINS = {"top": 0.0, "right": 5.4, "bottom": 0.0, "left": 5.4}
_VALIGN: dict[str, Literal["top", "middle", "bottom"]] = {"center": "middle", "both": "middle", "bottom": "bottom"}
_RULES: dict[str, Literal["auto", "at-least", "exact"]] = {"exact": "exact", "auto": "auto", "atLeast": "at-least"}


@dataclass(frozen=True, slots=True)
class TableFormat:
    """What holds for all cells of a table: ``borders`` by side (with insideH, insideV) and ``margins`` in points."""

    borders: Mapping[str, Border]
    margins: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CellFormat:
    """One cell. ``stated`` are the borders it names itself, ``inherited`` those of its table; padding in CSS order.

    ``direction`` is its w:textDirection, "" for ordinary lines; ``diagonals`` the lines across it, falling and rising.
    """

    stated: Mapping[str, Border]
    inherited: Mapping[str, Border]
    padding: tuple[float, float, float, float]
    valign: Literal["top", "middle", "bottom"]
    direction: str
    diagonals: tuple[Border, Border]
    shades: Mapping[str, str] = field(default_factory=dict)

    def shading(self, theme: Theme) -> str:
        """The fill as ``#rrggbb``, "" for none."""
        return shading({"shd": self.shades}, theme)


def table_format(style: TableStyle, properties: Element | None) -> TableFormat:
    """Borders and margins of a table: its style's with all that is based on, then its own."""
    holders = [child(each.element, "w:tblPr") for each in reversed(style.styles.ancestry(style.name))]
    borders: dict[str, Border] = {}
    margins = dict(_DEFAULT_MARGINS)
    for holder in (*holders, properties):
        borders |= _borders(child(holder, "w:tblBorders"))
        margins |= _margins(child(holder, "w:tblCellMar"))
    return TableFormat(borders, margins)


def cell_format(
    table: TableFormat,
    exception: Element | None,
    styled: Iterable[Element],
    properties: Element | None,
    spot: CellSpot,
    rows: int,
) -> CellFormat:
    """One cell. ``exception`` is its row's w:tblPrEx, ``styled`` the parts of the table style that hold for it."""
    around = dict(table.borders) | _borders(child(exception, "w:tblBorders"))
    holders = [child(part, "w:tcPr") for part in styled]
    given: dict[str, Border] = {}
    for part in styled:
        conditional_borders = child(part, "w:tblPr", "w:tblBorders")
        if part.tag.endswith("}tblStylePr") and conditional_borders is not None:
            given |= _borders(conditional_borders)
    for holder in holders:
        given |= _borders(child(holder, "w:tcBorders"))
    edge = {
        "top": spot.row == 0,
        "bottom": spot.row + rows == spot.rows,
        "left": spot.column == 0,
        "right": spot.column + spot.span == spot.columns,
    }
    inherited = {}
    for side, outer in edge.items():
        inside = "insideH" if side in ("top", "bottom") else "insideV"
        inherited[side] = around.get(side if outer else inside, NO_BORDER)
        if side in given:
            inherited[side] = given[side]
    margins = dict(table.margins) | _margins(child(exception, "w:tblCellMar"))
    shades: Mapping[str, str] = {}
    valign, direction = "", ""
    for holder in (*holders, properties):
        margins |= _margins(child(holder, "w:tcMar"))
        fill = child(holder, "w:shd")
        if fill is not None:
            shades = {local(str(name)): str(text) for name, text in fill.attrib.items()}
        valign = value(child(holder, "w:vAlign")) or valign
        direction = value(child(holder, "w:textDirection")) or direction
    own = _borders(child(properties, "w:tcBorders"))
    across = given | own
    return CellFormat(
        stated={side: own[side] for side in edge if side in own},
        inherited=inherited,
        padding=(margins["top"], margins["right"], margins["bottom"], margins["left"]),
        valign=_VALIGN.get(valign, "top"),
        direction="" if direction in ("lrTb", "lrTbV", "tb") else direction,
        diagonals=(across.get("tl2br", NO_BORDER), across.get("tr2bl", NO_BORDER)),
        shades=shades,
    )


def row_format(row: Element) -> TableRow:
    """A row without its cells: height and rule, header, may it be split."""
    properties = child(row, "w:trPr")
    height = child(properties, "w:trHeight")
    points = max(twips(attribute(height, "w:val", "0")), 0.0)
    return TableRow(
        cells=(),
        height=points,
        rule=_RULES.get(attribute(height, "w:hRule", "atLeast"), "at-least") if points else "auto",
        header=flag(child(properties, "w:tblHeader")),
        cant_split=flag(child(properties, "w:cantSplit")),
    )


def _borders(holder: Element | None) -> dict[str, Border]:
    if holder is None:
        return {}
    sides = {}
    for side in holder:
        name = local(str(side.tag))
        sides[_SIDES.get(name, name)] = border({local(str(key)): str(text) for key, text in side.attrib.items()})
    return sides


def _margins(holder: Element | None) -> dict[str, float]:
    if holder is None:
        return {}
    margins = {}
    for side in holder:
        name = local(str(side.tag))
        if attribute(side, "w:type", "dxa") == "dxa":
            margins[_SIDES.get(name, name)] = max(twips(attribute(side, "w:w", "0")), 0.0)
    return margins
