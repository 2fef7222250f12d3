"""Decide whether a file in the inbox has finished arriving.

A copy over the network grows in steps, with pauses; Excel saves through a second file. So we ask for stillness (same
size, time and inode for a while) and for a container that opens (the directory of a zip file stands at its very end).
A file that stays unreadable is handed on all the same after a longer wait: its sender must hear of it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from pipeline.intake.inbox import Arrival

_ZIP_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xlsb", ".ods", ".et"})
_ENDS = {".pdf": b"%%EOF", ".jpg": b"\xff\xd9", ".jpeg": b"\xff\xd9", ".png": b"IEND"}
"""What stands at the end of a scan that is all there."""
_TAIL = 4096
PATIENCE = 15
"""How many times longer a broken container is waited for."""


def container_opens(path: Path) -> bool:
    """Whether a file whose name says zip has a readable zip directory, and a scan its end; other files are taken at
    their word."""
    if end := _ENDS.get(path.suffix.lower()):
        return end in _tail(path)
    if path.suffix.lower() not in _ZIP_SUFFIXES:
        return True
    try:
        with path.open("rb") as stream:
            if stream.read(8).startswith(b"\xd0\xcf\x11\xe0"):  # an OLE file: .xls by another name, or encrypted
                return True
        with zipfile.ZipFile(path):
            return True
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _tail(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - _TAIL))
            return stream.read(_TAIL)
    except OSError:
        return b""


@dataclass(frozen=True, slots=True)
class _Seen:
    arrival: Arrival
    since: float


@dataclass(slots=True)
class Settler:
    """Remembers what each file looked like and since when. ``delay`` in seconds; ``clock`` must never go back."""

    delay: float
    clock: Callable[[], float] = monotonic
    opens: Callable[[Path], bool] = container_opens
    _seen: dict[Path, _Seen] = field(default_factory=dict)

    def settled(self, arrivals: Iterable[Arrival]) -> tuple[Arrival, ...]:
        """Those files that have arrived. Forgets files that are no longer there."""
        now = self.clock()
        listed: Mapping[Path, Arrival] = {arrival.path: arrival for arrival in arrivals}
        self._seen = {path: self._looked_at(arrival, now) for path, arrival in listed.items()}
        return tuple(seen.arrival for seen in self._seen.values() if self._has_arrived(seen, now))

    def _looked_at(self, arrival: Arrival, now: float) -> _Seen:
        before = self._seen.get(arrival.path)
        return before if before is not None and before.arrival == arrival else _Seen(arrival, now)

    def _has_arrived(self, seen: _Seen, now: float) -> bool:
        still = now - seen.since
        if seen.arrival.held_open or still < self.delay:
            return False
        return (seen.arrival.size > 0 and self.opens(seen.arrival.path)) or still >= self.delay * PATIENCE
