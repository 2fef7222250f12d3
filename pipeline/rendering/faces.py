"""One face: which characters it has, how wide they are, and a small font file of the ones a document used.

Large font files are mapped into memory, not read, and opened only when a character is first asked of them. A bold or
an oblique that a face does not have is drawn from its outlines, as Word does for 仿宋 and 楷体.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol

import uharfbuzz as hb
from fontTools.pens.basePen import AbstractPen

from pipeline.rendering.installed import InstalledFace
from pipeline.rendering.subset import Outline, build_font, cut_font

_DRAWN_WEIGHT = 0.025
"""How much wider a stroke of a drawn bold is, in em."""
_DRAWN_SLANT = 0.2
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9-]")


class Face(Protocol):
    """What a font chain is made of."""

    @property
    def key(self) -> str:
        """Its name in CSS and in the PDF: Latin letters, figures and hyphens only."""

    @property
    def full_name(self) -> str:
        """Its name for people."""

    @property
    def slanted(self) -> bool:
        """Whether it leans, by its designer or drawn so."""

    def covers(self, character: str) -> bool:
        """Whether it has the character."""

    def advance(self, character: str) -> float:
        """The width of a character it covers, in em."""

    def subset(self, characters: str) -> bytes:
        """A font file of these characters, equal bytes for equal input."""

    def __hash__(self) -> int:
        """One face is itself only."""


class FileFace:
    """A face of a font file as it is, or drawn bold or oblique."""

    def __init__(self, installed: InstalledFace, *, bold: bool = False, italic: bool = False) -> None:
        self.installed = installed
        self._drawn_bold = bold and not installed.bold
        self._drawn_italic = italic and not installed.italic

    @cached_property
    def key(self) -> str:
        """The PostScript name, with what was drawn on top of it."""
        drawn = ("-DrawnBold" if self._drawn_bold else "") + ("-DrawnOblique" if self._drawn_italic else "")
        return _NOT_IN_A_KEY.sub("", self.installed.postscript) + drawn

    @property
    def full_name(self) -> str:
        """The full name in the font file."""
        return self.installed.full_name

    @property
    def slanted(self) -> bool:
        """An italic, or one that is drawn oblique."""
        return self._drawn_italic or self.installed.italic

    def covers(self, character: str) -> bool:
        """By the font's cmap."""
        return ord(character) in self._program.unicodes

    def advance(self, character: str) -> float:
        """By the font's hmtx; a drawn bold or oblique is as wide as the plain one."""
        font = self._program.font
        return float(font.get_glyph_h_advance(font.get_nominal_glyph(ord(character)))) / self._program.units

    def subset(self, characters: str) -> bytes:
        """Cut out of the font file, or rebuilt from its outlines when drawn."""
        known = "".join(character for character in characters if self.covers(character))
        program = self._program
        if not (self._drawn_bold or self._drawn_italic):
            return cut_font(program.face, known)
        font = hb.Font(program.face)
        if self._drawn_bold:
            font.synthetic_bold = (_DRAWN_WEIGHT, _DRAWN_WEIGHT, True)
        if self._drawn_italic:
            font.synthetic_slant = _DRAWN_SLANT
        return build_font(self.key, program.units, {each: self._outline(font, each) for each in known})

    @cached_property
    def _program(self) -> _Program:
        return _program(self.installed.path, self.installed.index)

    def _outline(self, font: hb.Font, character: str) -> Outline:
        glyph = font.get_nominal_glyph(ord(character))

        def draw(pen: AbstractPen) -> None:
            font.draw_glyph_with_pen(glyph, pen)

        return Outline(round(self.advance(character) * self._program.units), draw)


class _Program:
    """An opened font file."""

    def __init__(self, path: Path, index: int) -> None:
        self.face = hb.Face(hb.Blob.from_file_path(str(path)), index)
        self.font = hb.Font(self.face)
        self.units = int(self.face.upem)
        self.unicodes = self.face.unicodes


@lru_cache(maxsize=64)
def _program(path: Path, index: int) -> _Program:
    """Shared by the plain and the drawn variants of a face, for the life of the process."""
    return _Program(path, index)
