"""The lines round a paragraph, a cell, a page or a few characters, one side at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Border:
    """One side of a frame: CSS style name, width, colour, and the distance to what it frames."""

    style: Literal["none", "solid", "double", "dotted", "dashed"] = "none"
    width: float = 0.0
    color: str = "#000000"
    space: float = 0.0


NO_BORDER = Border()


@dataclass(frozen=True, slots=True)
class Borders:
    """The four sides."""

    top: Border = NO_BORDER
    right: Border = NO_BORDER
    bottom: Border = NO_BORDER
    left: Border = NO_BORDER


NO_BORDERS = Borders()
