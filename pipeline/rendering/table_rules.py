"""The lines of a table drawn from end to end.

WeasyPrint draws every side of every cell by itself, each with its own state: two hundred on a page of a roster, a
quarter of the bytes of its PDF, and the gate reads them all. Sides that follow one another and look alike are one line
here. So ``pdf`` puts this in the place of its ``draw_collapsed_borders``; its version is pinned, and it draws no other
tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from weasyprint.draw.border import draw_line
from weasyprint.pdf.stream import Stream

from pipeline.rendering.numerals import number


class _Look(NamedTuple):
    """A border as WeasyPrint keeps it; the one of the higher ``score`` lies on top."""

    score: Any
    style: str
    width: float
    color: Any

    @property
    def is_seen(self) -> bool:
        """Whether it leaves ink."""
        return bool(self.width) and self.color.alpha != 0


_Rule = tuple[_Look, float, float, float, float]
"""A line with its ends: x, y and x, y, in pixels."""


def draw_rules(stream: Stream, table: Any) -> None:
    """Draw the collapsed borders of the part of a table that stands on a page."""
    rows = [row for group in table.children for row in group.children]
    if not rows or not table.column_widths:
        return
    stream.stream += [ground.encode() for row in rows for ground in _grounds(row)]
    rules = sorted(_rules(table, rows), key=lambda rule: rule[0].score)
    for look, alike in groupby(rules, key=lambda rule: rule[0]):
        ends = [rule[1:] for rule in alike]
        with stream.artifact(), stream.stacked():
            if look.style != "solid":
                for each in ends:
                    draw_line(stream, *each, look.width, look.style, look.color)
                continue
            stream.set_color(look.color, stroke=True)
            stream.set_line_width(look.width)
            for each in ends:
                x1, y1, x2, y2 = map(number, each)
                stream.stream.append(f"{x1} {y1} m {x2} {y2} l".encode())
            stream.stroke()


def _grounds(row: Any) -> Iterator[str]:
    """The grounds of cells that are shown as one; a cell of a page that is not ours is never joined."""
    for cell in row.children:
        for box in cell.children if getattr(cell, "joined", False) else ():
            yield from box.replacement.ground(box.position_x, row.position_y, row.height)


def _rules(table: Any, rows: Sequence[Any]) -> Iterator[_Rule]:
    """The lines of both directions. Each reaches to the outer side of the lines it meets."""
    xs = [*table.column_positions, table.column_positions[-1] + table.column_widths[-1]]
    ys = [*(row.position_y for row in rows), rows[-1].position_y + rows[-1].height]
    upright, level = _shown(table, len(rows))
    across = [_halves(widths) for widths in ([[side.width for side in line] for line in level])]
    down = [_halves([line[x].width for line in upright]) for x in range(len(xs))]
    for x, left in enumerate(xs):
        for look, begin, end in _runs([line[x] for line in upright]):
            yield look, left, ys[begin] - across[begin][x], left, ys[end] + across[end][x]
    for y, top in enumerate(ys):
        for look, begin, end in _runs(level[y]):
            yield look, xs[begin] - down[begin][y], top, xs[end] + down[end][y], top


def _shown(table: Any, count: int) -> tuple[list[list[_Look]], list[list[_Look]]]:
    """The sides of the cells of these rows: the upright ones of each row, the level ones between and around them.

    A repeated head keeps its own; the rows below it begin where the page before ended (``skipped_rows``).
    """
    upright, level = table.collapsed_border_grid
    heads = len(table.children[0].children) if table.children[0].is_header else 0
    skipped = table.skipped_rows - heads if table.skipped_rows else 0
    rows = (upright[y if y < heads else y + skipped] for y in range(count))
    lines = (level[y if heads and y <= heads else y + skipped] for y in range(count + 1))
    return [list(map(_look, row)) for row in rows], [list(map(_look, line)) for line in lines]


def _look(side: tuple[Any, tuple[str, float, Any]]) -> _Look:
    score, (style, width, color) = side
    return _Look(score, style, width, color)


def _halves(widths: Sequence[float]) -> list[float]:
    """Half the thicker one of the two sides that meet at each end of a row of them."""
    return [max(pair) / 2 for pair in zip([0.0, *widths], [*widths, 0.0], strict=True)]


def _runs(sides: Sequence[_Look]) -> Iterator[tuple[_Look, int, int]]:
    """Sides that follow one another and look alike, with the first and the one behind the last."""
    begin = 0
    for look, alike in groupby(sides):
        end = begin + sum(1 for _side in alike)
        if look.is_seen:
            yield look, begin, end
        begin = end
