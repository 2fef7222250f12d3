"""The small ceremony of writing a file that must survive a power cut, and must not replace another.

Temporary name in the same folder, write, fsync, link to the final name (which fails when that name exists), fsync of
the folder. What fsync cannot promise: a disk that lies about its cache. Everything here raises ``OSError`` as it comes.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from pathlib import Path

TEMPORARY = ".gongwen-"
"""Prefix of every temporary name, so that left-overs of a killed run can be recognised and swept."""

_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems cannot sync a folder; they do it on their own
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder and its parents, each of them durable in its own parent."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        with contextlib.suppress(FileExistsError):
            new.mkdir()
        fsync_folder(new.parent)


def write_new(path: Path, data: bytes) -> None:
    """Write ``path`` durably. Raises ``FileExistsError``, and leaves the existing file alone, when it exists."""
    make_folder(path.parent)
    temporary = _write_temporary(path.parent, data)
    try:
        _rename_without_replacing(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    fsync_folder(path.parent)


def write_once(path: Path, data: bytes) -> bool:
    """``write_new``, but a file that already holds exactly ``data`` is fine: returns False then, True when written.

    Raises ``FileExistsError`` when the path holds other content.
    """
    try:
        write_new(path, data)
    except FileExistsError:
        if path.is_file() and sha256_of(path) == hashlib.sha256(data).hexdigest():
            fsync_folder(path.parent)
            return False
        raise
    return True


def replace(path: Path, data: bytes) -> None:
    """Write ``path`` durably, replacing it in one step. For derived files (manifests, heartbeats), never for papers."""
    make_folder(path.parent)
    temporary = _write_temporary(path.parent, data)
    try:
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    fsync_folder(path.parent)


def remove(path: Path) -> None:
    """Remove a file durably; one that is gone already is fine."""
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        fsync_folder(path.parent)


def sweep(folder: Path) -> tuple[Path, ...]:
    """Remove the temporary files a killed run left directly in ``folder``; returns their paths."""
    swept = []
    if folder.is_dir():
        for entry in folder.iterdir():
            if entry.name.startswith(TEMPORARY) and entry.is_file() and not entry.is_symlink():
                entry.unlink(missing_ok=True)
                swept.append(entry)
    return tuple(swept)


def _write_temporary(folder: Path, data: bytes) -> Path:
    """A new temporary file in ``folder`` with ``data`` in it, synced."""
    temporary = folder / f"{TEMPORARY}{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _rename_without_replacing(temporary: Path, path: Path) -> None:
    try:
        path.hardlink_to(temporary)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # A share without hard links. The writer's lock keeps our own processes apart; O_EXCL reserves the name
        # against everybody else, and the rename then replaces nothing but that empty reservation.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        temporary.replace(path)
