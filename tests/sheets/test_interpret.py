"""Workbooks as people make them, each odd in one named way, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.values import Draft, Picture, Sheet, Workbook
from pipeline.sheets import interpret
from tests.sheets.examples import GOOD, HEADINGS, KINDS, Rows, image, png, read, roster, write

READ = {
    "organisation": "桃园社区",
    "name": "刘珺",
    "sex": "女",
    "birth": date(1978, 3, 1),
    "date": date(2020, 4, 16),
    "id_card": None,
    "phone": "13900000001",
    "career": "1999年参加工作。\n2008年任校长。",
    "opinion": None,
    "opinion_on": None,
    "health": "健康",
    "photo": None,
}
"""What ``GOOD`` under ``HEADINGS`` means."""


def understood(
    tmp_path: Path,
    sheets: Mapping[str, Rows],
    merged: Mapping[str, Sequence[str]] | None = None,
    file_name: str = "x.xlsx",
) -> tuple[Draft | None, tuple[Finding, ...]]:
    return interpret(read(write(tmp_path / "a.xlsx", sheets, merged)), KINDS, file_name)


def other(**changes: object) -> tuple[object, ...]:
    """``GOOD`` with some cells otherwise, by field id."""
    ids = ("organisation", "name", "sex", "birth", "date", "id_card", "phone", "career")
    return tuple(changes.get(name, value) for name, value in zip(ids, GOOD, strict=True))


@dataclass(frozen=True)
class Odd:
    """A sheet that is odd in one way and read all the same: its rows, and where its data rows are found."""

    rows: Rows
    found: tuple[int, ...] = (2,)
    merged: Sequence[str] = field(default=())


ACCEPTED = {
    "nothing odd": Odd([HEADINGS, GOOD]),
    "a title above": Odd([("兼职委员登记表",), HEADINGS, GOOD], (3,), ["A1:H1"]),
    "title, note and blank rows above": Odd([("登记表",), ("填报单位：桃园社区",), (), HEADINGS, GOOD], (5,)),
    "a blank row between headings and data": Odd([HEADINGS, (), GOOD], (3,)),
    "a blank row among the data": Odd([HEADINGS, GOOD, (), other(name="王建国")], (2, 4)),
    "cells of blanks": Odd([HEADINGS, ("  ", "\u3000") * 4, GOOD], (3,)),
    "rows numbered beforehand": Odd([("序号", *HEADINGS), (1, *GOOD), (2,), (3,)]),
    "blanks and line breaks in headings": Odd(
        [("社 区", "姓\u3000名", "性\n别", "出生\n年月", *HEADINGS[4:]), GOOD]
    ),
    "full-width signs in headings": Odd(
        [("社区：", "姓名＊", "性别（必填）", "出生年月（年．月）", *HEADINGS[4:]), GOOD]
    ),
    "headings by other words": Odd(
        [("社区党组织", "姓名", "性别", "出生日期", "填表日期", "身份证号码", "电话", "工作简历"), GOOD]
    ),
    "columns in another order": Odd([HEADINGS[::-1], GOOD[::-1]]),
    "an empty column between": Odd([(*HEADINGS[:3], None, *HEADINGS[3:]), (*GOOD[:3], None, *GOOD[3:])]),
    "a column of remarks": Odd([(*HEADINGS, "领导批示"), (*GOOD, "同意")]),
    "headings printed again on the next page": Odd([HEADINGS, GOOD, HEADINGS, other(name="王建国")], (2, 4)),
    "a total below": Odd([HEADINGS, GOOD, ("合计", "1人")]),
    "a line for signatures below": Odd([HEADINGS, GOOD, (), ("填表人：李旭", None, None, "审核人：张秀梅")]),
    "a note below": Odd([HEADINGS, GOOD, ("注：本表一式两份。",)]),
    "the example row of the blank workbook": Odd(
        [
            ("序号", *HEADINGS),
            ("示例", "桃园社区", "刘珺", "女", "1978年3月", "2020年4月16日", "61020219780315998X", "13900000001"),
            (1, *GOOD),
        ],
        (3,),
    ),
    "one community for several rows, joined": Odd(
        [HEADINGS, GOOD, (None, "王建国", *GOOD[2:])], (2, 3), ["A2:A3"]
    ),
    "two rows of headings": Odd(
        [
            ("社区", "姓名", "性别", "时间", None, "身份证号", "联系电话", "简历"),
            (None, None, None, "出生年月", "填表日期"),
            GOOD,
        ],
        (3,),
        ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2", "H1:H2"],
    ),
    "a two-row heading that reads together": Odd(
        [
            ("社区", "姓名", "性别", "出生", "填表", "身份证号", "联系电话", "简历"),
            (None, None, None, "年月", "日期"),
            GOOD,
        ],
        (3,),
        ["A1:A2", "B1:B2", "C1:C2", "F1:F2", "G1:G2", "H1:H2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("odd", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_odd_but_clear(tmp_path: Path, odd: Odd) -> None:
    draft, findings = understood(tmp_path, {"登记表": odd.rows}, {"登记表": odd.merged})
    assert [finding.sentence() for finding in findings if finding.severity is Severity.ERROR] == []
    assert draft is not None
    assert tuple(row.row for row in draft.rows["member"]) == odd.found
    assert draft.rows["member"][0].values == READ


@dataclass(frozen=True)
class Wrong:
    """A sheet with one fault: its rows, and code, cell and a word of each finding."""

    rows: Rows
    findings: tuple[tuple[Code, str, str], ...]


REFUSED = {
    "a heading renamed": Wrong(
        [("社区", "姓名", "性另", *HEADINGS[3:]), GOOD], ((Code.HEADING_UNKNOWN, "C1", "性别"),)
    ),
    "a heading left out": Wrong(
        [(*HEADINGS[:2], *HEADINGS[3:]), (*GOOD[:2], *GOOD[3:])], ((Code.HEADING_MISSING, "", "性别"),)
    ),
    "a heading twice": Wrong([(*HEADINGS, "电话"), (*GOOD, "12345")], ((Code.HEADING_TWICE, "I1", "电话"),)),
    "month 13": Wrong([HEADINGS, other(birth="1978年13月")], ((Code.NOT_A_DATE, "D2", "没有13月"),)),
    "an identity number as a number": Wrong(
        [HEADINGS, other(id_card=610202197803159981)], ((Code.ROUNDED, "F2", "文本"),)
    ),
    "an error value": Wrong([HEADINGS, other(phone="#N/A")], ((Code.ERROR_VALUE, "G2", "公式"),)),
    "a formula never calculated": Wrong([HEADINGS, other(name="=A1")], ((Code.UNCALCULATED, "B2", "公式"),)),
    "an example row written over but for its mark": Wrong(
        [("序号", *HEADINGS), ("示例", *other(name="王建国"))], ((Code.PATTERN, "A2", "示例"),)
    ),
    "everything wrong at once": Wrong(
        [HEADINGS, other(name="张三2", birth="?", sex="人"), other(date="2020.2.30")],
        (
            (Code.NOT_A_PERSON, "B2", "数字"),
            (Code.NOT_A_CHOICE, "C2", "男"),
            (Code.NOT_A_DATE, "D2", "年月"),
            (Code.NOT_A_DATE, "E3", "29天"),
        ),
    ),
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED.keys())
def test_faults_are_named_at_their_cells(tmp_path: Path, wrong: Wrong) -> None:
    draft, findings = understood(tmp_path, {"登记表": wrong.rows})
    assert [(found.code, found.cell) for found in findings] == [(code, cell) for code, cell, _word in wrong.findings]
    for found, (_code, _cell, word) in zip(findings, wrong.findings, strict=True):
        assert word in found.sentence()
        assert found.sheet == "登记表"
    assert draft is not None


def test_a_field_that_cannot_be_read_is_absent_and_an_empty_one_is_none(tmp_path: Path) -> None:
    draft, _findings = understood(tmp_path, {"登记表": [HEADINGS, other(birth="?", phone=None)]})
    assert draft is not None
    values = draft.rows["member"][0].values
    assert "birth" not in values
    assert values["phone"] is None


def test_values_know_the_address_they_came_from(tmp_path: Path) -> None:
    draft, _findings = understood(tmp_path, {"登记表": [("题",), HEADINGS, GOOD]})
    assert draft is not None
    assert dict(draft.rows["member"][0].cells)["birth"] == "D3"


@pytest.mark.parametrize("value", ["=SUM(A1)", "+86", "-1", "@me", "=cmd|' /C calc'!A0"])
def test_text_that_looks_like_a_formula_stays_text(value: str) -> None:
    sheet = Sheet("登记表", (HEADINGS, other(career=value)))
    draft, _findings = interpret(Workbook((sheet,)), KINDS, "x")
    assert draft is not None
    assert draft.rows["member"][0].values["career"] == value


MEETING = {
    "会议": [("会议编号", "召集单位", "会议名称", "会议日期"), ("01", "桃园社区", "联席会议", "2020.6.18")],
    "人员": [("会议编号", "姓名", "单位"), ("01", "刘珺", "第一小学"), ("01", "王建国", "供电公司")],
    "议题": [("会议编号", "议题"), ("01", "楼道照明")],
}


def test_several_sheets_make_one_kind(tmp_path: Path) -> None:
    draft, findings = understood(tmp_path, MEETING)
    assert findings == ()
    assert draft is not None
    assert draft.kind.id == "meeting"
    assert {table: len(rows) for table, rows in draft.rows.items()} == {"meeting": 1, "people": 2, "topics": 1}


def test_sheets_are_known_by_their_headings_whatever_their_names(tmp_path: Path) -> None:
    renamed = dict(zip(("Sheet1", "Sheet2", "Sheet3"), MEETING.values(), strict=True))
    draft, findings = understood(tmp_path, renamed)
    assert findings == ()
    assert draft is not None and len(draft.rows["people"]) == 2


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    _draft, findings = understood(tmp_path, {name: rows for name, rows in MEETING.items() if name != "人员"})
    assert [(found.code, "人员" in found.expected) for found in findings] == [(Code.SHEET_MISSING, True)]


def test_a_missing_head_sheet_is_named(tmp_path: Path) -> None:
    draft, findings = understood(tmp_path, {name: rows for name, rows in MEETING.items() if name != "会议"})
    assert draft is None
    assert [(found.code, "会议" in found.expected) for found in findings] == [(Code.SHEET_MISSING, True)]


def test_a_sheet_of_another_sort_is_left_alone_with_a_word(tmp_path: Path) -> None:
    draft, findings = understood(tmp_path, {"登记表": [HEADINGS, GOOD], "通讯录": [("车牌", "颜色"), ("陕B", "红")]})
    assert draft is not None
    assert [(found.severity, found.sheet) for found in findings] == [(Severity.WARNING, "通讯录")]


def test_the_same_table_on_two_sheets_is_one_table(tmp_path: Path) -> None:
    draft, _findings = understood(
        tmp_path, {"桃园": [HEADINGS, GOOD], "红旗": [HEADINGS, other(name="王建国", organisation="红旗社区")]}
    )
    assert draft is not None
    assert [(row.sheet, row.row) for row in draft.rows["member"]] == [("桃园", 2), ("红旗", 2)]


def test_an_unknown_kind_names_the_nearest_and_what_it_lacks(tmp_path: Path) -> None:
    draft, (found,) = understood(tmp_path, {"Sheet1": [("姓名", "性别", "车牌"), ("刘珺", "女", "陕B")]})
    assert draft is None
    assert found.code is Code.KIND_UNKNOWN
    assert "兼职委员登记表" in found.hint and "出生年月" in found.hint


def test_two_kinds_that_fit_alike_are_asked_about_and_a_name_decides(tmp_path: Path) -> None:
    twin = roster().__class__(
        **{name: getattr(roster(), name) for name in roster().__slots__} | {"id": "twin", "name": "考核表"}
    )
    workbook = read(write(tmp_path / "a.xlsx", {"Sheet1": [HEADINGS, GOOD]}))
    draft, (found,) = interpret(workbook, (roster(), twin), "x.xlsx")
    assert draft is None
    assert found.code is Code.KIND_UNKNOWN and "考核表" in found.found and "兼职委员登记表" in found.found
    draft, _none = interpret(workbook, (roster(), twin), "2020年考核表.xlsx")
    assert draft is not None and draft.kind.id == "twin"


def test_headings_without_rows_are_an_empty_workbook(tmp_path: Path) -> None:
    draft, (found,) = understood(tmp_path, {"登记表": [HEADINGS]})
    assert draft is None and found.code is Code.EMPTY


def test_hidden_rows_and_sheets_are_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"Sheet1": [HEADINGS, GOOD], "登记表": [HEADINGS, other(name="王建国")]})
    workbook = openpyxl.load_workbook(path)
    workbook["登记表"].sheet_state = "hidden"
    workbook["Sheet1"].row_dimensions[2].hidden = True
    workbook.save(path)
    draft, findings = interpret(read(path), KINDS, "x")
    assert draft is not None and len(draft.rows["member"]) == 1
    assert {(found.severity, found.sheet) for found in findings} == {
        (Severity.WARNING, "登记表"),
        (Severity.WARNING, "Sheet1"),
    }


def test_each_photo_comes_to_its_row(tmp_path: Path) -> None:
    headings = (*HEADINGS, "照片")
    path = write(tmp_path / "a.xlsx", {"登记表": [headings, GOOD, other(name="王建国"), other(name="李旭")]})
    workbook = openpyxl.load_workbook(path)
    photos = [png(colour="navy"), png(colour="red")]
    workbook["登记表"].add_image(image(photos[0]), "I2")
    workbook["登记表"].add_image(image(photos[1]), "I4")
    workbook.save(path)
    draft, findings = interpret(read(path), KINDS, "x")
    assert findings == () and draft is not None
    found = [row.values["photo"] for row in draft.rows["member"]]
    assert [picture.data if isinstance(picture, Picture) else None for picture in found] == [photos[0], None, photos[1]]


CELLS = st.one_of(
    st.none(),
    st.sampled_from([*HEADINGS, "示例", "合计", "填表人：", "会议编号", "照片"]),
    st.text(max_size=8),
    st.floats(),
    st.booleans(),
    st.dates(),
)


@settings(max_examples=150)
@given(
    st.lists(st.lists(CELLS, max_size=8).map(tuple), max_size=10).map(tuple),
    st.lists(st.tuples(*[st.integers(1, 12)] * 4), max_size=3).map(tuple),
    st.lists(
        st.builds(Picture, st.integers(1, 15), st.integers(1, 10), st.just(b"x"), st.just("image/png")), max_size=2
    ),
)
def test_any_grid_gives_a_draft_or_findings(
    grid: tuple[tuple[object, ...], ...], merged: tuple[tuple[int, int, int, int], ...], pictures: list[Picture]
) -> None:
    sheet = Sheet("登记表", grid, merged, tuple(pictures), hidden_rows=(2,))  # type: ignore[arg-type]
    draft, findings = interpret(Workbook((sheet,)), KINDS, "x.xlsx")
    assert draft is not None or findings
    assert all(found.sentence() for found in findings)
