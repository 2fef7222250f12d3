"""Which number a person means when he types one."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.core.errors import AnswerIsNo
from pipeline.core.values import Number
from pipeline.numbering import SeriesBook
from tests.numbering.office import COMMUNITY, DEPARTMENT, FORM, MINUTES, NOTICE, PERIODICALS

OWN_MINUTES = dataclasses.replace(MINUTES, organisation_field="organisation")
BOOK = SeriesBook.of([NOTICE, OWN_MINUTES, FORM], DEPARTMENT, [DEPARTMENT, COMMUNITY])
FIFTY = Number("铜王组发", 2020, 50, "铜王组发〔2020〕50号")


class Known:
    """A ledger with these numbers in it."""

    def __init__(self, *numbers: Number) -> None:
        self.numbers = numbers

    def named(self, text: str) -> list[Number]:
        return [one for one in self.numbers if text in (one.text, one.series + one.text)]


@pytest.mark.parametrize("typed", ["铜王组发〔2020〕50号", "铜王组发[2020]50号", " 铜王组发（2020） 050号 "])
def test_a_number_is_understood_however_it_is_typed(typed):
    assert BOOK.number(typed, 2026, Known()) == FIFTY


def test_an_issue_number_needs_its_series():
    with pytest.raises(AnswerIsNo, match="2 个") as caught:
        BOOK.number("〔2020〕第3期", 2020, Known())
    assert "中共红旗社区委员会纪要〔2020〕第3期" in caught.value.remedy
    number = BOOK.number("中共红旗社区委员会纪要〔2020〕第3期", 2020, Known())
    assert number == Number("中共红旗社区委员会纪要", 2020, 3, "〔2020〕第3期")


def test_a_number_of_the_ledger_is_found_even_when_its_series_is_gone():
    old = Number("铜王组字", 2019, 7, "铜王组字〔2019〕7号")
    assert BOOK.number("铜王组字〔2019〕7号", 2026, Known(old)) == old


def test_of_two_issue_numbers_the_one_in_the_ledger_is_meant():
    taken = Number("中共红旗社区委员会纪要", 2020, 3, "〔2020〕第3期")
    assert BOOK.number("〔2020〕第3期", 2020, Known(taken)) == taken


def test_what_is_no_number_of_the_office_is_refused_with_examples():
    with pytest.raises(AnswerIsNo, match="不是本办公室的号") as caught:
        BOOK.number("红社党〔2020〕50号", 2020, Known())
    assert "铜王组发〔2020〕1号" in caught.value.remedy


def test_a_kind_without_organisations_numbers_for_the_issuer_alone():
    with pytest.raises(AnswerIsNo, match="红社党") as caught:
        BOOK.series("红社党")
    assert "铜王组发" in caught.value.remedy
    assert BOOK.series("铜王组发").number(2021, 3).text == "铜王组发〔2021〕3号"


def test_a_part_of_a_name_lists_the_series_that_have_it():
    with pytest.raises(AnswerIsNo) as caught:
        BOOK.series("纪要")
    assert "中共红旗社区委员会纪要" in caught.value.remedy
    assert "铜王组发、" not in caught.value.remedy


def test_a_kind_whose_rows_choose_has_a_series_for_each_choice():
    book = SeriesBook.of([PERIODICALS], DEPARTMENT, [COMMUNITY])
    for sort in ("联席会议", "区域党委会"):
        number = book.number(f"中共红旗社区委员会{sort}纪要〔2020〕第3期", 2020, Known())
        assert number == Number(f"中共红旗社区委员会{sort}纪要", 2020, 3, "〔2020〕第3期")
