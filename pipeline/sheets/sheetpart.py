"""One worksheet part of an .xlsx: how far it reaches, what is hidden, and the cells that hold what a search is after.

A part of twenty thousand rows is sixty megabytes of XML; a tree of it takes ten times that, and seconds. Nearly all
programs write rows and cells alike, and such parts are read as ``cellforms`` does. A part that is written otherwise (a
prefix, single quotation marks, cells without addresses) is parsed whole, which is slow and never wrong.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import IO

from lxml import etree

from pipeline.sheets.addresses import position
from pipeline.sheets.cellforms import CellForms, Place, Unlike
from pipeline.sheets.overlooked import runs
from pipeline.sheets.package import parsed

_ROOT = re.compile(rb"<worksheet(?=[\s>])[^>]*>")
_UTF8 = re.compile(rb"<\?xml[^>]*encoding=\"UTF-8\"|<\?xml(?![^>]*encoding)", re.IGNORECASE)
_HEIGHT = re.compile(rb"\bht=\"(\d{1,4}(?:\.\d+)?)\"")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_COL_RANGE = re.compile(rb"\b(min|max)=[\"'](\d{1,6})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_MOST_COLUMNS = 1000
_AT_A_TIME = 2000


class SheetPart:
    """A worksheet part. ``rows`` and ``columns`` say how far it reaches, empty cells counted; ``heights`` are the
    heights of rows in points, where they are not the usual one; ``hidden_rows`` and ``hidden_columns`` count from 1.
    ``plain`` are its cells when it is written the usual way, else None.
    """

    def __init__(self, opened: Callable[[], IO[bytes]], limit: int = sys.maxsize) -> None:
        """``opened`` gives the part from its first byte. Raises ``Vast`` when filled cells span more than ``limit``,
        ``etree.XMLSyntaxError`` when the part is no XML to its end: what stands behind the break would be missed."""
        self._opened = opened
        self.heights: dict[int, str] = {}
        self.plain = self._usual(limit)
        hidden: list[int] = []
        columns: list[int] = []
        if self.plain is not None:
            self.rows, self.columns = self.plain.rows, self.plain.columns
            for number, said in self.plain.told:
                if b"hidden" in said and _HIDDEN.search(said):
                    hidden.append(number)
                if height := _HEIGHT.search(said):
                    self.heights[number] = height[1].decode()
            columns = list(_hidden_columns(self.plain.before))
        else:
            hidden, columns = self._read_whole()
        self.hidden_rows = tuple(hidden)
        self.hidden_columns = tuple(columns)

    def _usual(self, limit: int) -> CellForms | None:
        """The cells, if the part is written the usual way: UTF-8, no prefix, double quotation marks."""
        try:
            with self._opened() as part:
                cells = CellForms(part, limit)
        except Unlike:
            return None
        root = _ROOT.search(cells.before, 0, 4096)
        if root is None or b"='" in cells.before[root.start() :]:
            return None
        self._root = root[0]
        declaration = cells.before[: root.start()]
        if declaration and not _UTF8.search(declaration):
            return None
        return cells if parsed(cells.outline()) is not None else None

    @property
    def before_the_rows(self) -> etree._Element | None:
        """What stands before the rows (columns, usual height), as XML; None when the part is broken."""
        return parsed(self.plain.before + b"</worksheet>" if self.plain else self.data)

    @property
    def data(self) -> bytes:
        """All of its bytes."""
        with self._opened() as part:
            return part.read()

    def cells_with(self, marks: Sequence[bytes]) -> Iterator[tuple[Place, etree._Element]]:
        """The cells in whose bytes one of the marks stands, in no order; all cells where that cannot be told."""
        if self.plain is None:
            yield from self._all_cells()
            return
        marked: list[tuple[int, bytes]] = []
        for first in range(0, len(self.plain.forms), _AT_A_TIME):
            some = self.plain.forms[first : first + _AT_A_TIME]
            together = b"\0".join(some)
            there = [mark for mark in marks if mark in together]
            forms = enumerate(some if there else (), start=first + 1)
            marked.extend((number, form) for number, form in forms if any(mark in form for mark in there))
        elements: dict[int, etree._Element] = {}
        for first in range(0, len(marked), _AT_A_TIME):
            asked = marked[first : first + _AT_A_TIME]
            root = parsed(self._root + b"".join(b"<c" + form for _number, form in asked) + b"</worksheet>")
            if root is not None:
                elements.update(zip((number for number, _form in asked), root, strict=False))
        for number, place in self.plain.places(elements):
            yield place, elements[number]

    def _read_whole(self) -> tuple[list[int], list[int]]:
        """The same of a part that is written otherwise; the hidden rows and columns."""
        self.rows = self.columns = 0
        self.heights = {}
        rows: list[int] = []
        columns: list[int] = []
        for (row, column), element in self._elements():
            self.rows, self.columns = max(self.rows, row), max(self.columns, column)
            is_hidden = not column and element.get("hidden") in ("1", "true")
            if is_hidden and not row:
                first, last = element.get("min", ""), element.get("max", "")
                columns.extend(runs(int(first), int(last), _MOST_COLUMNS) if (first + last).isdecimal() else ())
            elif is_hidden:
                rows.append(row)
            if not column and element.get("ht"):
                self.heights[row] = element.get("ht", "")
        return rows, columns

    def _all_cells(self) -> Iterator[tuple[Place, etree._Element]]:
        return ((place, element) for place, element in self._elements() if place[1])

    def _elements(self) -> Iterator[tuple[Place, etree._Element]]:
        """Columns (as 0, 0), rows (as column 0) and cells with their place; some writers leave addresses out, then a
        cell stands behind the one before it."""
        row, column = 0, 0
        tags = ("{*}col", "{*}row", "{*}c")
        with self._opened() as part:
            for event, element in etree.iterparse(part, ("start", "end"), tag=tags, no_network=True):
                if element.tag.endswith("row"):
                    if event == "start":
                        number = element.get("r", "")
                        row, column = int(number) if number.isdecimal() else row + 1, 0
                        yield (row, 0), element
                elif element.tag.endswith("col"):
                    if event == "start":
                        yield (0, 0), element
                elif event == "end":
                    row, column = position(element.get("r", "")) or (row, column + 1)
                    yield (row, column), element
                    element.clear(keep_tail=True)


def _hidden_columns(before: bytes) -> Iterator[int]:
    for column in _COL.finditer(before):
        if _HIDDEN.search(column[1]):
            bounds = {name: int(number) for name, number in _COL_RANGE.findall(column[1])}
            yield from runs(bounds.get(b"min", 0), bounds.get(b"max", 0), _MOST_COLUMNS)
