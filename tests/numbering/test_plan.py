"""Which numbers the papers of a workbook take."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.errors import ConfigurationError
from pipeline.core.findings import Code, Severity
from pipeline.core.values import Batch, NumberedRecord, Record
from pipeline.numbering import NumberRefused, judge_given, plan
from tests.numbering.office import (
    COMMUNITY,
    DEPARTMENT,
    FORM,
    MINUTES,
    PERIODICALS,
    Entry,
    PaperLedger,
    batch,
    record,
    titles,
)

APRIL = date(2020, 4, 16)


def planned(rows: Batch, ledger: PaperLedger, starts: dict[tuple[str, int], int] | None = None):
    return plan(
        rows,
        ledger,
        starts=starts or {},
        fonds="D001",
        retention=lambda kind: kind.retention,
        titles=titles,
    )


def texts(papers: tuple[NumberedRecord, ...]) -> list[str]:
    return [paper.number.text if paper.number else "" for paper in papers]


def test_numbers_and_pieces_follow_the_order_of_the_rows():
    papers = planned(batch(record("甲", APRIL), record("乙", APRIL), record("丙", APRIL)), PaperLedger())
    assert texts(papers) == ["铜王组发〔2020〕1号", "铜王组发〔2020〕2号", "铜王组发〔2020〕3号"]
    assert [paper.archival_code.text for paper in papers] == [
        "D001-WS·2020-D10-ZZB-0001",
        "D001-WS·2020-D10-ZZB-0002",
        "D001-WS·2020-D10-ZZB-0003",
    ]
    assert papers[0].title == "甲（铜王组发〔2020〕1号）"


def test_a_series_goes_on_where_the_paper_register_ended():
    papers = planned(batch(record("甲", APRIL)), PaperLedger(), {("铜王组发", 2020): 50})
    assert texts(papers) == ["铜王组发〔2020〕50号"]


def test_the_next_year_starts_at_one_by_the_date_of_the_paper():
    rows = batch(record("旧", date(2020, 12, 31)), record("新", date(2021, 1, 1)))
    papers = planned(rows, PaperLedger(), {("铜王组发", 2020): 50})
    assert texts(papers) == ["铜王组发〔2020〕50号", "铜王组发〔2021〕1号"]
    assert [paper.archival_code.text for paper in papers] == ["D001-WS·2020-D10-ZZB-0001", "D001-WS·2021-D10-ZZB-0001"]


def test_a_number_given_further_down_is_left_free_for_its_row():
    rows = batch(record("甲", APRIL), record("乙", APRIL, "铜王组发〔2020〕1号"), record("丙", APRIL))
    assert texts(planned(rows, PaperLedger())) == [
        "铜王组发〔2020〕2号",
        "铜王组发〔2020〕1号",
        "铜王组发〔2020〕3号",
    ]


def test_the_numbers_below_one_given_ahead_are_used_up_later():
    ledger = PaperLedger()
    ledger.enter(planned(batch(record("早", APRIL, "铜王组发〔2020〕3号")), ledger))
    papers = planned(batch(*(record(f"第{row}", APRIL) for row in range(4))), ledger)
    assert [paper.number.n for paper in papers if paper.number] == [1, 2, 4, 5]


def test_each_organisation_counts_for_itself_and_a_form_takes_no_number():
    rows = batch(
        record("甲", APRIL, of=MINUTES, organisation=COMMUNITY),
        record("乙", APRIL, of=MINUTES, organisation=DEPARTMENT),
        record("丙", APRIL, of=FORM, organisation=COMMUNITY),
    )
    papers = planned(rows, PaperLedger())
    assert texts(papers) == ["〔2020〕第1期", "〔2020〕第1期", ""]
    assert [paper.archival_code.text for paper in papers] == [
        "D001-WS·2020-Y-HQS-0001",
        "D001-WS·2020-Y-ZZB-0001",
        "D001-WS·2020-Y-HQS-0002",
    ]


def test_the_same_record_has_the_same_id_in_any_plan():
    one = record("甲", APRIL)
    first, *_ = planned(batch(one), PaperLedger())
    _, again = planned(batch(record("乙", APRIL), one), PaperLedger())
    assert first.paper == again.paper == one.identity[:16]


FIFTY = ("铜王组发", 2020, 50)
TEXT = "铜王组发〔2020〕50号"


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (
            Entry("allocated", "关于推荐\n兼职委员的通知", "D001-WS·2020-D10-ZZB-0001"),
            "它是《关于推荐兼职委员的通知》的文号（档号 D001-WS·2020-D10-ZZB-0001）",
        ),
        (Entry("allocated", "关于甲的通知"), "它编给过一份档案里已经没有的文件《关于甲的通知》"),
        (Entry("void", reason="打印错误"), "它已作废：打印错误"),
        (
            Entry("imported", "关于乙的通知", dated=date(2020, 3, 2)),
            "它是手工登记簿里的文号：《关于乙的通知》，2020年3月2日",
        ),
        (Entry("imported", reason="缺"), "它是手工登记簿里的文号：缺"),
    ],
)
def test_a_taken_number_is_refused_with_what_became_of_it(held, said):
    (finding,) = judge_given((record("甲", APRIL, TEXT, row=7),), PaperLedger({FIFTY: "p1"}, held={TEXT: held}))
    assert (finding.code, finding.cell, finding.heading) == (Code.NUMBER_TAKEN, "C7", "发文字号")
    assert finding.hint == said


def test_a_reserved_number_is_taken_by_who_gives_it_and_he_is_told_what_it_was_kept_for():
    kept = Entry("reserved", by="王秘书", reason="年终表彰", until=date(2020, 12, 31))
    ledger = PaperLedger({FIFTY: ""}, held={TEXT: kept})
    row = record("甲", APRIL, TEXT)
    (finding,) = judge_given((row,), ledger)
    assert (finding.code, finding.severity) == (Code.NUMBER_RESERVED, Severity.WARNING)
    assert "它是王秘书为“年终表彰”预留的，至 2020年12月31日" in finding.hint
    assert texts(planned(batch(row), ledger)) == [TEXT]


def test_a_reserved_number_is_not_given_by_itself():
    ledger = PaperLedger({("铜王组发", 2020, 1): ""}, held={"铜王组发〔2020〕1号": Entry("reserved")})
    assert texts(planned(batch(record("甲", APRIL)), ledger)) == ["铜王组发〔2020〕2号"]


@pytest.mark.parametrize(
    ("given_number", "expected"),
    [
        ("铜王组发[2020]50号", "铜王组发〔2020〕50号"),
        ("铜王组发〔2019〕50号", "2020年的文号"),
        ("铜王组发〔2020〕050号", "铜王组发〔2020〕50号"),
        ("铜王组发（2020） 50 号", "铜王组发〔2020〕50号"),
        ("铜王组发〔2020〕第50号", "铜王组发〔2020〕1号"),
        ("红社党〔2020〕50号", "铜王组发〔2020〕1号"),
        ("铜王组发〔2020〕0号", "铜王组发〔2020〕1号"),
        ("50", "铜王组发〔2020〕1号"),
        ("五十号", "铜王组发〔2020〕1号"),
    ],
)
def test_an_unclear_number_is_sent_back_not_mended(given_number, expected):
    (finding,) = judge_given((record("甲", APRIL, given_number),), PaperLedger())
    assert finding.code is Code.NUMBER_FORM
    assert expected in finding.expected
    assert finding.found == given_number


def test_a_number_written_twice_is_refused_at_the_second_row():
    rows = (
        record("甲", APRIL, "铜王组发〔2020〕50号", row=2),
        record("乙", APRIL, "铜王组发〔2020〕50号", row=3),
    )
    (finding,) = judge_given(rows, PaperLedger())
    assert (finding.code, finding.cell) == (Code.DUPLICATE, "C3")
    assert "第2行" in finding.hint


def test_one_refused_number_stops_the_whole_plan_and_all_are_named():
    rows = batch(
        record("甲", APRIL, row=2), record("乙", APRIL, "坏", row=3), record("丙", APRIL, "铜王组发〔2021〕1号", row=4)
    )
    with pytest.raises(NumberRefused) as caught:
        planned(rows, PaperLedger())
    assert [finding.cell for finding in caught.value.findings] == ["C3", "C4"]
    assert caught.value.exit_code == 3
    assert pickle.loads(pickle.dumps(caught.value)).findings == caught.value.findings


ROWS = st.lists(
    st.tuples(
        st.sampled_from([2020, 2021]),
        st.sampled_from([DEPARTMENT, COMMUNITY]),
        st.one_of(st.just(0), st.integers(1, 30)),
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ROWS, max_size=6), st.booleans(), st.integers(1, 20))
def test_any_sequence_of_batches_numbers_each_paper_once_and_leaves_no_gap(batches, with_given, start):
    """Entering asserts that nothing is given twice; here: what is free below the highest number of ours was given."""
    ledger = PaperLedger()
    starts = {("铜王组发", 2020): start}
    given_numbers: set[tuple[str, int, int]] = set()
    for which, rows in enumerate(batches):
        records = []
        for row, (year, organisation, n) in enumerate(rows):
            key = (organisation.number_code, year, n)
            free = n > 0 and key not in ledger.numbers and key not in given_numbers
            text = f"{organisation.number_code}〔{year}〕{n}号" if with_given and free else ""
            if text:
                given_numbers.add(key)
            day = date(year, 4, 16)
            records.append(record(f"{which}/{row}", day, text, organisation=organisation))
        ledger.enter(planned(batch(*records), ledger, starts))
    for series in ("铜王组发", "红社党"):
        for year in (2020, 2021):
            first = starts.get((series, year), 1)
            numbers = {n for one, when, n in ledger.numbers if (one, when) == (series, year)}
            own = {n for n in numbers if (series, year, n) not in given_numbers}
            assert own <= set(range(first, first + len(numbers) + 30))
            if own:
                assert set(range(first, max(own) + 1)) <= numbers, "a number was left out"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=6))
def test_a_workbook_planned_again_gets_the_same_numbers(sizes):
    ledger = PaperLedger()
    for which, size in enumerate(sizes):
        rows = batch(*(record(f"{which}/{row}", APRIL) for row in range(size)))
        assert planned(rows, ledger) == planned(rows, ledger)
        ledger.enter(planned(rows, ledger))


def test_a_kind_with_other_retention_counts_its_own_pieces():
    longer = dataclasses.replace(record("甲", APRIL).kind, retention="D30")
    rows = batch(record("甲", APRIL), dataclasses.replace(record("乙", APRIL), kind=longer))
    codes = [paper.archival_code.text for paper in planned(rows, PaperLedger())]
    assert codes == ["D001-WS·2020-D10-ZZB-0001", "D001-WS·2020-D30-ZZB-0001"]


def test_what_a_row_chose_names_its_series():
    """区域党委会纪要 has a red mark of its own; its first issue is 第1期 however many joint meetings there were."""

    def minutes(title: str, sort: str | None, given: str = "") -> Record:
        one = record(title, date(2021, 3, 1), given, of=PERIODICALS)
        return replace(one, head=replace(one.head, values={**one.head.values, "sort": sort}))

    rows = batch(
        minutes("甲", "联席会议"), minutes("乙", "区域党委会"), minutes("丙", None), minutes("丁", "区域党委会")
    )
    numbers = [paper.number for paper in planned(rows, PaperLedger())]
    assert [(one.series.removeprefix(DEPARTMENT.name), one.text) for one in numbers if one] == [
        ("联席会议纪要", "〔2021〕第1期"),
        ("区域党委会纪要", "〔2021〕第1期"),
        ("联席会议纪要", "〔2021〕第2期"),
        ("区域党委会纪要", "〔2021〕第2期"),
    ]
    given = batch(minutes("甲", "联席会议", "〔2021〕第5期"), minutes("乙", "区域党委会", "〔2021〕第5期"))
    assert [paper.number.n for paper in planned(given, PaperLedger()) if paper.number] == [5, 5]


def test_without_codes_a_paper_has_its_class_and_no_piece():
    rows = batch(record("甲", APRIL), record("登记表", APRIL, of=FORM))
    papers = plan(
        rows,
        PaperLedger(),
        starts={},
        fonds="D001",
        retention=lambda kind: kind.retention,
        titles=titles,
        coded=False,
    )
    assert texts(papers) == ["铜王组发〔2020〕1号", ""], "文号 are given all the same"
    assert [(one.archival_code.lowest_class, one.archival_code.piece, one.archival_code.text) for one in papers] == [
        ("D001-WS·2020-D10-ZZB", 0, ""),
        ("D001-WS·2020-Y-ZZB", 0, ""),
    ]
    assert not any(paper.is_printout for paper in papers)


def test_without_codes_an_impossible_class_is_refused_as_early():
    with pytest.raises(ConfigurationError, match="不是合格的档号"):
        plan(
            batch(record("甲", APRIL)),
            PaperLedger(),
            starts={},
            fonds="D1",
            retention=lambda kind: kind.retention,
            titles=titles,
            coded=False,
        )
