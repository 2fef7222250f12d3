"""Which kind a workbook is for: every kind's sample and blank workbook, and workbooks that fit two kinds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Field, FieldType, Kind, Table
from pipeline.core.values import Sheet, Workbook
from pipeline.sheets import blank_workbook
from pipeline.sheets.recognise import Recognised, recognise
from tests.sheets.examples import ORGANISATIONS, read
from tests.templates.samples import TEMPLATES, catalogue

ALL = [kind.id for kind in catalogue()]


def kind_of(workbook: Workbook, name: str = "表.xlsx", kinds: tuple[Kind, ...] = ()) -> str:
    """The id of the kind the workbook is taken for, whatever it and its file are called."""
    found = recognise(workbook, kinds or tuple(catalogue()), name)
    assert isinstance(found, Recognised), found
    return found.kind.id


def nameless(workbook: Workbook) -> Workbook:
    """The workbook with its sheets called Sheet1, Sheet2 …; ours (the guide) keep their names."""
    return replace(
        workbook,
        sheets=tuple(
            sheet if sheet.hidden or "说明" in sheet.name else replace(sheet, name=f"Sheet{place}")
            for place, sheet in enumerate(workbook.sheets, start=1)
        ),
    )


@pytest.mark.parametrize("kind", ALL)
def test_a_sample_is_recognised_as_its_own_kind_whatever_its_sheets_are_called(kind: str) -> None:
    workbook = read(TEMPLATES / kind / "sample.xlsx")
    assert kind_of(workbook) == kind
    assert kind_of(nameless(workbook)) == kind


@pytest.mark.parametrize("kind", ALL)
def test_a_blank_workbook_is_recognised_as_its_own_kind(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank_workbook(catalogue().get(kind), ORGANISATIONS))
    workbook = read(path)
    assert kind_of(workbook) == kind
    assert kind_of(nameless(workbook)) == kind


def _kind(identifier: str, name: str, *more: str) -> Kind:
    headings = ("单位", "姓名", "日期", *more)
    fields = tuple(
        Field(f"f{place}", heading, FieldType.DATE if heading == "日期" else FieldType.TEXT, required=True)
        for place, heading in enumerate(headings)
    )
    table = Table("rows", (name,), fields)
    return Kind(identifier, name, "form", Path(identifier), (table,), "{{ f0 }}", "{{ f0 }}", ("f0",), "f2")


TWO = (_kind("in", "签到表"), _kind("out", "签退表"))
LINES = (("单位", "姓名", "日期"), ("第一小学", "刘珺", "2020-5-8"))


def book(sheet: str = "Sheet1", *above: str) -> Workbook:
    return Workbook((Sheet(sheet, (*((line,) for line in above), *LINES)),))


def test_two_kinds_of_the_same_headings_are_asked_for() -> None:
    found = recognise(book(), TWO, "表.xlsx")
    assert isinstance(found, Finding)
    assert found.code is Code.KIND_UNKNOWN
    assert "签到表" in found.found and "签退表" in found.found


@pytest.mark.parametrize(
    ("workbook", "name"),
    [
        (book(), "5月签退表.xlsx"),
        (book("签退表"), "表.xlsx"),
        (book("Sheet1", "桃园社区2020年5月签退表"), "表.xlsx"),
    ],
    ids=["the file", "the sheet", "the title above the table"],
)
def test_a_name_tells_kinds_of_the_same_headings_apart(workbook: Workbook, name: str) -> None:
    assert kind_of(workbook, name, TWO) == "out"


def test_the_longer_name_is_the_closer_one() -> None:
    kinds = (_kind("notice", "通知"), _kind("meeting-notice", "会议通知"))
    assert kind_of(book(), "会议通知.xlsx", kinds) == "meeting-notice"
    assert kind_of(book(), "放假通知.xlsx", kinds) == "notice"


def test_a_name_does_not_outweigh_the_headings() -> None:
    kinds = (_kind("notice", "通知", "地点", "人数"), _kind("roster", "名册"))
    assert kind_of(book(), "通知.xlsx", kinds) == "roster"
