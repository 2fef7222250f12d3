"""An office that gives 档号 at the yearly arrangement: what is filed waits for them, and everybody says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from pipeline.catalogues import stale
from pipeline.core.archival import UNARRANGED
from pipeline.core.standing import AS_FILED
from pipeline.filing.metadata import read
from pipeline.office import Office
from pipeline.restoring import rebuild_register
from pipeline.retrieval import show
from tests.filed import opened
from tests.offices import tree, verified
from tests.test_numberbook import lose_register


@pytest.fixture
def office(waiting: Path, tmp_path: Path) -> Iterator[Office]:
    with opened(shutil.copytree(waiting, tmp_path / "office"), "arrangement") as made:
        yield made


def test_papers_are_filed_with_their_numbers_and_without_codes(office: Office) -> None:
    papers = list(office.register.papers())
    assert len(papers) == 7
    assert {(paper.archival_code, paper.piece) for paper in papers} == {("", 0)}
    classes = {"D001-WS·2020-D30-ZZB", *(f"D001-WS·2020-Y-{code}" for code in ("HQS", "TYS", "YCS"))}
    assert {paper.lowest_class for paper in papers} == classes
    assert [paper.number for paper in papers if paper.number] == ["铜王组发〔2020〕50号"]
    assert list(office.register.unarranged(2020)) == papers
    assert verified(office).is_sound


def test_pages_lists_and_answers_say_that_they_wait(office: Office) -> None:
    archive = office.settings.archive
    for page in archive.glob("*/*/index.html"):
        assert f'<td class="code">{UNARRANGED}</td>' in page.read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(archive / "2020" / "中共铜川市王益区委组织部" / "归档文件目录.xlsx").worksheets[0]
    assert [cell.value for cell in sheet["B"]][-1] == UNARRANGED
    (slip,) = (office.settings.inbox / "回执").glob("铜王组发50号通知*.xlsx")
    cells = [cell.value for row in openpyxl.load_workbook(slip).worksheets[0].iter_rows() for cell in row]
    assert UNARRANGED in cells
    view = show("铜王组发〔2020〕50号", office.register, archive)
    assert ("档号", UNARRANGED) in view.lines()
    assert view.as_json()["archival_code"] == "", "for programs it is empty"
    assert view.stands == AS_FILED


def test_the_metadata_say_what_is_known(office: Office) -> None:
    for paper in office.register.papers():
        said = read((office.settings.archive / paper.files["metadata"].path).read_bytes())
        assert (said.archival_code, said.piece, said.retention) == ("", 0, paper.retention)


def test_a_register_made_anew_from_the_archive_alone_says_the_same(office: Office) -> None:
    before, files = {paper.paper: paper for paper in office.register.papers()}, tree(office.settings.archive)
    lose_register(office)
    rebuild_register(office)
    assert {paper.paper: paper for paper in office.register.papers()} == before
    assert stale(office) == (), "the pages are in the same order"
    assert tree(office.settings.archive) == files
    assert verified(office).is_sound
