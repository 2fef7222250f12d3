"""From merged paragraph properties to the frame its lines are set in (ECMA-376 part 1, 17.3.1).

Chinese files give indents in hundredths of a character and spacing in hundredths of a line; where they do, those win
over the twips beside them, which only record what the characters measured when the file was last saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.rendering.model import Alignment, Frame, Grid, LineRule, TabStop, UprightAlignment
from pipeline.rendering.properties import EMPTY_ATTRIBUTES, Properties, is_set, text
from pipeline.rendering.source import Settings
from pipeline.rendering.units import hundredths, integer, number, twips

_AUTOMATIC = 14.0
"""Points of space that "automatic" spacing means between paragraphs."""

_LINE_WITHOUT_GRID = 12.0
_MOST_LINES = 132.0
"""Word's own limit for a multiple of lines."""

_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "lowKashida": "justify",
    "mediumKashida": "justify",
    "highKashida": "justify",
    "distribute": "distribute",
    "thaiDistribute": "distribute",
}
_LEADERS: dict[str, Literal["dot", "hyphen", "underscore", "middle-dot"]] = {
    "dot": "dot",
    "hyphen": "hyphen",
    "underscore": "underscore",
    "heavy": "underscore",
    "middleDot": "middle-dot",
}
_UPRIGHT: dict[str, UprightAlignment] = {"top": "top", "center": "center", "bottom": "bottom"}
_STOPS: dict[str, Literal["center", "right", "decimal"]] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "decimal": "decimal",
}


@dataclass(frozen=True, slots=True)
class Indents:
    """Indents in points; ``first`` is relative to ``left``, negative when hanging."""

    left: float
    right: float
    first: float


def indents(properties: Properties, size: float, grid: Grid) -> Indents:
    """The indents; a character is as wide as the paragraph's first one, with what the grid adds to its ``size``.

    Word's left indent reaches to the lines that hang, in twips: one character and three hanging are saved as
    ``left="1120" leftChars="100" hanging="840" hangingChars="300"``. So the characters of a left indent do not count
    the hanging ones, and those are added.
    """
    ind = properties.get("ind", EMPTY_ATTRIBUTES)
    character = size + grid.delta

    def length(name: str) -> float:
        characters = hundredths(ind.get(f"{name}Chars", "0"))
        return characters * character if characters else twips(ind.get(name, "0"))

    hanging = length("hanging")
    left = length("left") + (hanging if hundredths(ind.get("leftChars", "0")) else 0.0)
    return Indents(left, length("right"), -hanging if hanging else length("firstLine"))


def spacing(properties: Properties, side: str, grid: Grid) -> float:
    """The space ``before`` or ``after`` a paragraph, in points."""
    attributes = properties.get("spacing", EMPTY_ATTRIBUTES)
    if attributes.get(f"{side}Autospacing", "0") in ("1", "true", "on"):
        return _AUTOMATIC
    lines = hundredths(attributes.get(f"{side}Lines", "0"))
    if lines:
        return max(lines * (grid.pitch or _LINE_WITHOUT_GRID), 0.0)
    return max(twips(attributes.get(side, "0")), 0.0)


def line_rule(properties: Properties) -> LineRule:
    """How the height of a line is given; single when nothing is said."""
    attributes = properties.get("spacing", EMPTY_ATTRIBUTES)
    if "line" not in attributes:
        return LineRule()
    rule = attributes.get("lineRule", "auto")
    if rule == "auto":
        return LineRule("multiple", min(max(number(attributes["line"]) / 240, 0.01), _MOST_LINES))
    height = abs(twips(attributes["line"]))
    return LineRule("exact" if rule == "exact" else "at-least", height)


def frame(
    properties: Properties, size: float, width: float, grid: Grid, settings: Settings, *, in_table: bool
) -> Frame:
    """Everything the composer needs of a paragraph but its words: they stand in a column of this ``width``, their first
    character is of this ``size`` in points."""
    on_grid = is_set(properties, "snapToGrid", default=True)
    grid = grid if on_grid else Grid()
    if in_table and not settings.grid_in_tables:
        grid = Grid(0.0, grid.delta)
    around = indents(properties, size, grid)
    return Frame(
        width=width,
        left=around.left,
        right=around.right,
        first=around.first,
        align=_ALIGNMENTS.get(text(properties, "jc", default="left"), "left"),
        tabs=tab_stops(properties, around),
        default_tab=settings.default_tab,
        line=line_rule(properties),
        grid=grid,
        kinsoku=is_set(properties, "kinsoku", default=True),
        overflow_punctuation=is_set(properties, "overflowPunct", default=True),
        word_wrap=is_set(properties, "wordWrap", default=True),
        auto_space=is_set(properties, "autoSpaceDE", default=True),
        auto_space_digits=is_set(properties, "autoSpaceDN", default=True),
        compress_punctuation=settings.compress_punctuation,
        opening_marks_in=is_set(properties, "topLinePunct"),
        upright=_UPRIGHT.get(text(properties, "textAlignment"), "baseline"),
    )


def tab_stops(properties: Properties, around: Indents) -> tuple[TabStop, ...]:
    """The stops in order; a hanging indent is one more, where the text behind a list number begins."""
    stops = {}
    for position, look in properties.get("tabs", EMPTY_ATTRIBUTES).items():
        stop, _space, leader = look.partition(" ")
        if stop not in ("clear", "bar"):
            at = twips(position)
            stops[at] = TabStop(at, _STOPS.get(stop, "left"), _LEADERS.get(leader, ""))
    if around.first < 0:
        stops.setdefault(around.left, TabStop(around.left))
    return tuple(stops[at] for at in sorted(stops))


def aligned_stop(alignment: str, leader: str, width: float) -> TabStop:
    """The stop of a w:ptab, measured between margins so far apart."""
    if alignment == "center":
        return TabStop(width / 2, "center", _LEADERS.get(leader, ""))
    if alignment == "right":
        return TabStop(width, "right", _LEADERS.get(leader, ""))
    return TabStop(0.0, "left", _LEADERS.get(leader, ""))


def outline_level(properties: Properties) -> int:
    """1 to 9, 0 for body text."""
    level = text(properties, "outlineLvl")
    return integer(level) + 1 if level and 0 <= integer(level) <= 8 else 0
