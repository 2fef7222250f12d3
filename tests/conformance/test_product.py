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
from tests.conformance.papers import LEFT, body, words
from tests.conformance.papers import notice as drawn_notice
from tests.conformance.press import POINT, Pieces, Rule, Text, change, measured, without
from tests.merge.papers import FULL, NOTICE, merger, notice


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


SINGLE_LINES = "一、目的意义\n（一）基本原则\n坚持共驻共建。\n二、主要任务\n抓好落实。"
VARIANTS: dict[str, dict[str, object]] = {
    "single lines only": {},
    "addressees moved to the 版记": {
        "addressees": "、".join(f"王益区第{number}街道社区党组织及所属各党支部" for number in range(1, 16))
    },
    "a 署名 of 36 characters": {
        "signed_by": "中共铜川市王益区桃园街道桃园社区委员会铜川市王益区第一小学联合支部委员会"
    },
    "copies that wrap": {"cc": "、".join(["王益区桃园街道各驻区单位党组织"] * 5)},
}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_short_notice_keeps_every_clause(name: str) -> None:
    """Nothing on such pages runs from edge to edge; clauses must not take the indent for the margin."""
    values = {**NOTICE, "issued_text": SINGLE_LINES, **VARIANTS[name]}
    docx = merger().merge(notice(values)).docx  # type: ignore[arg-type]
    printed = render(docx, book=FontBook.open(), metadata=Metadata(title=name))
    clauses = {clause.check: clause for clause in audit(measure(printed.pdf), "red-header")}
    assert [f"{each.check}：{each.found}" for each in clauses.values() if each.verdict is Verdict.FAIL] == []
    assert clauses["paragraph-indent"].verdict is clauses["heading-1-face"].verdict is Verdict.PASS


def test_a_copy_that_does_not_hang_under_its_own_label_is_found() -> None:
    """主送 above 抄送 are two entries; lines are held against the label of their own."""
    entries = ("主送：黄堡镇党委，各街道党委，", "驻区单位党组织。", "抄送：区委办公室。")
    for dx, expected in ((0.0, Verdict.PASS), (4.94, Verdict.FAIL)):
        pieces = without(drawn_notice(), "copies")
        base, left = 240.0, LEFT + 14 * POINT
        for place, text in enumerate(entries):
            hanging = 3 * 14 * POINT + dx if text == entries[1] else 0.0
            pieces[f"copies-{place}"] = Text(text, left + hanging, base + place * 5.2, 4, size=14)
        pieces["imprint-rule-1"] = Rule(28, base - 6, 156, 0.35, 4)
        found = {clause.check: clause for clause in audit(measured(pieces))}
        assert found["copies-wrap"].verdict is expected, found["copies-wrap"].found
        assert found["copies-place"].verdict is found["copies-stop"].verdict is Verdict.PASS


def test_a_page_that_begins_with_a_table_tells_nothing_of_the_top_margin() -> None:
    pieces: Pieces = {f"line-{place}": body(words(28), place, 1) for place in range(8, 14)}
    paper: Pieces = {**pieces, "left": Rule(40, 40, 0.3, 70), "right": Rule(160, 40, 0.3, 70)}
    found = {clause.check: clause for clause in audit(measured(paper), "general")}
    assert found["top-margin"].verdict is Verdict.NOT_APPLICABLE
    without_table = {clause.check: clause for clause in audit(measured(pieces), "general")}
    assert without_table["top-margin"].verdict is Verdict.FAIL


def test_an_imprint_torn_apart_is_not_on_the_last_page() -> None:
    pieces = change(drawn_notice(), "copies", page=3)
    found = {clause.check: clause for clause in audit(measured(pieces))}
    assert found["imprint-page"].verdict is Verdict.FAIL
    assert found["imprint-page"].found == "第 3 页和第 4 页，断开了"
