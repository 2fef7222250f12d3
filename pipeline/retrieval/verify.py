"""Prove the archive against its register, in both directions.

Every file the register knows must be there, with its digest; everything that is there must be known. Three witnesses
are compared: the register, the record beside each paper, the folder's manifest. Where they disagree the path is named;
nothing is mended, and what could not be read is damage, never taken for "nothing there".

Call it while nobody writes: a paper filed between the two looks would be reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Protocol

from pipeline.core.durable import sha256_of
from pipeline.core.messages import _
from pipeline.core.text import folded_name
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.retrieval.compare import MANIFEST, compare_manifests, compare_records, manifest_folder
from pipeline.retrieval.damage import Damage, Note, Remark, Report
from pipeline.retrieval.numbers import check_numbers

_READERS = 4
"""Threads that digest files: enough to keep a disk or a share busy; SHA-256 runs outside the interpreter's lock."""

_KEPT = {".gitkeep"}
"""Stands in the archive's own folder in a fresh checkout."""

_SYSTEM_NAMES = {"thumbs.db", "desktop.ini", ".ds_store", ".directory"}
_SYSTEM_FOLDERS = {"@eadir", ".@__thumb", ".trash-1000", "$recycle.bin", ".recycle", "lost+found"}
_SYSTEM_PREFIXES = ("~$", ".~lock.", "._")


class Problem(Protocol):
    """One thing wrong with the tree by itself. ``trouble`` is a code: "unreadable", "odd", "record", "manifest",
    "leftover"."""

    @property
    def trouble(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def sentence(self) -> str: ...


class Census(Protocol):
    """What lies in the archive; all paths relative to it. ``filing.census(root)`` fits.

    ``files`` path to size, ``papers`` by the path of their record, ``manifests`` by folder as path to SHA-256.
    """

    @property
    def files(self) -> Mapping[str, int]: ...
    @property
    def papers(self) -> Mapping[str, FiledPaper]: ...
    @property
    def manifests(self) -> Mapping[str, Mapping[str, str]]: ...
    @property
    def problems(self) -> Sequence[Problem]: ...


def verify(archive_root: Path, census: Census, papers: Iterable[FiledPaper], pending: Set[str] = frozenset()) -> Report:
    """Compare what the register knows (``papers``) with what lies in the archive.

    ``pending`` are the ids of papers that are entered and still on their way into the archive: a file of theirs that
    is not there yet is no damage.
    """
    known = sorted(papers, key=lambda paper: paper.paper)
    expected, doubled = _expected(known)
    unindexed = _unindexed(census, known)
    recorded = {file.path: file for paper in unindexed.values() for file in paper.files.values()}
    on_the_way = {file.path for paper in known if paper.paper in pending for file in paper.files.values()}

    whole = {**recorded, **expected}
    there = {path: file for path, file in whole.items() if path in census.files}
    missing = {path for path in whole if path not in census.files}
    manifests = {f"{manifest_folder(path)}/{MANIFEST}" for path in whole}
    strangers = census.files.keys() - whole.keys() - manifests - _KEPT
    unreadable = {problem.path for problem in census.problems if problem.trouble == "unreadable"}

    changed = list(_changed(archive_root, there, census.files))
    moved, strangers = _moved(archive_root, whole, missing - on_the_way, strangers, census.files)
    gone = {remark.path for remark in moved}
    remarks = [
        *doubled,
        *_problems(census, {remark.path for remark in changed} | strangers | gone),
        *changed,
        *moved,
        *(_missing(path, path in on_the_way) for path in missing - gone if not _lies_in(path, unreadable)),
        *(_stranger(path) for path in strangers),
        *(_not_registered(path, paper) for path, paper in unindexed.items()),
        *compare_records(census.papers, known),
        *compare_manifests(census.manifests, whole, on_the_way, census.files),
        *check_numbers(known),
    ]
    remarks.sort(key=lambda remark: (remark.path, remark.what.value))
    return Report(
        papers=len(known),
        files=len(there),
        size=sum(census.files[path] for path in there),
        damages=tuple(remark for remark in remarks if isinstance(remark.what, Damage)),
        notes=tuple(remark for remark in remarks if isinstance(remark.what, Note)),
    )


def _expected(papers: Iterable[FiledPaper]) -> tuple[dict[str, FiledFile], list[Remark]]:
    """Every file the register knows, by path; and the paths it gives to two different files."""
    files: dict[str, FiledFile] = {}
    doubled = []
    for paper in papers:
        for file in paper.files.values():
            if files.setdefault(file.path, file) != file:
                sentence = _("登记簿里有两个不同的文件登记在这个位置")
                doubled.append(Remark(Damage.PLACE_TWICE, file.path, sentence))
    return files, doubled


def _unindexed(census: Census, papers: Iterable[FiledPaper]) -> dict[str, FiledPaper]:
    """The records of papers that the register does not know, by path."""
    ids = {paper.paper for paper in papers}
    return {path: paper for path, paper in census.papers.items() if paper.paper not in ids}


def _changed(root: Path, files: Mapping[str, FiledFile], sizes: Mapping[str, int]) -> Iterator[Remark]:
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


def _moved(
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
    moved, left = [], set(strangers)
    for stranger, digest in zip(candidates, _digests(root, candidates), strict=True):
        if isinstance(digest, str) and wanted[digest]:
            path = _nearest(wanted[digest], stranger)
            wanted[digest].remove(path)
            left.discard(stranger)
            sentence = _("这个文件被移动或改名，现在在 {path}").format(path=stranger)
            moved.append(Remark(Damage.MOVED, path, sentence))
    return moved, left


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


def _problems(census: Census, told: Set[str]) -> Iterator[Remark]:
    """The tree's own problems, without those whose path is reported already with a better reason."""
    for problem in census.problems:
        if problem.trouble == "leftover":
            yield Remark(Note.LEFTOVER, problem.path, problem.sentence)
        elif problem.path not in told:
            yield Remark(Damage(problem.trouble), problem.path, problem.sentence)


def _missing(path: str, on_the_way: bool) -> Remark:
    if on_the_way:
        return Remark(Note.PENDING, path, _("已经登记，还没有放进档案，下次运行时会自动完成"))
    return Remark(Damage.MISSING, path, _("登记簿里有这个文件，档案里找不到"))


def _lies_in(path: str, folders: Set[str]) -> bool:
    """Whether a path lies in a folder that could not be read: then nobody knows whether it is missing."""
    return any(str(part) in folders for part in (PurePosixPath(path), *PurePosixPath(path).parents))


def _stranger(path: str) -> Remark:
    place = PurePosixPath(path)
    name = place.name.lower()
    if (
        name in _SYSTEM_NAMES
        or name.startswith(_SYSTEM_PREFIXES)
        or any(part.lower() in _SYSTEM_FOLDERS for part in place.parts)
    ):
        return Remark(Note.SYSTEM_FILE, path, _("系统或办公软件自动产生的文件，不属于档案，可以删除"))
    return Remark(Damage.UNKNOWN, path, _("登记簿里没有这个文件，不知道是谁放进来的"))


def _not_registered(path: str, paper: FiledPaper) -> Remark:
    sentence = _("档案里有“{title}”，登记簿里没有；可运行 gongwen reindex 重建登记簿").format(
        title=" ".join(part for part in (paper.number, paper.title) if part)
    )
    return Remark(Damage.UNINDEXED, path, sentence)
