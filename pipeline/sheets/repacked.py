"""A package of the sender's in which some parts are changed, added or taken out; all others go on byte for byte.

What a program does not know it cannot keep when it writes a workbook anew: text boxes, charts, slicers, buttons, the
settings of a printer. So nothing is written anew here but the parts that must differ. Packages with something in them
that would no longer fit (a signature, macros, the history of a shared workbook) are refused: see ``Unusual``.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree

from pipeline.sheets.package import Package, relations_part
from pipeline.sheets.writing import timeless

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

_NOT_OURS_TO_CHANGE = re.compile(r"^(?:_xmlsignatures/|xl/(?:vbaProject\.bin$|revisions/|macrosheets/))", re.I)


class Unusual(Exception):
    """A package that is not changed part by part; openpyxl may still make something of it."""


class Repacked(Package):
    """An .xlsx whose parts can be changed. Raises ``Unusual`` for what is no plain transitional workbook."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._entries = self._zip.namelist()
        self._trees: dict[str, etree._Element] = {}
        self._added: dict[str, bytes] = {}
        self._gone: set[str] = set()
        self._require_a_usual_one()

    def read(self, part: str) -> bytes:
        """The bytes of a part as it came, or as it was added; empty when there is none."""
        key = part.lower()
        if key in self._gone:
            return b""
        return self._added[key] if key in self._added else super().read(part)

    def xml(self, part: str) -> etree._Element | None:
        """The root of a part, with what was changed in it."""
        tree = self._trees.get(part.lower())
        return super().xml(part) if tree is None or part.lower() in self._gone else tree

    def has(self, part: str) -> bool:
        """Whether there is such a part now."""
        key = part.lower()
        return key not in self._gone and (key in self._trees or key in self._added or super().has(part))

    def tree(self, part: str) -> etree._Element:
        """The root of a part that is going to be changed. Raises ``Unusual`` when it is missing or broken."""
        root = self.xml(part)
        if root is None:
            raise Unusual(f"no XML in {part}")
        return self._trees.setdefault(part.lower(), root)

    def add(self, part: str, root: etree._Element, content_type: str) -> None:
        """Put a new part into the package; one of VML is known by its suffix alone, as Excel has it."""
        self._new(part, b"")
        self._trees[part.lower()] = root
        types = self.tree(_TYPES_PART)
        if not part.endswith(".vml"):
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
        elif not any(element.get("Extension", "").lower() == "vml" for element in types):
            types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension="vml", ContentType=content_type))

    def add_relations(self, part: str, relations: bytes) -> None:
        """Put in the relationships of a new part, as they were written elsewhere."""
        self._new(relations_part(part), relations)

    def remove(self, part: str) -> None:
        """Take a part out, with its relationships, its content type and the workbook's relationship to it."""
        self._gone |= {part.lower(), relations_part(part).lower()}
        for element in list(self.tree(_TYPES_PART)):
            if element.get("PartName", "").lower() == f"/{part}".lower():
                self.tree(_TYPES_PART).remove(element)
        relations = self.tree(relations_part(self.workbook))
        going = {id_ for id_, relation in self.relations(self.workbook).items() if relation.part == part}
        for element in list(relations):
            if element.get("Id") in going:
                relations.remove(element)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let ``part`` point to the part ``target``; returns the id of the relationship."""
        name = relations_part(part)
        if not self.has(name):
            self._new(name, b"")
            self._trees[name.lower()] = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        relations = self.tree(name)
        taken = {element.get("Id") for element in relations}
        id_ = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        path = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(part)}")
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", Id=id_, Type=f"{OFFICE}/{kind}", Target=path)
        return id_

    def free(self, pattern: str) -> str:
        """A name for a new part after ``pattern``, with the first number that is not taken."""
        names = (pattern.format(n) for n in range(1, len(self._names) + 2))
        return next(name for name in names if not self.has(name))

    def parts(self, suffix: str) -> tuple[str, ...]:
        """The names of all parts that end so."""
        return tuple(name for name in self._names.values() if name.lower().endswith(suffix))

    def zipped(self) -> bytes:
        """The package as a file, the same bytes for the same content; see ``writing.as_bytes``."""
        stream = io.BytesIO()
        added = (self._names[key] for key in self._added)
        names = dict.fromkeys((*self._entries, *added))
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                if name.lower() not in self._gone and not name.endswith("/"):
                    archive.writestr(timeless(name), self.written(name))
        return stream.getvalue()

    def written(self, name: str) -> bytes:
        """The bytes of a part, with what was changed in it."""
        tree = self._trees.get(name.lower())
        if tree is None:
            return self._added.get(name.lower()) or self._zip.read(name)
        if name.endswith(".vml"):
            return etree.tostring(tree, encoding="UTF-8", xml_declaration=False)
        return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)

    def _new(self, name: str, data: bytes) -> None:
        self._gone.discard(name.lower())
        self._trees.pop(name.lower(), None)
        self._names[name.lower()] = name
        self._added[name.lower()] = data

    def _require_a_usual_one(self) -> None:
        if len({name.lower() for name in self._entries}) < len(self._entries):
            raise Unusual("two parts of one name")
        if odd := next(filter(_NOT_OURS_TO_CHANGE.match, self._entries), ""):
            raise Unusual(odd)
        root = self.xml(self.workbook)
        if root is None or root.tag != f"{{{MAIN}}}workbook":
            raise Unusual("the workbook part is missing, broken or of another dialect")
        types = {element.get("PartName", ""): element.get("ContentType") for element in self.tree(_TYPES_PART)}
        if types.get(f"/{self.workbook}") != _WORKBOOK_TYPE:
            raise Unusual("a workbook with macros, or a template")
