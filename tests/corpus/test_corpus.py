"""Every odd spreadsheet is carried to its named outcome: a batch, or exactly these findings at exactly these cells.

What comes back is mended as its sender would mend it, in the returned workbook itself, and dropped again.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from pipeline.core.digests import contents
from pipeline.core.findings import TITLES
from pipeline.sheets import Unreadable, receipt_workbook, returned_workbook, unreadable_note
from tests.corpus import dates, files_of_every_kind, layouts, pasted, people, rows, sums
from tests.corpus.case import Case, outcome_of

THEMES = (files_of_every_kind, layouts, dates, people, sums, rows, pasted)
CASES = [case for theme in THEMES for case in theme.CASES]
TYPED = {"an identity number in powers of ten"}
"""What the sender himself has typed as a program would write it."""

MENDED = [case for case in CASES if case.mended]
ACCEPTED = [case for case in CASES if case.papers]


def written(case: Case, folder: Path) -> Path:
    path = folder / case.name
    path.write_bytes(case.data)
    return path


def test_the_corpus_is_large_and_no_oddity_stands_twice() -> None:
    assert len(CASES) >= 150
    assert len({case.odd for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.odd)
def test_each_oddity_has_its_outcome(case: Case, tmp_path: Path) -> None:
    outcome = outcome_of(written(case, tmp_path), case.limits)
    told = [finding.sentence() for finding in outcome.findings]
    assert outcome.cells == case.findings, told
    assert len(outcome.batch.records if outcome.batch else ()) == case.papers, told
    if outcome.batch:
        values = outcome.batch.records[0].head.values
        assert {field: values[field] for field in case.values} == case.values


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.odd)
def test_what_is_said_is_said_in_words(case: Case, tmp_path: Path) -> None:
    """No word of a program: no class, no power of ten, no English but names of products and formats."""
    for finding in outcome_of(written(case, tmp_path), case.limits).findings:
        assert finding.title in TITLES.values()
        said = f"{finding.expected}{finding.hint}"
        assert finding.hint, f"how is it mended? {finding}"
        assert not re.search(
            r"[A-Za-z_]{3,}", re.sub(r"Excel|WPS|PDF|PNG|JPEG|CSV|UTF|HTML|XML|MHT|SYLK|Word|[.*][a-z]+", "", said)
        ), said
        assert not re.search(r"\d[eE][+-]?\d|None|nan|CellError|Formatted", said), finding
        assert case.odd in TYPED or not re.search(r"\d[eE][+-]?\d", finding.found), finding
        assert not re.search(r"[，。；：]{2}|，，|。，|（）(?!）)", finding.sentence().replace("圆括号（）", "")), (
            finding.sentence()
        )


@pytest.mark.parametrize("case", MENDED, ids=lambda case: case.odd)
def test_a_returned_workbook_that_was_mended_just_works(case: Case, tmp_path: Path) -> None:
    original = written(case, tmp_path)
    outcome = outcome_of(original, case.limits)
    workbook = openpyxl.load_workbook(io.BytesIO(returned_workbook(original, outcome.findings)))
    sheets = {finding.cell: finding.sheet for finding in outcome.findings}
    for cell, value in case.mended.items():
        workbook[sheets.get(cell) or workbook.sheetnames[1]][cell].value = value
    again = tmp_path / "again.xlsx"
    workbook.save(again)
    second = outcome_of(again)
    assert second.batch is not None and second.batch.records, [finding.sentence() for finding in second.findings]


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.odd)
def test_a_receipt_of_what_went_through_is_known_when_dropped_again(case: Case, tmp_path: Path) -> None:
    original = written(case, tmp_path)
    outcome = outcome_of(original, case.limits)
    again = tmp_path / "again.xlsx"
    again.write_bytes(receipt_workbook(original, (), outcome.findings))
    second = outcome_of(again)
    assert outcome.batch and second.batch
    assert contents(second.batch.records) == contents(outcome.batch.records)


@pytest.mark.parametrize("case", [case for case in CASES if not case.papers], ids=lambda case: case.odd)
def test_everything_that_comes_back_comes_back_with_a_list(case: Case, tmp_path: Path) -> None:
    original = written(case, tmp_path)
    findings = outcome_of(original, case.limits).findings
    try:
        data = returned_workbook(original, findings)
    except Unreadable as refusal:
        data = unreadable_note(case.name, refusal.finding)
    listed = openpyxl.load_workbook(io.BytesIO(data))["需要修改"]
    assert [cell.value for cell in listed["E"]][4] is not None
