"""The plate at the door of a folder on the share: whose folder it is, and which machine is writing in it.

The writer's lock (lock.py) is the operating system's and reaches as far as one machine. Two machines that point at the
same archive would each plan numbers from a register of their own and give the same number twice. So whoever writes
hangs a plate out in the folder itself, renews it while he works, and turns it round when he leaves; it stays there and
tells the next one whose register the papers are in.

What is hard: no lock of a file server can be trusted across SMB and NFS alike, clocks of machines differ, and a
machine that dies leaves its plate hanging. So a plate is made with what every file system does whole (a name that must
not exist yet, a rename that replaces), its age is read from the drive's own clock alone, only one at a time may take a
plate down, and one that was taken over is noticed by the one who lost it before he commits anything more.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline.core import durable
from pipeline.core.calendar import on_the_clock
from pipeline.core.errors import GongwenError, OfficeBusy, OutOfReach
from pipeline.core.messages import _

STALE = 300.0
"""Seconds without renewal after which a plate's machine counts as dead. In both directions: a living one renews its
plate by the drive's clock every ``RENEWAL`` seconds, so a plate far in the future is as dead as one far in the past."""

RENEWAL = 30.0
"""Seconds between two renewals."""

_TRIES = 20
_PAUSE = 0.1
"""How often, and after how many seconds, it is tried again while somebody else is changing the plate."""

_HANDLE = f"{durable.TEMPORARY}writer.tmp"
"""Whoever holds this file, which says who he is, may take a plate down. Nobody needs it for longer than a moment."""
_HANDLE_STALE = 60.0


@dataclass(frozen=True, slots=True)
class Plate:
    """What a plate says. ``owner`` is the office whose register knows the papers in the folder, ``office`` the one that
    hung it out; ``at_work`` is False when that one left in peace. ``token`` is new for each process."""

    owner: str
    office: str
    host: str
    pid: int
    purpose: str
    since: str
    token: str
    at_work: bool = True

    def told(self) -> str:
        """Who it is, for the one who must wait."""
        return _("gongwen {purpose}，{host} 上的进程 {pid}，{since} 开始").format(
            purpose=self.purpose, host=self.host, pid=self.pid, since=on_the_clock(self.since)
        )


