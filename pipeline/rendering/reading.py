"""What a finished PDF really shows: every piece of text with its characters and its place on the page.

The gate must not ask the program that drew the page whether it drew it well, so this reads the written bytes. Only the
operators that we and WeasyPrint write are understood; any other raises, because a guess here would be worth nothing.
ISO 32000-1, 9.4 (text), 8.3 (transformation), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

import pikepdf

from pipeline.rendering import kinsoku
from pipeline.rendering.painted import IDENTITY, Matrix, Rectangle, Trace, box_of, common, times
from pipeline.rendering.printed_font import PrintedFont

_TOKEN = re.compile(rb"<<.*?>>|<[0-9A-Fa-f]*>|/[^\s<>\[\]()/%]*|[\[\]]|[^\s<>\[\]()/%]+", re.DOTALL)
_OUTLINE = frozenset({b"m", b"l", b"c", b"v", b"y", b"h"})
_PAINTED = frozenset({b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"n"})
_NO_TEXT = frozenset({b"BT", b"ET", b"rg", b"RG", b"w", b"J", b"j", b"M", b"d", b"gs"})
_DEEPEST = 28
"""States that may be kept at one time (ISO 19005-3, 6.1.13)."""

INK_TOP = 0.78
INK_BOTTOM = -0.08
"""The part of the em above and below the base line where ink is certain, in em."""


OVERPRINT = b"/Overprint"
"""The tag round what is printed on a page besides the content of its Word file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text shown in one go, or a picture (without text). ``ink`` is what it certainly blackens, None when it is all
    blanks; ``missing`` counts characters that no font had; ``overprint`` says that it is not the Word file's."""

    text: str
    ink: Rectangle | None
    missing: int = 0
    overprint: bool = False


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as a reader sees it; sizes in points. ``drawn`` are its lines and areas, ``overdrawn`` those of the
    overprint; both only on a page that was read for them."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    drawn: tuple[Rectangle, ...] = ()
    overdrawn: tuple[Rectangle, ...] = ()

    @property
    def text(self) -> str:
        """All characters of the Word file, in drawing order."""
        return "".join(piece.text for piece in self.pieces if not piece.overprint)


@dataclass(frozen=True, slots=True)
class ShownFile:
    """All pages, and the fonts their text stands in."""

    pages: tuple[ShownPage, ...]
    fonts: tuple[PrintedFont, ...]


class Face(Protocol):
    """A font by its glyph numbers (four digits): their characters, their widths in em; ``shown`` collects strings."""

    shown: set[bytes]

    @property
    def characters(self) -> Mapping[bytes, str]: ...

    @property
    def widths(self) -> Mapping[bytes, float]: ...


class Resources(Protocol):
    """What the names in a page's content stand for."""

    def font(self, name: str) -> Face:
        """A font by its name."""
        ...

    def form(self, name: str) -> Form | None:
        """A form by its name; None for a picture."""
        ...


@dataclass(frozen=True, slots=True)
class Form:
    """Content that a page draws in one go."""

    content: bytes
    matrix: Matrix
    resources: Resources


def read_pages(pdf: pikepdf.Pdf, traced: Collection[int] = ()) -> ShownFile:
    """Every page; those of the numbers ``traced`` (from 1) with their lines and areas.

    Raises ``ValueError`` for what neither we nor WeasyPrint write into a page.
    """
    fonts: dict[str, PrintedFont] = {}
    pages = []
    for number, page in enumerate(pdf.pages, start=1):
        left, bottom, right, top = (float(each) for each in page.MediaBox)
        resources = _Written(page.obj.Resources, fonts)
        content = page.obj.Contents.read_bytes()
        pages.append(read_page(content, resources, right - left, top - bottom, traced=number in traced))
    return ShownFile(tuple(pages), tuple(fonts.values()))


def read_page(content: bytes, resources: Resources, width: float, height: float, *, traced: bool) -> ShownPage:
    """One page of this size (points) by its content. Raises ``ValueError`` as ``read_pages`` does."""
    trace = Trace() if traced else None
    pieces = tuple(_Reader(resources, trace).read(content, _State(IDENTITY)))
    return ShownPage(width, height, pieces, *((tuple(trace.ink), tuple(trace.overprint)) if trace else ()))


@dataclass(frozen=True, slots=True)
class _Written:
    """Resources in a finished file. ``fonts`` by their name, which a font has once in the whole file."""

    entries: pikepdf.Object
    fonts: dict[str, PrintedFont]

    def font(self, name: str) -> PrintedFont:
        if name not in self.fonts:
            self.fonts[name] = PrintedFont(self.entries.Font[name])
        return self.fonts[name]

    def form(self, name: str) -> Form | None:
        form = self.entries.XObject[name]
        if form.Subtype != "/Form":
            return None
        a, b, c, d, e, f = (float(each) for each in form.get("/Matrix", IDENTITY))
        inner = _Written(form.get("/Resources", self.entries), self.fonts)
        return Form(form.read_bytes(), (a, b, c, d, e, f), inner)


class _State(NamedTuple):
    """What q keeps and Q brings back, as far as text needs it (ISO 32000-1, 8.4 and 9.3)."""

    matrix: Matrix
    clip: Rectangle | None = None
    font: Face | None = None
    size: float = 0.0
    spacing: float = 0.0
    scale: float = 1.0


