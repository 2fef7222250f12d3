"""A font as it stands in a finished PDF: its characters and widths by glyph number, and whether both are true.

ISO 19005-3: every glyph that is shown is in the font program (6.2.11.4.1), as wide there as the PDF says (6.2.11.5), is
not .notdef (6.2.11.8), and has a Unicode value (6.2.11.7.2). The program is read from the written file, by others than
those who cut it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import pikepdf
import uharfbuzz as hb

from pipeline.rendering.cff import CompactFont

_MAPPING = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_NOT_CHARACTERS = frozenset({"\0", "\ufeff", "\ufffe", "\uffff"})
_WIDTH_TOLERANCE = 1.0
"""By how much widths may differ, in 1/1000 em."""


class PrintedFont:
    """A composite font with glyph numbers for codes (Identity-H). Raises ``ValueError`` for any other.

    ``shown`` collects the strings that stand in it, in hexadecimal digits.
    """

    def __init__(self, font: pikepdf.Object) -> None:
        if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
            raise ValueError("a font whose codes are no glyph numbers")
        self._font = font
        self.name = str(font.BaseFont).rpartition("+")[2]
        self.shown: set[bytes] = set()

    @cached_property
    def characters(self) -> dict[bytes, str]:
        """The character of each code (ToUnicode)."""
        mapped: dict[bytes, str] = {}
        for block in _BLOCK.findall(self._font.ToUnicode.read_bytes()):
            for code, text in _MAPPING.findall(block):
                mapped[code.lower()] = bytes.fromhex(text.decode()).decode("utf-16-be")
        return mapped

    @cached_property
    def widths(self) -> dict[bytes, float]:
        """The width of each code in em (W)."""
        stated: dict[bytes, float] = {}
        entries = list(self._font.DescendantFonts[0].W)
        for first, widths in zip(entries[::2], entries[1::2], strict=True):
            for number, width in enumerate(widths, start=int(first)):
                stated[b"%04x" % number] = float(width) / 1000
        return stated

    def faults(self) -> Iterator[str]:
        """What speaks against the font, in the words of the standard."""
        codes = {digits[place : place + 4] for digits in self.shown for place in range(0, len(digits), 4)}
        try:
            program = _Program(self._font.DescendantFonts[0].FontDescriptor)
        except ValueError as error:
            yield f"6.2.11.4.1 {self.name}: {error}"
            return
        for code in sorted(codes):
            glyph = int(code, 16)
            if glyph == 0:
                yield f"6.2.11.8 {self.name}: .notdef"
            elif glyph >= program.glyphs:
                yield f"6.2.11.4.1 {self.name}: {glyph}"
            elif code not in self.widths or not program.is_as_wide(glyph, self.widths[code] * 1000):
                yield f"6.2.11.5 {self.name}: {self.characters.get(code, glyph)}"
            if not self.characters.get(code) or _NOT_CHARACTERS & set(self.characters[code]):
                yield f"6.2.11.7.2 {self.name}: {glyph}"


class _Program:
    """The embedded font program. Raises ``ValueError`` when there is none, or one that cannot be read."""

    def __init__(self, descriptor: pikepdf.Object) -> None:
        program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
        if program is None:
            raise ValueError("no font program")
        face = hb.Face(program.read_bytes())
        self.glyphs: int = face.glyph_count
        self._thousandth = 1000 / face.upem
        self._metrics = hb.Font(face)
        self._compact = CompactFont(bytes(face.reference_table("CFF ").data)) if "CFF " in face.table_tags else None
        if self._compact is None and "glyf" not in face.table_tags:
            raise ValueError("no outlines")

    def is_as_wide(self, glyph: int, thousandths: float) -> bool:
        """Whether a glyph's advance is this, in the metrics and in the outlines."""
        found = [self._metrics.get_glyph_h_advance(glyph)]
        if self._compact is not None:
            found.append(self._compact.width(glyph))
        return all(abs(each * self._thousandth - thousandths) <= _WIDTH_TOLERANCE for each in found)
