"""Which level of formatting wins, asserted on the text and the frames it ends up in."""

from __future__ import annotations

import pytest

from pipeline.rendering import resolved
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.markup import children
from pipeline.rendering.model import Grid, TextStyle
from pipeline.rendering.properties import paragraph_properties, run_properties
from pipeline.rendering.source import read_source
from pipeline.rendering.styles import NO_LOOK
from pipeline.rendering.textstyle import text_style
from tests.rendering.word import WIDTH, Word, lines, paragraph, paras, segments


def styled(
    style: str, *, based_on: str = "", kind: str = "paragraph", run: str = "", para: str = "", more: str = ""
) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style}" {more}>{base}<w:pPr>{para}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


def looks(word: Word) -> list[TextStyle]:
    """The look of each run of the first paragraph."""
    source = read_source(word.bytes())
    paragraph_element = children(source.body, "w:p")[0]
    style = source.styles.paragraph_style(paragraph_properties(paragraph_element))
    return [
        text_style(source.styles.run(style, run_properties(run)), source.theme)
        for run in children(paragraph_element, "w:r")
    ]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def one(properties: str, styles: str, style: str = "A") -> TextStyle:
    return looks(Word(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("字", properties)}</w:p>', styles=styles))[
        0
    ]


DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体" w:ascii="Arial"/><w:sz w:val="21"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
)


def test_a_chain_of_styles_over_the_defaults() -> None:
    styles = (
        DEFAULTS
        + styled("A", based_on="B", run='<w:sz w:val="32"/>')
        + styled("B", run='<w:sz w:val="44"/><w:color w:val="FF0000"/>')
    )
    look = one("", styles)
    assert (look.size, look.color, look.east_asian, look.latin) == (16, "#ff0000", "宋体", "Arial")


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    styles = styled("A", based_on="B", run='<w:sz w:val="32"/>') + styled("B", based_on="A")
    assert one("", styles).size == 16


def test_a_character_style_lies_over_the_paragraph_and_direct_formatting_over_both() -> None:
    styles = styled("A", run='<w:sz w:val="20"/>') + styled("C", kind="character", run='<w:sz w:val="30"/>')
    assert one("", styles).size == 10
    assert one('<w:rStyle w:val="C"/>', styles).size == 15
    assert one('<w:rStyle w:val="C"/><w:sz w:val="40"/>', styles).size == 20


def test_two_levels_of_bold_switch_each_other_off() -> None:
    styles = styled("A", run="<w:b/>") + styled("C", kind="character", run="<w:b/>")
    assert one("", styles).bold
    assert not one('<w:rStyle w:val="C"/>', styles).bold
    assert one('<w:rStyle w:val="C"/><w:b/>', styles).bold
    assert not one('<w:b w:val="0"/>', styles).bold


def test_bold_in_a_chain_is_stated_once() -> None:
    styles = styled("A", based_on="B", run="<w:b/>") + styled("B", run="<w:b/>")
    assert one("", styles).bold


THEME = (
    "<a:themeElements><a:clrScheme><a:accent1><a:srgbClr val='4472C4'/></a:accent1>"
    "<a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1></a:clrScheme>"
    "<a:fontScheme><a:majorFont><a:latin typeface='Cambria'/><a:ea typeface=''/>"
    "<a:font script='Hans' typeface='黑体'/></a:majorFont>"
    "<a:minorFont><a:latin typeface='Calibri'/><a:ea typeface='仿宋'/></a:minorFont></a:fontScheme></a:themeElements>"
)


def test_faces_of_the_theme_and_faces_by_name() -> None:
    themed = '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="majorEastAsia"/>'
    named = run("乙", '<w:rFonts w:eastAsia="楷体"/>')
    body = f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{run("甲")}{named}</w:p>'
    first, second = looks(Word(body, styles=styled("A", run=themed), theme=THEME))
    assert (first.latin, first.east_asian) == ("Calibri", "黑体")
    assert (second.latin, second.east_asian) == ("Calibri", "楷体")


