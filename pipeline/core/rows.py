"""Typed rows of one table, kept field by field.

A workbook of twenty thousand rows is checked by its columns, where texts repeat and each is looked at once; a mapping
for each row would cost more than all the checks. A row is made only when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from itertools import chain
from typing import TypeVar, overload

from pipeline.core.values import Row, Value


class Unread(Enum):
    """Stands in a column where the field could not be read, about which its reader has said so already."""

    UNREAD = auto()


UNREAD = Unread.UNREAD

T = TypeVar("T")

Column = Sequence[Value | Unread]
"""The values of one field, from the first row to the last."""


class Values(Mapping[str, Value]):
    """The values of one row by field id, without the unread ones; the names are shared by all rows of a table."""

    __slots__ = ("_cells", "_places")

    def __init__(self, places: Mapping[str, int], cells: tuple[Value | Unread, ...]) -> None:
        self._places = places
        self._cells = cells

    def __getitem__(self, field: str) -> Value:
        value = self._cells[self._places[field]]
        if isinstance(value, Unread):
            raise KeyError(field)
        return value

    @overload
    def get(self, field: str, /) -> Value: ...

    @overload
    def get(self, field: str, /, default: Value | T) -> Value | T: ...

    def get(self, field: str, /, default: Value | T = None) -> Value | T:
        """As of every mapping; it is asked more than all else, and this is three times as fast."""
        place = self._places.get(field)
        value = default if place is None else self._cells[place]
        return default if value is UNREAD else value

    def __iter__(self) -> Iterator[str]:
        return (field for field, place in self._places.items() if self._cells[place] is not UNREAD)

    def __len__(self) -> int:
        return sum(cell is not UNREAD for cell in self._cells)

    def __repr__(self) -> str:
        return f"Values({dict(self)!r})"


class Addresses(Mapping[str, str]):
    """The addresses of one row's fields, made when asked for: ``letters`` of the columns are those of all its rows."""

    __slots__ = ("_letters", "_row")

    def __init__(self, letters: Mapping[str, str], row: int) -> None:
        self._letters = letters
        self._row = row

    def __getitem__(self, field: str) -> str:
        return f"{self._letters[field]}{self._row}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._letters)

    def __len__(self) -> int:
        return len(self._letters)

    def __repr__(self) -> str:
        return f"Addresses({dict(self)!r})"


@dataclass(frozen=True, slots=True)
class Places:
    """Where rows stand, one beside the other: sheet, row number and the addresses of their fields."""

    sheets: Sequence[str]
    numbers: Sequence[int]
    cells: Sequence[Mapping[str, str]]


class Rows(Sequence[Row]):
    """Rows of one table. ``columns`` are their values by field id; ``holed`` the fields unread in some row."""

    def __init__(self, columns: Mapping[str, Column], places: Places, holed: Iterable[str] = ()) -> None:
        self.columns = columns
        self.holed = frozenset(holed)
        self._places = places
        self._made: Sequence[Row] | None = None

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Rows:
        """Rows that are made already; rows of this class stay what they are."""
        if isinstance(rows, cls):
            return rows
        names = dict.fromkeys(chain.from_iterable(row.values for row in rows))
        columns = {name: [row.values.get(name, UNREAD) for row in rows] for name in names}
        places = Places([row.sheet for row in rows], [row.row for row in rows], [row.cells for row in rows])
        made = cls(columns, places, [name for name, column in columns.items() if UNREAD in column])
        made._made = tuple(rows)
        return made

    @classmethod
    def joined(cls, parts: Sequence[Rows]) -> Rows:
        """All rows of several sheets or forms; a field that one of them does not have is unread in its rows."""
        parts = [part for part in parts if len(part)]
        if len(parts) == 1:
            return parts[0]
        names = dict.fromkeys(chain.from_iterable(part.columns for part in parts))
        columns = {name: _behind_one_another(part.column(name) for part in parts) for name in names}
        places = Places(
            _behind_one_another(part._places.sheets for part in parts),
            _behind_one_another(part._places.numbers for part in parts),
            _behind_one_another(part._places.cells for part in parts),
        )
        return cls(columns, places, [name for name in names if any(part.is_unread(name) for part in parts)])

    def column(self, field: str) -> Column:
        """The values of a field; unread in all rows, where they do not have it."""
        column = self.columns.get(field)
        return (UNREAD,) * len(self) if column is None else column

    def is_unread(self, field: str) -> bool:
        """Whether the field could not be read in some row."""
        return field in self.holed or (field not in self.columns and bool(len(self)))

    def with_column(self, field: str, column: Column) -> Rows:
        """The same rows with other values of one field."""
        holed = {*(self.holed - {field}), *([field] if UNREAD in column else ())}
        return Rows({**self.columns, field: column}, self._places, holed)

    def chosen(self, places: Sequence[int]) -> Rows:
        """The rows at these places, counted from 0; all of them are these rows themselves."""
        if len(places) == len(self):
            return self
        return Rows.of(tuple([self[place] for place in places]))

    def __len__(self) -> int:
        return len(self._places.numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return self._rows()[place]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Rows({tuple(self)!r})"

    def _rows(self) -> Sequence[Row]:
        if self._made is None:
            places = {field: place for place, field in enumerate(self.columns)}
            values = map(partial(Values, places), zip(*self.columns.values(), strict=True))
            where = self._places
            self._made = tuple(map(Row, where.sheets, where.numbers, values, where.cells))
        return self._made


def _behind_one_another(parts: Iterable[Sequence[T]]) -> list[T]:
    return list(chain.from_iterable(parts))
