"""What calamine leaves out of an .ods: errors, numbers as they are shown, joined cells, what is hidden, pictures.

A table of OpenDocument is rows of cells where equal neighbours stand once with a count; the last row of a sheet is
repeated a million times. A picture stands inside the cell it is anchored to. OpenDocument 1.3 part 3, sections 9.1
(tables), 19.385 (value types) and 10.4 (frames).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from pipeline.core.values import CellError, CellValue, Formatted, Picture
from pipeline.sheets.numberformats import formatted
from pipeline.sheets.overlooked import ERROR_VALUES, UNCALCULATED, Overlooked, runs
from pipeline.sheets.pictures import media_type

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"

_PLAIN = {f"{_TEXT}p", f"{_TEXT}span", f"{_TEXT}a"}
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST_REPEATED = 1000
_HIDDEN = ("collapse", "filter")
_VALUES = (f"{_OFFICE}value", f"{_OFFICE}string-value", f"{_OFFICE}date-value", f"{_OFFICE}boolean-value")
_NUMBER = re.compile(r"([^\d.,-]*)(-?[\d,]+(?:\.\d+)?)([^\d.,]*)")
_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}


def overlooked(content: bytes, read: Callable[[str], bytes]) -> dict[str, Overlooked]:
    """What is overlooked in each table of a ``content.xml``, by its name. ``read`` gives a part of the package.

    Raises ``ValueError`` when the XML breaks off.
    """
    tables: dict[str, Overlooked] = {}
    heights: dict[str, float] = {}
    struck: set[str] = set()
    walk = _Walk(heights, struck, read)
    events = etree.iterparse(io.BytesIO(content), ("start", "end"), resolve_entities=False, no_network=True)
    try:
        for event, element in events:
            if event == "start" and element.tag == f"{_TABLE}table":
                walk = _Walk(heights, struck, read)
            elif event == "end":
                if element.tag == f"{_STYLE}style":
                    heights[element.get(f"{_STYLE}name", "")] = _row_height(element)
                    if _strikes(element):
                        struck.add(element.get(f"{_STYLE}name", ""))
                elif element.tag == f"{_TABLE}table":
                    tables[element.get(f"{_TABLE}name", "")] = walk.result()
                    element.clear()
                else:
                    walk.end(element)
    except etree.XMLSyntaxError as error:
        raise ValueError("broken content.xml") from error
    return tables


@dataclass(slots=True)
class _Walk:
    """One table while its elements end one after the other; rows and columns are counted with their repetitions."""

    heights: dict[str, float]
    struck_styles: set[str]
    read: Callable[[str], bytes]
    row: int = 1
    column: int = 1
    columns: int = 1
    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    frames: list[tuple[int, etree._Element]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    styles: list[tuple[int, str]] = field(default_factory=list)
    filled: bool = False
    rows: int = 0
    right: int = 0
    unseen: int = 0

    def end(self, element: etree._Element) -> None:
        """Take in an element that is complete."""
        if element.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            repeated = _count(element, "number-columns-repeated")
            self._look_at(element, repeated)
            self.column += repeated
        elif element.tag == f"{_TABLE}table-row":
            self._end_row(element)
        elif element.tag == f"{_TABLE}table-column":
            repeated = _count(element, "number-columns-repeated")
            if element.get(f"{_TABLE}visibility") in _HIDDEN:
                self.hidden_columns.extend(runs(self.columns, self.columns + repeated - 1, _MOST_REPEATED))
            self.columns += repeated
            self.styles.append((self.columns, element.get(f"{_TABLE}default-cell-style-name", "")))
        elif element.tag == f"{_TABLE}shapes":
            self._place_shapes(element)

    def result(self) -> Overlooked:
        """What was found in the table."""
        return Overlooked(
            self.cells,
            tuple(self.hidden_rows),
            tuple(self.hidden_columns),
            tuple(self.merged),
            tuple(dict.fromkeys(self.pictures)),
            self.rows,
            self.right,
            self.unseen,
            tuple(self.struck),
        )

    def _look_at(self, cell: etree._Element, repeated: int) -> None:
        if cell.get(f"{_OFFICE}value-type") or len(cell):
            self.filled, self.right = True, max(self.right, self.column + repeated - 1)
        if self._is_struck(cell):
            self.struck.extend((self.row, column) for column in runs(self.column, self.column + repeated - 1, 100))
        value = _seen(cell)
        if value is not None:
            for column in runs(self.column, self.column + repeated - 1, _MOST_REPEATED):
                self.cells[self.row, column] = value
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            self.merged.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.frames.extend((self.column, frame) for frame in cell.iter(f"{_DRAW}frame"))

    def _is_struck(self, cell: etree._Element) -> bool:
        """Whether a cell with words in it, or some of its words, are struck through."""
        if not self.struck_styles or not any(_written(line).strip() for line in cell.iterfind(f"{_TEXT}p")):
            return False
        usual = next((style for beyond, style in self.styles if self.column < beyond), "")
        styles = [cell.get(f"{_TABLE}style-name") or usual]
        styles += [span.get(f"{_TEXT}style-name", "") for span in cell.iterfind(f"{_TEXT}p/{_TEXT}span")]
        return not self.struck_styles.isdisjoint(styles)

    def _end_row(self, row: etree._Element) -> None:
        repeated = _count(row, "number-rows-repeated")
        last = self.row + repeated - 1
        if row.get(f"{_TABLE}visibility") in _HIDDEN:
            self.hidden_rows.extend(runs(self.row, last, _MOST_REPEATED))
        for (number, column), value in list(self.cells.items()) if repeated > 1 else ():
            if number == self.row:
                self.cells |= {(again, column): value for again in runs(self.row + 1, last, _MOST_REPEATED)}
        height = self.heights.get(row.get(f"{_TABLE}style-name", ""), 0.0) or 15.0
        for column, frame in self.frames:
            top, tall = _points(frame.get(f"{_SVG}y")) / height, _points(frame.get(f"{_SVG}height")) / height
            self._add(frame, int(self.row + min(max(top, 0.0), 0.999) + min(tall / 2, 0.5)), column)
        self.frames.clear()
        if self.filled:
            self.rows, self.filled = last, False
        self.row, self.column = last + 1, 1
        row.clear()

    def _place_shapes(self, shapes: etree._Element) -> None:
        """Pictures that are anchored to the page stand before the rows; they belong to no cell but the first."""
        for frame in shapes.iter(f"{_DRAW}frame"):
            self._add(frame, 1, 1)

    def _add(self, frame: etree._Element, row: int, column: int) -> None:
        for image in frame.iter(f"{_DRAW}image"):
            data = self.read(image.get(_HREF, "").removeprefix("./"))
            if data:
                self.pictures.append(Picture(row, column, data, media_type(data)))
            elif image.get(_HREF):
                self.unseen += 1


def _seen(cell: etree._Element) -> CellValue:
    """The error in a cell, or its number as it is shown; None where calamine's value is all there is."""
    text = "\n".join(_written(line) for line in cell.iterfind(f"{_TEXT}p"))
    type_ = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula")
    if cell.get(_CALC_TYPE) == "error" or (formula is not None and text.strip() in ERROR_VALUES):
        return CellError(text.strip() or "#N/A")
    if formula is not None and not text.strip() and not any(cell.get(name) is not None for name in _VALUES):
        return CellError(UNCALCULATED)
    if type_ in ("percentage", "float"):
        return _shown(type_, cell.get(f"{_OFFICE}value", ""), text.strip())
    if type_ == "string" and any(child.tag not in _PLAIN for child in cell.iterdescendants(etree.Element)):
        return text  # calamine adds the words of comments and pictures, and leaves out blanks that are written as such
    return None


