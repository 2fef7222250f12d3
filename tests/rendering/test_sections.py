"""Sections in the model: paper, margins, grids, headers and footers, page fields."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import FieldSeg, Line, Para, Section
from tests.rendering.word import MM, SECTION, Word, field_code, lines, paragraph


def reference(which: str, page: str, number: int) -> str:
    return f'<w:{which}Reference w:type="{page}" r:id="rId{number}"/>'


def band_text(section: Section, which: str, page: str) -> str:
    bands = section.headers if which == "header" else section.footers
    return "".join(line.text for block in bands[page].blocks if isinstance(block, Para) for line in block.lines)


def test_the_page_of_the_standard(book: FontBook) -> None:
    section = Word(paragraph("字")).layout(book).sections[0]
    measures = (section.width, section.height, section.top, section.right, section.bottom, section.left)
    assert [round(each / MM, 1) for each in measures] == [210, 297, 37, 26, 35, 28]


def test_sections_with_their_own_paper_and_numbers(book: FontBook) -> None:
    landscape = (
        '<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="0" w:footer="0" w:gutter="284"/>'
        '<w:pgNumType w:start="5" w:fmt="upperRoman"/></w:sectPr></w:pPr></w:p>'
    )
    wide, tall = Word(paragraph("横") + landscape + paragraph("竖")).layout(book).sections
    assert (wide.width, wide.height, wide.left) == (841.9, 595.3, 86.2)
    assert (wide.first_page_number, wide.number_format) == (5, "upperRoman")
    assert (tall.width, tall.first_page_number, tall.start) == (595.3, None, "next-page")


def test_a_continuous_section_goes_on_where_the_page_stays_the_same(book: FontBook) -> None:
    same = f"<w:p><w:pPr>{SECTION.format(references='', more='')}</w:pPr></w:p>"
    word = Word(paragraph("一") + same + paragraph("二"), section='<w:type w:val="continuous"/>')
    document = word.layout(book)
    assert len(document.sections) == 1
    assert lines(document) == ["一", "", "二"]


def test_headers_and_footers_and_what_a_section_takes_over(book: FontBook) -> None:
    parts = {"header1.xml": paragraph("页眉"), "footer1.xml": paragraph("页脚"), "footer2.xml": paragraph("另一个")}
    first = SECTION.format(references=reference("header", "default", 10) + reference("footer", "default", 11), more="")
    body = paragraph("一") + f"<w:p><w:pPr>{first}</w:pPr></w:p>" + paragraph("二")
    one, two = Word(body, references=reference("footer", "default", 12), parts=parts).layout(book).sections
    assert (band_text(one, "header", "default"), band_text(one, "footer", "default")) == ("页眉", "页脚")
    assert (band_text(two, "header", "default"), band_text(two, "footer", "default")) == ("页眉", "另一个")
    assert one.footers["default"].distance == 71.25


def test_first_and_even_pages_only_where_the_file_asks_for_them(book: FontBook) -> None:
    parts = {f"footer{number}.xml": paragraph(text) for number, text in enumerate(("常", "首", "偶"))}
    references = "".join(
        reference("footer", page, 10 + number) for number, page in enumerate(("default", "first", "even"))
    )
    plain = Word(paragraph("字"), references=references, parts=parts).layout(book)
    assert set(plain.sections[0].footers) == {"default"}
    asked = Word(
        paragraph("字"),
        references=references,
        parts=parts,
        section="<w:titlePg/>",
        settings="<w:evenAndOddHeaders/><w:mirrorMargins/>",
    ).layout(book)
    assert set(asked.sections[0].footers) == {"default", "first", "even"}
    assert asked.even_and_odd
    assert asked.mirror_margins


def test_text_begins_below_a_header_that_is_taller_than_its_margin(book: FontBook) -> None:
    word = Word(
        paragraph("字"),
        references=reference("header", "default", 10),
        parts={"header1.xml": paragraph("高") * 4},
    )
    assert word.layout(book).sections[0].top == pytest.approx(851 / 20 + 4 * 28.95)


def fields(line: Line) -> list[str]:
    return [part.kind for part in line.parts if isinstance(part, FieldSeg)]


def footer_line(book: FontBook, content: str) -> Line:
    word = Word(paragraph("字"), references=reference("footer", "default", 10), parts={"footer1.xml": content})
    block = word.layout(book).sections[0].footers["default"].blocks[0]
    assert isinstance(block, Para)
    return block.lines[0]


def test_page_numbers_by_field(book: FontBook) -> None:
    number = field_code("PAGE  \\* MERGEFORMAT", "3")
    line = footer_line(book, f"<w:p><w:r><w:t>—</w:t></w:r>{number}<w:r><w:t>—</w:t></w:r></w:p>")
    assert fields(line) == ["page"]
    assert line.text == "——"
    simple = '<w:p><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>'
    assert fields(footer_line(book, simple)) == ["pages"]


def test_a_page_number_in_a_frame_stands_where_the_frame_stands(book: FontBook) -> None:
    framed = (
        '<w:p><w:pPr><w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="center" w:y="1"/></w:pPr>'
        f"{field_code('PAGE')}</w:p>{paragraph()}"
    )
    word = Word(paragraph("字"), references=reference("footer", "default", 10), parts={"footer1.xml": framed})
    blocks = word.layout(book).sections[0].footers["default"].blocks
    assert len(blocks) == 1
    assert isinstance(blocks[0], Para)
    (frame,) = blocks[0].shapes
    inner = frame.blocks[0]
    assert isinstance(inner, Para)
    line = inner.lines[0]
    assert line.x + line.width / 2 == pytest.approx(frame.width / 2)


def test_other_fields_show_what_word_stored(book: FontBook) -> None:
    body = (
        "<w:p>" + field_code('DATE \\@ "yyyy年M月d日"', "2020年4月16日") + "</w:p>"
        "<w:p>" + field_code('TOC \\o "1-3" \\h', "目录一") + "</w:p>"
        "<w:p>" + field_code('HYPERLINK "https://example.cn/a"', "网址") + "</w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
        '</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/>'
        "</w:r><w:r><w:t>同意</w:t></w:r></w:p>"
    )
    document = Word(body).layout(book)
    assert lines(document) == ["2020年4月16日", "目录一", "网址", "☑同意"]
    assert not document.refusals


def test_a_field_within_a_field_and_over_paragraphs(book: FontBook) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("separate", "end"))
    body = (
        f"<w:p>{begin}{separate}<w:r><w:t>第一章</w:t></w:r>{field_code('PAGEREF _Toc1', '7')}</w:p>"
        f"<w:p><w:r><w:t>第二章</w:t></w:r>{end}</w:p>"
    )
    assert lines(Word(body).layout(book)) == ["第一章7", "第二章"]


def test_nothing_but_body_text_comes_before_the_bands(book: FontBook) -> None:
    word = Word(
        paragraph("正文"), references=reference("header", "default", 10), parts={"header1.xml": paragraph("页 眉")}
    )
    assert word.layout(book).text == "正文页眉"
