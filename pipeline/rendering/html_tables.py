"""Tables as HTML: collapsed borders, because like Word's they lie on the middle of the grid lines.

Row heights are given to cells, not to rows: WeasyPrint forgets what a spanning cell adds to a row's own height, while
a cell's height is a minimum that its content may exceed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.rendering.css import Stylesheet, positive, signed
from pipeline.rendering.measure import height_of, padding_inside, row_heights, table_height
from pipeline.rendering.model import Block, Border, Borders, Cell, Para, Table, TableRow


@dataclass(slots=True)
class TableWriter:
    """Writes tables; ``blocks`` writes what is in a cell."""

    sheet: Stylesheet
    blocks: Callable[[Sequence[Block]], str]

    def table(self, table: Table, space: float) -> str:
        """A table ``space`` below what stands above it, or at the foot of its page with its room in the text kept free.

        ``Table.x`` is where its first grid line stands; CSS measures from the outside of the border on that line.
        """
        if not table.rows:
            return ""
        left = table.x - max((row.cells[0].borders.left.width / 2 for row in table.rows if row.cells), default=0.0)
        if not table.foot:
            return self._table(table, f"margin-left:{signed(left)};margin-top:{positive(space + table.before)};")
        room = f"height:{positive(table_height(table) + _outer(table))};break-before:avoid;break-inside:avoid;"
        place = f"position:absolute;bottom:0;left:{signed(left)};width:{positive(sum(table.columns))};"
        inner = self._table(table, "")
        return f'<div class="{self.sheet.name(room)}"><div class="{self.sheet.name(place)}">{inner}</div></div>'

    def _table(self, table: Table, place: str) -> str:
        width = positive(sum(table.columns))
        name = self.sheet.name(f"width:{width};{place}")
        columns = "".join(f'<col class="{self.sheet.name(f"width:{positive(column)};")}">' for column in table.columns)
        heights = row_heights(table)
        head = [index for index, row in enumerate(table.rows) if row.header]
        rows = [self._row(table, index, heights) for index in range(len(table.rows))]
        body = "".join(rows[len(head) :])
        repeated = f"<thead>{''.join(rows[: len(head)])}</thead>" if head and body else "".join(rows[: len(head)])
        return f'<table class="t {name}">{columns}{repeated}<tbody>{body}</tbody></table>'

    def _row(self, table: Table, index: int, heights: tuple[float, ...]) -> str:
        row = table.rows[index]
        declarations = "break-inside:avoid;" if row.cant_split or row.rule == "exact" else ""
        if _keeps_next(row):
            declarations += "break-after:avoid;"
        cells = ""
        column = 0
        for cell in row.cells:
            cells += self._gap(cell.column - column) if _is_free(table, index, column) else ""
            cells += self._cell(table, index, cell, heights)
            column = cell.column + cell.span
        if column < len(table.columns) and _is_free(table, index, column):
            cells += self._gap(len(table.columns) - column)
        name = self.sheet.name(declarations)
        return f'<tr class="{name}">{cells}</tr>' if name else f"<tr>{cells}</tr>"

    def _gap(self, columns: int) -> str:
        """Grid columns without a cell (w:gridBefore, w:gridAfter)."""
        return f'<td colspan="{columns}"></td>' if columns > 0 else ""

    def _cell(self, table: Table, index: int, cell: Cell, heights: tuple[float, ...]) -> str:
        spanned = table.rows[index : index + cell.rows]
        whole = sum(heights[index : index + cell.rows])
        top, right, bottom, left = padding_inside(cell)
        lines = (cell.borders.top.width + cell.borders.bottom.width) / 2
        room = max(whole - top - bottom - lines, 0.0)
        content = self.blocks(cell.blocks)
        declarations = _borders(cell.borders)
        declarations += f"padding:{positive(top)} {positive(right)} {positive(bottom)} {positive(left)};"
        if cell.shading:
            declarations += f"background:{cell.shading};"
        if all(row.rule == "exact" for row in spanned):
            slack = room - height_of(cell.blocks)
            above = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[cell.valign] * max(slack, 0.0)
            box = self.sheet.name(
                f"height:{positive(max(room - above, 0.0))};padding-top:{positive(above)};overflow:hidden;"
            )
            content = f'<div class="{box}">{content}</div>'
        elif any(row.height for row in spanned) or cell.rows > 1:
            declarations += f"height:{positive(room)};vertical-align:{cell.valign};"
        elif cell.valign != "top":
            declarations += f"vertical-align:{cell.valign};"
        spans = (f' colspan="{cell.span}"' if cell.span > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        return f'<td{spans} class="{self.sheet.name(declarations)}">{content}</td>'


def _is_free(table: Table, index: int, column: int) -> bool:
    """Whether no cell from a row above reaches into this place."""
    return not any(
        cell.column <= column < cell.column + cell.span and above + cell.rows > index
        for above in range(index)
        for cell in table.rows[above].cells
    )


def _keeps_next(row: TableRow) -> bool:
    first = next((block for cell in row.cells for block in cell.blocks), None)
    return isinstance(first, Para) and first.keep_next


def _outer(table: Table) -> float:
    """Half of the outermost borders, which lie outside the rows."""
    top = max((cell.borders.top.width for cell in table.rows[0].cells), default=0.0)
    bottom = max((cell.borders.bottom.width for cell in table.rows[-1].cells), default=0.0)
    return (top + bottom) / 2


def _borders(borders: Borders) -> str:
    sides = {"top": borders.top, "right": borders.right, "bottom": borders.bottom, "left": borders.left}
    shown: dict[str, Border] = {name: side for name, side in sides.items() if side.style != "none"}
    return "".join(f"border-{name}:{positive(side.width)} {side.style} {side.color};" for name, side in shown.items())
