"""One workbook makes the papers of a meeting: notice, sign-in sheet, minutes and the publication that names them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.conformance import Verdict, audit, measure
from pipeline.core.values import FiledRecord
from pipeline.flow import Outcome
from pipeline.office import Office
from pipeline.rounds import run_once
from pipeline.sheets import Limits, blank_workbook, read_workbook
from pipeline.sheets.recognise import Recognised, recognise
from tests.offices import make_office, verified
from tests.policies.papers import ROOT

FOLDER = ROOT / "templates" / "_bundles" / "meeting-set"
KINDS = ("meeting-notice", "sign-in", "minutes", "publication")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


def sent(
    office: Office, name: str = "三季度会议.xlsx", changes: Mapping[tuple[str, str], object] | None = None
) -> Outcome:
    """The sample, with other values in the first row under the named headings of the named sheets."""
    book = openpyxl.load_workbook(FOLDER / "sample.xlsx")
    for (sheet, heading), value in (changes or {}).items():
        [column] = [cell.column for cell in book[sheet][1] if cell.value == heading]
        book[sheet].cell(2, column).value = value
    book.save(office.settings.inbox / name)
    [outcome] = run_once(office, lambda *_counts: None)
    return outcome


def only(office: Office, kind: str) -> FiledRecord:
    [record] = office.register.filed_records(kind)
    return record


def test_one_workbook_makes_the_four_papers_in_one_submission_with_one_receipt(office: Office) -> None:
    with office:
        outcome = sent(office)
        assert (outcome.state, outcome.findings) == ("filed", ())
        assert tuple(paper.kind for paper in outcome.papers) == KINDS
        assert len({paper.submission for paper in outcome.papers}) == 1
        assert outcome.delivered is not None
        receipt = openpyxl.load_workbook(outcome.delivered)
        told = {str(cell) for row in receipt.worksheets[0].iter_rows(values_only=True) for cell in row}
        assert all(any(paper.archival_code in line for line in told) for paper in outcome.papers)
        assert verified(office).is_sound


def test_the_publication_names_the_minutes_and_the_days_are_in_order(office: Office) -> None:
    with office:
        sent(office)
        notice, sign_in, minutes, publication = (only(office, kind) for kind in KINDS)
        assert minutes.paper.number and notice.paper.number
        assert f"会议纪要（{minutes.paper.number}）" in str(publication.head["matter"])
        days = [notice.paper.date, sign_in.paper.date, minutes.paper.date, publication.paper.date]
        assert days == sorted(set(days))
        assert publication.paper.title.endswith("关于第三季度党建联席会议纪要的公示")
        assert {one.head["meeting_name"] for one in (notice, sign_in, minutes, publication)} == {
            "2020年第三季度党建联席会议"
        }
        topics = [row["topic"] for row in minutes.details["topics"]]
        assert topics == [row["topic"] for row in notice.details["topics"]]
        assert topics == [row["topic"] for row in publication.details["topics"]]
        assert [row["person"] for row in sign_in.details["people"]] == [
            row["person"] for row in minutes.details["people"]
        ]
        assert "votes_for" not in publication.details["topics"][0]


@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [
        ("会议全套", "会议日期", date(2020, 9, 7)),
        ("会议全套", "纪要日期", date(2020, 9, 16)),
        ("会议全套", "公示开始日期", date(2020, 9, 17)),
        ("会议事项", "赞成", 4),
        ("到会人员", "到会情况", "迟到"),
    ],
)
def test_one_slip_and_nothing_of_the_set_is_made(office: Office, sheet: str, heading: str, value: object) -> None:
    with office:
        outcome = sent(office, changes={(sheet, heading): value})
        assert outcome.state == "returned"
        assert {one.sheet for one in outcome.findings} == {sheet}
        assert list(office.register.papers()) == []
        assert office.register.ledger() == ()


def test_the_same_set_sent_again_is_known(office: Office) -> None:
    with office:
        first = sent(office)
        again = sent(office, "三季度会议（再发）.xlsx")
        assert again.state == "known"
        assert {paper.paper for paper in again.papers} == {paper.paper for paper in first.papers}


def test_the_workbooks_of_the_set_and_of_its_kinds_are_not_taken_for_one_another(
    office: Office, tmp_path: Path
) -> None:
    with office:
        kinds = (*office.kinds, *(bundle.kind for bundle in office.bundles))
        [own] = [bundle.kind for bundle in office.bundles if bundle.kind.id == FOLDER.name]
        blank = tmp_path / "空白.xlsx"
        blank.write_bytes(blank_workbook(own, office.settings.organisations))
    samples = {kind: ROOT / "templates" / kind / "sample.xlsx" for kind in KINDS}
    for expected, path in [*samples.items(), (own.id, FOLDER / "sample.xlsx"), (own.id, blank)]:
        found = recognise(read_workbook(path, Limits()), kinds, "表.xlsx")
        assert isinstance(found, Recognised), found
        assert found.kind.id == expected


def test_the_real_press_prints_the_set(office: Office) -> None:
    del vars(office)["workers"]
    with office:
        outcome = sent(office)
        assert (outcome.state, outcome.findings) == ("filed", ())
        _notice, _sign_in, minutes, publication = outcome.papers
        assert minutes.number in publication.text
        assert "赞成" in minutes.text and "赞成" not in publication.text
        for paper in outcome.papers:
            pdf = office.settings.archive / paper.files["pdf"].path
            assert "{" not in paper.text
            if paper.kind in ("meeting-notice", "minutes"):
                clauses = audit(measure(pdf), office.kinds.get(paper.kind).format)
                assert [one.id for one in clauses if one.verdict is Verdict.FAIL] == []
