"""The rows of a worksheet part as Excel, WPS and openpyxl write them, in one pass, with each different cell kept once.

Twenty thousand rows are half a million cells and sixty megabytes of XML, but few of the cells differ: the same
organisation, the same choice, the same day, over and over. So a row is cut into its cells, what stands behind a cell's
address (its *form*: format, type, value) gets a number, 0 when it is empty, and a row is the numbers of its cells.
Everybody who asks what a form means (calamine for its value, we for errors, pictures and crossed-out text) is asked
once for each form and not once for each cell. Nothing is held in memory but a piece of the part, the different forms
and the numbers.

A row that follows the one before it is cut by its number (``rowshapes``); one that cannot be is read cell by cell.
Anything written otherwise (a prefix, comments, cells without addresses or out of order, text between cells) raises
``Unlike``; it is never read wrongly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import IO

from pipeline.sheets.addresses import address, column_number, letters
from pipeline.sheets.rowshapes import ATTRIBUTES, Cutter, Otherwise, is_empty, is_simple, is_telling

Place = tuple[int, int]
"""Row and column, counted from 1."""

_PIECE = 1 << 20
_LONGEST = 8 << 20
"""Bytes of one row, or of what stands before the rows, beyond which a part is like no other."""

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"'
    rb"([^>]*>(?:<v>[^<]*</v></c>|<is><t[^>]*>[^<]*</t></is></c>|(?<=/>)|(?:(?!<c[ />]|</c>).)*</c>))",
    re.DOTALL,
)
_AROUND_ADDRESS = len(b'<c r=""')
_ROW = re.compile(rb'\s*<row r="([1-9]\d{0,6})"(' + ATTRIBUTES + rb"\s*/?)>")
_DATA = re.compile(rb"<sheetData\s*(/?)>")
_END = b"</sheetData>"
A_ROW = tuple(letters(column).encode() for column in range(1, 101))
"""The columns in which the forms are written to be read, a hundred to the row."""


class Unlike(Exception):
    """The part is written in another way than this one."""


class Vast(Exception):
    """The filled cells span more than is allowed; ``address`` is the one that stretches them."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True, slots=True)
class Numbered:
    """The cells of one part, each by the number of its form: ``lines`` and ``width`` as in ``CellForms``, ``forms`` is
    how many there are."""

    lines: Sequence[Sequence[int]]
    width: int
    forms: int


