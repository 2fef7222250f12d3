"""What paragraphs ask of their lines beyond indents and spacing: heights, marks, numbers, rules."""

from __future__ import annotations

import numpy
import pytest

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import BoxSeg
from tests.rendering.corpus.desk import LEFT, PT, RIGHT, TOP, box_of, colored, png_of, printed, refused
from tests.rendering.pages import characters, text_lines
from tests.rendering.test_shapes import PICTURE, anchor, graphic, inline
from tests.rendering.word import Word, paragraph, paras, segments

AUTO = '<w:spacing w:line="240" w:lineRule="auto"/>'


@pytest.mark.parametrize(("alignment", "middle"), [("top", 10), ("center", 30), ("bottom", 52)])
def test_words_beside_a_tall_picture(book: FontBook, alignment: str, middle: float) -> None:
    """A picture of 60 pt; the line is 60 pt high, the words 18.24."""
    body = (
        f'<w:p><w:pPr>{AUTO}<w:textAlignment w:val="{alignment}"/></w:pPr>'
        f"{inline(PICTURE, width=60 * PT, height=60 * PT)}<w:r><w:t>字</w:t></w:r></w:p>"
    )
    result = printed(book, Word(body, parts={"media/image1.png": png_of("red", 20, 20)}))
    (character,) = characters(result.pdf)
    assert (character.top + character.bottom) / 2 == pytest.approx(TOP + middle * PT, abs=0.6)
    assert box_of(colored(result.pdf, (255, 0, 0)))[1] == pytest.approx(TOP, abs=0.15)


def test_a_picture_lowered_by_its_run(book: FontBook) -> None:
    lowered = inline(PICTURE, width=10, height=10).replace("<w:r>", '<w:r><w:rPr><w:position w:val="-20"/></w:rPr>')
    document = Word(
        f"<w:p><w:pPr>{AUTO}</w:pPr><w:r><w:t>字</w:t></w:r>{lowered}</w:p>", parts={"media/image1.png": png_of("red")}
    ).layout(book)
    line = paras(document)[0].lines[0]
    assert [part.rise for part in line.parts if isinstance(part, BoxSeg)] == [-10]
    assert line.height - line.ascent == pytest.approx(10)


def test_an_opening_mark_at_the_start_of_a_line_is_moved_out_by_its_empty_half(book: FontBook) -> None:
    text = paragraph("“引文”", "<w:topLinePunct/>", '<w:rFonts w:hint="eastAsia"/>')
    first = paras(Word(text).layout(book))[0].lines[0]
    assert first.x == pytest.approx(-8)
    plain = paras(Word(paragraph("“引文”", "", '<w:rFonts w:hint="eastAsia"/>')).layout(book))[0].lines[0]
    assert plain.x == 0


def test_the_blank_before_figures_and_the_blank_before_letters_are_two_settings(book: FontBook) -> None:
    def width(properties: str) -> float:
        return paras(Word(paragraph("第5条A款", properties)).layout(book))[0].lines[0].width

    blank = 0.18 * 16
    assert width("") - width('<w:autoSpaceDN w:val="0"/>') == pytest.approx(2 * blank)
    assert width("") - width('<w:autoSpaceDE w:val="0"/>') == pytest.approx(2 * blank)


def test_numbers_that_end_where_their_text_begins(book: FontBook) -> None:
    level = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="decimal"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1."/><w:lvlJc w:val="{}"/>'
        '<w:pPr><w:ind w:left="1440" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = paragraph("事项", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')

    def starts(alignment: str) -> list[float]:
        pdf = printed(book, Word(item * 2, numbering=level.format(alignment))).pdf
        return [each.x for each in characters(pdf) if each.text == "事"]

    assert starts("right") == pytest.approx([LEFT + 72 * PT] * 2, abs=0.15)
    nine, ten = starts("left")
    assert ten > nine > LEFT + 72 * PT + 2


@pytest.mark.parametrize(("value", "upper", "lower"), [("thickThin", 3.0, 1.0), ("thinThick", 1.0, 3.0)])
def test_a_rule_of_two_strokes_as_letters_have_it(book: FontBook, value: str, upper: float, lower: float) -> None:
    """文武线: a red line of 5 pt; its strokes are 3 and 1 pt, the gap 1 pt."""
    look = f'<a:ln w="63500" cmpd="{value}"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    line = anchor(graphic("line", look=look), width=156, height=0)
    pdf = printed(book, Word(f"<w:p>{line}<w:r><w:t>字</w:t></w:r></w:p>")).pdf
    assert strokes(pdf) == pytest.approx([upper, lower], abs=0.35)
    left, top, right, bottom = box_of(colored(pdf, (255, 0, 0), tolerance=90))
    assert (left, right) == (pytest.approx(LEFT, abs=0.1), pytest.approx(LEFT + 156, abs=0.1))
    assert (top + bottom) / 2 == pytest.approx(TOP, abs=0.1)


