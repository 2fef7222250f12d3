"""Is this still the folder it was?

A share that is not connected leaves an empty folder behind, the mount point, which looks like an inbox that somebody
emptied. Device and inode tell the two apart while nothing moves; after a remount they may be others for the same share,
and then only something that lies in the folder can tell (the plate, pipeline/plate.py).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.core import durable
from pipeline.core.errors import ConfigurationError, OutOfReach
from pipeline.core.filesystem import explained
from pipeline.core.messages import _


@dataclass(frozen=True, slots=True)
class Place:
    """A folder as the system knows it: its path, device and inode."""

    path: str
    device: int
    inode: int


def place_of(folder: Path) -> Place:
    """Where the folder lies. Raises ``OutOfReach`` when it is gone, ``ConfigurationError`` when it is a link."""
    if folder.is_symlink():
        raise ConfigurationError(
            _("收件夹不能是链接"), where=str(folder), remedy=_("请在 gongwen.toml 里写真实的文件夹")
        )
    try:
        status = folder.stat()
    except OSError as error:
        raise gone(folder, explained(error)) from None
    if not folder.is_dir():
        raise gone(folder, _("不是文件夹"))
    return Place(str(folder), status.st_dev, status.st_ino)


def gone(folder: Path, why: str) -> OutOfReach:
    """The error for a folder that cannot be read."""
    return OutOfReach(
        _("收件夹读不到：{why}").format(why=why),
        where=str(folder),
        remedy=_("检查共享盘是否连上、文件夹是否还在；接上以后会自动接着做，里面的文件不会因此丢失"),
    )


def another(folder: Path, memory: Path) -> OutOfReach:
    """The error for a folder that is there and is another one; ``memory`` is the file that remembers the first."""
    return OutOfReach(
        _("收件夹不是原来的那个：共享盘可能没有连上，只剩下空的挂载点"),
        where=str(folder),
        remedy=_("接上共享盘后会自动接着做。如果确实换了一个新的收件夹，删去 {memory} 再运行").format(memory=memory),
    )


def remembered(memory: Path) -> Place | None:
    """The place that was noted, or None when none was or nobody can read it."""
    try:
        return Place(**json.loads(memory.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def remember(memory: Path, place: Place) -> None:
    """Note the place durably."""
    durable.replace(memory, json.dumps(asdict(place), ensure_ascii=False).encode())
