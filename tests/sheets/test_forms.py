"""Filled form sheets: labels anywhere, one paper a sheet, photo and opinions in their boxes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from pipeline.core.findings import Code
from pipeline.core.values import Draft, Picture
from pipeline.sheets import interpret
from tests.sheets.examples import KINDS, Rows, image, png, read, write

FORM: Rows = [
    ("社区“兼职委员”人员情况登记表",),
    ("社区党组织：桃园社区　　　填表日期：2020年5月8日",),
    ("姓 名", "刘 珺", "性别", "女", "出生年月\n（岁）", "1978.03\n（42岁）", "照片"),
    ("身份证号", None, None, "联系电话", "139 0000 0001"),
    ("工作\n简历", "1999年参加工作。\n2008年任校长。"),
    ("推荐单位意见", "同意推荐。\n\n        （盖章）\n        2020年5月9日"),
]
JOINED = ("A1:G1", "A2:G2", "G3:G4", "B4:C4", "B5:G5", "B6:G6")


def filled(tmp_path: Path, *sheets: Rows, photo: str = "") -> tuple[Draft | None, list[Code]]:
    named = {f"表{number}": rows for number, rows in enumerate(sheets, start=1)}
    path = write(tmp_path / "a.xlsx", named, dict.fromkeys(named, JOINED))
    if photo:
        workbook = openpyxl.load_workbook(path)
        workbook["表1"].add_image(image(png()), photo)
        workbook.save(path)
    draft, findings = interpret(read(path), KINDS, "x.xlsx")
    return draft, [finding.code for finding in findings]


def test_every_box_of_the_registration_form_is_read(tmp_path: Path) -> None:
    draft, codes = filled(tmp_path, FORM, photo="G3")
    assert codes == []
    assert draft is not None
    (row,) = draft.rows["member"]
    photo = row.values["photo"]
    assert isinstance(photo, Picture) and photo.data == png()
    assert {name: value for name, value in row.values.items() if name != "photo"} == {
        "organisation": "桃园社区",
        "name": "刘珺",
        "sex": "女",
        "birth": date(1978, 3, 1),
        "date": date(2020, 5, 8),
        "id_card": None,
        "phone": "13900000001",
        "career": "1999年参加工作。\n2008年任校长。",
        "opinion": "同意推荐。",
        "opinion_on": date(2020, 5, 9),
        "health": "健康",
    }
    assert row.cells["name"] == "B3" and row.cells["phone"] == "E4"


def test_a_photo_laid_beside_its_box_is_still_the_photo(tmp_path: Path) -> None:
    draft, _codes = filled(tmp_path, FORM, photo="I6")
    assert draft is not None and isinstance(draft.rows["member"][0].values["photo"], Picture)


def test_printed_words_in_an_empty_box_are_no_opinion(tmp_path: Path) -> None:
    draft, codes = filled(tmp_path, [*FORM[:5], ("推荐单位意见", "\n盖章\n年  月  日")])
    assert codes == []
    assert draft is not None
    values = draft.rows["member"][0].values
    assert (values["opinion"], values["opinion_on"]) == (None, None)


def test_one_form_a_sheet_several_sheets_a_workbook(tmp_path: Path) -> None:
    other = [*FORM[:2], ("姓名", "王建国", "性别", "男", "出生年月", "1970年1月", "照片"), *FORM[3:]]
    draft, codes = filled(tmp_path, FORM, other)
    assert codes == []
    assert draft is not None
    assert [(row.sheet, row.values["name"]) for row in draft.rows["member"]] == [("表1", "刘珺"), ("表2", "王建国")]


def test_an_untouched_form_sheet_is_no_paper(tmp_path: Path) -> None:
    blank = [
        FORM[0],
        ("社区党组织：　　　填表日期：  年  月  日",),
        ("姓 名", None, "性别", None, "出生年月\n（岁）", None, "照片"),
        ("身份证号", None, None, "联系电话"),
        ("工作\n简历",),
        ("推荐单位意见", "\n（盖章）\n  年  月  日"),
    ]
    draft, codes = filled(tmp_path, FORM, blank)
    assert codes == []
    assert draft is not None and len(draft.rows["member"]) == 1


def test_faults_stand_at_the_box_and_a_missing_label_is_named(tmp_path: Path) -> None:
    wrong = [FORM[0], ("填表日期", "2020.13.1"), ("姓名", "刘珺", "性别", "人", "出生年月", "1978.03"), *FORM[3:]]
    path = write(tmp_path / "a.xlsx", {"表": wrong})
    _draft, findings = interpret(read(path), KINDS, "x.xlsx")
    assert {(found.code, found.cell, found.heading) for found in findings} == {
        (Code.HEADING_MISSING, "", "社区党组织"),
        (Code.NOT_A_DATE, "B2", "填表日期"),
        (Code.NOT_A_CHOICE, "D3", "性别"),
    }
