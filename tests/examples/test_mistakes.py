"""The workbook with planted mistakes and the list of what each one must be called."""

from __future__ import annotations

import io
import tomllib

from openpyxl import load_workbook

from pipeline.core.findings import Code
from pipeline.kinds import Catalogue
from tools.make_examples import mistakes
from tools.make_examples.__main__ import ROOT
from tools.make_examples.books import saved
from tools.make_examples.year import planted

EXPECTED = tomllib.loads((ROOT / "examples" / "expected.toml").read_text(encoding="utf-8"))


def test_the_list_is_what_the_generator_writes() -> None:
    assert (ROOT / "examples" / "expected.toml").read_text(encoding="utf-8") == mistakes.expected() + planted.expected()


def test_a_dozen_mistakes_of_as_many_kinds() -> None:
    codes = [entry["code"] for entry in EXPECTED["planted"]]
    assert len(codes) >= 12 and len(set(codes)) >= 12
    assert set(codes) <= {code.value for code in Code}


def test_every_planted_cell_holds_what_the_list_says() -> None:
    sheet = load_workbook(io.BytesIO(saved(mistakes.workbook())))[mistakes.SHEET]
    planted = {entry["cell"]: entry["code"] for entry in EXPECTED["planted"]}
    accepted = {entry["cell"] for entry in EXPECTED["accepted"]}
    typed = {cell: sheet[cell].value for cell in (*planted, *accepted)}
    by_code = {code: typed[cell] for cell, code in planted.items()}
    assert by_code["heading-unknown"] == "族别"
    assert by_code["required"] is None
    assert by_code["rounded"] == 610202198508160000
    assert by_code["not-an-organisation"] == "幸福里社区"
    assert len(str(by_code["not-a-phone"])) == 10
    assert {typed[cell] for cell in accepted} == {"2020.4.16", "１３９００００００１２"}
    assert len(EXPECTED["planted"]) == len(planted), "no cell is listed twice"


def test_the_same_row_stands_there_twice() -> None:
    sheet = load_workbook(io.BytesIO(saved(mistakes.workbook())))[mistakes.SHEET]
    rows = [tuple(cell.value for cell in row[1:-1]) for row in sheet.iter_rows(min_row=4)]
    assert [rows.index(row) for row in rows].count(0) == 2, (
        "but for the running number and the date, which is typed oddly"
    )


def test_the_renamed_heading_is_one_the_kind_does_not_know() -> None:
    member = Catalogue.load([ROOT / "templates"]).get("member-form").head
    assert "族别" not in [word for field in member.fields for word in field.headings]
    assert member.field("ethnicity").required
