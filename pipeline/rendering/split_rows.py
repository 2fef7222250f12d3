"""Rows that go on on the next page, as Word breaks them (17.4.6 says only which may not).

A row breaks where its words do. Up to there it is as high as what stands in it, closed by its own lower rule; on the
next page it begins with a rule again and with its margins. The least height of a row is no reason to break it: one
whose words still fit moves to the next page whole, and so does one of which a cell would begin on the next page only: a
blank cell at the foot of a page looks like words that were lost. In a row that was broken everything stands at the top.

WeasyPrint breaks rows too, but stretches the first part to the foot of the page, leaves the rules away, and gives each
part the height of the whole, so that a tall form never breaks at all. These boxes answer it otherwise at the moment it
asks; it tells a cell of a broken row twice that its end is cut off, the second time when its height is known. Merged
cells come spread over their rows (``spread``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from weasyprint.formatting_structure import boxes

from pipeline.rendering.looks import PIXEL, SIDES
from pipeline.rendering.model import Share
from pipeline.rendering.table_grid import Grid


class SplittableCell(boxes.TableCellBox):  # type: ignore[misc]
    """A cell that closes itself where a page cuts it. Its height and its vertical place hold only while it is whole.

    ``filled``: something stands in it; ``begun``: part of it stands on a page before.
    """

    height: Any
    style: Any
    empty: bool
    share: Share | None = None
    filled: bool = False
    begun: bool = False
    joined = False
    """Whether it is several cells of the Word file (``cell_runs``)."""

    def remove_decoration(self, start: bool, end: bool) -> None:
        """WeasyPrint says that the cell goes on from another page (``start``) or on another one (``end``)."""
        self.begun = self.begun or start
        if start or end:
            self.computed_height = "auto"
            self._to_the_top()
        if end and self.height != "auto":
            self.height = self._filled()

    def _to_the_top(self) -> None:
        if self.style["vertical_align"] != "top":
            self.style = self.style.copy()
            self.style["vertical_align"] = "top"

    def _filled(self) -> float:
        """How far down its contents reach; the part of a paragraph on this page has no space below it."""
        top = self.content_box_y()
        in_flow = (child for child in self.children if child.is_in_normal_flow())
        return max((child.position_y + child.margin_height() - top for child in in_flow), default=0.0)


class SplittableRow(boxes.TableRowBox):  # type: ignore[misc]
    """A row that begins on a page only with all of its cells."""

    def copy_with_children(self, new_children: list[Any]) -> SplittableRow:
        """The row on one page. WeasyPrint gives up one whose cells are all empty."""
        if any(cell.filled and cell.empty and not cell.begun for cell in new_children):
            for cell in new_children:
                cell.empty = True
        part: SplittableRow = super().copy_with_children(new_children)
        return part


class SplittableTable(boxes.TableBox):  # type: ignore[misc]
    """A table that draws the rules of a row on both pages where it is broken."""

    skip_cell_border_top = property(lambda _self: False, lambda _self, _skip: None)
    skip_cell_border_bottom = property(lambda _self: False, lambda _self, _skip: None)

    def collapse(self, grid: Grid) -> None:
        """Give every cell its half of the lines round it, as WeasyPrint does with looks whose borders collapse."""
        self.style["border_collapse"] = "collapse"
        self.collapsed_border_grid = grid.upright, grid.level
        rows = [row for group in self.children for row in group.children]
        for index, row in enumerate(rows):
            for cell in row.children:
                sides = (0.0,) * 4 if cell.joined else grid.halves(index, cell.grid_x, cell.colspan, cell.rowspan)
                _frame(cell, sides)
        across = len(grid.level[0])
        top, right, _bottom, left = grid.halves(0, 0, across, 1)
        bottom = grid.halves(len(rows) - 1, 0, across, 1)[2]
        _frame(self, (top, right, bottom, left))

    def copy_with_children(self, new_children: list[Any]) -> SplittableTable:
        """The part of the table on one page."""
        rows = [row for group in new_children if not group.is_header for row in group.children]
        for shares in _merged(rows):
            _draw_in(shares, first=shares[0] in rows[0].children, last=shares[-1] in rows[-1].children)
        part: SplittableTable = super().copy_with_children(new_children)
        return part

    @property
    def collapsed_border_grid(self) -> tuple[list[list[Any]], list[list[Any]]]:
        """The lines between cells, (upright, level), as WeasyPrint asks for them. Once a page is made, those of its
        part: where it ends or begins between the rows of a merged cell, that has a rule too."""
        upright, level = self._grid
        if not hasattr(self, "skipped_rows"):
            return upright, level
        level = list(level)
        heads = len(self.children[0].children) if self.children and self.children[0].is_header else 0
        shown = sum(len(group.children) for group in self.children)
        begin = self.skipped_rows
        end = begin - heads + shown if begin else shown
        for shares in _merged([row for group in self.children for row in group.children]):
            cell, share = shares[0], shares[0].share
            columns = slice(cell.grid_x, cell.grid_x + cell.colspan)
            for line, own in ((begin, share.top), (end, share.bottom)):
                if share.top < line < share.bottom:
                    level[line] = list(level[line])
                    level[line][columns] = level[own][columns]
        return upright, level

    @collapsed_border_grid.setter
    def collapsed_border_grid(self, grid: tuple[list[list[Any]], list[list[Any]]]) -> None:
        self._grid = grid


def _frame(box: Any, sides: tuple[float, ...]) -> None:
    for side, width in zip(SIDES, sides, strict=True):
        setattr(box, f"border_{side}_width", width)


def _merged(rows: list[Any]) -> Iterator[list[Any]]:
    """The shares of each merged cell in these rows, from the top."""
    found: dict[tuple[int, int], list[Any]] = {}
    for cell in (cell for row in rows for cell in row.children):
        if cell.share is not None:
            found.setdefault((cell.grid_x, cell.share.top), []).append(cell)
    yield from found.values()


def _draw_in(shares: list[Any], *, first: bool, last: bool) -> None:
    """Move lines that reach over the rows of this page inside, and those between them by as much less."""
    above = shares[0].share.above / PIXEL if first else 0.0
    below = shares[-1].share.below / PIXEL if last else 0.0
    if not above and not below:
        return
    for index, cell in enumerate(shares):
        part = index / (len(shares) - 1) if len(shares) > 1 else float(below > above)
        for child in cell.children:
            child.translate(dy=above * (1 - part) - below * part)
        cell.share = replace(cell.share, above=0.0, below=0.0)
