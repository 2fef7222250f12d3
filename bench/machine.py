"""The machine a figure was measured on, and what a process and all its children hold in memory at most.

Presses are processes of their own that share pages of Python and fonts, so resident sizes added up would count those
pages several times. Linux tells the proportional size (PSS), in which a page shared by three counts a third for each.
"""

from __future__ import annotations

import os
import platform
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

_PROC = Path("/proc")
_GLANCE = 0.2
"""Seconds between two looks at the memory."""


def described() -> str:
    """Processor, memory, system and Python in a line."""
    return f"{_processor()}, {_memory_gib():.0f} GiB, {platform.system()}, Python {platform.python_version()}"


@contextmanager
def cores(count: int) -> Iterator[int]:
    """Keep this process and the children it starts to ``count`` processors; gives how many it really are."""
    if not hasattr(os, "sched_setaffinity"):
        yield os.cpu_count() or 1
        return
    before = os.sched_getaffinity(0)
    kept = set(sorted(before)[:count])
    os.sched_setaffinity(0, kept)
    try:
        yield len(kept)
    finally:
        os.sched_setaffinity(0, before)


def processor_seconds() -> float:
    """Processor time of all children that have ended; unlike the wall clock it hardly minds what else is running."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Peak:
    """The most memory that the children of this process held together while in the block: ``mebibytes``."""

    mebibytes: float | None = None
    """None where the system does not tell."""

    def __enter__(self) -> Peak:
        self._end = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._end.wait(_GLANCE):
            held = sum(_kibibytes(process) for process in _children(os.getpid())) / 1024
            if held:
                self.mebibytes = max(self.mebibytes or 0.0, held)

    def __str__(self) -> str:
        return "memory unknown" if self.mebibytes is None else f"{self.mebibytes:.0f} MiB"


def _children(parent: int) -> Iterator[int]:
    """Every process below ``parent``, itself excluded."""
    with suppress(OSError):
        for tasks in (_PROC / str(parent) / "task").glob("*/children"):
            for child in map(int, tasks.read_text().split()):
                yield child
                yield from _children(child)


def _kibibytes(process: int) -> int:
    """PSS of one process; 0 when it ended meanwhile."""
    with suppress(OSError):
        for line in (_PROC / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _processor() -> str:
    with suppress(OSError):
        for line in (_PROC / "cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
