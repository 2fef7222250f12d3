"""What a backup is written into: a folder beside earlier ones, a ZIP, a TAR.

All three are made under a temporary name and get their own only when they are whole and were read back, so that a kill
or a full disk leaves nothing that claims to be a backup. Everything here raises ``OSError`` as it comes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from pipeline.core import durable

ENDINGS = (".zip", ".tar")
_CHUNK = 1 << 20
_PRIVATE = 0o700


class Vessel(Protocol):
    """Takes files by path and hands them out again for the proof."""

    @property
    def at(self) -> Path:
        """Where it will be when it is whole."""

    def put(self, path: str, source: BinaryIO, size: int) -> str:
        """Write what ``source`` gives (``size`` bytes); returns its SHA-256."""

    @contextmanager
    def written(self) -> Iterator[Callable[[str], BinaryIO]]:
        """Everything is on the disk now; inside the block the files can be opened by path, as they lie there."""


@contextmanager
def new_folder(parent: Path, name: str) -> Iterator[Vessel]:
    """A new folder ``name`` in ``parent``; there after the block, gone when anything is raised in it."""
    durable.make_folder(parent)
    _sweep(parent)
    part = durable.temporary_in(parent)
    part.mkdir(mode=_PRIVATE)
    try:
        with durable.said_of(parent / name, part):
            yield _Folder(part, parent / name)
            part.rename(parent / name)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    durable.fsync_folder(parent)


@contextmanager
def new_file(target: Path) -> Iterator[Vessel]:
    """A new ZIP or TAR, by the ending of ``target``; there after the block, gone when anything is raised in it.

    Raises ``FileExistsError`` when the name is taken. The folder it lies in is there already.
    """
    durable.sweep(target.parent)
    part = durable.temporary_in(target.parent)
    kind = _Zip if target.suffix.lower() == ".zip" else _Tar
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with durable.said_of(target, part), kind(part, target) as vessel:
            yield vessel
        durable.rename_without_replacing(part, target)
    finally:
        part.unlink(missing_ok=True)
    durable.fsync_folder(target.parent)


class _Folder:
    """A folder of plain files, each synced."""

    def __init__(self, part: Path, at: Path) -> None:
        self._part = part
        self.at = at

    def put(self, path: str, source: BinaryIO, size: int) -> str:
        target = self._part / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            digest = _poured(source, stream)
            stream.flush()
            os.fsync(stream.fileno())
        return digest

    @contextmanager
    def written(self) -> Iterator[Callable[[str], BinaryIO]]:
        for folder, _folders, _files in os.walk(self._part, topdown=False):
            durable.fsync_folder(Path(folder))
        yield self._open

    def _open(self, path: str) -> BinaryIO:
        """``../<other>/<path>`` lies beside the folder's own place, which is also where the part lies."""
        return opened_afresh(self._part / path)


class _Packed:
    """What ZIP and TAR have in common: one file that grows, then is synced, then read."""

    def __init__(self, part: Path, at: Path) -> None:
        self._part = part
        self.at = at

    def _synced(self) -> None:
        with self._part.open("rb") as stream:
            os.fsync(stream.fileno())
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


class _Zip(_Packed):
    def __enter__(self) -> _Zip:
        self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False)
        return self

    def __exit__(self, *_error: object) -> None:
        stream, self._zip.fp = self._zip.fp, None  # or closing it would write its end into a file that is given up
        if stream is not None:
            stream.close()

    def put(self, path: str, source: BinaryIO, size: int) -> str:
        with self._zip.open(path, "w", force_zip64=True) as stream:
            return _poured(source, cast("BinaryIO", stream))

    @contextmanager
    def written(self) -> Iterator[Callable[[str], BinaryIO]]:
        self._zip.close()
        self._synced()
        with zipfile.ZipFile(self._part) as made:
            yield lambda path: cast("BinaryIO", made.open(path))


class _Tar(_Packed):
    def __enter__(self) -> _Tar:
        self._tar = tarfile.open(self._part, "w", format=tarfile.PAX_FORMAT)
        return self

    def __exit__(self, *_error: object) -> None:
        if self._tar.fileobj is not None:
            self._tar.fileobj.close()

    def put(self, path: str, source: BinaryIO, size: int) -> str:
        about = tarfile.TarInfo(path)
        about.size = size
        about.mode = 0o600
        about.mtime = int(os.fstat(source.fileno()).st_mtime) if _is_file(source) else 0
        digesting = _Digesting(source)
        self._tar.addfile(about, cast("BinaryIO", digesting))
        return digesting.digest.hexdigest()

    @contextmanager
    def written(self) -> Iterator[Callable[[str], BinaryIO]]:
        self._tar.close()
        self._synced()
        with tarfile.open(self._part, "r:") as made:
            members = {member.name: member for member in made.getmembers()}
            yield lambda path: cast("BinaryIO", made.extractfile(members[path]))


class _Digesting:
    """A stream that digests what is read from it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk


def opened_afresh(path: Path) -> BinaryIO:
    """The file as the disk has it, as far as the system lets go of its own copy of it."""
    stream = path.open("rb")
    os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return stream


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 of the rest of a stream, hexadecimal."""
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _poured(source: BinaryIO, target: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def _is_file(stream: BinaryIO) -> bool:
    try:
        return stream.fileno() >= 0
    except OSError:
        return False


def _sweep(parent: Path) -> None:
    """What killed backups left in ``parent``."""
    durable.sweep(parent)
    for entry in parent.glob(f"{durable.TEMPORARY}*.tmp"):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
