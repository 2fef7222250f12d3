"""Black out what is personal in a Word file, and prove that nothing else in it was changed.

A paper is not painted over: its Word file is printed anew with black blocks in the place of the characters, so its PDF
never held them. The whole document is one string to the search, so a number is found that runs, line ends, paragraphs
or the cells of a table cut in pieces. Personal pictures become grey.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from PIL import Image

from pipeline.core.errors import CannotRender
from pipeline.core.messages import _
from pipeline.packet.personal import BLOCK, Personal, blocks

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_RELATIONS = re.compile(r"word/_rels/[^/]+\.rels")
_MEDIA = "word/media/"
_XML = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)

_TEXT, _FIELD = f"{_W}t", f"{_W}instrText"
_GAPS = {
    f"{_W}p": "\n",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "-",
}
"""What stands between characters without being one of them."""

_TOLD = ("descr", "title", "tooltip", f"{_W}tooltip", f"{_W}instr", f"{_W}name", f"{_W}anchor")
"""Attributes that a PDF shows or keeps: the words for a picture, the tip of a link, a field, a bookmark and the way to
it."""


@dataclass(frozen=True, slots=True)
class _Character:
    """One character, and the text it stands in; None for a gap."""

    it: str
    piece: etree._Element | None = None


def blacked_docx(docx: bytes, personal: Personal, *, pictures: bool) -> bytes:
    """The Word file without what is personal; with ``pictures`` these are grey.

    Raises ``CannotRender`` when anything else came out changed.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = _without(entry.filename, before.read(entry), personal, pictures=pictures)
            after.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _without(name: str, data: bytes, personal: Personal, *, pictures: bool) -> bytes:
    if _WORDS.fullmatch(name):
        return _part(name, data, personal)
    if _RELATIONS.fullmatch(name):
        return _relations(data, personal)
    if name.startswith(_MEDIA) and pictures:
        return _grey(data)
    if name.startswith("docProps/"):
        return personal.hidden(data.decode()).encode()
    return data


def _part(name: str, data: bytes, personal: Personal) -> bytes:
    root, asked = etree.fromstring(data, _XML), etree.fromstring(data, _XML)
    _black_out(list(_characters(root, _TEXT)), personal)
    _black_out(list(_characters(root, _FIELD)), personal)
    _refuse_changed(name, asked, root, personal)
    for element in root.iter(etree.Element):
        for told in _TOLD:
            if told in element.attrib:
                element.set(told, personal.hidden(str(element.get(told))))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _characters(root: etree._Element, tag: str) -> Iterator[_Character]:
    """The characters of all elements of this name, in order, with the gaps between them."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and element.tag == tag:
            yield from (_Character(one, element) for one in element.text or "")
        elif element.tag in _GAPS and (event == "start" or element.tag == f"{_W}p"):
            yield _Character(_GAPS[str(element.tag)])


def _black_out(characters: list[_Character], personal: Personal) -> None:
    """Put blocks in the place of what is personal: the first piece it stands in takes them all."""
    left: dict[etree._Element, list[str]] = {}
    places = personal.places("".join(one.it for one in characters))
    if not places:
        return
    begun, inside = dict(places), {at for start, end in places for at in range(start, end)}
    for at, one in enumerate(characters):
        if one.piece is None:
            continue
        own = left.setdefault(one.piece, [])
        if at in begun:
            own.append(blocks(sum(other.piece is not None for other in characters[at : begun[at]])))
        elif at not in inside:
            own.append(one.it)
    for piece, words in left.items():
        piece.text = "".join(words)


def _refuse_changed(name: str, before: etree._Element, after: etree._Element, personal: Personal) -> None:
    """Raise ``CannotRender`` unless the words that remain are those that were there, in the same elements."""
    for tag in (_TEXT, _FIELD):
        characters = list(_characters(before, tag))
        inside = {
            at for start, end in personal.places("".join(one.it for one in characters)) for at in range(start, end)
        }
        due = "".join(one.it for at, one in enumerate(characters) if one.piece is not None and at not in inside)
        there = "".join(piece.text or "" for piece in after.iter(tag))
        if there.replace(BLOCK, "") != due.replace(BLOCK, ""):
            raise _changed(name)
    if _without_words(before) != _without_words(after):
        raise _changed(name)


def _without_words(root: etree._Element) -> bytes:
    """Everything but the words: elements, attributes, and what stands between them."""
    copy = etree.fromstring(etree.tostring(root), _XML)
    for tag in (_TEXT, _FIELD):
        for piece in copy.iter(tag):
            piece.text = ""
    return etree.tostring(copy, method="c14n")


def _changed(name: str) -> CannotRender:
    return CannotRender(_("遮盖时改动了别的文字"), where=name, remedy=_("没有写出；请告诉维护人员"))


def _relations(data: bytes, personal: Personal) -> bytes:
    """Links into the world (tel:…) lead nowhere when they hold something personal."""
    root = etree.fromstring(data, _XML)
    for one in root.iter(etree.Element):
        target = one.get("Target", "")
        if one.get("TargetMode") == "External" and personal.places(target):
            one.set("Target", "about:blank")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _grey(picture: bytes) -> bytes:
    """A grey picture of the same size and format."""
    with Image.open(BytesIO(picture)) as before:
        written = io.BytesIO()
        Image.new("RGB", before.size, (160, 160, 160)).save(written, before.format or "PNG")
    return written.getvalue()
