"""The ledger line by line, and the figures that ``status`` and the continuity report show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, String, func, select, type_coerce

from pipeline.core.values import Number
from pipeline.register.tables import lost_piece, number, paper, submission


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One number of the ledger. ``state`` is "allocated", "reserved", "void" or "imported" (from the paper register).

    ``paper`` and ``archival_code`` are empty when no paper of the archive carries it; ``title`` and ``dated`` may be
    known all the same. ``by`` names the workbook or person it was taken by, ``reason`` why it is reserved or void (or
    the paper register's note), ``until`` is the last day of a reservation.
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
    dated: date | None = None
    until: date | None = None
    archival_code: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """How many papers of an organisation the archive holds for a year."""

    year: int
    organisation: str
    papers: int


def ledger(connection: Connection, condition: ColumnElement[bool]) -> tuple[LedgerEntry, ...]:
    """Every number given, reserved, void or imported to which the condition (on ``number``) applies, in order."""
    query = (
        select(
            number,
            func.coalesce(paper.c.title, number.c.title).label("named"),
            func.coalesce(paper.c.date, number.c.date).label("dated"),
            paper.c.archival_code,
            submission.c.name,
        )
        .outerjoin(paper, paper.c.id == number.c.paper)
        .outerjoin(submission, submission.c.id == number.c.submission)
        .where(condition)
        .order_by(number.c.series, number.c.year, number.c.n)
    )
    return tuple(
        LedgerEntry(
            row.series,
            row.year,
            row.n,
            row.text,
            row.state,
            row.paper or "",
            row.named,
            row.name or row.actor,
            row.at,
            row.reason,
            row.dated,
            row.until,
            row.archival_code or "",
        )
        for row in connection.execute(query)
    )


def last_piece(connection: Connection, lowest_class: str) -> int:
    """The highest 件号 of a class that was ever given, 0 when none was."""
    return max(
        connection.scalar(
            select(func.max(table.c.piece)).where(table.c.lowest_class == lowest_class, table.c.piece > 0)
        )
        or 0
        for table in (paper, lost_piece)
    )


def series(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Every series with the years in which it has numbers."""
    query = select(number.c.series, number.c.year).distinct().order_by(number.c.series, number.c.year)
    return tuple((row.series, row.year) for row in connection.execute(query))


def numbers_of(connection: Connection, day: date) -> tuple[Number, ...]:
    """The numbers given to papers on a day of the office's clock, in the order they were given."""
    at = type_coerce(number.c.at, String)  # ISO text sorts by the office's own clock
    query = (
        select(number.c.series, number.c.year, number.c.n, number.c.text)
        .where(at >= day.isoformat(), at < (day + timedelta(days=1)).isoformat(), number.c.state == "allocated")
        .order_by(number.c.at, number.c.series, number.c.year, number.c.n)
    )
    return tuple(Number(*row) for row in connection.execute(query))


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
