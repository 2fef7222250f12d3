"""The figures of a year: each number is a count of what filed papers say, and nothing counts twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.values import FiledRecord
from pipeline.retrieval.counted import Counted, Measure, counted
from pipeline.retrieval.figures import figures
from tests.retrieval.filed import NORTH, OFFICE, SOUTH, STREET, filed

ORGANS = ("北园社区", "南园社区")


def certificate(person: str, day: date, until: date = date(2026, 12, 31), organisation=NORTH) -> FiledRecord:  # type: ignore[no-untyped-def]
    return filed("appointment", day, organisation, {"person": person, "term_from": day, "term_to": until})


def meeting(day: date, *present: str, absent: tuple[str, ...] = (), name: str = "党建联席会议") -> FiledRecord:
    people = [{"person": one, "attendance": "出席"} for one in present]
    people += [{"person": one, "attendance": "请假"} for one in absent]
    return filed("minutes", day + timedelta(1), STREET, {"meeting_name": name, "held_on": day}, people=people)


def ledger(day: date, *solved: date | None) -> FiledRecord:
    issues = [
        {"sequence": n, "problem": f"问题{n}", **({"solved_on": on} if on else {})} for n, on in enumerate(solved, 1)
    ]
    return filed("issue-ledger", day, SOUTH, {"year": 2021}, issues=issues)


def told(records: list[FiledRecord], measure: Measure) -> list[tuple[str, str, date]]:
    return [(one.organ, one.what, one.day) for one in counted(records, OFFICE, 2021) if one.measure is measure]


def test_an_appointment_counts_for_the_community_and_the_day_of_its_certificate() -> None:
    records = [
        certificate("甲", date(2021, 3, 31)),
        certificate("乙", date(2021, 4, 1), organisation=SOUTH),
        certificate("丙", date(2020, 12, 31)),
    ]
    assert told(records, Measure.APPOINTED) == [
        ("北园社区", "甲", date(2021, 3, 31)),
        ("南园社区", "乙", date(2021, 4, 1)),
    ]


def test_a_second_certificate_in_the_year_is_no_second_member() -> None:
    records = [certificate("甲", date(2021, 3, 31)), certificate("甲", date(2021, 9, 1))]
    assert len(told(records, Measure.APPOINTED)) == 1


def test_members_present_at_a_joint_meeting_count_under_their_community() -> None:
    records = [
        certificate("甲", date(2020, 3, 1)),
        certificate("乙", date(2021, 1, 1), organisation=SOUTH),
        certificate("丙", date(2021, 1, 1)),
        meeting(date(2021, 6, 24), "甲", "乙", "书记", absent=("丙",)),
        meeting(date(2021, 7, 1), "甲", "乙", name="7月区域党委会"),
    ]
    assert told(records, Measure.ATTENDED) == [
        ("北园社区", "甲", date(2021, 6, 24)),
        ("南园社区", "乙", date(2021, 6, 24)),
    ]


@pytest.mark.parametrize(("held", "counts"), [(1, False), (2, True), (10, True), (11, False)])
def test_only_who_is_in_office_on_the_day_attends_as_a_member(held: int, counts: bool) -> None:
    records = [certificate("甲", date(2021, 6, 2), date(2021, 6, 10)), meeting(date(2021, 6, held), "甲")]
    assert bool(told(records, Measure.ATTENDED)) is counts


def test_a_problem_counts_once_however_many_editions_of_the_ledger_tell_of_it() -> None:
    solved, later = date(2021, 5, 20), date(2021, 11, 1)
    records = [ledger(date(2021, 6, 30), solved, None), ledger(date(2021, 12, 31), solved, later, None)]
    assert [day for _organ, _what, day in told(records, Measure.SOLVED)] == [solved, later]


def test_what_the_newest_edition_takes_back_does_not_count() -> None:
    records = [ledger(date(2021, 6, 30), date(2021, 5, 20)), ledger(date(2021, 12, 31), None)]
    assert told(records, Measure.SOLVED) == []


def test_what_belongs_to_others_does_not_count() -> None:
    records = [filed("activity-record", date(2021, 5, 1), NORTH, {"theme": "义诊"})]
    assert len(counted(records, OFFICE, 2021)) == 1
    assert counted(records, (SOUTH,), 2021) == ()


def test_the_community_a_paper_names_goes_before_who_issued_it() -> None:
    record = filed("activity-record", date(2021, 5, 1), STREET, {"theme": "义诊", "community": NORTH.name})
    assert told([record], Measure.HELD) == [("北园社区", "义诊", date(2021, 5, 1))]


ONE = st.builds(
    Counted,
    st.sampled_from(Measure),
    st.sampled_from(ORGANS),
    st.dates(date(2021, 1, 1), date(2021, 12, 31)),
    st.just("x"),
    st.just(filed("x", date(2021, 1, 1), NORTH).paper),
)


@settings(deadline=None)  # the first example loads pandas
@given(st.lists(ONE, max_size=30))
def test_every_one_that_counts_stands_in_exactly_one_figure(found: list[Counted]) -> None:
    rows = figures(found, ORGANS)
    assert [(row.organ, row.quarter) for row in rows] == [(organ, n) for organ in ORGANS for n in (1, 2, 3, 4)]
    for row in rows:
        for measure in Measure:
            months = range(row.quarter * 3 - 2, row.quarter * 3 + 1)
            theirs = [
                one for one in found if (one.organ, one.measure) == (row.organ, measure) and one.day.month in months
            ]
            assert row.of(measure) == len(theirs)


def test_what_counts_for_a_stranger_is_not_dropped_in_silence() -> None:
    stranger = Counted(Measure.HELD, "西园社区", date(2021, 1, 1), "x", filed("x", date(2021, 1, 1), NORTH).paper)
    with pytest.raises(ValueError, match="西园社区"):
        figures([stranger], ORGANS)
