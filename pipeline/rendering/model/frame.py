"""How a paragraph wants its lines: measure, indents, tab stops, line height, grid, and the rules for its ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Alignment = Literal["left", "center", "right", "justify", "distribute"]
UprightAlignment = Literal["baseline", "top", "center", "bottom"]


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


NO_GRID = Grid()


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything the composer needs to know of a paragraph but its words.

    ``width`` is the distance between the text margins; ``left``, ``right`` and ``first`` (relative to ``left``,
    negative when hanging) are the indents. ``auto_space`` keeps a blank between Han and Latin letters,
    ``auto_space_digits`` one between Han and figures. ``opening_marks_in``: the empty half of an opening mark stands
    outside the line it begins (topLinePunct). ``upright`` says how characters of several heights share a line.
    ``by_word``: a line ends wherever one may, to see how wide the longest word is.
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
    auto_space_digits: bool = True
    compress_punctuation: bool = False
    opening_marks_in: bool = False
    upright: UprightAlignment = "baseline"
    by_word: bool = False
