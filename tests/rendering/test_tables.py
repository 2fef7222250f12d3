"""Tables in the model: grid, spans, heights, borders, margins, places."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.measure import height_of, row_heights
from pipeline.rendering.model import Table
from tests.rendering.word import ALL_BORDERS, WIDTH, Word, cell, paragraph, row, table, tables

OLD = '<w:compat><w:compatSetting w:name="compatibilityMode" w:val="14"/></w:compat>'
STYLED = (
    '<w:style w:type="table" w:default="1" w:styleId="TN"><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    f'<w:style w:type="table" w:styleId="Grid"><w:basedOn w:val="TN"/><w:tblPr><w:tblBorders>{ALL_BORDERS}'
    '</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" '
    'w:fill="DDDDDD"/></w:tcPr></w:tblStylePr><w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear" '
    'w:fill="EEEEEE"/></w:tcPr></w:tblStylePr></w:style>'
)


def one(book: FontBook, xml: str, **more: str) -> Table:
    return tables(Word(xml + paragraph(), **more).layout(book))[0]


def texts(found: Table) -> list[list[str]]:
    return [
        ["".join(line.text for block in each.blocks for line in getattr(block, "lines", ())) for each in line.cells]
        for line in found.rows
    ]


def test_grid_and_cells(book: FontBook) -> None:
    found = one(book, table((1000, 3000), row(cell(paragraph("姓名")), cell(paragraph("张三")))))
    assert found.columns == (50, 150)
    assert texts(found) == [["姓名", "张三"]]
    assert found.x == 0


def test_before_word_2013_the_text_of_the_first_cell_stands_on_the_margin(book: FontBook) -> None:
    xml = table((1000,), row(cell()))
    assert one(book, xml, settings=OLD).x == -5.4
    assert one(book, xml, settings="").x == -5.4  # a file without a mode is Word 2007's


@pytest.mark.parametrize(
    ("properties", "x"),
    [
        ('<w:jc w:val="center"/>', (WIDTH - 200) / 2),
        ('<w:jc w:val="right"/>', WIDTH - 200),
        ('<w:tblInd w:w="400" w:type="dxa"/>', 20),
    ],
)
def test_where_a_table_stands(book: FontBook, properties: str, x: float) -> None:
    assert one(book, table((4000,), row(cell()), properties=properties)).x == pytest.approx(x)


def test_cells_across_and_down(book: FontBook) -> None:
    down, under = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = one(
        book,
        table(
            (1000, 1000, 1000),
            row(cell(paragraph("一"), properties='<w:gridSpan w:val="2"/>'), cell(paragraph("照片"), properties=down)),
            row(cell(paragraph("二")), cell(paragraph("三")), cell(properties=under)),
            row(cell(paragraph("四"), properties='<w:gridSpan w:val="3"/>')),
        ),
    )
    assert texts(found) == [["一", "照片"], ["二", "三"], ["四"]]
    assert [(each.column, each.span, each.rows) for line in found.rows for each in line.cells] == [
        (0, 2, 1), (2, 1, 2), (0, 1, 1), (1, 1, 1), (0, 3, 1),
    ]  # fmt: skip


def test_text_in_a_cell_that_was_merged_away_is_refused(book: FontBook) -> None:
    xml = table(
        (1000,),
        row(cell(properties='<w:vMerge w:val="restart"/>')),
        row(cell(paragraph("漏"), properties="<w:vMerge/>")),
    )
    assert [refusal.near for refusal in Word(xml).layout(book).refusals] == ["漏"]


def test_a_row_that_begins_later(book: FontBook) -> None:
    found = one(
        book,
        table((1000, 1000), row(cell(), cell()), row(cell(paragraph("右")), properties='<w:gridBefore w:val="1"/>')),
    )
    assert [(each.column, each.span) for each in found.rows[1].cells] == [(1, 1)]


def test_row_heights_headers_and_splitting(book: FontBook) -> None:
    found = one(
        book,
        table(
            (4000,),
            row(cell(), properties='<w:trHeight w:val="1200" w:hRule="exact"/><w:tblHeader/><w:cantSplit/>'),
            row(cell(), properties='<w:trHeight w:val="1200"/>'),
            row(cell(), properties="<w:tblHeader/>"),
        ),
    )
    assert [(each.height, each.rule) for each in found.rows] == [(60, "exact"), (60, "at-least"), (0, "auto")]
    assert [each.header for each in found.rows] == [True, False, False]  # only those at the top are repeated
    assert found.rows[0].cant_split
    assert row_heights(found) == (60, 60, pytest.approx(28.95 + 1))  # a line and half a point of border on each side


def test_a_spanning_cell_makes_the_last_of_its_rows_higher(book: FontBook) -> None:
    down, under = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = one(
        book,
        table(
            (4000, 4000),
            row(cell(paragraph("字") * 4, properties=down), cell()),
            row(cell(properties=under), cell()),
            properties="",
        ),
    )
    assert row_heights(found) == (28.95, pytest.approx(3 * 28.95))
    assert height_of([found]) == pytest.approx(4 * 28.95)


def test_margins_of_table_and_cell(book: FontBook) -> None:
    margins = '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/></w:tblCellMar>'
    own = '<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>'
    found = one(book, table((4000, 4000), row(cell(), cell(properties=own)), properties=margins))
    assert [each.padding for each in found.rows[0].cells] == [(2, 5.4, 0, 4.25), (2, 0, 0, 4.25)]


def test_lines_in_cells_leave_the_grid_unless_asked(book: FontBook) -> None:
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:sz w:val="21"/></w:rPr></w:style>'
    grid = '<w:docGrid w:type="lines" w:linePitch="600"/>'
    xml = table((4000,), row(cell(paragraph("字"))))
    asked = "<w:compat><w:adjustLineHeightInTable/></w:compat>"
    assert height_of(one(book, xml, styles=styles, section=grid).rows[0].cells[0].blocks) == pytest.approx(10.5 * 1.14)
    on_grid = one(book, xml, styles=styles, section=grid, settings=asked)
    assert height_of(on_grid.rows[0].cells[0].blocks) == pytest.approx(30)


# --------------------------------------------------------------------------- borders


def test_borders_of_the_table_inside_and_outside(book: FontBook) -> None:
    outside = '<w:top w:val="single" w:sz="12"/><w:insideH w:val="dotted" w:sz="4"/>'
    found = one(book, table((4000,), row(cell()), row(cell()), properties=f"<w:tblBorders>{outside}</w:tblBorders>"))
    first, second = (each.cells[0].borders for each in found.rows)
    assert (first.top.style, first.top.width) == ("solid", 1.5)
    assert (first.bottom.style, first.bottom.width, second.top.style) == ("dotted", 0.5, "dotted")
    assert (second.bottom.style, first.left.style) == ("none", "none")


def test_a_cell_beats_the_table_and_the_heavier_of_two_cells_wins(book: FontBook) -> None:
    thick = '<w:tcBorders><w:right w:val="single" w:sz="18"/></w:tcBorders>'
    thin = '<w:tcBorders><w:left w:val="single" w:sz="2"/></w:tcBorders>'
    left, right = one(book, table((2000, 2000), row(cell(properties=thick), cell(properties=thin)))).rows[0].cells
    assert left.borders.right.width == right.borders.left.width == 2.25


def test_a_cell_may_erase_a_line_of_the_table(book: FontBook) -> None:
    erased = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>'
    found = one(book, table((2000,), row(cell(properties=erased)), row(cell())))
    assert found.rows[0].cells[0].borders.bottom.style == "none"
    assert found.rows[1].cells[0].borders.top.style == "none"


def test_where_neighbours_differ_each_draws_its_own(book: FontBook) -> None:
    thick = '<w:tcBorders><w:top w:val="single" w:sz="24"/></w:tcBorders>'
    wide = cell(properties='<w:gridSpan w:val="2"/>')
    found = one(book, table((2000, 2000), row(wide), row(cell(properties=thick), cell())))
    assert found.rows[0].cells[0].borders.bottom.width == 1  # the lighter: below it each cell has its own line
    assert [each.borders.top.width for each in found.rows[1].cells] == [3, 1]


def test_a_double_line_is_three_strokes_wide(book: FontBook) -> None:
    found = one(
        book,
        table((2000,), row(cell()), properties='<w:tblBorders><w:top w:val="double" w:sz="4"/></w:tblBorders>'),
    )
    assert (found.rows[0].cells[0].borders.top.style, found.rows[0].cells[0].borders.top.width) == ("double", 1.5)


# --------------------------------------------------------------------------- styles


def test_conditional_parts_of_a_table_style(book: FontBook) -> None:
    properties = '<w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="1" w:noHBand="0" w:noVBand="1"/>'
    rows = [row(cell(paragraph(text))) for text in ("表头", "一", "二")]
    found = one(book, table((4000,), *rows, properties=properties), styles=STYLED)
    assert [each.cells[0].shading for each in found.rows] == ["#dddddd", "", "#eeeeee"]
    faces = [each.cells[0].blocks[0].lines[0].parts[0].face for each in found.rows]  # type: ignore[union-attr]
    assert faces[0] != faces[1] == faces[2]  # the head is bold
    assert found.rows[0].cells[0].padding == (0, 5.4, 0, 5.4)


def test_nested_tables(book: FontBook) -> None:
    inner = table((1000,), row(cell(paragraph("内"))))
    found = one(book, table((4000,), row(cell(inner, paragraph()))))
    nested = found.rows[0].cells[0].blocks[0]
    assert isinstance(nested, Table)
    assert texts(nested) == [["内"]]


def test_a_width_in_per_cent_counts_from_the_text_width(book: FontBook) -> None:
    found = one(book, table((1000, 3000), row(cell(), cell()), properties='<w:tblW w:w="5000" w:type="pct"/>'))
    assert sum(found.columns) == pytest.approx(WIDTH)
    assert found.columns[1] == pytest.approx(3 * found.columns[0])


def test_a_grid_that_says_nothing_yields_to_the_cells(book: FontBook) -> None:
    found = one(book, table((0, 0), row(cell(width=1200), cell(width=2400))))
    assert found.columns == (60, 120)


# --------------------------------------------------------------------------- floating tables

FOOT = (
    '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
    '<w:tblW w:w="8845" w:type="dxa"/>'
)


def test_a_table_at_the_foot_comes_after_all_that_stands_on_its_page(book: FontBook) -> None:
    foot = table((8845,), row(cell(paragraph("印发机关"))), properties=FOOT)
    next_page = paragraph("下一页", "<w:pageBreakBefore/>")
    blocks = Word(paragraph("正文") + foot + paragraph("落款") + next_page).layout(book).sections[0].blocks
    assert [isinstance(block, Table) and block.foot for block in blocks] == [False, False, True, False]


def test_a_narrow_floating_table_is_refused(book: FontBook) -> None:
    xml = table((2000,), row(cell()), properties='<w:tblpPr w:vertAnchor="text" w:tblpY="100"/>')
    assert [each.construct for each in Word(xml + paragraph()).layout(book).refusals] == ["文字环绕的表格"]


@pytest.mark.parametrize(
    ("position", "x"),
    [
        ('w:horzAnchor="margin" w:tblpX="200"', 10),
        ('w:horzAnchor="margin" w:tblpXSpec="right"', WIDTH - 400),
        ('w:horzAnchor="page" w:tblpX="1787"', 10),
        ('w:horzAnchor="page" w:tblpXSpec="center"', (595.3 - 400) / 2 - 79.35),
    ],
)
def test_where_a_floating_table_stands_across(book: FontBook, position: str, x: float) -> None:
    xml = table((8000,), row(cell()), properties=f'<w:tblpPr w:vertAnchor="text" w:tblpY="100" {position}/>')
    found = one(book, paragraph("字") + xml)
    assert found.x == pytest.approx(x)
    assert found.before == 5
