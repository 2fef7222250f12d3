"""The paper register so far: all of it, or findings at its cells."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from pipeline.core.findings import Code, Severity
from pipeline.core.values import Row, Value
from pipeline.numbering import OldRegister, SeriesBook, judge_old_register, next_numbers
from tests.numbering.office import COMMUNITY, DEPARTMENT, MINUTES, NOTICE, Entry, PaperLedger

TODAY = date(2020, 6, 1)
OWN_MINUTES = dataclasses.replace(MINUTES, organisation_field="organisation")
BOOK = SeriesBook.of([NOTICE, OWN_MINUTES], DEPARTMENT, [DEPARTMENT, COMMUNITY])
MARCH = date(2020, 3, 2)


def rows(*lines: tuple[Value, ...]) -> list[Row]:
    """Rows of 文号, 题名, 成文日期, 备注 from row 2 on."""
    names = ("number", "title", "date", "note")
    found = []
    for place, line in enumerate(lines, start=2):
        values = dict(zip(names, (*line, None, None, None), strict=False))
        found.append(Row("登记簿", place, values, {name: f"{'ABCD'[names.index(name)]}{place}" for name in names}))
    return found


def judged(*lines: tuple[Value, ...], ledger: PaperLedger | None = None) -> OldRegister:
    return judge_old_register(rows(*lines), BOOK, ledger or PaperLedger(), TODAY)


def test_lines_are_taken_as_they_stand():
    register = judged(
        ("铜王组发〔2020〕1号", "关于甲的\n通知", MARCH, "机密"), ("铜王组发〔2020〕2号", None, None, "作废")
    )
    assert register.is_good and register.findings == ()
    first, second = register.lines
    assert (first.number.n, first.title, first.date, first.note) == (1, "关于甲的通知", MARCH, "机密")
    assert (second.number.text, second.title, second.note) == ("铜王组发〔2020〕2号", "", "作废")


def test_other_brackets_are_told_and_written_as_the_standard_does():
    register = judged(("铜王组发[2020]7号", "关于甲的通知", MARCH))
    (finding,) = register.findings
    assert (finding.severity, finding.cell) == (Severity.WARNING, "A2")
    assert register.is_good
    assert register.lines[0].number.text == "铜王组发〔2020〕7号"


def test_issues_are_told_apart_by_their_series():
    register = judged(("〔2020〕第1期", "纪要", MARCH), ("中共红旗社区委员会纪要〔2020〕第1期", "纪要", MARCH))
    (finding,) = register.findings
    assert finding.code is Code.NUMBER_FORM
    assert "中共红旗社区委员会纪要〔2020〕第1期" in finding.hint
    assert not register.is_good


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        (("别的机关〔2020〕1号", "甲", MARCH), Code.NUMBER_FORM, "A2"),
        (("铜王组发〔2202〕1号", "甲", MARCH), Code.NUMBER_FORM, "A2"),
        ((None, "没有号的", MARCH), Code.REQUIRED, "A2"),
        (("铜王组发〔2020〕1号", None, MARCH), Code.REQUIRED, "B2"),
    ],
)
def test_what_is_wrong_is_named_at_its_cell(line, code, cell):
    register = judged(line)
    (finding,) = register.findings
    assert (finding.code, finding.cell) == (code, cell)
    assert not register.is_good


def test_a_date_of_another_year_is_only_told():
    register = judged(("铜王组发〔2020〕1号", "甲", date(2021, 1, 4)))
    assert [one.severity for one in register.findings] == [Severity.WARNING]
    assert len(register.lines) == 1


def test_a_number_that_stands_twice_is_refused_at_the_second_row():
    register = judged(("铜王组发〔2020〕1号", "甲", MARCH), ("铜王组发（2020）01号", "乙", MARCH))
    assert (Code.DUPLICATE, "A3") in [(one.code, one.cell) for one in register.findings]
    assert "第2行" in register.findings[-1].hint


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (Entry("allocated", "关于丙的通知", "D001-WS·2020-D10-ZZB-0001"), "关于丙的通知"),
        (Entry("void", reason="打错"), "打错"),
        (Entry("reserved", by="王秘书", reason="表彰"), "number release"),
        (Entry("imported", "关于丁的通知", dated=MARCH), "与这一行不一样"),
    ],
)
def test_a_number_that_is_not_free_is_refused_with_its_owner(held, said):
    ledger = PaperLedger({("铜王组发", 2020, 1): ""}, held={"铜王组发〔2020〕1号": held})
    (finding,) = judged(("铜王组发〔2020〕1号", "关于甲的通知", MARCH), ledger=ledger).findings
    assert finding.code is Code.NUMBER_TAKEN
    assert said in finding.hint


def test_the_same_register_may_come_again_longer():
    ledger = PaperLedger(
        {("铜王组发", 2020, 1): ""}, held={"铜王组发〔2020〕1号": Entry("imported", "关于甲的通知", dated=MARCH)}
    )
    register = judged(
        ("铜王组发〔2020〕1号", "关于甲的通知", MARCH), ("铜王组发〔2020〕2号", "关于乙的通知", MARCH), ledger=ledger
    )
    assert (register.known, [line.number.n for line in register.lines], register.findings) == (1, [2], ())


def test_the_number_that_would_be_next_shows_a_hole_before_it_is_filled():
    register = judged(("铜王组发〔2020〕1号", "甲", MARCH), ("铜王组发〔2020〕3号", "乙", MARCH))
    assert list(next_numbers(register.lines, {}, {})) == [("铜王组发", 2020, 2, 3)]
    assert list(next_numbers(register.lines, {}, {("铜王组发", 2020): 50})) == [("铜王组发", 2020, 50, 3)]
    ours = {("铜王组发", 2020): frozenset({2, 60})}
    assert list(next_numbers(register.lines, ours, {})) == [("铜王组发", 2020, 4, 3)], "60 is no line of the register"


def test_a_cell_that_could_not_be_read_is_not_reported_twice():
    (row,) = rows((None, "甲", MARCH))
    del row.values["number"]  # type: ignore[attr-defined]
    assert judge_old_register([row], BOOK, PaperLedger(), TODAY).findings == ()
