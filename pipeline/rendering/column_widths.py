"""How wide the columns of a table are (17.4.14, 17.4.48, 17.4.52, 17.4.71).

Word keeps three opinions: the grid (w:tblGrid), which is what Word last drew but is left stale by programs, the widths
cells prefer (w:tcW), and that of the table (w:tblW). Where all cells of a column agree on a width it is the cells' that
Word draws, as long as the table still fits between the margins. Without a fixed layout no column is narrower than its
longest word: it takes what it lacks from the free room, then from the columns that have more than they need.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.rendering.markup import Element, attribute, child, children, q, value
from pipeline.rendering.units import integer, number, twips

_LARGE, _WIDEST = 40, 20.0
"""Type of up to 20 points (in half points), whose characters are no wider."""
_NOTICEABLE = 1.0
"""Points by which two opinions may differ and mean the same."""


@dataclass(frozen=True, slots=True)
class ColumnCell:
    """A cell as the widths see it: where it stands, its w:tcPr, and how wide its contents are with its margins.

    ``least(width)`` is the width of its longest word, 0 where that surely fits into ``width``; ``most()`` that of its
    longest paragraph on one line.
    """

    column: int
    span: int
    properties: Element | None
    least: Callable[[float], float]
    most: Callable[[], float]


def column_widths(table: Element, cells: Sequence[ColumnCell], room: float) -> tuple[float, ...]:
    """The width of each column in points; ``room`` is the distance between the margins."""
    properties = child(table, "w:tblPr")
    wanted = child(properties, "w:tblW")
    whole = _length(wanted, room)
    grid = _grid(table, cells)
    columns = [own or drawn for own, drawn in zip(_stated(cells, grid), grid, strict=True)]
    if all(grid) and sum(columns) > max(room, sum(grid)) + _NOTICEABLE:
        columns = grid
    if not all(columns):
        columns = _shared(columns, cells, whole, room)
    if whole and _in_per_cent(wanted) and abs(whole - sum(columns)) > _NOTICEABLE:
        columns = [each * whole / sum(columns) for each in columns]
    if attribute(child(properties, "w:tblLayout"), "w:type") != "fixed":
        columns = _widened(columns, cells, 0.0 if whole else max(room - sum(columns), 0.0))
    return tuple(columns)


def _grid(table: Element, cells: Sequence[ColumnCell]) -> list[float]:
    """The widths in w:tblGrid, 0 where it says nothing."""
    columns = children(child(table, "w:tblGrid"), "w:gridCol")
    grid = [max(twips(attribute(column, "w:w", "0")), 0.0) for column in columns]
    count = max((cell.column + cell.span for cell in cells), default=1)
    return grid[:count] + [0.0] * (count - len(grid))


def _stated(cells: Sequence[ColumnCell], grid: Sequence[float]) -> list[float]:
    """The width on which all cells of a column agree, or the largest where the grid says nothing; 0 for none."""
    found: list[list[float]] = [[] for _column in grid]
    for cell in cells:
        preferred = child(cell.properties, "w:tcW")
        if cell.span == 1 and attribute(preferred, "w:type", "dxa") == "dxa" and not _in_per_cent(preferred):
            found[cell.column].append(max(twips(attribute(preferred, "w:w", "0")), 0.0))
    return [
        max(widths) if widths and (not drawn or max(widths) - min(widths) <= _NOTICEABLE) else 0.0
        for widths, drawn in zip(found, grid, strict=True)
    ]


def _in_per_cent(width: Element | None) -> bool:
    return attribute(width, "w:type") == "pct" or attribute(width, "w:w").endswith("%")


def _length(width: Element | None, room: float) -> float:
    """A width given in twips or in (fiftieths of) per cent of ``room``; 0 for none."""
    stated = attribute(width, "w:w", "0")
    if _in_per_cent(width):
        share = number(stated.rstrip("%")) / (100 if stated.endswith("%") else 5000)
        return room * min(max(share, 0.0), 2.0)
    return max(twips(stated), 0.0) if attribute(width, "w:type", "dxa") == "dxa" else 0.0


def _shared(columns: list[float], cells: Sequence[ColumnCell], whole: float, room: float) -> list[float]:
    """Columns of which nobody says how wide they are (0): as wide as their contents on one line, if there is room for
    that; else they share the room by their contents. In a table of a given width they share what it leaves."""
    unknown = [index for index, width in enumerate(columns) if not width]
    left = max((whole or room) - sum(columns), 0.0)
    most = _needs(columns, cells, lambda cell: cell.most())
    total = sum(most[index] for index in unknown)
    result = list(columns)
    for index in unknown:
        share = most[index] / total if total else 1 / len(unknown)
        result[index] = max(left * share if whole or total > left or not total else most[index], 1.0)
    return result


def _widened(columns: list[float], cells: Sequence[ColumnCell], free: float) -> list[float]:
    """No column narrower than its longest word; ``free`` is by how much the table may grow."""
    needs = _needs(columns, cells, lambda cell: cell.least(sum(columns[cell.column : cell.column + cell.span])))
    if all(need <= width for need, width in zip(needs, columns, strict=True)):
        return columns
    needs = _needs(columns, cells, lambda cell: cell.least(0.0))
    lacking = sum(max(need - width, 0.0) for need, width in zip(needs, columns, strict=True))
    spare = [max(width - need, 0.0) for need, width in zip(needs, columns, strict=True)]
    taken = min(max(lacking - free, 0.0) / sum(spare), 1.0) if sum(spare) else 0.0
    return [max(width, need) - taken * more for width, need, more in zip(columns, needs, spare, strict=True)]


def _needs(columns: Sequence[float], cells: Sequence[ColumnCell], extent: Callable[[ColumnCell], float]) -> list[float]:
    """What each column needs for its cells. What a cell over several columns lacks, their last one is given."""
    needs = [0.0] * len(columns)
    for cell in sorted(cells, key=lambda each: each.span):
        span = slice(cell.column, cell.column + cell.span)
        if cell.span == 1:
            needs[cell.column] = max(needs[cell.column], extent(cell))
        else:
            have = sum(max(need, width) for need, width in zip(needs[span], columns[span], strict=True))
            lack = extent(cell) - have
            if lack > 0:
                last = cell.column + cell.span - 1
                needs[last] = max(needs[last], columns[last]) + lack
    return needs


def longest_word(cell: Element) -> float:
    """More than the width of the longest word of a cell, read off its text: to spare the trouble of setting it. Large
    type and drawings are endless."""
    large = any(integer(value(size, "0")) > _LARGE for size in cell.iter(q("w:sz")))
    if large or any(True for _ in cell.iter(q("w:drawing"), q("w:pict"), q("w:tbl"))):
        return math.inf
    text = "".join(
        (node.text or "") if node.tag == q("w:t") else " " for node in cell.iter(q("w:t"), q("w:tab"), q("w:p"))
    )
    latin = "".join(" " if unicodedata.east_asian_width(each) in "WF" else each for each in text)
    return _WIDEST * max(map(len, latin.split()), default=1)
