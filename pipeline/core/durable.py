"""The small ceremony of writing a file that must survive a power cut, and must not replace another.

Temporary name in the same folder, write, fsync, link to the final name (which fails when that name exists), fsync of
the folder. What fsync cannot promise: a disk that lies about its cache. Everything here raises ``OSError`` as it comes,
with the place where the system names none: that a disk is full helps nobody who has three.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

TEMPORARY = ".gongwen-"
"""Prefix of every temporary name, so that left-overs of a killed run can be recognised and swept."""

WRITER = f"{TEMPORARY}writer.json"
"""The plate that tells other machines who writes in a folder (pipeline/plate.py). It is no left-over, and no paper."""

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
    """Make a folder and its parents, each of them durable in its own parent.

    Raises ``NotADirectoryError`` when a file stands where a folder should be.
    """
    missing = []
    while not folder.is_dir():
        if os.path.lexists(folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another process was quicker
            new.mkdir()
        fsync_folder(new.parent)


def write_new(path: Path, data: bytes) -> None:
    """Write ``path`` durably. Raises ``FileExistsError``, and leaves the existing file alone, when it exists."""
    make_folder(path.parent)
    _write_without_replacing(path, data)
    fsync_folder(path.parent)


def write_once(path: Path, data: bytes) -> bool:
    """``write_new``, but a file that already holds exactly ``data`` is fine: returns False then, True when written.

    Raises ``FileExistsError`` when the path holds other content.
    """
    return bool(write_all_once(path.parent, [(path.name, data)]))


def write_all_once(folder: Path, contents: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """``write_once`` for many files of one folder; returns the names it wrote, without those that were there.

    Each file is synced before its name appears, the folder once after the last name. So when this returns everything
    is durable, and when it is cut off every name that did appear holds its whole content; only which names survive a
    power cut is open until then. A caller that does it all again after a failure needs no more than that.
    ``contents`` is drawn one by one, so that only one file is held in memory. Raises ``FileExistsError`` at the first
    name that holds other content; those before it stay.
    """
    make_folder(folder)
    written = []
    for name, data in contents:
        path = folder / name
        if _is_abandoned_reservation(path) and data:
            path.unlink()
        try:
            _write_without_replacing(path, data)
        except FileExistsError:
            if not _holds(path, data):
                raise
        else:
            written.append(name)
    fsync_folder(folder)
    return tuple(written)


def replace(path: Path, data: bytes) -> None:
    """Write ``path`` durably, replacing it in one step. For derived files (manifests, heartbeats), never for papers.

    Raises ``FileExistsError`` when a folder or a device has that name: root may rename a file over ``/dev/null``.
    """
    if os.path.lexists(path) and not path.is_file():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
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
    if not folder.is_dir():
        return ()
    with os.scandir(folder) as listing:  # a folder may hold ten thousand names, and none of them need be looked at
        ours = [one for one in listing if one.name.startswith(TEMPORARY) and one.name != WRITER]
    swept = [folder / one.name for one in ours if one.is_file(follow_symlinks=False)]
    for path in swept:
        path.unlink(missing_ok=True)
    return tuple(swept)


def temporary_in(folder: Path) -> Path:
    """A temporary name in ``folder`` that nothing has."""
    return folder / f"{TEMPORARY}{secrets.token_hex(8)}.tmp"


@contextlib.contextmanager
def said_of(place: Path, hidden: Path) -> Iterator[None]:
    """Have an error name ``place`` where it names nothing, or something in ``hidden`` that nobody would find."""
    try:
        yield
    except OSError as error:
        if error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(hidden):
            error.filename = str(place)
        raise


@contextlib.contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A hidden folder beside ``path`` to fill; after the block it has that name, when anything was raised it is gone.

    What is written into it is the caller's to sync. ``path`` is missing, or an empty folder.
    """
    part = temporary_in(path.parent)
    with said_of(path, part):
        part.mkdir()
        try:
            yield part
            if path.is_dir():
                path.rmdir()  # not every share renames over an empty folder
            part.rename(path)
            try:
                fsync_folder(path.parent)
            except OSError:
                path.rename(part)
                raise
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextlib.contextmanager
def new_file(path: Path, data: bytes) -> Iterator[None]:
    """``write_new`` of which the name comes after the block: everything is on the disk by then, and gone when anything
    was raised."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    temporary = _write_temporary(path.parent, data)
    try:
        yield
        rename_without_replacing(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    fsync_folder(path.parent)


def _write_temporary(folder: Path, data: bytes) -> Path:
    """A new temporary file in ``folder`` with ``data`` in it, synced."""
    temporary = temporary_in(folder)
    try:
        with said_of(folder, temporary), temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _write_without_replacing(path: Path, data: bytes) -> None:
    """``path`` with ``data`` in it, whole or not at all; its name is not durable yet."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    temporary = _write_temporary(path.parent, data)
    try:
        rename_without_replacing(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def rename_without_replacing(temporary: Path, path: Path) -> None:
    """Give a synced file in the same folder its own name, which is not durable yet. Raises ``FileExistsError``."""
    try:
        path.hardlink_to(temporary)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # A share without hard links. The writer's lock keeps our own processes apart; O_EXCL reserves the name
        # against everybody else, and the rename then replaces nothing but that empty reservation.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise


def _is_abandoned_reservation(path: Path) -> bool:
    """Whether ``path`` is an empty file: the reservation of a run killed before its rename. It holds nothing to lose.

    Without this a kill on a share without hard links would leave a name that can never be written again.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def _holds(path: Path, data: bytes) -> bool:
    """Whether ``path`` is a regular file (no link) with exactly this content, which it then syncs."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").digest() != hashlib.sha256(data).digest():
            return False
        os.fsync(stream.fileno())
    return True
