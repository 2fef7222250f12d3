"""Catalogues are there after a run, say what the register says, and are no damage to verify."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl

from pipeline import catalogues
from pipeline.catalogues import renew_all
from pipeline.cataloguing.page import LIST
from pipeline.office import Office
from pipeline.rounds import run_once
from tests.offices import FORMS, NOTICE, drop, make_office, tree, verified


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


def test_made_anew_they_are_the_same_again(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        run(office, NOTICE, FORMS)
        before = derived(office)
        for path in office.settings.archive.rglob("index.html"):
            path.write_text("spoilt")
        with office.writing("catalogue"):
            assert len(renew_all(office)) == len(list(office.settings.archive.rglob(LIST)))
        assert derived(office) == before


def test_only_the_places_of_catalogues_are_free_of_suspicion() -> None:
    assert catalogues.is_derived("index.html")
    assert catalogues.is_derived("2020/甲/index.html")
    assert catalogues.is_derived(f"2020/甲/{LIST}")
    assert not catalogues.is_derived("2020/甲/来稿/index.html")
    assert not catalogues.is_derived("2020/甲/index.htm")
