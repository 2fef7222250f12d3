"""The watcher's sign of life: a small file that ``status`` reads, renewed after each scan and while papers are printed.

What is hard: a watcher that was killed leaves its sign behind, a long workbook keeps it from scanning, and the clock
may be set back. So a sign counts while its process runs, and time decides only between a process that works and one
that hangs.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.core import durable

log = logging.getLogger(__name__)

_OFTEN = 2.0
"""Seconds between two signs while a workbook is printed."""


@dataclass(slots=True)
class Heart:
    """Writes the sign at ``path``; gone after a clean stop.

    ``mode`` says how the inbox is watched, ``patience`` after how many silent seconds its process counts as hanging.
    """

    path: Path
    now: Callable[[], datetime]
    mode: str
    patience: float
    clock: Callable[[], float] = time.monotonic
    _sign: dict[str, Any] = field(default_factory=dict)
    _written: float = float("-inf")

    def beat(self, waiting: Sequence[Mapping[str, str]], lost: Mapping[str, str]) -> None:
        """After a scan: what waits and why (``name``, ``why``), and what is out of reach (``inbox``, ``archive``)."""
        self._write(last_scan=self.now().isoformat(), waiting=list(waiting), lost=dict(lost), working_on=None)

    def at_work(self, name: str, done: int, total: int) -> None:
        """While a workbook is printed: which, and how far. Written every other second at most."""
        if self.clock() - self._written >= _OFTEN or done in (0, total):
            self._write(working_on={"name": name, "done": done, "total": total})

    def stop(self) -> None:
        """Say goodbye."""
        with suppress(OSError):
            durable.remove(self.path)

    def _write(self, **news: object) -> None:
        if not self._sign:
            self._sign = {
                "pid": os.getpid(),
                "host": socket.gethostname(),
                "since": self.now().isoformat(),
                "mode": self.mode,
                "patience": self.patience,
                "waiting": [],
                "lost": {},
            }
        self._sign.update(news, alive_at=self.now().isoformat())
        self._written = self.clock()
        try:
            durable.replace(self.path, json.dumps(self._sign, ensure_ascii=False).encode(errors="backslashreplace"))
        except OSError as error:  # a full disk: the work itself will tell of it
            log.warning("no sign of life could be written", extra={"reason": str(error)})


def read_sign(path: Path, now: datetime) -> dict[str, Any]:
    """What the watcher last wrote, with ``alive``; empty when there is no watcher."""
    try:
        sign: dict[str, Any] = json.loads(path.read_bytes())
        silent = (now - datetime.fromisoformat(sign["alive_at"])).total_seconds()
        here = sign["host"] == socket.gethostname()
        sign["alive"] = silent <= float(sign["patience"]) and (not here or _runs(int(sign["pid"])))
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return sign


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
