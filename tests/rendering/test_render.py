"""From a Word file to the finished PDF, measured in millimetres on the page by another program than ours."""

from __future__ import annotations

from itertools import pairwise

import numpy
import pypdf
import pytest

from pipeline.core.errors import CannotRender
from pipeline.rendering import FontBook, Metadata, Printed, render
from tests.rendering.pages import characters, ink, level_rules, page_count, text_lines
from tests.rendering.test_shapes import anchor, graphic, inline, png, position
from tests.rendering.word import ALL_BORDERS, SECTION, Word, cell, field_code, paragraph, row, table

TEXT = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁"
"""28 characters."""

LEFT, TOP, RIGHT, BOTTOM = 27.99, 37.01, 184.0, 262.0
"""The text area of the page in mm."""

NUMBER = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/>'


def printed(book: FontBook, word: Word) -> Printed:
    """Printed without an objection of the gate."""
    return render(word.bytes(), book=book, metadata=Metadata("题名", "机关"))


def reference(which: str, page: str, number: int) -> str:
    return f'<w:{which}Reference w:type="{page}" r:id="rId{number}"/>'


def test_a_full_page_is_22_lines_of_28_characters(book: FontBook) -> None:
    result = printed(book, Word(paragraph(TEXT * 44)))
    assert page_count(result.pdf) == 2
    for page in (1, 2):
        found = text_lines(result.pdf, page)
        assert [line.text for line in found] == [TEXT] * 22
        assert found[0].x == pytest.approx(LEFT, abs=0.05)
        assert found[0].right == pytest.approx(RIGHT, abs=0.2)
        pitches = [below.bottom - above.bottom for above, below in pairwise(found)]
        assert pitches == pytest.approx([28.95 * 25.4 / 72] * 21, abs=0.2)
        assert found[0].top > TOP
        assert found[-1].bottom < BOTTOM


def test_base_lines_stand_where_word_puts_them(book: FontBook) -> None:
    """0.8 of an exact line height lies above the base line, whatever stands on the line."""
    mixed = (
        '<w:p><w:r><w:t>三号</w:t></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>小</w:t></w:r>'
        "<w:r><w:t>A1</w:t></w:r></w:p>"
    )
    dark = ink(printed(book, Word(mixed + paragraph("一"))).pdf) < 128
    rows = numpy.flatnonzero(dark[:, 280:400].any(axis=1))
    base = TOP + 0.8 * 28.95 * 25.4 / 72
    latin = dark[:, 280 + round((32 + 9 - 0.75) * 25.4 / 7.2) : 280 + round((32 + 9 + 15) * 25.4 / 7.2)]
    assert numpy.flatnonzero(latin[: round(base * 10) + 20].any(axis=1)).max() / 10 == pytest.approx(base, abs=0.2)
    assert rows.min() / 10 > TOP


def test_the_last_rule_of_the_imprint_lies_on_the_foot_of_the_text_area(book: FontBook) -> None:
    rules = (
        '<w:tblBorders><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/>'
        '<w:insideH w:val="single" w:sz="6"/></w:tblBorders>'
    )
    place = '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="0" w:tblpYSpec="bottom"/>'
    imprint = table(
        (8845,),
        row(cell(paragraph("抄送：各社区党组织。"), width=8845)),
        row(cell(paragraph("中共铜川市王益区委组织部"), width=8845)),
        properties=f'{place}<w:tblW w:w="8845" w:type="dxa"/>{rules}',
    )
    result = printed(book, Word(paragraph("正文。") * 3 + imprint + paragraph()))
    first, middle, last = level_rules(result.pdf)
    thickness = 25.4 / 72
    assert last[0] + thickness / 2 == pytest.approx(BOTTOM, abs=0.1)
    assert last[1:] == (pytest.approx(LEFT, abs=0.15), pytest.approx(RIGHT, abs=0.15))
    line = 28.95 * 25.4 / 72
    assert last[0] - middle[0] == pytest.approx(line + 0.3, abs=0.2)
    assert middle[0] - first[0] == pytest.approx(line + 0.3, abs=0.2)
    assert result.report.pages == 1


