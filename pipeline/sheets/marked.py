"""An answer written into a package part by part, so that all the rest of the sender's workbook stays as it is.

Changed are only: the sheets with marks (the format of the cells, the notes), the formats, which grow at their end, the
list of sheets, and the one sheet that was open before. The first sheet is drawn with openpyxl in a workbook of its own
and carried over. What an earlier answer left is taken out first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from lxml import etree

from pipeline.sheets.addresses import position
from pipeline.sheets.answer import Answer, Mark, free_name
from pipeline.sheets.cellformats import CellFormats
from pipeline.sheets.kept import Kept
from pipeline.sheets.marks import is_our_answer, may_be_our_answer
from pipeline.sheets.notes import Notes, has_our_notes
from pipeline.sheets.package import Package, relations_part
from pipeline.sheets.repacked import MAIN, Repacked, Unusual
from pipeline.sheets.sheetcells import SheetCells, deselect
from pipeline.sheets.sheetlist import SheetList
from pipeline.sheets.writing import as_bytes, in_front, new_workbook

_CELL, _FORMULA = f"{{{MAIN}}}c", f"{{{MAIN}}}f"
_CHOSEN = re.compile(rb"tabSelected=[\"'](?:1|true)")
_HARMLESS = {"hyperlink", "printerSettings"}
"""What a sheet of ours may point to when Excel has saved it."""


def marked(data: bytes, answer: Answer) -> bytes:
    """The workbook ``data`` with the answer in it, as an .xlsx file.

    Raises ``Unusual`` for what cannot be changed this way; anything else that goes wrong means the same.
    """
    package = Repacked(data)
    sheets = SheetList(package)
    formats = CellFormats(package.tree(package.styles))
    _take_out_answers(package, sheets)
    names = sheets.names
    by_sheet: dict[str, list[Mark]] = {name: [] for name in names}
    for mark in answer.marks(names):
        by_sheet[mark.sheet].append(mark)
    for part, marks in zip(sheets.parts(), by_sheet.values(), strict=True):
        if _CHOSEN.search(package.read(part), 0, 4096):
            deselect(package.tree(part))
        if marks or has_our_notes(package, part):
            _mark(package, part, marks, formats)
    _put_first(answer, names, sheets, formats)
    return package.zipped()


def _take_out_answers(package: Repacked, sheets: SheetList) -> None:
    for name, part in zip(sheets.names, sheets.parts(), strict=True):
        if len(sheets.names) > 1 and may_be_our_answer(name) and is_our_answer(name, _first_cell(package, part)):
            root = package.xml(part)
            pointed = {relation.type for relation in package.relations(part).values()}
            if root is None or next(root.iter(_FORMULA), None) is not None or pointed - _HARMLESS:
                raise Unusual("somebody has worked in our sheet")
            sheets.take_out(name)


def _first_cell(package: Repacked, part: str) -> str:
    root = package.xml(part)
    cell = None if root is None else root.find(f"{{{MAIN}}}sheetData/{{{MAIN}}}row/{{{MAIN}}}c[@r='A1']")
    if cell is None:
        return ""
    if cell.get("t") == "s":
        shared = package.xml(next(iter(package.related(package.workbook, "sharedStrings")), ""))
        number = cell.findtext(f"{{{MAIN}}}v", "")
        cell = None if shared is None or not number.isdecimal() else shared[int(number)]
    return "" if cell is None else "".join(element.text or "" for element in cell.iter(f"{{{MAIN}}}t"))


def _mark(package: Repacked, part: str, marks: Sequence[Mark], formats: CellFormats) -> None:
    root = package.tree(part)
    cells = SheetCells(root)
    said: dict[str, list[str]] = defaultdict(list)
    notes = None
    if has_our_notes(package, part):
        notes = Notes(package, part, root)
        for address in notes.take_back():
            cell = cells.at(*(position(address) or (1, 1)))
            _set_format(cell, formats.uncoloured(int(cell.get("s", "0"))))
    for mark in marks:
        cell = cells.at(mark.row, mark.column)
        if mark.red:
            _set_format(cell, formats.coloured(int(cell.get("s", "0"))))
        if mark.text:
            said[cell.get("r", "")].append(mark.text)
    if said:
        notes = notes or Notes(package, part, root)
        for address, texts in said.items():
            notes.put(address, texts)


def _set_format(cell: etree._Element, number: int) -> None:
    if number or "s" in cell.attrib:
        cell.set("s", str(number))


def _put_first(answer: Answer, names: Sequence[str], sheets: SheetList, formats: CellFormats) -> None:
    name = free_name(answer.sheet, names)
    workbook = new_workbook()
    workbook.remove(workbook.worksheets[0])
    answer.write(in_front(workbook, name), names, Kept.WHOLE)
    drawn = Package(as_bytes(workbook))
    part = drawn.sheets()[name]
    root = drawn.xml(part)
    if root is None:
        raise Unusual("the first sheet was not written")
    _carry_over(root, drawn, formats)
    sheets.put_first(name, root, drawn.read(relations_part(part)))


def _carry_over(root: etree._Element, drawn: Package, formats: CellFormats) -> None:
    """Let the cells of a sheet look in another workbook as in their own; openpyxl writes texts into the cells."""
    styles = drawn.xml(drawn.styles)
    if styles is None or next(root.iterfind(f".//{_CELL}[@t='s']"), None) is not None:
        raise Unusual("the first sheet was written otherwise")
    theirs, numbers = CellFormats(styles), dict[int, int]()
    for cell in root.iter(_CELL):
        number = int(cell.get("s", "0"))
        if number not in numbers:
            numbers[number] = formats.adopted(theirs, number)
        cell.set("s", str(numbers[number]))
