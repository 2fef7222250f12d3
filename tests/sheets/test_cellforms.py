"""Cells read in passing are the cells that calamine reads, and what is written otherwise is left to it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.values import CellValue, Sheet, Workbook
from pipeline.sheets import Limits, Unreadable, read_workbook, sheetpart
from pipeline.sheets.cellforms import CellForms, Unlike, Vast
from pipeline.sheets.package import Package
from tests.corpus import dates, files_of_every_kind, layouts, pasted, people, rows, sums
from tests.corpus.case import USUAL, Case, book, edited
from tests.sheets.crowded import crowded

THEMES = (files_of_every_kind, layouts, dates, people, sums, rows, pasted)
XLSX = [case for theme in THEMES for case in theme.CASES if case.data.startswith(b"PK")]


def without_end(line: tuple[CellValue, ...]) -> tuple[CellValue, ...]:
    while line and line[-1] is None:
        line = line[:-1]
    return line


def told(workbook: Workbook) -> list[object]:
    """A workbook without the empty cells at the ends of its rows."""

    def of(sheet: Sheet) -> object:
        grid = [[(type(cell), repr(cell)) for cell in without_end(line)] for line in sheet.grid]
        around = sheet.merged, sheet.pictures, sheet.hidden, sheet.hidden_rows, sheet.hidden_columns
        return sheet.name, grid, around

    return [*map(of, workbook.sheets), workbook.remarks]


def refuse(*_arguments: object) -> None:
    raise Unlike


def read_both_ways(path: Path, limits: Limits = USUAL) -> None:
    def outcome() -> list[object]:
        try:
            return told(read_workbook(path, limits))
        except Unreadable as refusal:
            return [refusal.finding]

    in_passing = outcome()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sheetpart, "CellForms", refuse)
        assert in_passing == outcome()


@pytest.mark.parametrize("case", XLSX, ids=lambda case: case.odd)
def test_both_ways_give_one_workbook(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.data)
    read_both_ways(path, case.limits)


PLAIN, PART = book({"表": [["x", "y"]]}), "xl/worksheets/sheet1.xml"
with zipfile.ZipFile(io.BytesIO(PLAIN)) as _package:
    ROWS = re.findall("<sheetData>.*</sheetData>", _package.read(PART).decode())[0]
VALUES = st.sampled_from(
    [
        "><v>5</v></c>", "><v>43937</v></c>", ' s="1"><v>43937.25</v></c>', ' t="s"><v>0</v></c>',
        ' t="b"><v>1</v></c>', ' t="e"><v>#N/A</v></c>', ' t="str"><f>A1&amp;"x"</f><v>ab</v></c>',
        "><f>A1+1</f></c>", "><f>A1+1</f><v>7.5</v></c>", "/>", ' s="1"/>', "></c>", ' s="1"><v></v></c>',
        ' t="inlineStr"><is><t>刘珺</t></is></c>', ' t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
        ' t="inlineStr"><is><r><t>会</t></r><r><rPr><strike/><b/></rPr><t>同</t></r></is></c>',
        ' t="d"><v>2020-04-16</v></c>', "><v>1E+3</v></c>", ' t="str"><v>_x000D_&lt;</v></c>', "><v>x</v></c>",
        ' t="str"><v>r=&quot;2"</v></c>', ' t="str"><v>1"3"</v></c>', ' s="2"/>', "><v> 4</v>\n</c>",
        ' t="s"><v>99</v></c>', "><q/></c>", "><v>5</c>", ' t="inlineStr"><is><t>a</t></is></c><c><v>9</v></c>',
    ]
)  # fmt: skip
LINES = st.dictionaries(st.integers(1, 12), st.dictionaries(st.sampled_from("ABCDEZ"), VALUES, max_size=5), max_size=5)
ODD = st.sampled_from(["", "", "", "<!-- x -->", " ", "\n", "text", '<row r="99"/>', '<row r="3" hidden="1"/>', "<c/>"])


@given(LINES, ODD, st.booleans())
def test_sheets_made_up_read_both_ways(
    tmp_path_factory: pytest.TempPathFactory, lines: dict[int, dict[str, str]], odd: str, sort: bool
) -> None:
    order = sorted(lines) if sort else list(lines)
    written = "".join(
        f'<row r="{row}" ht="20">'
        + "".join(f'<c r="{column}{row}"{cell}' for column, cell in (sorted if sort else list)(lines[row].items()))
        + f"</row>{odd}"
        for row in order
    )
    path = tmp_path_factory.mktemp("made") / "x.xlsx"
    path.write_bytes(edited(PLAIN, PART, ROWS, f"<sheetData>{written}</sheetData>"))
    read_both_ways(path)


def cells(written: bytes, limit: int = 1000) -> CellForms:
    part = b'<worksheet xmlns="x"><sheetData>' + written + b"</sheetData></worksheet>"
    return CellForms(io.BytesIO(part), limit)


def test_rows_of_other_columns_and_numbers_that_stand_in_the_cells_too() -> None:
    """A row is cut at its own number, which may also be a format's or stand in a text."""
    read = cells(
        b'<row r="1"><c r="A1" s="1"><v>5</v></c><c r="B1" t="str"><v>1"</v></c></row>'
        b'<row r="2" spans="1:3"><c r="A2"><v>6</v></c><c r="C2"><v>7</v></c></row>'
        b'<row r="3" spans="1:3"><c r="A3"><v>6</v></c><c r="B3"/><c r="C3" s="3"><v>7</v></c></row>'
        b'<row r="4" hidden="1"><c r="A4"><v>6</v></c><c r="C4"><v>7</v></c></row>'
    )
    assert read.forms == [
        *(b' s="1"><v>5</v></c>', b' t="str"><v>1"</v></c>', b"><v>6</v></c>", b"><v>7</v></c>"),
        b' s="3"><v>7</v></c>',
    ]
    assert read.lines == [(1, 2), (3, 0, 4), (3, 0, 5), (3, 0, 4)]
    assert read.told == [(4, b' hidden="1"')]