def test_the_same_rule_as_the_border_of_a_paragraph(book: FontBook) -> None:
    side = '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="1" w:color="FF0000"/></w:pBdr>'
    pdf = printed(book, Word(paragraph("机关名称", side))).pdf
    assert strokes(pdf) == pytest.approx([0.75, 3.0], abs=0.35)  # the thick one lies outside
    left, top, right, _bottom = box_of(colored(pdf, (255, 0, 0), tolerance=90))
    assert (left, right) == (pytest.approx(LEFT, abs=0.1), pytest.approx(RIGHT, abs=0.1))
    assert top == pytest.approx(TOP + (28.95 + 1) * PT, abs=0.15)


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_a_rule_above_a_paragraph_is_as_good_as_one_below(book: FontBook, side: str) -> None:
    """The paragraph before it has no border at all, and so none on the three other sides either."""
    rule = f'<w:pBdr><w:{side} w:val="single" w:sz="12" w:space="1" w:color="FF0000"/></w:pBdr>'
    pdf = printed(book, Word(paragraph("机关") + paragraph("", rule) + paragraph("正文"))).pdf
    left, top, right, bottom = box_of(colored(pdf, (255, 0, 0), tolerance=90))
    assert (left, right) == pytest.approx((LEFT, RIGHT), abs=0.1)
    assert bottom - top == pytest.approx(1.5 * PT, abs=0.2)
    expected = TOP + (28.95 if side == "top" else 2 * 28.95 + 1) * PT
    assert top == pytest.approx(expected, abs=0.2)


def strokes(pdf: bytes) -> list[float]:
    """The heights of the red strokes from above, in points."""
    red = colored(pdf, (255, 0, 0), tolerance=90)[:, 1000]
    edges = numpy.flatnonzero(numpy.diff(red.astype(int)))
    return [(below - above) / 10 / PT for above, below in zip(edges[::2], edges[1::2], strict=True)]


def test_space_before_is_dropped_where_a_page_begins_by_itself(book: FontBook) -> None:
    spaced = '<w:spacing w:before="567" w:line="579" w:lineRule="exact"/>'
    full = paragraph("字") * 22
    by_itself = text_lines(printed(book, Word(full + paragraph("后", spaced))).pdf, 2)
    asked_for = text_lines(printed(book, Word(full + paragraph("后", f"<w:pageBreakBefore/>{spaced}"))).pdf, 2)
    assert asked_for[0].top - by_itself[0].top == pytest.approx(10, abs=0.05)
    assert by_itself[0].top == pytest.approx(TOP + (0.8 * 28.95 - 0.86 * 16) * PT, abs=0.3)


def test_a_distributed_line_fills_the_measure(book: FontBook) -> None:
    line = paras(Word(paragraph("分散对齐", '<w:jc w:val="distribute"/>')).layout(book))[0].lines[0]
    assert line.width == pytest.approx(442.25)
    assert sum(seg.width for seg in segments(line)) >= 442.2


@pytest.mark.parametrize(
    ("properties", "construct"),
    [
        ("<w:mirrorIndents/>", "对称缩进"),
        ('<w:tabs><w:tab w:val="bar" w:pos="2000"/></w:tabs>', "竖线制表位"),
        ('<w:pBdr><w:bar w:val="single" w:sz="4"/></w:pBdr>', "段落旁的竖线"),
        ('<w:textDirection w:val="tbRl"/>', "竖排段落"),
        ("<w:curly/>", "不认识的段落格式（curly）"),
    ],
)
def test_what_a_paragraph_asks_in_vain_is_refused(book: FontBook, properties: str, construct: str) -> None:
    assert refused(book, Word(paragraph("字", properties))) == [construct]


def test_formatting_without_ink_is_no_reason(book: FontBook) -> None:
    silent = (
        '<w:suppressLineNumbers/><w:suppressAutoHyphens/><w:adjustRightInd w:val="0"/><w:divId w:val="7"/>'
        '<w:textAlignment w:val="auto"/><w:cnfStyle w:val="000000000000"/>'
    )
    assert refused(book, Word(paragraph("字", silent))) == []
