"""What calamine leaves out of a worksheet part: error values, formulas without a result, pictures in cells, extent.

calamine 0.9 gives an empty cell for ``#N/A`` and for a formula that was never calculated; taken at its word, a paper
would silently lack a value. The part is searched as bytes first, so that plain sheets (nearly all) cost next to
nothing, and parsed only when something of the kind stands in it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.core.values import CellError
from pipeline.sheets.addresses import address, column_number, position

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_COLUMN = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)')
_FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*[^/>]>\s*<(?!/)')
_HIDDEN = (b'hidden="1"', b'hidden="true"')
_SUSPECT = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b't="e"', b"t='e'")
_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"')

UNCALCULATED = "formula"
"""The text of the ``CellError`` for a formula without a stored result."""


@dataclass(frozen=True, slots=True)
class CellScan:
    """What was found, by (row, column). ``rich`` holds the ``vm`` index of Excel's pictures in cells (1-based),
    ``named`` the id of WPS's. ``hidden_rows`` count from 1.
    """

    errors: dict[tuple[int, int], CellError] = field(default_factory=dict)
    rich: dict[tuple[int, int], int] = field(default_factory=dict)
    named: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()


def farthest(part: bytes, limit: int) -> tuple[int, str]:
    """The area of the grid that the filled cells span, and, when it is above ``limit``, the address that stretches it.

    A single stray blank in XFD1048576 spans 17 milliard cells, which calamine would set up one by one.
    """
    rows = max((int(number[1]) for row in _ROW.finditer(part) if (number := _ROW_NUMBER.search(row[1]))), default=0)
    columns = max((column_number(name.decode()) for name in set(_COLUMN.findall(part))), default=0)
    if rows * columns <= limit:
        return rows * columns, ""
    filled = [(int(row), column_number(name.decode())) for name, row in _FILLED.findall(part)]
    if not filled:
        return 0, ""
    area = max(row for row, _ in filled) * max(column for _, column in filled)
    return area, address(*max(filled, key=lambda cell: cell[0] * cell[1])) if area > limit else ""


def scan(part: bytes) -> CellScan:
    """Scan one worksheet part. A broken part gives what stood before the break."""
    found = CellScan(hidden_rows=_hidden_rows(part))
    if not any(mark in part for mark in _SUSPECT):
        return found
    try:
        for _event, cell in etree.iterparse(io.BytesIO(part), tag="{*}c", resolve_entities=False, no_network=True):
            _look_at(cell, found)
            cell.clear(keep_tail=True)
    except etree.XMLSyntaxError:
        pass
    return found


def _look_at(cell: etree._Element, found: CellScan) -> None:
    where = position(cell.get("r", ""))
    if where is None:
        return
    formula = cell.find("{*}f")
    value = cell.findtext("{*}v") or ""
    picture = _DISPIMG.search((formula.text if formula is not None else "") or value)
    if picture:
        found.named[where] = picture[1]
    elif cell.get("t") == "e":
        if cell.get("vm", "").isdigit():
            found.rich[where] = int(cell.get("vm", ""))
        else:
            found.errors[where] = CellError(value or "#N/A")
    elif formula is not None and not value and cell.get("t") not in ("str", "inlineStr"):
        found.errors[where] = CellError(UNCALCULATED)


def _hidden_rows(part: bytes) -> tuple[int, ...]:
    if not any(mark in part for mark in _HIDDEN):
        return ()
    hidden = []
    for row in _ROW.finditer(part):
        number = _ROW_NUMBER.search(row[1])
        if number and any(mark in row[1] for mark in _HIDDEN):
            hidden.append(int(number[1]))
    return tuple(hidden)
