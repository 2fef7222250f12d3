"""Black out ID numbers and telephone numbers (遮盖个人信息), so that nothing of them is left in what is handed over.

A paper is not painted over: its Word file is printed anew with black blocks in the place of the characters, so its PDF
never held them. Nothing of the filed PDF comes along, neither metadata nor what is attached to it. Personal pictures
become grey. ``leaks`` then reads the finished file back, decompressed, and tells whether a value is in it all the same.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from pipeline.core.kind import FieldType
from pipeline.core.values import FiledPaper

BLOCK = "█"

_PERSONAL = {FieldType.PHONE, FieldType.ID_CARD}
_PATTERN = re.compile(
    r"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])"  # GB 11643, 18 characters
    r"|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"  # mobile telephones
    r"|(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)"  # telephones with the code of their place
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_MEDIA = "word/media/"
_XML = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def values_of(paper: FiledPaper) -> frozenset[str]:
    """The ID and telephone numbers of a paper: by its fields, and by what its title and text look like."""
    rows = json.loads(paper.data) if paper.data else []
    typed = {text for _table, row in rows for kind, text in row.values() if kind in _PERSONAL}
    written = _PATTERN.findall(f"{paper.title}\n{paper.text}")
    inside = (found for _table, row in rows for _kind, text in row.values() for found in _PATTERN.findall(text))
    return frozenset(filter(None, (*typed, *written, *inside)))


def has_pictures(paper: FiledPaper) -> bool:
    """Whether people's pictures stand on it."""
    rows = json.loads(paper.data) if paper.data else []
    return any(kind == FieldType.IMAGE for _table, row in rows for kind, _text in row.values())


def blacked(text: str, values: Iterable[str] = ()) -> str:
    """A text with black blocks in the place of the values and of all that looks like one."""
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, _blocks(value))
    return _PATTERN.sub(lambda found: _blocks(found[0]), text)


def blacked_docx(docx: bytes, values: frozenset[str], *, pictures: bool) -> bytes:
    """The Word file with the values blacked out, wherever a run of it begins or ends; with ``pictures`` these grey."""
    written = io.BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if _WORDS.fullmatch(entry.filename):
                data = _part(data, values)
            elif entry.filename.startswith(_MEDIA) and pictures:
                data = _grey(data)
            elif entry.filename.startswith("docProps/"):
                data = blacked(data.decode(), values).encode()
            after.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def leaks(pdf: bytes, values: Iterable[str]) -> tuple[str, ...]:
    """The values that a PDF holds: in its text, or anywhere in its streams and strings once they are decompressed."""
    wanted = {value: re.sub(r"[\s-]", "", value) for value in values}
    text = re.sub(r"[\s-]", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))
    raw = b"\n".join(_raw(pdf)).lower()
    return tuple(
        sorted(
            value
            for value, plain in wanted.items()
            if plain in text or any(form in raw for form in _forms(value)) or any(form in raw for form in _forms(plain))
        )
    )


def _forms(value: str) -> tuple[bytes, ...]:
    """A value as the bytes of a PDF may write it: as it is or in UTF-16, each also in hexadecimal."""
    plain, wide = value.lower().encode(), value.lower().encode("utf-16-be")
    return plain, wide, plain.hex().encode(), wide.hex().encode()


def _raw(pdf: bytes) -> Iterator[bytes]:
    """Every stream and string of a PDF, decompressed."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    yield thing.read_bytes()
                except pikepdf.PdfError:  # a picture in a form of its own
                    yield thing.read_raw_bytes()
                yield thing.stream_dict.unparse(resolved=True)
            else:
                yield thing.unparse(resolved=True)


def _part(data: bytes, values: frozenset[str]) -> bytes:
    root = etree.fromstring(data, _XML)
    for paragraph in root.iter(f"{_W}p"):
        _paragraph(list(paragraph.iter(f"{_W}t")), values)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _paragraph(pieces: list[etree._Element], values: frozenset[str]) -> None:
    """Black out a paragraph's values where they stand, though Word cut them into runs: the first takes the blocks."""
    texts = [list(piece.text or "") for piece in pieces]
    whole = "".join(map("".join, texts))
    places = [(own, place) for own in texts for place in range(len(own))]
    for start, end in _places(whole, values):
        for at, (own, place) in enumerate(places[start:end]):
            own[place] = "" if at else _blocks(whole[start:end])
    for piece, own in zip(pieces, texts, strict=True):
        if piece.text:
            piece.text = "".join(own)


def _places(whole: str, values: frozenset[str]) -> list[tuple[int, int]]:
    """Where values stand in a text, none over another."""
    found = [
        *((match.start(), match.end()) for match in _PATTERN.finditer(whole)),
        *((match.start(), match.end()) for value in values for match in re.finditer(re.escape(value), whole)),
    ]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _blocks(value: str) -> str:
    """About as wide as the figures were, each half as wide as a block."""
    return BLOCK * max(1, len(value) // 2)


def _grey(picture: bytes) -> bytes:
    """A grey picture of the same size and format."""
    with Image.open(BytesIO(picture)) as before:
        written = io.BytesIO()
        Image.new("RGB", before.size, (160, 160, 160)).save(written, before.format or "PNG")
    return written.getvalue()
