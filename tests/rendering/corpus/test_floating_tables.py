"""Tables taken out of the text and fixed to a height of the page: the text goes on above and below them."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LINE, PT, TOP, printed, refused
from tests.rendering.pages import level_rules, text_lines
from tests.rendering.word import ALL_BORDERS, SECTION, Word, cell, paragraph, row, table

ONE_PAGE = paragraph("前") + f"<w:p><w:pPr>{SECTION.format(references='', more='')}</w:pPr></w:p>"
LONG = "一段有两行的正文" * 5


def floating(position: str, *words: str) -> str:
    properties = f'<w:tblBorders>{ALL_BORDERS}</w:tblBorders><w:tblpPr w:horzAnchor="margin" {position}/>'
    return table((8800,), *(row(cell(paragraph(word))) for word in words or ("表",)), properties=properties)


def shown(book: FontBook, xml: str, page: int = 1) -> tuple[list[str], float]:
    """The first character of each line, and how far down the first rule is."""
    pdf = printed(book, Word(xml)).pdf
    return [line.text[0] for line in text_lines(pdf, page)], level_rules(pdf, page)[0][0]


@pytest.mark.parametrize(
    ("position", "y"),
    [
        ('w:vertAnchor="page" w:tblpY="4000"', 200 * PT),
        ('w:vertAnchor="margin" w:tblpY="2000"', TOP + 100 * PT),
        ('w:vertAnchor="margin" w:tblpYSpec="top"', TOP),
        ('w:vertAnchor="page" w:tblpY="1800"', 90 * PT),
    ],
)
def test_it_stands_at_its_height_and_the_text_below_it(book: FontBook, position: str, y: float) -> None:
    lines, rule = shown(book, floating(position) + paragraph("题") + paragraph("文") * 5)
    above = max(int((y - TOP + 0.1) / LINE), 0)
    assert lines == [*"题文文文文文"[:above], "表", *"题文文文文文"[above:]]
    assert rule == pytest.approx(y + PT / 2, abs=0.1)


def test_it_parts_a_paragraph_where_it_stands(book: FontBook) -> None:
    xml = paragraph("题") + floating('w:vertAnchor="margin" w:tblpY="1200" w:bottomFromText="400"') + paragraph(LONG)
    lines, rule = shown(book, xml + paragraph("尾"))
    assert lines == ["题", "一", "表", LONG[28], "尾"]
    assert rule == pytest.approx(TOP + 60.5 * PT, abs=0.1)
    pdf = printed(book, Word(xml)).pdf
    below = text_lines(pdf)[3].top - text_lines(pdf)[2].top
    assert below == pytest.approx(LINE + 21.5 * PT, abs=0.3)  # a row with its rules, and twenty points kept free


@pytest.mark.parametrize(
    ("y", "first", "second"), [(3000, "一表", "二三表"), (-400, "表一", "表二三"), (0, "表一", "表二三")]
)
def test_each_page_has_its_own(book: FontBook, y: int, first: str, second: str) -> None:
    here = floating(f'w:vertAnchor="margin" w:tblpY="{y}"')
    xml = paragraph("一") + here + paragraph("二", "<w:pageBreakBefore/>") + here + paragraph("三")
    for page, words in ((1, first), (2, second)):
        assert shown(book, xml, page) == (list(words), pytest.approx(TOP + (y / 20 + 0.5) * PT, abs=0.1))


@pytest.mark.parametrize(
    "xml",
    [
        floating('w:vertAnchor="page" w:tblpY="400"'),  # in the top margin
        paragraph("字") * 30 + floating('w:vertAnchor="page" w:tblpY="4000"'),  # on a page nobody knows the begin of
        floating('w:vertAnchor="margin" w:tblpY="1000"', *"一二三") + floating('w:vertAnchor="margin" w:tblpY="2000"'),
        ONE_PAGE + floating('w:vertAnchor="margin" w:tblpY="5000"'),
    ],
    ids=["in the margin", "somewhere", "on another table", "in a section that goes on"],
)
def test_one_that_cannot_stand_where_it_should_is_refused(book: FontBook, xml: str) -> None:
    continuous = '<w:type w:val="continuous"/>'
    assert refused(book, Word(xml + paragraph(), section=continuous)) == ["固定在页面某处的浮动表格"]
