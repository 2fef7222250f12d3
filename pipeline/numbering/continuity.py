"""Is each number series whole? What an inspector asks first of a 发文登记簿.

Numbers below the declared start stand in the paper register that was kept before; they are no gaps of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Protocol


class LedgerLine(Protocol):
    """One number of the ledger; the register's lines fit. ``by`` says who took it, for people."""

    @property
    def series(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def by(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that nobody has, ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many numbers are missing."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class SeriesReport:
    """One series in one year. ``start`` is the first number of ours, ``by`` how many each taker has, most first."""

    series: str
    year: int
    start: int
    first: int
    last: int
    count: int
    gaps: tuple[Gap, ...]
    by: tuple[tuple[str, int], ...]

    @property
    def whole(self) -> bool:
        """No number is missing."""
        return not self.gaps


def continuity(lines: Iterable[LedgerLine], starts: Mapping[tuple[str, int], int]) -> tuple[SeriesReport, ...]:
    """A report for every series and year, in that order. ``starts`` as for ``plan``."""
    ordered = sorted(lines, key=lambda line: (line.series, line.year, line.n))
    return tuple(
        _report(series, year, starts.get((series, year), 1), tuple(group))
        for (series, year), group in groupby(ordered, key=lambda line: (line.series, line.year))
    )


def _report(series: str, year: int, start: int, lines: tuple[LedgerLine, ...]) -> SeriesReport:
    numbers = [line.n for line in lines]
    ours = [start - 1, *(n for n in numbers if n >= start)]
    return SeriesReport(
        series=series,
        year=year,
        start=start,
        first=numbers[0],
        last=numbers[-1],
        count=len(numbers),
        gaps=tuple(Gap(before + 1, after - 1) for before, after in pairwise(ours) if after > before + 1),
        by=tuple(Counter(line.by for line in lines).most_common()),
    )
