"""Read the archive's tree back: what lies in it, and what its records tell, without register or index.

Links are never followed. A folder that cannot be listed, a record that cannot be read, a name that is no text are
problems with a path, never silence: an unreadable share must not look like an empty archive.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from pipeline.core.acts import NumberAct
from pipeline.core.deeds import Deed
from pipeline.core.durable import TEMPORARY, WRITER
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.filed import digested
from pipeline.core.filesystem import explained
from pipeline.core.history import Witness
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper
from pipeline.filing import act_record, deed_record, manifest, metadata, record, witness
from pipeline.filing.layout import DEED_BOOK, NUMBER_BOOK, SOURCES, SUFFIXES, book_of, entry_of_name

_Entry = TypeVar("_Entry", NumberAct, Deed)

_Read = Callable[[str], bytes]
"""Gives the content of a path relative to the archive. Raises ``OSError``."""


class Trouble(StrEnum):
    """What can be wrong with the tree itself, before any register is asked."""

    UNREADABLE = "unreadable"
    """A folder or file that cannot be listed or read."""
    ODD = "odd"
    """A link, a pipe, a device; a name that is not UTF-8."""
    RECORD = "record"
    """A record that is damaged or lies elsewhere than it says."""
    MANIFEST = "manifest"
    """A manifest that cannot be read."""
    METADATA = "metadata"
    """Metadata that do not pass their own check."""
    HISTORY = "history"
    """A witness of the register's history that cannot be read."""
    LEFTOVER = "leftover"
    """A temporary file of a killed run, which the next run sweeps."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong; ``path`` is relative to the archive ("." is the archive itself), ``sentence`` for people."""

    trouble: Trouble
    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Found:
    """A record read back, or why it could not be; one of ``paper`` and ``problem`` is None."""

    path: str
    paper: FiledPaper | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class FoundEntry(Generic[_Entry]):
    """An act or a deed read back, or why it could not be; one of ``entry`` and ``problem`` is None."""

    path: str
    entry: _Entry | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Census:
    """Everything in the tree, all paths relative to the archive: ``files`` path to size in bytes, ``digests`` the
    SHA-256 of what was read here (records, metadata), so that nobody need read it again, ``papers`` (as
    ``core.filed.digested`` leaves them), ``acts`` and ``deeds`` by the path of their record, ``described`` the metadata
    of papers by path, ``manifests`` by folder as path to SHA-256, ``days`` the witnesses of the register's history by
    path."""

    files: Mapping[str, int]
    digests: Mapping[str, str]
    papers: Mapping[str, FiledPaper]
    acts: Mapping[str, NumberAct]
    deeds: Mapping[str, Deed]
    described: Mapping[str, metadata.Described]
    manifests: Mapping[str, Mapping[str, str]]
    days: Mapping[str, Witness]
    problems: tuple[Problem, ...]


def records(root: Path, folder: str = ".") -> Iterator[Found]:
    """Read every paper's record below ``folder`` back, one by one in the order of their paths; the tree's problems too.

    A record is a .json that does not lie among the senders' originals. The books are left to ``acts`` and ``deeds``;
    the three are all that ``reindex`` needs.
    """
    for entry in _walk(root, folder):
        if isinstance(entry, Problem):
            if not book_of(entry.path):
                yield Found(entry.path, problem=entry)
        elif _is_record(entry[0]) and not book_of(entry[0]):
            yield _read_record(_plainly(root), entry[0])


def count_records(root: Path) -> int:
    """How many records of papers lie in the archive, by their names alone; none is opened."""
    return sum(_is_record(path) and not book_of(path) for path in _names(root, ""))


def _names(root: Path, folder: str) -> Iterator[str]:
    """The paths of all plain files as the folders list them, none of them asked after: every run begins with this."""
    try:
        with os.scandir(root / folder) as listing:
            entries = [entry for entry in listing if not entry.name.startswith(TEMPORARY)]
    except OSError:
        return
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _names(root, path)
        elif entry.is_file(follow_symlinks=False):
            yield path


