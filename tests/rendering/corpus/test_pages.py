"""Pages: which header and footer stands on which, what lies under the text, and where pages of a book begin."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.ooxml import Package
from tests.rendering.corpus.desk import LEFT, PT, TOP, box_of, colored, png_of, printed, refused
from tests.rendering.pages import page_count, text_lines
from tests.rendering.test_shapes import PICTURE, anchor, graphic, pict, position
from tests.rendering.word import SECTION, Word, field_code, paragraph, zipped

RED = (255, 0, 0)
FILLED = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill><a:ln><a:noFill/></a:ln>'
NUMBERED = {
    "footer1.xml": f"<w:p>{field_code('PAGE')}<w:r><w:t>单</w:t></w:r></w:p>",
    "footer2.xml": f"<w:p>{field_code('PAGE')}<w:r><w:t>双</w:t></w:r></w:p>",
}
BOTH = '<w:footerReference w:type="default" r:id="rId10"/><w:footerReference w:type="even" r:id="rId11"/>'


def section(references: str = "", more: str = "") -> str:
    return f"<w:p><w:pPr>{SECTION.format(references=references, more=more)}</w:pPr></w:p>"


def page(text: str = "字") -> str:
    return paragraph(text, "<w:pageBreakBefore/>")


def feet(pdf: bytes) -> list[str]:
    return [text_lines(pdf, number)[-1].text for number in range(1, page_count(pdf) + 1)]


def test_odd_and_even_go_by_the_number_and_not_by_the_sheet(book: FontBook) -> None:
    """A cover of one page, then numbers from 1: the second sheet is an odd page."""
    word = Word(
        paragraph("封面") + section() + page() * 3,
        references=BOTH,
        parts=NUMBERED,
        settings="<w:evenAndOddHeaders/>",
        section='<w:pgNumType w:start="1"/>',
    )
    assert feet(printed(book, word).pdf) == ["封面", "1单", "2双", "3单"]


def test_a_section_that_goes_on_counting_keeps_odd_and_even_by_the_number(book: FontBook) -> None:
    numbered = SECTION.format(references=BOTH, more='<w:pgNumType w:start="1"/>')
    word = Word(
        paragraph("封面") + section() + page() + f"<w:p><w:pPr>{numbered}</w:pPr></w:p>" + page() * 2,
        parts=NUMBERED,
        settings="<w:evenAndOddHeaders/>",
    )
    assert feet(printed(book, word).pdf) == ["封面", "1单", "2双", "3单"]


def test_numbers_that_begin_with_an_even_one(book: FontBook) -> None:
    word = Word(
        page() * 2,
        references=BOTH,
        parts=NUMBERED,
        settings="<w:evenAndOddHeaders/>",
        section='<w:pgNumType w:start="4"/>',
    )
    assert feet(printed(book, word).pdf) == ["4双", "5单"]


def test_margins_that_mirror_go_by_the_number_too(book: FontBook) -> None:
    word = Word(page() * 2, settings="<w:mirrorMargins/>", section='<w:pgNumType w:start="2"/>')
    pdf = printed(book, word).pdf
    assert [text_lines(pdf, number)[0].x for number in (1, 2)] == pytest.approx([26, 28], abs=0.1)


def test_an_empty_page_before_the_imprint_where_the_file_asks_for_an_even_one(book: FontBook) -> None:
    word = Word(paragraph("正文") + section() + paragraph("版记"), section='<w:type w:val="evenPage"/>')
    pdf = printed(book, word).pdf
    assert [[line.text for line in text_lines(pdf, number)] for number in range(1, page_count(pdf) + 1)] == [
        ["正文"],
        ["版记"],
    ]
    later = Word(paragraph("一") + page("二") + section() + paragraph("版记"), section='<w:type w:val="evenPage"/>')
    pdf = printed(book, later).pdf
    assert [[line.text for line in text_lines(pdf, number)] for number in range(1, page_count(pdf) + 1)] == [
        ["一"],
        ["二"],
        [],
        ["版记"],
    ]


# --------------------------------------------------------------------------- drawings in headers


@pytest.mark.parametrize(
    ("y", "header_top", "footer_top"),
    [
        (position("V", "page", 100), 100, 100),
        (position("V", "margin", 10), TOP + 10, TOP + 10),
        (position("V", "paragraph", 5), 15.01 + 5, 297 - 25.14 - 28.95 * PT + 5),
    ],
)
@pytest.mark.parametrize("which", ["header", "footer"])
def test_a_drawing_in_a_header_stands_on_every_page(
    book: FontBook, which: str, y: str, header_top: float, footer_top: float
) -> None:
    box = anchor(graphic("rect", look=FILLED), width=50, height=20, x=position("H", "page", 30), y=y)
    word = Word(
        page() * 2,
        references=f'<w:{which}Reference w:type="default" r:id="rId10"/>',
        parts={f"{which}1.xml": f"<w:p>{box}<w:r><w:t>边</w:t></w:r></w:p>"},
    )
    pdf = printed(book, word).pdf
    top = header_top if which == "header" else footer_top
    for number in (1, 2):
        assert box_of(colored(pdf, RED, number)) == pytest.approx((30, top, 80, top + 20), abs=0.2)


def test_a_letterhead_in_the_header_does_not_hide_the_text(book: FontBook) -> None:
    sheet = anchor(PICTURE, width=210, height=297, x=position("H", "page", 0), y=position("V", "page", 0))
    image = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    image += 'Id="rId10" Type="http://x/image" Target="media/image1.png"/></Relationships>'
    word = Word(
        paragraph("正文"),
        references='<w:headerReference w:type="default" r:id="rId11"/>',
        parts={
            "media/image1.png": png_of("#ffcccc"),
            "header1.xml": f"<w:p>{sheet}</w:p>",
            "_rels/header1.xml.rels": image,
        },
    )
    pdf = printed(book, word).pdf
    assert colored(pdf, (255, 204, 204), tolerance=3).mean() > 0.98
    assert colored(pdf, (0, 0, 0)).any()


def test_a_page_number_in_a_text_box_of_the_footer(book: FontBook) -> None:
    """As WPS puts it."""
    number = f"<w:p><w:r><w:t>第</w:t></w:r>{field_code('PAGE')}<w:r><w:t>页</w:t></w:r></w:p>"
    box = anchor(
        graphic("rect", number, look="<a:noFill/>", body='lIns="0" tIns="0" rIns="0" bIns="0"'),
        width=30,
        height=12,
        x='<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>',
    )
    word = Word(
        page() * 2,
        references='<w:footerReference w:type="default" r:id="rId10"/>',
        parts={"footer1.xml": f"<w:p>{box}</w:p>"},
    )
    pdf = printed(book, word).pdf
    for expected in (1, 2):
        line = text_lines(pdf, expected)[-1]
        assert line.text == f"第{expected}页"
        assert line.x == pytest.approx(LEFT + (156.01 - 30) / 2, abs=0.2)
        assert line.bottom == pytest.approx(297 - 25.14 - (28.95 - 0.8 * 28.95 - 0.14 * 16) * PT, abs=0.3)


def test_a_line_in_vml_under_a_header(book: FontBook) -> None:
    line = pict(
        '<v:line style="position:absolute;mso-position-horizontal-relative:page;mso-position-vertical-relative:page" '
        'from="100pt,80pt" to="300pt,80pt" strokecolor="red" strokeweight="3pt"/>'
    )
    word = Word(
        paragraph("字"),
        references='<w:headerReference w:type="default" r:id="rId10"/>',
        parts={"header1.xml": f"<w:p>{line}</w:p>"},
    )
    left, top, right, bottom = box_of(colored(printed(book, word).pdf, RED, tolerance=90))
    assert (left, right) == (pytest.approx(100 * PT, abs=0.1), pytest.approx(300 * PT, abs=0.1))
    assert (top + bottom) / 2 == pytest.approx(80 * PT, abs=0.1)
    assert not refused(book, word)


# --------------------------------------------------------------------------- borders and places of pages


def border(offset: str, width: int = 24, space: int = 10) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" w:color="FF0000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return f'<w:pgBorders w:offsetFrom="{offset}">{sides}</w:pgBorders>'


def test_a_border_round_the_page_measured_from_the_paper(book: FontBook) -> None:
    pdf = printed(book, Word(page() * 2, section=border("page"))).pdf
    reach = 10 * PT
    for number in (1, 2):
        assert box_of(colored(pdf, RED, number)) == pytest.approx((reach, reach, 210 - reach, 297 - reach), abs=0.15)


def test_a_border_measured_from_the_text(book: FontBook) -> None:
    pdf = printed(book, Word(paragraph("字"), section=border("text"))).pdf
    out = 13 * PT
    assert box_of(colored(pdf, RED)) == pytest.approx((LEFT - out, TOP - out, 184.0 + out, 262.0 + out), abs=0.15)


def test_a_border_goes_round_the_header_unless_told_otherwise(book: FontBook) -> None:
    word = Word(
        paragraph("字"),
        references='<w:headerReference w:type="default" r:id="rId10"/>',
        parts={"header1.xml": paragraph("页眉")},
        section=border("text"),
    )
    assert box_of(colored(printed(book, word).pdf, RED))[1] == pytest.approx(15.01 - 13 * PT, abs=0.15)
    word.settings = "<w:bordersDoNotSurroundHeader/>"
    assert box_of(colored(printed(book, word).pdf, RED))[1] == pytest.approx(TOP - 13 * PT, abs=0.15)


@pytest.mark.parametrize(("alignment", "share"), [("center", 0.5), ("bottom", 1.0)])
def test_a_cover_in_the_middle_of_its_page(book: FontBook, alignment: str, share: float) -> None:
    first = SECTION.format(references="", more=f'<w:vAlign w:val="{alignment}"/>')
    word = Word(paragraph("封面") * 3 + f"<w:p><w:pPr>{first}</w:pPr></w:p>" + paragraph("正文"))
    pdf = printed(book, word).pdf
    height = (16838 - 2098 - 1984) / 20 * PT
    middle = text_lines(pdf)[0].top - (0.8 * 28.95 - 0.86 * 16) * PT
    assert middle == pytest.approx(TOP + (height - 4 * 28.95 * PT) * share, abs=0.3)
    assert text_lines(pdf, 2)[0].top < TOP + 4


def test_a_page_that_stands_in_the_middle_and_runs_over_is_refused(book: FontBook) -> None:
    assert refused(book, Word(paragraph("字") * 30, section='<w:vAlign w:val="center"/>')) == ["页面垂直对齐"]


def test_the_space_before_the_first_paragraph_of_a_section(book: FontBook) -> None:
    spaced = paragraph("二", '<w:spacing w:before="567" w:line="579" w:lineRule="exact"/>')
    pdf = printed(book, Word(paragraph("一") + section() + spaced)).pdf
    assert text_lines(pdf, 2)[0].top - text_lines(pdf, 1)[0].top == pytest.approx(10, abs=0.05)


@pytest.mark.parametrize(
    ("settings", "more", "left", "top"),
    [
        ("", "", LEFT + 10, TOP),
        ("<w:gutterAtTop/>", "", LEFT, TOP + 10),
        ("", "<w:rtlGutter/>", LEFT, TOP),
    ],
)
def test_the_gutter(book: FontBook, settings: str, more: str, left: float, top: float) -> None:
    word = Word(paragraph("字" * 40), settings=settings, section=more)
    parts = dict(Package.open(word.bytes()).parts)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b'w:gutter="0"', b'w:gutter="567"')
    line = text_lines(printed(book, zipped(parts)).pdf)[0]
    assert line.x == pytest.approx(left, abs=0.1)
    assert line.top - (0.8 * 28.95 - 0.86 * 16) * PT == pytest.approx(top, abs=0.3)
    assert line.right <= 184.0 - (10 if more else 0) + 0.3


@pytest.mark.parametrize("setting", ["bookFoldPrinting", "bookFoldRevPrinting", "printTwoOnOne"])
def test_pages_that_are_halves_of_a_sheet_are_refused(book: FontBook, setting: str) -> None:
    assert refused(book, Word(paragraph("字"), settings=f"<w:{setting}/>")) == ["书籍折页或拼页"]
    assert refused(book, Word(paragraph("字"), settings=f'<w:{setting} w:val="0"/>')) == []
