"""Rules by name: each on a case that breaks it, one that keeps it, and one that says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Kind
from pipeline.core.values import Draft, Value
from pipeline.validation import judge
from tests.sheets.examples import meeting, roster
from tests.validation.examples import CLAIMED, MEETING, PERSON, TOPIC, Office, meetings, members, ruled


def findings(draft: Draft) -> tuple[Finding, ...]:
    return judge(draft, CLAIMED, Office())[1]


@pytest.mark.parametrize(
    ("birth", "day", "fault"),
    [
        (date(1978, 3, 1), date(2020, 4, 16), False),
        (date(2020, 4, 1), date(2020, 4, 1), False),
        (date(2020, 5, 1), date(2020, 4, 30), True),
        (None, date(2020, 4, 16), False),
    ],
)
def test_not_before(birth: Value, day: date, fault: bool) -> None:
    kind = ruled(roster(), "not-before", fields=("birth", "date"))
    found = findings(members({"birth": birth, "date": day, "id_card": None}, kind=kind))
    backwards = [f for f in found if f.code is Code.DATES_BACKWARDS]
    assert bool(backwards) is fault
    if fault:
        assert (
            backwards[0].cell == "E2" and "出生年月" in backwards[0].expected and "2020年5月" in backwards[0].expected
        )


def test_a_month_and_a_day_within_it_are_not_backwards() -> None:
    kind = ruled(roster(), "not-before", fields=("date", "birth"))
    draft = members({"date": date(2020, 4, 16), "birth": date(2020, 4, 1), "id_card": None}, kind=kind)
    assert findings(draft) == ()


def test_unique_names_the_row_that_came_first() -> None:
    kind = ruled(roster(), "unique", fields=("id_card",))
    draft = members(
        {}, {"name": "王建国"}, {"name": "李旭", "id_card": None}, {"name": "赵瑄", "id_card": None}, kind=kind
    )
    (found,) = findings(draft)
    assert (found.code, found.cell) == (Code.DUPLICATE, "F3")
    assert "第2行" in found.hint


def test_unique_over_several_fields_of_a_detail_table() -> None:
    kind = ruled(meeting(), "unique", fields=("no", "person"))
    other = {**MEETING, "no": "02", "title": "第二次会议"}
    people = (PERSON, {**PERSON, "no": "02"}, {**PERSON, "unit": "别处"})
    (found,) = findings(meetings((MEETING, other), people, (TOPIC, {**TOPIC, "no": "02"}), kind))
    assert (found.sheet, found.cell) == ("people", "C4")


@pytest.mark.parametrize(
    ("changes", "cells"),
    [
        ({}, []),
        ({"birth": date(1978, 4, 1)}, ["D2"]),
        ({"sex": "男"}, ["C2"]),
        ({"birth": date(1979, 3, 1), "sex": "男"}, ["D2", "C2"]),
        ({"birth": date(1979, 3, 1), "id_card": None}, []),
    ],
)
def test_identity_number_agrees_with_birth_and_sex(changes: dict[str, Value], cells: list[str]) -> None:
    kind = ruled(roster(), "id-card-agrees", id_card="id_card", birth="birth", sex="sex")
    assert [found.cell for found in findings(members(changes, kind=kind))] == cells


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, False),
        ({"ballots": 10}, True),
        ({"votes_against": None}, True),
        ({"ballots": 8, "votes_against": None}, False),
        ({"ballots": None}, False),
        ({"votes_for": None, "votes_against": None}, False),
    ],
)
def test_parts_add_up(changes: dict[str, Value], fault: bool) -> None:
    kind = ruled(meeting(), "adds-up", parts=("votes_for", "votes_against"), total="ballots")
    found = findings(meetings(topics=({**TOPIC, **changes},), kind=kind))
    assert [(f.code, f.cell) for f in found] == ([(Code.RULE, "C2")] if fault else [])


@pytest.mark.parametrize(
    ("opinion", "day", "fault"),
    [
        ("同意推荐。", date(2020, 5, 8), False),
        (None, date(2020, 5, 8), True),
        ("", date(2020, 5, 8), True),
        (None, None, False),
        ("同意推荐。", None, False),
    ],
)
def test_a_field_that_needs_another(opinion: Value, day: Value, fault: bool) -> None:
    kind = ruled(roster(), "needs", field="opinion_on", needs="opinion")
    found = findings(members({"opinion": opinion, "opinion_on": day}, kind=kind))
    assert [(each.code, each.heading) for each in found] == ([(Code.REQUIRED, "推荐单位意见")] if fault else [])
    assert all("推荐单位意见日期" in each.expected and "推荐单位意见日期" in each.hint for each in found)


def test_what_could_not_be_read_is_not_called_missing() -> None:
    draft = members(
        {"opinion_on": date(2020, 5, 8)}, kind=ruled(roster(), "needs", field="opinion_on", needs="opinion")
    )
    (row,) = draft.rows["member"]
    unread = {name: value for name, value in row.values.items() if name != "opinion"}
    assert findings(replace(draft, rows={"member": (replace(row, values=unread),)})) == ()


@pytest.mark.parametrize(
    ("career", "opinion", "told"),
    [
        ("甲\n乙", "丙\n丁", []),
        ("甲\n\n乙", "丙\n丁\n", []),
        ("甲\n乙", "丙", ["2 行，与“工作简历”一行对一行"]),
        (None, "丙", ["0 行，与“工作简历”一行对一行"]),
        (None, None, []),
    ],
)
def test_lines_that_belong_together(career: str | None, opinion: str | None, told: list[str]) -> None:
    kind = ruled(roster(), "as-many-lines", fields=("career", "opinion"))
    found = findings(members({"career": career, "opinion": opinion}, kind=kind))
    assert [each.expected for each in found if each.heading == "推荐单位意见"] == told


@pytest.mark.parametrize(
    ("sex", "opinion", "fault"), [("女", None, True), ("女", "同意。", False), ("男", None, False), (None, None, False)]
)
def test_a_choice_that_needs_another_field(sex: str | None, opinion: str | None, fault: bool) -> None:
    kind = ruled(roster(), "needs-when", field="sex", value="女", needs=("opinion",))
    found = findings(members({"sex": sex, "opinion": opinion, "id_card": None}, kind=kind))
    told = [each for each in found if each.heading == "推荐单位意见"]
    assert [each.code for each in told] == ([Code.REQUIRED] if fault else [])
    assert all("“性别”填了“女”" in each.expected for each in told)


@pytest.mark.parametrize(
    "kind",
    [
        ruled(roster(), "no-such-rule"),
        ruled(roster(), "unique"),
        ruled(roster(), "unique", fields=("name", "no_such_field")),
        ruled(roster(), "not-before", fields=7),
    ],
)
def test_a_rule_that_is_not_clear_stops_everything(kind: Kind) -> None:
    with pytest.raises(ConfigurationError, match=r"kind\.toml"):
        judge(members({}, kind=kind), CLAIMED, Office())


def lists(answers: Value, *, number: str = "01", unread: bool = False) -> Draft:
    """A meeting with one person whose ``unit`` names topics."""
    kind = ruled(meeting(), "found-in", field="unit", found_in="topics.topic")
    draft = meetings(
        heads=({**MEETING}, {**MEETING, "no": "02", "title": "另一次会"}),
        people=({**PERSON, "unit": answers, "no": number},),
        topics=({**TOPIC, "topic": "照明"}, {**TOPIC, "topic": "绿 化"}, {**TOPIC, "no": "02", "topic": "停车"}),
        kind=kind,
    )
    if unread:
        first, *rest = draft.rows["topics"]
        values = {name: value for name, value in first.values.items() if name != "topic"}
        draft = replace(draft, rows={**draft.rows, "topics": (replace(first, values=values), *rest)})
    return draft


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("照明", []),
        ("照明、绿化", []),
        ("照明，停车", ["停车"]),
        ("供水、排水", ["供水", "排水"]),
        (None, []),
    ],
)
def test_what_is_named_stands_in_the_other_table_of_the_same_paper(answers: Value, told: list[str]) -> None:
    found = [each for each in findings(lists(answers)) if each.code is Code.RULE]
    assert len(found) == bool(told)
    assert all(f"“{part}”" in each.hint for each in found for part in told)
    assert not any("“照明”" in each.hint for each in found)


def test_nothing_is_missed_in_a_table_that_could_not_be_read_whole() -> None:
    assert [each for each in findings(lists("供水", unread=True)) if each.code is Code.RULE] == []
