"""The notes of one worksheet part: comments of the old kind, each a text in one part and a box in a drawing of VML.

Every program shows these, beside the cell and without an account. Conversations (threaded comments) lie in parts of
their own, with a note as a stand-in that bears their id for an author; those cells are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.sheets.addresses import position
from pipeline.sheets.answer import comment_size, comment_text, own_text
from pipeline.sheets.marks import COMMENT_AUTHOR, COMMENT_BEGINS, is_our_comment
from pipeline.sheets.repacked import MAIN, Repacked, Unusual
from pipeline.sheets.sheetcells import drawing_of_notes, set_drawing_of_notes

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_V = "urn:schemas-microsoft-com:vml"
_O = "urn:schemas-microsoft-com:office:office"
_X = "urn:schemas-microsoft-com:office:excel"
_IN_A_BLOCK = 1024
"""Shapes are numbered by blocks of so many, which a drawing reserves for itself in its ``idmap``."""

_CONVERSATION = "tc="
_SHAPE_ID = re.compile(rb"\bid=\"_x0000_s(\d+)\"")
_IDMAP = re.compile(rb"<(?:\w+:)?idmap\b[^>]*?\bdata=[\"']([\d,]*)[\"']")
_SIZE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:[^;]*")
_KIND_OF_SHAPE = f"""<v:shapetype xmlns:v="{_V}" xmlns:o="{_O}" id="_x0000_t202" coordsize="21600,21600" o:spt="202"
 path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>
</v:shapetype>"""
_SHAPE = f"""<v:shape xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}" id="_x0000_s{{number}}" type="#_x0000_t202"
 style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{{width}}px;height:{{height}}px;z-index:{{layer}};\
visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">
<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>{{row}}</x:Row>
<x:Column>{{column}}</x:Column></x:ClientData></v:shape>"""


class Notes:
    """The notes of the worksheet ``part``, whose root is ``sheet``. Raises ``Unusual`` for parts that do not fit."""

    def __init__(self, package: Repacked, part: str, sheet: etree._Element) -> None:
        self._package, self._part, self._sheet = package, part, sheet
        self._texts, self._authors = self._comments()
        self._boxes = self._drawing()
        self._notes = {note.get("ref", ""): note for note in self._texts}
        self._shapes = dict(_shapes(self._boxes))
        self._blocks = self._boxes.findall(f".//{{{_O}}}idmap")
        self._numbers: Iterator[int] | None = None

    def take_back(self) -> Iterator[str]:
        """Take our notes out, leaving the sender's own text; gives the addresses of the cells where they stood."""
        for cell, note in list(self._notes.items()):
            text = _text(note)
            if not is_our_comment(self._author(note), text):
                continue
            yield cell
            if own := own_text(text):
                self._write(note, own, "")
            else:
                self._texts.remove(note)
                del self._notes[cell]
                if (shape := self._shapes.pop(position(cell) or (0, 0), None)) is not None:
                    self._boxes.remove(shape)

    def put(self, cell: str, told: Iterable[str]) -> None:
        """Tell something at a cell, before what the sender has noted there."""
        note = self._notes.get(cell)
        if note is not None and self._author(note).startswith(_CONVERSATION):
            return
        own = "" if note is None else _text(note)
        if note is None:
            note = self._notes[cell] = etree.SubElement(self._texts, f"{{{MAIN}}}comment", ref=cell)
        text = comment_text(told, own)
        self._write(note, text, COMMENT_AUTHOR)
        self._show(cell, text)

    def _comments(self) -> tuple[etree._Element, etree._Element]:
        parts = self._package.related(self._part, "comments")
        if len(parts) > 1:
            raise Unusual("two parts of comments")
        if parts:
            root = self._package.tree(parts[0])
        else:
            root = etree.fromstring(f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>')
            name = self._package.free("xl/comments{}.xml")
            self._package.add(name, root, _COMMENTS_TYPE)
            self._package.relate(self._part, "comments", name)
        authors, texts = root.find(f"{{{MAIN}}}authors"), root.find(f"{{{MAIN}}}commentList")
        if authors is None or texts is None:
            raise Unusual("a part of comments without a list")
        return texts, authors

    def _drawing(self) -> etree._Element:
        if id_ := drawing_of_notes(self._sheet):
            relation = self._package.relations(self._part).get(id_)
            if relation is None:
                raise Unusual("the drawing of the notes is missing")
            return self._package.tree(relation.part)
        root = etree.Element("xml", nsmap={"v": _V, "o": _O, "x": _X})
        layout = etree.SubElement(root, f"{{{_O}}}shapelayout", {f"{{{_V}}}ext": "edit"})
        etree.SubElement(layout, f"{{{_O}}}idmap", {f"{{{_V}}}ext": "edit", "data": ""})
        name = self._package.free("xl/drawings/vmlDrawing{}.vml")
        self._package.add(name, root, _VML_TYPE)
        set_drawing_of_notes(self._sheet, self._package.relate(self._part, "vmlDrawing", name))
        return root

    def _author(self, note: etree._Element) -> str:
        number = note.get("authorId", "")
        known = number.isdecimal() and int(number) < len(self._authors)
        return self._authors[int(number)].text or "" if known else ""

    def _write(self, note: etree._Element, text: str, author: str) -> None:
        names = [element.text or "" for element in self._authors]
        if author not in names:
            etree.SubElement(self._authors, f"{{{MAIN}}}author").text = author or None
            names.append(author)
        note.set("authorId", str(names.index(author)))
        for element in list(note):
            note.remove(element)
        line = etree.SubElement(etree.SubElement(note, f"{{{MAIN}}}text"), f"{{{MAIN}}}t")
        line.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        line.text = text

    def _show(self, cell: str, text: str) -> None:
        """Give the note a box that is large enough; one of the sender's keeps its looks."""
        width, height = comment_size(text)
        place = position(cell) or (0, 0)
        shape = self._shapes.get(place)
        if shape is None:
            layer, number = len(self._shapes) + 1, self._number()
            row, column = place[0] - 1, place[1] - 1
            drawn = _SHAPE.format(number=number, width=width, height=height, layer=layer, row=row, column=column)
            self._shapes[place] = etree.fromstring(drawn)
            self._boxes.append(self._shapes[place])
            return
        for data in shape.iterfind(f"{{{_X}}}ClientData"):
            for anchor in data.findall(f"{{{_X}}}Anchor"):
                data.remove(anchor)
        shape.set("style", f"{_SIZE.sub('', shape.get('style', ''))};width:{width}px;height:{height}px".lstrip(";"))

    def _number(self) -> int:
        """The next free number for a shape, of the drawing's own blocks or of one that no drawing has reserved."""
        if self._numbers is None:
            if self._boxes.find(f"{{{_V}}}shapetype[@id='_x0000_t202']") is None:
                self._boxes.append(etree.fromstring(_KIND_OF_SHAPE))
            used = {int(number) for number in _SHAPE_ID.findall(etree.tostring(self._boxes))}
            own = [
                int(block) for idmap in self._blocks for block in idmap.get("data", "").split(",") if block.isdecimal()
            ]
            self._numbers = iter([number for block in own for number in _numbers(block) if number not in used])
        number = next(self._numbers, None)
        if number is None:
            drawings = [part for part in self._package.parts(".vml") if self._package.has(part)]
            held = b"".join(self._package.written(part) for part in drawings)
            block = 1 + max((int(n) for data in _IDMAP.findall(held) for n in data.split(b",") if n), default=0)
            for idmap in self._blocks:
                idmap.set("data", f"{idmap.get('data', '')},{block}".lstrip(","))
            self._numbers = iter(_numbers(block))
            number = next(self._numbers)
        return number


def _numbers(block: int) -> range:
    return range(block * _IN_A_BLOCK + 1, (block + 1) * _IN_A_BLOCK)


def has_our_notes(package: Repacked, part: str) -> bool:
    """Whether a note of ours may stand in the worksheet ``part``."""
    roots = (package.xml(comments) for comments in package.related(part, "comments"))
    notes = (note for root in roots if root is not None for note in root.iter(f"{{{MAIN}}}comment"))
    return any(_text(note).startswith(COMMENT_BEGINS) for note in notes)


def _text(note: etree._Element) -> str:
    """Its words, with those of each run of characters and without how they are pronounced."""
    spoken = (*note.iterfind(f"{{{MAIN}}}text/{{{MAIN}}}t"), *note.iterfind(f"{{{MAIN}}}text/{{{MAIN}}}r/{{{MAIN}}}t"))
    return "".join(element.text or "" for element in spoken)


def _shapes(drawing: etree._Element) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    for shape in drawing.iterfind(f"{{{_V}}}shape"):
        data = shape.find(f"{{{_X}}}ClientData[@ObjectType='Note']")
        row, column = (None, None) if data is None else (data.findtext(f"{{{_X}}}{name}") for name in ("Row", "Column"))
        if row and column and row.strip().isdecimal() and column.strip().isdecimal():
            yield (int(row) + 1, int(column) + 1), shape