def test_a_colour_of_the_theme() -> None:
    word = Word(
        f'<w:p>{run("字", """<w:color w:val="000000" w:themeColor="accent1"/>""")}'
        f'{run("字", """<w:color w:themeColor="accent1" w:themeShade="80"/>""")}</w:p>',
        theme=THEME,
    )
    plain, dark = looks(word)
    assert plain.color == "#4472c4"
    word_shows = "#203864"  # "Accent 1, Darker 50%"
    assert all(abs(int(dark.color[i : i + 2], 16) - int(word_shows[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


def test_superscript_is_small_and_raised() -> None:
    look = one('<w:sz w:val="20"/><w:vertAlign w:val="superscript"/>', styled("A"))
    assert look.size == pytest.approx(6.5)
    assert look.rise == pytest.approx(3.5)


def test_underline_highlight_scale_spacing_position() -> None:
    look = one(
        '<w:u w:val="wavyHeavy"/><w:highlight w:val="yellow"/><w:w w:val="66"/><w:spacing w:val="-20"/>'
        '<w:position w:val="6"/><w:em w:val="dot"/><w:dstrike/>',
        styled("A"),
    )
    assert (look.underline, look.highlight, look.scale, look.spacing, look.rise) == ("wave", "#ffff00", 0.66, -1, 3)
    assert look.emphasis
    assert look.strike


# --------------------------------------------------------------------------- paragraphs


def starts(book: FontBook, properties: str, text: str = "字" * 40, styles: str | None = None) -> list[float]:
    """Where the lines of a paragraph in 16 pt begin, in points from the margin."""
    word = Word(paragraph(text, properties)) if styles is None else Word(paragraph(text, properties), styles=styles)
    return [round(line.x, 2) for line in paras(word.layout(book))[0].lines]


def test_two_characters_of_first_line_indent_win_over_twips(book: FontBook) -> None:
    assert starts(book, '<w:ind w:firstLineChars="200" w:firstLine="100"/>') == [32.0, 0.0]
    assert starts(book, '<w:ind w:firstLineChars="0" w:firstLine="640"/>') == [32.0, 0.0]


def test_a_hanging_indent_replaces_the_first_line_indent_of_the_style(book: FontBook) -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:ind w:firstLine="640"/></w:pPr>'
        '<w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
    )
    assert starts(book, '<w:ind w:left="960" w:hanging="960"/>', styles=styles) == [0.0, 48.0]


def test_left_and_right_indents_in_characters(book: FontBook) -> None:
    word = Word(paragraph("字" * 30, '<w:ind w:leftChars="100" w:rightChars="400"/>'))
    lines_found = paras(word.layout(book))[0].lines
    assert lines_found[0].x == 16
    assert lines_found[0].x + lines_found[0].width == pytest.approx(WIDTH - 64, abs=0.5)


def test_space_in_lines_of_the_grid(book: FontBook) -> None:
    grid = '<w:docGrid w:type="lines" w:linePitch="312"/>'
    spaced = '<w:spacing w:beforeLines="50" w:before="10" w:afterLines="100"/>'
    para = paras(Word(paragraph("字", spaced), section=grid).layout(book))[0]
    assert (para.before, para.after) == (7.8, 15.6)
    assert paras(Word(paragraph("字", spaced)).layout(book))[0].before == 6  # without a grid a line is 12 pt


@pytest.mark.parametrize(
    ("spacing", "height"),
    [
        ('<w:spacing w:line="579" w:lineRule="exact"/>', 28.95),
        ('<w:spacing w:line="600" w:lineRule="atLeast"/>', 30.0),
        ('<w:spacing w:line="200" w:lineRule="atLeast"/>', 16 * 1.14),
        ('<w:spacing w:line="480" w:lineRule="auto"/>', 2 * 16 * 1.14),
    ],
)
def test_line_rules(book: FontBook, spacing: str, height: float) -> None:
    assert paras(Word(paragraph("字", spacing)).layout(book))[0].lines[0].height == pytest.approx(height)


def test_the_larger_of_two_spaces_stands_between_paragraphs(book: FontBook) -> None:
    body = paragraph("甲", '<w:spacing w:after="400"/>') + paragraph("乙", '<w:spacing w:before="600"/>')
    first, second = paras(Word(body).layout(book))
    assert first.after + second.before == 30
    added = "<w:compat><w:doNotUseHTMLParagraphAutoSpacing/></w:compat>"
    first, second = paras(Word(body, settings=added).layout(book))
    assert first.after + second.before == 50


def test_contextual_spacing_closes_up_paragraphs_of_one_style(book: FontBook) -> None:
    spaced = '<w:spacing w:before="200" w:after="200"/><w:contextualSpacing/>'
    first, second = paras(Word(paragraph("甲", spaced) * 2).layout(book))
    assert (first.before, first.after, second.before, second.after) == (10, 0, 0, 10)


def test_breaks_and_outline_levels(book: FontBook) -> None:
    body = paragraph(
        "标题", '<w:keepNext/><w:keepLines/><w:pageBreakBefore/><w:widowControl w:val="0"/><w:outlineLvl w:val="1"/>'
    ) + paragraph("正文", '<w:outlineLvl w:val="9"/>')
    title, text = paras(Word(body).layout(book))
    assert (title.keep_next, title.keep_lines, title.page_break_before, title.widow_control) == (
        True,
        True,
        True,
        False,
    )
    assert (title.outline, text.outline) == (2, 0)


def test_tab_stops_add_up_and_are_cleared(book: FontBook) -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:tabs><w:tab w:val="left" w:pos="2000"/>'
        '<w:tab w:val="left" w:pos="4000"/></w:tabs></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
    )
    own = '<w:tabs><w:tab w:val="clear" w:pos="2000"/><w:tab w:val="right" w:pos="6000" w:leader="dot"/></w:tabs>'
    body = f"<w:p><w:pPr>{own}</w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>"
    line = paras(Word(body, styles=styles).layout(book))[0].lines[0]
    assert line.x + line.width == pytest.approx(300)
    assert "".join(seg.text for seg in segments(line)) == "甲乙丙"


def test_borders_of_equal_neighbours_are_one_box(book: FontBook) -> None:
    sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="1"/>' for side in ("top", "left", "bottom", "right"))
    bordered = f'<w:pBdr>{sides}<w:between w:val="dashed" w:sz="4"/></w:pBdr>'
    first, second, third = paras(Word(paragraph("字", bordered) * 3).layout(book))
    assert [para.borders.top.style for para in (first, second, third)] == ["solid", "dashed", "dashed"]
    assert [para.borders.bottom.style for para in (first, second, third)] == ["none", "none", "solid"]
    assert [para.joins_above for para in (first, second, third)] == [False, True, True]


def test_hidden_text_is_left_out_and_capitals_are_made(book: FontBook) -> None:
    body = f"<w:p>{run('看得见')}{run('看不见', '<w:vanish/>')}{run('abc', '<w:caps/>')}</w:p>"
    document = Word(body).layout(book)
    assert lines(document) == ["看得见ABC"]
    assert document.text == "看得见ABC"


def test_content_controls_links_and_bookmarks(book: FontBook) -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('块')}</w:sdtContent></w:sdt>"
        f'<w:p><w:bookmarkStart w:id="0" w:name="here"/><w:sdt><w:sdtContent>{run("行内")}</w:sdtContent></w:sdt>'
        f'<w:hyperlink w:anchor="here">{run("链接")}</w:hyperlink><w:smartTag>{run("标记")}</w:smartTag></w:p>'
    )
    document = Word(body).layout(book)
    assert lines(document) == ["块", "行内链接标记"]
    linked = [seg for seg in segments(paras(document)[1].lines[0]) if seg.href]
    assert [(seg.text, seg.href) for seg in linked] == [("链接", "#here")]


