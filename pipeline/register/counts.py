"""The ledger line by line, and the figures that ``status`` and the continuity report show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, String, func, select, type_coerce

from pipeline.register.tables import number, paper, submission


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One number of the ledger. ``state`` is "allocated", "reserved" or "void"; ``paper`` and ``title`` are empty when
    no paper carries it. ``by`` names the workbook or person it was taken by, ``reason`` why it is reserved or void.
    """

    series: str
    year: int
    n: int
    text: str
    state: str
    paper: str
    title: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Holding:
    """How many papers of an organisation the archive holds for a year."""

    year: int
    organisation: str
    papers: int


def ledger(connection: Connection, series: str = "", year: int = 0) -> tuple[LedgerEntry, ...]:
    """Every number given, reserved or void, in order; of one series or year where named."""
    query = (
        select(number, paper.c.title, submission.c.name)
        .outerjoin(paper, paper.c.id == number.c.paper)
        .outerjoin(submission, submission.c.id == number.c.submission)
        .order_by(number.c.series, number.c.year, number.c.n)
    )
    if series:
        query = query.where(number.c.series == series)
    if year:
        query = query.where(number.c.year == year)
    return tuple(
        LedgerEntry(
            row.series,
            row.year,
            row.n,
            row.text,
            row.state,
            row.paper or "",
            row.title or "",
            row.name or row.actor,
            row.at,
            row.reason,
        )
        for row in connection.execute(query)
    )


def series(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Every series with the years in which it has numbers."""
    query = select(number.c.series, number.c.year).distinct().order_by(number.c.series, number.c.year)
    return tuple((row.series, row.year) for row in connection.execute(query))


def numbers_of(connection: Connection, day: date) -> tuple[str, ...]:
    """The texts of the numbers given on a day of the office's clock, in the order they were given."""
    at = type_coerce(number.c.at, String)  # ISO text sorts by the office's own clock
    query = (
        select(number.c.text)
        .where(at >= day.isoformat(), at < (day + timedelta(days=1)).isoformat())
        .order_by(number.c.at, number.c.series, number.c.year, number.c.n)
    )
    return tuple(connection.scalars(query))


def holdings(connection: Connection) -> tuple[Holding, ...]:
    """Papers by year and organisation, newest year first."""
    query = (
        select(paper.c.year, paper.c.organisation_code, func.max(paper.c.organisation), func.count())
        .group_by(paper.c.year, paper.c.organisation_code)
        .order_by(paper.c.year.desc(), paper.c.organisation_code)
    )
    return tuple(Holding(year, name, count) for year, _code, name, count in connection.execute(query))


def submissions(connection: Connection) -> Mapping[str, int]:
    """How many submissions there are by state."""
    query = select(submission.c.state, func.count()).group_by(submission.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}
