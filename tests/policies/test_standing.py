"""What the papers filed so far betray: members, units, agreements signed twice."""

from __future__ import annotations

from datetime import date

from pipeline.core.findings import Severity
from pipeline.core.values import Record
from pipeline.policies import in_office, members
from tests.policies.papers import HONGQI, TAOYUAN, certificate, filed, judged, record, rules

DAY = date(2022, 3, 1)


def release(on: date = DAY, person: str = "刘珺") -> Record:
    return record("release", on, TAOYUAN, community=TAOYUAN.name, person=person, effective_on=on, reason="本人申请")


def test_a_term_that_is_over_may_be_told_afterwards() -> None:
    told = record("release", date(2024, 1, 8), TAOYUAN, person="刘珺", effective_on=date(2024, 1, 8), reason="任期届满")
    assert judged((), told, known=[filed(certificate())]) == ()
    assert len(judged((), told, known=[])) == 1


def test_a_release_ends_a_term_and_a_new_one_after_a_break_begins_anew() -> None:
    papers = [
        filed(certificate(), "一号"),
        filed(release()),
        filed(certificate(since=date(2024, 6, 1), until=date(2026, 12, 31)), "二号"),
    ]
    first, second = members(reversed(papers))
    assert (first.until, first.released, first.number) == (DAY, "本人申请", "一号")
    assert (second.in_a_row_since, second.terms) == (date(2024, 6, 1), 1)


def test_a_term_that_follows_goes_on_with_the_one_before() -> None:
    papers = [filed(certificate()), filed(certificate(since=date(2024, 2, 1), until=date(2026, 12, 31)))]
    assert [(one.in_a_row_since, one.terms) for one in members(papers)] == [
        (date(2021, 1, 1), 1),
        (date(2021, 1, 1), 2),
    ]


def test_terms_that_end_soon_come_first() -> None:
    known = members(
        filed(certificate(person, until=until))
        for person, until in (("甲一", date(2022, 6, 1)), ("乙二", date(2022, 4, 30)), ("丙三", date(2023, 1, 1)))
    )
    assert [one.person for one in in_office(known, date(2022, 1, 31), ending=3)] == ["乙二"]
    assert [one.person for one in in_office(known, date(2022, 1, 31))] == ["乙二", "甲一", "丙三"]
    assert in_office(known, date(2022, 1, 31), organisation=HONGQI.name) == ()
    assert in_office(known, date(2020, 12, 31)) == ()


def test_a_release_of_somebody_who_is_no_member_warns() -> None:
    member = filed(certificate())
    assert judged((), release(), known=[member]) == ()
    for stranger, known in ((release(person="王五"), [member]), (release(date(2024, 1, 1)), [member]), (release(), [])):
        (found,) = judged((), stranger, known=known)
        assert (found.heading, found.severity) == ("姓名", Severity.WARNING)


def test_an_appointment_of_somebody_in_office_elsewhere_warns() -> None:
    known = [filed(certificate(at=HONGQI), "红社聘〔2021〕1号")]
    (found,) = judged((), certificate(since=date(2023, 12, 31), until=date(2025, 1, 1)), known=known)
    assert found.severity is Severity.WARNING
    assert HONGQI.name in found.hint
    assert "红社聘〔2021〕1号" in found.hint
    assert judged((), certificate(since=date(2024, 1, 1), until=date(2025, 1, 1)), known=known) == ()


def agreement(unit: str = "铜川市王益区第一小学", year: int = 2022, party: str = "第一小学党支部") -> Record:
    return record("agreement", DAY, TAOYUAN, unit=unit, year=year, unit_party=party)


def test_a_unit_that_is_nearly_a_known_one_gets_a_hint() -> None:
    known = [filed(agreement(year=2021))]
    assert judged((), agreement(), known=known) == ()
    assert judged((), agreement("铜川市人民医院"), known=known) == ()
    assert judged((), agreement("王益区第一小学"), known=known) == ()
    (found,) = judged((), agreement("铜川市王益第一小学"), known=known)
    assert found.severity is Severity.WARNING
    assert "铜川市王益区第一小学" in found.hint


def test_one_agreement_a_year_with_each_unit() -> None:
    yearly, known = rules("yearly-agreement"), [filed(agreement(year=2021))]
    assert judged(yearly, agreement(), known=known) == ()
    (found,) = judged(yearly, agreement(year=2021, party="第一小学支部委员会"), known=known)
    assert (found.heading, found.expected) == ("驻区单位", "每年与每个单位签一份")
    twice = judged(yearly, agreement(), agreement(party="第一小学支部委员会"))
    assert len(twice) == 2
