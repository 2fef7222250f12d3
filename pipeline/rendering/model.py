"""What passes between the parts of the renderer: words with a style go in, finished lines on blocks come out.

All lengths are points (1/72 inch) unless a name says otherwise. Everything is frozen: "what text stands on which line"
can be asserted in a test without a PDF, a font file or WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# --------------------------------------------------------------------------- text as the Word file says it

Underline = Literal["", "single", "double", "thick", "dotted", "dash", "wave"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A run's properties after all inheritance (ECMA-376 part 1, 17.3.2). Face names are those of the Word file.

    ``spacing`` is added after each character; ``scale`` is w:w as a factor; ``rise`` lifts the base line (w:position,
    superscript), positive is up. ``color`` and ``highlight`` are "#rrggbb", highlight "" for none.
    """

    east_asian: str
    latin: str
    size: float
    bold: bool = False
    italic: bool = False
    color: str = "#000000"
    underline: Underline = ""
    strike: bool = False
    highlight: str = ""
    spacing: float = 0.0
    scale: float = 1.0
    rise: float = 0.0
    emphasis: bool = False
    hint_east_asian: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Characters in one style. ``href`` is a link target; no tab or line break inside."""

    text: str
    style: TextStyle
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab character; ``style`` matters for its underline and its height."""

    style: TextStyle


@dataclass(frozen=True, slots=True)
class Break:
    """A forced end of line (w:br, w:cr) or of page."""

    kind: Literal["line", "page"]
    style: TextStyle


@dataclass(frozen=True, slots=True)
class PageField:
    """PAGE, NUMPAGES or SECTIONPAGES: WeasyPrint fills it in; measured as if it were ``sample``."""

    kind: Literal["page", "pages", "section-pages"]
    style: TextStyle
    sample: str = "1"


@dataclass(frozen=True, slots=True)
class InlineBox:
    """A picture or shape set like one big character, its foot on the base line."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: a named place of no width."""

    name: str


Item = Text | Tab | Break | PageField | InlineBox | Mark

# --------------------------------------------------------------------------- how a paragraph wants its lines

Alignment = Literal["left", "center", "right", "justify", "distribute"]


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab stop, ``position`` measured from the text margin (before the indent)."""

    position: float
    kind: Literal["left", "center", "right", "decimal"] = "left"
    leader: Literal["", "dot", "hyphen", "underscore", "middle-dot"] = ""


@dataclass(frozen=True, slots=True)
class LineRule:
    """Line spacing (17.3.1.33). ``value`` is points for exact and at-least, a factor for multiple."""

    kind: Literal["multiple", "exact", "at-least"] = "multiple"
    value: float = 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The section's document grid (17.6.5). ``pitch`` is the line pitch, ``delta`` what each character gains."""

    pitch: float = 0.0
    delta: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything the composer needs to know of a paragraph but its words.

    ``width`` is the distance between the text margins; ``left``, ``right`` and ``first`` (relative to ``left``,
    negative when hanging) are the indents.
    """

    width: float
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    align: Alignment = "left"
    tabs: tuple[TabStop, ...] = ()
    default_tab: float = 36.0
    line: LineRule = LineRule()
    grid: Grid = Grid()
    kinsoku: bool = True
    overflow_punctuation: bool = True
    word_wrap: bool = True
    auto_space: bool = True
    compress_punctuation: bool = False


# --------------------------------------------------------------------------- finished lines


@dataclass(frozen=True, slots=True)
class Seg:
    """A stretch of text of one face on one line. ``face`` is a key of ``fonts.FontBook``; ``width`` is its advance.

    Weight and slant are part of the face (a drawn bold has a key of its own), so CSS says neither. ``spacing`` is added
    after every character, the last one too, justification included; it counts after ``scale``, which widens the
    characters only.
    """

    text: str
    face: str
    size: float
    width: float
    color: str = "#000000"
    spacing: float = 0.0
    scale: float = 1.0
    rise: float = 0.0
    underline: Underline = ""
    strike: bool = False
    highlight: str = ""
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty width on a line: a tab, or the blank between Han and Latin characters."""

    width: float
    leader: str = ""
    size: float = 0.0
    underline: Underline = ""
    color: str = "#000000"