def test_symbols_of_wingdings_become_unicode(book: FontBook) -> None:
    body = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F0A8"/></w:r></w:p>'
    assert lines(Word(body).layout(book)) == ["☑□"]


def test_grid_of_the_section(book: FontBook) -> None:
    section = Word(paragraph("字"), section='<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>')
    grid = section.layout(book).sections[0].grid
    assert grid == Grid(28.95, -849 / 4096)


@pytest.mark.parametrize(("text", "twips"), [("姓名", 1280), ("工作单位名称", 1280)])
def test_text_fitted_to_a_width(book: FontBook, text: str, twips: int) -> None:
    fit = f'<w:fitText w:val="{twips}" w:id="7"/>'
    document = Word(f"<w:p>{run(text, fit)}{run('：')}</w:p>").layout(book)
    line = paras(document)[0].lines[0]
    assert line.text == f"{text}："
    assert sum(seg.width for seg in segments(line)[:-1]) == pytest.approx(twips / 20, abs=0.3)
    assert not document.refusals


def test_papers_of_one_template_share_what_was_read_of_it_and_others_do_not() -> None:
    big, small = styled("A", run='<w:sz w:val="44"/>'), styled("A", run='<w:sz w:val="20"/>')
    body = f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{run("字")}</w:p>'
    first, second, other = (read_source(Word(body, styles=DEFAULTS + styles).bytes()) for styles in (big, big, small))
    assert first.styles is second.styles
    assert first.settings is second.settings
    assert [look.size for styles in (big, small, big) for look in looks(Word(body, styles=DEFAULTS + styles))] == [
        22,
        10,
        22,
    ]
    assert other.styles is not first.styles


def test_what_runs_came_to_is_shared_until_it_has_become_much(monkeypatch: pytest.MonkeyPatch) -> None:
    source = read_source(Word(run("字"), styles=DEFAULTS).bytes())
    shared = resolved.resolved_by(source.styles, source.theme, source.settings)
    small = shared.run("", {"sz": {"val": "20"}}, NO_LOOK)
    assert shared.run("", {"sz": {"val": "20"}}, NO_LOOK) is small
    assert resolved.resolved_by(source.styles, source.theme, source.settings) is shared
    monkeypatch.setattr(resolved, "_MOST_KNOWN", 0)
    anew = resolved.resolved_by(source.styles, source.theme, source.settings)
    assert anew is not shared
    assert anew.run("", {"sz": {"val": "20"}}, NO_LOOK) == small
