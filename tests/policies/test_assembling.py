"""Committees, elections, meetings: for each rule a paper that breaks it and one that just meets it."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.core.findings import Severity
from pipeline.core.values import Record, Value
from pipeline.policies import WorkingDays
from tests.policies.papers import TAOYUAN, judged, record, rules

MAY = date(2020, 5, 20)


def committee(*posts: str) -> Record:
    return record(
        "filing-report",
        MAY,
        TAOYUAN,
        {"people": [{"person": f"委员{n}", "community_post": post} for n, post in enumerate(posts)]},
    )


SECRETARY, DEPUTY, PART_TIME, MEMBER = "党委书记", "专职副书记", "兼职副书记", "兼职委员"


@pytest.mark.parametrize(
    ("option", "meets", "breaks"),
    [
        ("tongchuan-2020", [SECRETARY, MEMBER, MEMBER], [SECRETARY, MEMBER]),
        (
            "big-committee-trial",
            [SECRETARY, DEPUTY, PART_TIME, PART_TIME, *[MEMBER] * 5],
            [SECRETARY, DEPUTY, PART_TIME, PART_TIME, *[MEMBER] * 4],
        ),
        ("plan-2023", [SECRETARY, DEPUTY, *[MEMBER] * 7], [SECRETARY, DEPUTY, DEPUTY, *[MEMBER] * 6]),
    ],
)
def test_the_size_of_a_committee(option: str, meets: list[str], breaks: list[str]) -> None:
    size = rules("committee-size", option)
    assert judged(size, committee(*meets)) == ()
    findings = judged(size, committee(*breaks))
    assert findings
    assert all(one.severity is Severity.WARNING for one in findings)


def test_a_list_of_part_time_members_alone_is_no_committee() -> None:
    assert judged(rules("committee-size"), committee(MEMBER, MEMBER)) == ()


# --------------------------------------------------------------------------- elections


def election(
    head: dict[str, Value] | None = None, ballot: dict[str, Value] | None = None, standing: int = 4, **votes: int
) -> Record:
    counted: dict[str, Value] = {
        "community_post": "委员",
        "seats": 2,
        "issued": 50,
        "collected": 49,
        "valid": 48,
        "invalid": 1,
    }
    candidate: dict[str, Value] = {
        "community_post": "委员",
        "votes_for": 40,
        "votes_against": 5,
        "abstained": 3,
        **votes,
    }
    about: dict[str, Value] = {"members": 100, "delegates": 20, "in_service": 10, "present": 50, **(head or {})}
    details = {"ballots": [counted | (ballot or {})], "candidates": [candidate] * standing}
    return record("election-result", MAY, TAOYUAN, details, **about)


def test_two_candidates_for_each_post() -> None:
    assert judged(rules("candidates-to-posts"), election(standing=4)) == ()
    (found,) = judged(rules("candidates-to-posts"), election(standing=3))
    assert found.expected == "合格人选不少于 4 名（现有 3 名）"


@pytest.mark.parametrize(
    ("head", "heading"),
    [({"delegates": 19}, "社区党员代表"), ({"members": 101}, "社区党员代表"), ({"in_service": 9}, "在职党员代表")],
)
def test_enough_delegates(head: dict[str, Value], heading: str) -> None:
    assert judged(rules("election-delegates"), election()) == ()
    assert [one.heading for one in judged(rules("election-delegates"), election(head))] == [heading]


@pytest.mark.parametrize(
    ("ballot", "head", "expected"),
    [
        ({"collected": 50}, {}, "有效票与无效票之和"),
        ({"issued": 48}, {}, "不多于发出票"),
        ({}, {"present": 49}, "不多于到会人数"),
    ],
)
def test_no_ballot_is_lost_or_made_up(ballot: dict[str, Value], head: dict[str, Value], expected: str) -> None:
    assert judged(rules("ballots"), election()) == ()
    assert [one.expected for one in judged(rules("ballots"), election(head, ballot))] == [expected]


def test_votes_add_up_to_the_valid_ballots_of_their_post() -> None:
    (found,) = judged(rules("ballots"), election(standing=1, abstained=2))
    assert found.expected == "赞成、反对、弃权之和等于有效票 48 张"
    assert found.severity is Severity.ERROR


def test_each_post_is_counted_by_itself() -> None:
    (found,) = judged(rules("ballots"), election(ballot={"community_post": "兼职副书记"}, standing=1))
    assert found.heading == "推选职务"


# --------------------------------------------------------------------------- meetings


def minutes(
    present: int, away: int, votes: int | None = None, name: str = "社区大党委会议", sitting_in: int = 3
) -> Record:
    people = (
        [{"attendance": "出席"}] * present + [{"attendance": "请假"}] * away + [{"attendance": "列席"}] * sitting_in
    )
    return record("minutes", MAY, TAOYUAN, {"people": people, "topics": [{"votes_for": votes}]}, meeting_name=name)


def test_four_fifths_of_the_members_must_be_there() -> None:
    assert judged(rules("quorum"), minutes(8, 2)) == ()
    (found,) = judged(rules("quorum"), minutes(7, 2))
    assert found.expected == "9 名委员中至少 8 名到会（现有 7 名）"
    assert judged(rules("quorum"), minutes(7, 2, name="第二季度党建联席会议")) == ()


def test_more_than_half_of_those_present_decide() -> None:
    assert judged(rules("decision"), minutes(9, 0, 5)) == ()
    assert judged(rules("decision"), minutes(8, 0, None)) == ()
    (found,) = judged(rules("decision"), minutes(8, 0, 4))
    assert found.expected == "到会 8 名委员中至少 5 票赞成"


def announced(on: date, held: date, name: str = "第二季度党建联席会议", **head: Value) -> Record:
    return record("meeting-notice", on, TAOYUAN, held_on=held, meeting_name=name, **head)


def test_a_joint_meeting_is_announced_a_week_before() -> None:
    notice = rules("meeting-notice")
    assert judged(notice, announced(date(2020, 5, 13), MAY)) == ()
    (found,) = judged(notice, announced(date(2020, 5, 14), MAY))
    assert found.expected == "开会 7 天以前"


@pytest.mark.parametrize(
    ("on", "held", "meets"),
    [
        (date(2020, 5, 18), date(2020, 5, 20), True),  # Monday for Wednesday
        (date(2020, 5, 19), date(2020, 5, 20), False),
        (date(2020, 5, 15), date(2020, 5, 18), False),  # Friday for Monday: only Friday was worked
        (date(2020, 4, 30), date(2020, 5, 6), False),  # 1 to 5 May 2020 were holidays
        (date(2020, 5, 8), date(2020, 5, 11), True),  # Saturday 9 May 2020 was worked
    ],
)
def test_working_days_are_those_of_the_chinese_calendar(on: date, held: date, meets: bool) -> None:
    notice = rules("meeting-notice", "plan-2023")
    assert (judged(notice, announced(on, held, "社区大党委会议")) == ()) is meets


def test_an_urgent_meeting_needs_no_notice() -> None:
    notice = rules("meeting-notice", "plan-2023")
    assert judged(notice, announced(MAY, MAY, "社区大党委会议", urgency="加急")) == ()


def test_two_options_hold_for_two_kinds_of_meeting() -> None:
    both = rules("meeting-notice", "regional-mechanism", "plan-2023")
    assert len(judged(both, announced(MAY, MAY))) == len(judged(both, announced(MAY, MAY, "社区大党委会议"))) == 1


def test_a_year_without_a_table_is_said_to_be_one() -> None:
    notice, on, held = rules("meeting-notice", "plan-2023"), date(2199, 6, 3), date(2199, 6, 4)
    (found,) = judged(notice, announced(on, held, "社区大党委会议"))
    assert "2199年的放假安排还没有收录" in found.hint
    told = WorkingDays(workdays=frozenset({date(2199, 6, 1)}))
    (found,) = judged(notice, announced(on, held, "社区大党委会议"), calendar=told)
    assert "收录" not in found.hint
