"""Finished lines as HTML: one block a line, as few boxes inside it as its looks allow.

The block is as high as the composer says. CSS puts a base line by the em box of the face, which is the same for all
our faces (``subset.BOX_ASCENT``), so the padding above the text is simple arithmetic. The largest look of a line is the
block's own; other looks are spans of no line height, which stand on the same base line and move nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from pipeline.rendering.css import Stylesheet, positive, signed
from pipeline.rendering.model import (
    NO_BORDER,
    Alignment,
    Border,
    BoxSeg,
    FieldSeg,
    Gap,
    Line,
    Mark,
    Part,
    Seg,
)
from pipeline.rendering.subset import BOX_ASCENT

_MIDDLE = BOX_ASCENT - 0.5
"""From the base line up to the middle of the em box, in em."""

NATIVE_COUNTERS = {
    "decimal": "decimal",
    "numberInDash": "decimal",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}
"""Word's page number formats that CSS knows; the dashes of the second are characters of the line."""

_DECORATIONS = {
    "single": "solid",
    "double": "double",
    "thick": "solid",
    "dotted": "dotted",
    "dash": "dashed",
    "wave": "wavy",
}
_LEADERS = {"dot": "dotted", "middle-dot": "dotted", "hyphen": "dashed", "underscore": "solid"}
_UNDERLINE_DEPTH = 0.14
"""Where an underline begins below the base line, in em: at the foot of a Chinese character."""

_SAFE_LINKS = frozenset({"http", "https", "mailto"})
_EMPHASIS_SIZE = 0.12
_EMPHASIS_DEPTH = 0.3


