"""四性检测报告 as it is printed: what was examined, each item, what is damaged, and places to sign."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from pipeline.core.four_properties import Stage
from pipeline.four_properties import Outcome, integrity_report
from pipeline.retrieval import Damage
from pipeline.rounds import run_once
from tests.offices import FORMS, NOTICE, drop, make_office


def words(pdf: bytes, folder: Path) -> str:
    (folder / "report.pdf").write_bytes(pdf)
    return "".join("".join(page.extract_text().split()) for page in PdfReader(folder / "report.pdf").pages)


def test_the_report_of_chosen_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with make_office(tmp_path) as office:
        for name in (NOTICE, FORMS):
            drop(office, name)
        list(run_once(office, lambda *_counts: None))
        papers = [paper for paper in office.register.papers() if paper.number]
        other = next(paper for paper in office.register.papers() if not paper.number)
        pdf = office.settings.archive / papers[0].files["pdf"].path
        pdf.write_bytes(pdf.read_bytes() + b" ")
        (office.settings.archive / other.files["pdf"].path).write_bytes(b"not looked at")
        made = integrity_report(office, papers, Stage.TRANSFER)
    assert [remark.what for remark in made.report.damages] == [Damage.CHANGED]
    assert any(item.outcome is Outcome.FAILED for item in made.items)
    text = words(made.pdf, tmp_path)
    assert (made.report.checked, made.report.unchecked) == (1, 0)
    for told in (
        "1件归档时检测通过，记在元数据里",
        "电子档案四性检测报告",
        "移交与接收",
        "选出的1件",
        "登记簿里共有7件",
        "1件，5个文件",
        "未通过",
    ):
        assert told in text, told
    assert "".join(papers[0].files["pdf"].path.split()) in text
    assert "检测人（签字）" in text and "单位（盖章）" in text
