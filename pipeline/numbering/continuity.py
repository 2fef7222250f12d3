"""Is each number series whole? What an inspector asks first of a 发文登记簿.

Numbers below the declared start stand in the paper register that was kept before; they are no gaps of ours. Once that
register is entered too (补登), its own holes show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Protocol

from pipeline.numbering.plan import lowest_free


class LedgerLine(Protocol):
    """One number of the ledger; the register's lines fit.

    ``state`` is "allocated", "reserved", "void" or "imported"; ``by`` says who took it, for people; ``until`` is the
    last day of a reservation.
    """

    @property
    def series(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def until(self) -> date | None: ...


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
    """One series in one year. ``start`` is the first number of ours, ``next`` the one that would be given next.

    ``reserved`` (``expired`` among them) and ``void`` are numbers no paper carries, ``imported`` those of the paper
    register; ``by`` says how many each taker has, most first.
    """

    series: str
    year: int
    start: int
    first: int
    last: int
    count: int
    gaps: tuple[Gap, ...]
    reserved: tuple[int, ...]
    expired: tuple[int, ...]
    void: tuple[int, ...]
    imported: tuple[int, ...]
    next: int
    by: tuple[tuple[str, int], ...]

    @property
    def whole(self) -> bool:
        """No number is missing."""
        return not self.gaps


def has_expired(line: LedgerLine, today: date) -> bool:
    """Whether a number is reserved for longer than was asked for. It stays reserved until somebody releases it."""
    return line.state == "reserved" and line.until is not None and line.until < today


def continuity(
    lines: Iterable[LedgerLine], starts: Mapping[tuple[str, int], int], today: date
) -> tuple[SeriesReport, ...]:
    """A report for every series and year, in that order. ``starts`` as for ``plan``."""
    ordered = sorted(lines, key=lambda line: (line.series, line.year, line.n))
    return tuple(
        _report(series, year, starts.get((series, year), 1), tuple(group), today)
        for (series, year), group in groupby(ordered, key=lambda line: (line.series, line.year))
    )


def _report(series: str, year: int, start: int, lines: tuple[LedgerLine, ...], today: date) -> SeriesReport:
    numbers = [line.n for line in lines]
    imported = _those(lines, "imported")
    examined = 1 if imported else start
    ours = [examined - 1, *(n for n in numbers if n >= examined)]
    return SeriesReport(
        series=series,
        year=year,
        start=start,
        first=numbers[0],
        last=numbers[-1],
        count=len(numbers),
        gaps=tuple(Gap(before + 1, after - 1) for before, after in pairwise(ours) if after > before + 1),
        reserved=_those(lines, "reserved"),
        expired=tuple(line.n for line in lines if has_expired(line, today)),
        void=_those(lines, "void"),
        imported=imported,
        next=lowest_free(frozenset(numbers), start),
        by=tuple(Counter(line.by for line in lines).most_common()),
    )


def _those(lines: Iterable[LedgerLine], state: str) -> tuple[int, ...]:
    return tuple(line.n for line in lines if line.state == state)
