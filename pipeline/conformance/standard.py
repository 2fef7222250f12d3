"""The figures of GB/T 9704-2012 that the checks compare with, each once, with its clause.

Lengths in mm from the left and top edge of an A4 page, sizes in pt. Where the standard prints only two of three figures
(天头 37 mm, 订口 28 mm, 版心 156 x 225 mm, clause 5.2.1) the third follows from the paper.
"""

from __future__ import annotations

from pipeline.conformance.geometry import MM_PER_POINT, Box

PAPER_WIDTH = 210.0
PAPER_HEIGHT = 297.0
"""5.1: GB/T 148 A4."""

TEXT_AREA = Box(28.0, 37.0, 184.0, 262.0)
"""版心, 5.2.1; the page number stands outside it."""

LINES_PER_PAGE = 22
CHARACTERS_PER_LINE = 28
"""5.2.3."""

TOLERANCE = 1.0
"""6.1: an error of the plate up to 1 mm; taken for every length to which the standard gives no tolerance of its own."""

SIZE_TOLERANCE = 0.5
"""pt. 三号 is 16 pt in office software and 15.75 pt in type; a smaller difference cannot be seen."""

SIZE_2 = 22.0
SIZE_3 = 16.0
SIZE_4 = 14.0
"""二号, 三号, 四号 in pt."""

LINE = TEXT_AREA.height / LINES_PER_PAGE
"""行: 22 of them fill the 版心 (10.23 mm; by the unit of clause 3.2, 三号 and 7/8 of it, 10.42 mm)."""

CHARACTER = TEXT_AREA.width / CHARACTERS_PER_LINE
"""字, 3.1: the width of one Hanzi; 28 of them fill the 版心 (5.57 mm)."""

LEAD = LINE - SIZE_3 * MM_PER_POINT
"""The white between two lines of 三号 (4.58 mm; 7/8 of a Hanzi). Office software counts it into the line."""

CHARACTER_4 = SIZE_4 * MM_PER_POINT
"""One 字 of 四号 (4.94 mm), for 版记 and page numbers."""

MARK_BELOW_TEXT_TOP = 35.0
"""发文机关标志, 7.2.4 and 10.3: its upper edge below the upper edge of the 版心."""

LETTER_MARK_TOP = 30.0
LETTER_RULE_LENGTH = 170.0
LETTER_FOOT_RULE = 20.0
"""10.1: mark below the paper's edge; both double lines; the second one above the paper's lower edge."""

HEAD_RULE_GAP = 4.0
"""7.2.7 and 10.1: from 发文字号 (a letter: from the mark) down to the red line."""

THICK_RULE = 0.35
THIN_RULE = 0.25
RULE_TOLERANCE = 0.05
"""7.4.1, recommended strengths; they differ by 0.1 mm, so half of that still tells them apart."""

PAGE_NUMBER_GAP = 7.0
"""7.5: from the lower edge of the 版心 down to the dash of the page number."""