def acts(root: Path, folder: str = NUMBER_BOOK) -> Iterator[FoundEntry[NumberAct]]:
    """Read every act below ``folder`` of the number book back, in the order of their paths; its problems too."""
    return _entries(root, folder, _read_act)


def deeds(root: Path, folder: str = DEED_BOOK) -> Iterator[FoundEntry[Deed]]:
    """Read every deed below ``folder`` of the book of deeds back, in the order of their paths; its problems too."""
    return _entries(root, folder, _read_deed)


def last_entry(root: Path, book: str) -> int:
    """The highest number that an entry of a book has, by the names of its files alone; 0 when there is none.

    Raises ``OSError`` when the book cannot be listed.
    """
    folder = root / book
    years = [entry for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []
    return max((entry_of_name(entry.name) for year in years for entry in year.iterdir()), default=0)


def census(root: Path, unread: Collection[str] = frozenset()) -> Census:
    """Everything that lies in the archive, for ``verify``. Of the paths ``unread`` only the size is taken."""
    files: dict[str, int] = {}
    digests: dict[str, str] = {}
    papers: dict[str, FiledPaper] = {}
    acted: dict[str, NumberAct] = {}
    done: dict[str, Deed] = {}
    described: dict[str, metadata.Described] = {}
    manifests: dict[str, Mapping[str, str]] = {}
    days: dict[str, Witness] = {}
    problems: list[Problem] = []

    def content(path: str) -> bytes:
        read = (root / path).read_bytes()
        digests[path] = hashlib.sha256(read).hexdigest()
        return read

    for entry in _walk(root, "."):
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        path, size = entry
        files[path] = size
        if path in unread:
            continue
        if _is_record(path) and book_of(path) == NUMBER_BOOK:
            _keep(_read_act(content, path), acted, problems)
        elif _is_record(path) and book_of(path) == DEED_BOOK:
            _keep(_read_deed(content, path), done, problems)
        elif _is_record(path):
            found = _read_record(content, path)
            if found.paper is not None:
                papers[path] = digested(found.paper)
            if found.problem is not None:
                problems.append(found.problem)
        elif _is_metadata(path):
            try:
                described[path] = metadata.read(content(path))
            except (ArchiveDamaged, OSError) as error:
                problems.append(_unread(path, error, Trouble.METADATA))
        elif witness.is_witness(path):
            try:
                days[path] = witness.read(root, path)
            except (ArchiveDamaged, OSError) as error:
                problems.append(_unread(path, error, Trouble.HISTORY))
        elif path.rpartition("/")[2] == manifest.NAME:
            try:
                manifests[str(PurePosixPath(path).parent)] = _read_manifest(root, path)
            except (OSError, ValueError) as error:
                why = explained(error) if isinstance(error, OSError) else _("里面有不是校验清单的内容")
                sentence = _("文件夹的校验清单读不出来：{error}").format(error=why)
                problems.append(Problem(Trouble.MANIFEST, path, sentence))
    return Census(files, digests, papers, acted, done, described, manifests, days, tuple(problems))


def _walk(root: Path, folder: str) -> Iterator[tuple[str, int] | Problem]:
    """Every plain file with its size, and every problem, in the order of their names."""
    try:
        with os.scandir(root / folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        sentence = _("文件夹读不了，里面的文件没有检查：{error}").format(error=explained(error))
        yield Problem(Trouble.UNREADABLE, folder, sentence)
        return
    for entry in entries:
        path = entry.name if folder == "." else f"{folder}/{entry.name}"
        shown = os.fsencode(path).decode(errors="backslashreplace")
        if path == WRITER:  # the plate of the office that writes here
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Problem(Trouble.UNREADABLE, shown, _("读不了：{error}").format(error=explained(error)))
            continue
        if shown != path:
            yield Problem(Trouble.ODD, shown, _("名称不是 UTF-8 编码，无法核对"))
        elif stat.S_ISDIR(status.st_mode):
            yield from _walk(root, path)
        elif not stat.S_ISREG(status.st_mode):
            yield Problem(Trouble.ODD, path, _("不是普通文件（链接、管道或设备），档案里不应有"))
        elif entry.name.startswith(TEMPORARY):
            yield Problem(Trouble.LEFTOVER, path, _("上次中断留下的临时文件，下次归档时会自动清除"))
        else:
            yield path, status.st_size


def _is_record(path: str) -> bool:
    return _is_beside_papers(path, SUFFIXES[record.ROLE])


def _is_metadata(path: str) -> bool:
    return _is_beside_papers(path, SUFFIXES[metadata.ROLE]) and not book_of(path)


def _is_beside_papers(path: str, suffix: str) -> bool:
    """Whether a file has this suffix and is none of the senders' originals."""
    if not path.endswith(suffix):  # most files, told without a ``PurePosixPath`` for each
        return False
    place = PurePosixPath(path)
    return place.suffix == suffix and place.parent.name != SOURCES


def _plainly(root: Path) -> _Read:
    return lambda path: (root / path).read_bytes()


def _read_record(content: _Read, path: str) -> Found:
    try:
        paper = record.read(content(path))
    except (ArchiveDamaged, OSError) as error:
        return Found(path, problem=_unread(path, error))
    problem = _elsewhere(path, paper.files[record.ROLE].path)
    return Found(path, problem=problem) if problem else Found(path, paper=paper)


def _entries(root: Path, folder: str, read: Callable[[_Read, str], FoundEntry[_Entry]]) -> Iterator[FoundEntry[_Entry]]:
    if not os.path.lexists(root / book_of(folder)):
        return
    for entry in _walk(root, folder):
        if isinstance(entry, Problem):
            yield FoundEntry(entry.path, problem=entry)
        elif _is_record(entry[0]):
            yield read(_plainly(root), entry[0])


def _read_act(content: _Read, path: str) -> FoundEntry[NumberAct]:
    return _read_entry(content, path, act_record.read, act_record.ROLE)


def _read_deed(content: _Read, path: str) -> FoundEntry[Deed]:
    return _read_entry(content, path, deed_record.read, deed_record.ROLE)


def _read_entry(content: _Read, path: str, read: Callable[[bytes], _Entry], own: str) -> FoundEntry[_Entry]:
    try:
        entry = read(content(path))
    except (ArchiveDamaged, OSError) as error:
        return FoundEntry(path, problem=_unread(path, error))
    problem = _elsewhere(path, entry.files[own].path)
    return FoundEntry(path, problem=problem) if problem else FoundEntry(path, entry)


def _keep(found: FoundEntry[_Entry], entries: dict[str, _Entry], problems: list[Problem]) -> None:
    if found.entry is not None:
        entries[found.path] = found.entry
    if found.problem is not None:
        problems.append(found.problem)


def _unread(path: str, error: ArchiveDamaged | OSError, trouble: Trouble = Trouble.RECORD) -> Problem:
    if isinstance(error, OSError):
        return Problem(Trouble.UNREADABLE, path, _("读不了：{error}").format(error=explained(error)))
    what = _("{what}（{where}）").format(what=error.what, where=error.where) if error.where else error.what
    return Problem(trouble, path, what)


def _elsewhere(path: str, where: str) -> Problem | None:
    """The problem of a record that lies at ``path`` and says that it lies at ``where``."""
    if where == path:
        return None
    sentence = _("归档记录不在原位，它原来的位置是 {path}").format(path=where)
    return Problem(Trouble.RECORD, path, sentence)


def _read_manifest(root: Path, path: str) -> Mapping[str, str]:
    folder = PurePosixPath(path).parent
    return {str(folder / name): digest for name, digest in manifest.read((root / path).read_bytes()).items()}
