"""The checklist and the yearly report as a person asks for them, on papers that were really read from workbooks."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

import pipeline.office
from pipeline.rounds import run_once
from tests.cli.terminal import Said, gongwen
from tests.offices import CalmWorkers, drop, make_office

Type = Callable[..., Said]
WORKBOOKS = ("二季度联席会议纪要.xlsx", "兼职委员登记表（六人）.xlsx", "2020年共驻共建协议.xlsx")


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office")
    with make_office(root) as office:
        for workbook in WORKBOOKS:
            drop(office, workbook)
        list(run_once(office, lambda *_counts: None))
    return root


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Type:
    monkeypatch.setattr(pipeline.office.Office, "workers", CalmWorkers())
    return lambda *words: gongwen(capsys, monkeypatch, *words)


def test_the_checklist_says_what_is_missing_by_which_rule(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "checklist", "--org", "桃园社区", "--year", "2020")
    assert said.code == 1
    assert "2020年第一季度党建联席会议" in said.out
    assert "《区域化党建工作机制意见》三（二）" in said.out


def test_the_checklist_for_a_program(typed: Type, filed: Path) -> None:
    told = json.loads(typed("-w", filed, "--json", "checklist", "--org", "TYS", "--year", "2020").out)
    assert told["complete"] is False
    there = [entry for entry in told["entries"] if entry["state"] == "there"]
    assert {entry["paper"] for entry in there} >= {"会议纪要", "登记表", "共驻共建协议书"}
    for entry in there:
        assert (filed / "archive" / entry["file"]).is_file()
    assert all(entry["source"]["document"] and entry["source"]["text"] for entry in told["entries"])


def test_the_checklist_as_workbook_leads_to_each_paper(typed: Type, filed: Path, tmp_path: Path) -> None:
    typed("-w", filed, "checklist", "--org", "桃园社区", "--year", "2020", "-o", tmp_path / "清单.xlsx")
    book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
    assert book.sheetnames == ["需要补正", "逐项"]
    links = [cell.hyperlink.target for row in book["逐项"].iter_rows() for cell in row if cell.hyperlink]
    assert links and all((tmp_path / link).resolve().is_file() for link in links)


def test_the_checklist_on_paper_says_the_same(typed: Type, filed: Path, tmp_path: Path) -> None:
    told = json.loads(
        typed(
            "-w", filed, "--json", "checklist", "--org", "桃园社区", "--year", "2020", "-o", tmp_path / "清单.pdf"
        ).out
    )
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "清单.pdf").pages)
    text = "".join(text.split())
    missing = sum(entry["state"] == "missing" for entry in told["entries"])
    assert f"应有文件{len(told['entries'])}件：齐全的{len(told['entries']) - missing}件，缺{missing}件" in text
    assert "2020年迎检清单" in text and "刘珺（桃园社区）" in text


def test_an_organisation_nobody_knows_is_refused_with_those_there_are(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "checklist", "--org", "幸福里", "--year", "2020")
    assert said.code == 1 and "桃园社区" in said.err


@pytest.mark.parametrize("name", ["清单.doc", "没有这里/清单.pdf"])
def test_a_file_that_cannot_be_written_is_refused_at_once(typed: Type, filed: Path, tmp_path: Path, name: str) -> None:
    assert typed("-w", filed, "checklist", "--org", "TYS", "--year", "2020", "-o", tmp_path / name).code == 2


def test_a_year_without_anything_that_counts(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "--json", "report", "--year", "2019")
    told = json.loads(said.out)
    assert (said.code, told["papers"]) == (1, 0)
    assert set(told["totals"].values()) == {0}


def test_the_report_can_be_written_without_being_filed(typed: Type, filed: Path, tmp_path: Path) -> None:
    typed("-w", filed, "report", "--year", "2020", "-o", tmp_path / "报告.pdf", "-o", tmp_path / "报告.xlsx")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "报告.pdf").pages)
    assert "2020年党建共驻共建工作报告" in "".join(text.split())
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "报告.xlsx").read_bytes()))
    assert book.sheetnames == ["年度报告", "数据", "依据"]
    assert typed("-w", filed, "check", tmp_path / "报告.xlsx").code == 0
