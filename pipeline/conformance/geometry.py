"""What a finished page looks like, as plain geometry: no PDF library, no meaning yet.

All lengths are millimetres from the left and TOP edge of the page as a reader holds it (crop box and rotation applied);
font sizes are points. Two boxes belong to a character and must not be confused: its *ink* (the painted outline), which
is what a ruler on paper meets, and its *cell* (origin to advance), which is what the standard means by 字.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in mm; ``top`` is smaller than ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width in mm."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in mm."""
        return self.bottom - self.top

    @property
    def center(self) -> float:
        """The horizontal centre, mm from the left edge of the page."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """The vertical centre, mm from the top edge of the page."""
        return (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it, edges included."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def common(self, other: Box) -> Box:
        """What two boxes share; a box of negative width or height where they share nothing."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box round all of them. Raises ``ValueError`` when there is none."""
    many = tuple(boxes)
    return Box(
        min(box.left for box in many),
        min(box.top for box in many),
        max(box.right for box in many),
        max(box.bottom for box in many),
    )


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set: font name without subset prefix, size in pt as printed, colour "#rrggbb".

    ``upright`` is False for text that does not run from left to right.
    """

    font: str
    size: float
    colour: str
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character: ``left`` to ``right`` is its cell, ``baseline`` what it stands on, ``ink`` its paint."""

    char: str
    left: float
    right: float
    baseline: float
    ink: Box
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight printed line, from a stroke or a thin filled rectangle. ``box`` is its painted area."""

    box: Box
    colour: str

    @property
    def horizontal(self) -> bool:
        """Whether it lies rather than stands."""
        return self.box.width >= self.box.height

    @property
    def length(self) -> float:
        """The longer side, mm."""
        return max(self.box.width, self.box.height)

    @property
    def thickness(self) -> float:
        """The shorter side, mm."""
        return min(self.box.width, self.box.height)


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A form field (a signature field above all): its name and its rectangle."""

    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``number`` counts from 1, ``width`` and ``height`` are as displayed."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    fields: tuple[FieldPlace, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished paper (公文成品), page by page."""

    pages: tuple[Page, ...]
