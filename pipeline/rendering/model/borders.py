"""The lines round a paragraph, a cell, a page or a few characters, one side at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Border:
    """One side of a frame: CSS style name, width, colour, and the distance to what it frames.

    ``strokes`` are the parts of a double line whose strokes differ (文武线): the outer or upper one, the gap, the inner
    or lower one; empty for all other lines.
    """

    style: Literal["none", "solid", "double", "dotted", "dashed"] = "none"
    width: float = 0.0
    color: str = "#000000"
    space: float = 0.0
    strokes: tuple[float, float, float] | tuple[()] = ()


NO_BORDER = Border()


@dataclass(frozen=True, slots=True)
class Borders:
    """The four sides."""

    top: Border = NO_BORDER
    right: Border = NO_BORDER
    bottom: Border = NO_BORDER
    left: Border = NO_BORDER


NO_BORDERS = Borders()
