"""What of a paper is personal (遮盖个人信息), and whether any of it is left in what is handed over.

``Personal`` finds it in words, ``blacked_docx`` takes it out of the Word file that is printed anew. ``leaks`` then
reads each finished file back: every word a person can read or copy in it, and every stream, string, name, property and
enclosed file of it, decompressed.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from lxml import etree

from pipeline.core.kind import FieldType
from pipeline.core.values import FiledPaper
from pipeline.packet import saying
from pipeline.packet.personal import Personal, figures

_PERSONAL = {FieldType.PHONE, FieldType.ID_CARD}
_PACKED = (".zip", ".xlsx", ".docx")
_XML = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def values_of(paper: FiledPaper) -> frozenset[str]:
    """The ID and telephone numbers of a paper: by its fields, and by what its title and text look like."""
    rows = json.loads(paper.data) if paper.data else []
    typed = (text for _table, row in rows for kind, text in row.values() if kind in _PERSONAL)
    words = (paper.title, paper.text, *(text for _table, row in rows for _kind, text in row.values()))
    seen = (told[start:end] for told in words for start, end in Personal().places(told))
    return frozenset(filter(None, (*typed, *seen)))


def has_pictures(paper: FiledPaper) -> bool:
    """Whether people's pictures stand on it."""
    rows = json.loads(paper.data) if paper.data else []
    return any(kind == FieldType.IMAGE for _table, row in rows for kind, _text in row.values())


def leaks(name: str, data: bytes, personal: Personal) -> tuple[str, ...]:
    """Everything personal in a file and in its name, sorted."""
    found = {*_in(name, personal)}
    if name.endswith(".pdf"):
        found.update(_in_pdf(data, personal))
    elif name.endswith(_PACKED):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            for one in packed.infolist():
                found.update(leaks(one.filename, packed.read(one), personal))
    elif name.endswith((".xml", ".rels", ".vml")):
        root = etree.fromstring(data, _XML)
        told = (*root.itertext(), *(str(value) for one in root.iter(etree.Element) for value in one.attrib.values()))
        found.update(hit for words in told for hit in _in(words, personal))
    else:
        found.update(_in(data.decode(errors="replace"), personal))
    return tuple(sorted(found))


def _in(words: str, personal: Personal) -> list[str]:
    return [words[start:end] for start, end in personal.places(words)]


def _in_pdf(pdf: bytes, personal: Personal) -> Iterator[str]:
    known = personal.long | {one for one in personal.values if figures(one) in personal.long}
    for revision in saying.revisions(pdf):
        yield from (hit for words in saying.words(revision) for hit in _in(words, personal))
        for ending, content in saying.enclosed(revision):
            yield from leaks(ending, content, personal)
        raw = b"\n".join(saying.raw(revision)).lower()
        yield from (value for value in known if any(form in raw for form in _forms(value)))


def _forms(value: str) -> Iterable[bytes]:
    """A value as the bytes of a PDF may write it: as it is or in UTF-16, each also in hexadecimal."""
    plain, wide = value.lower().encode(), value.lower().encode("utf-16-be")
    return plain, wide, plain.hex().encode(), wide.hex().encode()
