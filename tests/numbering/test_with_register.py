"""Plan and register together: what is planned can be entered, and is what the next plan goes on from."""

from __future__ import annotations

import dataclasses
from datetime import date

from pipeline.core.findings import Code
from pipeline.core.values import Batch, FiledPaper, NumberedRecord
from pipeline.numbering import continuity, judge_given, plan
from pipeline.register import Register
from tests.numbering.office import COMMUNITY, DEPARTMENT, FORM, MINUTES, batch, record, titles
from tests.register.office import NOON, paper, submission

APRIL = date(2020, 4, 16)
STARTS = {("铜王组发", 2020): 50}


def planned(rows: Batch, register: Register) -> tuple[NumberedRecord, ...]:
    return plan(rows, register, starts=STARTS, fonds="D001", retention=lambda kind: kind.retention, titles=titles)


def filed(numbered: NumberedRecord, identifier: str) -> FiledPaper:
    """The planned paper as it would be filed."""
    number, code, made_from = numbered.number, numbered.archival_code, numbered.record
    return dataclasses.replace(
        paper(1, identity=made_from.identity, submission=identifier),
        kind=made_from.kind.id,
        kind_name=made_from.kind.name,
        title=numbered.title,
        organisation=made_from.organisation.name,
        organisation_code=made_from.organisation.code,
        number=number.text if number else "",
        series=number.series if number else "",
        n=number.n if number else 0,
        archival_code=code.text,
        lowest_class=code.lowest_class,
        piece=code.piece,
        filed_at=NOON,
    )


def issue(register: Register, identifier: str, rows: Batch) -> list[FiledPaper]:
    papers = [filed(one, identifier) for one in planned(rows, register)]
    register.enter(submission(papers, identifier=identifier), papers)
    return papers


def test_workbooks_one_after_the_other_number_on(tmp_path):
    with Register.open(tmp_path / "register.db") as register:
        first = issue(register, "s1", batch(record("甲", APRIL), record("登记表", APRIL, of=FORM)))
        second = issue(
            register,
            "s2",
            batch(
                record("乙", APRIL),
                record("丙", APRIL, "铜王组发〔2020〕53号"),
                record("纪要", APRIL, of=MINUTES, organisation=DEPARTMENT),
                record("纪要", APRIL, of=MINUTES, organisation=COMMUNITY),
            ),
        )
        third = issue(register, "s3", batch(record("丁", APRIL), record("戊", APRIL)))
        assert [one.number for one in (*first, *second, *third)] == [
            "铜王组发〔2020〕50号",
            "",
            "铜王组发〔2020〕51号",
            "铜王组发〔2020〕53号",
            "〔2020〕第1期",
            "〔2020〕第1期",
            "铜王组发〔2020〕52号",
            "铜王组发〔2020〕54号",
        ]
        assert [one.archival_code[-11:] for one in first] == ["10-ZZB-0001", "-Y-ZZB-0001"]
        notices = next(one for one in continuity(register.ledger(), STARTS, APRIL) if one.series == "铜王组发")
        assert (notices.first, notices.last, notices.count, notices.whole) == (50, 54, 5, True)


def test_a_number_that_is_taken_is_refused_with_the_title_of_the_filed_paper(tmp_path):
    with Register.open(tmp_path / "register.db") as register:
        issue(register, "s1", batch(record("关于甲的通知", APRIL)))
        (finding,) = judge_given((record("乙", APRIL, "铜王组发〔2020〕50号"),), register)
    assert finding.code is Code.NUMBER_TAKEN
    assert "关于甲的通知" in finding.hint


def test_an_issue_of_another_organisation_is_no_conflict(tmp_path):
    """Every organisation has its 〔2020〕第1期; only its own series counts."""
    with Register.open(tmp_path / "register.db") as register:
        issue(register, "s1", batch(record("纪要", APRIL, of=MINUTES, organisation=DEPARTMENT)))
        theirs = record("纪要", APRIL, "〔2020〕第1期", of=MINUTES, organisation=COMMUNITY)
        assert judge_given((theirs,), register) == ()
        ours = record("另一次", APRIL, "〔2020〕第1期", of=MINUTES, organisation=DEPARTMENT)
        assert [finding.code for finding in judge_given((ours,), register)] == [Code.NUMBER_TAKEN]
        assert [one.number for one in issue(register, "s2", batch(theirs))] == ["〔2020〕第1期"]
