"""What should exist and does not: each rule with papers that just meet it, and with one thing wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from pipeline.core.findings import Severity
from pipeline.core.policy import Option, Policy, Rule
from pipeline.core.values import FiledRecord, Organisation
from pipeline.retrieval.completeness import Case, Checklist, Duties, State, checklist
from tests.retrieval.filed import NORTH, SOUTH, STREET, filed


@dataclass(frozen=True)
class Asked:
    """One thing that is due (fits ``completeness.Due``)."""

    what: str
    figure: str
    since: date
    by: date
    rule: Rule
    shown_by: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def rule(policy: str, clause: str, source: str = "机制意见", **figures: object) -> Rule:
    option = Option("only", source, clause, "原文", figures)
    return Rule(Policy(policy, policy, "", Severity.WARNING, (option,)), option, Severity.WARNING)


def spread(count: int, what: str, figure: str, by: Rule) -> list[Asked]:
    """As often in the year, each in its own months."""
    months = 12 // count
    ends = [date(2021 + n // 12, n % 12 + 1, 1) - timedelta(1) for n in range(months, 13, months)]
    return [Asked(what, figure, date(2021, end.month - months + 1, 1), end, by) for end in ends]


def duties(*rules: Rule, due: Sequence[Asked] = ()) -> Duties:
    return Duties(rules, due, lambda rule, held: held - timedelta(rule.number("days")))


FREQUENCY = rule("meeting-frequency", "三（二）")
NOTICE = rule("meeting-notice", "附件1", days=7, meetings=("联席会",))
AGREEMENTS = rule("yearly-agreement", "五（二）", "实施意见（试行）", agreements_a_year=1)
LISTS = rule("three-lists", "三（一）")
ORDER = rule(
    "appointment-order",
    "二（一）",
    "在全区实行的意见（铜王组发〔2020〕50号）",
    steps=("recommended", "screened", "approved", "appointed", "published", "reported"),
)
JOINT = duties(FREQUENCY, NOTICE, due=spread(4, "党建联席会议", "joint_meeting_a_year", FREQUENCY))
MONTHLY = duties(FREQUENCY, due=spread(12, "区域党委会议", "area_committee_a_year", FREQUENCY))
UNITS = duties(AGREEMENTS)
LIST_NAMES = ("需求清单", "资源清单", "项目清单")
THREE = duties(LISTS, due=[Asked(name, "lists", date(2021, 1, 1), date(2021, 3, 31), LISTS) for name in LIST_NAMES])
CHAIN = duties(ORDER)

Told = list[tuple[str, str, str]]


def looked_at(
    asked: Duties, records: list[FiledRecord], organisation: Organisation = STREET, above: Organisation | None = None
) -> Checklist:
    below = (NORTH, SOUTH) if organisation is STREET else ()
    return checklist(Case(organisation, below, above, 2021, sorted(records, key=lambda one: one.paper.date)), asked)


def gaps(asked: Duties, records: list[FiledRecord], organisation: Organisation = STREET) -> Told:
    return [(gap.subject, gap.paper, gap.state.value) for gap in looked_at(asked, records, organisation).gaps]


# --------------------------------------------------------------------------- meetings


def meeting(day: date, name: str, *without: str, notice: int = 7, shown: int = 3) -> list[FiledRecord]:
    """The four papers of a joint meeting, but for the kinds in ``without``; ``notice`` and ``shown`` in days."""
    about = {"meeting_name": name, "held_on": day}
    papers = [
        filed("meeting-notice", day - timedelta(notice), STREET, about),
        filed("sign-in", day, STREET, about),
        filed("minutes", day + timedelta(1), STREET, about),
        filed("publication", day + timedelta(shown), STREET, title=f"关于{name}纪要的公示"),
    ]
    return [paper for paper in papers if paper.paper.kind not in without]


QUARTERS = {n: (date(2021, 3 * n, 20), f"2021年第{'一二三四'[n - 1]}季度党建联席会议") for n in (1, 2, 3, 4)}


def year(*without: str, quarter: int = 3, **days: int) -> list[FiledRecord]:
    """Four meetings; the one of ``quarter`` lacks papers, or has them on other days."""
    return [
        paper
        for n, (day, name) in QUARTERS.items()
        for paper in (meeting(day, name, *without, **days) if n == quarter else meeting(day, name))
    ]


def test_four_meetings_with_their_papers_are_complete() -> None:
    found = looked_at(JOINT, year())
    assert not found.gaps
    assert len(found.entries) == 16
    assert all(entry.filed for entry in found.entries)


@pytest.mark.parametrize(
    ("kind", "paper"),
    [("meeting-notice", "会议通知"), ("sign-in", "签到表"), ("minutes", "会议纪要"), ("publication", "纪要公示")],
)
def test_one_paper_that_is_missing_is_the_only_gap(kind: str, paper: str) -> None:
    assert gaps(JOINT, year(kind)) == [("2021年第三季度党建联席会议", paper, "missing")]


def test_a_quarter_without_a_meeting_lacks_all_four_papers() -> None:
    papers = [one for n in (1, 2, 4) for one in meeting(*QUARTERS[n])]
    assert gaps(JOINT, papers) == [
        ("2021年第三季度党建联席会议", paper, "missing") for paper in ("会议通知", "签到表", "会议纪要", "纪要公示")
    ]


@pytest.mark.parametrize(("days", "late"), [(8, False), (7, False), (6, True)])
def test_a_notice_must_go_out_a_week_before(days: int, late: bool) -> None:
    found = looked_at(JOINT, year(notice=days)).gaps
    assert [gap.state for gap in found] == [State.LATE] * late
    if late:
        assert found[0].source is NOTICE.option
        assert "9月13日" in found[0].remark


def test_minutes_cannot_be_published_before_they_are_written() -> None:
    assert gaps(JOINT, year(shown=0)) == [("2021年第三季度党建联席会议", "纪要公示", "out-of-order")]


def test_what_other_organs_meet_about_is_not_ours() -> None:
    elsewhere = [replace(one, paper=replace(one.paper, organisation=SOUTH.name)) for one in year()]
    assert len(gaps(JOINT, elsewhere)) == 16


def test_a_community_without_meetings_of_its_own_sits_in_those_of_its_street() -> None:
    assert not looked_at(JOINT, year(), NORTH, STREET).gaps


def test_the_committee_meets_every_month() -> None:
    papers = [
        filed("minutes", date(2021, n, 20), STREET, {"meeting_name": f"{n}月区域党委会", "held_on": date(2021, n, 19)})
        for n in range(1, 13)
    ]
    assert gaps(MONTHLY, papers) == []
    assert gaps(MONTHLY, [*papers[:6], *papers[7:]]) == [("2021年7月区域党委会议", "会议纪要", "missing")]
    assert len(gaps(MONTHLY, year())) == 12, "a joint meeting is none of the committee"


# --------------------------------------------------------------------------- theme days and the steps of a plan

THEME = duties(FREQUENCY, due=spread(12, "主题党日", "theme_day_a_year", FREQUENCY))


def theme_days(organisation: Organisation, *without: int) -> list[FiledRecord]:
    return [
        filed("activity-record", date(2021, n, 28), organisation, {"theme": f"{n}月“主题党日”活动"})
        for n in range(1, 13)
        if n not in without
    ]


def test_each_community_has_its_theme_day_every_month() -> None:
    assert gaps(THEME, [*theme_days(NORTH), *theme_days(SOUTH)]) == []
    assert gaps(THEME, [*theme_days(NORTH, 7), *theme_days(SOUTH)]) == [
        ("2021年7月主题党日（北园社区）", "活动记录", "missing")
    ]
    other = filed("activity-record", date(2021, 7, 5), NORTH, {"theme": "义务植树"})
    assert len(gaps(THEME, [*theme_days(NORTH, 7), other, *theme_days(SOUTH)])) == 1


PLAN = rule("milestones", "五（二）")
STEPS = duties(
    PLAN,
    due=[
        Asked("签订协议", "by", date(2021, 1, 1), date(2021, 9, 10), PLAN, ("agreement",)),
        Asked("制定制度", "by", date(2021, 1, 1), date(2021, 10, 10), PLAN, ("notice", "minutes"), ("制度",)),
        Asked("没有文件的一步", "by", date(2021, 1, 1), date(2021, 10, 10), PLAN),
    ],
)


def steps(
    signed: date = date(2021, 9, 10), ruled: date = date(2021, 10, 10), title: str = "关于工作制度的通知"
) -> Told:
    papers = [filed("agreement", signed, SOUTH), filed("notice", ruled, STREET, title=title)]
    return gaps(STEPS, papers)


def test_a_step_of_a_plan_is_shown_by_its_papers() -> None:
    assert steps() == []
    assert steps(signed=date(2021, 9, 11)) == [("签订协议（9月10日前）", "完成情况", "late")]
    assert steps(title="关于放假的通知") == [("制定制度（10月10日前）", "完成情况", "missing")]
    assert gaps(STEPS, []) == [
        ("签订协议（9月10日前）", "完成情况", "missing"), ("制定制度（10月10日前）", "完成情况", "missing"),
    ]  # fmt: skip


# --------------------------------------------------------------------------- units and lists


def survey(organisation: Organisation, *units: str, day: date = date(2020, 5, 1)) -> FiledRecord:
    return filed("unit-survey", day, organisation, units=[{"unit": "x", "unit_party": one} for one in units])


def agreement(organisation: Organisation, unit: str, of: int = 2021) -> FiledRecord:
    return filed("agreement", date(2021, 5, 10), organisation, {"unit_party": unit, "year": of})


def shown(organisation: Organisation, *units: str) -> FiledRecord:
    return filed("publication", date(2021, 5, 20), organisation, agreements=[{"unit_party": one} for one in units])


def signed() -> list[FiledRecord]:
    north, south = ("小学支部", "医院支部"), ("银行支部",)
    return [
        survey(NORTH, *north),
        survey(SOUTH, *south),
        *(agreement(NORTH, one) for one in north),
        *(agreement(SOUTH, one) for one in south),
        shown(NORTH, *north),
        shown(SOUTH, *south),
    ]


def test_an_agreement_with_every_unit_each_published_is_complete() -> None:
    assert gaps(UNITS, signed()) == []
    assert len(looked_at(UNITS, signed()).entries) == 6


def test_a_unit_that_has_not_signed_this_year_is_named() -> None:
    papers = [one for one in signed() if one.head.get("unit_party") != "医院支部"]
    papers += [agreement(NORTH, "医院支部", of=2020)]
    assert gaps(UNITS, papers) == [("医院支部（北园社区）", "共驻共建协议书", "missing")]


def test_an_agreement_nobody_published_is_named() -> None:
    papers = [one for one in signed() if not (one.paper.kind == "publication" and one.paper.organisation == SOUTH.name)]
    assert gaps(UNITS, papers) == [("银行支部（南园社区）", "协议公示", "missing")]


def test_the_newest_survey_says_which_units_there_are() -> None:
    assert gaps(UNITS, [*signed(), survey(NORTH, "小学支部", "税务支部", day=date(2021, 2, 1))]) == [
        ("税务支部（北园社区）", "共驻共建协议书", "missing"),
        ("税务支部（北园社区）", "协议公示", "missing"),
    ]


def test_where_nobody_looked_the_units_over_that_is_what_is_missing() -> None:
    papers = [one for one in signed() if one.paper.kind != "unit-survey" or one.paper.organisation == NORTH.name]
    (gap,) = looked_at(UNITS, papers).gaps
    assert (gap.subject, gap.state) == ("南园社区", State.MISSING)
    assert "摸排" in gap.remark


def lists(day: date = date(2021, 3, 31), **tables: int) -> list[FiledRecord]:
    rows = {name: [{"item": "x"}] * tables.get(name, 1) for name in ("needs", "resources", "projects")}
    made = [filed("lists", day, one, {"year": 2021}, **rows) for one in (NORTH, SOUTH)]
    return [*made, *(filed("publication", day + timedelta(2), one, items=[{"item": "x"}]) for one in (NORTH, SOUTH))]


def test_lists_made_by_the_end_of_march_and_published_are_complete() -> None:
    assert gaps(THREE, lists()) == []
    assert {gap.state for gap in looked_at(THREE, lists(date(2021, 4, 1))).gaps} == {State.LATE}


def test_a_list_that_is_empty_is_missing() -> None:
    assert gaps(THREE, lists(projects=0)) == [(one, "项目清单", "missing") for one in ("北园社区", "南园社区")]


# --------------------------------------------------------------------------- members

NAMES = ["登记表", "批复", "聘书", "公示", "备案报告"]
DAYS = {"member-form": 1, "reply": 5, "appointment": 8, "publication": 10, "filing-report": 20}


def chain(person: str, *without: str, birth: date = date(1970, 1, 1), **days: int) -> list[FiledRecord]:
    """The five papers of one person; ``days`` (of March) moves some, "_" for "-"."""
    row = {"person": person, "birth": birth}
    made = []
    for kind, usual in DAYS.items():
        day = date(2021, 3, days.get(kind.replace("-", "_"), usual))
        if kind in ("member-form", "appointment"):
            made.append(filed(kind, day, NORTH, row if kind == "member-form" else {"person": person}))
        else:
            organ, about = (NORTH, {}) if kind == "publication" else (STREET, {"community": NORTH.name})
            table = "candidates" if kind == "publication" else "people"
            made.append(filed(kind, day, organ, about, **{table: [row]}))
    return [one for one in made if one.paper.kind not in without]


def test_five_papers_in_order_are_complete() -> None:
    found = looked_at(CHAIN, chain("刘珺"))
    assert not found.gaps
    assert [entry.paper for entry in found.entries] == NAMES


@pytest.mark.parametrize(
    ("kind", "paper"), list(zip(DAYS, ("登记表", "批复", "聘书", "公示", "备案报告"), strict=True))
)
def test_a_link_that_is_missing_is_the_only_gap(kind: str, paper: str) -> None:
    assert gaps(CHAIN, [*chain("刘珺", kind), *chain("王堃")]) == [("刘珺（北园社区）", paper, "missing")]


def test_dates_must_not_run_backwards_but_may_be_equal() -> None:
    assert gaps(CHAIN, chain("刘珺", appointment=5)) == []
    found = looked_at(CHAIN, chain("刘珺", appointment=4)).gaps
    assert [(gap.paper, gap.state) for gap in found] == [("聘书", State.DISORDERED)]
    assert "2021年3月4日" in found[0].remark and "2021年3月5日" in found[0].remark
    assert found[0].source.cited == "《在全区实行的意见》（铜王组发〔2020〕50号）二（一）"


def test_the_order_is_the_policys() -> None:
    other = duties(rule("appointment-order", "x", steps=("recommended", "approved", "published", "appointed")))
    assert gaps(other, chain("刘珺")) == [("刘珺（北园社区）", "聘书", "out-of-order")]
    assert gaps(other, chain("刘珺", appointment=12)) == []


def test_namesakes_are_two_people() -> None:
    papers = chain("刘珺") + chain("刘珺", "filing-report", birth=date(1985, 5, 1))
    assert gaps(CHAIN, papers) == [("刘珺（北园社区）", "备案报告", "missing")]


def test_papers_of_the_next_year_complete_a_chain_and_begin_none() -> None:
    late = [replace(one, paper=replace(one.paper, date=date(2022, 1, 5), year=2022)) for one in chain("刘珺")]
    assert gaps(CHAIN, late) == []
    assert gaps(CHAIN, [*chain("刘珺", "filing-report"), late[-1]]) == []


def test_a_title_keeps_what_belongs_to_it() -> None:
    assert AGREEMENTS.option.cited == "《实施意见（试行）》五（二）"


def test_a_rule_that_does_not_hold_asks_for_nothing() -> None:
    assert looked_at(duties(), [*year(), *signed(), *lists(), *chain("刘珺", "reply")]).sections == ()


def test_a_meeting_nobody_must_announce_early_is_announced_in_time() -> None:
    asked = duties(FREQUENCY, due=JOINT.due)
    assert gaps(asked, year(notice=1)) == []


def test_an_urgent_meeting_may_be_announced_late_where_the_rule_says_so() -> None:
    lenient = rule("meeting-notice", "四（三）", days=7, meetings=("联席会",), unless_urgent=True)
    asked = duties(FREQUENCY, lenient, due=JOINT.due)
    assert [state for _subject, _paper, state in gaps(asked, year(notice=1))] == ["late"]
    urgent = [replace(one, head={**one.head, "urgency": "特急"}) for one in year(notice=1)]
    assert gaps(asked, urgent) == []


def test_what_is_not_due_yet_is_not_missing() -> None:
    case = Case(STREET, (NORTH, SOUTH), None, 2021, [], date(2021, 6, 30))
    found = checklist(case, MONTHLY)
    assert [gap.subject for gap in found.gaps] == [f"2021年{month}月区域党委会议" for month in range(1, 6)]
    assert {entry.subject for entry in found.entries if entry.state is State.PENDING} == {
        f"2021年{month}月区域党委会议" for month in range(6, 13)
    }
    assert len(found.wanted) == 5 and len(found.entries) == 12
    assert checklist(replace(case, today=date(2021, 3, 31)), THREE).wanted == ()
    assert len(checklist(replace(case, today=date(2021, 4, 1)), THREE).gaps) == 8
