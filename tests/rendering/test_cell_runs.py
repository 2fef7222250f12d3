"""Rows whose cells are one picture look, to the hundredth of a millimetre, as rows of cells with boxes of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.rendering import FontBook, Metadata, render, table_boxes
from pipeline.rendering.reading import read_pages
from tests.rendering.pages import characters, page_count
from tests.rendering.word import Word, cell, paragraph, row, table

COLUMNS = (1400, 2200, 1800, 2600)
WHOLE = "<w:cantSplit/>"


def printed(book: FontBook, body: str, *, apart: bool) -> bytes:
    with pytest.MonkeyPatch.context() as patched:
        if apart:
            patched.setattr(table_boxes, "together", lambda _row: False)
        return render(Word(body).bytes(), book=book, metadata=Metadata("题名")).pdf


def places(pdf: bytes) -> list[tuple[int, str, float, float]]:
    """Every character as it is drawn, with its page and its place in mm."""
    return [
        (page, each.text, each.x, each.bottom)
        for page in range(1, page_count(pdf) + 1)
        for each in characters(pdf, page)
    ]


def near(one: list[tuple[int, str, float, float]], two: list[tuple[int, str, float, float]]) -> bool:
    return len(one) == len(two) and all(
        (a[0], a[1]) == (b[0], b[1]) and abs(a[2] - b[2]) < 0.02 and abs(a[3] - b[3]) < 0.02
        for a, b in zip(one, two, strict=True)
    )


def structure(pdf: bytes) -> Counter[str]:
    """How many elements of each kind the paper has."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return Counter(str(each.S) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/P" in each)


def drawn(pdf: bytes) -> list[tuple[float, ...]]:
    """The lines and grounds of the first page, in points."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        (page, *_others) = read_pages(opened, {1}).pages
        return [(each.left, each.bottom, each.right, each.top) for each in page.drawn]


def boxes(pdf: bytes) -> int:
    """How many pieces of content bring a place of their own."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return sum(page.Contents.read_bytes().count(b" cm\n") for page in opened.pages)


def form() -> str:
    """A form with what cells may have: spans, grounds, heights, places, double lines, a merged cell, two paragraphs."""
    double = '<w:tcBorders><w:bottom w:val="double" w:sz="6"/><w:right w:val="single" w:sz="24"/></w:tcBorders>'
    grey = '<w:shd w:val="clear" w:fill="D9D9D9"/>'
    middle, foot = '<w:vAlign w:val="center"/>', '<w:vAlign w:val="bottom"/>'
    return table(
        COLUMNS,
        row(
            cell(paragraph("姓名"), properties=grey + middle),
            cell(paragraph("刘珺"), properties=double),
            cell(paragraph("出生年月"), properties=foot),
            cell(paragraph("照片"), properties='<w:vMerge w:val="restart"/>' + middle),
            properties=WHOLE + '<w:trHeight w:val="900"/>',
        ),
        row(
            cell(paragraph("政治"), paragraph("面貌"), properties=middle + grey),
            cell(paragraph("中共党员，二〇〇三年六月入党"), properties='<w:gridSpan w:val="2"/>' + middle),
            cell(properties="<w:vMerge/>"),
            properties=WHOLE,
        ),
        row(
            cell(paragraph("单位"), properties=foot),
            cell(
                paragraph("铜川市王益区桃园街道", run="<w:u w:val='single'/>"),
                properties='<w:gridSpan w:val="3"/>' + grey + double,
            ),
            properties=WHOLE + '<w:trHeight w:val="700" w:hRule="exact"/>',
        ),
        row(cell(paragraph("甲")), cell(paragraph("乙")), cell(), cell(paragraph("丁"))),
    )


def test_a_form_looks_the_same_and_is_tagged_the_same(book: FontBook) -> None:
    one, many = (printed(book, form(), apart=apart) for apart in (False, True))
    assert near(places(one), places(many))
    assert structure(one) == structure(many)
    assert boxes(one) < boxes(many) / 2
    for each, other in zip(sorted(drawn(one)), sorted(drawn(many)), strict=True):
        assert each == pytest.approx(other, abs=0.02)


def rows() -> Iterator[str]:
    yield row(*(cell(paragraph(each)) for each in "序名职备"), properties=WHOLE + "<w:tblHeader/>")
    for number in range(60):
        texts = (f"{number}", "刘珺" * (1 + number % 4), "校长", "区委组织部" * (number % 3))
        yield row(*(cell(paragraph(text)) for text in texts), properties=WHOLE if number % 7 else "")


def test_a_long_list_breaks_at_the_same_rows_and_repeats_its_head(book: FontBook) -> None:
    body = table(COLUMNS, *rows())
    one, many = (printed(book, body, apart=apart) for apart in (False, True))
    assert page_count(one) > 3
    assert near(places(one), places(many))
    assert structure(one) == structure(many)


def test_a_link_in_a_cell_leads_from_where_its_words_stand(book: FontBook) -> None:
    link = '<w:hyperlink w:anchor="a"><w:r><w:t>见附件</w:t></w:r></w:hyperlink>'
    target = '<w:p><w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>附件</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    body = table(COLUMNS, row(cell(paragraph("甲")), cell(f"<w:p>{link}</w:p>"), properties=WHOLE)) + target
    rectangles = []
    for apart in (False, True):
        with pikepdf.open(BytesIO(printed(book, body, apart=apart))) as pdf:
            (note,) = pdf.pages[0].obj.Annots
            rectangles.append([float(each) for each in note.Rect])
    assert rectangles[0] == pytest.approx(rectangles[1], abs=0.02)


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.lists(st.text("甲乙丙 a1", max_size=14), min_size=4, max_size=4),
            st.sampled_from(["", WHOLE, WHOLE + '<w:trHeight w:val="1200"/>', '<w:trHeight w:val="400"/>']),
            st.sampled_from(["", '<w:vAlign w:val="center"/>', '<w:tcBorders><w:top w:val="double"/></w:tcBorders>']),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_any_table_looks_the_same(book: FontBook, content: list[tuple[list[str], str, str]]) -> None:
    body = paragraph("起") + table(
        COLUMNS,
        *(
            row(*(cell(paragraph(text), properties=form) for text in texts), properties=height)
            for texts, height, form in content
        ),
    )
    assert near(places(printed(book, body, apart=False)), places(printed(book, body, apart=True)))
