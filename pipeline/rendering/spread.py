"""Cells merged downwards, spread over the rows they span, so that a page may end between any two of these rows.

WeasyPrint keeps such a cell in its first row: what it holds then stands on the page of that row, over the edge of the
paper if need be. All heights are known here, so each row gets the lines that stand in it for the greater part. One that
reaches over the edge of its row counts there only with what is inside, and is drawn whole all the same; where a page
ends at that edge, it is moved inside (``Cell.share``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.rendering.measure import height_of, padding_inside
from pipeline.rendering.model import NO_BORDER, NO_BORDERS, Block, Cell, Line, Para, Share, Table

_TIGHT = 0.5
"""Points by which a cell may hold more than it has room for."""


def spread(table: Table, heights: Sequence[float]) -> Table:
    """The table with its merged cells as one cell in each row; ``heights`` are those of its rows.

    A cell with lines across it stays as it is, and one that holds more than plain paragraphs, or more than its rows
    have room for.
    """
    rows = [list(row.cells) for row in table.rows]
    for top, row in enumerate(table.rows):
        for cell in row.cells:
            bottom = min(top + cell.rows, len(rows))
            shares = _shares(cell, top, heights[top:bottom]) if bottom - top > 1 else ()
            if shares:
                rows[top].remove(cell)
                for index, share in enumerate(shares, start=top):
                    rows[index].append(share)
    ordered = (tuple(sorted(cells, key=lambda cell: cell.column)) for cells in rows)
    return replace(table, rows=tuple(replace(row, cells=cells) for row, cells in zip(table.rows, ordered, strict=True)))


def _shares(cell: Cell, first: int, heights: Sequence[float]) -> tuple[Cell, ...]:
    """The cell row by row; none when it cannot be spread."""
    top, _right, bottom, _left = padding_inside(cell)
    above, below = top + cell.borders.top.width / 2, bottom + cell.borders.bottom.width / 2
    slack = sum(heights) - above - below - height_of(cell.blocks)
    if cell.diagonals != (NO_BORDER, NO_BORDER) or slack < -_TIGHT or not all(map(_is_plain, cell.blocks)):
        return ()
    begin = above + max(slack, 0.0) * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[cell.valign]
    rows = _Rows(heights, above)
    for block in cell.blocks:
        assert isinstance(block, Para)
        begin = rows.add(block, begin + block.before) + block.after
    return tuple(_cells(cell, first, rows))


def _is_plain(block: Block) -> bool:
    return (
        isinstance(block, Para)
        and bool(block.lines)
        and block.borders == NO_BORDERS
        and not block.shading
        and not block.shapes
        and not any(line.page_break_after for line in block.lines)
    )


def _cells(cell: Cell, first: int, rows: _Rows) -> Iterator[Cell]:
    top, right, bottom, left = cell.padding
    last = len(rows.heights) - 1
    for index, (blocks, (over, under)) in enumerate(rows.finished()):
        borders = cell.borders
        if index:
            borders = replace(borders, top=NO_BORDER)
        if index < last:
            borders = replace(borders, bottom=NO_BORDER)
        padding = (top if index == 0 else 0.0, right, bottom if index == last else 0.0, left)
        share = Share(first, first + last + 1, over, under)
        yield replace(cell, rows=1, blocks=blocks, borders=borders, padding=padding, valign="top", share=share)


@dataclass(slots=True)
class _Rows:
    """The rows being filled. Places are points below the top of the first; ``above`` is where its text may begin."""

    heights: Sequence[float]
    above: float
    _contents: list[list[Para]] = field(default_factory=list)
    _reaches: list[tuple[float, float]] = field(default_factory=list)
    _filled: float = 0.0
    _foot: float = 0.0

    def add(self, para: Para, begin: float) -> float:
        """Put a paragraph's lines at ``begin`` and below; returns where they end."""
        pieces: list[tuple[int, float, list[Line]]] = []
        for line in para.lines:
            self._go_to(begin + line.height / 2)
            row = len(self._contents) - 1
            if not pieces or pieces[-1][0] != row:
                pieces.append((row, max(begin - self._filled, 0.0), []))
            above = max(self._filled - begin, 0.0)
            below = max(begin + line.height - self._foot, 0.0) if row < len(self.heights) - 1 else 0.0
            self._reaches[row] = (max(self._reaches[row][0], above), below)
            height = line.height - above - below
            pieces[-1][2].append(replace(line, height=height, ascent=line.ascent - above))
            self._filled = max(self._filled, begin) + height
            begin += line.height
        for index, (row, gap, lines) in enumerate(pieces):
            piece = replace(para, lines=tuple(lines), before=gap, after=0.0, keep_next=False)
            self._contents[row].append(piece if index == 0 else replace(piece, shapes=(), outline=0))
        return begin

    def finished(self) -> list[tuple[tuple[Block, ...], tuple[float, float]]]:
        """What stands in each row, and how far that reaches above and below it."""
        while len(self._contents) < len(self.heights):
            self._open()
        return [(tuple(content), reach) for content, reach in zip(self._contents, self._reaches, strict=True)]

    def _go_to(self, middle: float) -> None:
        """Open the rows down to the one in which a line with its middle there stands."""
        while not self._contents or (middle > self._foot and len(self._contents) < len(self.heights)):
            self._open()

    def _open(self) -> None:
        self._filled = self._foot if self._contents else self.above
        self._foot += self.heights[len(self._contents)]
        self._contents.append([])
        self._reaches.append((0.0, 0.0))