def test_an_imprint_that_has_no_room_takes_the_last_lines_along(book: FontBook) -> None:
    place = '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="0" w:tblpYSpec="bottom"/>'
    imprint = table((8845,), row(cell(paragraph("印发机关"), width=8845)), properties=place)
    result = printed(book, Word(paragraph("正文。") * 22 + imprint + paragraph()))
    assert page_count(result.pdf) == 2
    assert text_lines(result.pdf, 2)[-1].text == "印发机关"
    assert text_lines(result.pdf, 2)[-1].bottom == pytest.approx(BOTTOM - 1, abs=2)


def test_page_numbers_right_on_odd_and_left_on_even_pages(book: FontBook) -> None:
    def footer(side: str, indent: str) -> str:
        return (
            f'<w:p><w:pPr><w:jc w:val="{side}"/><w:ind {indent}/></w:pPr><w:r><w:rPr>{NUMBER}</w:rPr>'
            f'<w:t xml:space="preserve">— </w:t></w:r>{field_code("PAGE", "1", NUMBER)}'
            f'<w:r><w:rPr>{NUMBER}</w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
        )

    result = printed(
        book,
        Word(
            paragraph("字", "<w:pageBreakBefore/>") * 11,
            references=reference("footer", "default", 10) + reference("footer", "even", 11),
            parts={
                "footer1.xml": footer("right", 'w:rightChars="100"'),
                "footer2.xml": footer("left", 'w:leftChars="100"'),
            },
            settings="<w:evenAndOddHeaders/>",
        ),
    )
    last_lines = [text_lines(result.pdf, page)[-1] for page in range(1, 12)]
    assert [line.text for line in last_lines] == [f"—{number}—" for number in range(1, 12)]
    one_character = 14 * 25.4 / 72
    for number, line in enumerate(last_lines, start=1):
        if number % 2:
            assert line.right == pytest.approx(RIGHT - one_character, abs=0.3)
        else:
            assert line.x == pytest.approx(LEFT + one_character, abs=0.3)
        assert line.top > BOTTOM


