"""Characters and paragraphs on paper, one property each, measured with a ruler. The type is 16 pt (5.64 mm)."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy
import pypdf
import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, LINE, PT, RIGHT, TOP, box_of, colored, printed
from tests.rendering.pages import characters, ink, page_count, text_lines
from tests.rendering.word import Word, paragraph

EM = 16 * PT
STEP = 15.75 * PT
"""A character of the body with its spacing of -0.25 pt."""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line_of(*runs: str, properties: str = "") -> Word:
    return Word(f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>")


def dark(pdf: bytes, left: float, top: float, right: float, bottom: float, page: int = 1) -> numpy.ndarray:
    """The dark pixels of a rectangle in mm, ten to a millimetre."""
    mask: numpy.ndarray = ink(pdf, page)[round(top * 10) : round(bottom * 10), round(left * 10) : round(right * 10)]
    return mask < 128


# --------------------------------------------------------------------------- characters


def test_hidden_text_takes_no_room(book: FontBook) -> None:
    pdf = printed(book, line_of(run("甲"), run("隐藏", "<w:vanish/>"), run("乙"))).pdf
    assert [each.text for each in characters(pdf)] == ["甲", "乙"]
    assert characters(pdf)[1].x - characters(pdf)[0].x == pytest.approx(STEP, abs=0.05)


@pytest.mark.parametrize(("per_cent", "share"), [(50, 0.5), (66, 0.66), (150, 1.5)])
def test_scaled_characters_are_as_wide_as_told_and_as_high_as_before(
    book: FontBook, per_cent: int, share: float
) -> None:
    pdf = printed(book, line_of(run("国国", f'<w:w w:val="{per_cent}"/><w:spacing w:val="0"/>'))).pdf
    one, two = characters(pdf)
    assert two.x - one.x == pytest.approx(EM * share, abs=0.05)
    rows = numpy.flatnonzero(dark(pdf, LEFT, TOP, LEFT + 30, TOP + LINE).any(axis=1))
    plain = printed(book, line_of(run("国国"))).pdf
    assert len(rows) == pytest.approx(
        numpy.flatnonzero(dark(plain, LEFT, TOP, LEFT + 30, TOP + LINE).any(axis=1)).size, abs=2
    )


@pytest.mark.parametrize("which", ["superscript", "subscript"])
def test_small_raised_and_lowered_characters(book: FontBook, which: str) -> None:
    pdf = printed(book, line_of(run("甲"), run("注", f'<w:vertAlign w:val="{which}"/><w:spacing w:val="0"/>'))).pdf
    body, small = characters(pdf)
    assert small.width < 0.75 * body.width
    assert small.bottom < body.bottom - 1 if which == "superscript" else small.bottom > body.bottom - 0.5


def test_emphasis_dots_stand_below_each_character(book: FontBook) -> None:
    pdf = printed(book, line_of(run("着重", '<w:em w:val="dot"/>'), run("平常"))).pdf
    marked, plain = characters(pdf)[1], characters(pdf)[2]
    below = marked.bottom + 0.2
    assert dark(pdf, marked.x, below, marked.x + marked.width, TOP + LINE).any()
    assert not dark(pdf, plain.x, below, plain.x + plain.width, TOP + LINE).any()


@pytest.mark.parametrize(
    ("kind", "strokes"), [("single", 1), ("double", 2), ("thick", 1), ("dotted", 1), ("dash", 1), ("wave", 1)]
)
def test_underlines(book: FontBook, kind: str, strokes: int) -> None:
    pdf = printed(book, line_of(run("　　　　　　", f'<w:u w:val="{kind}"/>'))).pdf
    area = dark(pdf, LEFT, TOP, LEFT + 6 * STEP, TOP + LINE)
    assert area.any()
    if kind in ("single", "thick", "double"):
        column = area[:, 200]
        assert int((column[1:] & ~column[:-1]).sum()) == strokes
        assert area.any(axis=0).all()
    else:
        assert area.any(axis=0).mean() > 0.3


def test_a_highlight_covers_its_characters_only(book: FontBook) -> None:
    pdf = printed(book, line_of(run("甲"), run("乙丙", '<w:highlight w:val="yellow"/>'), run("丁"))).pdf
    left, _top, right, _bottom = box_of(colored(pdf, (255, 255, 0)))
    assert (left, right) == pytest.approx((LEFT + STEP, LEFT + 3 * STEP), abs=0.15)


def test_bold_and_italic_where_the_face_has_none(book: FontBook) -> None:
    def mask(properties: str) -> numpy.ndarray:
        return dark(printed(book, line_of(run("中", properties))).pdf, LEFT - 2, TOP, LEFT + 9, TOP + LINE)

    plain, bold, italic = mask(""), mask("<w:b/>"), mask("<w:i/>")
    assert bold.sum() > 1.15 * plain.sum()

    def lean(area: numpy.ndarray) -> float:
        rows = numpy.flatnonzero(area.any(axis=1))
        upper, lower = area[rows[0] : rows[0] + 15], area[rows[-1] - 15 : rows[-1]]
        return float(numpy.flatnonzero(upper.any(axis=0)).mean() - numpy.flatnonzero(lower.any(axis=0)).mean())

    assert lean(italic) > lean(plain) + 4  # tenths of a millimetre


@pytest.mark.parametrize("text", ["□", "☑", "√", "☐", "✓", "■", "○", "●", "①", "〔", "―"])
def test_marks_of_forms_print(book: FontBook, text: str) -> None:
    result = printed(book, line_of(run(text)))
    assert [each.text for each in characters(result.pdf)] == [text]
    assert dark(result.pdf, LEFT - 1, TOP, LEFT + 8, TOP + LINE).any()


def test_a_checkbox_and_other_content_controls_show_what_they_hold(book: FontBook) -> None:
    box = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr><w:t>☑</w:t></w:r>'
        "</w:sdtContent></w:sdt>"
    )
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('同意')}</w:sdtContent></w:sdt>"
    pdf = printed(book, Word(f"<w:p>{box}{control}</w:p>")).pdf
    assert text_lines(pdf)[0].text == "☑同意"


def test_text_fitted_to_a_width(book: FontBook) -> None:
    fitted = run("姓名", '<w:fitText w:val="1280" w:id="1"/>')
    pdf = printed(book, Word(f"<w:p>{fitted}{run('，')}</w:p>")).pdf
    _one, two, comma = characters(pdf)
    assert two.x + EM == pytest.approx(LEFT + 64 * PT, abs=0.1)
    assert comma.x == pytest.approx(LEFT + 64 * PT, abs=0.1)


def test_runs_of_several_formats_are_fitted_together(book: FontBook) -> None:
    """Word opens 姓名称 to six characters with one measure, though the middle one is bold."""
    fit = '<w:fitText w:val="1920" w:id="7"/>'
    one, two, three = run("姓", f'{fit}<w:spacing w:val="240"/>'), run("名", f"{fit}<w:b/>"), run("称", fit)
    pdf = printed(book, Word(f"<w:p>{one}{two}{three}{run('，')}</w:p>")).pdf
    places = [character.x for character in characters(pdf)]
    assert places == pytest.approx([LEFT + way * PT for way in (0, 40, 80, 96)], abs=0.1)


# --------------------------------------------------------------------------- paragraphs


def tabbed(stop: str) -> str:
    return f"<w:tabs><w:tab {stop}/></w:tabs>"


@pytest.mark.parametrize(
    ("kind", "text", "edge"),
    [
        ("left", "甲乙", lambda found: found[0].x),
        ("right", "甲乙", lambda found: found[-1].x + found[-1].width),
        ("center", "甲乙", lambda found: (found[0].x + found[-1].x + found[-1].width) / 2),
        ("decimal", "12.5", lambda found: found[1].x + found[1].width),
    ],
)
def test_tab_stops(book: FontBook, kind: str, text: str, edge: object) -> None:
    runs = "<w:r><w:tab/></w:r>" + run(text, '<w:spacing w:val="0"/>')
    pdf = printed(book, line_of(runs, properties=tabbed(f'w:val="{kind}" w:pos="4000"'))).pdf
    assert callable(edge)
    assert edge(characters(pdf)) == pytest.approx(LEFT + 200 * PT, abs=0.15)


def test_a_leader_fills_the_way_to_its_stop(book: FontBook) -> None:
    runs = f"{run('目录')}<w:r><w:tab/></w:r>{run('9')}"
    pdf = printed(book, line_of(runs, properties=tabbed('w:val="right" w:leader="dot" w:pos="8000"'))).pdf
    way = dark(pdf, LEFT + 2.2 * STEP, TOP, LEFT + 400 * PT - 4, TOP + LINE).any(axis=0)
    gaps = numpy.diff(numpy.flatnonzero(way))
    assert gaps.max() < 25  # tenths of a millimetre
    assert gaps.max() > 2


def test_spacing_between_paragraphs_of_one_style(book: FontBook) -> None:
    spaced = '<w:spacing w:before="200" w:after="200" w:line="579" w:lineRule="exact"/>'
    for contextual, step in (("", LINE + 10 * PT), ("<w:contextualSpacing/>", LINE)):
        pdf = printed(book, Word(paragraph("字", spaced + contextual) * 3)).pdf
        bases = [line.bottom for line in text_lines(pdf)]
        assert [b - a for a, b in pairwise(bases)] == pytest.approx([step] * 2, abs=0.05)


def test_space_given_in_lines(book: FontBook) -> None:
    spaced = '<w:spacing w:beforeLines="50" w:before="999" w:line="579" w:lineRule="exact"/>'
    grid = '<w:docGrid w:type="lines" w:linePitch="400"/>'
    pdf = printed(book, Word(paragraph("一") + paragraph("二", spaced), section=grid)).pdf
    one, two = text_lines(pdf)
    assert two.bottom - one.bottom == pytest.approx(LINE + 10 * PT, abs=0.05)


@pytest.mark.parametrize(("off", "step"), [("", 24 * PT), ('<w:snapToGrid w:val="0"/>', 16 * 1.14 * PT)])
def test_lines_on_and_off_the_grid(book: FontBook, off: str, step: float) -> None:
    single = '<w:spacing w:line="240" w:lineRule="auto"/>'
    grid = '<w:docGrid w:type="lines" w:linePitch="480"/>'
    pdf = printed(book, Word(paragraph("字", single + off) * 3, section=grid)).pdf
    bases = [line.bottom for line in text_lines(pdf)]
    assert [b - a for a, b in pairwise(bases)] == pytest.approx([step] * 2, abs=0.1)


THREE = "三行的段落" * 14


@pytest.mark.parametrize(
    ("properties", "lines_on_first"),
    [("", 22), ('<w:widowControl w:val="0"/>', 22), ("<w:keepLines/>", 20)],
)
def test_a_paragraph_over_the_end_of_a_page(book: FontBook, properties: str, lines_on_first: int) -> None:
    four = paragraph("四行的段落文" * 18, properties)  # 108 characters: four lines of 28
    pdf = printed(book, Word(paragraph("字") * 20 + four)).pdf
    assert (len(text_lines(pdf, 1)), page_count(pdf)) == (lines_on_first, 2)


@pytest.mark.parametrize(
    ("properties", "lines_on_first"),
    [("", 20), ('<w:widowControl w:val="0"/>', 22)],
)
def test_no_line_alone_at_the_top_of_a_page(book: FontBook, properties: str, lines_on_first: int) -> None:
    """Three lines of which two fit: a widow would be left, and taking one over leaves an orphan."""
    pdf = printed(book, Word(paragraph("字") * 20 + paragraph(THREE, properties))).pdf
    assert len(text_lines(pdf, 1)) == lines_on_first


def test_a_heading_keeps_with_its_text(book: FontBook) -> None:
    pdf = printed(book, Word(paragraph("字") * 21 + paragraph("标题", "<w:keepNext/>") + paragraph("文"))).pdf
    assert [line.text for line in text_lines(pdf, 2)] == ["标题", "文"]


def test_a_left_indent_in_characters_leaves_the_hanging_ones_out(book: FontBook) -> None:
    """抄送 in a 版记 as Word saves it: one character in, the names hang behind three more. The twips say four."""
    hang = '<w:ind w:left="1280" w:leftChars="100" w:hanging="960" w:hangingChars="300"/>'
    pdf = printed(book, Word(paragraph("抄送：" + "区委各部门，" * 6, hang))).pdf
    first, second = text_lines(pdf)
    assert first.x == pytest.approx(LEFT + 16 * PT, abs=0.2)
    assert second.x == pytest.approx(LEFT + 64 * PT, abs=0.2)


def test_indents_and_alignment(book: FontBook) -> None:
    for properties, edge in (
        ('<w:ind w:firstLineChars="200" w:firstLine="640"/>', LEFT + 2 * STEP),
        ('<w:ind w:left="640" w:hanging="320"/>', LEFT + 16 * PT),
        ('<w:jc w:val="right"/>', RIGHT - 2 * STEP),
        ('<w:jc w:val="center"/>', (LEFT + RIGHT) / 2 - STEP),
    ):
        pdf = printed(book, Word(paragraph("甲乙", properties))).pdf
        assert characters(pdf)[0].x == pytest.approx(edge, abs=0.3), properties


# --------------------------------------------------------------------------- what a reader of the file finds


def test_headings_become_the_outline_and_links_are_links(book: FontBook) -> None:
    link = (
        f'<w:p><w:hyperlink w:anchor="那里">{run("见下")}</w:hyperlink></w:p>'
        f'<w:p><w:bookmarkStart w:id="1" w:name="那里"/>{run("这里")}<w:bookmarkEnd w:id="1"/></w:p>'
    )
    body = (
        paragraph("一、目的", '<w:outlineLvl w:val="0"/>') + paragraph("（一）细目", '<w:outlineLvl w:val="1"/>') + link
    )
    reader = pypdf.PdfReader(io.BytesIO(printed(book, Word(body)).pdf))
    outer, inner = reader.outline[0], reader.outline[1]
    assert (outer["/Title"], inner[0]["/Title"]) == ("一、目的", "（一）细目")
    [note] = reader.pages[0]["/Annots"]
    assert note.get_object()["/Subtype"] == "/Link"
