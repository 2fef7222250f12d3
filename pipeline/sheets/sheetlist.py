"""The list of sheets of a workbook part: a sheet put in front of the others, or taken out.

Names that hold for one sheet (what is printed, filters) and the sheet that is open are told by the sheet's place in the
list, so they move along. Its identity (``sheetId``), by which formulas and pivot tables know it, is never given anew.
"""

from __future__ import annotations

from lxml import etree

from pipeline.sheets.package import RELATION_ID
from pipeline.sheets.repacked import MAIN, OFFICE, Repacked, Unusual

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_VARIANTS = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_TITLES = f"{_PROPERTIES}TitlesOfParts/{_VARIANTS}vector"
_COUNTED = f"{_PROPERTIES}HeadingPairs/{_VARIANTS}vector//{_VARIANTS}i4"


class SheetList:
    """The sheets of a package, charts that are sheets among them."""

    def __init__(self, package: Repacked) -> None:
        self._package = package
        self._workbook = package.tree(package.workbook)
        self._sheets = self._child("sheets")

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, in order."""
        return tuple(element.get("name", "") for element in self._sheets)

    def parts(self) -> tuple[str, ...]:
        """Their parts, in order."""
        relations = self._package.relations(self._package.workbook)
        return tuple(relations[element.get(RELATION_ID, "")].part for element in self._sheets)

    def put_first(self, name: str, root: etree._Element, relations: bytes) -> None:
        """A new first sheet, the one that is open when the file is opened."""
        part = self._package.free("xl/worksheets/sheet{}.xml")
        self._package.add(part, root, _SHEET_TYPE)
        if relations:
            self._package.add_relations(part, relations)
        element = etree.Element(f"{{{MAIN}}}sheet", name=name, nsmap={"r": OFFICE})
        element.set("sheetId", str(1 + max(int(sheet.get("sheetId", "0")) for sheet in self._sheets)))
        element.set(RELATION_ID, self._package.relate(self._package.workbook, "worksheet", part))
        titles = self.names
        self._sheets.insert(0, element)
        self._move_names(0, 1)
        self._open(0)
        self._tell(titles)

    def take_out(self, name: str) -> None:
        """A sheet less."""
        titles = self.names
        index = titles.index(name)
        self._package.remove(self.parts()[index])
        self._sheets.remove(self._sheets[index])
        names = self._workbook.find(f"{{{MAIN}}}definedNames")
        for element in self._own_names():
            if names is not None and element.get("localSheetId") == str(index):
                names.remove(element)
        if names is not None and not len(names):
            self._workbook.remove(names)
        self._move_names(index, -1)
        self._open(0)
        self._tell(titles)

    def _child(self, name: str) -> etree._Element:
        found = self._workbook.find(f"{{{MAIN}}}{name}")
        if found is None or not len(found):
            raise Unusual(f"no {name} in the workbook part")
        return found

    def _own_names(self) -> list[etree._Element]:
        return self._workbook.findall(f"{{{MAIN}}}definedNames/{{{MAIN}}}definedName[@localSheetId]")

    def _move_names(self, first: int, by: int) -> None:
        for element in self._own_names():
            index = int(element.get("localSheetId", "0"))
            if index >= first:
                element.set("localSheetId", str(index + by))

    def _open(self, index: int) -> None:
        for view in self._workbook.iterfind(f"{{{MAIN}}}bookViews/{{{MAIN}}}workbookView"):
            view.set("activeTab", str(index))
            view.attrib.pop("firstSheet", "")

    def _tell(self, before: tuple[str, ...]) -> None:
        """Put the sheets into the list that the file's properties hold, when it held them as they were ``before``."""
        for part in self._package.related("", "extended-properties"):
            if _titles(self._package.xml(part))[: len(before)] == before:
                root = self._package.tree(part)
                titles = root.find(_TITLES)
                counted = root.find(_COUNTED)
                if titles is None or counted is None or counted.text != str(len(before)):
                    continue
                titles[: len(before)] = [_title(name) for name in self.names]
                titles.set("size", str(len(titles)))
                counted.text = str(len(self.names))


def _titles(properties: etree._Element | None) -> tuple[str, ...]:
    """The names of sheets, and behind them names of areas, that the file's properties hold."""
    vector = None if properties is None else properties.find(_TITLES)
    return () if vector is None else tuple(element.text or "" for element in vector)


def _title(name: str) -> etree._Element:
    element = etree.Element(f"{_VARIANTS}lpstr")
    element.text = name
    return element
