"""Which numbers the papers of one workbook will carry.

The plan is made before anything is printed, because the number stands on the paper; the register's transaction, after
printing, is where it becomes true or fails as a whole. ``max() + 1`` is no plan: a number given by hand far above
would leave a gap for ever. So the next number is the lowest free one that is not below the start of its series.

The year of a number, and of the 档号, is the year of the 成文日期.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Mapping
from typing import Protocol

from pipeline.core.digests import contents
from pipeline.core.findings import errors
from pipeline.core.kind import Kind
from pipeline.core.values import Batch, Number, NumberedRecord, Record
from pipeline.numbering.given import NumberRefused, Owners, read_given
from pipeline.numbering.pattern import UNGIVEN, archival_code, compose, lowest_class_of, numbering_of, series_name

_PAPER_DIGITS = 16


class Ledger(Owners, Protocol):
    """What has been given so far; the register fits."""

    def last_piece(self, lowest_class: str) -> int:
        """The highest 件号 of a class that was ever given, 0 when none was."""
        ...


def plan(
    batch: Batch,
    ledger: Ledger,
    *,
    starts: Mapping[tuple[str, int], int],
    fonds: str,
    retention: Callable[[Kind], str],
    titles: Callable[[Record, Number | None], str],
    coded: bool = True,
) -> tuple[NumberedRecord, ...]:
    """The records of a batch with the numbers they will carry, in the order of their rows.

    ``starts`` gives the first number by (series, year) where it is not 1: a paper register that ended at 49 is
    declared as start 50. ``retention`` is the office's own table (``Y``, ``D30``, ``D10``), ``titles`` words the 题名.
    Without ``coded`` the papers get their class and no 件号: the yearly arrangement gives it.
    Raises ``NumberRefused`` for given numbers that cannot be had, ``ConfigurationError`` for an impossible 档号.
    """
    given, findings = read_given(batch.records, ledger)
    if errors(findings):
        raise NumberRefused(errors(findings))
    numbers = _Numbers(ledger, starts)
    for own in given.values():
        numbers.take(own)
    pieces = _Pieces(ledger)
    planned = []
    for position, (record, content) in enumerate(zip(batch.records, contents(batch.records), strict=True)):
        number = given.get(position) or _kept_number(record) or numbers.next(record)
        year, period = record.date.year, retention(record.kind)
        lowest_class = lowest_class_of(fonds, record.organisation, year, period)
        piece = pieces.next(lowest_class) if coded else UNGIVEN
        code = archival_code(fonds, record.organisation, year, period, piece)
        planned.append(NumberedRecord(record, paper_id(record), titles(record, number), number, code, content))
    return tuple(planned)


def paper_id(record: Record) -> str:
    """The lasting id of a paper: the first 64 bits of its identity digest, hexadecimal; for a later version those of a
    digest of that and the version before, so that the same correction always has the same id."""
    if record.replaces is None:
        return record.identity[:_PAPER_DIGITS]
    said = f"gongwen/version/1 {record.identity} {record.replaces.paper}"
    return hashlib.sha256(said.encode()).hexdigest()[:_PAPER_DIGITS]


def _kept_number(record: Record) -> Number | None:
    """The number of the version before: it stays with the paper and is not given again."""
    before = record.replaces
    return Number(before.series, before.year, before.n, before.number) if before and before.number else None


def lowest_free(taken: Container[int], start: int) -> int:
    """The next number of a series: the lowest one not below ``start`` that is not taken."""
    n = start
    while n in taken:
        n += 1
    return n


class _Pieces:
    """The 件号 of one plan: in each class they go on after the last one that was ever given."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._last: dict[str, int] = {}

    def next(self, lowest_class: str) -> int:
        last = self._last[lowest_class] if lowest_class in self._last else self._ledger.last_piece(lowest_class)
        self._last[lowest_class] = last + 1
        return last + 1


class _Numbers:
    """The numbers of one plan: those of the ledger and those planned so far are taken."""

    def __init__(self, ledger: Ledger, starts: Mapping[tuple[str, int], int]) -> None:
        self._ledger = ledger
        self._starts = starts
        self._taken: dict[tuple[str, int], set[int]] = {}
        self._candidates: dict[tuple[str, int], int] = {}

    def take(self, number: Number) -> None:
        self._taken_in(number.series, number.year).add(number.n)

    def next(self, record: Record) -> Number | None:
        numbering = numbering_of(record)
        if numbering is None:
            return None
        series, year = series_name(numbering, record.organisation), record.date.year
        taken = self._taken_in(series, year)
        n = lowest_free(taken, self._candidates.get((series, year), self._starts.get((series, year), 1)))
        taken.add(n)
        self._candidates[series, year] = n + 1
        return compose(numbering, record.organisation, year, n)

    def _taken_in(self, series: str, year: int) -> set[int]:
        if (series, year) not in self._taken:
            self._taken[series, year] = set(self._ledger.taken(series, year))
        return self._taken[series, year]