def test_equal_cells_are_one_form() -> None:
    one = b'<c r="%b" s="1"><v>5</v></c>'
    read = cells(
        b'<row r="2">%b%b</row><row r="4" ht="9">%b<c r="D4"/></row>' % (one % b"A2", one % b"C2", one % b"B4")
    )
    assert read.forms == [b' s="1"><v>5</v></c>']
    assert read.lines == [(), (1, 0, 1), (), (0, 1)]
    assert (read.rows, read.columns, read.width) == (4, 4, 3)
    assert list(read.places({1})) == [(1, (2, 1)), (1, (2, 3)), (1, (4, 2))]
    assert b'<row r="1"><c r="A1" s="1"><v>5</v></c></row>' in b"".join(read.condensed())


@pytest.mark.parametrize(
    "written",
    [
        b'<row r="2"><c r="A3"><v>5</v></c></row>',
        b'<row r="2"><c r="B2"><v>5</v></c><c r="A2"><v>5</v></c></row>',
        b'<row r="2"/><row r="2"/>',
        b'<row r="2"><c r="A2"><v>5</v></c>text<c r="B2"/></row>',
        b'<row r="2"><c><v>5</v></c></row>',
        b'<row><c r="A1"><v>5</v></c></row>',
        b'<row r="2"><!-- --><c r="A2"/></row>',
        b'<x:row r="2"><x:c r="A2"/></x:row>',
        b'<row r="2"><c r="A2"><v>5</v></c ><c r="B2"><v>5</v></c></row>',
        b'<row r="2"><c r="A2"><v>5</v></c></row></row>',
        b'<row r="2"><c r="A2"><v>5</v></c></row><c r="B2"><v>5</v></c></row>',
        b'<row r="2"/></row>',
        b'<row r="2"><row r="3"><c r="A3"/></row>',
        b'<row r="2"><c r="A2"/></row><row r="3">',
    ],
)
def test_what_is_written_otherwise_is_not_read(written: bytes) -> None:
    with pytest.raises(Unlike):
        cells(written)


def test_cells_too_far_apart_are_refused_with_the_one_that_is_far() -> None:
    with pytest.raises(Vast, match="XFD3"):
        cells(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="XFD3"><v>1</v></c></row>')
    assert cells(b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>').width == 1


def test_what_is_read_holds_no_picture_and_no_cache(tmp_path: Path) -> None:
    data = crowded(tmp_path / "x.xlsx").read_bytes()
    with zipfile.ZipFile(Package(data).to_be_read({"XL/styles.xml": [b"<changed/>"]})) as package:
        names = set(package.namelist())
        assert package.read("xl/styles.xml") == b"<changed/>"
    assert {"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml"} <= names
    assert not [name for name in names if "media" in name or "drawing" in name or "comments" in name]
