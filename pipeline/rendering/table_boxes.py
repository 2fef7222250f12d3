"""Tables as boxes: collapsed borders, because like Word's they lie on the middle of the grid lines.

Row heights are given to cells, not to rows: WeasyPrint forgets what a spanning cell adds to a row's own height, while
a cell's height is a minimum that its content may exceed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence, Set
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import wrap_table

from pipeline.rendering.cell_runs import CellRun, groups, joined, row_height, run_of, together
from pipeline.rendering.diagonal import diagonals
from pipeline.rendering.looks import NONE, Looks, borders, colour, length, size
from pipeline.rendering.measure import height_of, padding_inside, row_heights, table_height
from pipeline.rendering.model import Block, Cell, Para, Table, TableRow
from pipeline.rendering.split_rows import SplittableCell, SplittableRow, SplittableTable
from pipeline.rendering.spread import spread
from pipeline.rendering.table_grid import Grid, grid_of
from pipeline.rendering.typecase import Typecase

BLOCK = ("block", "flow")
_COLLAPSED = {"border_collapse": "collapse"}
"""What a table hands down to all its parts."""
_PART_OF_PAGE = 0.4
"""How much of a page the cells of a row may fill as one: it must fit below repeated heads and above footnotes."""
_NEGLIGIBLE = 0.01
"""Points no printer can show."""
_TALLEST = 1584.0
"""Points: Word's tallest page. A cell over many rows and pages is given no more than one page can show."""


class _Measured(NamedTuple):
    """A table with the heights of its rows, its grid, and the room that its repeated heads leave on a page (points)."""

    table: Table
    heights: tuple[float, ...]
    grid: Grid
    room: float


