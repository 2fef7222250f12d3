"""Marking part by part: what is touched, what is not, and that nothing piles up."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.comments import Comment

from pipeline.core.findings import Code, Finding
from pipeline.sheets import interpret
from pipeline.sheets.addresses import address, position
from pipeline.sheets.marked import marked
from pipeline.sheets.marks import FILL
from pipeline.sheets.receipt import Receipt
from pipeline.sheets.repacked import Unusual
from pipeline.sheets.returned import Findings
from tests.sheets.crowded import crowded
from tests.sheets.examples import GOOD, HEADINGS, KINDS, edited, read, write

WRONG = Finding(Code.NOT_A_DATE, "登记表", "D2", "出生年月", "1978年13月", "年月", "没有13月")
MISSING = Finding(Code.REQUIRED, "登记表", "F2", "身份证号")
FAR = Finding(Code.REQUIRED, "登记表", "B7", "姓名")
TOUCHED = {
    "[Content_Types].xml",
    "docProps/app.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/comments/comment2.xml",
    "xl/drawings/commentsDrawing2.vml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet2.xml",
}
"""Of ``crowded``, when only cells of 登记表 are wrong."""

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def returned(path: Path, *findings: Finding) -> bytes:
    """Part by part and no other way."""
    return marked(path.read_bytes(), Findings(findings, "改好再放进来。"))


def parts(data: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def formats(data: bytes) -> int:
    return len(etree.fromstring(parts(data)["xl/styles.xml"]).find("m:cellXfs", NS))


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return crowded(tmp_path / "a.xlsx")


def test_what_is_not_marked_goes_on_byte_for_byte(original: Path) -> None:
    before, after = parts(original.read_bytes()), parts(returned(original, WRONG, MISSING, FAR))
    assert {name for name in before if before[name] != after.get(name)} == TOUCHED
    assert set(after) - set(before) == {"xl/worksheets/sheet4.xml"}
    assert "此处盖章" in after["xl/drawings/drawing1.xml"].decode()


def test_a_marked_sheet_differs_in_nothing_but_its_marks(original: Path) -> None:
    """Without our formats, our empty cells and the choice of the sheet, the very XML of the sender is there."""
    before = etree.fromstring(parts(original.read_bytes())["xl/worksheets/sheet2.xml"])
    after = etree.fromstring(parts(returned(original, WRONG, MISSING, FAR))["xl/worksheets/sheet2.xml"])
    for cell in after.findall(".//m:c", NS):
        if cell.get("r") in ("F2", "B7"):
            cell.getparent().remove(cell)
    data = after.find("m:sheetData", NS)
    data.remove(data.find("m:row[@r='7']", NS))
    del after.find(".//m:c[@r='D2']", NS).attrib["s"]
    del before.find(".//m:sheetView", NS).attrib["tabSelected"]
    assert etree.tostring(after, method="c14n") == etree.tostring(before, method="c14n")


def test_names_of_sheets_and_areas_move_along(original: Path) -> None:
    data = returned(original, WRONG)
    workbook = opened(data)
    assert workbook.sheetnames == ["需要修改", "说明", "登记表", "底稿"]
    assert workbook["登记表"].print_title_rows == "$1:$1"
    assert workbook["登记表"].print_area == "'登记表'!$A$1:$R$26"
    assert workbook["说明"].print_area == "'说明'!$A$1:$C$9"
    assert workbook["底稿"].sheet_state == "hidden"
    assert workbook.defined_names["名单"].attr_text == "登记表!$A$1:$H$2"
    assert [sheet.title for sheet in workbook if sheet.sheet_view.tabSelected] == ["需要修改"]
    assert workbook.active is workbook["需要修改"]
    told = etree.fromstring(parts(data)["docProps/app.xml"])
    assert [title.text for title in told.findall("{*}TitlesOfParts//{*}lpstr")] == workbook.sheetnames
    assert [count.text for count in told.findall("{*}HeadingPairs//{*}i4")] == ["4"]


def test_marks_are_where_they_should_be_and_keep_the_looks_of_their_cells(original: Path) -> None:
    sex = Finding(Code.NOT_A_CHOICE, "登记表", "C2", "性别")
    sheet = opened(returned(original, WRONG, sex, FAR))["登记表"]
    assert (sheet["C2"].font.name, sheet["C2"].font.b, sheet["C2"].font.color.rgb) == ("楷体", True, "FF0000FF")
    assert [sheet[cell].fill.fgColor.rgb for cell in ("C2", "D2", "B7")] == [FILL] * 3
    assert sheet["A1"].fill.fgColor.rgb == "FF00FF00" and sheet["E2"].fill.fill_type is None
    assert sheet["D2"].comment.text.endswith("原有批注：查过档案")
    assert "必填项为空" in sheet["B7"].comment.text


def test_it_reads_as_before_and_a_mended_one_goes_through(original: Path, tmp_path: Path) -> None:
    again = saved(tmp_path / "b.xlsx", returned(original, WRONG, MISSING, FAR))
    assert interpret(read(again), KINDS, "x") == interpret(read(original), KINDS, "x")
    receipt = opened(marked(again.read_bytes(), Receipt((), ())))
    assert receipt.sheetnames == ["回执", "说明", "登记表", "底稿"]
    assert receipt["登记表"]["D2"].comment.text == "查过档案"
    assert receipt["登记表"]["D2"].fill.fill_type is None and receipt["登记表"]["B7"].comment is None


def test_marks_do_not_pile_up(original: Path, tmp_path: Path) -> None:
    once = returned(original, WRONG, FAR)
    twice = returned(saved(tmp_path / "b.xlsx", once), WRONG, FAR)
    again = returned(saved(tmp_path / "c.xlsx", twice), WRONG, FAR)
    assert again == twice
    assert set(parts(twice)) == set(parts(once))
    assert formats(twice) == formats(once)
    assert opened(twice).sheetnames == opened(once).sheetnames
    fewer = opened(returned(saved(tmp_path / "d.xlsx", twice), FAR))["登记表"]
    assert fewer["D2"].comment.text == "查过档案" and fewer["D2"].fill.fill_type is None


def test_a_prefix_before_every_element_is_as_good(tmp_path: Path) -> None:
    """Programs on .NET write ``x:row``; and Excel wraps buttons, behind which no drawing of notes may stand."""
    path = write(tmp_path / "a.xlsx", {"登记表": [HEADINGS, GOOD]})
    part = parts(path.read_bytes())["xl/worksheets/sheet1.xml"].decode()
    prefixed = re.sub(r"<(/?)(?=\w)", r"<\1x:", part).replace(" xmlns=", " xmlns:x=")
    wrapped = '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x14"/></mc:AlternateContent></x:worksheet>'
    edited(path, {"xl/worksheets/sheet1.xml": prefixed.replace("</x:worksheet>", wrapped).encode()})
    data = returned(path, WRONG, FAR)
    sheet = opened(data)["登记表"]
    assert sheet["B2"].value == "刘珺" and sheet["B7"].comment and sheet["D2"].fill.fgColor.rgb == FILL
    root = etree.fromstring(parts(data)["xl/worksheets/sheet1.xml"])
    assert [etree.QName(child).localname for child in root][-2:] == ["legacyDrawing", "AlternateContent"]


def test_marks_are_known_again_whoever_saved_them(original: Path, tmp_path: Path) -> None:
    """LibreOffice forgets the author of a comment, openpyxl writes Chinese by numbers."""
    path = saved(tmp_path / "b.xlsx", returned(original, WRONG, FAR))
    edited(path, {"xl/comments/comment2.xml": ("<author>公文系统</author>", "<author> </author>")})
    workbook = openpyxl.load_workbook(path)
    workbook.save(path)
    sheet = opened(returned(path, FAR))["登记表"]
    assert sheet["D2"].comment.text == "查过档案" and sheet["D2"].fill.fill_type is None
    assert sheet["B7"].comment.text == "【需要修改】必填项为空"


def test_a_list_that_excel_has_saved_is_known_again(original: Path, tmp_path: Path) -> None:
    """Excel moves the texts into a table of texts, and points to them by number."""
    path = saved(tmp_path / "b.xlsx", returned(original, WRONG))
    title = re.search(r'<c r="A1"[^>]*>.*?</c>', parts(path.read_bytes())["xl/worksheets/sheet4.xml"].decode())
    assert title
    text = re.sub("<[^>]*>", "", title[0])
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rId88" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    edited(
        path,
        {
            "xl/worksheets/sheet4.xml": (title[0], '<c r="A1" t="s"><v>1</v></c>'),
            "xl/sharedStrings.xml": f'<sst xmlns="{NS["m"]}"><si><t>甲</t></si><si><t>{text}</t></si></sst>'.encode(),
            "xl/_rels/workbook.xml.rels": ("</Relationships>", relation),
        },
    )
    assert opened(returned(path, WRONG)).sheetnames == ["需要修改", "说明", "登记表", "底稿"]


def test_a_conversation_is_left_alone(original: Path) -> None:
    """Its stand-in bears an id for an author, and Excel throws the conversation away when the stand-in has changed."""
    edited(original, {"xl/comments/comment2.xml": ("李旭", "tc={C0FFEE00-0000-0000-0000-000000000000}")})
    before, after = original.read_bytes(), returned(original, WRONG)
    texts = [etree.fromstring(parts(data)["xl/comments/comment2.xml"]) for data in (before, after)]
    assert etree.tostring(texts[0], method="c14n") == etree.tostring(texts[1], method="c14n")
    assert opened(returned(original, WRONG))["登记表"]["D2"].fill.fgColor.rgb == FILL


def test_a_new_cell_has_the_format_of_its_row_or_column(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"登记表": [HEADINGS, GOOD]})
    workbook = openpyxl.load_workbook(path)
    workbook["登记表"]["A1"].number_format = "yyyy/m/d"
    workbook["登记表"]["B1"].number_format = "0.000"
    workbook.save(path)
    cols, row = '<cols><col min="6" max="9" style="1"/></cols><sheetData>', '<row r="9" s="2" customFormat="1"/>'
    edited(path, {"xl/worksheets/sheet1.xml": ("<sheetData>", cols)})
    edited(path, {"xl/worksheets/sheet1.xml": ("</sheetData>", f"{row}</sheetData>")})
    findings = [Finding(Code.REQUIRED, "登记表", cell) for cell in ("F2", "F5", "A9", "F9", "B6")]
    sheet = opened(returned(path, *findings))["登记表"]
    looks = [sheet[cell].number_format for cell in ("F2", "F5", "A9", "F9", "B6")]
    assert looks == ["yyyy/m/d", "yyyy/m/d", "0.000", "0.000", "General"]


def test_rows_and_cells_without_addresses_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"登记表": [("甲", "乙"), ("丙", "丁")]})
    bare = re.sub(r' r="[A-Z]*\d+"', "", parts(path.read_bytes())["xl/worksheets/sheet1.xml"].decode())
    edited(path, {"xl/worksheets/sheet1.xml": bare.encode()})
    findings = [Finding(Code.REQUIRED, "登记表", cell) for cell in ("B1", "A2", "C2")]
    again = saved(tmp_path / "b.xlsx", returned(path, *findings))
    assert read(again).sheets[1].grid[:2] == (("甲", "乙"), ("丙", "丁"))
    reds = [cell.coordinate for row in opened(again.read_bytes())["登记表"].iter_rows() for cell in row if cell.comment]
    assert reds == ["B1", "A2", "C2"]


CELLS = st.lists(st.builds(address, st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=12)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=CELLS, second=CELLS, joined=st.booleans())
def test_any_cells_may_be_wrong(first: Sequence[str], second: Sequence[str], joined: bool, tmp_path: Path) -> None:
    """Elements stand in order, exactly the wrong cells are marked, and no value of the sender's moves."""
    path = write(tmp_path / "a.xlsx", {"表": [HEADINGS, (), (None, *GOOD)]}, {"表": ["B5:D9"]} if joined else {})
    workbook = openpyxl.load_workbook(path)
    workbook["表"]["C3"].comment = Comment("自己的", "李旭")
    workbook.save(path)
    for cells in (first, second):
        path = saved(path, returned(path, *(Finding(Code.REQUIRED, "表", cell) for cell in cells)))
        part = etree.fromstring(parts(path.read_bytes())["xl/worksheets/sheet1.xml"])
        rows = [int(row.get("r")) for row in part.findall(".//m:row", NS)]
        places = [position(cell.get("r")) for cell in part.findall(".//m:c", NS)]
        assert rows == sorted(set(rows)) and places == sorted(set(places))
        inside = {address(row, column) for row in range(5, 10) for column in range(2, 5)} if joined else set()
        sheet = opened(path.read_bytes())["表"]
        told = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
        wrong = {"B5" if cell in inside else cell for cell in cells}
        assert {cell.coordinate for cell in told if cell.comment.text.startswith("【需要修改】")} == wrong
        assert {cell.coordinate for cell in told} == wrong | {"C3"}
        assert sheet["C3"].comment.text.endswith("自己的")
        assert {c.coordinate for row in sheet.iter_rows() for c in row if c.fill.fill_type == "solid"} == wrong
        assert [cell.value for cell in sheet[3]][1:9] == list(GOOD)


@pytest.mark.parametrize(
    "change",
    [
        {"_xmlsignatures/sig1.xml": b"<Signature/>"},
        {"xl/vbaProject.bin": b"macros"},
        {"xl/revisions/revisionHeaders.xml": b"<headers/>"},
        {"xl/workbook.xml": ("spreadsheetml/2006/main", "spreadsheetml/2006/strict")},
        {"[Content_Types].xml": ("sheet.main+xml", "template.main+xml")},
        {"xl/drawings/commentsDrawing2.vml": b"<xml><br></xml>"},
        {"xl/comments/comment2.xml": b""},
        {"xl/styles.xml": b"<styleSheet/>"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_unusual_package_is_refused(original: Path, change: Mapping[str, bytes | tuple[str, str]]) -> None:
    edited(original, change)
    with pytest.raises(Unusual):
        returned(original, WRONG)
