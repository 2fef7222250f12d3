"""Which faces this machine and this office have: the name tables of all font files, read once.

Asking fontconfig would be shorter, but its answer depends on the machine's aliases, and the same Word file must give
the same PDF on every machine with the same fonts. So the folders are walked and the names read from the files: a few
hundred bytes of each, about 30 ms for a full desktop. Reads files; changes nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/texmf/fonts/opentype/public/fandol"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_SFNT = {b"\x00\x01\x00\x00", b"OTTO", b"true"}

# name identifiers, OpenType 1.9 "name"
_FAMILY, _FULL_NAME, _POSTSCRIPT, _TYPOGRAPHIC_FAMILY = 1, 4, 6, 16
_ENGLISH = 0x409
_COMMON_WEIGHTS = {400, 700}


@dataclass(frozen=True, slots=True)
class InstalledFace:
    """One face of a font file. ``names`` are all names it answers to, folded (``folded_name``), in any language."""

    path: Path
    index: int
    names: frozenset[str]
    family: str
    full_name: str
    postscript: str
    bold: bool
    italic: bool


def folded_name(name: str) -> str:
    """A face name as it is compared: case, blanks, hyphens and underscores do not count."""
    return "".join(name.split()).replace("-", "").replace("_", "").casefold()


def scan(folders: Iterable[Path]) -> tuple[tuple[InstalledFace, ...], tuple[Path, ...]]:
    """All faces below ``folders``, earlier folders first, and the files that look like fonts but cannot be read."""
    faces: list[InstalledFace] = []
    unreadable: list[Path] = []
    seen: set[Path] = set()
    for path in _font_files(folders):
        real = path.resolve()
        if real in seen:
            continue
        seen.add(real)
        try:
            faces.extend(read_faces(path))
        except (OSError, ValueError, struct.error):
            unreadable.append(path)
    return tuple(faces), tuple(unreadable)


def read_faces(path: Path) -> tuple[InstalledFace, ...]:
    """The faces of one file. Raises ``ValueError`` or ``struct.error`` when it is no TrueType or OpenType font."""
    with path.open("rb") as stream:
        head = _read(stream, 0, 12)
        offsets: tuple[int, ...] = (0,)
        if head[:4] == b"ttcf":
            (count,) = struct.unpack(">I", head[8:])
            offsets = struct.unpack(f">{count}I", _read(stream, 12, 4 * count))
        return tuple(_face(stream, path, index, offset) for index, offset in enumerate(offsets))


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())


def _face(stream: BinaryIO, path: Path, index: int, offset: int) -> InstalledFace:
    tables = _tables(stream, offset)
    records = tuple(_names(_read(stream, *tables["name"])))
    weight, selection = 400, 0
    if "OS/2" in tables:
        os2 = _read(stream, tables["OS/2"][0], 64)
        (weight,), (selection,) = struct.unpack(">H", os2[4:6]), struct.unpack(">H", os2[62:64])
    (mac_style,) = struct.unpack(">H", _read(stream, tables["head"][0] + 44, 2))

    wanted = {_FAMILY, _FULL_NAME, _POSTSCRIPT}
    if weight in _COMMON_WEIGHTS:  # the family name 16 also covers Light and Black, which nobody means by it
        wanted.add(_TYPOGRAPHIC_FAMILY)
    family = _best(records, _FAMILY)
    return InstalledFace(
        path=path,
        index=index,
        names=frozenset(folded_name(text) for name_id, _language, text in records if name_id in wanted),
        family=family,
        full_name=_best(records, _FULL_NAME) or family,
        postscript=_best(records, _POSTSCRIPT) or family,
        bold=bool(selection & 0x20 or mac_style & 1),
        italic=bool(selection & 1 or mac_style & 2),
    )


def _tables(stream: BinaryIO, offset: int) -> dict[str, tuple[int, int]]:
    """Table tag -> (offset, length)."""
    head = _read(stream, offset, 12)
    if head[:4] not in _SFNT:
        raise ValueError("not a TrueType or OpenType font")
    (count,) = struct.unpack(">H", head[4:6])
    directory = _read(stream, offset + 12, 16 * count)
    tables = {}
    for position in range(0, len(directory), 16):
        tag, _checksum, start, length = struct.unpack(">4sIII", directory[position : position + 16])
        tables[tag.decode("latin-1")] = (start, length)
    if not {"name", "head"} <= tables.keys():
        raise ValueError("a font without names")
    return tables


def _names(table: bytes) -> Iterator[tuple[int, int, str]]:
    """(name identifier, language, text) of every record."""
    _format, count, strings = struct.unpack(">HHH", table[:6])
    for position in range(6, 6 + 12 * count, 12):
        platform, encoding, language, name_id, length, offset = struct.unpack(">6H", table[position : position + 12])
        raw = table[strings + offset : strings + offset + length]
        text = _decoded(raw, platform, encoding).strip("\x00 ")
        if text:
            yield name_id, _ENGLISH if platform == 1 and language == 0 else language, text


def _decoded(raw: bytes, platform: int, encoding: int) -> str:
    """Old Chinese faces name themselves in GBK (Windows encoding 3, Macintosh script 25)."""
    if platform == 3 and encoding == 3:
        return raw.replace(b"\x00", b"").decode("gbk", "ignore")
    if platform == 1:
        return raw.decode("gbk" if encoding == 25 else "mac_roman", "ignore")
    return raw.decode("utf-16-be", "ignore")


def _best(records: tuple[tuple[int, int, str], ...], name_id: int) -> str:
    """The English name, else the first one, else ""."""
    found = [(language, text) for each, language, text in records if each == name_id]
    english = [text for language, text in found if language == _ENGLISH]
    return (english or [text for _language, text in found] or [""])[0]


def _read(stream: BinaryIO, offset: int, length: int) -> bytes:
    stream.seek(offset)
    data = stream.read(length)
    if len(data) != length:
        raise ValueError("the file ends too early")
    return data
