"""Papers nobody drew for us: scans, empty pages, scattered text. They are judged, or refused in a sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.conformance import Verdict, audit, measure
from pipeline.conformance.geometry import Box, FieldPlace, Glyph, Page, Paper, Rule, Style
from pipeline.conformance.parts import Format
from tests.conformance.press import page_html, pdf_of


def test_a_scan_is_one_failed_clause_with_a_sentence() -> None:
    scan = io.BytesIO()
    Image.new("RGB", (620, 877), "white").save(scan, "PDF", resolution=75)
    (clause,) = audit(measure(scan.getvalue()))
    assert clause.verdict is Verdict.FAIL
    assert "扫描件" in clause.found


def test_an_empty_page_is_no_crash() -> None:
    (clause,) = audit(measure(pdf_of(page_html(()))))
    assert clause.verdict is Verdict.FAIL


@pytest.mark.parametrize("form", [None, *Format])
@pytest.mark.parametrize("name", ["latex/cjkpunct/CJKpunct.pdf", "bibtex/base/btxhak.pdf"])
def test_other_peoples_pdfs_are_measured(name: str, form: str | None) -> None:
    path = Path("/usr/share/doc/texlive-doc") / name
    if not path.exists():
        pytest.skip("no such paper on this machine")
    clauses = audit(measure(path.read_bytes()), form)
    assert all(clause.found for clause in clauses)


PLACES = st.floats(-50, 350)
WORDS = st.sampled_from(
    [
        *("附件", "附件：名单", "2020年4月16日", "2020年4月16日印发", "抄送：各单位。", "中共王益区委文件", "会议纪要"),
        *("一、总则", "（一）范围。正文", "—1—", "签发人：王建国", "铜王组发〔2020〕50号", "出席：王建国", "：", "。"),
    ]
)


@st.composite
def lines(draw: st.DrawFn) -> list[Glyph]:
    """A line of text anywhere, in any size and colour."""
    size, x, y = draw(st.floats(1, 90)), draw(PLACES), draw(PLACES)
    style = Style(
        draw(st.sampled_from(["FandolFang", "SimHei", ""])), size, draw(st.sampled_from(["#ff0000", "#000000"]))
    )
    em = size * 25.4 / 72
    return [
        Glyph(
            char, x + place * em, x + (place + 1) * em, y, Box(x + place * em, y - em, x + (place + 1) * em, y), style
        )
        for place, char in enumerate(draw(WORDS))
    ]


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(PLACES), draw(PLACES)
    return Box(left, top, left + draw(st.floats(0.1, 200)), top + draw(st.floats(0.1, 200)))


@st.composite
def pages(draw: st.DrawFn, number: int) -> Page:
    rules = [
        Rule(Box(box.left, box.top, box.right, box.top + 0.4), colour)
        for box, colour in draw(st.lists(st.tuples(boxes(), st.sampled_from(["#ff0000", "#000000"])), max_size=5))
    ]
    return Page(
        number,
        210.0,
        297.0,
        tuple(glyph for line in draw(st.lists(lines(), max_size=8)) for glyph in line),
        tuple(rules),
        tuple(draw(st.lists(boxes(), max_size=2))),
        tuple(FieldPlace("seal:issuer", box) for box in draw(st.lists(boxes(), max_size=2))),
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_anywhere_gets_a_verdict(data: st.DataObject) -> None:
    paper = Paper(tuple(data.draw(pages(number)) for number in range(1, data.draw(st.integers(1, 3)) + 1)))
    for form in (None, *Format):
        for clause in audit(paper, form):
            assert clause.found
            assert clause.expected or clause.verdict is Verdict.NOT_APPLICABLE
