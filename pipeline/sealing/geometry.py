"""Where name, date and seal stand at the end of a paper: GB/T 9704-2012 clause 7.3.5, as pure arithmetic.

The seal is pressed by hand years before anybody measures it, so the place for it must be true to the millimetre: its
full diameter, upright, on name and date, both of them a little below its centre, its upper edge within one line of the
text above. All lengths are points; ``character`` is the width of one 三号 character with its spacing, the 字 of the
standard.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4

DEFAULT_DIAMETER = 42.0
"""Millimetres: seals of 街道 and 乡镇 bodies (国发〔1999〕25号)."""

_DROP = 0.1
"""How far, in diameters, the middle of name and date lies below the centre of the seal (居印章中心偏下位置)."""

_AIR = 2.0
"""Points between a seal and the edges of its table cell, at its sides and below it."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """The end of a paper. ``name_right`` and ``date_right`` are indents from the right edge of the text area.

    ``above`` is the space over the first line of the name. ``seal_left`` is measured from the left edge of the text
    area, ``seal_top`` from the top of the date's line (negative is above it); both are 0 without a seal.
    """

    name_right: float
    date_right: float
    above: float
    seal_left: float = 0.0
    seal_top: float = 0.0


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A seal in a table cell: the lines it covers are centred on ``centre``, measured from the cell's left edge.

    ``above`` and ``below`` are the spaces the circle needs over the first and under the last of these lines;
    ``seal_left`` is measured from the left edge, ``seal_top`` from the top of the first line.
    """

    centre: float
    above: float
    below: float
    seal_left: float
    seal_top: float


def sealed(
    *, area: float, name: float, lines: int, day: float, pitch: float, character: float, diameter: float
) -> SignOff:
    """One organ with its seal (7.3.5.1). ``name`` and ``day`` are widths, ``lines`` how many the name takes.

    The date stands four characters in from the right, the name is centred over it. Where a long name or the seal would
    leave the text area, all three move left together.
    """
    radius = diameter / 2
    centre = min(area - 4 * character - day / 2, area - min(name, area) / 2, area - radius)
    top = _top_of_seal(pitch * (lines + 1), radius)
    return SignOff(
        name_right=max(0.0, area - centre - name / 2),
        date_right=area - centre - day / 2,
        above=pitch * max(1, math.ceil(-top / pitch)),
        seal_left=centre - radius,
        seal_top=top - pitch * lines,
    )


def unsealed(*, name: float, day: float, pitch: float, character: float) -> SignOff:
    """One organ without a seal (7.3.5.2): name two characters in, the date begins two characters after the name.

    A date longer than the name stands two characters in itself, and the name's indent grows.
    """
    margin = 2 * character
    date_right = name - day
    if date_right >= margin:
        return SignOff(name_right=margin, date_right=date_right, above=pitch)
    return SignOff(name_right=max(0.0, 2 * margin + day - name), date_right=margin, above=pitch)


def in_cell(*, width: float, words: float, lines: int, pitch: float, diameter: float, to_the_right: bool) -> CellPlace:
    """A seal on ``lines`` lines (the widest is ``words``) of a cell ``width`` wide, in the middle or near its right."""
    radius = diameter / 2
    half = max(radius + _AIR, words / 2 + pitch)
    centre = max(width - half, width / 2) if to_the_right else width / 2
    top = _top_of_seal(pitch * lines, radius)
    return CellPlace(
        centre=centre,
        above=max(0.0, -top),
        below=max(0.0, top + diameter - pitch * lines) + _AIR,
        seal_left=centre - radius,
        seal_top=top,
    )


def _top_of_seal(block: float, radius: float) -> float:
    """The seal's upper edge, measured from the top of a block of lines ``block`` high; negative is above it."""
    return block / 2 - _DROP * 2 * radius - radius