class CellForms:
    """The cells of one part. ``lines`` are the rows from row 1 on, each the numbers of its cells' forms from column A
    on, without the empty ones at its end; ``forms`` are the forms from number 1 on.

    ``before`` and ``behind`` are the bytes around the rows. ``rows`` and ``columns`` say how far the part reaches,
    empty cells counted, ``width`` how far its filled cells do; ``told`` is what rows say of being hidden or of their
    height.
    """

    def __init__(self, part: IO[bytes], limit: int) -> None:
        """Raises ``Unlike``, and ``Vast`` when rows by columns are above ``limit``."""
        self.lines: list[Sequence[int]] = []
        self.told: list[tuple[int, bytes]] = []
        self.rows = self.columns = self.width = 0
        self.before = self.behind = b""
        self._limit = limit
        self._numbers: defaultdict[bytes, int] = defaultdict(count(1).__next__)
        self._alike: dict[bytes, bytes] = {}
        self._doubtful: list[bytes] = []
        self._usual: tuple[bytes, ...] = ()
        self._letters = 0
        self._columns: list[int] = []
        cutter = Cutter(self._numbers)
        for row in self._rows(part):
            number = self.rows + 1
            try:
                columns, told, numbers = cutter.cut(row, number)
            except Otherwise:
                self._read(row)
                continue
            self.rows = number
            if told:
                self.told.append((number, told))
            self._put(number, numbers, columns)
        self.columns = max(self.columns, cutter.farthest)
        self._doubtful += cutter.doubtful
        self.forms: Sequence[bytes] = list(self._numbers)

    def numbered(self) -> Numbered:
        """What is left to know when the forms themselves have been handed on."""
        return Numbered(self.lines, self.width, len(self.forms))

    def places(self, numbers: Collection[int]) -> Iterator[tuple[int, Place]]:
        """Where cells of these forms stand: number and place, in the order of reading."""
        wanted = frozenset(numbers)
        for row, line in enumerate(self.lines if wanted else (), start=1):
            if not wanted.isdisjoint(line):
                yield from ((number, (row, at)) for at, number in enumerate(line, start=1) if number in wanted)

    def outline(self) -> bytes:
        """The part without the cells that are well-formed beyond doubt, to be asked whether it is XML."""
        cells = b"".join([b"<c" + form for form in dict.fromkeys(self._doubtful)])
        return b"%b<sheetData><row>%b</row>%b" % (self.before, cells, self.behind)

    def condensed(self) -> Iterator[bytes]:
        """The part with every form once, a hundred to the row, to be read by whoever reads parts; piece by piece."""
        yield self.before + b"<sheetData>"
        for number, first in enumerate(range(0, len(self.forms), len(A_ROW)), start=1):
            forms = zip(A_ROW, self.forms[first : first + len(A_ROW)], strict=False)
            cells = b"".join([b'<c r="%b%d"%b' % (column, number, form) for column, form in forms])
            yield b'<row r="%d">%b</row>' % (number, cells)
        yield self.behind

    def _rows(self, part: IO[bytes]) -> Iterator[bytes]:
        """The part cut into rows, each up to its end tag or, if it is empty, up to that of a later one."""
        rest = self._begin(part)
        while True:
            *rows, last = rest.split(b"</row>")
            if (b"!" in rest and b"<!" in rest) or (b"?" in rest and b"<?" in rest) or len(last) > _LONGEST:
                raise Unlike
            yield from rows
            end = last.find(_END)
            if end >= 0:
                self._announce(last, end, goes_on=False)
                self.behind = last[end:] + part.read()
                return
            piece = part.read(_PIECE)
            if not piece:
                raise Unlike
            rest = last + piece

    def _begin(self, part: IO[bytes]) -> bytes:
        """Read what stands before the rows; gives the first bytes of these."""
        read = b""
        while not (data := _DATA.search(read)):
            piece = part.read(_PIECE)
            if not piece or len(read) > _LONGEST:
                raise Unlike
            read += piece
        if data[1]:
            raise Unlike
        self.before = read[: data.start()]
        return read[data.end() :]

    def _read(self, row: bytes) -> None:
        """Take one row in, and the empty ones before it."""
        at = row.find(b'<c r="')
        self._announce(row, at if at >= 0 else len(row))
        if at < 0:
            return
        cells = _CELL.findall(row, at)
        if not cells:
            raise Unlike
        columns, numbers, forms = zip(*cells, strict=True)
        if columns != self._usual:
            self._learn(columns)
        of_row = b"%d" % self.rows
        length = self._letters + len(cells) * (_AROUND_ADDRESS + len(of_row)) + len(b"".join(forms))
        if length != len(row) - at or numbers.count(of_row) != len(numbers):
            raise Unlike
        self._doubtful.extend(form for form in forms if form not in self._numbers and not is_simple(form))
        self._put(self.rows, tuple([0 if is_empty(form) else self._numbers[form] for form in forms]), self._columns)

    def _announce(self, row: bytes, end: int, *, goes_on: bool = True) -> None:
        """Learn of the row elements that ``row`` holds up to ``end``, and nothing else: all are empty, but for the last
        one where it ``goes_on``."""
        at, closed = 0, True
        while at < end and (said := _ROW.match(row, at, end)):
            at, number = said.end(), int(said[1])
            if number <= self.rows or not closed:
                raise Unlike
            self.rows, closed = number, said[2].endswith(b"/")
            if is_telling(said[2]):
                self.told.append((number, self._alike.setdefault(said[2], said[2])))
        if closed is goes_on or (at < end and row[at:end].strip()):
            raise Unlike

    def _learn(self, names: tuple[bytes, ...]) -> None:
        """The columns of a row that has others than the one before."""
        columns = [column_number(name.decode()) for name in names]
        if any(column >= following for column, following in pairwise(columns)):
            raise Unlike
        self._usual, self._columns, self._letters = names, columns, len(b"".join(names))
        self.columns = max(self.columns, columns[-1])

    def _put(self, row: int, numbers: tuple[int, ...], columns: Sequence[int]) -> None:
        """Keep the forms of a row's cells, which stand in these columns."""
        if not numbers[-1]:
            numbers = _without_end(numbers)
            if not numbers:
                return
        width = columns[len(numbers) - 1]
        if width > self.width:
            self.width = width
        if row * self.width > self._limit:
            raise Vast(address(row, width))
        if width > len(numbers):
            places = dict(zip(columns, numbers, strict=False))
            numbers = tuple([places.get(column, 0) for column in range(1, width + 1)])
        if row > len(self.lines) + 1:  # rows without a filled cell, or not there at all
            self.lines.extend([()] * (row - 1 - len(self.lines)))
        self.lines.append(numbers)


def _without_end(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """A row without the empty cells at its end."""
    while numbers and not numbers[-1]:
        numbers = numbers[:-1]
    return numbers
