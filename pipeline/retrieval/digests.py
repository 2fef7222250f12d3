"""Read the archive's files and compare their digests with the registered ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.core.durable import sha256_of
from pipeline.core.messages import _
from pipeline.core.text import folded_name
from pipeline.core.values import FiledFile
from pipeline.retrieval.damage import Damage, Remark

_READERS = 4
"""Threads that digest files: enough to keep a disk or a share busy; SHA-256 runs outside the interpreter's lock."""


def changed(root: Path, files: Mapping[str, FiledFile], sizes: Mapping[str, int]) -> Iterator[Remark]:
    """The files whose content is not the registered one. Size first: it needs no reading."""
    same_size = [file for path, file in files.items() if sizes[path] == file.size]
    for path, file in files.items():
        if sizes[path] != file.size:
            sentence = _("文件大小是 {found} 字节，归档时是 {size} 字节").format(found=sizes[path], size=file.size)
            yield Remark(Damage.CHANGED, path, sentence)
    for file, digest in zip(same_size, _digests(root, [file.path for file in same_size]), strict=True):
        if isinstance(digest, OSError):
            yield Remark(Damage.UNREADABLE, file.path, _("读不了：{error}").format(error=digest.strerror))
        elif digest != file.sha256:
            yield Remark(Damage.CHANGED, file.path, _("文件内容与归档时不同（SHA-256 不符）"))


def moved(
    root: Path, files: Mapping[str, FiledFile], missing: Set[str], strangers: Set[str], sizes: Mapping[str, int]
) -> tuple[list[Remark], set[str]]:
    """Missing files found again under another name, and the strangers that are left.

    Only strangers of the right size are digested. A stranger that stays unread is left a stranger.
    """
    wanted = defaultdict(list)
    for path in sorted(missing):
        wanted[files[path].sha256].append(path)
    wanted_sizes = {files[path].size for path in missing}
    candidates = sorted(path for path in strangers if sizes[path] in wanted_sizes)
    found, left = [], set(strangers)
    for stranger, digest in zip(candidates, _digests(root, candidates), strict=True):
        if isinstance(digest, str) and wanted[digest]:
            path = _nearest(wanted[digest], stranger)
            wanted[digest].remove(path)
            left.discard(stranger)
            sentence = _("这个文件被移动或改名，现在在 {path}").format(path=stranger)
            found.append(Remark(Damage.MOVED, path, sentence))
    return found, left


def _nearest(paths: Sequence[str], stranger: str) -> str:
    """The path that is most like the stranger's: alike but for case or composition, else the first."""
    return next((path for path in paths if folded_name(path) == folded_name(stranger)), paths[0])


def _digests(root: Path, paths: Sequence[str]) -> Iterator[str | OSError]:
    """The digest of each file, or why there is none."""

    def digest(path: str) -> str | OSError:
        try:
            return sha256_of(root / path)
        except OSError as error:
            return error

    with ThreadPoolExecutor(_READERS) as readers:
        yield from readers.map(digest, paths)
