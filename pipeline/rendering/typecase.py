"""The type of one document: for each face the number of every character in it, and its font objects in the PDF.

Lines are set character by character from widths we know, so nothing is left to shape; a character is a glyph number,
and the glyphs of a PDF string are those numbers (Identity-H, ISO 32000-1, 9.7.5.2). Widths and Unicode values stand
beside them as PDF/A asks (ISO 19005-3, 6.2.11.5 and 6.2.11.7): every number that is printed has both.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pydyf
import uharfbuzz as hb

from pipeline.rendering.subset import BOX_ASCENT, BOX_DESCENT, FontFile

NOT_THERE = "0000"
"""The code of a character that the face lacks; the gate lets none through."""

_SYMBOLIC = 4
_ITALIC = 64
_STEM = 80
_PER_BLOCK = 100
_KEPT = 32
"""Faces kept for the next papers."""
_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_TAIL = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(frozen=True, slots=True)
class Case:
    """One face. ``name`` is its name in the page's resources, ``codes`` the hexadecimal glyph number of each character,
    ``widths`` (in 1/1000 em) by character."""

    name: str
    codes: Mapping[str, str]
    widths: Mapping[str, float]

    def code(self, text: str) -> str:
        """A text as the digits of a PDF string."""
        codes = self.codes
        return "".join([codes.get(character, NOT_THERE) for character in text])


class Typecase:
    """All faces of a document, by ``FontFile.family``."""

    def __init__(self, fonts: Sequence[FontFile]) -> None:
        self._fonts = tuple(fonts)
        self._cases = {font.family: _case(f"F{index}", font) for index, font in enumerate(self._fonts)}

    def __getitem__(self, face: str) -> Case:
        """The case of a face that the document uses."""
        return self._cases[face]

    def named(self, name: str) -> Case:
        """The case by its name in the page's resources."""
        return next(case for case in self._cases.values() if case.name == name)

    def embed(self, pdf: pydyf.PDF) -> pydyf.Dictionary:
        """Put every face into the PDF; returns the Font entry of the resources."""
        entries = {
            self._cases[font.family].name: _type0(pdf, font, self._cases[font.family]).reference for font in self._fonts
        }
        return pydyf.Dictionary(entries)


@lru_cache(maxsize=_KEPT)
def _case(name: str, font: FontFile) -> Case:
    face = hb.Face(font.data)
    program = hb.Font(face)
    numbers = {character: program.get_nominal_glyph(ord(character)) for character in font.characters}
    known = {character: number for character, number in numbers.items() if number}
    thousandth = 1000 / face.upem
    return Case(
        name,
        {character: f"{number:04x}" for character, number in known.items()},
        {character: program.get_glyph_h_advance(number) * thousandth for character, number in known.items()},
    )


def _type0(pdf: pydyf.PDF, font: FontFile, case: Case) -> pydyf.Dictionary:
    """A composite font and all it needs (ISO 32000-1, 9.7)."""
    compact = font.data[:4] == b"OTTO"
    name = f"/{_tag(font.data)}+{font.family}"
    program = pydyf.Stream([_packed(font.data)], {"Filter": "/FlateDecode"})
    program.extra |= {"Subtype": "/OpenType"} if compact else {"Length1": len(font.data)}
    pdf.add_object(program)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _SYMBOLIC | (_ITALIC if font.slanted else 0),
            "FontBBox": pydyf.Array(_bounding_box(font.data)),
            "ItalicAngle": -11 if font.slanted else 0,
            "Ascent": round(BOX_ASCENT * 1000),
            "Descent": -round(BOX_DESCENT * 1000),
            "CapHeight": round(BOX_ASCENT * 1000),
            "StemV": _STEM,
            "FontFile3" if compact else "FontFile2": program.reference,
        }
    )
    pdf.add_object(descriptor)
    shown = {int(code, 16): character for character, code in reversed(tuple(case.codes.items()))}
    descendant = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if compact else "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pydyf.Dictionary(
                {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
            ),
            "W": _widths({number: case.widths[character] for number, character in sorted(shown.items())}),
            "FontDescriptor": descriptor.reference,
        }
    )
    if not compact:
        descendant["CIDToGIDMap"] = "/Identity"
    pdf.add_object(descendant)
    to_unicode = pydyf.Stream([_unicode_values(shown)], compress=True)
    pdf.add_object(to_unicode)
    composite = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": to_unicode.reference,
        }
    )
    pdf.add_object(composite)
    return composite


@lru_cache(maxsize=_KEPT)
def _packed(data: bytes) -> bytes:
    """Outlines hardly repeat themselves. To look for what does takes three times as long and makes a file smaller by a
    twentieth, so they are only written in short codes."""
    packer = zlib.compressobj(strategy=zlib.Z_HUFFMAN_ONLY)
    return packer.compress(data) + packer.flush()


def _tag(data: bytes) -> str:
    """The six capitals before a subset's name, from its content (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(data).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _bounding_box(data: bytes) -> tuple[int, ...]:
    """The box of all glyphs from "head", in 1/1000 em."""
    head = bytes(hb.Face(data).reference_table("head").data)
    (units,) = struct.unpack_from(">H", head, 18)
    return tuple(round(edge * 1000 / units) for edge in struct.unpack_from(">4h", head, 36))


def _widths(widths: Mapping[int, float]) -> pydyf.Array:
    """The W array: runs of numbers that follow one another, each with its widths."""
    written = pydyf.Array()
    last: int | None = None
    run = pydyf.Array()
    for number, width in widths.items():
        if last is None or number != last + 1:
            run = pydyf.Array()
            written.extend((number, run))
        run.append(round(width, 3))
        last = number
    return written


def _unicode_values(shown: Mapping[int, str]) -> bytes:
    """The ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    entries = [
        f"<{number:04x}> <{character.encode('utf-16-be').hex()}>".encode()
        for number, character in sorted(shown.items())
    ]
    lines = [_HEAD]
    for start in range(0, len(entries), _PER_BLOCK):
        block = entries[start : start + _PER_BLOCK]
        lines += [f"{len(block)} beginbfchar".encode(), *block, b"endbfchar"]
    return b"\n".join([*lines, _TAIL])
