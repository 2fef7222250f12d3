"""What lies in the inbox and is meant for us.

A shared drive is full of things that look like workbooks: the owner file Excel keeps beside an open one, half of a
download, thumbnails of a NAS, a link somebody made. Reads the folder; changes nothing.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _

RETURNED = "退回"
"""Folder in the inbox for workbooks that came back."""

ORIGINALS = "原件"
"""Folder in 退回 for what the senders sent, untouched."""

RECEIPTS = "回执"
"""Folder in the inbox for receipts."""

_OWNER_FILE = re.compile(r"^(~\$|\.~lock\.)")
_NOT_FOR_US = re.compile(
    r"^(~|\.|@|thumbs\.db$|desktop\.ini$)|(\.(tmp|temp|part|partial|crdownload|download|swp|lock|lnk|url)|~|#)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file in the inbox as ``stat`` sees it: size in bytes, time in nanoseconds, inode."""

    path: Path
    size: int
    modified: int
    inode: int
    held_open: bool = False


def is_ours(name: str) -> bool:
    """Whether a file of this name can be a workbook somebody sends in.

    >>> [is_ours(name) for name in ("五月.xlsx", "~$五月.xlsx", ".~lock.五月.xlsx#", "Thumbs.db", "五月.xlsx.part")]
    [True, False, False, False, False]
    """
    return not _NOT_FOR_US.search(name)


def arrivals(inbox: Path) -> tuple[Arrival, ...]:
    """The files in the inbox that are meant for us, by name. Links, pipes and folders are passed over.

    Raises ``ConfigurationError`` when the folder cannot be read: a share that is gone must not look like an empty one.
    """
    found: list[Arrival] = []
    owners: set[str] = set()
    try:
        entries = list(inbox.iterdir())
    except OSError as error:
        raise ConfigurationError(
            _("收件夹读不到：{error}").format(error=error.strerror),
            where=str(inbox),
            remedy=_("检查共享盘是否连上、文件夹是否还在；里面的文件不会因此丢失"),
        ) from None
    for entry in entries:
        if _OWNER_FILE.match(entry.name):
            owners.add(_owned_name(entry.name))
        if not is_ours(entry.name):
            continue
        try:
            status = entry.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISREG(status.st_mode):
            found.append(Arrival(entry, status.st_size, status.st_mtime_ns, status.st_ino))
    return tuple(
        Arrival(one.path, one.size, one.modified, one.inode, held_open=_is_owned(one.path.name, owners))
        for one in sorted(found, key=lambda one: one.path.name)
    )


def _owned_name(owner_file: str) -> str:
    """The name an owner file speaks of. Excel cuts the first two characters of long names and puts ``~$`` there."""
    if owner_file.startswith(".~lock."):
        return owner_file.removeprefix(".~lock.").removesuffix("#")
    return owner_file[2:]


def _is_owned(name: str, owners: set[str]) -> bool:
    return name in owners or name[2:] in owners
