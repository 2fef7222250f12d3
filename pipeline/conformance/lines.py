"""Glyphs put together again as lines of text, which a PDF does not keep.

A line is what stands on one base line of one page. Its left and right are those of cells, not of ink: "（" and "，" are
half empty, and 左空二字 counts the empty half. Its top and bottom are ink, because the standard measures to 上边缘.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.conformance.faces import Role, is_han, role
from pipeline.conformance.geometry import MM_PER_POINT, Box, Glyph, Page, around

_SAME_LINE = 0.3
"""Base lines that differ by less than this part of the size are one line (digits set a little higher, superscripts)."""


@dataclass(frozen=True, eq=False)
class Line:
    """The glyphs on one base line, from left to right; ``page`` counts from 1. At least one glyph.

    Equal only to itself: lines are told apart by being there, not by what they say.
    """

    page: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """The characters without blanks."""
        return "".join(glyph.char for glyph in self.glyphs)

    @cached_property
    def ink(self) -> Box:
        """The box round all paint."""
        return around(glyph.ink for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """Where the first cell begins, mm."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where the last cell ends, mm."""
        return self.glyphs[-1].right

    @property
    def center(self) -> float:
        """Half way between the first and the last cell's outer edges, mm."""
        return (self.left + self.right) / 2

    @cached_property
    def baseline(self) -> float:
        """The base line most glyphs stand on, mm from the top."""
        return Counter(round(glyph.baseline, 2) for glyph in self.glyphs).most_common(1)[0][0]

    @cached_property
    def size(self) -> float:
        """The size most glyphs have, pt; Hanzi decide where there are any."""
        return Counter(glyph.style.size for glyph in self.han or self.glyphs).most_common(1)[0][0]

    @cached_property
    def han(self) -> tuple[Glyph, ...]:
        """The Hanzi of the line."""
        return tuple(glyph for glyph in self.glyphs if is_han(glyph.char))

    @cached_property
    def role(self) -> Role:
        """The face most of its Hanzi (without any: its characters) are set in."""
        return Counter(role(glyph.style.font) for glyph in self.han or self.glyphs).most_common(1)[0][0]

    @cached_property
    def fonts(self) -> tuple[str, ...]:
        """The font names on the line, most used first."""
        return tuple(name for name, _times in Counter(glyph.style.font for glyph in self.glyphs).most_common())

    @cached_property
    def red(self) -> bool:
        """Whether most of it is printed red."""
        return sum(is_red(glyph.style.colour) for glyph in self.glyphs) * 2 > len(self.glyphs)

    @cached_property
    def widest_gap(self) -> float:
        """The widest empty space between two neighbours, mm."""
        return max((after.left - before.right for before, after in pairwise(self.glyphs)), default=0.0)


def lines_of(page: Page) -> tuple[Line, ...]:
    """The lines of a page from top to bottom; text that does not run from left to right is left out."""
    upright = sorted((glyph for glyph in page.glyphs if glyph.style.upright), key=lambda glyph: glyph.baseline)
    lines: list[list[Glyph]] = []
    for glyph in upright:
        reach = _SAME_LINE * glyph.style.size * MM_PER_POINT
        if lines and glyph.baseline - lines[-1][-1].baseline <= reach:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return tuple(line_of(page.number, glyphs) for glyphs in lines)


def line_of(page: int, glyphs: Iterable[Glyph]) -> Line:
    """A line of the given glyphs in reading order."""
    return Line(page, tuple(sorted(glyphs, key=lambda glyph: glyph.left)))


def pitch(lines: Sequence[Line]) -> float | None:
    """The commonest distance between neighbouring base lines of one page, mm; None for fewer than two lines."""
    steps = Counter(
        round(after.baseline - before.baseline, 1)
        for before, after in pairwise(lines)
        if before.page == after.page and after.baseline > before.baseline
    )
    if not steps:
        return None
    common = steps.most_common(1)[0][0]
    near = [
        after.baseline - before.baseline
        for before, after in pairwise(lines)
        if before.page == after.page and abs(after.baseline - before.baseline - common) <= 0.15
    ]
    return sum(near) / len(near)


def is_red(colour: str) -> bool:
    """Whether "#rrggbb" is the red of official papers (6.2: Y80 M80, whatever a colour profile makes of it)."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red >= 150 and max(green, blue) <= 110 and red - max(green, blue) >= 90


def is_black(colour: str) -> bool:
    """Whether "#rrggbb" passes for black ink."""
    return max(int(colour[start : start + 2], 16) for start in (1, 3, 5)) <= 0x40
