"""Papers drawn to the millimetre, for the ruler to be tried on.

Every piece stands where it is told to: a text by its base line and one end, a line by its upper left corner. Heights of
ink come from the font file itself (fontTools), not from what is being tested.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import weasyprint
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from pipeline.conformance import Paper, measure
from pipeline.conformance.geometry import Page

FONTS = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
FANG, HEI, KAI, SONG, BOLD = (
    "FandolFang-Regular",
    "FandolHei-Regular",
    "FandolKai-Regular",
    "FandolSong-Regular",
    "FandolSong-Bold",
)
POINT = 25.4 / 72
RED = "#e60012"


@dataclass(frozen=True)
class Text:
    """A text whose ``anchor`` end ("left", "center", "right") stands at ``x``, on ``baseline``; mm, size in pt."""

    text: str
    x: float
    baseline: float
    page: int = 1
    font: str = FANG
    size: float = 16.0
    colour: str = "#000000"
    anchor: str = "left"
    pitch: float = 0.0  # mm from character to character; 0 for the font's own

    @property
    def advance(self) -> float:
        """The width in mm. In Fandol's faces a Hanzi takes one em, a figure half of one, a blank a third."""
        ems = sum(1 / 3 if char == " " else 0.5 if char.isascii() else 1.0 for char in self.text)
        return ems * self.size * POINT + self.spacing * (len(self.text) - 1)

    @property
    def spacing(self) -> float:
        return self.pitch - self.size * POINT if self.pitch else 0.0

    @property
    def left(self) -> float:
        return self.x - {"left": 0.0, "center": 0.5, "right": 1.0}[self.anchor] * self.advance


@dataclass(frozen=True)
class Rule:
    x: float
    y: float
    length: float
    thickness: float
    page: int = 1
    colour: str = "#000000"


@dataclass(frozen=True)
class Field:
    name: str
    left: float
    top: float
    size: float
    page: int = 1


Piece = Text | Rule | Field
Pieces = dict[str, Piece]


def change(pieces: Pieces, name: str, **values: object) -> Pieces:
    """The same paper with one piece changed; ``dx``, ``dy`` move it."""
    piece = pieces[name]
    dx, dy = float(values.pop("dx", 0.0)), float(values.pop("dy", 0.0))  # type: ignore[arg-type]
    match piece:
        case Text():
            moved: Piece = replace(piece, x=piece.x + dx, baseline=piece.baseline + dy)
        case Rule():
            moved = replace(piece, x=piece.x + dx, y=piece.y + dy)
        case Field():
            moved = replace(piece, left=piece.left + dx, top=piece.top + dy)
    return {**pieces, name: replace(moved, **values)}  # type: ignore[arg-type]


def without(pieces: Pieces, *names: str) -> Pieces:
    return {name: piece for name, piece in pieces.items() if name not in names}


@lru_cache(maxsize=8)
def _font(name: str) -> TTFont:
    return TTFont(FONTS / f"{name}.otf", lazy=True)


@lru_cache(maxsize=512)
def ink(font: str, text: str, size: float) -> tuple[float, float]:
    """How far the ink of a text reaches above and below its base line, mm."""
    opened = _font(font)
    glyphs, cmap = opened.getGlyphSet(), opened.getBestCmap()
    low, high = [], []
    for char in text:
        pen = BoundsPen(glyphs)
        glyphs[cmap[ord(char)]].draw(pen)
        if pen.bounds:
            low.append(pen.bounds[1])
            high.append(pen.bounds[3])
    em = opened["head"].unitsPerEm
    return max(high) / em * size * POINT, -min(low) / em * size * POINT


def page_html(pieces: Iterable[Piece]) -> str:
    """The pieces as HTML with absolute positions."""
    by_page: dict[int, list[str]] = {}
    for piece in pieces:
        by_page.setdefault(piece.page, []).append(_element(piece))
    pages = "".join(f"<section>{''.join(by_page.get(n, []))}</section>" for n in range(1, max(by_page, default=1) + 1))
    faces = "".join(
        f"@font-face{{font-family:{name};src:url(file://{FONTS}/{name}.otf)}}" for name in (FANG, HEI, KAI, SONG, BOLD)
    )
    return (
        f"<html lang=zh-CN><style>{faces}@page{{size:210mm 297mm;margin:0}}"
        "body{margin:0}section{position:relative;height:297mm;width:210mm;break-after:page;overflow:hidden}"
        "section:last-child{break-after:auto}"
        "div{position:absolute;white-space:pre;line-height:0;font-kerning:none}"
        "i{display:inline-block;height:40mm}"
        "input{position:absolute;appearance:auto;border:0;padding:0;margin:0;background:none}"
        f"</style>{pages}</html>"
    )


def _element(piece: Piece) -> str:
    match piece:
        case Text():
            return (
                f'<div style="left:{piece.left:.4f}mm;top:{piece.baseline - 40:.4f}mm;font:{piece.size}pt {piece.font};'
                f'line-height:0;color:{piece.colour};letter-spacing:{piece.spacing:.5f}mm"><i></i>'
                f"{html.escape(piece.text)}</div>"
            )
        case Rule():
            return (
                f'<div style="left:{piece.x}mm;top:{piece.y}mm;width:{piece.length}mm;height:{piece.thickness}mm;'
                f'background:{piece.colour}"></div>'
            )
        case Field():
            return (
                f'<input name="{piece.name}" style="left:{piece.left}mm;top:{piece.top}mm;width:{piece.size}mm;'
                f'height:{piece.size}mm">'
            )


def printed(pieces: Pieces) -> bytes:
    """The paper as a PDF."""
    return pdf_of(page_html(pieces.values()))


def pdf_of(page: str) -> bytes:
    """HTML as a PDF."""
    pdf = weasyprint.HTML(string=page).write_pdf(pdf_forms=True)
    assert isinstance(pdf, bytes)
    return pdf


def measured(pieces: Pieces) -> Paper:
    """``measure(printed(pieces))`` page by page, so that a test that spoils one page prints that page only."""
    last = max(piece.page for piece in pieces.values())
    pages = (tuple(piece for piece in pieces.values() if piece.page == number) for number in range(1, last + 1))
    return Paper(tuple(replace(_page(page), number=number) for number, page in enumerate(pages, start=1)))


@lru_cache(maxsize=256)
def _page(pieces: tuple[Piece, ...]) -> Page:
    (page,) = measure(pdf_of(page_html(replace(piece, page=1) for piece in pieces))).pages
    return page


Change = Callable[[Pieces], Pieces]
