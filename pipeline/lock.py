"""One writer for each office, and one watcher.

Two runs that number at the same time would be kept apart by the register's own constraints; the lock keeps them from
doing each other's work, and lets the second one say who is at it. The operating system lets go of the lock when its
holder dies, so a kill leaves nothing to clean up.
"""

from __future__ import annotations

import json
import os
import socket
from datetime import datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from pipeline.core import durable
from pipeline.core.calendar import on_the_clock
from pipeline.core.errors import OfficeBusy
from pipeline.core.messages import _

LETTING_GO = 1.0
"""Seconds that the system may take to let go of the lock of somebody who was killed a moment ago, with his children."""


class OfficeLock:
    """``with OfficeLock(folder, "writer", "run"):`` or raise ``OfficeBusy`` naming who has this lock of the office."""

    def __init__(self, folder: Path, name: str, purpose: str, *, patience: float = LETTING_GO) -> None:
        """``patience`` is how long to wait for whoever has it, in seconds."""
        self._lock = FileLock(folder / f"{name}.lock")
        self._holder = folder / f"{name}.json"
        self._purpose = purpose
        self._patience = patience

    def __enter__(self) -> OfficeLock:
        try:
            self._lock.acquire(timeout=self._patience)
        except Timeout:
            raise OfficeBusy(
                _("另一个程序正在处理这个办公室的文件：{holder}").format(holder=self._told()),
                where=str(self._lock.lock_file),
                remedy=_("等它做完，或先停掉它（gongwen status 可以看到它）"),
            ) from None
        me = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "purpose": self._purpose,
            "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        durable.replace(self._holder, json.dumps(me).encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._holder.unlink(missing_ok=True)
        self._lock.release()

    def _told(self) -> str:
        """Who holds the lock, as far as it can be known."""
        try:
            holder = json.loads(self._holder.read_text())
            holder["since"] = on_the_clock(holder["since"])
            return _("gongwen {purpose}，{host} 上的进程 {pid}，{since} 开始").format(**holder)
        except (OSError, ValueError, KeyError):
            return _("不知道是谁")
