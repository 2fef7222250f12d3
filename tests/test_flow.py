"""The way of one submission: filed, known, sent back, and what each leaves behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from pipeline.core.errors import CannotRender, ConfigurationError, GongwenError
from pipeline.core.findings import Code
from pipeline.core.values import IndexQuery
from pipeline.flow import Outcome
from pipeline.office import Office
from pipeline.restoring import rebuild_register
from pipeline.rounds import run_once
from tests.offices import FORMS, MISTAKES, NOTICE, CalmWorkers, drop, make_office, tree, verified


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path) as made:
        yield made


def run(office: Office) -> list[Outcome]:
    return list(run_once(office, lambda *_counts: None))


def test_a_notice_is_numbered_filed_and_found(office: Office) -> None:
    dropped = drop(office, NOTICE)
    [outcome] = run(office)
    [paper] = outcome.papers
    assert outcome.state == "filed"
    assert paper.number == "铜王组发〔2020〕50号"
    assert not dropped.exists()
    assert (office.settings.archive / paper.files["pdf"].path).read_bytes().startswith(b"%PDF")
    assert paper.files["pdf"].path.startswith("2020/中共铜川市王益区委组织部/铜王组发〔2020〕50号 ")
    [hit] = office.register.search(IndexQuery(words=("印发",)))
    assert hit.paper.paper == paper.paper
    assert verified(office).is_sound


def test_the_receipt_names_number_code_and_file(office: Office) -> None:
    drop(office, NOTICE)
    [outcome] = run(office)
    assert outcome.delivered is not None
    sheet = openpyxl.load_workbook(outcome.delivered).worksheets[0]
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"铜王组发〔2020〕50号", outcome.papers[0].archival_code} <= words
    [link] = [
        cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink and cell.hyperlink.target
    ]
    assert (outcome.delivered.parent / link).resolve().is_file()


def test_dropping_the_same_workbook_again_files_nothing(office: Office) -> None:
    drop(office, FORMS)
    run(office)
    before = tree(office.settings.archive)
    drop(office, FORMS, under="换了名字.xlsx")
    [again] = run(office)
    assert again.state == "known"
    assert len(again.papers) == 6
    assert tree(office.settings.archive) == before
    assert not [path for path in office.settings.inbox.iterdir() if path.is_file()]


def test_one_wrong_cell_and_nothing_is_numbered(office: Office) -> None:
    drop(office, MISTAKES)
    [outcome] = run(office)
    assert outcome.state == "returned"
    assert len(outcome.findings) >= 12
    assert tree(office.settings.archive) == {}
    assert list(office.register.papers()) == []
    assert outcome.delivered is not None
    assert outcome.delivered.parent == office.returned


def test_what_came_back_is_also_kept_untouched(office: Office) -> None:
    sent = drop(office, MISTAKES).read_bytes()
    run(office)
    assert (office.originals / MISTAKES).read_bytes() == sent


def test_a_file_that_is_no_workbook_comes_back_with_the_reason(office: Office) -> None:
    (office.settings.inbox / "照片.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    [outcome] = run(office)
    assert outcome.state == "returned"
    assert outcome.findings[0].code is Code.NOT_A_WORKBOOK
    assert (office.originals / "照片.xlsx").exists()


def test_a_paper_that_fails_the_gate_sends_the_whole_workbook_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jam(_self: CalmWorkers, papers: object) -> Iterator[GongwenError]:
        for _paper in papers:  # type: ignore[attr-defined]
            yield CannotRender("第1页的文字超出了纸边")

    monkeypatch.setattr(CalmWorkers, "print_papers", jam)
    drop(office, FORMS)
    [outcome] = run(office)
    assert outcome.state == "returned"
    assert {finding.code for finding in outcome.findings} == {Code.PRINT}
    assert list(office.register.papers()) == []
    assert tree(office.settings.archive) == {}


def test_a_wrong_template_leaves_the_workbook_in_the_inbox(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: CalmWorkers, papers: object) -> Iterator[GongwenError]:
        for _paper in papers:  # type: ignore[attr-defined]
            yield ConfigurationError("占位符写错了", where="template.docx")

    monkeypatch.setattr(CalmWorkers, "print_papers", broken)
    dropped = drop(office, FORMS)
    with pytest.raises(ConfigurationError):
        run(office)
    assert dropped.exists()
    monkeypatch.undo()
    assert [outcome.state for outcome in run(office)] == ["filed"]


def test_a_workbook_that_is_open_waits(office: Office) -> None:
    drop(office, NOTICE)
    (office.settings.inbox / f"~${NOTICE}").write_bytes(b"owner")
    assert [outcome.state for outcome in run(office)] == ["waiting"]
    assert (office.settings.inbox / NOTICE).exists()


def test_the_register_comes_back_from_the_archive_alone(office: Office) -> None:
    for name in (NOTICE, FORMS):
        drop(office, name)
    run(office)
    papers = {paper.paper: paper for paper in office.register.papers()}
    office.register.close()
    del vars(office)["register"]
    for path in office.settings.private.glob("register.db*"):
        path.unlink()
    assert rebuild_register(office).papers == len(papers)
    assert {paper.paper: paper for paper in office.register.papers()} == papers
    assert office.register.search(IndexQuery(words=("印发",)))
    assert verified(office).is_sound


def test_numbers_run_on_from_workbook_to_workbook(office: Office) -> None:
    drop(office, NOTICE)
    run(office)
    workbook = openpyxl.load_workbook(_example(NOTICE))
    sheet = workbook.active
    assert sheet is not None
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "铜王组发〔2020〕50号":
                cell.value = None
            elif isinstance(cell.value, str) and "关于印发" in cell.value:
                cell.value = "关于做好下一项工作的通知"
    workbook.save(office.settings.inbox / "下一份.xlsx")
    [outcome] = run(office)
    assert [paper.number for paper in outcome.papers] == ["铜王组发〔2020〕51号"]


def test_nothing_of_ours_stays_behind(office: Office) -> None:
    for name in (NOTICE, MISTAKES):
        drop(office, name)
    run(office)
    assert not list(office.spool.glob("*"))
    assert not list((office.settings.private / "staging").glob("*"))
    assert not [path for path in office.settings.root.rglob("*") if path.name.startswith(".gongwen-")]


def _example(name: str) -> str:
    return os.fspath(Path(__file__).parent.parent / "examples" / "inbox" / name)


def test_a_lost_register_is_rebuilt_before_numbers_go_on(office: Office) -> None:
    drop(office, NOTICE)
    run(office)
    office.register.close()
    del vars(office)["register"]
    office.register_path.unlink()
    dropped = drop(office, FORMS)
    with pytest.raises(ConfigurationError, match="登记簿不知道的文件"):
        run(office)
    assert dropped.exists()


def test_the_same_wrong_workbook_comes_back_every_time(office: Office) -> None:
    for _time in range(2):
        drop(office, MISTAKES)
        assert [outcome.state for outcome in run(office)] == ["returned"]
    assert office.register.submissions_by_state()["returned"] == 2


def test_a_register_from_an_old_backup_is_refused(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        drop(office, FORMS)
        run(office)
    backup = office.register_path.read_bytes()
    with make_office(tmp_path) as office:
        drop(office, NOTICE)
        run(office)
    for path in office.settings.private.glob("register.db*"):
        path.unlink()
    office.register_path.write_bytes(backup)
    with make_office(tmp_path) as office:
        dropped = drop(office, MISTAKES)
        with pytest.raises(ConfigurationError, match="铜王组发〔2020〕50号"):
            run(office)
        assert dropped.exists()


def test_a_file_marked_secret_is_refused_at_the_door(office: Office) -> None:
    path = drop(office, NOTICE)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"] = "机密★1年"
    book.save(path)
    [outcome] = run(office)
    assert (outcome.state, outcome.papers) == ("returned", ())
    assert [(each.code, each.cell) for each in outcome.findings] == [(Code.CLASSIFIED, "A1")]
    assert list(office.register.papers()) == []
