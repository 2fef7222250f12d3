"""Footnotes as boxes: WeasyPrint brings a note to the foot of the page on which it meets the box that refers to it. A
line whose note finds no room goes to the next page with it.

It looks for such boxes on lines of text only, so the line of ours that has the number becomes the one thing on a line
of WeasyPrint's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from pipeline.rendering.looks import NONE, PIXEL, Looks, size
from pipeline.rendering.numerals import number
from pipeline.rendering.pen import rgb

_RULE_LENGTH, _RULE_WIDTH = 144.0, 0.5
"""Word's line above the notes: two inches, in points."""
_ALL = Dimension(100, "%")


def noted(line: boxes.BlockReplacedBox, note: list[boxes.Box], looks: Looks) -> boxes.BlockBox:
    """The box of a line that refers to a footnote with these contents."""
    look = looks.of(display=("inline", "flow"), vertical_align="bottom")
    inline = boxes.InlineReplacedBox("p", look, line.element, line.replacement)
    foot = looks.of(display=("block", "flow"), footnote_policy="line")
    inline.footnote = boxes.BlockBox("aside", foot, Element("aside"), note)
    flat = looks.of(display=("inline", "flow"), font_size=0.0, line_height=NONE)
    row = boxes.LineBox("p::line", flat, Element("p"), [inline])
    return boxes.BlockBox("p", line.style, line.element, [row])


@dataclass(frozen=True, slots=True)
class NoteRule:
    """The line above the notes, in the middle of the space it stands in, ``height`` points high."""

    height: float

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, None]:
        """It is drawn as large as it is asked for."""
        return 1.0, 1.0, None

    def draw(self, stream: Stream, _width: float, _height: float, _style: Any) -> None:
        """Draw it at the left, in pixels."""
        y, end = self.height / 2 / PIXEL, _RULE_LENGTH / PIXEL
        line = f"0 {number(y)} m {number(end)} {number(y)} l S"
        stream.stream.append(f"q {rgb('#000000')} RG {number(_RULE_WIDTH / PIXEL)} w {line} Q".encode())


def note_area(height: float) -> dict[str, Any]:
    """The properties of the foot of a page with notes, below a rule with its space."""
    return {
        "padding_top": size(height),
        "background_image": (("drawn", NoteRule(height)),),
        "background_repeat": (("no-repeat", "no-repeat"),),
        "background_position": (("left", NONE, "top", NONE),),
        "background_size": ((_ALL, _ALL),),
    }
