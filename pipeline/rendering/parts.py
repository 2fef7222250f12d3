"""A measured line as parts for the pen: few of them, because time grows with every one.

Neighbouring characters of one look become one part. What a full line is opened by goes into the spacing of Chinese
characters, all of one run alike (the last one's is empty width at the end of the line); behind a Latin word it becomes
a gap, so that the word stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.rendering.atoms import Atom, is_space, style_of
from pipeline.rendering.breaking import Measured
from pipeline.rendering.model import (
    BoxSeg,
    FieldSeg,
    Gap,
    InlineBox,
    Mark,
    PageField,
    Part,
    Seg,
    Tab,
    Text,
    TextStyle,
    Underline,
)


def parts_of(line: Measured, stretch: float, opened: frozenset[int], *, words_too: bool) -> tuple[Part, ...]:
    """The parts of a line. ``stretch`` points are added behind the atoms ``opened``; ``words_too``: inside words."""
    builder = _Builder()
    tabs = iter(line.tabs)
    for index, atom in enumerate(line.atoms):
        own = atom.wide or is_space(atom) or words_too
        extra = stretch if index in opened or (index >= line.counted - 1 and atom.wide) else 0.0
        item = atom.item
        if atom.gap or builder.owes:
            builder.blank(atom)
        if isinstance(item, Text):
            if atom.text:
                builder.character(atom, item, extra if own else 0.0)
        elif isinstance(item, Tab) and index < line.counted:
            width, stop = next(tabs)
            builder.put(Gap(width, stop.leader, item.style.size, item.style.underline, _line_color(item.style)))
        elif isinstance(item, InlineBox):
            builder.put(BoxSeg(item.shape, item.rise))
        elif isinstance(item, PageField):
            look = _seg(item.style, "", atom.face, atom.spacing, atom.text, atom.width)
            builder.put(FieldSeg(item.kind, look, item.form))
        elif isinstance(item, Mark):
            builder.put(item)
        builder.passed(atom, 0.0 if own and isinstance(item, Text) else (extra if index in opened else 0.0))
    return builder.finished()


_Look = tuple[TextStyle, str, str, float]


@dataclass(slots=True)
class _Builder:
    """Joins characters of one look; keeps what must stand between the last atom and the next (it ``owes`` points)."""

    _parts: list[Part] = field(default_factory=list)
    _look: _Look | None = None
    _text: list[str] = field(default_factory=list)
    _width: float = 0.0
    owes: float = 0.0
    _before: Atom | None = None

    def blank(self, atom: Atom) -> None:
        """The gap before an atom, which nothing precedes at the start of a line."""
        gap = self.owes + (atom.gap if self._before is not None else 0.0)
        if gap and self._before is not None:
            style = style_of(atom) or style_of(self._before)
            underline = _shared_underline(style_of(self._before), style_of(atom))
            self.put(Gap(gap, "", style.size if style else 0.0, underline, _line_color(style) if style else "#000000"))
        self.owes = 0.0

    def passed(self, atom: Atom, owed: float) -> None:
        """An atom is done; ``owed`` points follow it."""
        self.owes = owed
        if atom.width or atom.text or isinstance(atom.item, Tab):
            self._before = atom

    def character(self, atom: Atom, item: Text, extra: float) -> None:
        """One character of running text."""
        look = (item.style, item.href, atom.face, atom.spacing + extra)
        if look != self._look:
            self._flush()
            self._look = look
        self._text.append(atom.text)
        self._width += atom.width + extra

    def put(self, part: Part) -> None:
        """Anything that is no running text."""
        self._flush()
        self._parts.append(part)

    def finished(self) -> tuple[Part, ...]:
        """All parts."""
        self._flush()
        return tuple(self._parts)

    def _flush(self) -> None:
        if self._look is not None:
            style, href, face, spacing = self._look
            self._parts.append(_seg(style, href, face, spacing, "".join(self._text), self._width))
        self._look, self._text, self._width = None, [], 0.0


def _seg(style: TextStyle, href: str, face: str, spacing: float, text: str, width: float) -> Seg:
    return Seg(
        text=text,
        face=face,
        size=style.size,
        width=width,
        color=style.color,
        spacing=spacing,
        scale=style.scale,
        rise=style.rise,
        underline=style.underline,
        underline_color=style.underline_color,
        strike=style.strike,
        highlight=style.highlight,
        border=style.border,
        emphasis=style.emphasis,
        href=href,
    )


def _shared_underline(before: TextStyle | None, after: TextStyle | None) -> Underline:
    return before.underline if before and after and before.underline == after.underline else ""


def _line_color(style: TextStyle) -> str:
    """The colour of the line under a blank."""
    return style.underline_color or style.color
