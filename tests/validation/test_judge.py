"""All or nothing: a batch whose papers can be made, or every finding at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.core.digests import contents
from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, FieldType
from pipeline.core.values import Draft, Row, Value
from pipeline.validation import judge
from tests.sheets.examples import ORGANISATIONS, roster
from tests.validation.examples import (
    CLAIMED,
    MEETING,
    PERSON,
    TAOYUAN,
    TOPIC,
    Office,
    batch_of,
    filed,
    meetings,
    members,
    numbered,
    ruled,
)


def codes(draft: Draft, office: Office | None = None) -> list[tuple[Code, str]]:
    batch, findings = judge(draft, CLAIMED, office or Office())
    assert (batch is None) == any(found.severity is Severity.ERROR for found in findings)
    return [(found.code, found.cell) for found in findings]


def test_a_clean_workbook_is_a_batch_of_records() -> None:
    batch = batch_of(members({}, {"name": "王建国", "id_card": None}))
    first, second = batch.records
    assert first.organisation == TAOYUAN
    assert first.date == date(2020, 4, 16)
    assert first.head.values["organisation"] == TAOYUAN.name
    assert first.identity != second.identity and len(set(contents(batch.records))) == 2
    assert batch.claimed is CLAIMED and batch.known == () and batch.warnings == ()


@pytest.mark.parametrize("word", ["桃园社区", "桃园社区党委", " 桃园 社区", TAOYUAN.name])
def test_organisations_go_by_every_word_for_them(word: str) -> None:
    assert batch_of(members({"organisation": word})).records[0].organisation == TAOYUAN


def test_an_unknown_organisation_is_refused_and_the_nearest_offered() -> None:
    _batch, (found,) = judge(members({"organisation": "桃圆社区"}), CLAIMED, Office())
    assert (found.code, found.cell) == (Code.NOT_AN_ORGANISATION, "A2")
    assert TAOYUAN.name in found.hint


def test_a_short_name_of_two_organisations_is_refused_with_both() -> None:
    twins = tuple(replace(organisation, short_name="社区") for organisation in ORGANISATIONS[1:])
    _batch, (found,) = judge(members({"organisation": "社区"}), CLAIMED, Office(organisations=twins))
    assert all(twin.name in found.hint for twin in twins)


def test_a_kind_without_an_organisation_field_belongs_to_the_issuer() -> None:
    kind = replace(roster(), organisation_field="", identity=("name",))
    assert batch_of(members({}, kind=kind)).records[0].organisation == ORGANISATIONS[0]


def with_field(field: Field) -> Draft:
    kind = roster()
    table = replace(kind.head, fields=(*kind.head.fields, field))
    return Draft(replace(kind, tables=(table,)), {})


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        (Field("f", "栏", required=True), None, Code.REQUIRED),
        (Field("f", "栏", required=True), "", Code.REQUIRED),
        (Field("f", "栏"), None, None),
        (Field("f", "栏", max_length=3), "一二三", None),
        (Field("f", "栏", max_length=3), "一二三四", Code.TOO_LONG),
        (Field("f", "栏", FieldType.INTEGER, minimum=Decimal(1), maximum=Decimal(9)), 9, None),
        (Field("f", "栏", FieldType.INTEGER, minimum=Decimal(1), maximum=Decimal(9)), 10, Code.OUT_OF_RANGE),
        (Field("f", "栏", FieldType.INTEGER, minimum=Decimal(1)), 0, Code.OUT_OF_RANGE),
        (Field("f", "栏", FieldType.MONEY, maximum=Decimal("9.99")), Decimal("10.00"), Code.OUT_OF_RANGE),
        (Field("f", "栏", choices=("甲", "乙")), "丙", Code.NOT_A_CHOICE),
        (Field("f", "栏", pattern="[0-9]{6}", example="000001"), "000001", None),
        (Field("f", "栏", pattern="[0-9]{6}", example="000001"), "x000001", Code.PATTERN),
        (Field("f", "栏", FieldType.ID_CARD), "610202197803159981", Code.NOT_AN_ID_CARD),
        (Field("f", "栏", FieldType.CREDIT_CODE), "91350100M000100Y43", None),
        (Field("f", "栏", FieldType.CREDIT_CODE), "91350100M000100Y44", Code.NOT_A_CREDIT_CODE),
    ],
)
def test_checks_of_one_field(field: Field, value: Value, code: Code | None) -> None:
    kind = with_field(field).kind
    found = codes(members({"f": value}, kind=kind))
    assert found == ([(code, "M2")] if code else [])


def test_everything_comes_at_once() -> None:
    draft = members({"name": None, "id_card": "1"}, {"organisation": "别处"}, {"health": None})
    assert codes(draft) == [
        (Code.NOT_AN_ORGANISATION, "A3"),
        (Code.REQUIRED, "B2"),
        (Code.NOT_AN_ID_CARD, "F2"),
        (Code.REQUIRED, "K4"),
    ]


def test_what_could_not_be_read_gets_no_second_finding_and_no_batch() -> None:
    draft = members({})
    (row,) = draft.rows["member"]
    values = {name: value for name, value in row.values.items() if name != "name"}
    unread = Draft(draft.kind, {"member": (Row(row.sheet, row.row, values, row.cells),)})
    assert judge(unread, CLAIMED, Office()) == (None, ())


def test_the_same_paper_twice_in_a_workbook() -> None:
    _batch, (found,) = judge(members({}, {"phone": None}), CLAIMED, Office())
    assert (found.code, found.cell) == (Code.DUPLICATE, "B3")
    assert "第2行" in found.hint


def test_a_date_ahead_is_told_and_one_far_ahead_refused() -> None:
    batch = batch_of(members({"date": date(2020, 12, 1)}))
    assert [found.severity for found in batch.warnings] == [Severity.WARNING]
    assert codes(members({"date": date(2022, 4, 16)})) == [(Code.OUT_OF_RANGE, "E2")]


# ------------------------------------------------------------------ details


def test_details_go_to_their_heads_in_order() -> None:
    other = {**MEETING, "no": "02", "title": "第二次会议"}
    people = (PERSON, {**PERSON, "no": "02", "person": "李旭"}, {**PERSON, "person": "王建国"})
    first, second = batch_of(meetings((MEETING, other), people)).records
    assert [row.values["person"] for row in first.details["people"]] == ["刘珺", "王建国"]
    assert [row.values["person"] for row in second.details["people"]] == ["李旭"]
    assert second.details["topics"] == ()


def test_details_of_no_head_and_heads_without_details() -> None:
    assert codes(meetings(people=({**PERSON, "no": "1"},))) == [(Code.KEY_UNKNOWN, "B2"), (Code.GROUP_EMPTY, "A2")]
    assert codes(meetings(people=())) == [(Code.GROUP_EMPTY, "A2")]
    assert codes(meetings(topics=())) == []


def test_two_heads_with_one_key() -> None:
    assert codes(meetings((MEETING, {**MEETING, "title": "第二次会议"}))) == [(Code.DUPLICATE, "A3")]


def test_changed_details_change_the_content() -> None:
    before = batch_of(meetings()).records[0]
    after = batch_of(meetings(topics=({**TOPIC, "topic": "停车"},))).records[0]
    assert before.identity == after.identity and contents([before]) != contents([after])


# ------------------------------------------------------------------ against the register


def test_the_same_again_is_known_and_not_filed_again() -> None:
    paper = filed(members({}))
    batch = batch_of(members({}, {"name": "王建国"}), Office([paper]))
    assert [record.head.values["name"] for record in batch.records] == ["王建国"]
    ((row, known),) = batch.known
    assert row.row == 2 and known is paper


def test_a_filed_paper_that_changed_is_refused_with_its_number_and_title() -> None:
    paper = filed(members({}), number="铜王组发〔2020〕50号")
    _batch, (found,) = judge(members({"phone": "13900000009"}), CLAIMED, Office([paper]))
    assert found.code is Code.ALREADY_FILED
    assert "铜王组发〔2020〕50号" in found.hint and "登记表 （刘珺）" in found.hint


FIVE = {"career": "桃社党〔2020〕5号"}


def test_a_number_that_the_ledger_refuses_sends_the_workbook_back() -> None:
    draft = members(FIVE, kind=numbered(roster()))
    batch, (found,) = judge(draft, CLAIMED, Office(numbers={FIVE["career"]: Severity.ERROR}))
    assert (batch, found.code, found.cell) == (None, Code.NUMBER_TAKEN, "H2")


def test_what_the_ledger_only_tells_of_a_number_goes_into_the_receipt() -> None:
    draft = members(FIVE, kind=numbered(roster()))
    batch = batch_of(draft, Office(numbers={FIVE["career"]: Severity.WARNING}))
    assert [record.given_number for record in batch.records] == [FIVE["career"]]
    assert [found.code for found in batch.warnings] == [Code.NUMBER_TAKEN]


def test_the_ledger_is_asked_once_for_all_new_papers_of_a_workbook() -> None:
    office = Office([filed(members({}, kind=numbered(roster())))])
    again, other = {**FIVE, "name": "王建国"}, {"name": "李娜", "career": "6"}
    judge(members({}, again, again, other, kind=numbered(roster())), CLAIMED, office)
    assert office.asked == [("桃社党〔2020〕5号", "6")], "known rows and repeated ones have no number to judge"


def test_a_known_paper_keeps_its_own_number() -> None:
    draft = members({"career": "桃社党〔2020〕5号"}, kind=numbered(roster()))
    paper = filed(draft, number="桃社党〔2020〕5号", series="桃社党")
    batch = batch_of(draft, Office([paper]))
    assert batch.records == () and len(batch.known) == 1


def test_a_date_too_early_is_told_once_where_a_policy_says_so_with_its_source() -> None:
    ordered = ruled(roster(), "not-before", fields=["birth", "date"])
    early = members({"date": date(1977, 4, 16), "id_card": None}, kind=ordered)
    breach = Finding(Code.RULE, "member", "E2", hint="依据：文件")
    assert codes(early) == [(Code.DATES_BACKWARDS, "E2")]
    assert codes(early, Office(breaches=(breach,))) == [(Code.RULE, "E2")]
    doubt = replace(breach, severity=Severity.WARNING)
    assert codes(early, Office(breaches=(doubt,))) == [(Code.DATES_BACKWARDS, "E2"), (Code.RULE, "E2")]
