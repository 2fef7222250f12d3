"""What a finished PDF really shows: every piece of text with its characters and its place on the page.

The gate must not ask the program that drew the page whether it drew it well, so this reads the written bytes. Only the
operators that we and WeasyPrint write are understood; any other raises, because a guess here would be worth nothing.
ISO 32000-1, 9.4 (text), 8.3 (transformation), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pikepdf

from pipeline.rendering import kinsoku
from pipeline.rendering.printed_font import PrintedFont

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_TOKEN = re.compile(rb"<<.*?>>|<[0-9A-Fa-f]*>|/[^\s<>\[\]()/%]*|[\[\]]|[^\s<>\[\]()/%]+", re.DOTALL)
_OUTLINE = frozenset({b"m", b"l", b"c", b"v", b"y", b"h"})
_PAINTED = frozenset({b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"n"})
_NO_TEXT = frozenset({b"BT", b"ET", b"rg", b"RG", b"w", b"J", b"j", b"M", b"d", b"gs", b"BDC", b"BMC", b"EMC"})
_DEEPEST = 28
"""States that may be kept at one time (ISO 19005-3, 6.1.13)."""

INK_TOP = 0.78
INK_BOTTOM = -0.08
"""The part of the em above and below the base line where ink is certain, in em."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Text shown in one go, or a picture (without text). ``ink`` is what it certainly blackens, None when it is all
    blanks; ``missing`` counts characters that no font had."""

    text: str
    ink: Rectangle | None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as a reader sees it; sizes in points."""

    width: float
    height: float
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All characters, in drawing order."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ShownFile:
    """All pages, and the fonts their text stands in."""

    pages: tuple[ShownPage, ...]
    fonts: tuple[PrintedFont, ...]


def read_pages(pdf: pikepdf.Pdf) -> ShownFile:
    """Every page. Raises ``ValueError`` for what neither we nor WeasyPrint write into a page."""
    fonts: dict[str, PrintedFont] = {}
    pages = []
    for page in pdf.pages:
        left, bottom, right, top = (float(each) for each in page.MediaBox)
        content, resources = page.obj.Contents, page.obj.Resources
        pieces = tuple(_Reader(resources, fonts).read(content.read_bytes(), _State(_IDENTITY)))
        pages.append(ShownPage(right - left, top - bottom, pieces))
    return ShownFile(tuple(pages), tuple(fonts.values()))


@dataclass(frozen=True, slots=True)
class _State:
    """What q keeps and Q brings back, as far as text needs it (ISO 32000-1, 8.4 and 9.3)."""

    matrix: Matrix
    clip: Rectangle | None = None
    font: PrintedFont | None = None
    size: float = 0.0
    spacing: float = 0.0
    scale: float = 1.0


@dataclass(slots=True)
class _Reader:
    """Walks through one content stream. ``fonts`` by their name, which a font has once in the whole file."""

    resources: pikepdf.Object
    fonts: dict[str, PrintedFont]
    text_matrix: Matrix = _IDENTITY
    path: list[Rectangle | None] = field(default_factory=list)
    kept: list[_State] = field(default_factory=list)

    def read(self, content: bytes, state: _State) -> Iterator[Piece]:
        """The pieces of a page or form, its forms included."""
        depth = len(self.kept)
        operands: list[bytes] = []
        for token in _TOKEN.findall(content):
            if token[0] in b"0123456789-+./<[]":
                operands.append(token)
                continue
            if token == b"Tj":
                piece, advance = _piece(operands[-1:], state, _times(self.text_matrix, state.matrix))
                self.text_matrix = _times((1.0, 0.0, 0.0, 1.0, advance, 0.0), self.text_matrix)
                yield piece
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
            elif token in _PAINTED:
                self.path.clear()
            elif token not in _NO_TEXT:
                raise ValueError(f"unexpected operator {token.decode(errors='replace')}")
            operands.clear()
        if len(self.kept) != depth:
            raise ValueError("graphics states are not balanced")

    def font(self, name: str) -> PrintedFont:
        """A font of the page by its name."""
        if name not in self.fonts:
            self.fonts[name] = PrintedFont(self.resources.Font[name])
        return self.fonts[name]

    def _drawn(self, name: str, state: _State) -> Iterator[Piece]:
        """A form with what it shows, or a picture, as far as it is not clipped away."""
        form = self.resources.XObject[name]
        if form.Subtype != "/Form":
            yield Piece("", _common(state.clip, _box(state.matrix, 0.0, 0.0, 1.0, 1.0)))
            return
        own = tuple(float(each) for each in form.get("/Matrix", _IDENTITY))
        inner = _Reader(form.get("/Resources", self.resources), self.fonts, kept=self.kept)
        start = _times((own[0], own[1], own[2], own[3], own[4], own[5]), state.matrix)
        yield from inner.read(form.read_bytes(), replace(state, matrix=start))

    def outlined(self, state: _State, operands: Sequence[bytes]) -> _State:
        """Note a rectangle of the path: it may become a clip."""
        x, y, width, height = map(float, operands)
        self.path.append(_box(state.matrix, x, y, x + width, y + height))
        return state

    def clipped(self, state: _State) -> _State:
        """The state with the path as a clip. Only a single rectangle is one here, so that nothing is taken for hidden
        that is not."""
        only = self.path[0] if len(self.path) == 1 else None
        return state if only is None else replace(state, clip=_common(state.clip, only))


_Change = Callable[[_Reader, _State, Sequence[bytes]], _State]

_CHANGES: dict[bytes, _Change] = {
    b"cm": lambda _reader, state, operands: replace(state, matrix=_times(_matrix(operands), state.matrix)),
    b"Tf": lambda reader, state, operands: replace(
        state, font=reader.font(operands[-2].decode()), size=float(operands[-1])
    ),
    b"Tc": lambda _reader, state, operands: replace(state, spacing=float(operands[-1])),
    b"Tz": lambda _reader, state, operands: replace(state, scale=float(operands[-1]) / 100),
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
    x, left, right = 0.0, None, 0.0
    text: list[str] = []
    missing = 0
    for place in range(0, len(digits), 4):
        code = digits[place : place + 4]
        character = characters.get(code, "")
        missing += not character
        text.append(character)
        width = widths.get(code, 1.0) * em
        if character.strip():
            half = width / 2 if width > 0.9 * em else 0.0  # the empty half of a mark may lie under its neighbour
            if left is None:
                left = x + (half if kinsoku.is_opening(character) else 0.0)
            right = x + width - (half if kinsoku.is_closing(character) else 0.0)
        x += width + spacing
    font.shown.add(digits)
    ink = None if left is None else _box(matrix, left, INK_BOTTOM * size, right, INK_TOP * size)
    return Piece("".join(text), ink, missing), x


def _box(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Rectangle:
    a, b, c, d, e, f = matrix
    xs = (a * left + c * bottom + e, a * left + c * top + e, a * right + c * bottom + e, a * right + c * top + e)
    ys = (b * left + d * bottom + f, b * left + d * top + f, b * right + d * bottom + f, b * right + d * top + f)
    return Rectangle(min(xs), min(ys), max(xs), max(ys))


def _common(clip: Rectangle | None, box: Rectangle) -> Rectangle:
    """What of a box a clipping rectangle lets through."""
    if clip is None:
        return box
    left, bottom = max(clip.left, box.left), max(clip.bottom, box.bottom)
    return Rectangle(left, bottom, max(min(clip.right, box.right), left), max(min(clip.top, box.top), bottom))


def _matrix(operands: Sequence[bytes]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """First ``one``, then ``two``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
