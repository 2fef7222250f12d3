"""Rounds through the inbox: once for ``run``, for ever for ``watch``. Each file goes its own way through ``flow``."""

from __future__ import annotations

import json
import logging
import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipeline.core import durable
from pipeline.core.errors import GongwenError
from pipeline.flow import Outcome, Progress, recover, submit
from pipeline.intake.inbox import Arrival, arrivals
from pipeline.intake.settle import Settler
from pipeline.intake.watch import Alarm, watch
from pipeline.office import Office

log = logging.getLogger(__name__)

_PATIENCE = 6
"""How many settling times a single run waits for files that are still arriving."""
_GLANCE = 0.05
_FIRST_WAIT, _LONGEST_WAIT = 10.0, 3600.0


def run_once(office: Office, progress: Progress) -> Iterator[Outcome]:
    """Everything now in the inbox, once. Files still open or still arriving at the end are "waiting"."""
    recover(office)
    if arrivals(office.settings.inbox):
        office.workers.warm_up()
    settled, waiting = _wait_until_settled(office)
    for arrival in settled:
        yield submit(arrival, office, progress)
    for arrival in waiting:
        yield Outcome(arrival.path.name, "waiting")


def keep_watching(office: Office, alarm: Alarm, told: Callable[[Outcome], None]) -> None:
    """Take in whatever arrives until the alarm is stopped. One bad file never ends it: it is tried again later.

    Raises only what stands in the way at the start (a wrong configuration, a damaged register).
    """
    recover(office)
    office.workers.warm_up()
    heart = Heart(office.settings.private / "watch.json", office.now())
    later = Later()

    def work(settled: tuple[Arrival, ...]) -> None:
        try:
            recover(office)
        except (GongwenError, OSError) as error:
            log.error("cannot go on with an earlier workbook", extra={"reason": str(error)})
            return
        for arrival in settled:
            if alarm.stopped:
                return
            if later.has_come(arrival):
                _try(arrival, office, later, told)

    settings = office.settings
    watch(
        settings.inbox,
        Settler(settings.watch.settle_seconds),
        alarm,
        interval=settings.watch.interval_seconds,
        work=work,
        beat=lambda listed: heart.beat(office.now(), tuple(arrival.path.name for arrival in listed)),
        events=settings.watch.polling == "auto",
    )
    heart.stop()


def _try(arrival: Arrival, office: Office, later: Later, told: Callable[[Outcome], None]) -> None:
    """Carry one file its way; whatever goes wrong with it is logged, and the file left for another time."""
    try:
        told(submit(arrival, office, lambda *_counts: None))
    except (GongwenError, OSError) as error:
        later.postpone(arrival)
        log.error("left in the inbox", extra={"file": arrival.path.name, "reason": str(error)})
    except Exception:
        later.postpone(arrival)
        log.exception("left in the inbox", extra={"file": arrival.path.name})


@dataclass(slots=True)
class Later:
    """When a file that failed is tried again: after 10 s, 20 s, 40 s … at most an hour. A changed file is a new one."""

    clock: Callable[[], float] = time.monotonic
    _due: dict[Arrival, tuple[float, float]] = field(default_factory=dict)

    def has_come(self, arrival: Arrival) -> bool:
        """Whether the file may be tried now."""
        return self.clock() >= self._due.get(arrival, (0.0, 0.0))[0]

    def postpone(self, arrival: Arrival) -> None:
        """Wait twice as long as the last time."""
        wait = min(_LONGEST_WAIT, 2 * self._due[arrival][1] if arrival in self._due else _FIRST_WAIT)
        self._due[arrival] = (self.clock() + wait, wait)


@dataclass(frozen=True, slots=True)
class Heart:
    """The watcher's sign of life for ``status``: a small file, renewed after each scan, gone after a clean stop."""

    path: Path
    since: datetime

    def beat(self, now: datetime, waiting: tuple[str, ...]) -> None:
        """Write down that the watcher lives and what it saw."""
        sign = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": self.since.isoformat(),
            "last_scan": now.isoformat(),
            "waiting": list(waiting),
        }
        durable.replace(self.path, json.dumps(sign, ensure_ascii=False).encode())

    def stop(self) -> None:
        """Say goodbye."""
        durable.remove(self.path)


def _wait_until_settled(office: Office) -> tuple[tuple[Arrival, ...], tuple[Arrival, ...]]:
    """The files that have arrived, and those that still have not after some patience."""
    delay = office.settings.watch.settle_seconds
    settler = Settler(delay)
    end = time.monotonic() + delay * _PATIENCE
    while True:
        listed = arrivals(office.settings.inbox)
        settled = settler.settled(listed)
        waiting = tuple(arrival for arrival in listed if arrival not in settled)
        if all(arrival.held_open for arrival in waiting) or time.monotonic() > end:
            return settled, waiting
        time.sleep(max(_GLANCE, delay / 4))