@dataclass(slots=True)
class LineWriter:
    """Writes lines into one style sheet. ``targets`` are the bookmarks something links to: the others need no box.

    ``section_end`` is the id of the place where the section being written ends.
    """

    sheet: Stylesheet
    targets: dict[str, str] = field(default_factory=dict)
    section_end: str = ""

    def line(self, line: Line, *, left: float, align: Alignment, extra: str, inside: str, boxes: dict[int, str]) -> str:
        """One line. ``left`` is where the block it is written in begins, from the left text margin.

        ``extra`` are further declarations of the block, ``inside`` what is put before the text (anchored shapes),
        ``boxes`` the HTML of inline shapes by their place among the parts.
        """
        main = _main(line.parts)
        size = main.size if main else 1.0
        above, height = _strut(line.ascent, size)
        declarations = f"height:{positive(line.height - above)};line-height:{positive(height)};"
        if above:
            declarations += f"padding-top:{positive(above)};"
        declarations += _look(main) if main else "font-size:1pt;"
        declarations += self._start(line, left, align) + extra
        if line.page_break_after:
            declarations += "break-after:page;"
        content = self._framed(
            line.parts, [self._part(part, main, boxes.get(i, "")) for i, part in enumerate(line.parts)]
        )
        return f'<div class="l {self.sheet.name(declarations)}">{inside}{content}</div>'

    def _framed(self, parts: tuple[Part, ...], written: list[str]) -> str:
        """The parts one after another; neighbours with one border (w:bdr) stand in one box, which moves nothing."""
        content = ""
        together = groupby(zip(_borders_of(parts), parts, written, strict=True), key=lambda each: each[0])
        for border, group in together:
            pieces = list(group)
            inner = "".join(html for _border, _part, html in pieces)
            if border.style != "none":
                size = max(part.size for _border, part, _html in pieces if isinstance(part, Seg))
                box = f"outline:{positive(border.width)} {border.style} {border.color};"
                box += f"outline-offset:{positive(border.space)};font-size:{positive(size)};line-height:0;"
                inner = f'<span class="{self.sheet.name(box)}">{inner}</span>'
            content += inner
        return content

    def _start(self, line: Line, left: float, align: Alignment) -> str:
        """Where the text begins. A page number may be wider than its sample, so its line is aligned by CSS again."""
        if align in ("center", "right") and any(isinstance(part, FieldSeg) for part in line.parts):
            if align == "right":
                return f"width:{positive(line.x - left + line.width)};text-align:right;"
            return f"width:{positive((line.x - left) * 2 + line.width)};text-align:center;"
        return f"margin-left:{signed(line.x - left)};" if abs(line.x - left) > 0.0005 else ""

    def _part(self, part: Part, main: Seg | None, box: str) -> str:
        if isinstance(part, Seg):
            return self._text(part, main)
        if isinstance(part, Gap):
            return self._gap(part)
        if isinstance(part, FieldSeg):
            rule = f"content:{self._counter(part)},{counter_style(part.form)})"
            name = f"n{self.sheet.name(rule)}"
            self.sheet.rule(f".{name}::before{{{rule}}}")
            return f'<span class="{name} {self.sheet.name(_span(part.seg, main))}"></span>'
        if isinstance(part, Mark):
            return f'<a id="{self.targets[part.name]}"></a>' if part.name in self.targets else ""
        return box

    def _counter(self, part: FieldSeg) -> str:
        """The beginning of a counter. The pages of a section that counts from one are the number of its last page."""
        if part.kind == "section-pages":
            return f'target-counter("#{self.section_end}",page'
        return f"counter({part.kind}"

    def _text(self, seg: Seg, main: Seg | None) -> str:
        text = escape(seg.text, quote=False)
        if seg.emphasis:
            text = "".join(self._emphasised(character, seg) for character in seg.text)
        if seg.scale != 1.0:
            text = self._scaled(text, seg)
        declarations = _span(seg, main)
        if declarations:
            text = f'<span class="{self.sheet.name(declarations)}">{text}</span>'
        target = self._target(seg.href)
        return f'<a href="{escape(target)}">{text}</a>' if target else text

    def _scaled(self, text: str, seg: Seg) -> str:
        """Characters widened or narrowed (w:w). The spacing counts unscaled, but the transformation scales it too.

        The box has no height and stands on the base line of its own text.
        """
        outer = self.sheet.name(
            f"display:inline-block;height:0;line-height:0;width:{positive(seg.width)};{_lifted(seg.rise)}"
            f"letter-spacing:{signed(seg.spacing / seg.scale)};transform:scaleX({seg.scale:.4f});transform-origin:0 0;"
        )
        return f'<span class="{outer}">{text}</span>'

    def _emphasised(self, character: str, seg: Seg) -> str:
        """A character with a dot under it (着重号). The dot is drawn, so that it is no character of the text."""
        size = _EMPHASIS_SIZE * seg.size
        back = (seg.size + size) / 2 + seg.spacing
        dot = self.sheet.name(
            f"display:inline-block;width:{positive(size)};height:{positive(size)};border-radius:50%;"
            f"background:{seg.color};margin:{signed(-size)} {signed(back - size)} 0 {signed(-back)};"
            f"vertical-align:{signed(-_EMPHASIS_DEPTH * seg.size)};"
        )
        mark = f'<i class="{dot}"></i>' if character.strip() else ""
        return escape(character, quote=False) + mark

    def _gap(self, gap: Gap) -> str:
        if gap.width < 0:
            return f'<i class="{self.sheet.name(f"margin-left:{signed(gap.width)};")}"></i>'
        declarations = f"display:inline-block;height:0;width:{positive(gap.width)};"
        style = _LEADERS.get(gap.leader) or (_DECORATIONS[gap.underline] if gap.underline else "")
        if style:
            style = "solid" if style == "wavy" else style
            width = _thickness(gap.size, gap.underline)
            depth = 0.0 if gap.leader else _UNDERLINE_DEPTH * gap.size + width
            declarations += f"border-bottom:{positive(width)} {style} {gap.color};vertical-align:{signed(-depth)};"
            declarations += f"margin-top:{signed(-width)};"
        return f'<i class="{self.sheet.name(declarations)}"></i>'

    def _target(self, href: str) -> str:
        if href.startswith("#"):
            return f"#{self.targets[href[1:]]}" if href[1:] in self.targets else ""
        try:
            return href if urlsplit(href).scheme in _SAFE_LINKS else ""
        except ValueError:
            return ""


