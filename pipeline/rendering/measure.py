"""How high blocks are. Their lines are set, so no layout engine needs to be asked.

Needed where a height decides something before pages exist: a header taller than its margin, text in the middle of a
box, a table at the foot of a page.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.rendering.model import Block, Cell, Para, Table


def height_of(blocks: Sequence[Block]) -> float:
    """The height of blocks one under another, in points, with the space above the first and below the last."""
    return sum(_para(block) if isinstance(block, Para) else table_height(block) for block in blocks)


def natural_width(blocks: Sequence[Block]) -> float:
    """How wide blocks are that were set to be measured (``Place.measuring``): their longest line with its indents."""
    return max((_width(block) for block in blocks), default=0.0)


def _width(block: Block) -> float:
    if isinstance(block, Table):
        return block.x + sum(block.columns)
    return max((line.x + line.width for line in block.lines), default=0.0) + block.right


def table_height(table: Table) -> float:
    """The height of a table on one page. Half of its outermost borders lies outside its rows."""
    if not table.rows:
        return 0.0
    top = max((cell.borders.top.width for cell in table.rows[0].cells), default=0.0)
    bottom = max((cell.borders.bottom.width for cell in table.rows[-1].cells), default=0.0)
    return table.before + sum(row_heights(table)) + (top + bottom) / 2 + table.after


def row_heights(table: Table) -> tuple[float, ...]:
    """The height of each row. A cell that spans rows makes the last of them higher when it does not fit."""
    heights = [
        row.height
        if row.rule == "exact"
        else max([row.height, *(_cell(cell) for cell in row.cells if cell.rows == 1)], default=0.0)
        for row in table.rows
    ]
    for top, row in enumerate(table.rows):
        for cell in row.cells:
            last = min(top + cell.rows, len(heights)) - 1
            if cell.rows > 1 and table.rows[last].rule != "exact":
                heights[last] += max(_cell(cell) - sum(heights[top : last + 1]), 0.0)
    return tuple(heights)


def _cell(cell: Cell) -> float:
    top, _right, bottom, _left = padding_inside(cell)
    lines = (cell.borders.top.width + cell.borders.bottom.width) / 2
    return height_of(cell.blocks) + top + bottom + lines


def padding_inside(cell: Cell) -> tuple[float, float, float, float]:
    """A cell's padding in CSS order. Word counts the side margins from the middle of the border, CSS from its edge."""
    top, right, bottom, left = cell.padding
    return (
        top,
        max(right - cell.borders.right.width / 2, 0.0),
        bottom,
        max(left - cell.borders.left.width / 2, 0.0),
    )


def _para(para: Para) -> float:
    borders = para.borders
    box = sum(side.width + side.space for side in (borders.top, borders.bottom) if side.style != "none")
    return para.before + sum(line.height for line in para.lines) + box + para.after
