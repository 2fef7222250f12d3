"""Open a backup: the latest of a folder, one of them, a ZIP or a TAR. What is not whole is no backup.

Nothing read from it is trusted before its digest was compared: not its list (the description has its digest), and no
file (the list has it).
"""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, cast

from pipeline.backups.description import CALLED, LIST, NAME, SEAL, Description, Kept, read_list, write_seal
from pipeline.backups.vessel import digest_of, opened_afresh
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.messages import _

_GONE = (KeyError, FileNotFoundError, NotADirectoryError)
_SPOILT = (zipfile.BadZipFile, tarfile.TarError, EOFError)


@dataclass(frozen=True, slots=True)
class Backup:
    """An opened backup: ``name`` of its folder or file, what it says of itself, its ``files`` by their path in an
    office, and how to open one by the place its list gives."""

    name: str
    description: Description
    files: dict[str, Kept]
    opened: Callable[[str], BinaryIO]

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """The file of this path in an office. Raises ``ArchiveDamaged`` when it is not there or cannot be read."""
        try:
            with self.opened(self.files[path].written(path)) as stream:
                yield stream
        except (*_GONE, *_SPOILT) as error:
            raise damaged(path) from error

    def is_sound(self, path: str) -> bool:
        """Whether the file of this path is there and what the list says."""
        try:
            with self.open(path) as stream:
                return digest_of(stream) == self.files[path].sha256
        except (ArchiveDamaged, OSError):
            return False


@contextmanager
def opened_backup(source: Path, name: str = "") -> Iterator[Backup | None]:
    """The backup at ``source``, of several the one called ``name`` or the latest; None when ``source`` is none.

    Raises ``ArchiveDamaged`` when it is one and its description or list cannot be believed.
    """
    if source.is_dir():
        yield _in_folder(source, name)
    elif zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as packed:
            yield _read(source.name, lambda path: cast("BinaryIO", packed.open(path)), source)
    elif tarfile.is_tarfile(source):
        with tarfile.open(source) as packed_tar:
            yield _read(source.name, lambda path: _member(packed_tar, path), source)
    else:
        raise AnswerIsNo(
            _("这不是一份备份，或者已经坏得打不开"), where=str(source), remedy=_("换一份备份，或指向档案库文件夹本身")
        )


def latest_in(folder: Path) -> tuple[Backup | None, tuple[str, ...]]:
    """The latest backup in a folder of backups that can be believed, and the names of later ones that cannot."""
    spoilt: list[str] = []
    for one in reversed(_inside(folder)):
        try:
            return _folder(one), tuple(spoilt)
        except ArchiveDamaged:
            spoilt.insert(0, one.name)
    return None, tuple(spoilt)


def damaged(path: str) -> ArchiveDamaged:
    """The error of a file of a backup that is not what its list says."""
    return ArchiveDamaged(_("备份里的文件丢失或被改动"), where=path)


def _in_folder(source: Path, name: str) -> Backup | None:
    if name:
        if source / name not in _inside(source):
            known = _names(_inside(source)) or _("一次也没有")
            raise AnswerIsNo(
                _("没有这一次备份：{name}").format(name=name),
                where=str(source),
                remedy=_("有：{known}").format(known=known),
            )
        return _folder(source / name)
    if (source / NAME).is_file():
        return _folder(source)
    made = _inside(source)
    try:
        return _folder(made[-1]) if made else None
    except ArchiveDamaged as error:  # an older one may be days older: nobody is given it without being asked
        if made[:-1]:
            error.remedy = _("换另一次备份（--of）：{known}").format(known=_names(made[:-1]))
        raise


def _inside(folder: Path) -> list[Path]:
    """The backups of a folder, oldest first: by their names, which are times. A folder has such a name only since it
    was whole, so one in which something is missing now is a damaged one."""
    made = (path for path in folder.iterdir() if CALLED.fullmatch(path.name) and path.is_dir())
    return sorted(made, key=lambda one: _order(one.name))


def _names(made: Iterable[Path]) -> str:
    return "、".join(one.name for one in made)


def _order(name: str) -> tuple[str, int]:
    day, time, *again = name.split("-")
    return f"{day}-{time}", int(again[0]) if again and again[0].isdecimal() else 0


def _folder(folder: Path) -> Backup:
    return _read(folder.name, lambda path: opened_afresh(folder / path), folder)


def _read(name: str, opened: Callable[[str], BinaryIO], where: Path) -> Backup:
    try:
        with opened(NAME) as stream, opened(SEAL) as seal:
            content = stream.read()
            if seal.read() != write_seal(digest_of(BytesIO(content))):
                raise damaged(NAME)
        description = Description.read(content)
        with opened(LIST) as stream:
            if digest_of(stream) != description.listed:
                raise damaged(LIST)
        with opened(LIST) as stream:
            files = read_list(stream.read())
    except ArchiveDamaged as error:
        error.where = f"{where}/{error.where}"
        raise
    except (*_GONE, *_SPOILT, ValueError) as error:
        raise ArchiveDamaged(
            _("这份备份不完整，或不是 gongwen 的备份"), where=str(where), remedy=_("换一份备份")
        ) from error
    return Backup(name, description, files, opened)


def _member(packed: tarfile.TarFile, path: str) -> BinaryIO:
    stream: IO[bytes] | None = packed.extractfile(path)
    if stream is None:
        raise KeyError(path)
    return cast("BinaryIO", stream)
