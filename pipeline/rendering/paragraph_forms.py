"""What the properties of a paragraph come to besides its frame: the space round it, its box, and where pages may break.

A table of a thousand rows has five thousand paragraphs of one form, so a form is made once.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rendering.borders import between, paragraph_borders
from pipeline.rendering.frames import outline_level, spacing
from pipeline.rendering.model import Border, Borders, Grid
from pipeline.rendering.properties import EMPTY, Properties, is_set
from pipeline.rendering.textstyle import shading
from pipeline.rendering.theme import Theme


@dataclass(frozen=True, slots=True)
class ParagraphForm:
    """The form of a paragraph; spaces in points.

    ``contextual``: no space between it and neighbours of the same style. ``between`` is the line between paragraphs of
    one box. ``framed`` are the attributes of its w:framePr.
    """

    before: float
    after: float
    borders: Borders
    between: Border
    shading: str
    keep_next: bool
    keep_lines: bool
    widow_control: bool
    page_break_before: bool
    contextual: bool
    outline: int
    framed: Properties


def form_of(properties: Properties, grid: Grid, theme: Theme) -> ParagraphForm:
    """The form these properties ask for on a grid."""
    return ParagraphForm(
        before=spacing(properties, "before", grid),
        after=spacing(properties, "after", grid),
        borders=paragraph_borders(properties),
        between=between(properties),
        shading=shading(properties, theme),
        keep_next=is_set(properties, "keepNext"),
        keep_lines=is_set(properties, "keepLines"),
        widow_control=is_set(properties, "widowControl", default=True),
        page_break_before=is_set(properties, "pageBreakBefore"),
        contextual=is_set(properties, "contextualSpacing"),
        outline=outline_level(properties),
        framed={"framePr": properties["framePr"]} if "framePr" in properties else EMPTY,
    )
