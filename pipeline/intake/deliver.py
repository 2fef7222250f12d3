"""Lay a workbook back into the inbox for its sender: into 退回 or 回执, beside what lies there, never over it."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.core import durable
from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.core.text import NAME_BYTES
from pipeline.intake.names import writable_name

_TRIES = 1000
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def deliver(folder: Path, name: str, data: bytes) -> Path:
    """Write ``data`` durably as ``name``, or ``name（2）`` and so on when another content has that name; returns where.

    Delivering the same bytes again (a run that is replayed after a kill) changes nothing and returns the same path.
    Raises ``FileExistsError`` when a thousand names are taken, ``ConfigurationError`` when the folder is a link, and
    ``OSError`` as it comes (read-only, full).
    """
    _refuse_links(folder)
    suffix = Path(name).suffix if _SUFFIX.match(Path(name).suffix) else ""
    stem = name.removesuffix(suffix)
    for count in range(1, _TRIES):
        ending = f"（{count}）{suffix}" if count > 1 else suffix
        path = folder / (writable_name(stem, limit=NAME_BYTES - len(ending.encode())) + ending)
        try:
            durable.write_once(path, data)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(str(folder / name))


def _refuse_links(folder: Path) -> None:
    """Whoever may write in the inbox could lead us out of it with a link by the name of 退回."""
    for part in (folder, folder.parent):
        if part.is_symlink():
            raise ConfigurationError(
                _("退回、回执的文件夹不能是链接"), where=str(part), remedy=_("把这个链接删掉，再运行一次")
            )
