"""What writes lines of text as the operators of a PDF page: characters, and the strokes that belong to them.

One text object holds all characters of a block of lines; an operator is left out where what it says holds already.
Highlights lie under the text, lines through it above. Lengths come in points and are written in pixels, y downwards, as
on WeasyPrint's pages. ISO 32000-1, 9.3 and 9.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.rendering.looks import PIXEL
from pipeline.rendering.model import NO_BORDER, Border, Gap, Part, Seg
from pipeline.rendering.numerals import number
from pipeline.rendering.strokes import dots, frame, rule
from pipeline.rendering.subset import BOX_ASCENT, BOX_DESCENT
from pipeline.rendering.typecase import Typecase

if TYPE_CHECKING:  # it holds a pen itself
    from pipeline.rendering.typeset import Placed

UNDERLINE_DEPTH = 0.14
"""Where an underline begins below the base line, in em: at the foot of a Chinese character."""
_STRIKE_HEIGHT = 0.3
"""The middle of a line through text above the base line, in em."""
_LONGEST_STRING = 32_000
"""Digits, half as many bytes: what a PDF/A may hold in one string is 32,767 bytes (ISO 19005-3, 6.1.13). Only blanks at
the end of a line ever come to that."""
_EMPHASIS_SIZE = 0.12
_EMPHASIS_DEPTH = 0.24
"""The middle of an emphasis dot below the base line, in em."""
_STOPS, _STOP_WAY = frozenset("，。、．"), 0.55
"""Marks that stand elsewhere in a column, and how far from their place in a line, in em."""
_LEADER_PITCH = 0.25
_MIDDLE_DOT_HEIGHT = 0.3
_LEADERS = {"hyphen": "dash", "underscore": "single"}


class Pen:
    """Collects operators. The text state it begins with is that of a fresh page."""

    def __init__(self, case: Typecase) -> None:
        self._case = case
        self._below: list[str] = []
        self._words: list[str] = []
        self._above: list[str] = []
        self._colour = ""
        self._font: tuple[str, float] = ("", 0.0)
        self._spacing = 0.0
        self._scale = 1.0

    def written(self) -> bytes:
        """What has been collected since it was asked before, the lowest first. Font and colour go on."""
        words = ["BT", *self._words, "ET"] if self._words else []
        written = "\n".join([*self._below, *words, *self._above]).encode()
        if self._below or self._above:
            self._colour = ""  # they bring their own
        self._below, self._words, self._above = [], [], []
        return written

    def text(self, seg: Seg, x: float, base: float) -> None:
        """A stretch of text from ``x`` on a base line."""
        base -= seg.rise
        if seg.standing:
            self._stand(seg, x, base)
        elif seg.text:
            self._state(seg)
            digits = self._case[seg.face].code(seg.text)
            place = f"{number(x / PIXEL)} {number(base / PIXEL)}"
            strings = [digits[begin : begin + _LONGEST_STRING] for begin in range(0, len(digits), _LONGEST_STRING)]
            shown = " ".join([f"<{string}> Tj" for string in strings])
            self._words.append(f"1.33333333 0 0 -1.33333333 {place} Tm {shown}")
        if seg.highlight:
            top, height = base - BOX_ASCENT * seg.size, (BOX_ASCENT + BOX_DESCENT) * seg.size
            self._below += rule(x / PIXEL, top / PIXEL, seg.width / PIXEL, height / PIXEL, "single", rgb(seg.highlight))
        if seg.underline:
            width, top = _thickness(seg.size, seg.underline), base + UNDERLINE_DEPTH * seg.size
            self._line(x, top, seg.width, width, seg.underline, seg.underline_color or seg.color)
        if seg.strike:
            width = _thickness(seg.size, "")
            top = base - _STRIKE_HEIGHT * seg.size - (0.5 if seg.strike == "single" else 1.5) * width
            self._line(x, top, seg.width, width, seg.strike, seg.color)
        if seg.emphasis:
            self._emphasise(seg, x, base)

    def gap(self, gap: Gap, x: float, base: float) -> None:
        """The leader of a tab, or the underline that goes on under it."""
        width = _thickness(gap.size, gap.underline)
        if gap.leader in ("dot", "middle-dot"):
            top = base - width - (_MIDDLE_DOT_HEIGHT * gap.size if gap.leader == "middle-dot" else 0.0)
            pitch = _LEADER_PITCH * gap.size / PIXEL
            self._above += dots(x / PIXEL, top / PIXEL, gap.width / PIXEL, width / PIXEL, pitch, rgb(gap.color))
        elif gap.leader:
            self._line(x, base - width, gap.width, width, _LEADERS[gap.leader], gap.color)
        elif gap.underline:
            self._line(x, base + UNDERLINE_DEPTH * gap.size, gap.width, width, gap.underline, gap.color)

    def borders(self, parts: Sequence[Placed]) -> None:
        """Boxes round characters of a line (w:bdr). Neighbours with one border stand in one box."""
        if not any(isinstance(placed.part, Seg) and placed.part.border.style != "none" for placed in parts):
            return
        around = _borders_of([placed.part for placed in parts])
        for border, group in groupby(zip(around, parts, strict=True), key=lambda each: each[0]):
            if border.style == "none":
                continue
            inside = [placed for _border, placed in group]
            size = max(placed.part.size for placed in inside if isinstance(placed.part, Seg))
            left, right = inside[0].x - border.space, inside[-1].x + inside[-1].width + border.space
            top = inside[0].base - BOX_ASCENT * size - border.space
            height = (BOX_ASCENT + BOX_DESCENT) * size + 2 * border.space
            sides = (left / PIXEL, top / PIXEL, (right - left) / PIXEL, height / PIXEL)
            self._above += frame(*sides, border.width / PIXEL, border.style, rgb(border.color))

    def _state(self, seg: Seg) -> None:
        """Colour, font, spacing and scale, as far as they change. The spacing counts unscaled, but a PDF scales it."""
        if seg.color != self._colour:
            self._colour = seg.color
            self._words.append(f"{rgb(seg.color)} rg")
        if (seg.face, seg.size) != self._font:
            self._font = (seg.face, seg.size)
            self._words.append(f"/{self._case[seg.face].name} {number(seg.size)} Tf")
        spacing = seg.spacing / seg.scale
        if spacing != self._spacing:
            self._spacing = spacing
            self._words.append(f"{number(spacing)} Tc")
        if seg.scale != self._scale:
            self._scale = seg.scale
            self._words.append(f"{number(100 * seg.scale)} Tz")

    def _stand(self, seg: Seg, x: float, base: float) -> None:
        """Characters turned back by a right angle, each round the middle of its place; stops go to the upper right."""
        self._state(seg)
        middle = base - (BOX_ASCENT - BOX_DESCENT) / 2 * seg.size
        for character in seg.text:
            body = seg.size * seg.scale
            left, foot = x + body / 2 + base - middle, middle + body / 2
            if character in _STOPS:
                left, foot = left - _STOP_WAY * seg.size, foot - _STOP_WAY * seg.size
            place = f"{number(left / PIXEL)} {number(foot / PIXEL)}"
            digits = self._case[seg.face].code(character)
            self._words.append(f"0 -1.33333333 -1.33333333 0 {place} Tm <{digits}> Tj")
            x += body + seg.spacing

    def _line(self, x: float, top: float, width: float, thickness: float, style: str, colour: str) -> None:
        self._above += rule(x / PIXEL, top / PIXEL, width / PIXEL, thickness / PIXEL, style, rgb(colour))

    def _emphasise(self, seg: Seg, x: float, base: float) -> None:
        """A dot under each character (着重号), drawn, so that it is no character of the text."""
        widths, dot = self._case[seg.face].widths, _EMPHASIS_SIZE * seg.size
        top = (base + _EMPHASIS_DEPTH * seg.size - dot / 2) / PIXEL
        for character in seg.text:
            body = widths.get(character, 1000.0) / 1000 * seg.size * seg.scale
            if character.strip():
                left = (x + (body - dot) / 2) / PIXEL
                self._above += dots(left, top, 0.0, dot / PIXEL, 1.0, rgb(seg.color))
            x += body + seg.spacing


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


def _thickness(size: float, underline: str) -> float:
    """The width of an underline; the same under words and under tabs."""
    return max(size * (0.09 if underline == "thick" else 0.05), 0.4)


@lru_cache(maxsize=1024)
def rgb(colour: str) -> str:
    """``#rrggbb`` as three numbers from 0 to 1."""
    return " ".join(number(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