@dataclass(slots=True)
class _Reader:
    """Walks through one content stream. ``tags`` says of each open tag whether it is that of the overprint."""

    resources: Resources
    trace: Trace | None = None
    text_matrix: Matrix = IDENTITY
    path: list[Rectangle | None] = field(default_factory=list)
    kept: list[_State] = field(default_factory=list)
    tags: list[bool] = field(default_factory=list)

    def read(self, content: bytes, state: _State) -> Iterator[Piece]:
        """The pieces of a page or form, its forms included."""
        depth = len(self.kept)
        operands: list[bytes] = []
        for token in _TOKEN.findall(content):
            if token[0] in b"0123456789-+./<[]":
                operands.append(token)
                continue
            if token == b"Tj":
                shown, advance = _piece(operands[-1:], state, times(self.text_matrix, state.matrix))
                self.text_matrix = times((1.0, 0.0, 0.0, 1.0, advance, 0.0), self.text_matrix)
                yield replace(shown, overprint=True) if True in self.tags else shown
            elif token == b"Tm":
                self.text_matrix = _matrix(operands)
            elif token == b"Do":
                yield from self._drawn(operands[-1].decode(), state)
            elif token == b"q":
                self.kept.append(state)
                if len(self.kept) > _DEEPEST:
                    raise ValueError("more than 28 graphics states are kept")
            elif token == b"Q":
                state = self.kept.pop()
            elif token in _CHANGES:
                state = _CHANGES[token](self, state, operands)
            elif token in _OUTLINE:
                self.path.append(None)
                if self.trace is not None:
                    self.trace.outlined(token, list(map(float, operands)), state.matrix)
            elif token in _PAINTED:
                self.path.clear()
                if self.trace is not None:
                    self.trace.painted(token, state.clip, state.matrix, overprint=True in self.tags)
            elif token in (b"BDC", b"BMC"):
                self.tags.append(operands[0] == OVERPRINT)
            elif token == b"EMC":
                if not self.tags:
                    raise ValueError("marked content is not balanced")
                self.tags.pop()
            elif token not in _NO_TEXT:
                raise ValueError(f"unexpected operator {token.decode(errors='replace')}")
            elif token == b"w" and self.trace is not None:
                self.trace.thickness = float(operands[-1])
            operands.clear()
        if len(self.kept) != depth:
            raise ValueError("graphics states are not balanced")

    def _drawn(self, name: str, state: _State) -> Iterator[Piece]:
        """A form with what it shows, or a picture, as far as it is not clipped away."""
        form = self.resources.form(name)
        if form is None:
            picture = common(state.clip, box_of(state.matrix, 0.0, 0.0, 1.0, 1.0))
            yield Piece("", picture, overprint=True in self.tags)
            return
        inner = _Reader(form.resources, self.trace, kept=self.kept, tags=self.tags)
        yield from inner.read(form.content, state._replace(matrix=times(form.matrix, state.matrix)))

    def outlined(self, state: _State, operands: Sequence[bytes]) -> _State:
        """Note a rectangle of the path: it may become a clip."""
        x, y, width, height = map(float, operands)
        box = box_of(state.matrix, x, y, x + width, y + height)
        self.path.append(box)
        if self.trace is not None:
            self.trace.rectangle(box)
        return state

    def clipped(self, state: _State) -> _State:
        """The state with the path as a clip. Only a single rectangle is one here, so that nothing is taken for hidden
        that is not; where lines are traced, the box round the path is one as well."""
        only = self.path[0] if len(self.path) == 1 else None
        if only is None and self.trace is not None:
            only = self.trace.around
        return state if only is None else state._replace(clip=common(state.clip, only))


_Change = Callable[[_Reader, _State, Sequence[bytes]], _State]

_CHANGES: dict[bytes, _Change] = {
    b"cm": lambda _reader, state, operands: state._replace(matrix=times(_matrix(operands), state.matrix)),
    b"Tf": lambda reader, state, operands: state._replace(
        font=reader.resources.font(operands[-2].decode()), size=float(operands[-1])
    ),
    b"Tc": lambda _reader, state, operands: state._replace(spacing=float(operands[-1])),
    b"Tz": lambda _reader, state, operands: state._replace(scale=float(operands[-1]) / 100),
    b"re": lambda reader, state, operands: reader.outlined(state, operands),
    b"W": lambda reader, state, _operands: reader.clipped(state),
    b"W*": lambda reader, state, _operands: reader.clipped(state),
}


def _piece(shown: Sequence[bytes], state: _State, matrix: Matrix) -> tuple[Piece, float]:
    """A shown string of glyph numbers (four digits each) and how far it moves the pen, in text space."""
    font, size, scale = state.font, state.size, state.scale
    if font is None or not shown or shown[0][:1] != b"<" or len(shown[0]) % 4 != 2:
        raise ValueError("text without a font, or not in glyph numbers")
    digits = shown[0][1:-1].lower()
    characters, widths = font.characters, font.widths
    em, spacing = size * scale, state.spacing * scale
    codes = [digits[place : place + 4] for place in range(0, len(digits), 4)]
    text = [characters.get(code, "") for code in codes]
    advances = [widths.get(code, 1.0) * em + spacing for code in codes]
    font.shown.add(digits)
    advance = sum(advances)
    ink = None
    blackening = [index for index, character in enumerate(text) if character.strip()]
    if blackening:
        first, last = blackening[0], blackening[-1]
        left = sum(advances[:first]) + (kinsoku.is_opening(text[first]) and _empty_half(advances[first] - spacing, em))
        right = advance - sum(advances[last:]) + advances[last] - spacing
        right -= kinsoku.is_closing(text[last]) and _empty_half(advances[last] - spacing, em)
        ink = box_of(matrix, left, INK_BOTTOM * size, right, INK_TOP * size)
    return Piece("".join(text), ink, text.count("")), advance


def _empty_half(width: float, em: float) -> float:
    """Of a mark as wide as a Chinese character: that half may lie under its neighbour."""
    return width / 2 if width > 0.9 * em else 0.0


def _matrix(operands: Sequence[bytes]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f
