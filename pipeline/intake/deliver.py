"""Lay a workbook back into the inbox for its sender: into 退回 or 回执, beside what lies there, never over it."""

from __future__ import annotations

from pathlib import Path

from pipeline.core import durable
from pipeline.core.text import NAME_BYTES, safe_name

_TRIES = 1000


def deliver(folder: Path, name: str, data: bytes) -> Path:
    """Write ``data`` durably as ``name``, or ``name（2）`` and so on when another content has that name; returns where.

    Delivering the same bytes again (a run that is replayed after a kill) changes nothing and returns the same path.
    Raises ``FileExistsError`` when a thousand names are taken.
    """
    wanted = Path(name)
    for count in range(1, _TRIES):
        ending = f"（{count}）{wanted.suffix}" if count > 1 else wanted.suffix
        path = folder / (safe_name(wanted.stem, limit=NAME_BYTES - len(ending.encode())) + ending)
        try:
            durable.write_once(path, data)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(str(folder / name))
