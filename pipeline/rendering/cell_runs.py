"""Cells of a row that stand beside one another and stay together, as one picture of lines.

WeasyPrint lays each cell out by itself, and what is in it, and stretches it to its row; half the time of a form went
there. Where a row may not break, or has no place to, every height in it is known before: then its cells need no boxes
of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.pdf.stream import Stream

from pipeline.rendering.looks import PIXEL
from pipeline.rendering.measure import height_of, padding_inside
from pipeline.rendering.model import NO_BORDER, NO_BORDERS, Block, BoxSeg, Cell, Mark, Para, TableRow
from pipeline.rendering.numerals import number
from pipeline.rendering.pen import Pen, rgb
from pipeline.rendering.table_grid import Grid
from pipeline.rendering.typecase import Typecase
from pipeline.rendering.typeset import EMPTY_LINE, Typeset

_HELD = 3
"""Lines of a paragraph that no page parts where none leaves its first or its last line alone."""


@dataclass(slots=True)
class CellLines:
    """Lines of a cell, from ``x`` and ``y`` of its run, in points. ``replacement`` are the lines as they are on their
    page."""

    cell: Cell
    x: float
    y: float
    replacement: Typeset


@dataclass(slots=True)
class CellRun:
    """The picture; lengths in points. ``shades`` are the grounds of its cells: from where, how wide, which colour."""

    width: float
    height: float
    lines: list[CellLines]
    shades: tuple[tuple[float, float, str], ...]

    def copy(self) -> CellRun:
        """One for a page of its own."""
        return replace(self, lines=[replace(each) for each in self.lines])

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, None]:
        """Width and height in pixels."""
        return self.width / PIXEL, self.height / PIXEL, None

    def draw(self, stream: Stream, _width: float, _height: float, _style: Any) -> None:
        """Write the lines of all cells at the stream's origin; the grounds lie below the lines of the table."""
        pen = Pen(self.lines[0].replacement.case)
        stream.stream += [each.replacement.written(pen, each.x, each.y) for each in self.lines]

    def ground(self, left: float, top: float, height: float) -> Iterator[str]:
        """The grounds of the cells as PDF operators, in pixels, in a row that is so high."""
        for x, width, colour in self.shades:
            edges = " ".join(map(number, (left + x / PIXEL, top, width / PIXEL, height)))
            yield f"q {rgb(colour)} rg {edges} re f Q"


def together(row: TableRow) -> bool:
    """Whether the cells of a row may be joined: no page breaks it anywhere, or parts it as a whole."""
    if not row.cells or not all(_is_plain(cell) or cell.share is not None for cell in row.cells):
        return False
    return row.cant_split or row.rule == "exact" or all(map(_begins_only, row.cells))


def groups(cells: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    """Cells that become one box: neighbours that are plain; the others by themselves."""
    group: list[Cell] = []
    for cell in cells:
        if group and not _goes_on(group[-1], cell):
            yield tuple(group)
            group = []
        group.append(cell)
    if group:
        yield tuple(group)


def _goes_on(before: Cell, cell: Cell) -> bool:
    return _is_plain(before) and _is_plain(cell) and cell.column == before.column + before.span


def joined(cells: Sequence[Cell]) -> bool:
    """Whether a group becomes a run."""
    return _is_plain(cells[0])


def row_height(row: TableRow, index: int, height: float, grid: Grid) -> float:
    """How high WeasyPrint would make the ``index``-th row of a table; ``height`` is its measure without the lines of
    its neighbours."""
    return max(_cell_height(cell, row, index, height, grid) for cell in row.cells)


def run_of(
    cells: Sequence[Cell], index: int, columns: Sequence[float], height: float, grid: Grid, case: Typecase
) -> CellRun:
    """The picture of cells in the ``index``-th row, which is so high."""
    lines: list[CellLines] = []
    shades = []
    left = 0.0
    for cell in cells:
        width = sum(columns[cell.column : cell.column + cell.span])
        lines += _set(cell, left, index, height, grid, case)
        if cell.shading:
            shades.append((left, width, cell.shading))
        left += width
    return CellRun(left, height, lines, tuple(shades))


def _set(cell: Cell, left: float, index: int, height: float, grid: Grid, case: Typecase) -> Iterator[CellLines]:
    over, _right, under, beside = (half * PIXEL for half in grid.halves(index, cell.column, cell.span, 1))
    top, _right, bottom, padding = padding_inside(cell)
    slack = height - over - under - top - bottom - height_of(cell.blocks)
    y = over + top + max(slack, 0.0) * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[cell.valign]
    for para in _paragraphs(cell.blocks):
        typeset = Typeset(para.lines or (EMPTY_LINE,), case, align=para.align, owner=para)
        yield CellLines(cell, left + beside + padding, y + para.before, typeset)
        y += para.before + typeset.height + para.after


def _cell_height(cell: Cell, row: TableRow, index: int, height: float, grid: Grid) -> float:
    over, _right, under, _left = (half * PIXEL for half in grid.halves(index, cell.column, cell.span, 1))
    top, _right, bottom, _left = padding_inside(cell)
    room = height - top - bottom - (cell.borders.top.width + cell.borders.bottom.width) / 2 if row.height else 0.0
    return over + top + max(room, height_of(cell.blocks)) + bottom + under


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Para]:
    return (block for block in blocks if isinstance(block, Para))


def _is_plain(cell: Cell) -> bool:
    """Whether there is nothing in a cell but lines, each of them on the page of its row."""
    return (
        cell.rows == 1
        and cell.share is None
        and bool(cell.blocks)
        and cell.diagonals == (NO_BORDER, NO_BORDER)
        and all(isinstance(block, Para) and _has_only_lines(block) for block in cell.blocks)
    )


def _has_only_lines(para: Para) -> bool:
    return not (
        para.shapes
        or para.outline
        or para.shading
        or para.page_break_before
        or para.borders != NO_BORDERS
        or any(line.page_break_after or any(map(_is_more, line.parts)) for line in para.lines)
    )


def _is_more(part: object) -> bool:
    return isinstance(part, BoxSeg) or (isinstance(part, Mark) and bool(part.note))


def _begins_only(cell: Cell) -> bool:
    """Whether all that is in a cell stays together by itself: one line, or as few as hold together as the first and the
    last of a paragraph. Then its row goes to the next page as soon as it does not fit (``split_rows``)."""
    if cell.share is not None:  # which may hold nothing at all
        return False
    (para, *others) = _paragraphs(cell.blocks)
    together = _HELD if para.widow_control or para.keep_lines else 1
    return not others and len(para.lines) <= together
