"""Dates as official papers write them.

GB/T 9704-2012 clause 7.3.5.4: Arabic figures, full year, no leading zeros: 2020年4月16日.
"""

from __future__ import annotations

from datetime import date, datetime

_DIGITS = "〇一二三四五六七八九"


def written(day: date) -> str:
    """``2020年4月16日`` (成文日期, clause 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def written_month(day: date) -> str:
    """``1975年3月``, for 出生年月, 入党时间 and the like."""
    return f"{day.year}年{day.month}月"


def in_characters(day: date) -> str:
    """``二〇二〇年四月十六日``, as certificates and old forms write it."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_small(day.month)}月{_small(day.day)}日"


def on_the_clock(moment: str) -> str:
    """``2026-12-01 08:04:27`` by this machine's clock, of a moment as JSON keeps it (ISO 8601 with its offset)."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def age(born: date, on: date) -> int:
    """Full years (周岁) between two days; never negative."""
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _small(number: int) -> str:
    """A number from 1 to 31 in characters."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")
