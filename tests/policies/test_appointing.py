"""Order, term, ways out, whose archive: for each rule a paper that breaks it and one that just meets it."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.core.findings import Severity
from pipeline.core.values import Record
from tests.policies.papers import HONGQI, STREET, TAOYUAN, certificate, filed, judged, record, rules

MAY = date(2020, 5, 20)


def report(**changes: object) -> Record:
    steps = {
        "screened_on": date(2020, 4, 20), "approved_on": date(2020, 5, 1), "appointed_on": date(2020, 5, 8),
        "from_day": date(2020, 5, 9), "community": TAOYUAN.name, **changes,
    }  # fmt: skip
    return record("filing-report", MAY, STREET, **steps)  # type: ignore[arg-type]


def test_steps_in_their_order_may_fall_on_one_day() -> None:
    same = {"appointed_on": date(2020, 5, 1), "from_day": date(2020, 5, 1), "screened_on": date(2020, 5, 1)}
    assert judged(rules("appointment-order"), report(**same)) == ()


def test_an_appointment_before_its_approval_is_refused_with_source_and_clause() -> None:
    (found,) = judged(rules("appointment-order"), report(appointed_on=date(2020, 4, 30)))
    assert (found.heading, found.severity) == ("聘任日期", Severity.ERROR)
    assert found.cell
    assert found.sentence() == (
        f"工作表“表”{found.cell}（聘任日期）：不符合规定，填的是“2020年4月30日”，应为不早于批复（审定）日期（2020年5月1日），"
        "聘任应在批复（审定）之后。依据：《在全区实行社区“兼职委员制”的实施意见》（铜王组发〔2020〕50号）二（一）。"
    )


def test_another_source_has_another_order() -> None:
    paper = report(from_day=date(2020, 5, 2))  # published before the appointment of 8 May
    assert [one.heading for one in judged(rules("appointment-order"), paper)] == ["公示开始日期"]
    assert judged(rules("appointment-order", "huitong-2022"), paper) == ()


def reply(on: date = date(2020, 5, 1)) -> Record:
    return record("reply", on, STREET, {"people": [{"person": "刘珺"}, {"person": "李旭"}]}, community=TAOYUAN.name)


NUMBER = "桃街工委〔2020〕5号"


def test_a_certificate_is_not_dated_before_the_reply_it_names() -> None:
    approved = filed(reply(), NUMBER)
    order = rules("appointment-order")
    on_the_day = certificate(since=date(2020, 5, 1), refers_to=NUMBER, approved_on=date(2020, 5, 1))
    assert judged(order, on_the_day, known=[approved]) == ()
    early = certificate(since=date(2020, 4, 30), refers_to=NUMBER)
    assert [one.heading for one in judged(order, early, known=[approved])] == ["颁发日期"]


def test_a_certificate_says_the_day_of_the_reply_and_a_person_who_is_in_it() -> None:
    approved, order = filed(reply(), NUMBER), rules("appointment-order")
    wrong_day = certificate(since=date(2020, 5, 8), refers_to=NUMBER, approved_on=date(2020, 5, 2))
    assert [one.heading for one in judged(order, wrong_day, known=[approved])] == ["批复日期"]
    stranger = certificate("王五", since=date(2020, 5, 8), refers_to=NUMBER)
    assert [(one.heading, one.found) for one in judged(order, stranger, known=[approved])] == [("姓名", "王五")]


def test_a_number_of_somebody_elses_register_is_not_doubted() -> None:
    assert judged(rules("appointment-order"), certificate(refers_to="区委组〔2019〕1号")) == ()


def test_a_number_among_those_of_our_replies_that_none_bears_is_doubtful() -> None:
    approved, order = filed(reply(), NUMBER), rules("appointment-order")
    slip = NUMBER.replace("号", "4号")
    (found,) = judged(order, certificate(since=date(2020, 5, 8), refers_to=slip), known=[approved])
    assert (found.heading, found.severity) == ("批复文号", Severity.WARNING)
    assert "归档的批复里没有这个号" in found.hint
    assert judged(order, certificate(refers_to="区委组〔2019〕1号"), known=[approved]) == ()


def test_a_form_is_filled_in_before_the_reply() -> None:
    order = rules("appointment-order")
    on_the_day, late = (
        filed(record("member-form", day, person="刘珺")) for day in (date(2020, 5, 1), date(2020, 5, 2))
    )
    assert judged(order, reply(), known=[on_the_day]) == ()
    (found,) = judged(order, reply(), known=[late])
    assert (found.heading, found.found) == ("姓名", "刘珺")


# --------------------------------------------------------------------------- term


@pytest.mark.parametrize(
    ("option", "meets", "breaks"),
    [
        ("tongchuan-2020", date(2025, 12, 31), date(2026, 1, 2)),
        ("plan-2023", date(2023, 12, 31), date(2024, 1, 2)),
    ],
)
def test_a_term_is_not_longer_than_the_years_of_its_source(option: str, meets: date, breaks: date) -> None:
    term = rules("term", option)
    assert judged(term, certificate(until=meets)) == ()
    (found,) = judged(term, certificate(until=breaks))
    assert (found.heading, found.severity) == ("任期止", Severity.WARNING)


def test_the_years_on_a_form_are_bounded_too() -> None:
    term = rules("term", "plan-2023")
    assert judged(term, record("member-form", MAY, term=3)) == ()
    assert [one.expected for one in judged(term, record("member-form", MAY, term=4))] == ["最多 3 年"]


def test_terms_in_a_row_end_after_nine_years() -> None:
    term = rules("term", "plan-2023")
    former = [
        filed(certificate(since=date(2012, 1, 1), until=date(2014, 12, 31))),
        filed(certificate(since=date(2015, 1, 1), until=date(2017, 12, 31))),
    ]
    third = certificate(since=date(2018, 1, 1), until=date(2020, 12, 31))
    assert judged(term, third, known=former) == ()
    fourth = certificate(since=date(2021, 1, 1), until=date(2021, 12, 31))
    (found,) = judged(term, fourth, known=[*former, filed(third)])
    assert found.expected == "连任最多 9 年"
    assert "2012年1月1日" in found.hint
    after_a_break = certificate(since=date(2022, 1, 1), until=date(2022, 12, 31))
    assert judged(term, after_a_break, known=[*former, filed(third)]) == ()


# --------------------------------------------------------------------------- leaving


def release(reason: str, **days: date) -> Record:
    return record(
        "release", MAY, TAOYUAN, community=TAOYUAN.name, person="刘珺", reason=reason, effective_on=MAY, **days
    )


IN_OFFICE = [filed(certificate(since=date(2019, 1, 1)))]


@pytest.mark.parametrize(
    ("option", "reason", "steps"),
    [
        ("tongchuan-2020", "解除聘任", ["studied_on", "reported_on"]),
        ("tongchuan-2020", "本人申请", ["unit_notice_on"]),
        ("big-committee-trial", "本人申请", ["unit_notice_on", "studied_on", "approved_on", "reported_on"]),
        ("huitong-2022", "解除聘任", ["studied_on", "approved_on", "reported_on"]),
    ],
)
def test_each_way_out_names_its_steps(option: str, reason: str, steps: list[str]) -> None:
    way_out = rules("way-out", option)
    assert judged(way_out, release(reason, **dict.fromkeys(steps, MAY)), known=IN_OFFICE) == ()
    assert len(judged(way_out, release(reason), known=IN_OFFICE)) == len(steps)
    (found,) = judged(
        way_out, release(reason, **dict.fromkeys(steps, MAY) | {steps[0]: date(2020, 5, 21)}), known=IN_OFFICE
    )
    assert found.expected == "不晚于这份文件的日期（2020年5月20日）"
    assert found.severity is Severity.ERROR


def test_a_term_that_is_over_needs_no_step() -> None:
    assert judged(rules("way-out"), release("任期届满"), known=IN_OFFICE) == ()


# --------------------------------------------------------------------------- whose archive


def test_a_paper_of_a_members_office_lies_with_the_organ_of_that_office() -> None:
    where = rules("where-filed")
    known = [filed(certificate(since=date(2020, 1, 1), until=date(2022, 12, 31)))]
    duty = {"person": "刘珺", "community_post": "桃园社区党委兼职委员"}
    assert judged(where, record("duty-list", MAY, TAOYUAN, **duty), known=known) == ()
    (found,) = judged(where, record("duty-list", MAY, HONGQI, **duty), known=known)
    assert found.expected == f"归入{TAOYUAN.name}"
    assert "党政机关公文处理工作条例" in found.hint and "第二十七条" in found.hint


def test_a_joint_paper_lies_with_the_organ_that_leads() -> None:
    where = rules("where-filed")
    known = [filed(certificate(since=date(2020, 1, 1), until=date(2022, 12, 31)))]
    duty = {"person": "刘珺", "community_post": "桃园社区党委兼职委员"}
    joint = record("duty-list", MAY, HONGQI, **duty, joint_organs=f"铜川市王益区民政局\n{TAOYUAN.name}")
    assert judged(where, joint, known=known) == ()
    (found,) = judged(where, record("duty-list", MAY, HONGQI, **duty, joint_organs="铜川市王益区民政局"), known=known)
    assert "第二十七条" in found.hint
