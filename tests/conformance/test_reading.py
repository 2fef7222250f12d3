"""The ruler itself: what was drawn at a place is found at that place, however the PDF says it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.conformance import Paper, measure
from pipeline.conformance.geometry import Page
from pipeline.core.errors import AnswerIsNo
from tests.conformance import papers, press
from tests.conformance.press import BOLD, FANG, RED, Field, Text, ink, measured, page_html, pdf_of, printed


def drawn(*pieces: press.Piece) -> Page:
    return measure(printed({str(place): piece for place, piece in enumerate(pieces)})).pages[0]


def test_a_character_is_found_where_it_was_put() -> None:
    (glyph,) = drawn(Text("国", 50, 100, font=FANG, size=16)).glyphs
    above, below = ink(FANG, "国", 16)
    assert glyph.char == "国"
    assert (glyph.left, glyph.right) == (pytest.approx(50, abs=0.01), pytest.approx(50 + 16 * press.POINT, abs=0.01))
    assert glyph.baseline == pytest.approx(100, abs=0.01)
    assert (glyph.ink.top, glyph.ink.bottom) == (
        pytest.approx(100 - above, abs=0.1),
        pytest.approx(100 + below, abs=0.1),
    )
    assert (glyph.style.font, glyph.style.size, glyph.style.colour) == (FANG, 16.0, "#000000")


def test_the_ink_of_large_characters_is_exact() -> None:
    """The upper edge of a mark of 50 pt; PDFium's own boxes are 0.3 mm off there."""
    page = drawn(Text("中共王益区委", 20, 100, font=BOLD, size=50, colour=RED))
    for glyph in page.glyphs:
        above, below = ink(BOLD, glyph.char, 50)
        assert glyph.ink.top == pytest.approx(100 - above, abs=0.05)
        assert glyph.ink.bottom == pytest.approx(100 + below, abs=0.06)


def test_pages_measured_apart_are_the_pages_of_the_whole() -> None:
    """``press.measured``, on which the other tests stand, gives what ``measure`` gives."""
    whole, apart = measure(printed(papers.notice())), measured(papers.notice())
    assert [len(page.glyphs) for page in whole.pages] == [len(page.glyphs) for page in apart.pages]
    for one, other in zip(whole.pages, apart.pages, strict=True):
        assert [(g.char, round(g.left, 2), round(g.baseline, 2)) for g in one.glyphs] == [
            (g.char, round(g.left, 2), round(g.baseline, 2)) for g in other.glyphs
        ]


LINES = {
    "a filled box": '<div style="left:28mm;top:100mm;width:156mm;height:.35mm;background:#000"></div>',
    "a border above": '<div style="left:28mm;top:100mm;width:156mm;height:9mm;border-top:.35mm solid #000"></div>',
    "a border below": '<div style="left:28mm;top:91mm;width:156mm;height:9mm;border-bottom:.35mm solid"></div>',
    "a stroke": '<svg style="position:absolute;left:0;top:0;width:210mm;height:297mm" viewBox="0 0 210 297">'
    '<line x1="28" x2="184" y1="100.175" y2="100.175" stroke="#000" stroke-width=".35"/></svg>',
    "three cells": '<table style="position:absolute;left:28mm;top:100mm;width:156mm;border-collapse:collapse;'
    'line-height:1"><tr><td style="border-top:.35mm solid">甲<td style="border-top:.35mm solid">乙'
    '<td style="border-top:.35mm solid">丙</table>',
}


@pytest.mark.parametrize("way", LINES)
def test_a_line_is_one_line_however_it_was_drawn(way: str) -> None:
    page = measure(pdf_of(page_html(()).replace("<section>", f"<section>{LINES[way]}"))).pages[0]
    (rule,) = page.rules
    assert rule.horizontal
    assert rule.box.left == pytest.approx(28, abs=0.2)
    assert rule.length == pytest.approx(156, abs=0.3)
    assert rule.box.top == pytest.approx(100, abs=0.18)
    assert rule.thickness == pytest.approx(0.35, abs=0.01)


def test_a_frame_is_four_lines() -> None:
    frame = '<div style="left:40mm;top:50mm;width:99mm;height:19mm;border:.5mm solid #e60012"></div>'
    page = measure(pdf_of(page_html(()).replace("<section>", f"<section>{frame}"))).pages[0]
    assert sorted(round(rule.length, 1) for rule in page.rules) == [20.0, 20.0, 100.0, 100.0]
    assert {rule.colour for rule in page.rules} == {RED}


