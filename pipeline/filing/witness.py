"""The witness of each day: how the register's chain of events ended, written down in the archive.

    登记校验/2026/2026-11-21.txt      2026-11-21 events=412 link=9f86d0… first=2c26b4…

A register that was edited and whose links were all computed anew contradicts these files, and they lie on the share,
in the backups, and with whoever was given a copy. The file of a day is replaced while the day lasts; it is no paper.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path, PurePosixPath

from pipeline.core import durable
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.history import FOLDER, Witness, witness_path


def is_witness(path: str) -> bool:
    """Whether a path, relative to the archive, is the place of a witness."""
    try:
        return path == witness_path(date.fromisoformat(PurePosixPath(path).stem))
    except ValueError:
        return False


def bear(root: Path, witness: Witness) -> bool:
    """Write the witness of a day into the archive at ``root``; False when the newest one says the same already.

    Raises ``OSError`` as it comes.
    """
    last = newest(root)
    if last is not None and (last.first, last.events, last.link) == (witness.first, witness.events, witness.link):
        return False
    path = root / witness_path(witness.day)
    durable.sweep(path.parent)
    durable.replace(path, witness.line().encode())
    return True


def newest(root: Path) -> Witness | None:
    """The last day's witness; None when there is none, or none that can be read."""
    files = sorted((root / FOLDER).glob("*/*.txt"), key=lambda path: path.name)
    with suppress(ArchiveDamaged, OSError):
        return read(root, str(files[-1].relative_to(root))) if files else None
    return None


def read(root: Path, path: str) -> Witness:
    """The witness at ``path``, relative to the archive. Raises ``ArchiveDamaged`` and ``OSError``."""
    try:
        text = (root / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        text = ""
    return Witness.read(text, path)
