"""The writer of boxes: sizes that cannot be misread, few boxes, and the text as people read it."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.formatting_structure import boxes

from pipeline.rendering.boxes import boxes_of
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.looks import Looks, colour, length, size
from pipeline.rendering.metadata import Metadata
from pipeline.rendering.readable import readable_text
from pipeline.rendering.render import render
from pipeline.rendering.typecase import Typecase
from tests.rendering.word import Word, cell, paragraph, row, table


def every_box(word: Word, book: FontBook) -> Iterator[boxes.Box]:
    root = boxes_of(word.layout(book), Typecase(()), lambda _picture: None).root
    yield from root.descendants()


def links(body: str, book: FontBook) -> list[str]:
    pdf = render(Word(body).bytes(), book=book, metadata=Metadata()).pdf
    annotations = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get("/Annots", [])
    found = [annotation.get_object() for annotation in annotations]
    return [str(each["/A"]["/URI"]) if "/A" in each else f"#{each['/Dest']}" for each in found]


@given(st.floats(-10_000, 10_000))
def test_a_length_is_kept_in_pixels(points: float) -> None:
    assert length(points).value * 0.75 == pytest.approx(points)


@pytest.mark.parametrize("points", [math.nan, math.inf, -math.inf, 1e9])
def test_what_is_no_length_stops_the_writer(points: float) -> None:
    with pytest.raises(AssertionError):
        length(points)


def test_a_size_is_never_negative() -> None:
    assert size(-0.0001).value == 0
    with pytest.raises(AssertionError):
        size(-1)


def test_what_is_no_colour_or_no_property_stops_the_writer() -> None:
    with pytest.raises(AssertionError):
        colour("#12")
    with pytest.raises(AssertionError):
        Looks("s0").of(margin_topp=length(1))


def test_equal_properties_share_a_look() -> None:
    looks = Looks("s0")
    assert looks.of(margin_top=size(1)) is looks.of(margin_top=size(1)) is not looks.of(margin_top=size(2))
    looks.page = "s1"
    assert looks.of(margin_top=size(1))["page"] == "s1"


def test_a_line_is_one_box(book: FontBook) -> None:
    free = Word(paragraph("字" * 84, '<w:widowControl w:val="0"/>'))
    lines = [box for box in every_box(free, book) if isinstance(box, boxes.ReplacedBox)]
    assert [box.replacement.text for box in lines] == ["字" * 28] * 3
    assert not any(isinstance(box, boxes.TextBox | boxes.LineBox) for box in every_box(Word(paragraph("字")), book))


def test_lines_that_no_page_may_part_are_one_box(book: FontBook) -> None:
    def stretches(count: int) -> list[int]:
        found = every_box(Word(paragraph("字" * 28 * count)), book)
        return [len(box.replacement.lines) for box in found if isinstance(box, boxes.ReplacedBox)]

    assert stretches(1) == [1]
    assert stretches(2) == [2]
    assert stretches(3) == [3]
    assert stretches(6) == [2, 1, 1, 2]


def test_a_bookmark_that_something_leads_to_is_a_place(book: FontBook) -> None:
    mark = '<w:bookmarkStart w:id="0" w:name="there"/>'
    link = '<w:hyperlink w:anchor="{}"><w:r><w:t>见</w:t></w:r></w:hyperlink>'
    assert links(f"<w:p>{mark}<w:r><w:t>处</w:t></w:r>{link.format('there')}</w:p>", book) == ["#there"]
    assert links(f"<w:p>{mark}<w:r><w:t>处</w:t></w:r>{link.format('elsewhere')}</w:p>", book) == []


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.cn/a", True),
        ("mailto:a@example.cn", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("\\\\server\\share", False),
    ],
)
def test_only_links_to_the_web_are_kept(book: FontBook, url: str, kept: bool) -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>HYPERLINK "{url}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>点</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert links(body, book) == ([url] if kept else [])


def test_readable_text_keeps_apart_what_stood_apart(book: FontBook) -> None:
    words = " ".join(["approval"] * 12)
    grid = table((4000, 4000), row(cell(paragraph("姓名")), cell(paragraph("张三"), paragraph("（女）"))))
    text = readable_text(Word(paragraph("标题") + paragraph(words) + grid + paragraph()).layout(book))
    assert text == f"标题\n{words}\n姓名\t张三 （女）"
