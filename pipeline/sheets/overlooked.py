"""What calamine leaves out of a sheet, whatever the format of the file: the common shape of four searches.

calamine 0.9 gives values, and an empty cell for ``#N/A``, for a formula nobody has calculated and for a picture; it
does not tell what is hidden, nor that a number is shown as 85%. Taken at its word, a paper would silently lack a value.
So each format's own parts are searched a second time: .xlsx in ``cellscan``, .xlsb in ``biff12``, .xls in ``biff8``,
.ods in ``opendocument``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.core.values import CellError, CellValue, Picture
from pipeline.sheets.cellforms import Numbered

UNCALCULATED = "formula"
"""The text of the ``CellError`` for a formula without a stored result."""

ERROR_VALUES = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
    ]
)
"""What spreadsheet programs write into cells whose formula failed."""

BINARY_ERRORS = {
    0x00: CellError("#NULL!"),
    0x07: CellError("#DIV/0!"),
    0x0F: CellError("#VALUE!"),
    0x17: CellError("#REF!"),
    0x1D: CellError("#NAME?"),
    0x24: CellError("#NUM!"),
    0x2A: CellError("#N/A"),
    0x2B: CellError("#GETTING_DATA"),
}
"""Error values as the binary formats write them (MS-XLS 2.5.10 BErr, MS-XLSB 2.5.97.2)."""


@dataclass(frozen=True, slots=True)
class Overlooked:
    """What one sheet holds besides calamine's values; rows and columns count from 1.

    ``cells`` stand instead of what calamine gives: errors, and numbers that are shown as something else.
    ``merged`` are inclusive ranges, only where calamine does not tell them. ``rows`` and ``columns`` are those of the
    farthest cells with content: calamine sets up every cell between, so it must be known before it is asked.
    ``unseen`` counts pictures that are there and cannot be read. ``struck`` are the struck-through cells.
    ``plain`` are all cells, where they were read in passing: calamine is then asked for each different one only.
    """

    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()
    rows: int = 0
    columns: int = 0
    unseen: int = 0
    struck: tuple[tuple[int, int], ...] = ()
    plain: Numbered | None = None


def runs(first: int, last: int, most: int) -> range:
    """The numbers from ``first`` to ``last``, no more than ``most``: a format may hide all columns to the right."""
    return range(first, min(last, first + most - 1) + 1)
