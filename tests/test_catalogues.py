"""Catalogues are there after a run, say what the register says, and are no damage to verify."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from pipeline import bindery, catalogues, deedbook, rounds
from pipeline.catalogues import renew_all
from pipeline.cataloguing.page import LIST
from pipeline.core.deeds import Action
from pipeline.core.durable import TEMPORARY
from pipeline.core.errors import GongwenError
from pipeline.core.values import NumberedRecord, RenderedDocument
from pipeline.deedbook import On, Why
from pipeline.intake.watch import Alarm
from pipeline.office import Office
from pipeline.proving import proved
from pipeline.rounds import run_once
from pipeline.watching import Watcher
from tests.offices import FORMS, NOTICE, CalmWorkers, drop, make_office, tree, verified


def derived(office: Office) -> dict[str, bytes]:
    return {path: content for path, content in tree(office.settings.archive).items() if catalogues.is_derived(path)}


def run(office: Office, *names: str) -> None:
    with office.writing("run"):
        for name in names:
            drop(office, name)
        list(run_once(office, lambda *_counts: None))


def test_each_folder_has_its_page_and_its_list(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        run(office, NOTICE, FORMS)
        archive = office.settings.archive
        folders = {path.parent for path in archive.glob("2*/*/*.pdf")}
        assert folders
        for folder in folders:
            page = (folder / "index.html").read_text(encoding="utf-8")
            listed = openpyxl.load_workbook(BytesIO((folder / LIST).read_bytes()))
            papers = [paper for paper in office.register.papers() if folder.name in paper.files["pdf"].path]
            rows = [row for sheet in listed for row in sheet.iter_rows(min_row=4, values_only=True)]
            assert sorted(str(row[1]) for row in rows) == sorted(paper.archival_code for paper in papers)
            for paper in papers:
                assert paper.archival_code in page
            linked = [sheet.cell(4, 5).hyperlink.target for sheet in listed]
            assert all((folder / name).is_file() for name in linked)
        assert (archive / "index.html").is_file()
        assert verified(office).is_sound and not verified(office).notes


def test_a_second_workbook_renews_both(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        run(office, FORMS)
        before = derived(office)
        run(office)
        assert derived(office) == before
        run(office, NOTICE)
        (folder,) = {path.parent for path in office.settings.archive.glob("*/*/*50号*.pdf")}
        assert "50号" in (folder / "index.html").read_text(encoding="utf-8")
        assert (folder / LIST).is_file()


def test_a_page_that_could_not_be_written_is_written_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read-only from the page on: neither its name nor the removal of what was begun goes through."""
    rename, unlink = Path.replace, Path.unlink
    begun: set[Path] = set()

    def refuse(path: Path, target: Path) -> Path:
        if target.name == "index.html":
            begun.add(path)
            raise OSError(errno.EROFS, "read-only", str(target))
        return rename(path, target)

    def keep(path: Path, missing_ok: bool = False) -> None:
        if path in begun:
            raise OSError(errno.EROFS, "read-only", str(path))
        unlink(path, missing_ok=missing_ok)

    with make_office(tmp_path) as office:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", refuse)
            patch.setattr(Path, "unlink", keep)
            run(office, NOTICE)
        (page,) = {path.parent / "index.html" for path in office.settings.archive.glob("2*/*/*.pdf")}
        assert not page.exists()
        assert list(page.parent.glob(f"{TEMPORARY}*"))
        run(office)
        assert "50号" in page.read_text(encoding="utf-8")
        assert not list(office.settings.archive.rglob(f"{TEMPORARY}*.tmp"))
        assert (page.parent / LIST).is_file()


class CountingWorkers(CalmWorkers):
    """Keeps the ids of the looks by which lists were printed."""

    def __init__(self) -> None:
        self.printed: list[str] = []

    def print_papers(self, papers: Sequence[NumberedRecord]) -> Iterator[RenderedDocument | GongwenError]:
        self.printed += [paper.record.kind.id for paper in papers if not paper.archival_code.text]
        return super().print_papers(papers)


@contextmanager
def counted(office: Office) -> Iterator[list[str]]:
    """The lists that are printed in the block."""
    workers = CountingWorkers()
    vars(office)["workers"] = workers
    yield workers.printed


LISTS = ["catalogue", "index", "box-notes", "box-spines"]


