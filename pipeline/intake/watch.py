"""Keep looking at the inbox for months: the scan is the truth, the file system's events only wake it early.

Events are lost on shares (another machine's changes raise none), in bursts and across a remount. So a full scan runs
every ``interval`` seconds whatever happens, and an event merely brings the next one forward.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from pipeline.core.errors import GongwenError
from pipeline.intake.inbox import Arrival
from pipeline.intake.settle import Settler

_AGAIN = 0.05
"""Shortest pause in seconds while something waits."""


class Alarm:
    """Wakes a sleeper, from a signal handler or from another thread; a context manager.

    A pair of sockets and no ``threading.Event``: a signal handler runs inside the main thread, which may be holding the
    event's lock at that very moment, and would wait for itself for ever.
    """

    def __init__(self) -> None:
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._bell.setblocking(False)
        self.stopped = False

    def __enter__(self) -> Alarm:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ear.close()
        self._bell.close()

    def ring(self) -> None:
        """Wake the sleeper. May be called at any time, also after the end."""
        with suppress(OSError):  # full: it rings already
            self._bell.send(b"!")

    def stop(self) -> None:
        """Ask the watcher to end after the file it is at."""
        self.stopped = True
        self.ring()

    def sleep(self, seconds: float) -> None:
        """Until the alarm rings, at most ``seconds``."""
        if select.select([self._ear], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                while self._ear.recv(4096):
                    pass


def watch(
    alarm: Alarm,
    settler: Settler,
    *,
    interval: float,
    look: Callable[[], tuple[Arrival, ...]],
    work: Callable[[tuple[Arrival, ...], tuple[Arrival, ...]], None],
    lost: Callable[[Exception], None],
) -> None:
    """Scan, work, sleep; until the alarm is stopped.

    ``look`` lists the inbox, and raises when it is gone or not ours, which ``lost`` is told at each scan: it is waited
    for, never taken for an empty one. ``work`` gets all that is listed, and what of it has settled; it must not raise
    for a bad file.
    """
    while not alarm.stopped:
        try:
            listed = look()
        except (GongwenError, OSError) as error:
            lost(error)
            alarm.sleep(interval)
            continue
        settled = settler.settled(listed)
        work(listed, settled)
        waiting = any(not arrival.held_open for arrival in set(listed).difference(settled))
        alarm.sleep(min(interval, max(settler.delay, _AGAIN)) if waiting else interval)
