"""The archive's tree: papers are placed into it durably, once, and never over anything.

Placing happens after the register's COMMIT and is done again until it has succeeded, so each step must bear to be cut
off and repeated: a file that is there already with the right content is done, one with another content stops everything
before a single file is written.

How it is fast without promising less: a file is synced before its name appears, a folder once after its last name, and
the caller tells the register that a submission is finished only when ``place`` has returned. Until then a power cut may
take names away again; staging folder and register are still there to place them anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Protocol

from pipeline.core import durable
from pipeline.core.errors import ArchiveDamaged, ConfigurationError
from pipeline.core.messages import _
from pipeline.core.text import folded_name
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.filing import manifest
from pipeline.filing.layout import NUMBER_BOOK, SOURCES, book_of, is_inside
from pipeline.filing.scan import acts, deeds, records


class Contents(Protocol):
    """Where the bytes of a digest come from; a ``Staging`` folder fits."""

    def get(self, digest: str) -> bytes:
        """The content with this SHA-256. Raises ``ArchiveDamaged``."""


class Archive:
    """The archive under ``root``, a folder that exists: an archive that is not there is a share that is lost."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def check(self, inbox: Path) -> None:
        """Raise ``ConfigurationError`` unless ``root`` is a real folder and apart from ``inbox``, either way round."""
        self._check_root()
        root, other = self.root.resolve(), inbox.resolve()
        if root == other or root in other.parents or other in root.parents:
            raise ConfigurationError(
                _("归档文件夹和收件夹不能一个套着另一个"),
                where=f"{root}, {other}",
                remedy=_("请在 gongwen.toml 里把它们放到两个并列的文件夹"),
            )

    def occupied(self, gone: Mapping[str, str] = MappingProxyType({})) -> OccupiedPaths:
        """What lies in the archive now, for planning the places of one workbook.

        ``gone`` are paths (with their digests) at which nothing lies any more and nothing may lie again: those of
        destroyed papers.
        """
        self._check_root()
        return OccupiedPaths(self.root, gone)

    def place(self, contents: Contents, papers: Sequence[FiledPaper]) -> tuple[str, ...]:
        """Put every file of every paper in its place, then renew the manifests of the folders touched.

        Returns the paths that were not there before. Safe to repeat at any time with the same papers. Raises
        ``ArchiveDamaged`` when a place holds something else (nothing is written then) or a content is lost, and
        ``OSError`` as it comes (disk full, read-only): do it again when that is mended.
        """
        return self.place_files(contents, (file for paper in papers for file in paper.files.values()))

    def place_files(self, contents: Contents, filed: Iterable[FiledFile]) -> tuple[str, ...]:
        """``place`` for files of any sort, such as an act on numbers with what it was read from."""
        self._check_root()
        files = _by_path(filed)
        folders = sorted({str(PurePosixPath(path).parent) for path in files})
        for folder in folders:
            self._refuse_links(folder)
            durable.sweep(self.root / folder)
        missing = [path for path, file in files.items() if not self._is_placed(file)]
        for folder in folders:
            durable.make_folder(self.root / folder)
            names = [path for path in missing if str(PurePosixPath(path).parent) == folder]
            durable.write_all_once(self.root / folder, _contents(contents, names, files))
        for folder in _with_parents(folders):  # a killed run may have made it and not synced the folder above
            durable.fsync_folder(self.root / folder)
        for folder, placed in _by_manifest(files).items():
            self._renew_manifest(folder, placed)
        return tuple(missing)

    def remove_files(self, filed: Iterable[FiledFile]) -> tuple[str, ...]:
        """Take files out of the archive for ever (销毁), off their folders' manifests first; returns what was there.

        Safe to repeat. Whatever lies in the place of such a file goes: ask ``refuse_changed`` before it is decided.
        Raises ``OSError`` as it comes.
        """
        self._check_root()
        files = _by_path(filed)
        for folder in sorted({str(PurePosixPath(path).parent) for path in files}):
            self._refuse_links(folder)
        for folder, gone in _by_manifest(files).items():
            self._renew_manifest(folder, {}, frozenset(gone))
        there = [path for path in files if os.path.lexists(self.root / path)]
        for path in there:
            durable.remove(self.root / path)
        return tuple(there)

    def refuse_changed(self, filed: Iterable[FiledFile]) -> None:
        """Raise ``ArchiveDamaged`` when one of these files is missing or holds something else than was filed."""
        self._check_root()
        for path, file in _by_path(filed).items():
            if not self._is_placed(file):
                raise ArchiveDamaged(
                    _("档案里找不到这个文件"), where=path, remedy=_("请先运行 gongwen verify，查清以后再办")
                )

    def _check_root(self) -> None:
        if self.root.is_symlink():
            raise ConfigurationError(
                _("归档文件夹不能是链接"),
                where=str(self.root),
                remedy=_("请在 gongwen.toml 里写真实的文件夹"),
            )
        if not self.root.is_dir():
            raise ConfigurationError(
                _("归档文件夹不存在或打不开"),
                where=str(self.root),
                remedy=_("请检查共享盘是否连接；第一次使用请先运行 gongwen init"),
            )

    def _refuse_links(self, folder: str) -> None:
        """Nothing on the way to ``folder`` may lead out of the tree."""
        for part in (*PurePosixPath(folder).parents, PurePosixPath(folder)):
            path = self.root / part
            if part != PurePosixPath() and os.path.lexists(path) and (path.is_symlink() or not path.is_dir()):
                raise ArchiveDamaged(
                    _("归档文件夹里应是文件夹的地方是链接或文件"),
                    where=str(part),
                    remedy=_("请把它移走，再运行一次"),
                )

    def _is_placed(self, file: FiledFile) -> bool:
        """Whether the file is there already. Raises ``ArchiveDamaged`` when something else is.

        An empty file is no other paper but what a killed run left on a share without hard links; ``durable`` heals it.
        """
        path = self.root / file.path
        if not os.path.lexists(path):
            return False
        if path.is_file() and not path.is_symlink():
            size = path.stat().st_size
            if size == file.size and durable.sha256_of(path) == file.sha256:
                return True
            if size == 0:
                return False
        raise ArchiveDamaged(
            _("要归档的位置已有另一个文件，没有覆盖它"),
            where=file.path,
            remedy=_("请把那个文件移出归档文件夹，再运行一次；文号已经登记，不会重复"),
        )

    def _renew_manifest(
        self, folder: str, placed: Mapping[str, FiledFile], gone: Collection[str] = frozenset()
    ) -> None:
        """Add the files placed to the folder's manifest, and take off it what is ``gone``.

        The digests are those of the register, and those the manifest held before. Files are never digested anew
        for it: that would bless what was altered. Only where there is no usable manifest do the records speak.
        """
        path = self.root / folder / manifest.NAME
        try:
            before = path.read_bytes()
            digests = manifest.read(before)
        except (FileNotFoundError, ValueError):
            before = b""
            digests = {name: file.sha256 for name, file in self._recorded(folder)}
        digests |= {name: file.sha256 for name, file in placed.items()}
        after = manifest.write({name: digest for name, digest in digests.items() if name not in gone})
        if after != before:
            durable.replace(path, after)

    def _recorded(self, folder: str) -> Iterator[tuple[str, FiledFile]]:
        """The files that the records of one folder tell of, and the deeds, by their name in it."""
        if book_of(folder) == NUMBER_BOOK:
            told = (found.entry for found in acts(self.root, folder))
            files = [file for act in told if act is not None for file in act.files.values()]
        else:
            papers = (found.paper for found in records(self.root, folder))
            files = [file for paper in papers if paper is not None for file in paper.files.values()]
            done = (found.entry for found in deeds(self.root))
            files += [file for deed in done if deed is not None for file in deed.all_files]
        for path, file in _by_path(files).items():
            if path.startswith(f"{folder}/"):
                yield path.removeprefix(f"{folder}/"), file


