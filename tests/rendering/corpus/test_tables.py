"""Tables: lines across a cell, widths that Word works out, what stands where, and which fill a cell gets."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, LINE, PT, RIGHT, TOP, box_of, colored, picture, printed
from tests.rendering.pages import characters, ink, level_rules, text_lines
from tests.rendering.word import ALL_BORDERS, BODY_STYLE, Word, cell, paragraph, row, table, tables

RED = (255, 0, 0)
TALL = '<w:trHeight w:val="2000"/>'
DOWN, UNDER = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def across(which: str, form: str = 'w:val="single" w:sz="8"') -> str:
    return f'<w:tcBorders><w:{which} {form} w:space="0" w:color="FF0000"/></w:tcBorders>'


# --------------------------------------------------------------------------- 斜线表头


@pytest.mark.parametrize(("which", "falls"), [("tl2br", True), ("tr2bl", False)])
def test_a_line_across_a_cell_goes_from_corner_to_corner(book: FontBook, which: str, falls: bool) -> None:
    head = cell(paragraph("项目", '<w:jc w:val="right"/>'), paragraph("单位"), properties=across(which))
    pdf = printed(book, Word(table((3000, 3000), row(head, cell(), properties=TALL)) + paragraph())).pdf
    red = colored(pdf, RED)
    corners = (LEFT, TOP + PT / 2, LEFT + 150 * PT, TOP + 100.5 * PT)
    assert box_of(red) == pytest.approx(corners, abs=0.35)
    quarter = red[: int((TOP + 25 * PT) * 10), :]
    left, _top, right, _bottom = box_of(quarter)
    assert (left + right) / 2 < LEFT + 75 * PT if falls else (left + right) / 2 > LEFT + 75 * PT


def test_a_line_across_a_merged_cell_crosses_all_its_rows(book: FontBook) -> None:
    rows = row(cell(properties=DOWN + across("tl2br")), cell()) + row(cell(properties=UNDER), cell()) * 2
    pdf = printed(book, Word(table((3000, 3000), rows) + paragraph())).pdf
    assert box_of(colored(pdf, RED))[3] == pytest.approx(TOP + 3 * LINE + 3.5 * PT, abs=0.35)


def test_a_double_line_across_a_cell_is_two(book: FontBook) -> None:
    head = cell(properties=across("tl2br", 'w:val="double" w:sz="12"'))
    pdf = printed(book, Word(table((3000,), row(head, properties=TALL)) + paragraph())).pdf
    middle = picture(pdf)[:, int((LEFT + 75 * PT) * 10)]
    red = (abs(middle.astype(int) - RED) < 100).all(axis=1)
    edges = int((red[1:] & ~red[:-1]).sum())
    assert edges == 2


# --------------------------------------------------------------------------- widths

FIXED = '<w:tblLayout w:type="fixed"/>'
NUMBER = "610202199001011234"
NUMBER_WIDTH = 18 * (8 - 0.25) + 10.8
"""Points for eighteen figures of 16 pt, set a little closer, and the margins of a cell."""


def widths(book: FontBook, xml: str) -> list[float]:
    return list(tables(Word(xml + paragraph()).layout(book))[0].columns)


def test_a_column_is_not_narrower_than_its_longest_word(book: FontBook) -> None:
    rows = row(cell(paragraph(NUMBER), width=1600), cell(paragraph("张三"), width=3000))
    assert widths(book, table((1600, 3000), rows)) == pytest.approx([NUMBER_WIDTH, 150])  # the table grows
    assert widths(book, table((1600, 3000), rows, properties=FIXED)) == [80, 150]


def test_where_there_is_no_room_the_other_columns_give_it(book: FontBook) -> None:
    rows = row(cell(paragraph(NUMBER)), cell(paragraph("张三")), cell(paragraph("备注")))
    found = widths(book, table((1600, 3600, 1800), rows, properties='<w:tblW w:w="7000" w:type="dxa"/>'))
    assert sum(found) == pytest.approx(350)
    assert found[0] == pytest.approx(NUMBER_WIDTH)
    given = [180 - found[1], 90 - found[2]]
    need = 15.75 + 10.8  # one character and the margins
    assert given[0] / given[1] == pytest.approx((180 - need) / (90 - need))


def test_a_cell_that_may_not_wrap_is_as_wide_as_its_text(book: FontBook) -> None:
    unwrapped = cell(paragraph("不许换行的一栏"), properties="<w:noWrap/>")
    assert widths(book, table((1000, 1000), row(unwrapped, cell()))) == pytest.approx([7 * 15.75 + 10.8, 50])


def test_columns_of_unknown_width_fit_their_contents(book: FontBook) -> None:
    rows = row(cell(paragraph("姓名")), cell(paragraph("工作单位"))) + row(cell(paragraph("张三丰")), cell())
    assert widths(book, table((0, 0), rows)) == pytest.approx([3 * 15.75 + 10.8, 4 * 15.75 + 10.8])


def test_what_the_cells_of_a_column_agree_on_goes_before_a_stale_grid(book: FontBook) -> None:
    rows = row(cell(width=1500), cell(width=6000)) * 2
    assert widths(book, table((4000, 4000), rows)) == [75, 300]
    assert widths(book, table((4000, 4000), row(cell(width=1500), cell(width=9000)))) == [200, 200]  # off the page
    differing = row(cell(width=1500), cell(width=6000)) + row(cell(width=2500), cell(width=5000))
    assert widths(book, table((4000, 4000), differing)) == [200, 200]


# --------------------------------------------------------------------------- heights, fills, places


@pytest.mark.parametrize(("properties", "height"), [("", 28.95 + 1), ("<w:hideMark/>", 10.0)])
def test_the_mark_of_an_empty_cell_may_count_for_nothing(book: FontBook, properties: str, height: float) -> None:
    rows = row(cell(properties=properties), properties='<w:trHeight w:val="200"/>') + row(cell(paragraph("字")))
    pdf = printed(book, Word(table((8000,), rows) + paragraph())).pdf
    rules = [y for y, _left, _right in level_rules(pdf)]
    assert rules[1] - rules[0] == pytest.approx(height * PT, abs=0.1)


FILLS = (
    '<w:style w:type="table" w:default="1" w:styleId="TN"/>'
    '<w:style w:type="table" w:styleId="Filled"><w:basedOn w:val="TN"/>'
    '<w:tcPr><w:shd w:val="clear" w:fill="00FF00"/></w:tcPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="0000FF"/></w:tcPr></w:tblStylePr></w:style>'
)


def test_which_fill_a_cell_gets(book: FontBook) -> None:
    """Its own before that of the first row, that of the first row before that of the whole table; "auto" is none."""
    own = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
    rows = row(cell(), cell(properties=own.format("FF0000"))) + row(cell(), cell(properties=own.format("auto")))
    properties = '<w:tblStyle w:val="Filled"/><w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
    pdf = printed(
        book, Word(table((3000, 3000), rows, properties=properties) + paragraph(), styles=BODY_STYLE + FILLS)
    ).pdf
    page = picture(pdf)
    colors = [
        [tuple(page[round((TOP + (down + 0.5) * LINE) * 10), round((LEFT + across) * 10)]) for across in (20, 70)]
        for down in (0, 1)
    ]
    assert colors == [[(0, 0, 255), RED], [(0, 255, 0), (255, 255, 255)]]


@pytest.mark.parametrize(
    ("properties", "x"),
    [
        ('<w:tblInd w:w="567" w:type="dxa"/>', LEFT + 10),
        ('<w:jc w:val="center"/>', (LEFT + RIGHT) / 2 - 75 * PT),
        ('<w:jc w:val="right"/>', RIGHT - 150 * PT),
    ],
)
def test_where_a_table_stands(book: FontBook, properties: str, x: float) -> None:
    borders = f"<w:tblBorders>{ALL_BORDERS}</w:tblBorders>"
    pdf = printed(book, Word(table((3000,), row(cell()), properties=borders + properties) + paragraph())).pdf
    [upper, _lower] = level_rules(pdf, share=0.2)
    assert upper[1:] == pytest.approx((x, x + 150 * PT), abs=0.4)


def test_the_lines_of_a_table_are_drawn_from_end_to_end(book: FontBook) -> None:
    """A table of three by three with equal borders is four lines each way, not twenty-four sides."""
    rows = (row(*(cell(paragraph("格")) for _column in range(3))) for _row in range(3))
    pdf = printed(book, Word(table((2000, 2000, 2000), *rows))).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content = document.pages[0].Contents.read_bytes().split()
    assert content.count(b"l") == 8
    assert content.count(b"S") == 1
    dark = ink(pdf) < 128
    left, top, right, _bottom = box_of(dark)
    assert (left, right) == pytest.approx((LEFT - 0.5 * PT, LEFT + 300.5 * PT), abs=0.2)
    assert dark[round(top * 10) + 1].sum() == pytest.approx((right - left) * 10, abs=2)


# --------------------------------------------------------------------------- text that fits its cell


def test_text_is_opened_or_narrowed_to_its_cell(book: FontBook) -> None:
    fit = "<w:tcFitText/>"
    grid = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="1024"/>'
    rows = row(cell(paragraph("张三"), properties=fit), cell(paragraph("王益区2024年很长的工作单位"), properties=fit))
    pdf = printed(book, Word(table((2000, 2000), rows) + paragraph(), section=grid)).pdf
    [line] = text_lines(pdf)
    assert line.text == "张三王益区2024年很长的工作单位"
    placed = characters(pdf)
    inner = (2000 - 2 * 108) / 20 * PT
    begin, second = LEFT + 108 / 20 * PT, LEFT + (2000 + 108) / 20 * PT
    assert (placed[0].x, placed[1].x + 16 * PT) == pytest.approx((begin, begin + inner), abs=0.15)
    assert (placed[2].x, placed[-1].x + placed[-1].width) == pytest.approx((second, second + inner), abs=0.3)


def test_figures_of_a_column_stand_on_their_points_without_a_tab(book: FontBook) -> None:
    stop = '<w:tabs><w:tab w:val="decimal" w:pos="1000"/></w:tabs>'
    figures = ("3.14", "271.8", "9")
    pdf = printed(book, Word(table((3000,), *[row(cell(paragraph(each, stop))) for each in figures]) + paragraph())).pdf
    at = LEFT + (108 + 1000) / 20 * PT
    points = [each.x for each in characters(pdf) if each.text == "."]
    assert points == pytest.approx([at, at], abs=0.15)
    assert text_lines(pdf)[-1].right == pytest.approx(at, abs=0.4)
    beside = printed(book, Word(paragraph("3.14", stop))).pdf
    assert characters(beside)[0].x == pytest.approx(LEFT, abs=0.1)
