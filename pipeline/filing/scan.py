"""Read the archive's tree back: what lies in it, and what its records tell, without register or index.

Links are never followed. A folder that cannot be listed, a record that cannot be read, a name that is no text are
problems with a path, never silence: an unreadable share must not look like an empty archive.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from pipeline.core.acts import NumberAct
from pipeline.core.durable import TEMPORARY, WRITER
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.filed import digested
from pipeline.core.history import Witness
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper
from pipeline.filing import act_record, manifest, record, witness
from pipeline.filing.layout import NUMBER_BOOK, SOURCES, SUFFIXES, act_of_name, is_in_number_book


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
class FoundAct:
    """An act on numbers read back, or why it could not be; one of ``act`` and ``problem`` is None."""

    path: str
    act: NumberAct | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Census:
    """Everything in the tree, all paths relative to the archive: ``files`` path to size in bytes, ``papers`` (as
    ``core.filed.digested`` leaves them) and ``acts`` by the path of their record, ``manifests`` by folder as path to
    SHA-256, ``days`` the witnesses of the register's history by path."""

    files: Mapping[str, int]
    papers: Mapping[str, FiledPaper]
    acts: Mapping[str, NumberAct]
    manifests: Mapping[str, Mapping[str, str]]
    days: Mapping[str, Witness]
    problems: tuple[Problem, ...]


def records(root: Path, folder: str = ".") -> Iterator[Found]:
    """Read every paper's record below ``folder`` back, one by one in the order of their paths; the tree's problems too.

    A record is a .json that does not lie among the senders' originals. The number book is left to ``acts``; the two
    are all that ``reindex`` needs.
    """
    for entry in _walk(root, folder):
        if isinstance(entry, Problem):
            if not is_in_number_book(entry.path):
                yield Found(entry.path, problem=entry)
        elif _is_record(entry[0]) and not is_in_number_book(entry[0]):
            yield _read_record(root, entry[0])


def count_records(root: Path) -> int:
    """How many records lie in the archive, by their names alone; none is opened."""
    return sum(_is_record(entry[0]) for entry in _walk(root, ".") if not isinstance(entry, Problem))


def acts(root: Path, folder: str = NUMBER_BOOK) -> Iterator[FoundAct]:
    """Read every act below ``folder`` of the number book back, in the order of their paths; its problems too."""
    if not os.path.lexists(root / NUMBER_BOOK):
        return
    for entry in _walk(root, folder):
        if isinstance(entry, Problem):
            yield FoundAct(entry.path, problem=entry)
        elif _is_record(entry[0]):
            yield _read_act(root, entry[0])


def last_act(root: Path) -> int:
    """The highest number that an act in the number book has, by the names of its files alone; 0 when there is none.

    Raises ``OSError`` when the number book cannot be listed.
    """
    book = root / NUMBER_BOOK
    years = [entry for entry in book.iterdir() if entry.is_dir()] if book.is_dir() else []
    return max((act_of_name(entry.name) for year in years for entry in year.iterdir()), default=0)


def census(root: Path) -> Census:
    """Everything that lies in the archive, for ``verify``."""
    files: dict[str, int] = {}
    papers: dict[str, FiledPaper] = {}
    done: dict[str, NumberAct] = {}
    manifests: dict[str, Mapping[str, str]] = {}
    days: dict[str, Witness] = {}
    problems: list[Problem] = []
    for entry in _walk(root, "."):
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        path, size = entry
        files[path] = size
        if _is_record(path) and is_in_number_book(path):
            told = _read_act(root, path)
            if told.act is not None:
                done[path] = told.act
            if told.problem is not None:
                problems.append(told.problem)
        elif _is_record(path):
            found = _read_record(root, path)
            if found.paper is not None:
                papers[path] = digested(found.paper)
            if found.problem is not None:
                problems.append(found.problem)
        elif witness.is_witness(path):
            try:
                days[path] = witness.read(root, path)
            except (ArchiveDamaged, OSError) as error:
                problems.append(replace(_unread(path, error), trouble=Trouble.HISTORY))
        elif PurePosixPath(path).name == manifest.NAME:
            try:
                manifests[str(PurePosixPath(path).parent)] = _read_manifest(root, path)
            except (OSError, ValueError) as error:
                sentence = _("文件夹的校验清单读不出来：{error}").format(error=error)
                problems.append(Problem(Trouble.MANIFEST, path, sentence))
    return Census(files, papers, done, manifests, days, tuple(problems))


def _walk(root: Path, folder: str) -> Iterator[tuple[str, int] | Problem]:
    """Every plain file with its size, and every problem, in the order of their names."""
    try:
        with os.scandir(root / folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        sentence = _("文件夹读不了，里面的文件没有检查：{error}").format(error=error.strerror)
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
            yield Problem(Trouble.UNREADABLE, shown, _("读不了：{error}").format(error=error.strerror))
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
    place = PurePosixPath(path)
    return place.suffix == SUFFIXES[record.ROLE] and place.parent.name != SOURCES


def _read_record(root: Path, path: str) -> Found:
    try:
        paper = record.read((root / path).read_bytes())
    except (ArchiveDamaged, OSError) as error:
        return Found(path, problem=_unread(path, error))
    problem = _elsewhere(path, paper.files[record.ROLE].path)
    return Found(path, problem=problem) if problem else Found(path, paper=paper)


def _read_act(root: Path, path: str) -> FoundAct:
    try:
        act = act_record.read((root / path).read_bytes())
    except (ArchiveDamaged, OSError) as error:
        return FoundAct(path, problem=_unread(path, error))
    problem = _elsewhere(path, act.files[act_record.ROLE].path)
    return FoundAct(path, problem=problem) if problem else FoundAct(path, act=act)


def _unread(path: str, error: ArchiveDamaged | OSError) -> Problem:
    if isinstance(error, OSError):
        return Problem(Trouble.UNREADABLE, path, _("读不了：{error}").format(error=error.strerror))
    what = _("{what}（{where}）").format(what=error.what, where=error.where) if error.where else error.what
    return Problem(Trouble.RECORD, path, what)


def _elsewhere(path: str, where: str) -> Problem | None:
    """The problem of a record that lies at ``path`` and says that it lies at ``where``."""
    if where == path:
        return None
    sentence = _("归档记录不在原位，它原来的位置是 {path}").format(path=where)
    return Problem(Trouble.RECORD, path, sentence)


def _read_manifest(root: Path, path: str) -> Mapping[str, str]:
    folder = PurePosixPath(path).parent
    return {str(folder / name): digest for name, digest in manifest.read((root / path).read_bytes()).items()}
