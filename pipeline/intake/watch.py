"""Keep looking at the inbox for months: the scan is the truth, the file system's events only wake it early.

Events are lost on shares (another machine's changes raise none), in bursts and across a remount. So a full scan runs
every ``interval`` seconds whatever happens, and an event merely brings the next one forward.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from pipeline.core.errors import ConfigurationError
from pipeline.intake.inbox import Arrival, arrivals
from pipeline.intake.settle import Settler

log = logging.getLogger(__name__)


class Alarm(FileSystemEventHandler):
    """Rings when anything happens in the inbox, and when it is told to stop."""

    def __init__(self) -> None:
        self._rung = Event()
        self._stopped = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the watcher; what the event says is not believed, only that something happened."""
        if event.event_type not in ("opened", "closed_no_write"):  # our own reading raises these
            self._rung.set()

    def stop(self) -> None:
        """Ask the watcher to end after the file it is at."""
        self._stopped.set()
        self._rung.set()

    @property
    def stopped(self) -> bool:
        """Whether the watcher was asked to end."""
        return self._stopped.is_set()

    def sleep(self, seconds: float) -> None:
        """Until the alarm rings, at most ``seconds``."""
        self._rung.wait(seconds)
        self._rung.clear()

    @contextmanager
    def set_on(self, folder: Path) -> Iterator[None]:
        """Listen to the folder's events while in the block; without them (a share, no inotify) the scan must do."""
        observer = Observer()
        try:
            observer.schedule(self, str(folder), recursive=False)
            observer.start()
        except OSError as error:
            log.warning("no file system events, scanning only", extra={"reason": str(error)})
            yield
            return
        try:
            yield
        finally:
            observer.stop()
            observer.join()


def watch(
    inbox: Path,
    settler: Settler,
    alarm: Alarm,
    *,
    interval: float,
    work: Callable[[tuple[Arrival, ...]], None],
    beat: Callable[[tuple[Arrival, ...]], None],
    events: bool = True,
) -> None:
    """Scan, work on what has settled, sleep; until the alarm is stopped.

    ``work`` gets the settled files and must not raise for a bad one; ``beat`` is told after each scan what waits.
    An unreadable inbox (a share that is gone) is logged and waited for, never taken for an empty one.
    """
    if not events:
        _rounds(inbox, settler, alarm, interval, work, beat)
        return
    with alarm.set_on(inbox):
        _rounds(inbox, settler, alarm, interval, work, beat)


def _rounds(
    inbox: Path,
    settler: Settler,
    alarm: Alarm,
    interval: float,
    work: Callable[[tuple[Arrival, ...]], None],
    beat: Callable[[tuple[Arrival, ...]], None],
) -> None:
    lost = False
    while not alarm.stopped:
        try:
            listed = arrivals(inbox)
        except ConfigurationError as error:
            if not lost:
                log.error("the inbox is out of reach, waiting for it", extra={"reason": str(error)})
            lost = True
            alarm.sleep(interval)
            continue
        if lost:
            log.info("the inbox is back")
            lost = False
        settled = settler.settled(listed)
        beat(listed)
        if settled:
            work(settled)
        waiting = len(listed) > len(settled)
        alarm.sleep(min(interval, max(settler.delay, 0.05)) if waiting else interval)
