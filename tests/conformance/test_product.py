"""The office's own papers, merged and printed by the product itself, keep every clause they are subject to."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.lint import lint
from pipeline.cli.terminal import Terminal
from pipeline.conformance import Clause, Verdict, audit, measure
from pipeline.rendering import FontBook, Metadata, render
from tests.merge.papers import FULL, merger


@lru_cache(maxsize=8)
def merged(name: str) -> bytes:
    return merger().merge(FULL[name]).docx


@lru_cache(maxsize=8)
def clauses(name: str) -> dict[str, Clause]:
    printed = render(merged(name), book=FontBook.open(), metadata=Metadata(title=name), strict=False)
    paper = measure(printed.pdf)
    return {clause.check: clause for clause in audit(paper, FULL[name].record.kind.format)}


@pytest.mark.parametrize("name", ["notice", "notice-marks", "minutes", "publication", "lists", "member-form"])
def test_a_paper_of_the_office_keeps_every_clause(name: str) -> None:
    failed = [
        f"{each.id} {each.title}：{each.found}" for each in clauses(name).values() if each.verdict is Verdict.FAIL
    ]
    assert failed == []


def test_the_notice_fills_its_pages() -> None:
    """22 lines of 28 characters, the red mark at 72 mm, the 版记 on the last edge: measured, not hoped for."""
    notice = clauses("notice-marks")
    assert notice["characters-per-line"].found.startswith("满行 28 字")
    assert notice["lines-per-page"].found.endswith("一面最多 22 行")
    for check in ("mark-top", "rule-place", "seal-covers", "seal-top", "annex-names", "imprint-bottom", "signer"):
        assert notice[check].verdict is Verdict.PASS, check


def test_a_word_file_is_printed_and_then_measured(tmp_path: Path) -> None:
    path = tmp_path / "铜王组发〔2020〕50号.docx"
    path.write_bytes(merged("notice"))
    result = CliRunner().invoke(lint, [str(path)], obj=Terminal(tmp_path), standalone_mode=False)
    assert result.return_value == 0, result.output
    assert "7.2.4" in result.output
