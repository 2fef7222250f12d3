"""What is entered comes back as it was, once, or not at all."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from pipeline.core.errors import ConfigurationError, OfficeBusy
from pipeline.core.findings import Code, Finding
from tests.register.office import APRIL, NOON, later, paper, submission


def everything(path):
    """All rows of all tables, as text."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_paper_comes_back_as_the_same_value(register):
    papers = [paper(50, people=("张三", "王䶮"), text="各社区党委：\n现将……"), paper(51, number="", piece=51)]
    register.enter(submission(papers), papers)
    assert register.paper(papers[0].paper) == papers[0]
    assert register.by_identities([papers[1].identity, "x"]) == {papers[1].identity: papers[1]}
    assert register.papers_of("s1") == tuple(papers)
    assert list(register.papers()) == papers


def test_what_is_not_there_is_none(register):
    assert register.paper("x") is None
    assert register.by_identities(["x"]) == {}
    assert register.submission("x") is None
    assert register.papers_of("x") == ()
    assert register.taken("铜王组发", 2020) == frozenset()
    assert register.last_piece("D001-WS·2020-D10-ZZB") == 0


def test_the_ledger_knows_what_is_taken(register):
    papers = [paper(50), paper(52), paper(3, day=date(2021, 1, 4)), paper(53, number="")]
    register.enter(submission(papers), papers)
    assert register.taken("铜王组发", 2020) == {50, 52}
    assert register.taken("铜王组发", 2021) == {3}
    assert register.series() == (("铜王组发", 2020), ("铜王组发", 2021))
    assert register.last_piece("D001-WS·2020-D10-ZZB") == 53
    assert [(one.n, one.by, one.title) for one in register.ledger("铜王组发", 2020)] == [
        (50, "四月.xlsx", papers[0].title),
        (52, "四月.xlsx", papers[1].title),
    ]


def test_a_submission_goes_from_entered_to_finished(register):
    papers = [paper(1), paper(2)]
    entered = submission(papers)
    register.enter(entered, papers)
    assert register.unfinished() == (entered,)
    assert register.submission_by_digest(entered.sha256) is None
    register.finish("s1", later(5))
    assert register.unfinished() == ()
    finished = dataclasses.replace(entered, state="finished")
    assert register.submission("s1") == finished
    assert register.submission_by_digest(entered.sha256) == finished


def test_finished_stays_finished_and_the_unknown_cannot_be_finished(register):
    register.enter(submission(), [])
    register.finish("s1", later(5))
    with pytest.raises(ValueError, match="not waiting"):
        register.finish("s1", later(6))
    with pytest.raises(ValueError, match="not waiting"):
        register.finish("s2", later(6))


def test_a_returned_workbook_is_noted_and_is_over(register, path):
    finding = Finding(Code.REQUIRED, sheet="通知", cell="B3", heading="标题")
    register.note_returned(submission(identifier="r1", state="returned"), (finding,))
    returned = register.submission("r1")
    assert returned is not None
    assert (returned.state, returned.findings) == ("returned", 1)
    assert register.submission_by_digest(returned.sha256) is None
    assert register.submissions_by_state() == {"returned": 1}
    with pytest.raises(ValueError, match="not waiting"):
        register.finish("r1", later(1))
    with closing(sqlite3.connect(path)) as connection:
        (details,) = connection.execute("SELECT details FROM event").fetchone()
    assert json.loads(details)["findings"][0]["cell"] == "B3"


def test_history_is_told_in_order_and_names_the_submission(register):
    one = paper(50)
    register.enter(submission([one]), [one])
    register.finish("s1", later(5))
    entered, filed = register.events(one.paper)
    assert (entered.action, entered.actor, entered.at) == ("entered", "s1", NOON)
    assert json.loads(entered.details)["number"] == "铜王组发〔2020〕50号"
    assert json.loads(entered.details)["sha256"]["pdf"] == one.files["pdf"].sha256
    assert (filed.action, filed.at) == ("filed", later(5))


COMMUNITY = ("HQS", "中共红旗社区委员会")
NEW_NUMBER = "INSERT INTO number (series, year, n, text, names_issuer, state, actor, at) VALUES"


@pytest.mark.parametrize(
    "second",
    [
        paper(50, piece=2, title="另一份", submission="s2"),
        paper(51, piece=50, title="另一份", submission="s2"),
        paper(51, identity=paper(50).identity, submission="s2"),
        paper(51, identity=paper(50).identity[:16] + "0" * 48, submission="s2"),
    ],
    ids=["number", "piece", "identity", "paper id"],
)
def test_nothing_is_registered_twice(register, path, second):
    first = paper(50)
    register.enter(submission([first]), [first])
    before = everything(path)
    other = paper(60, title="无辜的一份", submission="s2")
    with pytest.raises(OfficeBusy, match="关于推荐社区兼职委员的通知") as caught:
        register.enter(submission([other, second], identifier="s2"), [other, second])
    assert "D001-WS·2020-D10-ZZB-0050" in caught.value.what
    assert caught.value.where == "四月.xlsx"
    assert caught.value.remedy
    assert everything(path) == before, "something of the refused submission stayed behind"


