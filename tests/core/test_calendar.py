"""Dates as official papers write them (GB/T 9704-2012 clause 7.3.5.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.calendar import age, in_characters, on_the_clock, written, written_month


def test_a_date_has_no_leading_zeros() -> None:
    assert written(date(2020, 4, 6)) == "2020年4月6日"
    assert written_month(date(1975, 3, 1)) == "1975年3月"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 4, 16), "二〇二〇年四月十六日"),
        (date(2023, 10, 10), "二〇二三年十月十日"),
        (date(1999, 12, 31), "一九九九年十二月三十一日"),
        (date(2005, 11, 20), "二〇〇五年十一月二十日"),
        (date(2011, 1, 1), "二〇一一年一月一日"),
    ],
)
def test_dates_in_characters(day: date, words: str) -> None:
    assert in_characters(day) == words


def test_every_day_of_a_year_reads_differently() -> None:
    days = [date.fromordinal(date(2024, 1, 1).toordinal() + step) for step in range(366)]
    assert len({in_characters(day) for day in days}) == len({written(day) for day in days}) == 366


def test_a_birthday_counts_from_its_day_on() -> None:
    assert age(date(1980, 5, 10), date(2020, 5, 9)) == 39
    assert age(date(1980, 5, 10), date(2020, 5, 10)) == 40
    assert age(date(2000, 2, 29), date(2021, 2, 28)) == 20
    assert age(date(2000, 2, 29), date(2021, 3, 1)) == 21


@given(st.dates(), st.dates())
def test_nobody_is_younger_than_nothing(born: date, on: date) -> None:
    assert age(born, on) >= 0


def test_a_moment_of_another_machine_is_told_by_our_clock() -> None:
    here = datetime(2026, 12, 1, 0, 4, 27, tzinfo=UTC).astimezone()
    assert on_the_clock("2026-12-01T08:04:27+08:00") == here.strftime("%Y-%m-%d %H:%M:%S")