def counter_style(number_format: str) -> str:
    """The CSS counter style of a Word page number format."""
    return NATIVE_COUNTERS.get(number_format, f"word-{number_format}")


def bookmark_targets(lines: list[Line]) -> dict[str, str]:
    """The bookmarks that links lead to, each with an id that is safe in HTML, in order of the links."""
    marks = {part.name for line in lines for part in line.parts if isinstance(part, Mark)}
    wanted = [
        part.href[1:] for line in lines for part in line.parts if isinstance(part, Seg) and part.href.startswith("#")
    ]
    return {name: f"m{number}" for number, name in enumerate(dict.fromkeys(wanted)) if name in marks}


def inline_shapes(line: Line) -> dict[int, BoxSeg]:
    """The shapes among a line's parts by their place."""
    return {index: part for index, part in enumerate(line.parts) if isinstance(part, BoxSeg)}


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


def _main(parts: tuple[Part, ...]) -> Seg | None:
    """The look the block takes: the largest, among equals the longest."""
    looks = [part.seg if isinstance(part, FieldSeg) else part for part in parts if isinstance(part, Seg | FieldSeg)]
    plain = [seg for seg in looks if not seg.rise]
    return max(plain or looks, key=lambda seg: (seg.size, len(seg.text)), default=None)


def _strut(ascent: float, size: float) -> tuple[float, float]:
    """Padding above and line height that put the base line ``ascent`` below the top of the block."""
    if ascent >= BOX_ASCENT * size:
        return ascent - BOX_ASCENT * size, size
    return 0.0, max(2 * (ascent - _MIDDLE * size), 0.0)


def _thickness(size: float, underline: str) -> float:
    """The width of an underline; the same under words and under tabs."""
    return max(size * (0.09 if underline == "thick" else 0.05), 0.4)


def _look(seg: Seg) -> str:
    declarations = f"font-family:{seg.face};font-size:{positive(seg.size)};"
    if seg.spacing and seg.scale == 1.0:
        declarations += f"letter-spacing:{signed(seg.spacing)};"
    if seg.color != "#000000":
        declarations += f"color:{seg.color};"
    return declarations


def _span(seg: Seg, main: Seg | None) -> str:
    """The declarations that make a span differ from the block it stands in; "" when it does not."""
    declarations = ""
    if main is None or seg.face != main.face:
        declarations += f"font-family:{seg.face};"
    if main is None or seg.size != main.size:
        declarations += f"font-size:{positive(seg.size)};"
    block_spacing = main.spacing if main and main.scale == 1.0 else 0.0
    if seg.spacing != block_spacing and seg.scale == 1.0:
        declarations += f"letter-spacing:{signed(seg.spacing)};"
    if seg.color != (main.color if main else "#000000"):
        declarations += f"color:{seg.color};"
    if declarations:
        declarations += "line-height:0;"
    if seg.rise:
        declarations += f"line-height:0;{_lifted(seg.rise)}"
    lines = ("underline " if seg.underline else "") + ("line-through" if seg.strike else "")
    if lines:
        kind = _DECORATIONS[seg.underline or seg.strike]
        declarations += f"text-decoration:{lines.strip()} {kind} {seg.underline_color or seg.color};"
        declarations += f"text-decoration-thickness:{positive(_thickness(seg.size, seg.underline))};"
        declarations += f"text-underline-offset:{positive(_UNDERLINE_DEPTH * seg.size)};"
    if seg.highlight:
        declarations += f"background:{seg.highlight};"
    return declarations


def _lifted(rise: float) -> str:
    """Off the base line. vertical-align would make the line higher where the rise is large, and move it."""
    return f"position:relative;top:{signed(-rise)};" if rise else ""
