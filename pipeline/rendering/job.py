"""One document on the desk: what all parts of the layout share while they work on it, and where a block stands.

Text boxes and cells hold blocks again. The door back (``Job.blocks``) is handed in, so that modules do not import one
another in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.markup import Element, words_of
from pipeline.rendering.model import NO_GRID, Block, Grid, Refusal
from pipeline.rendering.numbering import Counters
from pipeline.rendering.resolved import Resolved, resolved_by
from pipeline.rendering.source import Source
from pipeline.rendering.styles import NO_LOOK, TableLook
from pipeline.rendering.usage import Usage

UNENDING = 10_000.0
"""A measure no line fills, in points."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet a place is on: its size and its margins, in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: in which part of the file, between margins how far apart, on which grid, in what table.

    ``band`` is "" in the body, else "odd" or "even": the side of the page a header or footer is for. ``measuring``:
    lines are set without an end, or word by word, only to see how wide they are. ``number_format`` is that of page
    numbers. ``adrift``: the blocks begin on a page that others have begun. ``in_columns``: the width is that of one of
    several newspaper columns. ``fitted``: each paragraph is one line as wide as that (适应文字).
    """

    part: str
    width: float
    paper: Paper
    grid: Grid = NO_GRID
    look: TableLook = NO_LOOK
    in_table: bool = False
    band: str = ""
    measuring: Literal["", "paragraphs", "words"] = ""
    number_format: str = "decimal"
    adrift: bool = False
    in_columns: bool = False
    fitted: bool = False


@dataclass(slots=True)
class OpenField:
    """A complex field between its begin and its end; ``instruction`` grows run by run (17.16.18)."""

    instruction: str = ""
    in_result: bool = False
    printed: bool = False


@dataclass(slots=True)
class Job:
    """The document in work. ``words`` collects every text that must reach the paper, ``refusals`` what does not.

    ``extents`` are the widths of cells measured so far, by cell and by what of it was asked.

    ``notes`` counts the footnotes, ``note_number`` is that of the note in work. ``sided`` is set by what stands on the
    inside or outside of a page: its header looks otherwise on even pages.
    """

    source: Source
    book: FontBook
    usage: Usage
    counters: Counters
    blocks: Callable[[Job, Place, Sequence[Element]], tuple[Block, ...]]
    words: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    open_fields: list[OpenField] = field(default_factory=list)
    notes: int = 0
    note_number: str = ""
    sided: bool = False
    extents: dict[tuple[Element, str], float] = field(default_factory=dict, repr=False)
    resolved: Resolved = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.resolved = resolved_by(self.source.styles, self.source.theme, self.source.settings)

    def rehearsal(self) -> Job:
        """A job that leaves no trace: for setting something once to see how large it is."""
        same = replace(
            self,
            usage=Usage(),
            counters=self.counters.copy(),
            words=[],
            refusals=[],
            open_fields=[replace(each) for each in self.open_fields],
        )
        same.resolved = self.resolved
        return same

    def end_of_story(self, place: Place) -> None:
        """A field still open where a story ends would have swallowed all that follows its code."""
        if self.open_fields:
            self.open_fields.clear()
            self.refuse(_("没有结束的域"), place, remedy=_("在 Word 里全选后按 Ctrl+Shift+F9，把域变成文字"))

    def refuse(self, construct: str, place: Place, near: Element | None = None, remedy: str = "") -> None:
        """Note a construct that is not printed faithfully; ``construct`` and ``remedy`` are Chinese."""
        refusal = Refusal(
            construct=construct,
            part=place.part,
            near="" if near is None else words_of(near),
            remedy=remedy or _("在 Word 里去掉或换一种做法后再试"),
        )
        if refusal not in self.refusals:
            self.refusals.append(refusal)
