"""Dates in every usual writing, and the ones nobody may guess."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.calendar import in_characters, written, written_month
from pipeline.sheets.dates import Unclear, day_of, month_of

DAY = date(2020, 4, 16)
DAYS = st.dates(date(1912, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "2020.4.16", "2020.04.16", "2020/4/16", "2020/04/16", "2020-4-16", "2020-04-16", "20200416",
        20200416, 20200416.0, "2020年4月16日", "2020年04月16日", "2020年4月16号", "２０２０．４．１６",
        "2020 年 4 月 16 日", " 2020.4.16 ", "2020。4。16", "2020.4.16.", "二〇二〇年四月十六日",
        "二○二○年四月十六日", "二零二零年四月十六日", "二〇二〇年4月16日",
        "2020-04-16 00:00:00", "2020/4/16 9:30", "2020-04-16T09:30:00", "2020年4月16日（星期四）",
        "2020年4月16日星期四",
        date(2020, 4, 16), datetime(2020, 4, 16, 9, 30),
    ],
)  # fmt: skip
def test_a_day_in_every_usual_writing(typed: str | float | date) -> None:
    assert day_of(typed) == DAY


@pytest.mark.parametrize(
    "typed",
    ["1975.03", "1975.3", "1975年3月", "1975-03", "1975/3", "197503", 197503, 1975.03, 1975.3, "一九七五年三月",
     "1975.03（45岁）", "1975年3月\n(45岁)", "1975.03.12", date(1975, 3, 12)],
)  # fmt: skip
def test_a_month_in_every_usual_writing(typed: str | float | date) -> None:
    assert month_of(typed) == date(1975, 3, 1)


@pytest.mark.parametrize(("typed", "month"), [(1975.11, 11), (1975.12, 12), ("1975.10", 10), ("1975.1", 1)])
def test_late_months(typed: str | float, month: int) -> None:
    assert month_of(typed) == date(1975, month, 1)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2020年13月1日", "没有13月"),
        ("2020.2.30", "2020年2月只有29天"),
        ("2021-2-29", "2021年2月只有28天"),
        ("2020年4月", "还缺“日”"),
        ("2020", "只有年份"),
        (2020, "只有年份"),
        ("20.4.16", "四位数字"),
        ("16/4/2020", "哪个是月"),
        ("1820.4.16", "不在1900年到2100年"),
        (43937, "2020年4月16日"),
        ("2026年6月底前", "期限就写最后一天"),
        ("2026年上半年", "不是确切的一天"),
        ("2026年6月中旬", "不是确切的一天"),
        ("2026.6.30前", "不是确切的一天"),
        ("明天", ""),
        ("2020.4.16至4.18", ""),
        ("", ""),
        (-1, ""),
        (float("nan"), ""),
        (1e300, ""),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(typed: str | float, reason: str) -> None:
    refused = day_of(typed)
    assert isinstance(refused, Unclear)
    assert reason in refused.hint
    assert bool(reason) == bool(refused.hint)


def test_a_month_that_excel_has_cut_is_not_guessed() -> None:
    refused = month_of(1975.1)
    assert isinstance(refused, Unclear) and "1月还是10月" in refused.hint


@pytest.mark.parametrize("stored", [datetime(1905, 5, 28, 0, 43, 12), date(1905, 5, 28)])
def test_a_month_that_fell_into_a_date_cell_is_not_taken_for_a_day_of_1905(stored: date) -> None:
    refused = month_of(stored)
    assert isinstance(refused, Unclear) and "1975" in refused.hint


@given(DAYS)
def test_every_writing_of_a_day_gives_that_day(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y.%m.%d}", f"{day:%Y%m%d}", written(day), in_characters(day)):
        assert day_of(text) == day
    assert day_of(day) == day
    assert day_of(int(f"{day:%Y%m%d}")) == day
    assert month_of(written_month(day)) == day.replace(day=1)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.dates(), st.datetimes()))
def test_nothing_raises(value: str | float | date) -> None:
    assert isinstance(day_of(value), date | Unclear)
    assert isinstance(month_of(value), date | Unclear)


@given(st.text("〇零一二三四五六七八九十廿卅元年月日号.-/ 0123456789（岁）", max_size=16))
def test_nothing_that_looks_like_a_date_raises(text: str) -> None:
    assert isinstance(day_of(text), date | Unclear)
    assert isinstance(month_of(text), date | Unclear)
