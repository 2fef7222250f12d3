"""Newspaper columns (分栏): where they stand, how they fill, and what stands below them on the same page."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, LINE, PT, RIGHT, TOP, box_of, printed, refused
from tests.rendering.pages import Character, characters, ink, page_count, text_lines
from tests.rendering.test_shapes import anchor, graphic, position
from tests.rendering.word import SECTION, Word, cell, paragraph, row, table

GAP = 425
TWO = f'<w:cols w:num="2" w:space="{GAP}"/>'
GOES_ON = '<w:type w:val="continuous"/>'
HALF = (RIGHT - LEFT - GAP / 20 * PT) / 2
SECOND = LEFT + HALF + GAP / 20 * PT
"""Where the second of two columns begins, in mm."""

TEXT = "关于推行兼职委员制的通知"
LONG = TEXT * 4


def ended(text: str, more: str) -> str:
    """A paragraph that is the last of its section."""
    properties = SECTION.format(references="", more=more)
    return paragraph(text, properties)


def names(count: int) -> str:
    return "".join(paragraph(f"第{number:02}人") for number in range(count))


def placed(pdf: bytes, page: int = 1) -> dict[str, Character]:
    return {each.text: each for each in characters(pdf, page)}


def test_text_fills_one_column_after_the_other_page_by_page(book: FontBook) -> None:
    pdf = printed(book, Word(names(50), section=TWO)).pdf
    assert page_count(pdf) == 2
    lines = text_lines(pdf)
    assert [line.text for line in lines[:2]] == ["第00人第22人", "第01人第23人"]
    assert len(lines) == 22
    assert [line.text for line in text_lines(pdf, 2)] == [f"第{number}人" for number in range(44, 50)]  # not balanced
    first, second = (each for each in characters(pdf) if each.text == "第" and each.top < TOP + LINE)
    assert (first.x, second.x) == pytest.approx((LEFT, SECOND), abs=0.1)
    assert first.top == pytest.approx(second.top, abs=0.01)


def test_lines_are_as_long_as_their_column(book: FontBook) -> None:
    pdf = printed(book, Word(paragraph(LONG), section=TWO)).pdf
    lines = text_lines(pdf)
    assert len(lines[0].text) == int(HALF / (15.75 * PT))
    assert max(line.right for line in lines) == pytest.approx(LEFT + HALF, abs=0.4)


def test_columns_are_even_where_text_goes_on_below_them(book: FontBook) -> None:
    body = ended("题", GOES_ON) + names(8) + ended("末人", GOES_ON + TWO.replace("2", "3", 1)) + paragraph("下文")
    pdf = printed(book, Word(body, section=GOES_ON)).pdf
    assert [line.text for line in text_lines(pdf)] == [
        "题",
        "第00人第03人第06人",
        "第01人第04人第07人",
        "第02人第05人末人",
        "下文",
    ]
    shown = placed(pdf)
    assert shown["下"].x == pytest.approx(LEFT, abs=0.1)
    assert shown["下"].bottom - shown["题"].bottom == pytest.approx(4 * LINE, abs=0.2)


def test_a_break_ends_a_column(book: FontBook) -> None:
    broken = f'<w:p><w:r><w:t>左</w:t></w:r><w:r><w:br w:type="column"/></w:r><w:r><w:t>右{TEXT}</w:t></w:r></w:p>'
    tabled = table((1500, 1500), row(cell(paragraph("格甲")), cell(paragraph("格乙"))))
    pdf = printed(book, Word(broken + tabled + paragraph("尾"), section=TWO)).pdf
    shown = placed(pdf)
    assert shown["左"].x == pytest.approx(LEFT, abs=0.1)
    assert (shown["右"].x, shown["右"].top) == pytest.approx((SECOND, shown["左"].top), abs=0.3)
    assert shown["甲"].x > SECOND
    assert shown["尾"].x == pytest.approx(SECOND, abs=0.1)


def test_a_line_between_columns_is_as_long_as_the_longest(book: FontBook) -> None:
    body = names(5) + ended("末人", f'<w:cols w:num="2" w:space="{GAP}" w:sep="1"/>') + paragraph("下文")
    dark = ink(printed(book, Word(body, section=GOES_ON)).pdf) < 128
    middle = (LEFT + HALF + SECOND) / 2
    dark[:, : int(10 * (middle - 3))] = dark[:, int(10 * (middle + 3)) :] = False
    left, top, right, bottom = box_of(dark)
    assert (left + right) / 2 == pytest.approx(middle, abs=0.1)
    assert (top, bottom) == pytest.approx((TOP, TOP + 3 * LINE), abs=0.2)


def test_equal_columns_written_one_by_one(book: FontBook) -> None:
    each = round(HALF / PT * 20)
    cols = f'<w:cols w:num="2" w:equalWidth="0"><w:col w:w="{each}" w:space="{GAP}"/><w:col w:w="{each}"/></w:cols>'
    shown = placed(printed(book, Word(names(22) + paragraph("另栏"), section=cols)).pdf)
    assert shown["另"].x == pytest.approx(SECOND, abs=0.1)


def test_a_shape_measured_from_its_column(book: FontBook) -> None:
    box = anchor(graphic("rect", paragraph("框")), width=20, height=12, x=position("H", "column", 30))
    body = names(22) + f"<w:p>{box}<w:r><w:t>文</w:t></w:r></w:p>"
    shown = placed(printed(book, Word(body, section=TWO)).pdf)
    assert shown["文"].x == pytest.approx(SECOND, abs=0.1)
    assert shown["框"].x == pytest.approx(SECOND + 30 + 2.54, abs=0.1)


def test_heads_of_a_table_stand_in_every_column(book: FontBook) -> None:
    head = row(cell(paragraph("头")), properties="<w:tblHeader/>")
    rows = [row(cell(paragraph(f"{number:02}"))) for number in range(26)]
    pdf = printed(book, Word(table((3000,), head, *rows) + paragraph(), section=TWO)).pdf
    assert [line.text for line in text_lines(pdf)[:2]] == ["头头", "0020"]


UNEQUAL = '<w:cols w:equalWidth="0"><w:col w:w="3000" w:space="400"/><w:col w:w="5000"/></w:cols>'
FLOATING = '<w:tblpPr w:vertAnchor="text" w:horzAnchor="margin" w:tblpY="1"/>'


@pytest.mark.parametrize(
    ("body", "cols", "construct"),
    [
        (
            names(2),
            '<w:cols w:equalWidth="0"><w:col w:w="3000" w:space="400"/><w:col w:w="5000"/></w:cols>',
            "宽度不等的分栏",
        ),
        (names(2), '<w:cols w:num="2" w:space="9000"/>', "放不下文字的分栏"),
        (paragraph("甲", "<w:pageBreakBefore/>"), TWO, "分栏里的分页符"),
        ('<w:p><w:r><w:br w:type="page"/></w:r></w:p>', TWO, "分栏里的分页符"),
        (table((3000,), row(cell(paragraph("甲"))), properties=FLOATING), TWO, "分栏里的浮动表格"),
        (
            f"<w:p>{anchor(graphic('rect'), width=9, height=9, x=position('H', 'page', 30))}</w:p>",
            TWO,
            "分栏里相对于页面定位的图形",
        ),
    ],
)
def test_what_leaves_its_column_is_refused(book: FontBook, body: str, cols: str, construct: str) -> None:
    assert refused(book, Word(body, section=cols)) == [construct]