def test_a_title_page_and_numbers_that_begin_anew(book: FontBook) -> None:
    parts = {"footer1.xml": f"<w:p>{field_code('PAGE')}</w:p>", "footer2.xml": paragraph("首页")}
    word = Word(
        paragraph("字", "<w:pageBreakBefore/>") * 3,
        references=reference("footer", "default", 10) + reference("footer", "first", 11),
        parts=parts,
        section='<w:titlePg/><w:pgNumType w:start="5"/>',
    )
    pdf = printed(book, word).pdf
    assert [text_lines(pdf, page)[-1].text for page in (1, 2, 3)] == ["首页", "6", "7"]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("numberInDash", ["-9-", "-10-"]),
        ("chineseCountingThousand", ["九", "十"]),
        ("upperRoman", ["IX", "X"]),
        ("decimalEnclosedCircle", ["⑨", "⑩"]),
    ],
)
def test_page_numbers_in_other_figures(book: FontBook, form: str, numbers: list[str]) -> None:
    word = Word(
        paragraph("字", "<w:pageBreakBefore/>") * 2,
        references=reference("footer", "default", 10),
        parts={"footer1.xml": f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{field_code("PAGE")}</w:p>'},
        section=f'<w:pgNumType w:fmt="{form}" w:start="9"/>',
    )
    pdf = printed(book, word).pdf
    last = [text_lines(pdf, page)[-1] for page in (1, 2)]
    assert [line.text for line in last] == numbers
    assert [(line.x + line.right) / 2 for line in last] == pytest.approx([(LEFT + RIGHT) / 2] * 2, abs=0.5)


def test_the_number_of_pages_in_the_text(book: FontBook) -> None:
    body = f"<w:p><w:r><w:t>共</w:t></w:r>{field_code('NUMPAGES')}<w:r><w:t>页</w:t></w:r></w:p>"
    pdf = printed(book, Word(body + paragraph("字", "<w:pageBreakBefore/>"))).pdf
    assert text_lines(pdf)[0].text == "共2页"


def test_a_section_that_begins_on_an_odd_page_leaves_one_blank(book: FontBook) -> None:
    first = f"<w:p><w:pPr>{SECTION.format(references=reference('footer', 'default', 10), more='')}</w:pPr></w:p>"
    word = Word(
        paragraph("一") + first + paragraph("二"),
        parts={"footer1.xml": f"<w:p>{field_code('PAGE')}</w:p>"},
        section='<w:type w:val="oddPage"/>',
    )
    pdf = printed(book, word).pdf
    assert [[line.text for line in text_lines(pdf, page)] for page in (1, 2, 3)] == [["一", "1"], [], ["二", "3"]]


def test_a_dashed_circle_of_42_mm_and_its_signature_field(book: FontBook) -> None:
    look = (
        '<a:noFill/><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:prstDash val="dash"/></a:ln>'
    )
    circle = anchor(
        graphic("ellipse", look=look),
        width=42,
        height=42,
        x=position("H", "column", 90),
        y=position("V", "paragraph", -15),
        name="seal:issuer",
        behind=1,
    )
    result = printed(book, Word(paragraph("字") * 5 + f"<w:p>{circle}<w:r><w:t>署名</w:t></w:r></w:p>"))
    (box,) = result.report.boxes
    top = TOP + 5 * 28.95 * 25.4 / 72 - 15
    stroke = 0.5 * 25.4 / 72
    assert (box.name, box.page) == ("seal:issuer", 1)
    assert (box.left, box.top) == (
        pytest.approx(LEFT + 90 - stroke / 2, abs=0.1),
        pytest.approx(top - stroke / 2, abs=0.1),
    )
    assert (box.width, box.height) == (pytest.approx(42 + stroke, abs=0.05), pytest.approx(42 + stroke, abs=0.05))
    dark = ink(result.pdf) < 200
    columns = numpy.flatnonzero(dark[round(top * 10) + 200 : round(top * 10) + 220, 1000:].any(axis=0)) + 1000
    assert columns.min() / 10 == pytest.approx(LEFT + 90, abs=0.5)
    assert columns.max() / 10 == pytest.approx(LEFT + 90 + 42, abs=0.5)
    ring = dark[round(top * 10) : round(top * 10) + 3, 1000:1700].any(axis=0)
    assert 0 < ring.sum() < 160  # dashed, and no square


def test_a_line_for_a_signature_is_a_field_above_it(book: FontBook) -> None:
    look = '<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
    line = inline(graphic("line", look=look), width=30, height=0, name="signature:负责人")
    result = printed(book, Word(f"<w:p><w:r><w:t>负责人：</w:t></w:r>{line}</w:p>"))
    (box,) = result.report.boxes
    base = TOP + 0.8 * 28.95 * 25.4 / 72
    assert box.left == pytest.approx(LEFT + 4 * 15.75 * 25.4 / 72, abs=0.2)
    assert (box.width, box.height) == (pytest.approx(30, abs=0.1), pytest.approx(10, abs=0.1))
    assert box.top + box.height == pytest.approx(base, abs=0.2)


@pytest.mark.parametrize(
    ("x", "y", "left", "top"),
    [
        (position("H", "page", 50), position("V", "page", 60), 50, 60),
        (position("H", "margin", 10), position("V", "margin", 20), LEFT + 10, TOP + 20),
        (position("H", "page", 50), position("V", "paragraph", 20), 50, TOP + 20 + 2 * 28.95 * 25.4 / 72),
        (position("H", "column", 10), position("V", "page", 60), LEFT + 10, 60),
    ],
)
def test_pictures_stand_where_the_file_says(book: FontBook, x: str, y: str, left: float, top: float) -> None:
    picture = anchor(
        '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId10"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic>",
        width=20,
        height=30,
        x=x,
        y=y,
    )
    indented = f'<w:p><w:pPr><w:ind w:firstLineChars="200"/></w:pPr>{picture}<w:r><w:t>字</w:t></w:r></w:p>'
    pdf = printed(book, Word(paragraph("字") * 2 + indented, parts={"media/image1.png": png()})).pdf
    dark = ink(pdf) < 128
    dark[: round(TOP * 10) + 3 * 103] = dark[: round(TOP * 10) + 3 * 103] & (numpy.arange(dark.shape[1]) >= 420)
    rows, columns = numpy.flatnonzero(dark.any(axis=1)), numpy.flatnonzero(dark.any(axis=0))
    assert columns.max() / 10 == pytest.approx(left + 20, abs=0.2)
    assert rows.max() / 10 == pytest.approx(top + 30, abs=0.2)


def test_an_exact_grid_of_a_table(book: FontBook) -> None:
    heights = '<w:trHeight w:val="1134" w:hRule="exact"/>'  # 20 mm
    rows = [
        row(
            *(cell(paragraph(text), width=2835, properties='<w:vAlign w:val="center"/>') for text in pair),
            properties=heights,
        )
        for pair in (("甲", "乙"), ("丙", "丁"))
    ]
    properties = f"<w:tblBorders>{ALL_BORDERS}</w:tblBorders>"
    pdf = printed(book, Word(table((2835, 2835), *rows, properties=properties) + paragraph())).pdf  # 50 mm each
    rules = level_rules(pdf, share=0.4)
    assert [rule[0] for rule in rules] == pytest.approx([TOP + 0.18, TOP + 20.18, TOP + 40.18], abs=0.25)
    assert rules[0][1:] == (pytest.approx(LEFT - 0.18, abs=0.2), pytest.approx(LEFT + 100.18, abs=0.2))
    middles = [(line.top + line.bottom) / 2 for line in text_lines(pdf)]
    assert middles == pytest.approx([TOP + 10, TOP + 30], abs=1.5)
    columns = [character.x for character in characters(pdf)]
    assert columns[1] - columns[0] == pytest.approx(50, abs=0.1)


@pytest.mark.parametrize(
    ("alignment", "first", "last"),
    [("center", 35 - 11.1, 35 + 11.1), ("distribute", 15.0, 55.0), ("left", 12.8, 12.8 + 22.2)],
)
def test_upright_text_in_a_cell(book: FontBook, alignment: str, first: float, last: float) -> None:
    """Five characters of 5.56 mm down a cell 50 mm high and 20 mm wide, in its middle."""
    upright = '<w:vAlign w:val="center"/><w:textDirection w:val="tbRlV"/>'
    left = cell(paragraph("奖惩情况栏", f'<w:jc w:val="{alignment}"/>'), width=1134, properties=upright)
    body = table(
        (1134, 4536),
        row(left, cell(width=4536), properties='<w:trHeight w:val="2835" w:hRule="exact"/>'),
        properties='<w:tblInd w:w="0" w:type="dxa"/>',
    )
    found = characters(printed(book, Word(paragraph(properties='<w:spacing w:line="567"/>') + body + paragraph())).pdf)
    assert "".join(character.text for character in found) == "奖惩情况栏"
    middles = [(character.top + character.bottom) / 2 - TOP for character in found]
    assert middles[0] == pytest.approx(first, abs=0.6)
    assert middles[-1] == pytest.approx(last, abs=0.6)
    assert [character.x + character.width / 2 for character in found] == pytest.approx([LEFT + 10] * 5, abs=0.2)


def test_the_space_below_a_paragraph_stands_above_a_table_too(book: FontBook) -> None:
    body = paragraph("字", '<w:spacing w:after="567"/>') + table((5670,), row(cell())) + paragraph()
    first, _last = level_rules(printed(book, Word(body)).pdf, share=0.4)
    assert first[0] == pytest.approx(TOP + (28.95 + 28.35 + 0.5) * 25.4 / 72, abs=0.15)


def test_a_header_row_stands_on_every_page_and_rows_stay_whole(book: FontBook) -> None:
    head = row(cell(paragraph("表头")), properties="<w:tblHeader/>")
    rows = [row(cell(paragraph(f"{number}"), paragraph("下")), properties="<w:cantSplit/>") for number in range(15)]
    pdf = printed(book, Word(table((8000,), head, *rows) + paragraph())).pdf
    assert page_count(pdf) == 2
    for page in (1, 2):
        texts = [line.text for line in text_lines(pdf, page)]
        assert texts[0] == "表头"
        assert texts.count("下") == len(texts[1:]) / 2


def test_a_row_may_go_on_on_the_next_page(book: FontBook) -> None:
    pdf = printed(
        book, Word(paragraph("字") * 20 + table((8000,), row(cell(*[paragraph("格")] * 6))) + paragraph())
    ).pdf
    assert [line.text for line in text_lines(pdf, 2)] == ["格"] * 5 or len(text_lines(pdf, 2)) == 4


def test_a_nested_table_and_a_spanning_cell(book: FontBook) -> None:
    down, under = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = table((1500,), row(cell(paragraph("内"), width=1500)))
    body = table(
        (3000, 3000),
        row(cell(paragraph("高") * 4, width=3000, properties=down), cell(inner, paragraph("尾"), width=3000)),
        row(cell(width=3000, properties=under), cell(paragraph("下"), width=3000)),
    )
    pdf = printed(book, Word(body + paragraph("后"))).pdf
    found = {character.text: character for character in characters(pdf)}
    assert found["内"].x == pytest.approx(LEFT + (150 + 5.4 + 5.4) * 25.4 / 72, abs=0.2)
    above_the_ink = 0.8 * 28.95 - 0.86 * 16
    assert found["后"].top - TOP == pytest.approx((4 * 28.95 + 2 + above_the_ink) * 25.4 / 72, abs=0.1)


def test_widows_and_what_keeps_with_the_next(book: FontBook) -> None:
    two_lines = paragraph(TEXT + "余")
    pdf = printed(book, Word(paragraph("字") * 21 + two_lines)).pdf
    assert len(text_lines(pdf, 1)) == 21  # a single line stays with its fellow
    alone = printed(book, Word(paragraph("字") * 21 + paragraph(TEXT + "余", '<w:widowControl w:val="0"/>'))).pdf
    assert len(text_lines(alone, 1)) == 22
    kept = printed(book, Word(paragraph("字") * 21 + paragraph("标题", "<w:keepNext/>") + paragraph("正文"))).pdf
    assert [line.text for line in text_lines(kept, 2)] == ["标题", "正文"]


def test_page_breaks(book: FontBook) -> None:
    broken = '<w:p><w:r><w:t>前</w:t><w:br w:type="page"/><w:t>后</w:t></w:r></w:p>'
    only = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    pdf = printed(book, Word(broken + only + paragraph("末"))).pdf
    assert [[line.text for line in text_lines(pdf, page)] for page in (1, 2, 3)] == [["前"], ["后"], ["末"]]


def test_landscape_in_the_middle(book: FontBook) -> None:
    wide = (
        '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1440" '
        'w:right="1440" w:bottom="1440" w:left="1440" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr></w:pPr></w:p>'
    )
    pdf = printed(book, Word(paragraph("横") + wide + paragraph("竖"))).pdf
    reader = pypdf.PdfReader(__import__("io").BytesIO(pdf))
    sizes = [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages]
    assert sizes == [(842, 595), (595, 842)]


def test_narrowed_characters_emphasis_and_underlined_tabs(book: FontBook) -> None:
    body = (
        '<w:p><w:r><w:rPr><w:w w:val="50"/></w:rPr><w:t>机关名称</w:t></w:r><w:r><w:t>件</w:t></w:r></w:p>'
        '<w:p><w:r><w:rPr><w:em w:val="dot"/></w:rPr><w:t>着重</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>姓氏</w:t></w:r><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>'
        "<w:r><w:t>。</w:t></w:r></w:p>"
    )
    result = printed(book, Word(body))
    narrow = sorted((each for each in characters(result.pdf) if each.text in "机关名称件"), key=lambda each: each.x)
    assert narrow[1].x - narrow[0].x == pytest.approx((8 - 0.25) * 25.4 / 72, abs=0.05)
    assert narrow[4].x - narrow[0].x == pytest.approx(4 * (8 - 0.25) * 25.4 / 72, abs=0.1)
    assert [line.text for line in text_lines(result.pdf)] == ["机关名称件", "着重", "姓氏。"]
    dark = ink(result.pdf) < 128
    base = TOP + (2 + 0.8) * 28.95 * 25.4 / 72
    under = dark[round(base * 10) : round(base * 10) + 20, round(LEFT * 10) + 115 : round(LEFT * 10) + 122]
    assert under.any()  # the line runs on under the tab


def test_an_underline_goes_on_at_one_height_from_words_to_tab(book: FontBook) -> None:
    look = '<w:rPr><w:u w:val="single"/></w:rPr>'
    body = f"<w:p><w:r>{look}<w:t>一一</w:t></w:r><w:r>{look}<w:tab/></w:r><w:r><w:t>一</w:t></w:r></w:p>"
    dark = ink(printed(book, Word(body)).pdf, dpi=508) < 128
    foot = round((TOP + (0.8 * 28.95 + 0.1 * 16) * 25.4 / 72) * 20)
    under_words = dark[foot : foot + 20, round((LEFT + 2) * 20) : round((LEFT + 9) * 20)].all(axis=1)
    under_tab = dark[foot : foot + 20, round((LEFT + 11.4) * 20) : round((LEFT + 12.4) * 20)].all(axis=1)
    words, tab = numpy.flatnonzero(under_words), numpy.flatnonzero(under_tab)  # in twentieths of a millimetre
    assert (words.min(), words.max()) == (pytest.approx(tab.min(), abs=1), pytest.approx(tab.max(), abs=1))


def test_links_outline_and_metadata(book: FontBook) -> None:
    body = (
        paragraph("第一章 总则", '<w:outlineLvl w:val="0"/>')
        + paragraph("一、目的", '<w:outlineLvl w:val="1"/>')
        + '<w:p><w:bookmarkStart w:id="0" w:name="here"/><w:r><w:t>处</w:t></w:r></w:p>'
        + '<w:p><w:hyperlink w:anchor="here"><w:r><w:t>见</w:t></w:r></w:hyperlink></w:p>'
        + "<w:p>" + field_code('HYPERLINK "https://example.cn/"', "网址") + "</w:p>"
    )  # fmt: skip
    reader = pypdf.PdfReader(__import__("io").BytesIO(printed(book, Word(body)).pdf))
    outline = reader.outline
    assert outline[0].title == "第一章 总则"  # type: ignore[union-attr]
    assert outline[1][0].title == "一、目的"  # type: ignore[index,union-attr]
    links = [annotation.get_object() for annotation in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert {link["/Subtype"] for link in links} == {"/Link"}
    assert len(links) == 2
    assert reader.metadata is not None
    assert reader.metadata.title == "题名"


def test_the_report(book: FontBook) -> None:
    body = (
        paragraph("正文 abc")
        + table((4000, 4000), row(cell(paragraph("姓名")), cell(paragraph("张三"))))
        + paragraph("末")
    )
    report = printed(book, Word(body)).report
    assert report.text == "正文 abc\n姓名\t张三\n末"
    assert report.pages == 1
    assert list(report.milliseconds) == ["read", "layout", "fonts", "print", "gate"]
    assert "仿宋_GB2312" in {substitution.wanted for substitution in report.substitutions}


def test_equal_input_gives_equal_bytes(book: FontBook) -> None:
    data = Word(paragraph(TEXT) + table((4000,), row(cell(paragraph("格")))) + paragraph()).bytes()
    one, two = (render(data, book=book, metadata=Metadata("题名", "机关")) for _time in range(2))
    assert one.pdf == two.pdf


def test_strict_means_that_the_gate_decides(book: FontBook) -> None:
    rare = paragraph("\U0002ffff字")
    with pytest.raises(CannotRender):
        printed(book, Word(rare))


def test_an_empty_file_is_one_empty_page(book: FontBook) -> None:
    assert printed(book, Word("")).report.pages == 1
    assert printed(book, Word(paragraph())).report.pages == 1


def test_what_was_left_out_is_seen(book: FontBook) -> None:
    body = "<w:p><m:oMath/><w:r><w:t>字</w:t></w:r></w:p>"
    pdf = render(Word(body).bytes(), book=book, metadata=Metadata(), strict=False).pdf
    dark = ink(pdf)[round(TOP * 10) : round(TOP * 10) + 120, round(LEFT * 10) : round(LEFT * 10) + 50] < 200
    assert dark.any()
