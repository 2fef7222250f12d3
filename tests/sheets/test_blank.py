"""Blank workbooks: what Excel is told, and that a filled one reads back clean."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.core.findings import Code
from pipeline.core.kind import FieldType, Kind
from pipeline.sheets import blank_workbook, interpret
from tests.sheets.examples import KINDS, ORGANISATIONS, meeting, read, roster


def opened(kind: Kind) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(blank_workbook(kind, ORGANISATIONS)))


def test_sheets_for_every_table_a_form_and_a_guide() -> None:
    assert opened(roster()).sheetnames == ["登记表", "填写用表", "填写说明", "选项"]
    assert opened(meeting()).sheetnames == ["会议", "人员", "议题", "填写说明", "选项"]
    assert opened(roster())["选项"].sheet_state == "hidden"


def test_required_headings_are_marked_and_explained() -> None:
    sheet = opened(roster())["登记表"]
    assert [sheet.cell(1, column).value for column in (1, 4, 6)] == ["社区党组织*", "出生年月*", "身份证号"]
    assert "必填" in sheet["A1"].comment.text
    assert sheet.freeze_panes == "A2"


def test_formats_keep_excel_from_changing_what_is_typed() -> None:
    kind = roster()
    sheet = opened(kind)["登记表"]
    formats = {field.type: sheet.cell(3, n).number_format for n, field in enumerate(kind.head.fields, start=1)}
    for type_ in (FieldType.ID_CARD, FieldType.PHONE, FieldType.MONTH, FieldType.TEXT, FieldType.PERSON):
        assert formats[type_] == "@"
    assert "yyyy" in formats[FieldType.DATE]


def test_lists_offer_choices_and_organisations() -> None:
    workbook = opened(roster())
    lists = {str(rule.sqref): rule.formula1 for rule in workbook["登记表"].data_validations.dataValidation}
    assert set(lists) == {"A2:A300", "C2:C300"}
    offered = [cell.value for cell in workbook["选项"]["A"][1:]]
    assert offered == [organisation.name for organisation in ORGANISATIONS]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_an_untouched_blank_workbook_is_empty(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(blank_workbook(kind, ORGANISATIONS))
    draft, (found,) = interpret(read(path), KINDS, "x.xlsx")
    assert draft is None and found.code is Code.EMPTY


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_filled_blank_workbook_reads_back_clean(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = opened(kind)
    for table in kind.tables:
        for column, field in enumerate(table.fields, start=1):
            workbook[table.sheets[0]].cell(3, column).value = field.example or None
    workbook.save(path)
    draft, findings = interpret(read(path), KINDS, "x.xlsx")
    assert findings == ()
    assert draft is not None and draft.kind.id == kind.id
    for table in kind.tables:
        (row,) = draft.rows[table.id]
        assert row.row == 3
        for field in table.fields:
            if field.type in (FieldType.TEXT, FieldType.PERSON, FieldType.ORG, FieldType.CHOICE, FieldType.ID_CARD):
                assert row.values[field.id] == field.example


def test_the_form_variant_reads_back_clean(tmp_path: Path) -> None:
    kind = roster()
    path = tmp_path / "a.xlsx"
    workbook = opened(kind)
    sheet = workbook["填写用表"]
    examples = {field.heading: field.example for field in kind.head.fields}
    for line in list(sheet.iter_rows(min_row=2)):
        for cell in line:
            if cell.column in (1, 3) and cell.value and (example := examples.get(str(cell.value).rstrip("*"))):
                sheet.cell(cell.row, cell.column + 1).value = example
    workbook.save(path)
    draft, findings = interpret(read(path), KINDS, "x.xlsx")
    assert findings == ()
    assert draft is not None
    (row,) = draft.rows["member"]
    assert row.sheet == "填写用表"
    assert row.values["name"] == "刘珺" and row.values["birth"] == date(1978, 3, 1)
    assert row.values["opinion_on"] == date(2020, 5, 8)