def _written(line: etree._Element) -> str:
    """The text of a paragraph with its blanks, tabs and line breaks, without what hangs at it (OpenDocument 6.1)."""
    text = line.text or ""
    for child in line:
        if child.tag == f"{_TEXT}s":
            text += " " * _number(child.get(f"{_TEXT}c"))
        elif child.tag in _SIGNS:
            text += _SIGNS[child.tag]
        elif child.tag in _PLAIN:
            text += _written(child)
        text += child.tail or ""
    return text


def _shown(type_: str, value: str, text: str) -> CellValue:
    match = _NUMBER.fullmatch(text)
    try:
        number = float(value)
        if type_ == "percentage":
            decimals = len(match[2].partition(".")[2]) if match else 0
            return formatted(number, f"0.{'0' * decimals}%" if decimals else "0%")
        if not match or Decimal(match[2].replace(",", "")) != Decimal(f"{number:.15g}"):
            return None
    except (ValueError, InvalidOperation):
        return None
    whole = match[2].lstrip("-").partition(".")[0]
    telling = match[1].strip("¥￥$ ") or match[3].strip() or (len(whole) > 1 and whole.startswith("0"))
    return Formatted(number, text) if telling else None


def _row_height(style: etree._Element) -> float:
    properties = style.find(f"{_STYLE}table-row-properties")
    return _points(properties.get(f"{_STYLE}row-height")) if properties is not None else 0.0


def _strikes(style: etree._Element) -> bool:
    properties = style.find(f"{_STYLE}text-properties")
    return properties is not None and properties.get(f"{_STYLE}text-line-through-style", "none") != "none"


def _points(length: str | None) -> float:
    match = _LENGTH.fullmatch(length or "")
    try:
        return float(match[1]) * _POINTS[match[2]] if match else 0.0
    except ValueError:
        return 0.0


def _count(element: etree._Element, name: str) -> int:
    return _number(element.get(f"{_TABLE}{name}"))


def _number(text: str | None) -> int:
    """A count as written, at least one."""
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 9 else 1
