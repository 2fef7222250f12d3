"""A finished line on a page of WeasyPrint's: our own characters at our own places, where a picture could stand.

WeasyPrint finds the place of a line (which page, how far down), the composer has found all the rest. So a line goes
through the layout as a picture of known size, and what it draws is text: no shaping, no line box, no second opinion
about widths. A page number is known when all pages are; it is put in afterwards (``numbered``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from weasyprint.pdf.stream import Stream

from pipeline.rendering.counters import counted
from pipeline.rendering.looks import PIXEL
from pipeline.rendering.model import NO_BORDER, Alignment, Border, BoxSeg, FieldSeg, Gap, Line, Mark, Part, Seg
from pipeline.rendering.numerals import number
from pipeline.rendering.strokes import dots, frame, rule
from pipeline.rendering.subset import BOX_ASCENT, BOX_DESCENT
from pipeline.rendering.typecase import Typecase

UNDERLINE_DEPTH = 0.14
"""Where an underline begins below the base line, in em: at the foot of a Chinese character."""
_STRIKE_HEIGHT = 0.3
"""The middle of a line through text above the base line, in em."""
_EMPHASIS_SIZE = 0.12
_EMPHASIS_DEPTH = 0.24
"""The middle of an emphasis dot below the base line, in em."""
_LEADER_PITCH = 0.25
_MIDDLE_DOT_HEIGHT = 0.3
_LEADERS = {"hyphen": "dash", "underscore": "single"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a line and where it begins, in points from the start of the line."""

    part: Part
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class TypesetLine:
    """A line in the place of a picture. ``left`` is where the block it stands in begins, in points from the text
    margin, ``align`` that of its paragraph: a page number may be wider than its sample.

    ``numbers`` are those of the page it is on, by kind of field.
    """

    line: Line
    case: Typecase
    left: float = 0.0
    align: Alignment = "left"
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The characters it draws."""
        return "".join(self._words(part) for part in self.line.parts)

    @property
    def generated(self) -> str:
        """Those of them that stand in no Word file: page numbers."""
        return "".join(self._words(part) for part in self.line.parts if isinstance(part, FieldSeg))

    @property
    def counts(self) -> bool:
        """Whether there is a page number on it."""
        return any(isinstance(part, FieldSeg) for part in self.line.parts)

    def numbered(self, numbers: Mapping[str, int]) -> TypesetLine:
        """The line on its page: ``numbers`` by kind of field."""
        return replace(self, numbers=numbers)

    def parts(self) -> Iterator[Placed]:
        """Every part at its place."""
        places, end = [], 0.0
        grown = 0.0
        for part in self.line.parts:
            width = self._width(part)
            if isinstance(part, FieldSeg):
                grown += width - part.seg.width
            places.append(Placed(part, end, width))
            end += width
        shift = {"center": grown / 2, "right": grown}.get(self.align, 0.0)
        start = self.line.x - self.left - shift
        return (Placed(each.part, each.x + start, each.width) for each in places)

    # ------------------------------------------------------------------- as a picture

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, None]:
        """Width and height in pixels. The width moves nothing."""
        return max(self.line.width, 1.0) / PIXEL, self.line.height / PIXEL, None

    def draw(self, stream: Stream, _width: float, _height: float, _style: Any) -> None:
        """Write the line at the stream's origin."""
        base = self.line.ascent / PIXEL
        below: list[str] = []
        words: list[str] = []
        above: list[str] = []
        placed_parts = tuple(self.parts())
        for placed in placed_parts:
            part, x = placed.part, placed.x / PIXEL
            if isinstance(part, FieldSeg):
                part = replace(part.seg, text=self._words(part), width=placed.width)
            if isinstance(part, Seg):
                words += self._text(part, x, base)
                below += _under(part, x, base)
                above += _through(part, x, base)
                if part.emphasis:
                    above += self._emphasis(part, x, base)
            elif isinstance(part, Gap):
                above += _gap(part, x, base)
        above += _frames(placed_parts, base)
        if words:
            words = ["BT", *words, "ET"]
        stream.stream += (operator.encode() for operator in (*below, *words, *above))

    # ------------------------------------------------------------------- inside

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
        if isinstance(part, BoxSeg):
            return part.shape.width
        assert isinstance(part, Mark)
        return 0.0

    def _text(self, seg: Seg, x: float, base: float) -> Iterator[str]:
        """One stretch of text. The spacing counts unscaled, but a PDF scales it too (ISO 32000-1, 9.3.4)."""
        if not seg.text:
            return
        case = self.case[seg.face]
        yield f"{_operands(seg.color)} rg /{case.name} {number(seg.size)} Tf"
        yield f"{number(seg.spacing / seg.scale)} Tc {number(100 * seg.scale)} Tz"
        yield f"1.33333333 0 0 -1.33333333 {number(x)} {number(base - seg.rise / PIXEL)} Tm <{case.code(seg.text)}> Tj"

    def _emphasis(self, seg: Seg, x: float, base: float) -> Iterator[str]:
        """A dot under each character (着重号), drawn, so that it is no character of the text."""
        widths, dot = self.case[seg.face].widths, _EMPHASIS_SIZE * seg.size
        y = base - seg.rise / PIXEL + (_EMPHASIS_DEPTH * seg.size - dot / 2) / PIXEL
        for character in seg.text:
            body = widths.get(character, 1000.0) / 1000 * seg.size * seg.scale
            if character.strip():
                middle = x + (body - dot) / 2 / PIXEL
                yield from dots(middle, y, 0.0, dot / PIXEL, 1.0, _operands(seg.color))
            x += (body + seg.spacing) / PIXEL


