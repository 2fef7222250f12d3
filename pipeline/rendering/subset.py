"""Small font files for one document: cut from a large one, or built from outlines.

WeasyPrint spends seconds on whole Chinese fonts, so each document brings its own subset (a few milliseconds). Three
traps are dealt with here:

- A CID-keyed CFF keeps its old CIDs when cut, while WeasyPrint writes glyph numbers into Identity-H strings; some
  viewers then show other characters, and PDF/A 6.2.11.4.1 is violated. The cut font gets the identity charset.
- Layout tables are dropped: no kerning, no ligature, no alternative glyph may change a width the composer relied on.
- All fonts get the same em box, ``BOX_ASCENT`` over ``BOX_DESCENT``. CSS places a base line by the metrics of the face;
  with one box for all faces, a line stands where the composer put it whatever faces are on it.

Equal input gives equal bytes: the times in "head" are one constant.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.basePen import AbstractPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

BOX_ASCENT = 0.86
BOX_DESCENT = 0.14
"""The em box of every font handed to WeasyPrint: an em square that holds a Chinese character's ink in its middle."""

_LONG_AGO = 3_660_681_600
"""1 January 2020 in seconds since 1904, the created and modified time of every subset."""

_CURVE_ERROR = 0.001
"""How far a drawn curve may lie from the original, in em: less than a printer's dot at any size used here."""

_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "JSTF", "VORG", "vhea", "vmtx", "kern", "DSIG", "MATH", "SVG ")
_FLAGS = hb.SubsetFlags.CFF_IDENTITY_CHARSET | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font for one document: ``family`` is the face key, ``characters`` those it was cut for.

    ``slanted``: its letters lean.
    """

    family: str
    data: bytes
    characters: str
    slanted: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A glyph to be built: its advance in font units, and what draws it on a pen."""

    advance: int
    draw: Callable[[AbstractPen], None]


def cut_font(face: hb.Face, characters: str) -> bytes:
    """The part of a font file that prints ``characters``."""
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(ord(character) for character in characters)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    wanted.flags = _FLAGS
    return _with_em_box(bytes(hb.subset(face, wanted).blob.data), int(face.upem))


def build_font(name: str, units: int, glyphs: Mapping[str, Outline]) -> bytes:
    """A new TrueType font of ``glyphs`` by character; with TrueType outlines, glyph numbers are its codes in a PDF."""
    names = {character: f"u{ord(character):05X}" for character in sorted(glyphs)}
    shapes = {".notdef": TTGlyphPen(None).glyph()}
    for character, glyph_name in names.items():
        pen = TTGlyphPen(None)
        glyphs[character].draw(Cu2QuPen(pen, max_err=units * _CURVE_ERROR))
        shapes[glyph_name] = pen.glyph()

    builder = FontBuilder(units, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(character): glyph_name for character, glyph_name in names.items()})
    builder.setupGlyf(shapes)
    bearings = {glyph_name: getattr(shape, "xMin", 0) for glyph_name, shape in shapes.items()}
    advances = {names[character]: outline.advance for character, outline in glyphs.items()} | {".notdef": units}
    builder.setupHorizontalMetrics({each: (advance, bearings[each]) for each, advance in advances.items()})
    builder.setupHorizontalHeader(ascent=round(BOX_ASCENT * units), descent=-round(BOX_DESCENT * units))
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=_LONG_AGO, modified=_LONG_AGO)
    return _with_em_box(_saved(builder.font), units)


def _saved(font: TTFont) -> bytes:
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _with_em_box(font: bytes, units: int) -> bytes:
    """The font with the common em box and constant times, its checksums right (OpenType 1.9, hhea, OS/2, head).

    The sum of the whole file is that of its directory and of the sums its tables have there.
    """
    ascent, descent = round(BOX_ASCENT * units), round(BOX_DESCENT * units)
    data = bytearray(font)
    (count,) = struct.unpack_from(">H", data, 4)
    directory = 12 + 16 * count
    for entry in range(12, directory, 16):
        tag, _checksum, offset, length = struct.unpack_from(">4sIII", data, entry)
        if tag == b"hhea":
            struct.pack_into(">hhh", data, offset + 4, ascent, -descent, 0)
        elif tag == b"OS/2":
            struct.pack_into(">hhhHH", data, offset + 68, ascent, -descent, 0, ascent, descent)
        elif tag == b"head":
            head = offset
            struct.pack_into(">I", data, offset + 8, 0)
            struct.pack_into(">qq", data, offset + 20, _LONG_AGO, _LONG_AGO)
        else:
            continue
        struct.pack_into(">I", data, entry + 4, _checksum_of(data[offset : offset + length]))
    tables = sum(struct.unpack_from(">I", data, entry + 4)[0] for entry in range(12, directory, 16))
    whole = _checksum_of(data[:directory]) + tables
    struct.pack_into(">I", data, head + 8, (0xB1B0AFBA - whole) & 0xFFFFFFFF)
    return bytes(data)


def _checksum_of(data: bytes | bytearray) -> int:
    padded = bytes(data) + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
