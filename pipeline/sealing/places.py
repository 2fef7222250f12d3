"""Drawings and geometry together, seals measured in mm; as a module it fits the ``Places`` of ``pipeline.merge``."""

from __future__ import annotations

from pipeline.sealing import drawings, geometry
from pipeline.sealing.geometry import POINTS_PER_MM, CellPlace, SignOff


def seal(name: str, diameter: float) -> str:
    """Run content (OOXML): the circle for the seal ``name``."""
    return drawings.seal(name, diameter)


def signature(name: str) -> str:
    """Run content (OOXML): the line for the signature ``name``; it asks for no field when the name is empty."""
    return drawings.signature(name)


def sealed(
    *, area: float, name: float, lines: int, day: float, pitch: float, character: float, diameter: float
) -> SignOff:
    """See ``geometry.sealed``; points, but ``diameter`` in mm."""
    return geometry.sealed(
        area=area, name=name, lines=lines, day=day, pitch=pitch, character=character, diameter=diameter * POINTS_PER_MM
    )


def unsealed(*, name: float, day: float, pitch: float, character: float) -> SignOff:
    """See ``geometry.unsealed``; points."""
    return geometry.unsealed(name=name, day=day, pitch=pitch, character=character)


def in_cell(*, width: float, words: float, lines: int, pitch: float, diameter: float, to_the_right: bool) -> CellPlace:
    """See ``geometry.in_cell``; points, but ``diameter`` in mm."""
    return geometry.in_cell(
        width=width,
        words=words,
        lines=lines,
        pitch=pitch,
        diameter=diameter * POINTS_PER_MM,
        to_the_right=to_the_right,
    )