class TableBoxes:
    """Makes the boxes of tables; ``blocks`` those of what is in a cell.

    In a header or footer (``in_band``) WeasyPrint itself finishes a table, each time it shows the band.
    ``row_stays_whole``: what is being made stands in a row that no page may break. ``page_height`` is that of the text
    area (points).
    """

    def __init__(self, looks: Looks, blocks: Callable[[Sequence[Block]], list[boxes.Box]], case: Typecase) -> None:
        self._looks = looks
        self._blocks = blocks
        self._case = case
        self.in_band = False
        self.row_stays_whole = False
        self.page_height = math.inf

    def table(self, table: Table, space: float) -> list[boxes.Box]:
        """A table ``space`` below what stands above it, or at the foot of its page with its room in the text kept free.

        ``Table.x`` is where its first grid line stands; CSS measures from the outside of the border on that line.
        """
        if not table.rows:
            return []
        left = table.x - max((row.cells[0].borders.left.width / 2 for row in table.rows if row.cells), default=0.0)
        if not table.foot:
            place = {"margin_left": length(left), "margin_top": length(space + table.before)}
            return [self._table(table, place)]
        place = {
            "position": "absolute",
            "bottom": NONE,
            "left": length(left),
            "width": size(sum(table.columns)),
        }
        foot = boxes.BlockBox("div", self._looks.of(display=BLOCK, **place), Element("div"), [self._table(table, {})])
        room = self._looks.of(
            display=BLOCK,
            height=size(table_height(table)),
            break_before="avoid",
            break_inside="avoid",
        )
        return [boxes.BlockBox("div", room, Element("div"), [foot])]

    def _table(self, table: Table, place: dict[str, Any]) -> boxes.Box:
        look = {"display": ("block", "table"), "table_layout": "fixed", "width": size(sum(table.columns)), **place}
        heights = row_heights(table)
        table = spread(table, heights)
        heads = sum(row.header for row in table.rows)
        measured = _Measured(table, heights, grid_of(table), self.page_height - sum(heights[:heads]))
        below = _reached(table)
        rows = [self._row(measured, index, below[index]) for index in range(len(table.rows))]
        parts: list[boxes.Box] = [self._column(width) for width in table.columns]
        if 0 < heads < len(rows):
            parts += [self._group(rows[:heads], "header"), self._group(rows[heads:], "row")]
        else:
            parts.append(self._group(rows, "row"))
        if self.in_band:  # no page breaks it, and WeasyPrint knows its own class only
            return boxes.TableBox("table", self._looks.of(**_COLLAPSED, **look), Element("table"), parts)
        wrapper = wrap_table(SplittableTable("table", self._looks.of(**look), Element("table"), parts), parts)
        wrapper.get_wrapped_table().collapse(measured.grid)
        return wrapper

    def _column(self, width: float) -> boxes.Box:
        look = self._looks.of(display=("table-column",), **_COLLAPSED, width=size(width))
        return boxes.TableColumnBox("col", look, Element("col"), [])

    def _group(self, rows: list[boxes.Box], which: str) -> boxes.Box:
        tag = "thead" if which == "header" else "tbody"
        look = self._looks.of(display=(f"table-{which}-group",), **_COLLAPSED)
        return boxes.TableRowGroupBox(tag, look, Element(tag), rows)

    def _row(self, measured: _Measured, index: int, reached: Set[int]) -> boxes.Box:
        """A row of the table; into the columns ``reached`` a cell from above reaches down."""
        table, heights, grid, room = measured
        row = table.rows[index]
        height = self._whole(row, index, heights[index], grid)
        rules: dict[str, Any] = {}
        outside = self.row_stays_whole
        self.row_stays_whole = row.rule == "exact" or (
            row.cant_split and heights[index] <= (self.page_height if row.header else room)
        )
        if self.row_stays_whole or height:
            rules["break_inside"] = "avoid"
        if _keeps_next(row):
            rules["break_after"] = "avoid"
        cells: list[boxes.Box] = []
        column = 0
        for group in groups(row.cells) if height else ((cell,) for cell in row.cells):
            if group[0].column > column and column not in reached:
                cells.append(self._empty(group[0].column - column))
            if height and joined(group):
                cells.append(self._run(run_of(group, index, table.columns, height, grid, self._case), group))
            else:
                cells.append(self._cell(table, index, group[0], heights))
            column = group[-1].column + group[-1].span
        if column < len(table.columns) and column not in reached:
            cells.append(self._empty(len(table.columns) - column))
        self.row_stays_whole = outside
        look = self._looks.of(display=("table-row",), **_COLLAPSED, **rules)
        return SplittableRow("tr", look, Element("tr"), cells)

    def _whole(self, row: TableRow, index: int, height: float, grid: Grid) -> float:
        """The height of a row whose cells are shown as one where they can be; 0 for others."""
        if self.in_band or not together(row):
            return 0.0
        whole = row_height(row, index, height, grid)
        cut = row.rule == "exact" and whole > height + _NEGLIGIBLE
        return 0.0 if cut or whole > _PART_OF_PAGE * self.page_height else whole

    def _run(self, run: CellRun, cells: Sequence[Cell]) -> boxes.Box:
        """Cells shown as one."""
        look = self._looks.of(display=("table-cell",), **_COLLAPSED, vertical_align="top")
        columns = cells[-1].column + cells[-1].span - cells[0].column
        shown = boxes.BlockReplacedBox("div", self._looks.of(display=BLOCK), Element("div"), run)
        box = SplittableCell("td", look, Element("td", colspan=str(columns)), [shown])
        box.joined = True
        box.filled = any(_shows(block) for cell in cells for block in cell.blocks)
        return box

    def _empty(self, columns: int) -> boxes.Box:
        """Grid columns without a cell (w:gridBefore, w:gridAfter)."""
        look = self._looks.of(display=("table-cell",), **_COLLAPSED, vertical_align="top")
        return SplittableCell("td", look, Element("td", colspan=str(columns)), [])

    def _cell(self, table: Table, index: int, cell: Cell, heights: tuple[float, ...]) -> boxes.Box:
        spanned = table.rows[index : index + cell.rows]
        whole = sum(heights[index : index + cell.rows])
        top, right, bottom, left = padding_inside(cell)
        lines = (cell.borders.top.width + cell.borders.bottom.width) / 2
        room = max(whole - top - bottom - lines, 0.0)
        content = [*self._blocks(cell.blocks), *self._space_below(cell)]
        sides = {
            "top": cell.borders.top,
            "right": cell.borders.right,
            "bottom": cell.borders.bottom,
            "left": cell.borders.left,
        }
        properties: dict[str, Any] = borders(sides)
        properties |= {
            "padding_top": size(top),
            "padding_right": size(right),
            "padding_bottom": size(bottom),
            "padding_left": size(left),
            "vertical_align": "top",
            "box_decoration_break": "clone",
        }
        if cell.shading:
            properties["background_color"] = colour(cell.shading)
        properties |= diagonals(*cell.diagonals)
        if all(row.rule == "exact" for row in spanned) and height_of(cell.blocks) > room:
            content = [self._held(cell, room, content)]
        elif any(row.height for row in spanned) or cell.rows > 1:
            properties |= {"height": size(min(room, _TALLEST)), "vertical_align": cell.valign}
        else:
            properties["vertical_align"] = cell.valign
        look = self._looks.of(display=("table-cell",), **_COLLAPSED, **properties)
        spans = {"colspan": str(cell.span), "rowspan": str(cell.rows)}
        box = SplittableCell("td", look, Element("td", spans), content)
        box.share = cell.share
        box.filled = any(map(_shows, cell.blocks))
        return box

    def _space_below(self, cell: Cell) -> list[boxes.Box]:
        """The space below the last paragraph, which belongs to the cell."""
        after = cell.blocks[-1].after if cell.blocks else 0.0
        if not after:
            return []
        look = self._looks.of(display=BLOCK, height=size(after), break_before="avoid")
        return [boxes.BlockBox("div", look, Element("div"), [])]

    def _held(self, cell: Cell, room: float, content: list[boxes.Box]) -> boxes.Box:
        """What is in a cell of exact height, in a box that does not grow."""
        slack = max(room - height_of(cell.blocks), 0.0)
        above = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[cell.valign] * slack
        look = self._looks.of(
            display=BLOCK, height=size(max(room - above, 0.0)), padding_top=size(above), overflow="hidden"
        )
        return boxes.BlockBox("div", look, Element("div"), content)


def _reached(table: Table) -> list[set[int]]:
    """For each row the columns into which a cell from a row above reaches."""
    columns: list[set[int]] = [set() for _row in table.rows]
    for index, row in enumerate(table.rows):
        for cell in row.cells:
            for below in columns[index + 1 : index + cell.rows]:
                below.update(range(cell.column, cell.column + cell.span))
    return columns


def _shows(block: Block) -> bool:
    """Whether anything is printed in a block of a cell."""
    return isinstance(block, Table) or any(line.parts for line in block.lines)


def _keeps_next(row: TableRow) -> bool:
    first = next((block for cell in row.cells for block in cell.blocks), None)
    return isinstance(first, Para) and first.keep_next
