"""The parts of an .xlsx file that calamine does not tell: where each sheet lies in the zip, and what relates to what.

Targets of relationships are resolved inside the package only (ECMA-376 part 2, 9.3); external ones are left out.
Broken XML inside a part gives nothing from that part: calamine has the last word on whether a workbook can be read.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from lxml import etree

RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_STRICT_EMBED = "{http://purl.oclc.org/ooxml/officeDocument/relationships}embed"
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?encoding=[\"']([^\"']+)")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: the last word of its type (``worksheet``, ``drawing``, ``image``) and the part it points to."""

    type: str
    part: str


class Package:
    """An opened .xlsx; parts are named without a leading slash."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def read(self, part: str) -> bytes:
        """The bytes of a part; empty when there is none."""
        name = self._names.get(part.lower())
        return self._zip.read(name) if name else b""

    def open(self, part: str) -> IO[bytes]:
        """A part to be read piece by piece; an empty one when there is none."""
        name = self._names.get(part.lower())
        return self._zip.open(name) if name else io.BytesIO()

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._names

    def xml(self, part: str) -> etree._Element | None:
        """The root element of a part, without entities or network; None when it is missing or broken."""
        return parsed(self.read(part))

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part by id."""
        folder = posixpath.dirname(part)
        root = self.xml(relations_part(part))
        found = {}
        for element in () if root is None else root.iter("{*}Relationship"):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                kind = element.get("Type", "").rsplit("/", 1)[-1]
                found[element.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return found

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts that ``part`` points to with a relationship of this type."""
        return tuple(relation.part for relation in self.relations(part).values() if relation.type == kind)

    @property
    def workbook(self) -> str:
        """The workbook part, ``xl/workbook.xml`` but for odd writers."""
        return next(iter(self.related("", "officeDocument")), "xl/workbook.xml")

    @property
    def styles(self) -> str:
        """The part with the formats of cells."""
        return next(iter(self.related(self.workbook, "styles")), "xl/styles.xml")

    def sheets(self) -> dict[str, str]:
        """The part of each worksheet by the sheet's name."""
        root = self.xml(self.workbook)
        relations = self.relations(self.workbook)
        parts = {}
        for element in () if root is None else root.iter("{*}sheet"):
            relation = relations.get(element.get(RELATION_ID) or element.get(_STRICT_ID) or "")
            if relation and relation.type == "worksheet":
                parts[element.get("name", "")] = relation.part
        return parts

    def to_be_read(self, changed: Mapping[str, Iterable[bytes]]) -> io.BytesIO:
        """The workbook, its sheets, styles and texts as a package of their own, with other bytes in some of its parts.

        Nothing is packed, and pictures and caches of pivot tables are left out.
        """
        related = (relation.part for relation in self.relations(self.workbook).values())
        listed = {"[Content_Types].xml", relations_part(""), self.workbook, relations_part(self.workbook), *related}
        wanted = {part.lower() for part in listed}
        changed = {part.lower(): pieces for part, pieces in changed.items()}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for part, name in self._names.items():
                if part in wanted:
                    with package.open(name, "w") as written:
                        written.writelines(changed[part] if part in changed else [_in_utf8(self._zip.read(name))])
        stream.seek(0)
        return stream


def _in_utf8(part: bytes) -> bytes:
    """A part as calamine can read it: XML may be UTF-16 too, or anything that it declares."""
    declared = _ENCODING.match(part)
    if not part.startswith(_UTF16) and (declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")):
        return part
    root = parsed(part)
    return part if root is None else etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def relations_part(part: str) -> str:
    """The part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def embedded(blip: etree._Element) -> str:
    """The id of the relationship to the picture that a ``blip`` shows; empty for one that lies elsewhere."""
    return blip.get(_EMBED) or blip.get(_STRICT_EMBED) or ""


def parsed(data: bytes) -> etree._Element | None:
    """Bytes as XML, safely; None when they are none."""
    if not data:
        return None
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        return None
