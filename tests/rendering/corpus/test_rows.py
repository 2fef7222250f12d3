"""Rows of a table where a page ends: what breaks, what moves whole, and what is drawn at the break."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import BOTTOM, LEFT, LINE, PT, TOP, box_of, colored, printed
from tests.rendering.pages import characters, level_rules, page_count, text_lines
from tests.rendering.word import Word, cell, paragraph, row, table

MIDDLE = '<w:vAlign w:val="center"/>'
DOWN, UNDER = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
WHOLE = "<w:cantSplit/>"
LINES = [f"第{number}行" for number in "甲乙丙丁戊己庚辛壬癸子丑"]
RIGHT_OF_TABLE = LEFT + 8500 / 20 * PT


def tall(properties: str = "", vertical: str = "", words: list[str] = LINES, head: str = "") -> str:
    """A row with a heading and twelve lines beside it, and a row below."""
    return table(
        (1500, 7000),
        head
        + row(
            cell(paragraph("简历"), properties=vertical),
            cell(*map(paragraph, words), properties=vertical),
            properties=properties,
        )
        + row(cell(paragraph("末")), cell(paragraph("尾"))),
    )


def below(lines: int, xml: str) -> Word:
    """A table below so many lines of text; a page has twenty-two."""
    return Word(paragraph("上") * lines + xml + paragraph())


def rules(pdf: bytes, page: int) -> list[float]:
    """How far down the rules are that go all the way across the table."""
    found = level_rules(pdf, page)
    assert all((left, right) == pytest.approx((LEFT, RIGHT_OF_TABLE), abs=0.3) for _y, left, right in found)
    return [y for y, _left, _right in found]


@pytest.mark.parametrize("height", ["", '<w:trHeight w:val="7000"/>'])
def test_a_row_breaks_between_its_lines_and_is_closed_on_both_pages(book: FontBook, height: str) -> None:
    pdf = printed(book, below(16, tall(height, MIDDLE))).pdf
    first, second = (text_lines(pdf, page) for page in (1, 2))
    assert [line.text for line in first[16:]] == [f"简历{LINES[0]}", *LINES[1:5]]  # a heading stands beside the first
    assert [line.text for line in second] == [*LINES[5:], "末尾"]
    begin = TOP + 16 * LINE
    assert rules(pdf, 1) == pytest.approx([begin + PT / 2, begin + 5 * LINE + 1.5 * PT], abs=0.15)
    ends = [TOP, TOP + 7 * LINE + PT, TOP + 8 * LINE + 2 * PT]
    assert rules(pdf, 2) == pytest.approx([end + PT / 2 for end in ends], abs=0.25)


def test_its_least_height_alone_breaks_no_row(book: FontBook) -> None:
    pdf = printed(book, below(14, tall('<w:trHeight w:val="6000"/>', words=["短"]))).pdf
    assert len(text_lines(pdf, 1)) == 14
    assert rules(pdf, 2)[:2] == pytest.approx([TOP + PT / 2, TOP + 300.5 * PT], abs=0.15)


def test_a_row_that_may_not_break_moves_to_the_next_page(book: FontBook) -> None:
    pdf = printed(book, below(16, tall(WHOLE))).pdf
    assert len(text_lines(pdf, 1)) == 16
    assert [line.text for line in text_lines(pdf, 2)] == [f"简历{LINES[0]}", *LINES[1:], "末尾"]


def test_a_row_that_may_not_break_and_fits_no_page_breaks_all_the_same(book: FontBook) -> None:
    pdf = printed(book, below(1, tall(WHOLE, words=LINES * 2))).pdf
    shown = [line.text for page in range(1, page_count(pdf) + 1) for line in text_lines(pdf, page)]
    assert shown == ["上", f"简历{LINES[0]}", *(LINES * 2)[1:], "末尾"]
    assert all(line.bottom < BOTTOM + 1 for page in (1, 2) for line in text_lines(pdf, page))


def test_heads_are_repeated_over_a_row_of_several_pages(book: FontBook) -> None:
    head = row(cell(paragraph("项目")), cell(paragraph("内容")), properties="<w:tblHeader/>")
    pdf = printed(book, below(3, tall(words=LINES * 5, head=head))).pdf
    assert page_count(pdf) == 4
    for page in (2, 3, 4):
        lines = text_lines(pdf, page)
        assert lines[0].text == "项目内容"
        assert lines[1].top - lines[0].top == pytest.approx(LINE + PT, abs=0.3)
        assert rules(pdf, page)[:2] == pytest.approx([TOP + PT / 2, TOP + LINE + 1.5 * PT], abs=0.15)


def test_the_space_below_the_last_paragraph_belongs_to_the_cell(book: FontBook) -> None:
    spaced = paragraph("一", '<w:spacing w:before="200" w:after="400"/>')
    pdf = printed(book, Word(table((8500,), row(cell(spaced)), row(cell(paragraph("二")))) + paragraph())).pdf
    ends = [TOP, TOP + LINE + 31 * PT, TOP + 2 * LINE + 32 * PT]
    assert rules(pdf, 1) == pytest.approx([end + PT / 2 for end in ends], abs=0.15)


# --------------------------------------------------------------------------- merged downwards


def merged(*words: str, more: str = "", rows: int = 14) -> str:
    """A merged cell beside so many rows."""
    first = row(cell(*map(paragraph, words), properties=DOWN + more), cell(paragraph("行")))
    return table((3500, 5000), first + row(cell(properties=UNDER), cell(paragraph("行"))) * (rows - 1))


def test_a_merged_cell_looks_the_same_whether_a_page_may_end_in_it_or_not(book: FontBook) -> None:
    pdf = printed(book, Word(merged("一", "二", more=MIDDLE, rows=4) + paragraph())).pdf
    bottoms = {each.text: each.bottom for each in characters(pdf) if each.x < LEFT + 60}
    row_height = LINE + PT
    shift = bottoms["二"] - bottoms["一"]
    assert shift == pytest.approx(LINE, abs=0.05)
    lower = [each.bottom for each in characters(pdf) if each.text == "行"]
    assert [b - a for a, b in pairwise(lower)] == pytest.approx([row_height] * 3, abs=0.05)
    middle = (lower[0] + lower[-1]) / 2
    assert (bottoms["一"] + bottoms["二"]) / 2 == pytest.approx(middle, abs=0.1)


def test_a_merged_cell_may_stand_at_the_end_of_its_rows(book: FontBook) -> None:
    """The organs of a joint paper, and one 文件 beside them: the second row holds nothing of it."""
    first = row(cell(paragraph("组织部")), cell(paragraph("文件"), properties=DOWN + MIDDLE))
    second = row(cell(paragraph("民政局")), cell(properties=UNDER))
    pdf = printed(book, Word(table((3500, 5000), first, second) + paragraph())).pdf
    bottoms = {each.text: each.bottom for each in characters(pdf)}
    assert bottoms["件"] == pytest.approx((bottoms["织"] + bottoms["政"]) / 2, abs=0.2)


def test_a_page_may_end_between_the_rows_of_a_merged_cell(book: FontBook) -> None:
    words = [f"并{number}" for number in "甲乙丙丁戊己庚辛壬癸"]
    shade = '<w:shd w:val="clear" w:fill="CCEEFF"/>'
    pdf = printed(book, below(14, merged(*words, more=shade))).pdf
    shown = ["".join(each.text for each in characters(pdf, page) if each.x < LEFT + 60) for page in (1, 2)]
    assert shown == ["上" * 14 + "".join(words[:7]), "".join(words[7:])]
    for page, begin, rows in ((1, TOP + 14 * LINE, 7), (2, TOP, 7)):
        foot = begin + rows * (LINE + PT)
        assert rules(pdf, page)[-1] == pytest.approx(foot + PT / 2, abs=0.3)
        left, top, _right, bottom = box_of(colored(pdf, (0xCC, 0xEE, 0xFF), page, tolerance=2))
        assert (left, top, bottom) == pytest.approx((LEFT + 0.2, begin + 0.3, foot + 0.1), abs=0.4)


def test_words_of_a_merged_cell_do_not_stand_on_the_rule_that_ends_the_page(book: FontBook) -> None:
    pdf = printed(book, below(14, merged("并", more=MIDDLE))).pdf
    [word] = [each for page in (1, 2) for each in characters(pdf, page) if each.text == "并"]
    end = rules(pdf, 1)[-1]
    assert word.bottom < end


# --------------------------------------------------------------------------- what a reader would take for lost


def test_a_row_begins_on_a_page_with_all_of_its_cells_or_not_at_all(book: FontBook) -> None:
    """Two lines of an address may not be parted (widow control), so their row has no room where its number has."""
    address = "铜川市王益区红旗街"
    xml = table((1500, 4000), *[row(cell(paragraph(f"{n}号")), cell(paragraph(address * 2))) for n in range(1, 3)])
    pdf = printed(book, below(18, xml)).pdf
    assert [line.text for line in text_lines(pdf, 1)[18:]] == [f"1号{(address * 2)[:12]}", (address * 2)[12:]]
    assert text_lines(pdf, 2)[0].text == f"2号{(address * 2)[:12]}"


def test_heads_stand_above_a_row_that_may_not_break_and_fits_no_page(book: FontBook) -> None:
    head = row(cell(paragraph("项目")), cell(paragraph("内容")), properties="<w:tblHeader/>")
    pdf = printed(book, below(3, tall(WHOLE, words=LINES * 4, head=head))).pdf
    shown = [[line.text for line in text_lines(pdf, page)] for page in range(1, page_count(pdf) + 1)]
    assert [page[3 if index == 0 else 0] for index, page in enumerate(shown)] == ["项目内容"] * len(shown)
    rows = [line for page in shown for line in page if line not in ("上", "项目内容")]
    assert rows == [f"简历{LINES[0]}", *(LINES * 4)[1:], "末尾"]
