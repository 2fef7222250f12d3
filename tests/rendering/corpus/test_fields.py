"""Fields: what Word stored is shown; page numbers are counted; what Word would draw anew is drawn or refused."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, RIGHT, printed, refused
from tests.rendering.pages import text_lines
from tests.rendering.word import BODY_STYLE, SECTION, Word, field_code, lines, paragraph, paras, segments


def reference(which: str, number: int, page: str = "default") -> str:
    return f'<w:{which}Reference w:type="{page}" r:id="rId{number}"/>'


def without_result(code: str, more: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{more}</w:fldChar></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def para(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"eq \o\ac(○,1)", "①"),
        (r"EQ \o\ac(○,十)", "㊉"),
        (r"eq \o\ac(○,秘)", "㊙"),
        (r"eq \o\ac(○,印)", "㊞"),
        (r"eq \o\ac(○,A)", "Ⓐ"),
        (r'eq \* jc0 \* "Font:仿宋" \* hps24 \o\ac(○,12)', "⑫"),
    ],
)
def test_a_figure_in_a_circle(book: FontBook, code: str, shown: str) -> None:
    document = Word(para(without_result(code), "<w:r><w:t>号</w:t></w:r>")).layout(book)
    assert lines(document) == [f"{shown}号"]
    assert not document.refusals


def test_a_symbol_is_drawn_in_its_own_size_whatever_was_stored(book: FontBook) -> None:
    code = r'SYMBOL 254 \f "Wingdings" \s 22'
    for symbol in (without_result(code), field_code(code, ""), field_code(code, "\uf0fe")):
        document = Word(para("<w:r><w:t>前</w:t></w:r>", symbol, "<w:r><w:t>后</w:t></w:r>")).layout(book)
        assert lines(document) == ["前☑后"]
        assert [each.size for each in segments(paras(document)[0].lines[0]) if each.text == "☑"] == [22]
        assert not document.refusals


@pytest.mark.parametrize(
    ("code", "construct"),
    [
        (r"eq \f(1,2)", "公式域（EQ，带圈字符等）"),
        (r"eq \o\ac(□,字)", "公式域（EQ，带圈字符等）"),
        ("AUTONUM", "自动编号域"),
        (r"SYMBOL 1 \f Webdings", "符号域"),
        (r"SYMBOL 200", "符号域"),
        ("MACROBUTTON nomacro [点击输入]", "宏按钮域"),
        (r"PAGE \* Ordinal", "页码域的编号格式"),
    ],
)
def test_what_word_draws_anew_and_we_do_not_is_refused(book: FontBook, code: str, construct: str) -> None:
    assert refused(book, Word(para(without_result(code)))) == [construct]


def test_a_field_without_an_end_does_not_swallow_the_text_silently(book: FontBook) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert refused(book, Word(para(begin, "<w:r><w:t>正文</w:t></w:r>") + paragraph("后文"))) == ["没有结束的域"]


def test_a_chosen_entry_of_a_list_is_shown(book: FontBook) -> None:
    entries = '<w:listEntry w:val="正科"/><w:listEntry w:val="副科"/>'
    chosen = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert lines(Word(para(without_result("FORMDROPDOWN", chosen))).layout(book)) == ["副科"]


def test_a_page_number_in_its_own_figures(book: FontBook) -> None:
    footer = para(field_code(r"PAGE \* CHINESENUM3", "九"))
    word = Word(
        paragraph("字", "<w:pageBreakBefore/>") * 2,
        references=reference("footer", 10),
        parts={"footer1.xml": footer},
        section='<w:pgNumType w:start="9"/>',
    )
    pdf = printed(book, word).pdf
    assert [text_lines(pdf, page)[-1].text for page in (1, 2)] == ["九", "十"]


def test_the_pages_of_a_section(book: FontBook) -> None:
    footer = para(field_code("PAGE"), "<w:r><w:t>/</w:t></w:r>", field_code("SECTIONPAGES", "9"))
    first = SECTION.format(references=reference("footer", 10), more='<w:pgNumType w:start="1"/>')
    page = paragraph("字", "<w:pageBreakBefore/>")
    word = Word(
        page * 3 + f"<w:p><w:pPr>{first}</w:pPr></w:p>" + page * 2,
        parts={"footer1.xml": footer},
        section='<w:pgNumType w:start="1"/>',
    )
    pdf = printed(book, word).pdf
    assert [text_lines(pdf, page)[-1].text for page in range(1, 6)] == ["1/3", "2/3", "3/3", "1/2", "2/2"]
    going_on = Word(page + f"<w:p><w:pPr>{first}</w:pPr></w:p>" + page, parts={"footer1.xml": footer})
    assert [text_lines(printed(book, going_on).pdf, page)[-1].text for page in (1, 2)] == ["1/1", "2/1"]
    alone = Word(page * 2, parts={"footer1.xml": footer}, references=reference("footer", 10))
    assert text_lines(printed(book, alone).pdf)[-1].text == "1/2"


def test_a_header_in_three_parts(book: FontBook) -> None:
    tab = '<w:r><w:ptab w:relativeTo="margin" w:alignment="{}" w:leader="none"/></w:r>'
    header = para(
        "<w:r><w:t>左</w:t></w:r>",
        tab.format("center"),
        "<w:r><w:t>中间</w:t></w:r>",
        tab.format("right"),
        "<w:r><w:t>右</w:t></w:r>",
    )
    word = Word(paragraph("字"), references=reference("header", 10), parts={"header1.xml": header})
    document = word.layout(book)
    assert not document.refusals
    from tests.rendering.pages import characters

    placed = {each.text: each for each in characters(printed(book, word).pdf)}
    assert placed["左"].x == pytest.approx(LEFT, abs=0.1)
    assert (placed["中"].x + placed["间"].x + placed["间"].width) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.2)
    assert placed["右"].x + placed["右"].width == pytest.approx(RIGHT, abs=0.2)


@pytest.mark.parametrize("code", ['STYLEREF "标题 1"', "SECTION"])
def test_what_changes_from_page_to_page_is_stored_of_one_page_only(book: FontBook, code: str) -> None:
    header = para(field_code(code, "第一章"))
    word = Word(paragraph("字"), references=reference("header", 10), parts={"header1.xml": header})
    assert refused(book, word) == [f"页眉页脚里随页而变的域（{code.split()[0]}）"]
    assert refused(book, Word(header)) == []


def test_the_entries_of_a_table_of_contents_do_not_look_like_links(book: FontBook) -> None:
    look = '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>'
    link = f'<w:style w:type="character" w:styleId="a3"><w:name w:val="Hyperlink"/>{look}</w:style>'
    entry = '<w:hyperlink w:anchor="a"><w:r><w:rPr><w:rStyle w:val="a3"/></w:rPr><w:t>总则</w:t></w:r></w:hyperlink>'
    contents = field_code("TOC", "@").replace("<w:r><w:rPr></w:rPr><w:t>@</w:t></w:r>", entry)
    document = Word(para(contents) + para(entry), styles=BODY_STYLE + link).layout(book)
    looks = [(each.text, each.color, each.underline) for para in paras(document) for each in segments(para.lines[0])]
    assert looks == [("总则", "#000000", ""), ("总则", "#0563c1", "single")]
