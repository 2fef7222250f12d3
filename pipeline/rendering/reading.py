"""What a finished PDF really shows: every piece of text with its characters and its place on the page.

The gate must not ask the program that drew the page whether it drew it well, so this reads the bytes. Only the
operators WeasyPrint writes are understood; any other text operator raises, because a guess here would be worth
nothing. ISO 32000-1, 9.4 (text), 8.3 (transformation), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from pipeline.rendering import kinsoku

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_UNKNOWN_TEXT = frozenset({"Td", "TD", "T*", "'", '"', "Tc", "Tw", "Tz", "TL"})
_MAPPING = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)

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


def shown_pages(pdf: pikepdf.Pdf) -> tuple[ShownPage, ...]:
    """Every page. Raises ``ValueError`` for a text operator WeasyPrint does not write."""
    fonts: dict[str, _Font] = {}
    pages = []
    for page in pdf.pages:
        left, bottom, right, top = (float(each) for each in page.MediaBox)
        reader = _Reader(fonts)
        pieces = tuple(reader.read(page.obj, page.obj.Resources, _IDENTITY))
        pages.append(ShownPage(right - left, top - bottom, pieces))
    return tuple(pages)


class _Font:
    """Widths (em) and characters by glyph number."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.characters: dict[int, str] = {}
        for block in _BLOCK.findall(font.ToUnicode.read_bytes()):
            for code, text in _MAPPING.findall(block):
                self.characters[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
        self.widths: dict[int, float] = {}
        entries = list(font.DescendantFonts[0].W)
        for first, widths in zip(entries[::2], entries[1::2], strict=True):
            for offset, width in enumerate(widths):
                self.widths[int(first) + offset] = float(width) / 1000


class _Reader:
    def __init__(self, fonts: dict[str, _Font]) -> None:
        self._fonts = fonts

    def read(self, content: pikepdf.Object, resources: pikepdf.Object, start: Matrix) -> Iterator[Piece]:
        """The pieces of a page or form, its forms included."""
        matrix = start
        text_matrix, size = _IDENTITY, 0.0
        font: _Font | None = None
        clip: Rectangle | None = None
        drawn: Rectangle | None = None
        stack: list[tuple[Matrix, _Font | None, float, Rectangle | None]] = []
        for instruction in pikepdf.parse_content_stream(content):
            name, operands = str(instruction.operator), instruction.operands
            if name == "q":
                stack.append((matrix, font, size, clip))
            elif name == "Q":
                matrix, font, size, clip = stack.pop()
            elif name == "cm":
                matrix = _times(_matrix(operands), matrix)
            elif name == "re":
                x, y, width, height = (float(each) for each in operands)
                drawn = _box(matrix, x, y, x + width, y + height)
            elif name in ("W", "W*") and drawn is not None:
                clip = _common(clip, drawn)
            elif name == "Tm":
                text_matrix = _matrix(operands)
            elif name == "Tf":
                font, size = self._font(resources, str(operands[0])), float(operands[1])
            elif name in ("TJ", "Tj"):
                if font is None:
                    raise ValueError("text without a font")
                shown = operands[0] if name == "TJ" else [operands[0]]
                piece, advance = _piece(shown, font, size, _times(text_matrix, matrix))
                text_matrix = _times((1.0, 0.0, 0.0, 1.0, advance, 0.0), text_matrix)
                yield piece
            elif name == "Do":
                form = resources.XObject[str(operands[0])]
                if form.Subtype == "/Form":
                    inner = _times(_matrix(form.get("/Matrix", _IDENTITY)), matrix)
                    yield from self.read(form, form.get("/Resources", resources), inner)
                else:
                    yield Piece("", _common(clip, _box(matrix, 0.0, 0.0, 1.0, 1.0)))
            elif name in _UNKNOWN_TEXT:
                raise ValueError(f"unexpected text operator {name}")

    def _font(self, resources: pikepdf.Object, name: str) -> _Font:
        if name not in self._fonts:  # WeasyPrint names a font once in a document
            self._fonts[name] = _Font(resources.Font[name])
        return self._fonts[name]


def _piece(shown: object, font: _Font, size: float, matrix: Matrix) -> tuple[Piece, float]:
    """A shown string and how far it moves the pen, in text space."""
    x, left, right = 0.0, None, 0.0
    text: list[str] = []
    missing = 0
    for part in shown:  # type: ignore[attr-defined]
        if not isinstance(part, pikepdf.String | bytes):
            x -= float(part) / 1000 * size
            continue
        codes = bytes(part)
        for index in range(0, len(codes), 2):
            code = int.from_bytes(codes[index : index + 2], "big")
            character = font.characters.get(code, "")
            missing += code == 0 or not character
            text.append(character)
            width = font.widths.get(code, 0.0) * size
            if character.strip():
                half = width / 2 if width > 0.9 * size else 0.0  # the empty half of a mark may lie under its neighbour
                if left is None:
                    left = x + (half if kinsoku.is_opening(character) else 0.0)
                right = x + width - (half if kinsoku.is_closing(character) else 0.0)
            x += width
    ink = None if left is None else _box(matrix, left, INK_BOTTOM * size, right, INK_TOP * size)
    return Piece("".join(text), ink, missing), x


def _box(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Rectangle:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    return Rectangle(min(xs), min(ys), max(xs), max(ys))


def _common(clip: Rectangle | None, box: Rectangle) -> Rectangle:
    """What of a box a clipping rectangle lets through."""
    if clip is None:
        return box
    left, bottom = max(clip.left, box.left), max(clip.bottom, box.bottom)
    return Rectangle(left, bottom, max(min(clip.right, box.right), left), max(min(clip.top, box.top), bottom))


def _matrix(operands: object) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)  # type: ignore[attr-defined]
    return a, b, c, d, e, f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """First ``one``, then ``two``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
