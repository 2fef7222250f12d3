"""The writer of HTML: numbers that CSS cannot misread, few boxes, and the text as people read it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rendering.css import Stylesheet, positive, quoted, signed
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.html import write_html
from pipeline.rendering.readable import readable_text
from tests.rendering.word import Word, cell, paragraph, row, table


@given(st.floats(-10_000, 10_000))
def test_every_length_reads_back_as_written(length: float) -> None:
    written = signed(length)
    assert "e" not in written
    assert float(written.removesuffix("pt")) == pytest.approx(length, abs=0.0006)


@pytest.mark.parametrize("length", [math.nan, math.inf, -math.inf, 1e9])
def test_what_is_no_length_stops_the_writer(length: float) -> None:
    with pytest.raises(AssertionError):
        signed(length)


def test_a_size_is_never_negative() -> None:
    assert positive(-0.0001) == "0"
    with pytest.raises(AssertionError):
        positive(-1)


def test_strings_cannot_break_out() -> None:
    assert quoted('a"b\\c\nd') == '"a\\"b\\\\c d"'


def test_equal_declarations_share_a_class() -> None:
    sheet = Stylesheet()
    assert sheet.name("color:red;") == sheet.name("color:red;") != sheet.name("color:blue;")
    assert sheet.name("") == ""
    assert sheet.text() == ".c0{color:red;}\n.c1{color:blue;}"


def test_a_line_of_one_look_is_one_box(book: FontBook) -> None:
    html = write_html(Word(paragraph("字" * 84)).layout(book)).html
    assert html.count('<div class="l ') == 3
    assert "<span" not in html


def test_text_is_escaped(book: FontBook) -> None:
    html = write_html(Word(paragraph("甲&lt;script&gt;乙&amp;丙")).layout(book)).html
    assert "甲" in html
    assert "<script>" not in html


def test_bookmarks_without_a_link_make_no_box(book: FontBook) -> None:
    mark = '<w:bookmarkStart w:id="0" w:name="there"/>'
    link = '<w:hyperlink w:anchor="there"><w:r><w:t>见</w:t></w:r></w:hyperlink>'
    unused = write_html(Word(f"<w:p>{mark}<w:r><w:t>处</w:t></w:r></w:p>").layout(book)).html
    used = write_html(Word(f"<w:p>{mark}<w:r><w:t>处</w:t></w:r>{link}</w:p>").layout(book)).html
    assert 'id="m0"' not in unused
    assert 'id="m0"' in used
    assert 'href="#m0"' in used


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share"])
def test_only_links_to_the_web_are_kept(book: FontBook, url: str) -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>HYPERLINK "{url}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>点</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert "href" not in write_html(Word(body).layout(book)).html


def test_readable_text_keeps_apart_what_stood_apart(book: FontBook) -> None:
    words = " ".join(["approval"] * 12)
    grid = table((4000, 4000), row(cell(paragraph("姓名")), cell(paragraph("张三"), paragraph("（女）"))))
    text = readable_text(Word(paragraph("标题") + paragraph(words) + grid + paragraph()).layout(book))
    assert text == f"标题\n{words}\n姓名\t张三 （女）"
