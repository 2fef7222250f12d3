"""What stands under one another on a page: paragraphs of finished lines, tables, and the shapes anchored in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.rendering.model.borders import NO_BORDER, NO_BORDERS, Border, Borders
from pipeline.rendering.model.frame import Alignment
from pipeline.rendering.model.lines import Line


@dataclass(frozen=True, slots=True)
class Shape:
    """A picture, a line, a rectangle, an ellipse, a text box, or a group of such ``parts``, measured from its corner.

    ``x`` and ``y`` are measured from ``origin_x``/``origin_y``; an inline shape has origin "inline". ``name`` is the
    shape's name in the Word file: ``seal:…`` and ``signature:…`` become signature fields in the PDF.

    ``rotation`` turns it clockwise round its middle, in degrees; ``x``, ``y``, ``width`` and ``height`` are those of
    the shape before it is turned. ``radius`` rounds the corners of a rectangle. ``crop`` are the parts of a picture cut
    off at the top, right, bottom and left, as shares of its height and width. ``clearance``: text keeps that far above
    and below it, and does not stand beside it.
    """

    kind: Literal["picture", "line", "rectangle", "ellipse", "text-box", "group"]
    width: float
    height: float
    origin_x: Literal["inline", "page", "margin", "column"] = "inline"
    origin_y: Literal["inline", "page", "margin", "paragraph"] = "inline"
    x: float = 0.0
    y: float = 0.0
    behind: bool = False
    stroke: Border = NO_BORDER
    fill: str = ""
    flip: bool = False
    radius: float = 0.0
    rotation: float = 0.0
    opacity: float = 1.0
    picture: bytes = b""
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    media_type: str = ""
    blocks: tuple[Block, ...] = ()
    clearance: tuple[float, float] | None = None
    padding: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    parts: tuple[Shape, ...] = ()
    name: str = ""
    description: str = ""

    def inner_blocks(self) -> tuple[Block, ...]:
        """All text in it, that of its parts too."""
        return self.blocks + tuple(block for part in self.parts for block in part.inner_blocks())


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph with its lines set. ``before`` and ``after`` are the space above and below it.

    ``outline`` is the outline level, 1 to 9, 0 for body text. ``shapes`` are anchored in this paragraph. ``align`` is
    needed once more when a line is written: a page number may be wider than its sample. ``joins_above``: its box goes
    on from the paragraph above, so the space before lies inside the box.
    """

    lines: tuple[Line, ...]
    before: float = 0.0
    after: float = 0.0
    borders: Borders = NO_BORDERS
    shading: str = ""
    left: float = 0.0
    right: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = True
    page_break_before: bool = False
    outline: int = 0
    shapes: tuple[Shape, ...] = ()
    align: Alignment = "left"
    joins_above: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """What makes a cell one row's share of a cell merged downwards over the rows ``top`` to ``bottom`` (exclusive).

    ``above`` and ``below``: how far its lines reach over the edges of its row.
    """

    top: int
    bottom: int
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``column`` and ``span`` in grid columns, ``rows`` the number of rows it spans.

    ``diagonals`` are the lines across it: the one that falls to the right, and the one that rises.
    """

    blocks: tuple[Block, ...]
    column: int
    span: int = 1
    rows: int = 1
    borders: Borders = NO_BORDERS
    shading: str = ""
    padding: tuple[float, float, float, float] = (0.0, 5.4, 0.0, 5.4)
    valign: Literal["top", "middle", "bottom"] = "top"
    diagonals: tuple[Border, Border] = (NO_BORDER, NO_BORDER)
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; ``height`` 0 and rule "auto" when its cells decide."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    rule: Literal["auto", "at-least", "exact"] = "auto"
    header: bool = False
    cant_split: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``x`` from the left text margin. A floating one with ``foot`` stands at the foot of the text area."""

    columns: tuple[float, ...]
    rows: tuple[TableRow, ...]
    x: float = 0.0
    foot: bool = False
    before: float = 0.0
    after: float = 0.0


Block = Para | Table


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks in ``count`` newspaper columns (分栏) of one width, ``gap`` points apart.

    ``balanced``: they end at one height, because text of the same page follows. ``rule`` is the line between them.
    """

    blocks: tuple[Block, ...]
    count: int
    gap: float
    rule: Border = NO_BORDER
    balanced: bool = False


def stacked(blocks: Iterable[Block | Columns]) -> Iterator[Block]:
    """The blocks of a section in the order of reading, those of its columns too."""
    for block in blocks:
        if isinstance(block, Columns):
            yield from block.blocks
        else:
            yield block
