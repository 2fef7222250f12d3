"""``seal`` and ``stamp`` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.rounds import run_once
from pipeline.sealing.signing import signatures
from tests.offices import FORMS, drop, make_office
from tests.sealing.test_signing import agreement
from tests.test_signing import key


def test_any_pdf_with_a_field_is_signed(tmp_path: Path) -> None:
    signer = key(tmp_path, "甲方")
    (tmp_path / "口令.txt").write_text("secret\n", encoding="utf-8")
    (tmp_path / "协议.pdf").write_bytes(agreement())
    arguments = ["seal", str(tmp_path / "协议.pdf"), "--p12", str(signer.p12), "--passphrase-file"]
    arguments += [str(tmp_path / "口令.txt"), "--field", "seal:甲方", "-o", str(tmp_path / "签好.pdf")]
    result = CliRunner().invoke(commands, arguments, standalone_mode=False, catch_exceptions=False)
    assert "甲方 签在 seal:甲方" in result.output
    assert [each.holds for each in signatures((tmp_path / "签好.pdf").read_bytes())] == [True]
    assert (tmp_path / "协议.pdf").read_bytes() == agreement()


def test_who_used_the_seal_is_written_down_and_listed(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    drop(office, FORMS)
    with office.writing("test"):
        list(run_once(office, lambda *_told: None))
    paper = next(iter(office.register.papers()))
    office.register.close()

    def gongwen(*arguments: str) -> str:
        every = ["-w", str(tmp_path), *arguments]
        return CliRunner().invoke(commands, every, standalone_mode=False, catch_exceptions=False).output

    assert "12 份（王秘书）" in gongwen(
        "stamp", paper.paper, "--copies", "12", "--by", "王秘书", "--reason", "发各社区"
    )
    assert "用印 1 次，共 12 份" in gongwen("stamp", "list")
    (line,) = json.loads(gongwen("--json", "stamp", "list"))
    assert (line["by"], line["copies"], line["title"]) == ("王秘书", 12, paper.title)
    assert "已存" in gongwen("stamp", "list", "-o", str(tmp_path / "用印.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "用印.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[4]][3:7] == [paper.title, 12, "王秘书", "发各社区"]
    assert json.loads(gongwen("--json", "status"))["sealed"] == 0, "used is not filed: no copy with the seal lies here"
