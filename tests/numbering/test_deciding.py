"""What may be done to a number by hand, and what is said where it may not."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.core.errors import AnswerIsNo
from pipeline.core.values import Number
from pipeline.numbering import Series, refuse_releasing, refuse_voiding, reservable
from tests.numbering.office import DEPARTMENT, NOTICE, Entry, PaperLedger

TODAY = date(2020, 6, 1)
STARTS = {("铜王组发", 2020): 50}
assert NOTICE.numbering is not None
SERIES = Series("铜王组发", NOTICE.numbering, DEPARTMENT)


def ledger(**held: Entry) -> PaperLedger:
    """A ledger with ``n51=Entry("void")`` and the like."""
    numbers = {int(name[1:]): entry for name, entry in held.items()}
    return PaperLedger(
        {("铜王组发", 2020, n): "" for n in numbers}, held={number(n).text: entry for n, entry in numbers.items()}
    )


def number(n: int, year: int = 2020) -> Number:
    return SERIES.number(year, n)


def reserve(n: int | None, known: PaperLedger, year: int = 2020) -> int:
    return reservable(SERIES, year, n, known, STARTS, TODAY).n


FILED = Entry("allocated", "关于甲的通知", "D001-WS·2020-D10-ZZB-0001")
KEPT = Entry("reserved", by="王秘书", reason="表彰")
VOID = Entry("void", reason="打错")
ON_PAPER = Entry("imported", "关于乙的通知")


def test_the_next_free_number_is_reserved_or_the_one_that_is_named():
    assert reserve(None, ledger()) == 50
    assert reserve(None, ledger(n50=FILED, n51=KEPT, n53=VOID)) == 52
    assert reserve(57, ledger()) == 57
    assert reserve(None, ledger(), year=2021) == 1


@pytest.mark.parametrize(
    ("held", "said"), [(FILED, "关于甲的通知"), (KEPT, "王秘书"), (VOID, "打错"), (ON_PAPER, "手工登记簿")]
)
def test_a_number_that_is_not_free_is_not_reserved(held, said):
    with pytest.raises(AnswerIsNo, match=said):
        reserve(51, ledger(n51=held))


def test_numbers_of_the_paper_register_and_of_far_years_are_not_touched():
    for act in (lambda n, year: reserve(n, ledger(), year), lambda n, year: void(number(n, year), ledger())):
        with pytest.raises(AnswerIsNo, match="手工登记簿") as caught:
            act(49, 2020)
        assert "number import" in caught.value.remedy
        with pytest.raises(AnswerIsNo, match="年份太远"):
            act(1, 2022)


def void(one: Number, known: PaperLedger) -> None:
    refuse_voiding(one, known, STARTS, TODAY)


def test_reserved_and_unused_numbers_may_be_voided():
    void(number(51), ledger())
    void(number(51), ledger(n51=KEPT))


def test_a_reservation_from_before_the_start_was_declared_may_still_be_voided():
    void(number(12), ledger(n12=KEPT))


def test_the_number_of_a_filed_paper_is_not_voided_and_it_is_said_what_to_do():
    with pytest.raises(AnswerIsNo, match="关于甲的通知") as caught:
        void(number(51), ledger(n51=FILED))
    assert "更正" in caught.value.remedy
    for held in (ON_PAPER, VOID):
        with pytest.raises(AnswerIsNo):
            void(number(51), ledger(n51=held))


def test_only_a_reserved_number_is_released():
    refuse_releasing(number(51), ledger(n51=KEPT))
    for held in (FILED, VOID, ON_PAPER):
        with pytest.raises(AnswerIsNo, match="不能释放"):
            refuse_releasing(number(51), ledger(n51=held))
    with pytest.raises(AnswerIsNo, match="没有预留"):
        refuse_releasing(number(51), ledger())