def my_plate(office: str, purpose: str) -> Plate:
    """The plate of this process. ``office`` is the id of its office."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return Plate("", office, socket.gethostname(), os.getpid(), purpose, since, secrets.token_hex(8))


class Door:
    """The door of one folder. ``drive_time`` gives seconds by the drive's clock, of a file that it stamped."""

    def __init__(
        self, folder: Path, mine: Plate, *, drive_time: Callable[[Path], float] = lambda path: path.stat().st_mtime
    ) -> None:
        self.path = folder / durable.WRITER
        self.inside = False
        self._mine = mine
        self._drive_time = drive_time
        self._place = (0, 0)
        self._one_at_a_time = threading.RLock()  # the plate is renewed from a thread of its own

    @property
    def owner(self) -> str:
        """The office whose register knows what lies in the folder, as the plate said when we entered; "" if unknown."""
        return self._mine.owner

    def enter(self) -> None:
        """Hang our plate out. Raises ``OfficeBusy`` naming the other machine, and ``OSError`` as it comes."""
        for _again in range(_TRIES):
            before, renewed = _read_with_time(self.path)
            mine = replace(self._mine, owner=before.owner if before else "")
            fresh = self.path.with_name(f"{durable.TEMPORARY}{secrets.token_hex(8)}.tmp")
            durable.write_new(fresh, _bytes(mine))
            try:
                now = self._drive_time(fresh)
                if before is not None and not self._is_free(before, now - renewed):
                    raise _busy(before, self.path)
                if self._exchange(before, fresh, now) and read(self.path) == mine:
                    self._mine, self._place, self.inside = mine, self._where(), True
                    return
            finally:
                fresh.unlink(missing_ok=True)
            time.sleep(_PAUSE)
        raise _busy(read(self.path), self.path)

    def confirm(self) -> None:
        """Make sure that we are still the ones who write here. A plate that somebody cleared away is hung out again.
        So is ours over that of another process of our office: our machine's own lock settles which of us writes.

        Raises ``OfficeBusy`` when another machine took the folder over while we were not looking, ``OutOfReach`` when
        the folder is gone or another one has taken its place.
        """
        with self._one_at_a_time:
            hanging = read(self.path)
            if hanging is None:
                if self._where() != self._place:
                    raise _lost(self.path.parent)
                durable.replace(self.path, _bytes(self._mine))
            elif hanging.token == self._mine.token:
                return
            elif self._is_ours(hanging):
                durable.replace(self.path, _bytes(self._mine))
            else:
                self.inside = False
                raise _busy(hanging, self.path)

    def renew(self) -> None:
        """Say that we are still here. Raises what ``confirm`` does."""
        with self._one_at_a_time:
            self.confirm()
            durable.replace(self.path, _bytes(self._mine))

    def adopt(self) -> None:
        """Note that our register knows everything that lies in the folder."""
        with self._one_at_a_time:
            self._mine = replace(self._mine, owner=self._mine.office)
            self.renew()

    def leave(self) -> None:
        """Turn the plate round: nobody is at work here. A drive that is gone by now, or not ours, is told nothing."""
        with self._one_at_a_time, contextlib.suppress(OSError, GongwenError):
            if self.inside:
                self.confirm()
                durable.replace(self.path, _bytes(replace(self._mine, at_work=False)))
        self.inside = False

    def _where(self) -> tuple[int, int]:
        """Which folder this is to the system: device and inode; nothing when it is gone."""
        try:
            status = self.path.parent.stat()
        except OSError:
            return (-1, -1)
        return (status.st_dev, status.st_ino)

    def _is_free(self, plate: Plate, age: float) -> bool:
        """Nobody is at work; or it was us (our office's own lock is ours, so that process is dead); or it is stale."""
        return not plate.at_work or self._is_ours(plate) or abs(age) > STALE

    def _is_ours(self, plate: Plate) -> bool:
        return plate.office == self._mine.office and plate.host == self._mine.host

    def _exchange(self, before: Plate | None, fresh: Path, now: float) -> bool:
        """Put ``fresh`` where ``before`` hangs; False when somebody else was quicker, or is at it."""
        if not os.path.lexists(self.path):
            with contextlib.suppress(FileExistsError):
                durable.write_new(self.path, fresh.read_bytes())
                return True
            return False
        handle = self.path.with_name(_HANDLE)
        try:
            durable.write_new(handle, _bytes(self._mine))
        except FileExistsError:
            self._drop_handle_of_the_dead(handle, now)
            return False
        try:
            if read(self.path) != before:  # its owner came back, or another one came
                return False
            fresh.replace(self.path)
            durable.fsync_folder(self.path.parent)
            return True
        finally:
            handle.unlink(missing_ok=True)

    def _drop_handle_of_the_dead(self, handle: Path, now: float) -> None:
        """Remove the handle of somebody who died while he held it: an earlier process of ours, or one long ago."""
        with contextlib.suppress(FileNotFoundError):
            holder = read(handle)
            if (holder and self._is_ours(holder)) or abs(now - self._drive_time(handle)) > _HANDLE_STALE:
                handle.unlink()


def read(path: Path) -> Plate | None:
    """The plate in this file; None when there is none, or one that nobody can read (it is then taken over)."""
    return _read_with_time(path)[0]


def _read_with_time(path: Path) -> tuple[Plate | None, float]:
    """The plate and when it was written, by the drive's clock; both of the same file, whatever happens to the name."""
    try:
        with path.open("rb") as stream:
            written = os.fstat(stream.fileno()).st_mtime
            return Plate(**json.loads(stream.read())), written
    except (FileNotFoundError, ValueError, TypeError):
        return None, 0.0


def _bytes(plate: Plate) -> bytes:
    return json.dumps(asdict(plate), ensure_ascii=False).encode()


def _lost(folder: Path) -> OutOfReach:
    return OutOfReach(
        _("共享盘断开了，或换了一个文件夹"), where=str(folder), remedy=_("接上以后会自动接着做；文件都还在")
    )


def _busy(plate: Plate | None, path: Path) -> OfficeBusy:
    return OfficeBusy(
        _("另一台机器正在使用这个文件夹：{holder}").format(holder=plate.told() if plate else _("不知道是谁")),
        where=str(path.parent),
        remedy=_(
            "两台机器不能同时为一个档案库编号；等它做完，或先停掉它。它如果已经关机，{minutes:.0f} 分钟后再运行就会接手"
        ).format(minutes=STALE / 60),
    )
