"""What is not printed faithfully is refused by name, with the words near it and the way out."""

from __future__ import annotations

import pytest

from pipeline.core.errors import CannotRender
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.pdf import Metadata
from pipeline.rendering.render import render
from tests.rendering.word import Word, cell, field_code, paragraph, row, table


def run(inner: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def near(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}<w:r><w:t>旁边的字</w:t></w:r></w:p>"


CASES = {
    "inserted text": (near(f"<w:ins>{run('<w:t>加</w:t>')}</w:ins>"), "修订（插入的内容）"),
    "deleted text": (near(f"<w:del>{run('<w:delText>删</w:delText>')}</w:del>"), "修订（删除的内容）"),
    "a comment": (near(run("<w:commentReference/>")), "批注"),
    "a footnote without a text": (near(run('<w:footnoteReference w:id="1"/>')), "找不到内容的脚注"),
    "an endnote": (near(run('<w:endnoteReference w:id="1"/>')), "尾注"),
    "an equation": (near("<m:oMath/>"), "公式"),
    "an OLE object": (near(run("<w:object/>")), "嵌入的对象（OLE）"),
    "phonetic guide": (near(run("<w:ruby/>")), "拼音指南"),
    "an EQ field": (
        near(field_code("EQ \\f(1,2)", "1")),
        "公式域（EQ，带圈字符等）",
    ),
    "an alternative nobody knows": (
        near(
            '<w:r><mc:AlternateContent><mc:Choice xmlns:new="urn:new" Requires="new"><w:t>新</w:t></mc:Choice>'
            "</mc:AlternateContent></w:r>"
        ),
        "不认识的内容（mc:AlternateContent）",
    ),
    "a drawing of nothing": (
        near(run('<w:drawing><wp:inline><wp:extent cx="9000" cy="9000"/></wp:inline></w:drawing>')),
        "不认识的图形（wp:inline）",
    ),
    "hollow letters": (near(run("<w:t>字</w:t>", "<w:outline/>")), "空心文字"),
    "letters on their side": (near(run("<w:t>字</w:t>", '<w:eastAsianLayout w:vert="1"/>')), "纵横混排"),
    "an unknown element": (near(run("<w:fancy/>")), "不认识的内容（w:fancy）"),
    "an unknown symbol": (near(run('<w:sym w:font="Webdings" w:char="F0AA"/>')), "特殊字体里的符号（Webdings F0AA）"),
    "right to left": (paragraph("旁边的字", "<w:bidi/>"), "从右向左的段落"),
    "a drop cap": (paragraph("旁边的字", '<w:framePr w:dropCap="drop"/>'), "文本框架或首字下沉"),
    "upright cell": (
        table((4000,), row(cell(paragraph("旁边的字“横”"), properties='<w:textDirection w:val="tbRlV"/>'))),
        "竖排的单元格",
    ),
    "a change of formatting": (
        near(run("<w:t>字</w:t>", '<w:b/><w:rPrChange w:id="1" w:author="某"><w:rPr/></w:rPrChange>')),
        "修订（格式或单元格）",
    ),
    "spaced cells": (
        table((4000,), row(cell(paragraph("旁边的字"))), properties='<w:tblCellSpacing w:w="20" w:type="dxa"/>'),
        "单元格间距",
    ),
    "words cut off by a row": (
        table((4000,), row(cell(paragraph("旁边的字") * 2), properties='<w:trHeight w:val="600" w:hRule="exact"/>')),
        "固定行高装不下的文字",
    ),
}


@pytest.mark.parametrize(("body", "construct"), CASES.values(), ids=CASES.keys())
def test_refused_by_name_and_place(book: FontBook, body: str, construct: str) -> None:
    refusals = Word(body).layout(book).refusals
    assert [refusal.construct for refusal in refusals] == [construct]
    assert "旁边的字" in refusals[0].near
    assert refusals[0].part == "word/document.xml"
    assert refusals[0].remedy


@pytest.mark.parametrize(
    ("section", "construct"),
    [
        ('<w:pgBorders><w:top w:val="apples"/></w:pgBorders>', "艺术型的页面边框"),
        ('<w:pgBorders><w:top w:val="single" w:shadow="1"/></w:pgBorders>', "带阴影的页面边框"),
        ('<w:pgBorders w:display="firstPage"><w:top w:val="single"/></w:pgBorders>', "只在部分页上的页面边框"),
        ('<w:lnNumType w:countBy="1"/>', "行号"),
        ('<w:vAlign w:val="both"/>', "页面垂直对齐"),
        ('<w:textDirection w:val="tbRl"/>', "竖排的页面"),
    ],
)
def test_properties_of_a_section(book: FontBook, section: str, construct: str) -> None:
    assert [refusal.construct for refusal in Word(paragraph("字"), section=section).layout(book).refusals] == [
        construct
    ]


def test_fields_that_wait_for_an_update(book: FontBook) -> None:
    refusals = Word(paragraph("字"), settings="<w:updateFields/>").layout(book).refusals
    assert [refusal.construct for refusal in refusals] == ["打开时要更新的域"]


def test_a_deleted_paragraph_mark_is_a_change_too(book: FontBook) -> None:
    refusals = Word(paragraph("字", "<w:rPr><w:del/></w:rPr>")).layout(book).refusals
    assert [refusal.construct for refusal in refusals] == ["修订（段落标记）"]


def test_strict_printing_names_all_reasons_at_once(book: FontBook) -> None:
    body = CASES["a comment"][0] + CASES["an equation"][0]
    with pytest.raises(CannotRender) as refused:
        render(Word(body).bytes(), book=book, metadata=Metadata())
    assert "批注" in refused.value.what
    assert "公式" in refused.value.what
    assert refused.value.exit_code == 5


def test_printing_all_the_same_shows_a_box_in_the_place(book: FontBook) -> None:
    printed = render(Word(CASES["an equation"][0]).bytes(), book=book, metadata=Metadata(), strict=False)
    assert printed.pdf.startswith(b"%PDF")
    assert [refusal.construct for refusal in printed.refusals] == ["公式"]
    assert not printed.objections
