"""A process that ends itself right before one of its durable steps, as a power cut would end it.

Every sync, link, rename and removal, and every COMMIT of SQLite, is a step. No tidying up happens (``os._exit``).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

KILLED = 99


class Countdown:
    """Lets ``steps`` steps pass and ends the process before the next."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def __call__(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kwargs: Any) -> Any:
            if self.left == 0:
                os._exit(KILLED)
            self.left -= 1
            return real(*args, **kwargs)

        return step


def cut_off(steps: int, work: Callable[[], object]) -> int:
    """Do ``work`` in a forked child that dies before step ``steps`` + 1: ``KILLED``, 0 when it ended sooner."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        countdown = Countdown(steps)
        for place, name in ((os, "fsync"), (os, "link"), (os, "replace"), (os, "rename"), (os, "unlink")):
            setattr(place, name, countdown(getattr(place, name)))
        for name in ("hardlink_to", "replace", "rename", "unlink"):
            setattr(Path, name, countdown(getattr(Path, name)))
        _count_commits(countdown)
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


def _count_commits(countdown: Countdown) -> None:
    """SQLAlchemy commits through DBAPI connections; give it ones whose commit is a step."""
    real = sqlite3.connect

    class Counted(sqlite3.Connection):
        def commit(self) -> None:
            countdown(super().commit)()

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        return real(*args, **{**kwargs, "factory": Counted})

    sqlite3.connect = sqlite3.dbapi2.connect = connect  # type: ignore[attr-defined]
