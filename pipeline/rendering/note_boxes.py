"""Footnotes as boxes: WeasyPrint brings a note to the foot of the page on which it meets the box that refers to it. A
line goes to the next page when not even the first lines of its note find room; the rest of a note may go there alone.

It looks for such boxes on lines of text only, so the line of ours that has the number becomes the one thing on a line
of WeasyPrint's.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def noted(line: boxes.BlockReplacedBox, pieces: Sequence[list[boxes.Box]], looks: Looks) -> boxes.BlockBox:
    """The box of a line that refers to a footnote with these contents.

    A note may be parted between its ``pieces``: the line goes to the next page when the first of them has no room, the
    others go there alone. Each piece hangs on an inline box of its own, one in another round the line, because two side
    by side might be broken into two lines.
    """
    look = looks.of(display=("inline", "flow"), vertical_align="bottom")
    inline = boxes.InlineReplacedBox("p", look, line.element, line.replacement)
    flat = looks.of(display=("inline", "flow"), font_size=0.0, line_height=NONE)
    for index, piece in reversed(list(enumerate(pieces))):
        foot = looks.of(display=("block", "flow"), footnote_policy="auto" if index else "line")
        if index < len(pieces) - 1:
            inline = boxes.InlineBox("span", flat.copy(), line.element, [inline])
        inline.footnote = boxes.BlockBox("aside", foot, Element("aside"), piece)
    row = boxes.LineBox("p::line", flat, Element("p"), [inline])
    return boxes.BlockBox("p", line.style, line.element, [row])


def notes_of(line: boxes.BlockBox) -> list[boxes.Box]:
    """The pieces of footnotes that hang on a line made by ``noted``, in order."""
    return [each.footnote for each in line.descendants() if each.footnote is not None]


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
