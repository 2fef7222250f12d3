"""One worksheet part of an .xlsx, searched as bytes: its rows are walked, and only cells with a mark are parsed.

A part of twenty thousand rows is sixty megabytes of XML; a tree of it takes ten times that, and seconds. Nearly all
programs write ``<row r="5"`` and ``<c r="C5"``, so rows are found by their first bytes, and of the cells only those
that hold what a search is after. A part that is written otherwise (a prefix, single quotation marks, cells without
addresses) is parsed whole, which is slow and never wrong.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.sheets.addresses import column_number, position
from pipeline.sheets.overlooked import runs
from pipeline.sheets.package import parsed

Place = tuple[int, int]
"""Row and column, counted from 1."""

_ROOT = re.compile(rb"<worksheet(?=[\s>])[^>]*>")
_UTF8 = re.compile(rb"<\?xml[^>]*encoding=\"UTF-8\"|<\?xml(?![^>]*encoding)", re.IGNORECASE)
_NUMBER = re.compile(rb"\br=\"(\d{1,9})\"")
_HEIGHT = re.compile(rb"\bht=\"(\d{1,4}(?:\.\d+)?)\"")
_ADDRESSED = re.compile(rb'<c r="([A-Z]{1,3})\d')
_AFTER_NAME = b" >/"
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_COL_RANGE = re.compile(rb"\b(min|max)=[\"'](\d{1,6})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_MOST_COLUMNS = 1000
_AT_A_TIME = 2000


class SheetPart:
    """A worksheet part. ``rows`` and ``columns`` say how far it reaches, empty cells counted; ``heights`` are the
    heights of rows in points, where they are not the usual one; ``hidden_rows`` and ``hidden_columns`` count from 1.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.rows = self.columns = 0
        self.heights: dict[int, str] = {}
        self._body = max(data.find(b"sheetData"), 0)
        root = _ROOT.search(data, 0, 4096)
        self._head = root[0] if root else b""
        hidden: list[int] = []
        columns: list[int] = []
        if root is None or not self._is_usual(root.start()) or not self._walk(hidden):
            self._head = b""
            hidden, columns = self._read_whole()
        self.hidden_rows = tuple(hidden)
        self.hidden_columns = tuple(columns or self._hidden_columns())

    @property
    def is_plain(self) -> bool:
        """Whether it is written the usual way, so that cells can be found by their bytes."""
        return bool(self._head)

    @property
    def before_the_rows(self) -> etree._Element | None:
        """What stands before the rows (columns, usual height), as XML; None when the part is broken."""
        return parsed(self.data[: self._body - 1] + b"</worksheet>" if self.is_plain else self.data)

    def cells_with(self, marks: Sequence[bytes]) -> Iterator[tuple[Place, etree._Element]]:
        """The cells in whose bytes one of the marks stands, in no order; all cells where that cannot be told.

        A broken part gives what stands before the break, or nothing.
        """
        spans = self._spans(marks) if self.is_plain else None
        if spans is None:
            yield from self._all_cells()
            return
        for first in range(0, len(spans), _AT_A_TIME):
            cells = b"".join(self.data[start:end] for start, end in spans[first : first + _AT_A_TIME])
            root = parsed(self._head + cells + b"</worksheet>")
            for cell in () if root is None else root:
                if place := position(cell.get("r", "")):
                    yield place, cell

    def _is_usual(self, root: int) -> bool:
        declaration = self.data[:root]
        return b"='" not in self.data[root : self._body] and (not declaration or bool(_UTF8.search(declaration)))

    def _walk(self, hidden: list[int]) -> bool:
        """Learn of every row from its first bytes and from its last cell; False when something is written otherwise."""
        data, columns = self.data, set()
        at = data.find(b"<row", self._body)
        while at >= 0:
            opened = data.find(b">", at)
            following = data.find(b"<row", opened)
            if data[at + 4 : at + 5] in _AFTER_NAME:
                said = data[at:opened]
                number = _NUMBER.search(said)
                last = data.rfind(b"<c", opened, following if following >= 0 else len(data))
                while last >= 0 and data[last + 2 : last + 3] not in _AFTER_NAME:  # behind the last row: <conditional…
                    last = data.rfind(b"<c", opened, last)
                # Excel calls a sheet damaged whose cells are not in order: the last one of a row is the farthest.
                cell = _ADDRESSED.match(data, last) if last >= 0 else None
                if number is None or (last >= 0 and cell is None):
                    return False
                self.rows = max(self.rows, int(number[1]))
                if cell is not None:
                    columns.add(cell[1])
                if b"hidden" in said and _HIDDEN.search(said):
                    hidden.append(int(number[1]))
                if height := _HEIGHT.search(said):
                    self.heights[int(number[1])] = height[1].decode()
            at = following
        self.columns = max((column_number(name.decode()) for name in columns), default=0)
        return self.rows > 0

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

    def _hidden_columns(self) -> Iterator[int]:
        for column in _COL.finditer(self.data, 0, self._body or len(self.data)):
            if _HIDDEN.search(column[1]):
                bounds = {name: int(number) for name, number in _COL_RANGE.findall(column[1])}
                yield from runs(bounds.get(b"min", 0), bounds.get(b"max", 0), _MOST_COLUMNS)

    def _spans(self, marks: Sequence[bytes]) -> list[tuple[int, int]] | None:
        """Where the bytes of the marked cells begin and end; None when one of them has no address."""
        data, spans = self.data, {}
        for mark in marks:
            at = data.find(mark, self._body)
            while at >= 0:
                start = data.rfind(b"<c ", self._body, at)
                end = self._end_of_cell(start) if start >= 0 else 0
                if at < end:
                    if not _ADDRESSED.match(data, start):
                        return None
                    spans[start] = end
                at = data.find(mark, max(end, at + 1))
        return sorted(spans.items())

    def _end_of_cell(self, start: int) -> int:
        opened = self.data.find(b">", start) + 1
        if not opened or self.data[opened - 2 : opened] == b"/>":
            return opened
        closing = self.data.find(b"</c>", opened)
        return closing + len(b"</c>") if closing >= 0 else len(self.data)

    def _all_cells(self) -> Iterator[tuple[Place, etree._Element]]:
        return ((place, element) for place, element in self._elements() if place[1])

    def _elements(self) -> Iterator[tuple[Place, etree._Element]]:
        """Columns (as 0, 0), rows (as column 0) and cells with their place; some writers leave addresses out, then a
        cell stands behind the one before it."""
        row, column = 0, 0
        tags = ("{*}col", "{*}row", "{*}c")
        events = etree.iterparse(io.BytesIO(self.data), ("start", "end"), tag=tags, no_network=True)
        try:
            for event, element in events:
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
        except etree.XMLSyntaxError:
            return
