"""Footnotes: the number in the text, the text at the foot of the same page, the line between."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import BOTTOM, LEFT, LINE, PT, printed, refused
from tests.rendering.pages import characters, ink, page_count, text_lines
from tests.rendering.word import Word, cell, paragraph, row, table

NOTE_LINE = 15 * PT


def reference(name: int, more: str = "") -> str:
    """Not raised, so that number and word are found on one line."""
    return f'<w:r><w:footnoteReference w:id="{name}"{more}/></w:r>'


def words(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def referring(text: str, *names: int) -> str:
    return f"<w:p>{words(text)}{''.join(map(reference, names))}</w:p>"


def note(name: int, text: str, *, numbered: bool = True) -> str:
    small = '<w:rPr><w:sz w:val="18"/><w:spacing w:val="0"/></w:rPr>'
    number = f"<w:r>{small}<w:footnoteRef/></w:r>" if numbered else ""
    spaced = '<w:pPr><w:spacing w:line="300" w:lineRule="exact"/></w:pPr>'
    return f'<w:footnote w:id="{name}"><w:p>{spaced}{number}<w:r>{small}<w:t>{text}</w:t></w:r></w:p></w:footnote>'


SEPARATOR = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:line="400" w:lineRule="exact"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
)


def noted(body: str, *notes: str, **more: str) -> Word:
    return Word(body, parts={"footnotes.xml": SEPARATOR + "".join(notes)}, **more)


def lines(pdf: bytes, page: int = 1) -> list[str]:
    return [line.text for line in text_lines(pdf, page)]


def test_a_note_stands_at_the_foot_of_its_page(book: FontBook) -> None:
    pdf = printed(book, noted(referring("正文", 2) + paragraph("又一段"), note(2, "说明"))).pdf
    assert "".join(each.text for each in characters(pdf)) == "正文1又一段1说明"
    foot = text_lines(pdf)[-1]
    assert foot.text == "1说明"
    assert foot.bottom == pytest.approx(BOTTOM - 0.2 * NOTE_LINE + 0.14 * 9 * PT, abs=0.2)
    top = BOTTOM - NOTE_LINE - 20 * PT
    dark = ink(pdf)[round(top * 10) : round((top + 20 * PT) * 10)] < 160
    rule = dark.any(axis=0).nonzero()[0]
    assert (rule[0] / 10, rule[-1] / 10) == pytest.approx((LEFT, LEFT + 144 * PT), abs=0.2)
    assert dark.any(axis=1).nonzero()[0].mean() / 10 == pytest.approx(10 * PT, abs=0.2)


def test_the_number_stands_close_to_its_word(book: FontBook) -> None:
    word, number = characters(printed(book, noted(referring("文", 2), note(2, "注"))).pdf)[:2]
    assert number.x - word.x == pytest.approx(15.75 * PT, abs=0.05)


def test_notes_are_numbered_through_and_each_page_has_its_own(book: FontBook) -> None:
    body = referring("一", 7) + referring("二", 5, 6) + paragraph("新页", "<w:pageBreakBefore/>") + referring("三", 4)
    pdf = printed(book, noted(body, *(note(name, f"注{name}") for name in (4, 5, 6, 7)))).pdf
    assert lines(pdf, 1)[-3:] == ["1注7", "2注5", "3注6"]
    assert lines(pdf, 2)[-1] == "4注4"


def test_text_keeps_free_the_room_of_the_notes(book: FontBook) -> None:
    """Twenty-two lines fit a page; a note of three lines and its rule take the room of three."""
    body = referring("字", 2) + paragraph("字") * 21
    pdf = printed(book, noted(body, note(2, "很长的说明" * 24))).pdf
    assert lines(pdf, 1)[:19] == ["字1"] + ["字"] * 18
    assert len(lines(pdf, 1)) == 22
    assert len(lines(pdf, 2)) == 3


def test_a_line_whose_note_has_no_room_goes_to_the_next_page_with_it(book: FontBook) -> None:
    body = paragraph("字") * 21 + referring("末", 2)
    pdf = printed(book, noted(body, note(2, "注"))).pdf
    assert page_count(pdf) == 2
    assert lines(pdf, 2) == ["末1", "1注"]


def test_a_note_that_does_not_fit_goes_on_at_the_foot_of_the_next_page(book: FontBook) -> None:
    """Twelve lines of note at the foot of a page that has room for three and a rule."""
    body = paragraph("字") * 18 + referring("末", 2) + paragraph("后") * 3
    words = "".join(f"第{number:02}条说明" for number in range(100))
    pdf = printed(book, noted(body, note(2, words))).pdf
    first, second = lines(pdf, 1), lines(pdf, 2)
    assert page_count(pdf) == 2
    assert first[:19] == ["字"] * 18 + ["末1"]
    assert len(first) > 20
    assert second[:3] == ["后"] * 3
    assert "".join([*first[19:], *second[3:]]) == "1" + words
    assert text_lines(pdf, 2)[-1].bottom == pytest.approx(BOTTOM - 0.2 * NOTE_LINE + 0.14 * 9 * PT, abs=0.3)


def test_a_note_of_a_whole_page_is_refused(book: FontBook) -> None:
    word = noted(paragraph("字") + referring("末", 2), note(2, "很长的说明" * 700))
    assert refused(book, word) == ["将近一页或更长的脚注"]


def test_a_note_to_a_cell(book: FontBook) -> None:
    pdf = printed(book, noted(table((4000,), row(cell(referring("格", 2)))) + paragraph(), note(2, "注"))).pdf
    assert lines(pdf) == ["格1", "1注"]
    assert text_lines(pdf)[-1].bottom > BOTTOM - LINE


@pytest.mark.parametrize(
    ("form", "number"), [("decimalEnclosedCircleChinese", "①"), ("chineseCounting", "一"), ("lowerRoman", "i")]
)
def test_forms_of_numbers(book: FontBook, form: str, number: str) -> None:
    settings = f'<w:footnotePr><w:numFmt w:val="{form}"/></w:footnotePr>'
    pdf = printed(book, noted(referring("文", 2), note(2, "注"), settings=settings)).pdf
    assert lines(pdf) == [f"文{number}", f"{number}注"]


def test_a_mark_of_its_own(book: FontBook) -> None:
    own = ' w:customMarkFollows="1"'
    body = f"<w:p>{words('文')}{reference(2, own)}{words('※')}{reference(3)}</w:p>"
    pdf = printed(book, noted(body, note(2, "※有星", numbered=False), note(3, "有号"))).pdf
    assert lines(pdf) == ["文※1", "※有星", "1有号"]


@pytest.mark.parametrize(
    ("rules", "construct"),
    [
        ('<w:numRestart w:val="eachPage"/>', "每页或每节重新编号的脚注"),
        ('<w:pos w:val="beneathText"/>', "不在页面底端的脚注"),
    ],
)
def test_notes_that_word_numbers_or_places_otherwise_are_refused(book: FontBook, rules: str, construct: str) -> None:
    word = noted(referring("文", 2), note(2, "注"), settings=f"<w:footnotePr>{rules}</w:footnotePr>")
    assert refused(book, word) == [construct]


def test_a_table_in_a_note(book: FontBook) -> None:
    inner = table((3000, 3000), row(cell(paragraph("左")), cell(paragraph("右"))))
    with_table = f'<w:footnote w:id="2">{inner}{paragraph("注")}</w:footnote>'
    assert lines(printed(book, noted(referring("文", 2), with_table)).pdf) == ["文1", "左右", "注"]
