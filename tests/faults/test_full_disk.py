"""The disk is full, or read-only, from one write of a run on; then it is mended, and the office runs again in peace.

Every sync, link, rename, removal and folder that a run makes, and every COMMIT, is a write at which it may begin; the
whole disk, or only the drive of the archive or of the inbox. In peace the same papers must come out with the same
numbers, each once, ``verify`` clean, the inbox empty, one receipt each. ``make faults`` begins at every single write.
"""

from __future__ import annotations

import errno
import itertools
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.office import Office
from pipeline.rounds import run_once
from tests.offices import FORMS, MISTAKES, NOTICE, drop, make_office, verified

WORKBOOKS = (NOTICE, FORMS, MISTAKES)
WRITES = (
    (os, "fsync"),
    (Path, "hardlink_to"),
    (Path, "replace"),
    (Path, "rename"),
    (Path, "unlink"),
    (Path, "mkdir"),
)
SQLITE = {errno.ENOSPC: "database or disk is full", errno.EROFS: "attempt to write a readonly database"}
SQLITE_CODES = {errno.ENOSPC: sqlite3.SQLITE_FULL, errno.EROFS: sqlite3.SQLITE_READONLY}


class Disk:
    """Takes ``writes`` writes below ``folder`` and then no more, until ``mended``; SQLite's lie in ``.gongwen``."""

    def __init__(self, folder: Path, writes: int, code: int, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.left = writes
        self.code = code
        self.failed = 0
        for place, name in WRITES:
            patch.setattr(place, name, self._counted(getattr(place, name)))
        self._count_commits(patch)

    def mended(self) -> None:
        self.left = 1_000_000

    def _is_full(self, path: Path) -> bool:
        if not path.is_relative_to(self.folder):
            return False
        self.left -= 1
        self.failed += self.left < 0
        return self.left < 0

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def write(what: Any, *args: Any, **kwargs: Any) -> Any:
            path = what if isinstance(what, Path) else Path(f"/proc/self/fd/{what}").readlink()
            if self._is_full(path):
                raise OSError(self.code, os.strerror(self.code), str(path))
            return real(what, *args, **kwargs)

        return write

    def _count_commits(self, patch: pytest.MonkeyPatch) -> None:
        disk, real = self, sqlite3.connect
        register = self.folder / ".gongwen"  # when only archive or inbox is full, this lies below neither
        register = register if self.folder.name not in ("archive", "inbox") else Path("/")

        class Counted(sqlite3.Connection):
            def commit(self) -> None:
                if self.in_transaction and disk._is_full(register):
                    self.rollback()
                    error = sqlite3.OperationalError(SQLITE[disk.code])
                    error.sqlite_errorcode = SQLITE_CODES[disk.code]
                    raise error
                super().commit()

        def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            return real(*args, **{**kwargs, "factory": Counted})

        patch.setattr(sqlite3, "connect", connect)
        patch.setattr(sqlite3.dbapi2, "connect", connect)


def papers_in(office: Office) -> list[tuple[str, str, str]]:
    """What was filed: title, number, 档号; after looking that everything is whole and nothing is there twice."""
    report = verified(office)
    assert report.is_sound, [remark.sentence for remark in report.damages]
    assert not [path.name for path in office.settings.inbox.iterdir() if path.is_file()]
    assert not list(office.spool.glob("*"))
    assert not list(office.settings.root.rglob(".gongwen-*.tmp"))
    assert len(list(office.receipts.glob("*.xlsx"))) == 2
    assert len(list(office.returned.glob("*.xlsx"))) == 1
    assert [path.name for path in office.originals.iterdir()] == [MISTAKES]
    return sorted((paper.title, paper.number, paper.archival_code) for paper in office.register.papers())


def run(office: Office) -> None:
    """Run as the command does; a disk that takes nothing ends it with an error for people, never with a bug."""
    try:
        list(run_once(office, lambda *_counts: None))
    except OSError as error:
        assert error.errno in SQLITE


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    with make_office(tmp_path_factory.mktemp("peace")) as office:
        for name in WORKBOOKS:
            drop(office, name)
        run(office)
        return papers_in(office)


def full_from(write: int, where: str, code: int, root: Path, undisturbed: list[tuple[str, str, str]]) -> bool:
    """Whether the run came that far: the disk was full at this write."""
    with pytest.MonkeyPatch.context() as patch, make_office(root) as office:
        for name in WORKBOOKS:
            drop(office, name)
        disk = Disk(root / where, write, code, patch)
        run(office)
        disk.mended()
        run(office)
        assert papers_in(office) == undisturbed, f"{where or 'all'} full from write {write + 1} on"
    return bool(disk.failed)


DRIVES = [("", errno.ENOSPC, 23), ("archive", errno.EROFS, 11), ("inbox", errno.EROFS, 7), ("inbox", errno.ENOSPC, 9)]


@pytest.mark.parametrize(("where", "code", "stride"), DRIVES)
def test_after_mending_the_next_run_heals(
    where: str, code: int, stride: int, tmp_path: Path, undisturbed: list[tuple[str, str, str]]
) -> None:
    for write in itertools.count(0, stride):
        if not full_from(write, where, code, tmp_path / str(write), undisturbed):
            return


@pytest.mark.faults_long
@pytest.mark.parametrize(("where", "code", "stride"), DRIVES)
def test_after_mending_the_next_run_heals_whichever_write_it_was(
    where: str, code: int, stride: int, tmp_path: Path, undisturbed: list[tuple[str, str, str]]
) -> None:
    for write in itertools.count():
        if not full_from(write, where, code, tmp_path / str(write), undisturbed):
            print(
                f"\n{where or 'workspace'} {errno.errorcode[code]}: {write} writes, each once the first to fail", end=""
            )
            return