def test_a_round_prints_the_lists_of_each_folder_once_however_many_workbooks_it_brings(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        with counted(office) as printed:
            run(office, NOTICE, FORMS)
        assert sorted(printed) == sorted(LISTS * len(office.register.folders()))
        with counted(office) as printed:
            run(office)
        assert printed == []


def test_what_changes_a_page_and_no_list_prints_nothing(tmp_path: Path) -> None:
    """The day's date of a file is not trusted either: a list that says it all already is not printed again."""
    with make_office(tmp_path) as office:
        run(office, NOTICE, FORMS)
        before = derived(office)
        with counted(office) as printed:
            for page in office.settings.archive.glob("2*/*/index.html"):
                os.utime(page, (time.time() + 60, time.time() + 60))
            run(office)
        assert printed == []
        assert derived(office) == before


def test_a_deed_prints_only_what_it_changes(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        run(office, NOTICE)
        (paper,) = office.register.papers()
        with office.writing("deed"), counted(office) as printed:
            deedbook.do(office, Action.HOLD, [On(paper)], Why("诉讼", "王秘书"))
            assert printed == []
            deedbook.do(office, Action.WITHDRAW, [On(paper)], Why("发错了", "王秘书"))
        assert sorted(printed) == ["box-notes", "catalogue", "index"]
        assert catalogues.stale(office) == ()


def test_a_kill_between_pages_and_lists_is_told_and_healed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_office(tmp_path) as office:
        run(office, FORMS)
        with monkeypatch.context() as patch:
            patch.setattr(rounds, "keep_lists", _killed)
            with pytest.raises(KeyboardInterrupt):
                run(office, NOTICE)
        folder = {path.parent for path in office.settings.archive.glob("2*/*/*50号*.pdf")}.pop()
        told = catalogues.stale(office)
        assert {f"{folder.relative_to(office.settings.archive)}/{name}" for name in (LIST, *bindery.NAMES)} == set(told)
        assert {note.path for note in proved(office).notes} >= set(told)
        run(office)
        assert catalogues.stale(office) == ()


def test_a_watcher_begins_by_healing_the_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_office(tmp_path) as office:
        with monkeypatch.context() as patch:
            patch.setattr(rounds, "keep_lists", _killed)
            with pytest.raises(KeyboardInterrupt):
                run(office, NOTICE)
        assert catalogues.stale(office)
        alarm = Alarm()
        with office.watching():
            watcher = Watcher.of(office, alarm, lambda _outcome: None)
            watcher.begin()
            watcher.end()
        assert catalogues.stale(office) == ()


def _killed(_office: Office) -> None:
    raise KeyboardInterrupt


def test_made_anew_they_are_the_same_again(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        run(office, NOTICE, FORMS)
        before = derived(office)
        for path in office.settings.archive.rglob("index.html"):
            path.write_text("spoilt")
        with office.writing("catalogue"):
            assert sum(path.name == LIST for path in renew_all(office)) == len(
                list(office.settings.archive.rglob(LIST))
            )
        assert derived(office) == before


def test_only_the_places_of_catalogues_are_free_of_suspicion() -> None:
    assert catalogues.is_derived("index.html")
    assert catalogues.is_derived("2020/甲/index.html")
    assert catalogues.is_derived(f"2020/甲/{LIST}")
    assert not catalogues.is_derived("2020/甲/来稿/index.html")
    assert not catalogues.is_derived("号簿/2020/index.html")
    assert not catalogues.is_derived("2020/甲/index.htm")


def test_a_page_that_was_spoilt_or_removed_is_named(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        run(office, NOTICE)
        assert catalogues.stale(office) == ()
        (page,) = office.settings.archive.glob("2*/*/index.html")
        page.write_text("别的")
        (office.settings.archive / "index.html").unlink()
        assert sorted(catalogues.stale(office)) == sorted(
            [page.relative_to(office.settings.archive).as_posix(), "index.html"]
        )


def test_a_newer_program_renews_the_pages_of_folders_that_get_no_more_papers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_office(tmp_path) as office:
        run(office, NOTICE)
        pages = sorted(office.settings.archive.rglob("index.html"))
        now = [page.read_bytes() for page in pages]
        for page in pages:
            page.write_bytes(b"as an older program made it")
        run(office)
        assert [page.read_bytes() for page in pages] != now, "not looked at while the program is the same"
        monkeypatch.setattr(catalogues, "_makers", lambda: b"newer")
        run(office)
        assert [page.read_bytes() for page in pages] == now
        assert verified(office).is_sound


def test_pages_that_cannot_be_renewed_now_are_renewed_when_they_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first turn of a newer program comes while a page cannot be written, or the share is away."""
    with make_office(tmp_path) as office:
        run(office, NOTICE)
        archive = office.settings.archive
        pages = sorted(archive.rglob("index.html"))
        now = [page.read_bytes() for page in pages]
        for page in pages:
            page.write_bytes(b"as an older program made it")
        monkeypatch.setattr(catalogues, "_makers", lambda: b"newer")
        with monkeypatch.context() as locked:
            locked.setattr(catalogues, "_replace", refused)
            catalogues.keep_lists(office)
        away = archive.rename(tmp_path / "away")
        catalogues.keep_lists(office)
        assert not archive.exists()
        away.rename(archive)
        catalogues.keep_lists(office)
        assert [page.read_bytes() for page in pages] == now


def refused(path: Path, _content: bytes) -> None:
    raise PermissionError(13, "Permission denied", str(path))


def test_no_paper_waits_for_a_catalogue(tmp_path: Path) -> None:
    """A folder in the place of the page, a list that somebody has locked, a page of somebody else's."""
    with make_office(tmp_path) as office:
        archive = office.settings.archive
        (archive / "index.html").mkdir()
        stranger = archive / "备份" / "旧的" / "index.html"
        stranger.parent.mkdir(parents=True)
        stranger.touch()
        run(office, FORMS)
        for listed in archive.glob(f"2*/*/{LIST}"):
            listed.unlink()
            listed.mkdir()
        run(office, NOTICE)
        assert len(list(office.register.papers())) == 7
        assert not list(office.register.unfinished())
        told = {remark.path for remark in verified(office).damages}
        assert "备份/旧的/index.html" in told