def _under(seg: Seg, x: float, base: float) -> Iterator[str]:
    """The highlight, as high as the em box."""
    if seg.highlight:
        top = base - (seg.rise + BOX_ASCENT * seg.size) / PIXEL
        height = (BOX_ASCENT + BOX_DESCENT) * seg.size / PIXEL
        yield from rule(x, top, seg.width / PIXEL, height, "single", _operands(seg.highlight))


def _through(seg: Seg, x: float, base: float) -> Iterator[str]:
    """Underline and strike."""
    base, width, colour = base - seg.rise / PIXEL, seg.width / PIXEL, _operands(seg.color)
    thickness = _thickness(seg.size, seg.underline) / PIXEL
    if seg.underline:
        top = base + UNDERLINE_DEPTH * seg.size / PIXEL
        yield from rule(x, top, width, thickness, seg.underline, _operands(seg.underline_color or seg.color))
    if seg.strike:
        thickness = _thickness(seg.size, "") / PIXEL
        top = base - _STRIKE_HEIGHT * seg.size / PIXEL - (thickness / 2 if seg.strike == "single" else 1.5 * thickness)
        yield from rule(x, top, width, thickness, seg.strike, colour)


def _frames(parts: Sequence[Placed], base: float) -> Iterator[str]:
    """Boxes round characters (w:bdr). Neighbours with one border stand in one box; a blank between them lies inside."""
    borders = _borders_of([placed.part for placed in parts])
    for border, group in groupby(zip(borders, parts, strict=True), key=lambda each: each[0]):
        if border.style == "none":
            continue
        inside = [placed for _border, placed in group]
        size = max(placed.part.size for placed in inside if isinstance(placed.part, Seg))
        width = inside[-1].x + inside[-1].width - inside[0].x + 2 * border.space
        top = base - (BOX_ASCENT * size + border.space) / PIXEL
        height = ((BOX_ASCENT + BOX_DESCENT) * size + 2 * border.space) / PIXEL
        x, thickness = (inside[0].x - border.space) / PIXEL, border.width / PIXEL
        yield from frame(x, top, width / PIXEL, height, thickness, border.style, _operands(border.color))


def _borders_of(parts: Sequence[Part]) -> list[Border]:
    """The border round each part; a blank between two pieces of text of one border lies inside it."""
    borders = [part.border if isinstance(part, Seg) else None for part in parts]
    before = NO_BORDER
    for index, border in enumerate(borders):
        if border is None:
            after = next((each for each in borders[index:] if each is not None), NO_BORDER)
            borders[index] = before if before == after else NO_BORDER
        before = borders[index] or NO_BORDER
    return [border or NO_BORDER for border in borders]


def _gap(gap: Gap, x: float, base: float) -> Iterator[str]:
    """The leader of a tab, or the underline that goes on under it."""
    thickness = _thickness(gap.size, gap.underline) / PIXEL
    width, colour = gap.width / PIXEL, _operands(gap.color)
    if gap.leader in ("dot", "middle-dot"):
        height = _MIDDLE_DOT_HEIGHT * gap.size / PIXEL if gap.leader == "middle-dot" else 0.0
        pitch = _LEADER_PITCH * gap.size / PIXEL
        yield from dots(x, base - height - thickness, width, thickness, pitch, colour)
    elif gap.leader:
        yield from rule(x, base - thickness, width, thickness, _LEADERS[gap.leader], colour)
    elif gap.underline:
        yield from rule(x, base + UNDERLINE_DEPTH * gap.size / PIXEL, width, thickness, gap.underline, colour)


def figures(number: int, form: str) -> str:
    """A page number in the figures of a Word format; the dashes of "- 1 -" are characters of the line."""
    return str(number) if form == "numberInDash" else counted(number, form)


def _thickness(size: float, underline: str) -> float:
    """The width of an underline; the same under words and under tabs."""
    return max(size * (0.09 if underline == "thick" else 0.05), 0.4)


@lru_cache(maxsize=1024)
def _operands(colour: str) -> str:
    """``#rrggbb`` as three numbers from 0 to 1."""
    return " ".join(number(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
