"""The lines across a cell that make a 斜线表头 of it (w:tl2br, w:tr2bl), from corner to corner of its grid lines.

How high a cell is, the page decides; so they are drawn as its background, in the size it has by then.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.pdf.stream import Stream

from pipeline.rendering.looks import NONE, PIXEL
from pipeline.rendering.model import NO_BORDER, Border
from pipeline.rendering.numerals import number
from pipeline.rendering.pen import rgb

_DASHES = {"dashed": "[{0}] 0 d", "dotted": "1 J [0 {0}] 0 d"}
_PITCH = {"dashed": 3.0, "dotted": 2.0}
"""A dash, or the way from dot to dot, in stroke widths."""
_ALL = Dimension(100, "%")


@dataclass(frozen=True, slots=True)
class Diagonals:
    """``down`` falls from the left to the right, ``up`` rises."""

    down: Border
    up: Border

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, None]:
        """They have none of their own; the cell's is asked for."""
        return 1.0, 1.0, None

    def draw(self, stream: Stream, width: float, height: float, _style: Any) -> None:
        """Draw them across a cell of this size in pixels."""
        for line, begin, end in ((self.down, 0.0, height), (self.up, height, 0.0)):
            if line.style == "none":
                continue
            stroke = line.width / PIXEL
            offsets: tuple[float, ...] = (0.0,)
            if line.style == "double":
                stroke /= 3
                offsets = (-stroke, stroke)
            dashes = _DASHES.get(line.style, "").format(number(_PITCH.get(line.style, 0.0) * stroke))
            slope = math.hypot(width, height) / max(width, 0.01)
            path = " ".join(
                f"0 {number(begin + offset * slope)} m {number(width)} {number(end + offset * slope)} l S"
                for offset in offsets
            )
            stream.stream.append(f"q {rgb(line.color)} RG {number(stroke)} w {dashes} {path} Q".encode())


def diagonals(down: Border, up: Border) -> dict[str, Any]:
    """The properties of a cell with these lines; none for none."""
    if down == up == NO_BORDER:
        return {}
    return {
        "background_image": (("drawn", Diagonals(down, up)),),
        "background_repeat": (("no-repeat", "no-repeat"),),
        "background_position": (("left", NONE, "top", NONE),),
        "background_size": ((_ALL, _ALL),),
        "background_origin": ("border-box",),
        "background_clip": ("border-box",),
    }
