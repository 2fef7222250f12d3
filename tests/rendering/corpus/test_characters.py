"""Looks of single characters, as Word prints them."""

from __future__ import annotations

import numpy
import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, LINE, PT, TOP, box_of, colored, picture, printed, refused
from tests.rendering.pages import characters, ink
from tests.rendering.word import Word, cell, paragraph, paras, row, segments, table


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def test_small_capitals_are_capitals_of_four_fifths(book: FontBook) -> None:
    document = Word(para(run("Gb 9704字", "<w:smallCaps/>"))).layout(book)
    assert [(seg.text, round(seg.size, 2)) for seg in segments(paras(document)[0].lines[0])] == [
        ("G", 16), ("B", 12.8), (" 9704", 16), ("字", 16),
    ]  # fmt: skip
    assert document.text == "GB9704字"


def test_a_box_round_characters_moves_nothing(book: FontBook) -> None:
    red = '<w:bdr w:val="single" w:sz="8" w:color="FF0000" w:space="0"/>'
    plain = printed(book, Word(para(run("甲"), run("绝A密"), run("乙"))))
    boxed = printed(book, Word(para(run("甲"), run("绝A密", red), run("乙"))))
    assert [each.x for each in characters(plain.pdf)] == pytest.approx(
        [each.x for each in characters(boxed.pdf)], abs=0.01
    )
    left, top, right, bottom = box_of(colored(boxed.pdf, (255, 0, 0), tolerance=60))
    placed = {each.text: each for each in characters(boxed.pdf)}
    assert left == pytest.approx(placed["绝"].x - PT, abs=0.25)
    assert right == pytest.approx(placed["密"].x + placed["密"].width + PT, abs=0.4)
    assert bottom - top == pytest.approx((16 + 2) * PT, abs=0.3)
    middle = colored(boxed.pdf, (255, 0, 0))[round(top * 10) + 20 : round(bottom * 10) - 20]
    assert len(numpy.flatnonzero(numpy.diff(middle.any(axis=0).astype(int)) == 1)) == 2  # no line between the faces


def test_a_double_strike_is_two_lines(book: FontBook) -> None:
    dark = ink(printed(book, Word(para(run("　　　", "<w:dstrike/>"), run("一")))).pdf, dpi=508) < 128
    column = dark[:, round((LEFT + 5) * 20)]
    assert len(numpy.flatnonzero(numpy.diff(column.astype(int)) == 1)) == 2


def test_an_underline_of_words_leaves_the_blanks_out_and_may_have_its_own_colour(book: FontBook) -> None:
    result = printed(book, Word(para(run("ab ab", '<w:u w:val="words" w:color="FF0000"/>'))))
    red = colored(result.pdf, (255, 0, 0), tolerance=90).any(axis=0)
    assert len(numpy.flatnonzero(numpy.diff(red.astype(int)) == 1)) == 2
    assert (picture(result.pdf)[round(TOP * 10) :, :, :].min(axis=2) < 60).any()  # the letters themselves are black


def test_characters_off_the_grid_keep_their_own_width(book: FontBook) -> None:
    grid = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="4096"/>'
    document = Word(para(run("字字"), run("字字", '<w:snapToGrid w:val="0"/>')), section=grid).layout(book)
    on, off = segments(paras(document)[0].lines[0])
    assert on.width - off.width == pytest.approx(2)


@pytest.mark.parametrize(
    ("properties", "construct"),
    [
        ('<w14:glow w14:rad="1"/>', "发光文字"),
        ("<w14:textOutline><w14:solidFill/></w14:textOutline>", "描边文字"),
        ("<w14:textFill><w14:gradFill/></w14:textFill>", "渐变填充的文字"),
        ('<w:em w:val="circle"/>', "圆圈着重号"),
        ("<w:rtl/>", "从右向左的文字"),
        ("<w:sparkle/>", "不认识的文字格式（sparkle）"),
    ],
)
def test_effects_that_would_be_missing_are_refused(book: FontBook, properties: str, construct: str) -> None:
    assert refused(book, Word(para(run("字", properties)))) == [construct]


def test_effects_that_show_nothing_are_no_reason(book: FontBook) -> None:
    silent = (
        "<w14:textOutline><w14:noFill/></w14:textOutline><w14:textFill><w14:solidFill/></w14:textFill>"
        '<w:shadow w:val="0"/><w:noProof/><w:lang w:val="en-US"/><w:kern w:val="2"/>'
    )
    assert refused(book, Word(para(run("字", silent)))) == []


def test_the_base_line_of_a_raised_character(book: FontBook) -> None:
    result = printed(book, Word(para(run("字", '<w:position w:val="12"/>'), run("字"))))
    high, low = sorted(characters(result.pdf), key=lambda each: each.x)
    assert low.bottom - high.bottom == pytest.approx(6 * PT, abs=0.05)
    assert low.bottom == pytest.approx(TOP + 0.8 * LINE + 0.14 * 16 * PT, abs=0.3)


@pytest.mark.parametrize(
    ("shade", "color"),
    [
        ('w:val="pct15" w:color="auto" w:fill="FFFFFF"', (217, 217, 217)),
        ('w:val="pct50" w:color="FF0000" w:fill="auto"', (255, 128, 128)),
        ('w:val="solid" w:color="00FF00" w:fill="auto"', (0, 255, 0)),
        ('w:val="clear" w:color="auto" w:fill="FFFF00"', (255, 255, 0)),
    ],
)
def test_a_shade_of_dots_is_as_dark_as_the_dots_cover(book: FontBook, shade: str, color: tuple[int, int, int]) -> None:
    """字符底纹 on Word's ribbon is 15 % of black."""
    pdf = printed(book, Word(f"<w:p>{run('底纹', f'<w:shd {shade}/>')}</w:p>")).pdf
    left, _top, right, _bottom = box_of(colored(pdf, color, tolerance=2))
    assert (left, right) == pytest.approx((LEFT, LEFT + 2 * 15.75 * PT), abs=0.3)


def test_stripes_are_refused(book: FontBook) -> None:
    shade = '<w:shd w:val="diagStripe" w:color="auto" w:fill="FFFFFF"/>'
    body = f"<w:p>{run('字', shade)}</w:p>" + paragraph("段", shade) + table((2000,), row(cell(properties=shade)))
    assert set(refused(book, Word(body))) == {"条纹底纹"}
