"""The cells of one worksheet part, found by their place and made where there are none yet.

Excel leaves out what is empty: a required cell that nobody filled in has no element, often not even its row. It must
then stand in the order of rows and columns, or Excel calls the sheet damaged. Some writers leave addresses out; a cell
stands behind the one before it then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from lxml import etree

from pipeline.sheets.addresses import address, position
from pipeline.sheets.repacked import MAIN, OFFICE, Unusual

_ROW, _CELL = f"{{{MAIN}}}row", f"{{{MAIN}}}c"
_BEHIND_NOTES = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst", "AlternateContent"),
}
"""What must stand behind the element that names the drawing of the notes (ECMA-376 part 1, 18.3.1.99); Excel wraps
buttons and embedded files in ``AlternateContent``."""


class SheetCells:
    """The cells in the root element of a worksheet part."""

    def __init__(self, root: etree._Element) -> None:
        data = root.find(f"{{{MAIN}}}sheetData")
        if root.tag != f"{{{MAIN}}}worksheet" or data is None:
            raise Unusual("no worksheet")
        self._root, self._data = root, data
        self._rows = list(_numbered_rows(data))
        self._joined = tuple(_joined(root))

    def at(self, row: int, column: int) -> etree._Element:
        """The cell at a place, made if it is not there yet; of joined cells the first one, which is the one seen."""
        for top, left, bottom, right in self._joined:
            if top <= row <= bottom and left <= column <= right:
                row, column = top, left
                break
        line = self._row(row)
        behind = None
        for number, cell in _numbered_cells(line):
            if number == column:
                cell.set("r", address(row, column))
                return cell
            if number > column:
                behind = cell
                break
        return self._made(line, row, column, behind)

    def _row(self, number: int) -> etree._Element:
        index = bisect_left(self._rows, number, key=lambda numbered: numbered[0])
        if index < len(self._rows) and self._rows[index][0] == number:
            return self._rows[index][1]
        line = etree.Element(_ROW, r=str(number))
        if index < len(self._rows):
            following = self._rows[index][1]
            following.set("r", str(self._rows[index][0]))
            following.addprevious(line)
        else:
            self._data.append(line)
        self._rows.insert(index, (number, line))
        return line

    def _made(self, line: etree._Element, row: int, column: int, behind: etree._Element | None) -> etree._Element:
        cell = etree.Element(_CELL, r=address(row, column))
        if format_ := self._usual_format(line, column):
            cell.set("s", format_)
        if behind is None:
            line.append(cell)
        else:
            behind.addprevious(cell)
        line.attrib.pop("spans", "")  # how far the row reaches, which only saves Excel time
        return cell

    def _usual_format(self, line: etree._Element, column: int) -> str:
        """The format of a cell that has none of its own: the row's before the column's."""
        if line.get("customFormat") in ("1", "true"):
            return line.get("s", "")
        for element in self._root.iterfind(f"{{{MAIN}}}cols/{{{MAIN}}}col"):
            if int(element.get("min", "0")) <= column <= int(element.get("max", "0")):
                return element.get("style", "")
        return ""


def deselect(root: etree._Element) -> None:
    """Let a sheet no longer be among those chosen: with two chosen, Excel writes what is typed into both."""
    for view in root.iterfind(f"{{{MAIN}}}sheetViews/{{{MAIN}}}sheetView"):
        view.attrib.pop("tabSelected", "")


def drawing_of_notes(root: etree._Element) -> str:
    """The id of the relationship to the drawing in which the notes of a sheet stand; "" when it has none."""
    element = root.find(f"{{{MAIN}}}legacyDrawing")
    return "" if element is None else element.get(f"{{{OFFICE}}}id", "")


def set_drawing_of_notes(root: etree._Element, relation: str) -> None:
    """Name the drawing of a sheet that has none yet, at the place where it belongs."""
    element = etree.Element(f"{{{MAIN}}}legacyDrawing", nsmap={"r": OFFICE})
    element.set(f"{{{OFFICE}}}id", relation)
    following = (child for child in root if isinstance(child.tag, str) and child.tag.split("}")[-1] in _BEHIND_NOTES)
    behind = next(following, None)
    if behind is None:
        root.append(element)
    else:
        behind.addprevious(element)


def _numbered_rows(data: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    number = 0
    for element in data.iterchildren(_ROW):
        said = element.get("r", "")
        before, number = number, int(said) if said.isdecimal() else number + 1
        if number <= before:
            raise Unusual("rows out of order")
        yield number, element


def _numbered_cells(line: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for element in line.iterchildren(_CELL):
        place = position(element.get("r", ""))
        column = place[1] if place else column + 1
        yield column, element


def _joined(root: etree._Element) -> Iterator[tuple[int, int, int, int]]:
    for element in root.iterfind(f"{{{MAIN}}}mergeCells/{{{MAIN}}}mergeCell"):
        first, _colon, last = element.get("ref", "").partition(":")
        if (begins := position(first)) and (ends := position(last or first)):
            yield *begins, *ends
