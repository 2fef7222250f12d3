"""Finished lines on a page of WeasyPrint's: our own characters at our own places, where a picture could stand.

WeasyPrint finds the place of lines (which page, how far down), the composer has found all the rest. So lines that stay
together go through the layout as a picture of known size, and what it draws is text: no shaping, no line box, no second
opinion about widths. A page number is known when all pages are; it is put in afterwards (``numbered``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.pdf.stream import Stream

from pipeline.rendering.counters import counted
from pipeline.rendering.looks import PIXEL
from pipeline.rendering.model import Alignment, BoxSeg, FieldSeg, Gap, Line, Para, Part, Seg
from pipeline.rendering.pen import Pen
from pipeline.rendering.typecase import Typecase

EMPTY_LINE = Line((), 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a line: where it begins, in points from the left of the block, and where its base line is below the
    block's top."""

    part: Part
    x: float
    base: float
    width: float


@dataclass(frozen=True, slots=True)
class Typeset:
    """Lines in the place of a picture. ``left`` is where the block they stand in begins, in points from the text
    margin, ``align`` that of their paragraph: a page number may be wider than its sample.

    ``numbers`` are those of the page they are on, by kind of field. ``owner`` is the paragraph they are lines of,
    ``mark`` the operator that says so in the page.
    """

    lines: tuple[Line, ...]
    case: Typecase
    left: float = 0.0
    align: Alignment = "left"
    numbers: Mapping[str, int] = field(default_factory=dict)
    owner: Para | None = field(default=None, compare=False, repr=False)
    mark: str = ""

    @property
    def height(self) -> float:
        """Of all lines, in points."""
        return sum(line.height for line in self.lines)

    @property
    def text(self) -> str:
        """The characters it draws."""
        return "".join(self._words(part) for line in self.lines for part in line.parts)

    @property
    def generated(self) -> str:
        """Those of them that stand in no Word file: page numbers."""
        fields = (part for line in self.lines for part in line.parts if isinstance(part, FieldSeg))
        return "".join(map(self._words, fields))

    @property
    def counts(self) -> bool:
        """Whether there is a page number in it."""
        return any(isinstance(part, FieldSeg) for line in self.lines for part in line.parts)

    def numbered(self, numbers: Mapping[str, int]) -> Typeset:
        """The lines on their page: ``numbers`` by kind of field."""
        return replace(self, numbers=numbers)

    def marked(self, mark: str) -> Typeset:
        """The lines with the mark of their place in the structure."""
        return replace(self, mark=mark)

    def placed(self, left: float = 0.0, top: float = 0.0) -> Iterator[tuple[Placed, ...]]:
        """The parts of each line at their places, counted from one in points."""
        for line in self.lines:
            yield self._placed(line, left, top + line.ascent)
            top += line.height

    # ------------------------------------------------------------------- as a picture

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, None]:
        """Width and height in pixels. The width moves nothing."""
        return max([1.0, *(line.width for line in self.lines)]) / PIXEL, self.height / PIXEL, None

    def draw(self, stream: Stream, _width: float, _height: float, _style: Any) -> None:
        """Write the lines at the stream's origin."""
        stream.stream.append(self.written(Pen(self.case)))

    def written(self, pen: Pen, left: float = 0.0, top: float = 0.0) -> bytes:
        """The lines as PDF operators, from a place in points; the pen may have written others before."""
        for parts in self.placed(left, top):
            for placed in parts:
                part = placed.part
                if isinstance(part, FieldSeg):
                    part = replace(part.seg, text=self._words(part), width=placed.width)
                if isinstance(part, Seg):
                    pen.text(part, placed.x, placed.base)
                elif isinstance(part, Gap):
                    pen.gap(part, placed.x, placed.base)
            pen.borders(parts)
        written = pen.written()
        return b"\n".join((self.mark.encode(), written, b"EMC")) if self.mark else written

    # ------------------------------------------------------------------- inside

    def _placed(self, line: Line, left: float, base: float) -> tuple[Placed, ...]:
        widths = [self._width(part) for part in line.parts]
        x = left + line.x - self.left
        if self.align in ("center", "right"):
            fields = (part.seg.width for part in line.parts if isinstance(part, FieldSeg))
            wider = sum(w for w, part in zip(widths, line.parts, strict=True) if isinstance(part, FieldSeg))
            grown = wider - sum(fields)
            x -= grown / 2 if self.align == "center" else grown
        placed = []
        for part, width in zip(line.parts, widths, strict=True):
            placed.append(Placed(part, x, base, width))
            x += width
        return tuple(placed)

    def _words(self, part: Part) -> str:
        if isinstance(part, FieldSeg):
            number = self.numbers.get(part.kind)
            return part.seg.text if number is None else figures(number, part.form)
        return part.text if isinstance(part, Seg) else ""

    def _width(self, part: Part) -> float:
        if isinstance(part, Seg | Gap):
            return part.width
        if isinstance(part, FieldSeg):
            words, seg = self._words(part), part.seg
            if words == seg.text:
                return seg.width
            widths = self.case[seg.face].widths
            ems = sum(widths.get(character, 1000.0) for character in words) / 1000
            return ems * seg.size * seg.scale + len(words) * seg.spacing
        return part.shape.width if isinstance(part, BoxSeg) else 0.0


def figures(number: int, form: str) -> str:
    """A page number in the figures of a Word format; the dashes of "- 1 -" are characters of the line."""
    return str(number) if form == "numberInDash" else counted(number, form)