def test_curves_and_white_areas_are_no_lines() -> None:
    shapes = (
        '<div style="left:40mm;top:50mm;width:42mm;height:42mm;border:.3mm dashed;border-radius:21mm"></div>'
        '<div style="left:20mm;top:120mm;width:100mm;height:1mm;background:#fff"></div>'
    )
    page = measure(pdf_of(page_html(()).replace("<section>", f"<section>{shapes}"))).pages[0]
    assert page.rules == ()


def test_a_field_is_found_by_name_and_place() -> None:
    (field,) = drawn(Field("seal:issuer", 120, 150, 42)).fields
    assert field.name == "seal:issuer"
    assert (field.box.left, field.box.top) == (pytest.approx(120, abs=0.1), pytest.approx(150, abs=0.1))
    assert (field.box.width, field.box.height) == (pytest.approx(42, abs=0.1), pytest.approx(42, abs=0.1))


def edited(change: str) -> Paper:
    """One page with a text at (50, 100) and a line, its boxes then changed."""
    pdf = printed({"text": Text("国", 50, 100), "line": press.Rule(28, 120, 156, 0.35)})
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        if change == "crop":
            page.CropBox = [10 / press.POINT, 0, 210 / press.POINT, 292 / press.POINT]
        elif change == "origin":
            left, bottom, right, top = (float(edge) for edge in page.MediaBox)
            page.MediaBox = [left + 10 / press.POINT, bottom - 5 / press.POINT, right, top - 5 / press.POINT]
        elif change.isdigit():
            page.Rotate = int(change)
        out = io.BytesIO()
        opened.save(out)
    return measure(out.getvalue())


@pytest.mark.parametrize("change", ["crop", "origin"])
def test_a_page_cut_by_its_box_is_measured_from_the_edge_one_sees(change: str) -> None:
    page = edited(change).pages[0]
    assert page.width == pytest.approx(200, abs=0.1)
    assert page.glyphs[0].left == pytest.approx(40, abs=0.05)
    assert page.glyphs[0].baseline == pytest.approx(95, abs=0.05)
    assert page.rules[0].box.top == pytest.approx(115, abs=0.05)


@pytest.mark.parametrize(
    ("turn", "size", "line"),
    [("90", (297, 210), (177, 28)), ("180", (210, 297), (26, 177)), ("270", (297, 210), (120, 26))],
)
def test_a_turned_page_is_measured_as_one_sees_it(
    turn: str, size: tuple[float, float], line: tuple[float, float]
) -> None:
    page = edited(turn).pages[0]
    assert (page.width, page.height) == (pytest.approx(size[0], abs=0.1), pytest.approx(size[1], abs=0.1))
    (rule,) = page.rules
    assert (round(rule.box.left), round(rule.box.top)) == line
    assert not page.glyphs[0].style.upright


def test_text_that_is_not_painted_is_not_on_the_paper() -> None:
    """A scan carries its recognised text invisibly (render mode 3)."""
    pdf = printed({"text": Text("国", 50, 100)})
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        page.Contents = opened.make_stream(page.Contents.read_bytes().replace(b"BT", b"BT 3 Tr"))
        out = io.BytesIO()
        opened.save(out)
    assert measure(out.getvalue()).pages[0].glyphs == ()


def test_names_of_a_chinese_windows_are_read() -> None:
    """Word writes 仿宋_GB2312 as a BaseFont in GBK bytes."""
    pdf = printed({"text": Text("国", 50, 100)})
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for font in opened.objects:
            if isinstance(font, pikepdf.Dictionary) and "/BaseFont" in font:
                name = b"/ABCDEF+" + "仿宋".encode("gbk") + b"_GB2312"
                font["/BaseFont"] = pikepdf.Object.parse(
                    b"".join(b"#%02X" % b if b > 126 else bytes([b]) for b in name)
                )
        out = io.BytesIO()
        opened.save(out)
    (glyph,) = measure(out.getvalue()).pages[0].glyphs
    assert glyph.style.font.startswith("仿宋_GB2312")


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"PK\x03\x04 no pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj"]
)
def test_what_is_no_pdf_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(AnswerIsNo, match="打不开这个 PDF"):
        measure(data)


def test_a_locked_pdf_is_refused_in_words() -> None:
    with pikepdf.open(io.BytesIO(printed({"text": Text("国", 50, 100)}))) as opened:
        out = io.BytesIO()
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(AnswerIsNo, match="去掉密码"):
        measure(out.getvalue())
