"""Cells whose lines run down or up, 50 mm high. The type is 16 pt with -0.25 pt between, its lines 28.95 pt apart."""

from __future__ import annotations

from itertools import pairwise

import numpy
import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, LINE, PT, TOP, printed, refused
from tests.rendering.pages import Character, characters, ink, level_rules
from tests.rendering.word import Word, cell, paragraph, row, table

STEP = 15.75 * PT
HIGH = '<w:trHeight w:val="2835" w:hRule="exact"/>'


def beside(direction: str, *paragraphs: str, more: str = "", height: str = HIGH) -> Word:
    """A cell of 75 pt with vertical text, and an empty one."""
    left = cell(*paragraphs, properties=f'<w:textDirection w:val="{direction}"/>{more}')
    return Word(table((1500, 5000), row(left, cell(), properties=height)) + paragraph())


def middles(found: list[Character]) -> list[tuple[float, float]]:
    return [(each.x + each.width / 2, (each.top + each.bottom) / 2) for each in found]


def test_columns_follow_from_right_to_left(book: FontBook) -> None:
    """Eight characters go down a column of 50 mm; the ninth begins the second one, a line further left."""
    pdf = printed(book, beside("tbRlV", paragraph("一二三四五六七八九十"))).pdf
    found = characters(pdf)
    assert [each.text for each in found] == list("一二三四五六七八九十")
    places = middles(found)
    for index in range(7):
        assert places[index + 1][0] == pytest.approx(places[index][0], abs=0.1)
        assert places[index + 1][1] - places[index][1] == pytest.approx(STEP, abs=0.35)
    assert places[0][1] == pytest.approx(TOP + PT + EM_HALF, abs=0.4)
    second = next(index for index in range(1, 10) if places[index][1] < places[index - 1][1])
    assert places[0][0] - places[second][0] == pytest.approx(LINE, abs=0.1)
    assert places[second][1] == pytest.approx(places[0][1], abs=0.1)


EM_HALF = 8 * PT


def shape(pdf: bytes, place: tuple[float, float]) -> numpy.ndarray:
    """The ink of one character round its middle, 6 mm square."""
    x, y = place
    mask: numpy.ndarray = ink(pdf)[round(y * 10) - 30 : round(y * 10) + 30, round(x * 10) - 30 : round(x * 10) + 30]
    return mask < 128


def alike(one: numpy.ndarray, two: numpy.ndarray) -> float:
    """The share of the ink of one that the other has too, at the best of small shifts."""
    shifts = [(down, across) for down in range(-4, 5) for across in range(-4, 5)]
    return max(float((one & numpy.roll(two, shift, (0, 1))).sum() / max(one.sum(), 1)) for shift in shifts)


@pytest.mark.parametrize(
    ("direction", "quarters"), [("tbRlV", 0), ("tbRl", -1), ("btLr", 1)], ids=["standing", "lying down", "lying up"]
)
def test_how_the_characters_stand(book: FontBook, direction: str, quarters: int) -> None:
    level = printed(book, Word(paragraph("年"))).pdf
    model = numpy.rot90(shape(level, middles(characters(level))[0]), quarters)
    pdf = printed(book, beside(direction, paragraph("年年年年年年年年年年"))).pdf
    found = shape(pdf, middles(characters(pdf))[3])
    assert alike(model, found) > 0.8
    others = [alike(numpy.rot90(model, turn), found) for turn in (1, 2, 3)]
    assert max(others) < 0.7


def test_a_line_from_below_begins_at_the_foot_of_the_left_side(book: FontBook) -> None:
    pdf = printed(book, beside("btLr", paragraph("从下到上"))).pdf
    places = middles(characters(pdf))
    assert places[0][1] == pytest.approx(TOP + PT / 2 + 50 - EM_HALF, abs=0.6)
    assert [a[1] - b[1] for a, b in pairwise(places)] == pytest.approx([STEP] * 3, abs=0.05)
    assert places[0][0] < LEFT + 5.4 * PT + LINE


def test_letters_and_brackets_lie_and_stops_stand_at_the_upper_right(book: FontBook) -> None:
    pdf = printed(book, beside("tbRlV", paragraph("表（A）。"))).pdf
    found = {each.text: place for each, place in zip(characters(pdf), middles(characters(pdf)), strict=True)}
    assert list(found) == list("表（A）。")
    column = found["表"][0]
    assert found["。"][0] > column + 1.5
    assert found["）"][0] == pytest.approx(column, abs=1.0)


def test_a_row_without_a_height_is_as_high_as_its_columns(book: FontBook) -> None:
    pdf = printed(book, beside("tbRl", paragraph("旋转的标题"), height="")).pdf
    rules = level_rules(pdf, share=0.4)
    assert rules[1][0] - rules[0][0] == pytest.approx(5 * STEP + PT, abs=0.2)


@pytest.mark.parametrize(
    ("direction", "paragraphs"),
    [
        ("tbRlV", [paragraph("用“引号”的标题")]),
        ("tbRlV", [paragraph("一列")] * 4),
        ("tbLrV", [paragraph("从左到右的列")]),
    ],
    ids=["marks of another shape", "no room", "from left to right"],
)
def test_columns_that_cannot_be_set_are_refused(book: FontBook, direction: str, paragraphs: list[str]) -> None:
    assert refused(book, beside(direction, *paragraphs)) == ["竖排的单元格"]
