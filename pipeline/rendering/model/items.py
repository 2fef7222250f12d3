"""What a paragraph holds before its lines are set: characters in a style, tabs, breaks, page numbers, pictures.

Nothing here knows of widths or lines; face names and sizes are those of the Word file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.rendering.model.borders import NO_BORDER, Border
from pipeline.rendering.model.frame import TabStop

if TYPE_CHECKING:  # a shape holds paragraphs again
    from pipeline.rendering.model.blocks import Block, Shape

Underline = Literal["", "single", "double", "thick", "dotted", "dash", "wave"]
Strike = Literal["", "single", "double"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A run's properties after all inheritance (ECMA-376 part 1, 17.3.2). Face names are those of the Word file.

    ``spacing`` is added after each character; ``scale`` is w:w as a factor; ``rise`` lifts the base line (w:position,
    superscript), positive is up. ``color`` and ``highlight`` are "#rrggbb", highlight "" for none, ``underline_color``
    "" for that of the text. ``off_grid`` characters gain nothing from the document grid.
    """

    east_asian: str
    latin: str
    size: float
    bold: bool = False
    italic: bool = False
    color: str = "#000000"
    underline: Underline = ""
    underline_color: str = ""
    strike: Strike = ""
    highlight: str = ""
    border: Border = NO_BORDER
    spacing: float = 0.0
    scale: float = 1.0
    rise: float = 0.0
    emphasis: bool = False
    hint_east_asian: bool = False
    off_grid: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Characters in one style. ``href`` is a link target; no tab or line break inside. ``close``: no blank is put
    beside it, because it is no word (the number of a footnote)."""

    text: str
    style: TextStyle
    href: str = ""
    close: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab character; ``style`` matters for its underline and its height. One that names its own ``stop`` (w:ptab)
    does not ask for those of the paragraph."""

    style: TextStyle
    stop: TabStop | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """A forced end of line (w:br, w:cr) or of page."""

    kind: Literal["line", "page"]
    style: TextStyle


@dataclass(frozen=True, slots=True)
class PageField:
    """PAGE, NUMPAGES or SECTIONPAGES: WeasyPrint fills it in; measured as if it were ``sample``.

    ``form`` is Word's name of its figures (w:numFmt).
    """

    kind: Literal["page", "pages", "section-pages"]
    style: TextStyle
    sample: str = "1"
    form: str = "decimal"


@dataclass(frozen=True, slots=True)
class InlineBox:
    """A picture or shape set like one big character, its foot ``rise`` above the base line."""

    shape: Shape
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: a named place of no width. The place of a footnote is one too: ``note`` is its text."""

    name: str
    note: tuple[Block, ...] = ()


Item = Text | Tab | Break | PageField | InlineBox | Mark
