"""Which papers go into which box (装盒, DA/T 22-2015 clause 6.4), and the sheets their spine labels are printed on.

Papers of different years, organs or retention never share a box, and within a volume the order of 件号 is kept: so a
box is a stretch of a volume, and filling one after another is all there is to decide. The last box is the narrowest
that holds what is left. Pure: pages in, boxes out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.cataloguing.entries import Entry, Volume

PER_SHEET = {20: 9, 30: 6, 40: 4, 50: 3}
"""Labels side by side on a sheet of A4, by the width of the spine in mm."""


@dataclass(frozen=True, slots=True)
class Room:
    """What boxes hold: ``widths`` of spines in mm, sheets a mm, pages on a sheet."""

    widths: tuple[int, ...]
    sheets_per_mm: float
    pages_per_sheet: int

    def sheets(self, entry: Entry) -> int:
        """The sheets of paper of one piece; one where nobody counted its pages."""
        return max(1, math.ceil(entry.pages / self.pages_per_sheet))

    def capacity(self, width: int) -> int:
        """The sheets that a box with a spine of this width holds."""
        return int(width * self.sheets_per_mm)


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its 盒号 within the volume, the width of its spine in mm, and the papers in it."""

    number: int
    retention: str
    width: int
    sheets: int
    entries: tuple[Entry, ...]

    @property
    def first(self) -> str:
        """The first 件号, with four figures."""
        return f"{self.entries[0].piece:04d}"

    @property
    def last(self) -> str:
        """The last 件号."""
        return f"{self.entries[-1].piece:04d}"

    @property
    def pages(self) -> int:
        """Pages of all papers in it."""
        return sum(entry.pages for entry in self.entries)


def boxes(volume: Volume, room: Room) -> tuple[Box, ...]:
    """The boxes of a volume. A paper thicker than the widest box has one of its own; one without 件号 has none yet."""
    return tuple(
        _box(number, volume.retention, entries, room) for number, entries in enumerate(_filled(volume, room), start=1)
    )


def _filled(volume: Volume, room: Room) -> Iterator[list[Entry]]:
    """The papers, parted where the widest box is full."""
    most = room.capacity(max(room.widths))
    inside: list[Entry] = []
    used = 0
    for entry in (entry for entry in volume.entries if entry.piece):
        sheets = room.sheets(entry)
        if inside and used + sheets > most:
            yield inside
            inside, used = [], 0
        inside.append(entry)
        used += sheets
    if inside:
        yield inside


def _box(number: int, retention: str, entries: list[Entry], room: Room) -> Box:
    sheets = sum(map(room.sheets, entries))
    fitting = [width for width in room.widths if room.capacity(width) >= sheets]
    width = min(fitting) if fitting else max(room.widths)
    return Box(number, retention, width, sheets, tuple(entries))


def label_sheets(filled: Iterable[Box]) -> tuple[tuple[int, tuple[Box, ...]], ...]:
    """The boxes by sheets of labels, as width of spine (mm) and the boxes on the sheet; narrow spines first."""
    by_width = groupby(sorted(filled, key=lambda box: box.width), key=lambda box: box.width)
    return tuple((width, tuple(part)) for width, group in by_width for part in _batches(list(group), PER_SHEET[width]))


def _batches(items: list[Box], size: int) -> Iterator[list[Box]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
