"""Which line is drawn at each edge of a table's grid, where the borders of two cells meet (CSS 2.1, 17.6.2.1).

WeasyPrint works this out from the looks of its boxes; here it comes from the cells, of which several may share a box.
The result is what WeasyPrint keeps: a score and a line for each edge, lengths in pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.rendering.looks import colour, size
from pipeline.rendering.model import NO_BORDER, Border, Cell, Table

Side = tuple[tuple[int, float, int], tuple[str, float, Any]]
"""How strong a claim on an edge is, and its line: style, width in pixels, colour."""

_STRENGTH = {"none": 0, "dotted": 5, "dashed": 6, "solid": 7, "double": 8}
_INSIDE: Side = ((1, 0.0, 9), ("hidden", 0.0, colour("transparent")))
"""Within a cell there is no line, whoever claims one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The edges of a table: ``upright[row][line]`` and ``level[line][column]``."""

    upright: list[list[Side]]
    level: list[list[Side]]

    def halves(self, row: int, column: int, span: int, rows: int) -> tuple[float, float, float, float]:
        """Half the heaviest line on each side of some grid cells, in pixels, in CSS order: that much of it lies in
        them."""
        end = column + span
        return (
            max(side[1][1] for side in self.level[row][column:end]) / 2,
            max(line[end][1][1] for line in self.upright[row : row + rows]) / 2,
            max(side[1][1] for side in self.level[row + rows][column:end]) / 2,
            max(line[column][1][1] for line in self.upright[row : row + rows]) / 2,
        )


def grid_of(table: Table) -> Grid:
    """The grid of a table. A merged cell ends with the heads of the table, or with the table."""
    across = max(len(table.columns), *(cell.column + cell.span for row in table.rows for cell in row.cells), 0)
    none = _side(NO_BORDER)
    grid = Grid(
        [[none] * (across + 1) for _row in table.rows],
        [[none] * across for _line in range(len(table.rows) + 1)],
    )
    for top, cell, bottom in _cells(table):
        for row in grid.upright[top:bottom]:
            row[cell.column + 1 : cell.column + cell.span] = [_INSIDE] * (cell.span - 1)
        for line in grid.level[top + 1 : bottom]:
            line[cell.column : cell.column + cell.span] = [_INSIDE] * cell.span
        _claim(grid, cell, top, bottom)
    return grid


def _cells(table: Table) -> Iterator[tuple[int, Cell, int]]:
    """Every cell with its first row and the row behind its last."""
    heads = sum(row.header for row in table.rows)
    for top, row in enumerate(table.rows):
        end = heads if top < heads < len(table.rows) else len(table.rows)
        for cell in row.cells:
            yield top, cell, min(top + cell.rows, end)


def _claim(grid: Grid, cell: Cell, top: int, bottom: int) -> None:
    """The borders of a cell, each where none as strong was before."""
    columns = range(cell.column, cell.column + cell.span)
    sides = (
        (cell.borders.left, ((row, cell.column) for row in grid.upright[top:bottom])),
        (cell.borders.right, ((row, columns.stop) for row in grid.upright[top:bottom])),
        (cell.borders.top, ((grid.level[top], column) for column in columns)),
        (cell.borders.bottom, ((grid.level[bottom], column) for column in columns)),
    )
    for border, edges in sides:
        if border.style == "none":
            continue
        claim = _side(border)
        for line, place in edges:
            if line[place][0] < claim[0]:
                line[place] = claim


@lru_cache(maxsize=256)
def _side(border: Border) -> Side:
    if border.style == "none":
        return (0, 0.0, 0), ("none", 0.0, colour("transparent"))
    width = size(border.width).value
    return (0, width, _STRENGTH[border.style]), (border.style, width, colour(border.color))
