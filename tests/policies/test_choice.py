"""The policies themselves: all are there, each cites its source, the office chooses; and what a year asks for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.core.findings import Severity
from pipeline.policies import Choice, WorkingDays, chosen, due, load_policies
from pipeline.policies.check import CHECKS
from tests.policies.papers import ROOT, kind, rules

POLICIES = load_policies([ROOT / "policies"])
OF_A_YEAR = {"meeting-frequency", "three-lists", "milestones"}


def test_every_policy_is_held_against_papers_or_against_a_year() -> None:
    assert {policy.id for policy in POLICIES} == CHECKS.keys() | OF_A_YEAR


def test_every_option_cites_its_document_and_clause() -> None:
    for policy in POLICIES:
        for option in policy.options:
            assert option.cited.startswith("《")
            assert option.cited.endswith(option.clause)


@pytest.mark.parametrize("name", ["member-form", "election-result", "reply", "appointment", "filing-report", "release"])
def test_the_fields_a_policy_names_are_days_of_that_kind(name: str) -> None:
    for policy in POLICIES:
        for field in policy.papers.get(name, {}).values():
            assert kind(name).head.field(field).type.value == "date"


def test_the_first_option_holds_until_the_office_chooses() -> None:
    (term,) = rules("term")
    assert (term.option.id, term.severity, term.number("years")) == ("tongchuan-2020", Severity.WARNING, 5)
    chosen_here = chosen(POLICIES, {"term": Choice(("plan-2023",), "error"), "quorum": Choice(severity="off")})
    here = {rule.policy.id: rule for rule in chosen_here}
    assert (here["term"].option.id, here["term"].severity) == ("plan-2023", Severity.ERROR)
    assert "quorum" not in here
    assert len(here) == len(POLICIES) - 1


@pytest.mark.parametrize(
    ("choices", "what"), [({"terms": Choice()}, "terms"), ({"term": Choice(("plan-2024",))}, "plan-2024")]
)
def test_a_name_nobody_knows_is_refused(choices: dict[str, Choice], what: str) -> None:
    with pytest.raises(ConfigurationError, match=what) as refusal:
        chosen(POLICIES, choices)
    assert "gongwen.toml" in refusal.value.where


def test_a_policy_of_the_offices_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = (ROOT / "policies" / "term.toml").read_text(encoding="utf-8").replace("years = 5", "years = 4")
    (tmp_path / "term.toml").write_text(own, encoding="utf-8")
    (rule,) = chosen([one for one in load_policies([ROOT / "policies", tmp_path]) if one.id == "term"], {})
    assert rule.number("years") == 4


@pytest.mark.parametrize("wrong", ['severity = "fatal"', 'serverity = "error"'])
def test_a_policy_that_is_wrong_is_refused(tmp_path: Path, wrong: str) -> None:
    text = (ROOT / "policies" / "term.toml").read_text(encoding="utf-8").replace('severity = "warning"', wrong)
    (tmp_path / "term.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="severity"):
        load_policies([tmp_path])


# --------------------------------------------------------------------------- what a year asks for


def test_what_a_year_asks_for_by_the_first_options() -> None:
    asked = due(chosen(POLICIES, {}), 2024, ["第一小学", "市人民医院"])
    assert Counter(one.what for one in asked) == {
        "区域党委会议": 12, "党建联席会议": 4, "共驻共建协议书": 2, "需求清单": 1, "资源清单": 1, "项目清单": 1,
    }  # fmt: skip
    assert [(one.since, one.by) for one in asked if one.what == "党建联席会议"] == [
        (date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 4, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), date(2024, 9, 30)), (date(2024, 10, 1), date(2024, 12, 31)),
    ]  # fmt: skip
    months = [one.by for one in asked if one.what == "区域党委会议"]
    assert (months[1], months[11]) == (date(2024, 2, 29), date(2024, 12, 31))
    assert {one.by for one in asked if one.figure == "lists"} == {date(2024, 3, 31)}
    assert [one.subject for one in asked if one.figure == "agreements_a_year"] == ["第一小学", "市人民医院"]


def test_other_options_ask_for_other_things() -> None:
    asked = due(rules("meeting-frequency", "big-committee-trial", "plan-2023"), 2024)
    assert Counter(one.what for one in asked) == {"主题党日": 12, "社区党员代表会议": 1, "社区“大党委”会议": 4}


def test_the_steps_of_a_plan_are_due_in_the_year_of_the_plan() -> None:
    assert [one.by for one in due(rules("milestones", "tongchuan-2020"), 2020)] == [
        date(2020, 4, 25), date(2020, 5, 30), date(2020, 6, 30),
    ]  # fmt: skip
    plan = rules("milestones", "plan-2023")
    assert [one.by for one in due(plan, 2023)] == [date(2023, n, 10) for n in (9, 10, 11, 12)]
    assert due(plan, 2024) == ()
    kinds = {folder.name for folder in (ROOT / "templates").iterdir()}
    assert all(one.shown_by and set(one.shown_by) <= kinds for one in due(plan, 2023))


# --------------------------------------------------------------------------- the calendar


def test_the_offices_own_days_go_before_the_table() -> None:
    first = date(2020, 5, 1)
    assert not WorkingDays().is_one(first)
    assert WorkingDays(workdays=frozenset({first})).is_one(first)
    assert not WorkingDays(holidays=frozenset({date(2020, 5, 18)})).is_one(date(2020, 5, 18))


def test_the_table_reaches_as_far_as_we_say() -> None:
    calendar = WorkingDays()
    assert [year for year in (2003, 2004, 2026, 2199) if calendar.knows(year)] == [2004, 2026]
    assert calendar.is_one(date(2199, 6, 3)), "a Monday"
    assert not calendar.is_one(date(2199, 6, 2)), "a Sunday"


def test_counting_back_and_counting_between_agree() -> None:
    calendar, held = WorkingDays(), date(2020, 5, 6)
    assert calendar.before(held, 2) == date(2020, 4, 29)  # behind the holidays of 1 to 5 May
    assert calendar.between(calendar.before(held, 2), held) == 2
