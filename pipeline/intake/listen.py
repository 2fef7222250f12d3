"""Listen to the file system's events of the inbox, as long as there are any.

What is hard: the thread behind it may die without a word (a folder that was replaced, an overflow), inotify watches
run out, and a share that is mounted again is another folder to the kernel. So the listener is tended at each scan:
whatever happened to it, it is started anew, and until then the scan does without.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

log = logging.getLogger(__name__)

_NO_NEWS = frozenset({"opened", "closed_no_write", "modified"})
"""Our own reading, and a file that grows: its end comes as an event of its own."""

_FAREWELL = 2.0


class Listener(FileSystemEventHandler):
    """Calls ``ring`` when anything happens in the folders it is tended with. ``make`` makes watchdog's observer."""

    def __init__(self, ring: Callable[[], None], make: Callable[[], BaseObserver] = Observer) -> None:
        self._ring = ring
        self._make = make
        self._observer: BaseObserver | None = None
        self._heard: tuple[tuple[Path, int, int], ...] = ()
        self._deaf = ""

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the watcher; what the event says is not believed, only that something happened."""
        if event.event_type not in _NO_NEWS:
            self._ring()

    def tend(self, folders: Sequence[Path]) -> None:
        """Make sure that the folders are listened to; never raises, listening is a comfort."""
        try:
            wanted = tuple((folder, folder.stat().st_dev, folder.stat().st_ino) for folder in folders)
            if wanted == self._heard and self._is_alive():
                return
            if self._heard and wanted == self._heard:
                log.warning("the listener had died, and is started anew")
            self.stop()
            observer = self._make()
            for folder in folders:
                observer.schedule(self, str(folder), recursive=False)
            observer.start()
        except Exception as error:  # inotify limits, threads that cannot start: whatever it is, the scan goes on
            if str(error) != self._deaf:
                log.warning("no file system events, scanning only", extra={"reason": str(error)})
            self._deaf = str(error)
            return
        self._observer, self._heard, self._deaf = observer, wanted, ""

    def stop(self) -> None:
        """End the thread; one that does not end is left behind (it is a daemon)."""
        observer, self._observer, self._heard = self._observer, None, ()
        if observer is not None and observer.is_alive():
            observer.stop()
            observer.join(_FAREWELL)

    def _is_alive(self) -> bool:
        observer = self._observer
        return observer is not None and observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters)
