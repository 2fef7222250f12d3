"""Putting one paper together: every part staged, and the paper says where each will lie."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.core.errors import ArchiveDamaged
from pipeline.filing import Staging, assemble
from tests.filing.samples import COMMUNITY, FILED_AT, SOURCE, filing, new_archive, rendered, staged


def test_a_paper_has_five_parts_each_with_its_place_and_digest(tmp_path: Path) -> None:
    staging, (paper,) = staged(tmp_path, new_archive(tmp_path), rendered(50))
    folder = "2020/中共铜川市王益区委组织部"
    stem = "铜王组发〔2020〕50号 关于开好联席会议的通知"
    assert {role: file.path for role, file in paper.files.items()} == {
        "pdf": f"{folder}/{stem}.pdf",
        "docx": f"{folder}/{stem}.docx",
        "metadata": f"{folder}/{stem}.xml",
        "record": f"{folder}/{stem}.json",
        "source": f"{folder}/来稿/{hashlib.sha256(SOURCE).hexdigest()[:8]} 四月通知.xlsx",
    }
    for file in paper.files.values():
        content = staging.get(file.sha256)
        assert len(content) == file.size
    assert staging.get(paper.files["pdf"].sha256) == rendered(50).pdf
    assert staging.get(paper.files["docx"].sha256) == rendered(50).merged.docx
    assert staging.get(paper.files["source"].sha256) == SOURCE


def test_the_paper_knows_what_the_register_needs(tmp_path: Path) -> None:
    _, (paper,) = staged(tmp_path, new_archive(tmp_path), rendered(50))
    assert (paper.number, paper.series, paper.n) == ("铜王组发〔2020〕50号", "铜王组发", 50)
    assert (paper.archival_code, paper.piece, paper.retention) == ("D001-WS·2020-D10-ZZB-0050", 50, "D10")
    assert (paper.kind, paper.kind_name, paper.year) == ("notice", "通知", 2020)
    assert paper.people == ("张三", "李四"), "each person once, in the order of the paper"
    assert "三亮" in paper.text
    assert paper.filed_at == FILED_AT
    assert paper.status == "valid"


def test_a_paper_without_number_says_so(tmp_path: Path) -> None:
    _, (paper,) = staged(tmp_path, new_archive(tmp_path), rendered(5, "登记表 张三", numbered=False))
    assert (paper.number, paper.series, paper.n) == ("", "", 0)
    assert paper.files["pdf"].path.endswith("/登记表 张三.pdf")


def test_papers_of_one_workbook_share_their_original_within_an_organisation(tmp_path: Path) -> None:
    papers = (rendered(1), rendered(2), rendered(1, organisation=COMMUNITY))
    staging, filed = staged(tmp_path, new_archive(tmp_path), *papers)
    assert len({paper.files["source"].path for paper in filed}) == 2
    assert len({paper.files["source"].sha256 for paper in filed}) == 1
    assert len(staging.contents()) == 3 * 4 + 1


def test_the_same_again_is_the_same(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    _, first = staged(tmp_path, archive, rendered(1), rendered(2))
    _, second = staged(tmp_path, archive, rendered(1), rendered(2))
    assert first == second


def test_an_original_that_changed_in_our_keeping_stops_everything(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    shared = filing(tmp_path)
    shared.claimed.path.write_bytes(b"altered")
    with pytest.raises(ArchiveDamaged):
        assemble([(rendered(1), "通知")], shared, Staging(tmp_path / "S"), archive.occupied())