class OccupiedPaths:
    """Which paths of the archive are taken, blind to case and composition. Fits ``layout.Occupied``.

    A folder is listed once and remembered: ask for one workbook, then throw it away.
    """

    def __init__(self, root: Path, gone: Mapping[str, str]) -> None:
        self._root = root
        self._gone = {folded_name(path): digest for path, digest in gone.items()}
        self._folders: dict[str, Mapping[str, str]] = {}

    def digest(self, path: str) -> str | None:
        """SHA-256 of what has this path, empty when it is no plain file, None when nothing has."""
        folder, name = str(PurePosixPath(path).parent), PurePosixPath(path).name
        if folder not in self._folders:
            self._folders[folder] = self._listed(folder)
        taken = self._folders[folder].get(folded_name(name))
        if taken is None:
            return self._gone.get(folded_name(path))
        found = self._root / folder / taken
        return durable.sha256_of(found) if found.is_file() and not found.is_symlink() else ""

    def _listed(self, folder: str) -> Mapping[str, str]:
        try:
            with os.scandir(self._root / folder) as listing:
                return {folded_name(entry.name): entry.name for entry in listing}
        except FileNotFoundError:
            return {}


def _contents(contents: Contents, paths: Iterable[str], files: Mapping[str, FiledFile]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        data = contents.get(files[path].sha256)
        assert hashlib.sha256(data).hexdigest() == files[path].sha256
        yield PurePosixPath(path).name, data


def _by_path(filed: Iterable[FiledFile]) -> dict[str, FiledFile]:
    """Every file once, by path. Raises ``ArchiveDamaged`` when two want the same place."""
    files: dict[str, FiledFile] = {}
    for file in filed:
        if not is_inside(file.path) or files.setdefault(file.path, file) != file:
            raise ArchiveDamaged(
                _("登记的文件位置不对，或两份文件登记在同一个位置"),
                where=file.path,
                remedy=_("请运行 gongwen verify 查看登记簿"),
            )
    return files


def _by_manifest(files: Mapping[str, FiledFile]) -> dict[str, dict[str, FiledFile]]:
    """The files by the folder whose manifest lists them, and by their name in it. 来稿/ has none of its own."""
    listed: dict[str, dict[str, FiledFile]] = {}
    for path, file in files.items():
        folder = PurePosixPath(path).parent
        folder = folder.parent if folder.name == SOURCES else folder
        listed.setdefault(str(folder), {})[str(PurePosixPath(path).relative_to(folder))] = file
    return listed


def _with_parents(folders: Iterable[str]) -> list[str]:
    """The folders and all above them, the root first."""
    every = {str(part) for folder in folders for part in (PurePosixPath(folder), *PurePosixPath(folder).parents)}
    return sorted(every)