@dataclass(frozen=True, slots=True)
class FieldSeg:
    """The place of a page number; ``seg`` carries the look, its text is the sample."""

    kind: Literal["page", "pages", "section-pages"]
    seg: Seg


@dataclass(frozen=True, slots=True)
class BoxSeg:
    """An inline picture or shape on a line."""

    shape: Shape


Part = Seg | Gap | FieldSeg | BoxSeg | Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line. ``x`` is its start from the left text margin, ``height`` its full height, ``ascent`` the
    distance of the base line from its top. ``width`` is the measure it fills: a hanging stop, blanks at its end and
    the spacing after its last character stand beyond it."""

    parts: tuple[Part, ...]
    x: float
    width: float
    height: float
    ascent: float
    page_break_after: bool = False

    @property
    def text(self) -> str:
        """The characters on the line."""
        return "".join(part.text for part in self.parts if isinstance(part, Seg))


# --------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Border:
    """One side of a frame: CSS style name, width, colour, and the distance to what it frames."""

    style: Literal["none", "solid", "double", "dotted", "dashed"] = "none"
    width: float = 0.0
    color: str = "#000000"
    space: float = 0.0


NO_BORDER = Border()


@dataclass(frozen=True, slots=True)
class Borders:
    """The four sides."""

    top: Border = NO_BORDER
    right: Border = NO_BORDER
    bottom: Border = NO_BORDER
    left: Border = NO_BORDER


@dataclass(frozen=True, slots=True)
class Shape:
    """A picture, a line, a rectangle, an ellipse or a text box.

    ``x`` and ``y`` are measured from ``origin_x``/``origin_y``; an inline shape has origin "inline". ``name`` is the
    shape's name in the Word file: ``seal:…`` and ``signature:…`` become signature fields in the PDF.
    """

    kind: Literal["picture", "line", "rectangle", "ellipse", "text-box"]
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
    picture: bytes = b""
    media_type: str = ""
    blocks: tuple[Block, ...] = ()
    padding: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    name: str = ""
    description: str = ""


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
    borders: Borders = Borders()
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
class Cell:
    """A table cell; ``column`` and ``span`` in grid columns, ``rows`` the number of rows it spans."""

    blocks: tuple[Block, ...]
    column: int
    span: int = 1
    rows: int = 1
    borders: Borders = Borders()
    shading: str = ""
    padding: tuple[float, float, float, float] = (0.0, 5.4, 0.0, 5.4)
    valign: Literal["top", "middle", "bottom"] = "top"
    vertical: Literal["", "tb-rl", "bt-lr"] = ""


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

# --------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Band:
    """A header or footer: its blocks and the distance of its outer edge from the edge of the paper."""

    blocks: tuple[Block, ...]
    distance: float


@dataclass(frozen=True, slots=True)
class Section:
    """A section: paper, margins and blocks. ``headers`` and ``footers`` by "default", "even" and "first".

    ``start`` says on what page it begins; ``first_page_number`` restarts the count, None goes on.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    blocks: tuple[Block, ...]
    headers: Mapping[str, Band] = field(default_factory=dict)
    footers: Mapping[str, Band] = field(default_factory=dict)
    title_page: bool = False
    start: Literal["next-page", "continuous", "even-page", "odd-page"] = "next-page"
    first_page_number: int | None = None
    number_format: str = "decimal"
    grid: Grid = Grid()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A construct that is not printed faithfully: what, in which part of the file, near which words, what to do."""

    construct: str
    part: str
    near: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A shape of the HTML that becomes a signature field: ``anchor`` is the element's id, ``name`` the shape's name.

    The field is as large as the element's border box; ``description`` is shown to a person who points at it.
    """

    anchor: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole Word file, laid out but not yet paginated. ``text`` is every character that must reach the paper, in
    document order, body first, without white space."""

    sections: tuple[Section, ...]
    text: str
    refusals: tuple[Refusal, ...] = ()
    even_and_odd: bool = False
    mirror_margins: bool = False
    title: str = ""
    language: str = "zh-CN"
