"""Ticked and empty boxes, drawn by us: no free Chinese font has ☐ U+2610, ☑ U+2611 or ☒ U+2612, and forms need them.

The characters stay themselves in the text of the PDF; only their shape is ours.
"""

from __future__ import annotations

from collections.abc import Callable

from fontTools.pens.basePen import AbstractPen

from pipeline.rendering.subset import Outline, build_font

_UNITS = 1000
_Points = tuple[tuple[int, int], ...]

# Outer edge anticlockwise, inner edge clockwise: a frame in the middle of the em box.
_FRAME: tuple[_Points, ...] = (
    ((80, -60), (920, -60), (920, 780), (80, 780)),
    ((140, 0), (140, 720), (860, 720), (860, 0)),
)
_TICK: _Points = ((230, 400), (180, 345), (420, 90), (820, 590), (765, 640), (420, 205))
_CROSS: _Points = (
    *((500, 410), (730, 640), (780, 590), (550, 360), (780, 130), (730, 80)),
    *((500, 310), (270, 80), (220, 130), (450, 360), (220, 590), (270, 640)),
)
_SHAPES: dict[str, tuple[_Points, ...]] = {
    "☐": _FRAME,
    "☑": (*_FRAME, _TICK),
    "☒": (*_FRAME, tuple(reversed(_CROSS))),
}


class SymbolFace:
    """The drawn boxes as the last face of every chain."""

    key = "GongwenSymbols"
    full_name = "Gongwen Symbols"
    slanted = False

    def covers(self, character: str) -> bool:
        """Only the three boxes."""
        return character in _SHAPES

    def advance(self, character: str) -> float:
        """One em."""
        return 1.0

    def subset(self, characters: str) -> bytes:
        """A font file of the boxes used."""
        known = {each: Outline(_UNITS, _drawing(_SHAPES[each])) for each in characters if each in _SHAPES}
        return build_font(self.key, _UNITS, known)


def _drawing(contours: tuple[_Points, ...]) -> Callable[[AbstractPen], None]:
    """What draws closed polygons on a pen."""

    def draw(pen: AbstractPen) -> None:
        for contour in contours:
            pen.moveTo(contour[0])
            for point in contour[1:]:
                pen.lineTo(point)
            pen.closePath()

    return draw
