"""One row of a worksheet part cut into its cells by its own number, which stands behind each address in it.

``<row r="12"><c r="A12" s="5"/><c r="C12"><v>9</v></c>`` cut at ``12"`` gives the beginning of the row, the rest of its
tag with the first column, and then pieces of one cell's form and the next cell's column each. Rows of one sheet have
few *shapes* (the columns that they have cells in), and few of the pieces of one column differ; so what a piece holds is
looked up, and only a piece not seen before is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import getitem

from pipeline.sheets.addresses import column_number

_BEGIN = b'<row r="'
_FEWEST = 3
ATTRIBUTES = rb'(?: [A-Za-z0-9:]+="[^"<>&]*")*'
"""Well-formed ones, as programs write them."""
_OPENING = re.compile(rb"(" + ATTRIBUTES + rb')><c r="([A-Z]{1,3})')
_SIMPLE = ATTRIBUTES + rb'(?:/>|><v>[^<]*</v></c>|><is><t(?: xml:space="preserve")?>[^<]*</t></is></c>)'
_FORM = re.compile(_SIMPLE + rb"|([^<>]*>(?:(?<=/>)|(?:(?!<c[ />]|</c>).)*</c>))", re.DOTALL)
"""A simple form is well-formed as it stands; of another, the group, that must be asked."""
_EMPTY = re.compile(rb"[^>]*(?:/>|>\s*</c>)")
_FILLED = (b"</v></c>", b"</is></c>")
_ADDRESS = b'<c r="'
_NAME = re.compile(rb"[A-Z]{1,3}")
_MOST_SHAPES = 200
_MOST_STRANGE = 1000
"""Where cells are left out at random every row has a shape of its own; after so many no more are tried."""
_REMEMBERED = 4096
"""Pieces of one column that are kept: where there are more different ones, few of them come again."""


def is_telling(said: bytes) -> bool:
    """Whether a row's tag says that the row is hidden, or how high it is."""
    return b"hidden" in said or b"ht=" in said


def is_empty(form: bytes) -> bool:
    """Whether nothing stands in a cell of this form, whatever its format."""
    return not form.endswith(_FILLED) and _EMPTY.fullmatch(form) is not None


def is_simple(form: bytes) -> bool:
    """Whether a form is well-formed XML beyond doubt."""
    found = _FORM.fullmatch(form)
    return found is not None and not found[1]


class Otherwise(Exception):
    """The row cannot be cut this way; that does not say that anything is wrong with it."""


class Shape:
    """The columns of a row, and what stands in its pieces: ``columns`` count from 1, ``told`` is by the rest of the
    row's tag what it says of interest, ``forms`` are by column the numbers of the forms by piece."""

    def __init__(self, names: Sequence[bytes], forms: Sequence[Mapping[bytes, int]], told: Mapping[bytes, bytes]):
        if not all(map(_NAME.fullmatch, names)):
            raise Otherwise
        self.columns = [column_number(name.decode()) for name in names]
        if any(column >= following for column, following in pairwise(self.columns)):
            raise Otherwise
        self.forms = forms
        self.told = told


class _Openings(dict[bytes, bytes]):
    """What rows say of interest, by the piece before their first cell, which stands in the column ``name``."""

    def __init__(self, name: bytes) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, piece: bytes) -> bytes:
        opening = _OPENING.fullmatch(piece)
        if opening is None or opening[2] != self._name:
            raise Otherwise
        return self.setdefault(piece, opening[1] if is_telling(opening[1]) else b"")


class _Pieces(dict[bytes, int]):
    """The numbers of the forms of one column's cells, by the piece that ends with the next cell's column."""

    def __init__(self, follows: bytes, numbers: Mapping[bytes, int], doubtful: list[bytes]) -> None:
        super().__init__()
        self._follows = follows
        self._numbers = numbers
        self._doubtful = doubtful

    def __missing__(self, piece: bytes) -> int:
        form = piece.removesuffix(self._follows)
        found = _FORM.fullmatch(form)
        if found is None or (self._follows and len(form) == len(piece)):
            raise Otherwise
        if found[1]:
            self._doubtful.append(form)
        number = 0 if is_empty(form) else self._numbers[form]
        if len(self) < _REMEMBERED:
            self[piece] = number
        return number


class Cutter:
    """Cuts the rows of one part. ``numbers`` gives a filled form's number, ``farthest`` is the last column so far,
    ``doubtful`` are forms that may be no well-formed XML."""

    def __init__(self, numbers: Mapping[bytes, int]) -> None:
        self.farthest = 0
        self.doubtful: list[bytes] = []
        self._numbers = numbers
        self._openings: dict[bytes, _Openings] = {}
        self._pieces: dict[tuple[bytes, bytes], _Pieces] = {}
        self._shapes: dict[tuple[bytes, ...], Shape] = {}
        self._usual: Shape | None = None
        self._strange = 0

    def cut(self, row: bytes, number: int) -> tuple[Sequence[int], bytes, tuple[int, ...]]:
        """The columns of a row, what it says of interest, and its cells' forms. Raises ``Otherwise``."""
        if self._strange > _MOST_STRANGE:
            raise Otherwise
        pieces = row.split(b'%d"' % number)
        if len(pieces) < _FEWEST or pieces[0] != _BEGIN:
            raise Otherwise
        opening, pieces = pieces[1], pieces[2:]
        shape = self._usual
        if shape is not None and len(shape.forms) == len(pieces):
            try:
                return shape.columns, shape.told[opening], tuple(map(getitem, shape.forms, pieces))
            except Otherwise:
                pass
        shape = self._usual = self._shape(opening, pieces)
        return shape.columns, shape.told[opening], tuple(map(getitem, shape.forms, pieces))

    def _shape(self, opening: bytes, pieces: Sequence[bytes]) -> Shape:
        names = tuple([piece[piece.rfind(b'"') + 1 :] for piece in (opening, *pieces[:-1])])
        shape = self._shapes.get(names)
        if shape is None:
            if len(self._shapes) >= _MOST_SHAPES:
                self._strange += 1
                raise Otherwise
            shape = self._shapes[names] = Shape(
                names,
                [self._between(*names) for names in pairwise((*names, b""))],
                self._openings.setdefault(names[0], _Openings(names[0])),
            )
            self.farthest = max(self.farthest, shape.columns[-1])
        return shape

    def _between(self, name: bytes, following: bytes) -> _Pieces:
        follows = _ADDRESS + following if following else b""
        return self._pieces.setdefault((name, following), _Pieces(follows, self._numbers, self.doubtful))
