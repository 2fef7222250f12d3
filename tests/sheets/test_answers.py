"""What goes back to the sender: returned workbook, note and receipt, opened with openpyxl and read again by us."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from pipeline.core.findings import Code, Finding, Severity
from pipeline.sheets import ReceiptLine, Unreadable, interpret, receipt_workbook, returned_workbook, unreadable_note
from tests.sheets.examples import GOOD, HEADINGS, KINDS, image, png, read, write

WRONG = Finding(Code.NOT_A_DATE, "登记表", "D2", "出生年月", "1978年13月", "年月", "没有13月")
MISSING = Finding(Code.REQUIRED, "登记表", "B2", "姓名", "", "“刘珺”这样的内容")
WHOLE = Finding(Code.SHEET_MISSING, expected="有工作表“人员”")
TOLD = Finding(Code.RULE, "登记表", "A2", hint="请留意", severity=Severity.WARNING)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A workbook with a layout of its own: widths, colours, a comment, a second sheet, a formula, a photo."""
    path = write(tmp_path / "a.xlsx", {"登记表": [HEADINGS, GOOD], "别的": [("甲", "=1+1")]})
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["登记表"]
    sheet.column_dimensions["D"].width = 33
    sheet["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["D2"].comment = Comment("查过档案", "李旭")
    sheet["E2"].number_format = "yyyy/m/d"
    sheet.add_image(image(png()), "I2")
    workbook.save(path)
    return path


def test_the_first_sheet_lists_everything_in_reading_order_with_links(original: Path) -> None:
    workbook = opened(returned_workbook(original, [WRONG, MISSING, TOLD, WHOLE]))
    assert workbook.sheetnames == ["需要修改", "登记表", "别的"]
    assert workbook.active is workbook["需要修改"]
    sheet = workbook["需要修改"]
    assert "共 3 处" in sheet["A1"].value
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[2] for row in rows] == [None, "A2", "B2", "D2"]
    assert rows[3][3:] == ["出生年月", "不是日期", "1978年13月", "年月", "没有13月"]
    assert sheet["C8"].hyperlink.location == "'登记表'!D2"
    assert rows[1][4].startswith("提醒")


def test_wrong_cells_are_coloured_and_explained_and_the_rest_is_kept(original: Path) -> None:
    sheet = opened(returned_workbook(original, [WRONG, MISSING]))["登记表"]
    assert sheet["D2"].fill.fgColor.rgb == sheet["B2"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["D2"].comment.text.startswith("【需要修改】") and "没有13月" in sheet["D2"].comment.text
    assert "查过档案" in sheet["D2"].comment.text
    assert sheet["A1"].fill.fgColor.rgb == "FF00FF00"
    assert sheet.column_dimensions["D"].width == 33
    assert sheet["E2"].number_format == "yyyy/m/d"
    assert len(sheet._images) == 1
    assert sheet["D2"].value == GOOD[3]


def test_a_returned_workbook_reads_as_if_it_had_no_marks(original: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    again.write_bytes(returned_workbook(original, [WRONG, WHOLE]))
    assert interpret(read(again), KINDS, "x") == interpret(read(original), KINDS, "x")


def test_returning_twice_leaves_one_list_and_only_the_marks_that_hold(original: Path, tmp_path: Path) -> None:
    once = tmp_path / "once.xlsx"
    once.write_bytes(returned_workbook(original, [WRONG, MISSING]))
    twice = opened(returned_workbook(once, [MISSING]))
    assert twice.sheetnames == ["需要修改", "登记表", "别的"]
    sheet = twice["登记表"]
    assert sheet["D2"].comment.text == "查过档案"
    assert sheet["D2"].fill.fill_type is None
    assert sheet["B2"].comment.text.count("【需要修改】") == 1


def test_two_findings_at_one_cell_make_one_comment(original: Path) -> None:
    comment = opened(returned_workbook(original, [MISSING, MISSING]))["登记表"]["B2"].comment
    assert comment.text.count("【需要修改】") == 1 and comment.text.count("必填项为空") == 2


def test_a_finding_inside_joined_cells_is_marked_where_it_shows(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"登记表": [HEADINGS, GOOD, GOOD]}, {"登记表": ["A2:A3"]})
    sheet = opened(returned_workbook(path, [Finding(Code.REQUIRED, "登记表", "A3")]))["登记表"]
    assert sheet["A2"].comment is not None


def test_a_sheet_that_bears_our_name_but_is_the_senders_stays(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"需要修改": [HEADINGS, GOOD]})
    workbook = opened(returned_workbook(path, [WHOLE]))
    assert workbook.sheetnames == ["需要修改 (2)", "需要修改"]
    assert workbook["需要修改"]["B2"].value == "刘珺"


