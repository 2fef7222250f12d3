"""Tables: lines across a cell, widths that Word works out, what stands where, and which fill a cell gets."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, LINE, PT, TOP, box_of, colored, picture, printed
from tests.rendering.word import Word, cell, paragraph, row, table

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