def test_the_same_submission_cannot_be_entered_twice(register, path):
    papers = [paper(1)]
    register.enter(submission(papers), papers)
    before = everything(path)
    with pytest.raises(OfficeBusy, match="已经登记过"):
        register.enter(submission(papers), papers)
    assert everything(path) == before


def test_two_series_cannot_write_the_same_number(register):
    first = paper(50)
    second = paper(50, series="另一个序列", number="铜王组发〔2020〕50号", organisation=COMMUNITY, submission="s2")
    register.enter(submission([first]), [first])
    with pytest.raises(ConfigurationError, match="铜王组发〔2020〕50号"):
        register.enter(submission([second], identifier="s2"), [second])


def test_issue_numbers_alike_belong_to_different_organisations(register):
    ours = paper(1, series="组织部纪要", number="〔2020〕第1期")
    theirs = paper(1, series="红旗社区纪要", number="〔2020〕第1期", organisation=COMMUNITY)
    register.enter(submission([ours, theirs]), [ours, theirs])


def test_a_file_belongs_to_one_paper_but_a_workbook_to_many(register):
    first, second = paper(1), paper(2)
    assert first.files["source"] == second.files["source"]
    stolen = dataclasses.replace(second, files={"pdf": first.files["pdf"]})
    with pytest.raises(IntegrityError):
        register.enter(submission([first, stolen]), [first, stolen])
    assert list(register.papers()) == []
    register.enter(submission([first, second]), [first, second])


def test_a_submission_must_list_the_papers_it_enters(register):
    one, two = paper(1), paper(2)
    with pytest.raises(ValueError, match="does not list"):
        register.enter(submission([two, one]), [one, two])
    with pytest.raises(ValueError, match="another submission"):
        register.enter(submission([one], identifier="s2"), [one])
    with pytest.raises(ValueError, match="does not list"):
        register.enter(submission([one], state="finished"), [one])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event",
        "UPDATE event SET actor = 'x'",
        "DELETE FROM number",
        "DELETE FROM paper",
        "DELETE FROM submission",
        "UPDATE submission SET state = 'returned'",
        "UPDATE submission SET state = 'finished'",
        f"{NEW_NUMBER} ('x', 2020, 0, '', 0, 'void', '', '')",
        f"{NEW_NUMBER} ('x', 2020, 1, '', 0, 'free', '', '')",
    ],
)
def test_the_file_itself_refuses_to_forget(register, path, statement):
    papers = [paper(1)]
    register.enter(submission(papers), papers)
    register.finish("s1", later(1))
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_figures_for_the_status(register):
    papers = [paper(1), paper(2), paper(1, organisation=COMMUNITY, series="红社党"), paper(1, day=date(2021, 3, 1))]
    register.enter(submission(papers), papers)
    given = [(one.series, one.year, one.n, one.text) for one in register.numbers_of(APRIL)]
    assert given == sorted((one.series, one.year, one.n, one.number) for one in papers)
    assert register.numbers_of(date(2020, 4, 17)) == ()
    assert [(one.year, one.organisation, one.papers) for one in register.holdings()] == [
        (2021, papers[3].organisation, 1),
        (2020, COMMUNITY[1], 1),
        (2020, papers[0].organisation, 2),
    ]


def test_papers_come_in_the_order_of_their_days(register):
    days = [date(2021, 5, 1), date(2019, 1, 2), date(2020, 6, 3)]
    for which, day in enumerate(days):
        one = paper(which + 1, day=day, submission=f"s{which}")
        register.enter(submission([one], identifier=f"s{which}"), [one])
    assert [one.date for one in register.papers()] == sorted(days)


def test_many_papers_are_read_in_pages_without_loss(register):
    papers = [paper(n, people=(f"人{n}",)) for n in range(1, 1203)]
    register.enter(submission(papers), papers)
    assert list(register.papers()) == papers
    assert register.papers_of("s1") == tuple(papers)
    assert register.taken("铜王组发", 2020) == frozenset(range(1, 1203))


def test_many_papers_may_wait_for_their_pieces(register):
    """They share a class and have no 档号 yet; those that have one are still told apart."""
    waiting = [dataclasses.replace(paper(n, piece=0), archival_code="") for n in (1, 2, 3)]
    coded = paper(4, piece=1)
    register.enter(submission([*waiting, coded]), [*waiting, coded])
    assert [one.paper for one in register.unarranged(2020)] == [one.paper for one in waiting]
    assert list(register.unarranged(2021)) == []
    assert register.last_piece(coded.lowest_class) == 1
    again = dataclasses.replace(paper(5, piece=1), submission="s2")
    with pytest.raises(OfficeBusy, match=waiting[0].title):
        register.enter(submission([again], identifier="s2"), [again])