def test_text_is_written_as_text(original: Path) -> None:
    finding = Finding(Code.NOT_A_PERSON, "登记表", "B2", "姓名", "=HYPERLINK(1)\x07", "+1")
    sheet = opened(returned_workbook(original, [finding]))["需要修改"]
    assert (sheet["F5"].value, sheet["F5"].data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_comes_back_as_a_workbook_of_its_values(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,身份证号\n刘珺,610202197803150019\n".encode(encoding))
    workbook = opened(returned_workbook(path, [Finding(Code.NOT_AN_ID_CARD, "Sheet1", "B2")]))
    assert workbook["Sheet1"]["B2"].value == "610202197803150019"
    assert workbook["Sheet1"]["B2"].comment is not None


def with_a_text_box(path: Path) -> Path:
    """The workbook with a text box drawn on it, a part that openpyxl does not keep."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", "<xdr:wsDr xmlns:xdr='x'><xdr:sp macro=''/></xdr:wsDr>")
    return path


def signed(path: Path) -> Path:
    """The workbook with a signature, which no changed copy could bear: it is written anew by openpyxl."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    return path


@pytest.mark.parametrize("workbook", [signed, lambda path: path])
def test_a_workbook_openpyxl_cannot_open_comes_back_all_the_same(
    original: Path, monkeypatch: pytest.MonkeyPatch, workbook: Callable[[Path], Path]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise TypeError("expected <class 'Fill'>")

    monkeypatch.setattr(openpyxl, "load_workbook", refuse)
    data = returned_workbook(workbook(original), [WRONG])
    monkeypatch.undo()
    assert opened(data)["登记表"]["B2"].value == "刘珺"
    assert opened(data)["登记表"]["D2"].comment is not None


def test_what_cannot_be_opened_gets_a_note(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(png())
    with pytest.raises(Unreadable) as raised:
        returned_workbook(path, [])
    sheet = opened(unreadable_note("名单.xlsx", raised.value.finding))["需要修改"]
    assert "名单.xlsx" in sheet["A2"].value
    assert sheet["E5"].value == "不是能读的表格文件"


LINK = "../../archive/2020/桃园社区/甲.pdf"
LINES = (
    ReceiptLine("登记表", 2, "登记表（刘珺）", "铜王组发〔2020〕50号", "D001-WS·2020-Y-TYS-0001", LINK, True),
    ReceiptLine("登记表", 3, "登记表\n（王建国）", "", "D001-WS·2020-Y-TYS-0002", "", False),
)


def test_the_receipt_says_what_became_of_each_row(original: Path, tmp_path: Path) -> None:
    data = receipt_workbook(original, LINES, [TOLD])
    sheet = opened(data)["回执"]
    assert opened(data).sheetnames[0] == "回执"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=6)]
    assert rows[0] == [
        "1",
        "登记表",
        "2",
        "登记表（刘珺）",
        "铜王组发〔2020〕50号",
        "D001-WS·2020-Y-TYS-0001",
        "打开",
        "新归档",
    ]
    assert rows[1][3:] == ["登记表 （王建国）", "（不编号）", "D001-WS·2020-Y-TYS-0002", None, "以前已归档"]
    assert sheet["G5"].hyperlink.target == LINK
    assert any("请留意" in str(cell.value) for row in sheet.iter_rows(min_row=8) for cell in row)
    dropped = tmp_path / "again.xlsx"
    dropped.write_bytes(data)
    assert interpret(read(dropped), KINDS, "x")[0] == interpret(read(original), KINDS, "x")[0]


def test_the_receipt_tells_a_correction_from_a_new_paper(original: Path) -> None:
    corrected = replace(LINES[0], version=2)
    assert opened(receipt_workbook(original, [corrected], []))["回执"]["H5"].value == "新归档（第2版）"


def test_the_receipt_of_a_mended_workbook_bears_no_marks(original: Path, tmp_path: Path) -> None:
    mended = tmp_path / "mended.xlsx"
    mended.write_bytes(returned_workbook(original, [WRONG]))
    workbook = opened(receipt_workbook(mended, LINES, []))
    assert workbook.sheetnames == ["回执", "登记表", "别的"]
    assert workbook["登记表"]["D2"].comment.text == "查过档案"


def test_an_answer_does_not_say_when_it_was_written(original: Path) -> None:
    """A receipt that is delivered again after a kill must be recognised as the same, not laid beside the first."""
    for data in (returned_workbook(original, [WRONG]), unreadable_note("照片.xlsx", WRONG)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert returned_workbook(original, [WRONG]) == returned_workbook(original, [WRONG])
    properties = opened(unreadable_note("照片.xlsx", WRONG)).properties
    assert properties.created == properties.modified == datetime(1980, 1, 1)


def test_a_copy_says_where_the_original_is_and_what_it_lacks(original: Path, tmp_path: Path) -> None:
    told = opened(returned_workbook(original, [WRONG]))["需要修改"]["A3"].value
    assert "“原件”" in told and "文本框" not in told
    assert "文本框" not in opened(returned_workbook(with_a_text_box(original), [WRONG]))["需要修改"]["A3"].value
    assert "文本框" in opened(returned_workbook(signed(original), [WRONG]))["需要修改"]["A3"].value
    assert "文本框" in opened(receipt_workbook(original, (), ()))["回执"]["A3"].value
    plain = tmp_path / "a.csv"
    plain.write_text("姓名,主要表现\n刘珺,热心社区公益事业，每年组织党员服务\n", encoding="utf-8")
    copy = opened(returned_workbook(plain, [WHOLE]))
    assert "另存" in copy["需要修改"]["A3"].value
    widths = copy.worksheets[1].column_dimensions
    assert widths["A"].width == 8 and widths["B"].width > 30
