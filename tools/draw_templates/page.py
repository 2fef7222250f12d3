"""The page of GB/T 9704-2012 in the units of a Word file, upright and, for wide tables, lying.

A4 with margins 37/35/28/26 mm (clause 5.2.1; right and bottom follow from the 156 x 225 mm 版心), 22 lines of 28
characters (5.2.2). Word's 三号 is 16 pt, and 28 x 16 pt is wider than the 版心: only with -0.25 pt after each
character do 28 fit, and only with an exact 28.95 pt pitch do 22 lines fit.
"""

from __future__ import annotations

from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # twips: A4
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1587, 1474  # twips: 37, 35, 28, 26 mm
TEXT_WIDTH = 8844  # twips: 156 mm
LINE = 579  # twips: 22 x 28.95 pt = 636.9 pt of the 637.8 pt there are
HALF_LINE = 290  # twips: about half of it, between the parts of papers that are no 公文
TRACKING = -5  # twips after each character: 28 x 15.75 pt = 441 pt of 442.2 pt
CHARACTER = 320  # twips: one 三号 character
SMALL_CHARACTER = 280  # twips: one 四号 character

FOOTER = 1425
"""Twips from the paper's lower edge to the foot of the page number (clause 7.5: the dash 7 mm below the 版心).

The number stands on a 14 pt line; its dash lies 5.9 pt below the top of that line, so the line begins 4.9 mm and ends
9.9 mm below the 版心, which is 25.1 mm above the edge of the paper.
"""


@dataclass(frozen=True)
class Page:
    """A sheet of paper and its margins in twips; ``footer`` as ``FOOTER``."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    footer: int
    border: str = ""
    """Content of w:pgBorders, for certificates."""

    @property
    def text_width(self) -> int:
        """Twips between the side margins."""
        return self.width - self.left - self.right


PORTRAIT = Page(PAGE_WIDTH, PAGE_HEIGHT, TOP, RIGHT, BOTTOM, LEFT, FOOTER)
LANDSCAPE = Page(PAGE_HEIGHT, PAGE_WIDTH, LEFT, TOP, RIGHT, BOTTOM, RIGHT - (BOTTOM - FOOTER))
"""The same page turned so that a table's head looks to the binding (clause 8): 28 mm above, 37 mm at the right."""
