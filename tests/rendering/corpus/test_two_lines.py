"""Two lines in one (双行合一), as the heads of joint papers have them."""

from __future__ import annotations

import pytest

from pipeline.rendering import Metadata, render
from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, LINE, PT, printed, refused
from tests.rendering.pages import characters
from tests.rendering.word import Word, paragraph

SINGLE = '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr><w:spacing w:val="0"/>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def combined(text: str, more: str = "", properties: str = "", name: int = 1) -> str:
    return run(text, f'{properties}<w:eastAsianLayout w:id="{name}" w:combine="1"{more}/>')


def test_the_organs_stand_one_above_the_other_beside_the_word_document(book: FontBook) -> None:
    size = '<w:sz w:val="60"/>'
    body = f"<w:p>{SINGLE}{combined('王益区委组织部王益区民政局　', properties=size)}{run('文件', size)}</w:p>"
    pdf = printed(book, Word(body + paragraph("下"))).pdf
    placed = {each.text: each for each in characters(pdf)}
    assert placed["织"].width == pytest.approx(15 * PT, abs=0.1)
    assert placed["文"].width == pytest.approx(30 * PT, abs=0.1)
    assert [placed[each].x - LEFT for each in "部民"] == pytest.approx([6 * 15 * PT, 3 * 15 * PT], abs=0.1)
    assert placed["文"].x == pytest.approx(LEFT + 7 * 15 * PT, abs=0.1)
    assert placed["民"].bottom - placed["织"].bottom == pytest.approx(15 * 1.14 * PT, abs=0.1)
    middle = (placed["织"].top + placed["民"].bottom) / 2
    assert middle == pytest.approx((placed["文"].top + placed["文"].bottom) / 2, abs=0.6)
    assert placed["下"].top - placed["文"].top == pytest.approx(30 * 1.14 * PT, abs=3)


def test_they_fit_the_exact_line_of_the_text_and_may_stand_in_brackets(book: FontBook) -> None:
    runs = run("见") + combined("说明", ' w:combineBrackets="round"')
    placed = characters(printed(book, Word(f"<w:p>{runs}</w:p>{paragraph('下')}")).pdf)
    assert [each.text for each in sorted(placed, key=lambda each: (round(each.x), each.top))] == list("见下(说明)")
    bottoms = {each.text: each.bottom for each in placed}
    assert bottoms["下"] - bottoms["见"] == pytest.approx(LINE, abs=0.15)


def test_runs_of_one_number_stand_together(book: FontBook) -> None:
    runs = combined("双行", properties="<w:b/>") + combined("合一", name=1) + combined("另起", name=2)
    pdf = printed(book, Word(f"<w:p>{runs}</w:p>")).pdf
    placed = {each.text: each for each in characters(pdf)}
    assert placed["双"].x == pytest.approx(placed["合"].x, abs=0.05)
    assert placed["另"].x == pytest.approx(placed["起"].x, abs=0.05)
    assert placed["另"].x - LEFT == pytest.approx(16 * PT, abs=0.1)


@pytest.mark.parametrize(
    "silent", ["<w:r><w:rPr>{0}</w:rPr></w:r>", "<w:r><w:rPr><w:vanish/>{0}</w:rPr><w:t>隐</w:t></w:r>"]
)
def test_a_run_that_prints_nothing_takes_no_words_of_the_others_with_it(book: FontBook, silent: str) -> None:
    silent = silent.format('<w:eastAsianLayout w:id="1" w:combine="1"/>')
    pdf = printed(book, Word(f"<w:p>{run('前')}{silent}{combined('双行')}{silent}{combined('合一')}</w:p>")).pdf
    assert sorted(each.text for each in characters(pdf)) == sorted("前双行合一")


def test_the_words_are_those_of_any_other_run(book: FontBook) -> None:
    symbol = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    runs = combined("organ", properties="<w:caps/>") + combined("a", properties=symbol)
    done = render(Word(f"<w:p>{runs}</w:p>").bytes(), book=book, metadata=Metadata("题名", "机关"))
    assert sorted(each.text for each in characters(done.pdf)) == sorted("ORGANα")


@pytest.mark.parametrize(
    ("runs", "construct"),
    [
        (
            '<w:r><w:rPr><w:eastAsianLayout w:id="1" w:combine="1"/></w:rPr><w:t>甲</w:t><w:tab/></w:r>',
            "双行合一（文字之外还有别的内容）",
        ),
        (combined("甲") + run("乙") + combined("丙"), "双行合一（文字之外还有别的内容）"),
        (combined("很长" * 60), "比一行还长的双行合一"),
    ],
)
def test_what_word_sets_otherwise_is_refused(book: FontBook, runs: str, construct: str) -> None:
    assert refused(book, Word(f"<w:p>{runs}</w:p>")) == [construct]
