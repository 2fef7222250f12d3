"""The lines of a table: which of the borders that meet at one edge is drawn (17.4.66).

Two cells share an edge and the table may claim it too. What a cell says itself beats what it takes from the table;
among equals the heavier line is drawn. The result is kept edge by edge, because a cell that spans others may have
different neighbours along one side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.rendering.borders import heavier
from pipeline.rendering.model import NO_BORDER, Border, Borders

SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Box:
    """The grid cells a table cell covers: rows and columns from 0, ends exclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def edges(self, side: str) -> list[tuple[str, int, int]]:
        """The unit edges along a side: direction, line, place on it."""
        if side in ("top", "bottom"):
            line = self.top if side == "top" else self.bottom
            return [("h", line, column) for column in range(self.left, self.right)]
        line = self.left if side == "left" else self.right
        return [("v", line, row) for row in range(self.top, self.bottom)]


@dataclass(slots=True)
class Edges:
    """Claims on the edges of one table. All cells claim, then each asks for what is drawn round it."""

    _stated: dict[tuple[str, int, int], Border] = field(default_factory=dict)
    _inherited: dict[tuple[str, int, int], Border] = field(default_factory=dict)

    def claim(self, box: Box, stated: Mapping[str, Border], inherited: Mapping[str, Border]) -> None:
        """A cell's borders by side: those it states itself (also "none"), and those the table gives it."""
        for side in SIDES:
            claims = self._stated if side in stated else self._inherited
            border = stated.get(side, inherited.get(side, NO_BORDER))
            for edge in box.edges(side):
                claims[edge] = heavier(claims[edge], border) if edge in claims else border

    def drawn(self, box: Box) -> Borders:
        """The border of each side. Where a side has several, the lightest: its neighbours draw the others."""
        top, right, bottom, left = (_lightest([self._edge(edge) for edge in box.edges(side)]) for side in SIDES)
        return Borders(top, right, bottom, left)

    def _edge(self, edge: tuple[str, int, int]) -> Border:
        if edge in self._stated:
            return self._stated[edge]
        return self._inherited.get(edge, NO_BORDER)


def _lightest(borders: list[Border]) -> Border:
    lightest = borders[0]
    for border in borders[1:]:
        if heavier(lightest, border) is lightest:
            lightest = border
    return lightest
