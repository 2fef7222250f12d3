"""One stream out of an OLE2 compound file, the container of .xls and .et.

A small file system: sectors chained through a table (FAT), small streams packed into one of their own. Chains of a
broken or malicious file may run in circles; they are cut after as many sectors as the file has. MS-CFB 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks (end of chain, free)."""

_IN_HEADER = 109
_ENTRY = 128
_STREAM, _ROOT = 2, 5


def stream(data: bytes, *names: str) -> bytes:
    """The first stream called one of ``names``; empty when there is none. Raises ``ValueError`` for a broken file."""
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError) as error:
        raise ValueError("no compound file") from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        self._data = data
        sector, small = struct.unpack_from("<HH", data, 30)
        if sector not in (9, 12) or small != 6:
            raise ValueError("no compound file")
        self._size = 1 << sector
        first_directory, _signature, self._cutoff, first_small = struct.unpack_from("<IIII", data, 48)
        self._fat = self._table(self._fat_sectors())
        self._small_fat = self._table(self._chain(first_small, self._fat))
        self._entries = tuple(self._read_directory(first_directory))

    def stream(self, names: Sequence[str]) -> bytes:
        for name in names:
            for entry_name, kind, start, size in self._entries:
                if entry_name.lower() == name.lower() and kind == _STREAM:
                    return self._small(start, size) if size < self._cutoff else self._read(start)[:size]
        return b""

    def _small(self, start: int, size: int) -> bytes:
        """A stream below the cutoff lies in pieces of 64 bytes inside the root's own stream."""
        root = next((first for _name, kind, first, _size in self._entries if kind == _ROOT), None)
        if root is None:
            raise ValueError("no root")
        container = self._read(root)
        pieces = (container[number * 64 : number * 64 + 64] for number in self._chain(start, self._small_fat))
        return b"".join(pieces)[:size]

    def _read_directory(self, first: int) -> Iterator[tuple[str, int, int, int]]:
        directory = self._read(first)
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            start, size = struct.unpack_from("<II", directory, place + 116)
            name = directory[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield name, kind, start, size

    def _fat_sectors(self) -> Iterator[int]:
        yield from (number for number in struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76) if number < _END)
        more, count = struct.unpack_from("<II", self._data, 68)
        for _sector in range(min(count, len(self._data) // self._size)):
            if more >= _END:
                return
            *numbers, more = self._table([more])
            yield from (number for number in numbers if number < _END)

    def _table(self, sectors: Sequence[int] | Iterator[int]) -> tuple[int, ...]:
        raw = b"".join(self._sector(number) for number in sectors)
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _chain(self, start: int, table: Sequence[int]) -> Iterator[int]:
        for _step in range(len(table)):
            if start >= _END:
                return
            yield start
            start = table[start]

    def _read(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(start, self._fat))

    def _sector(self, number: int) -> bytes:
        place = (number + 1) * self._size
        return self._data[place : place + self._size]
