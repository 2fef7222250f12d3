"""What lies in the inbox and is meant for us.

A shared drive is full of things that look like workbooks: the owner file Excel keeps beside an open one, half of a
download, thumbnails of a NAS, a link somebody made. Reads the folder; changes nothing.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.core.filesystem import explained
from pipeline.core.messages import _
from pipeline.intake.owners import Opened, is_owner_file, opened
from pipeline.intake.place import gone

RETURNED = "退回"
"""Folder in the inbox for workbooks that came back."""

ORIGINALS = "原件"
"""Folder in 退回 for what the senders sent, untouched."""

RECEIPTS = "回执"
"""Folder in the inbox for receipts."""

_NOT_FOR_US = re.compile(
    r"^(~\$|~wr|~df|\.|@eadir$|thumbs\.db$|ehthumbs\.db$|desktop\.ini$)"
    r"|(\.(tmp|temp|part|partial|crdownload|download|swp|lock|lnk|url)|~|#)$"
    r"|^[0-9a-f]{8}$",  # Excel saves into a file of such a name and renames it at the end
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file in the inbox as ``stat`` sees it: size in bytes, time in nanoseconds, inode; and who has it open."""

    path: Path
    size: int
    modified: int
    inode: int
    open_by: Opened | None = field(default=None)

    @property
    def held_open(self) -> bool:
        """Whether somebody has it open."""
        return self.open_by is not None


def is_ours(name: str) -> bool:
    """Whether a file of this name can be a workbook somebody sends in.

    >>> [is_ours(name) for name in ("五月.xlsx", "~$五月.xlsx", ".~lock.五月.xlsx#", "Thumbs.db", "五月.xlsx.part")]
    [True, False, False, False, False]
    """
    return not _NOT_FOR_US.search(name)


def arrivals(inbox: Path, is_sender: Callable[[str], bool] = lambda _name: False) -> tuple[Arrival, ...]:
    """The files in the inbox that are meant for us, by name, then those in the folders whose name ``is_sender``.

    Links, pipes and other folders are passed over. Raises ``OutOfReach`` when a folder cannot be read: a share that is
    gone must not look like an empty one.
    """
    found = _listed(inbox)
    for folder in sender_folders(inbox, is_sender):
        found += _listed(folder)
    return found


def sender_folders(inbox: Path, is_sender: Callable[[str], bool]) -> tuple[Path, ...]:
    """The folders in the inbox that belong to one sender each. Raises ``OutOfReach``."""
    names = (entry for entry in _entries(inbox) if entry.name not in (RETURNED, RECEIPTS) and is_sender(entry.name))
    return tuple(sorted(entry for entry in names if entry.is_dir() and not entry.is_symlink()))


def why_waiting(arrival: Arrival) -> str:
    """Why a file that is listed has not been taken in yet, in words."""
    if arrival.open_by is None:
        return _("还没放完，或者内容还不完整")
    since = f"{arrival.open_by.since:%Y-%m-%d %H:%M}"
    return _("{who}正打开着它（{since} 起）").format(who=arrival.open_by.by or _("有人"), since=since)


def _listed(folder: Path) -> tuple[Arrival, ...]:
    found: list[Arrival] = []
    owner_files: list[Path] = []
    for entry in _entries(folder):
        if is_owner_file(entry.name):
            owner_files.append(entry)
        if not is_ours(entry.name):
            continue
        try:
            status = entry.lstat()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise gone(folder, explained(error)) from None
        if stat.S_ISREG(status.st_mode):
            found.append(Arrival(entry, status.st_size, status.st_mtime_ns, status.st_ino))
    if owner_files:
        held = opened((one.path.name for one in found), owner_files)
        found = [replace(one, open_by=held.get(one.path.name)) for one in found]
    return tuple(sorted(found, key=lambda one: one.path.name))


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise gone(folder, explained(error)) from None
