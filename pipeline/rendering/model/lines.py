"""Finished lines: stretches of text of one look, blanks, page numbers and pictures, each with its width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.rendering.model.borders import NO_BORDER, Border
from pipeline.rendering.model.items import Mark, Strike, Underline

if TYPE_CHECKING:  # a shape holds lines again
    from pipeline.rendering.model.blocks import Shape


@dataclass(frozen=True, slots=True)
class Seg:
    """A stretch of text of one face on one line. ``face`` is a key of ``fonts.FontBook``; ``width`` is its advance.

    Weight and slant are part of the face (a drawn bold has a key of its own), so CSS says neither. ``spacing`` is added
    after every character, the last one too, justification included; it counts after ``scale``, which widens the
    characters only. ``standing`` characters stand up on a line that is turned downwards.
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
    underline_color: str = ""
    strike: Strike = ""
    highlight: str = ""
    border: Border = NO_BORDER
    emphasis: bool = False
    href: str = ""
    standing: bool = False


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
    """The place of a page number; ``seg`` carries the look, its text is the sample, ``form`` names its figures."""

    kind: Literal["page", "pages", "section-pages"]
    seg: Seg
    form: str = "decimal"


@dataclass(frozen=True, slots=True)
class BoxSeg:
    """An inline picture or shape on a line, its foot ``rise`` above the base line."""

    shape: Shape
    rise: float = 0.0


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
