"""Working days (工作日) by the Chinese calendar: weekends, public holidays, and the Saturdays that are worked instead.

The State Council publishes each year's arrangement in the autumn before, so no table reaches further than that. The
library's table is asked first, after the office's own days; of a year it does not know only the weekends are certain,
and whoever judges must say so (``knows``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar of an office. Its own ``holidays`` and ``workdays`` (调休上班) go before the table."""

    holidays: Collection[date] = frozenset()
    workdays: Collection[date] = frozenset()

    def is_one(self, day: date) -> bool:
        """Whether people work on that day."""
        if day in self.workdays or day in self.holidays:
            return day in self.workdays
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < _SATURDAY

    def knows(self, year: int) -> bool:
        """Whether that year's arrangement is known, by the table or because the office named a day of it."""
        try:
            chinese_calendar.is_workday(date(year, 6, 15))
        except NotImplementedError:
            return any(day.year == year for day in (*self.holidays, *self.workdays))
        return True

    def between(self, first: date, last: date) -> int:
        """How many working days there are from ``first`` (counted) to ``last`` (not counted)."""
        return sum(self.is_one(first + timedelta(days)) for days in range((last - first).days))

    def before(self, day: date, count: int) -> date:
        """The last day from which to ``day`` there are ``count`` working days."""
        while count > 0:
            day -= timedelta(1)
            count -= self.is_one(day)
        return day
