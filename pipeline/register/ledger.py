"""The ledger of numbers (文号、件号) and the acts by which people take, give back and close numbers (号簿)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.exc import IntegrityError

from pipeline.core.acts import NumberAct
from pipeline.core.text import nfc
from pipeline.core.values import Number
from pipeline.register import acting, counts, tables
from pipeline.register.database import reading, writing
from pipeline.register.opened import Opened


class Ledger(Opened):
    """Which numbers are taken, by what, and the acts on them."""

    def taken(self, series: str, year: int) -> frozenset[int]:
        """Every number of a series and year that can no longer be given: allocated, reserved or void."""
        ledger = tables.number.c
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(ledger.n).where(ledger.series == series, ledger.year == year)))

    def entry(self, number: Number) -> counts.LedgerEntry | None:
        """What the ledger says of a number; None when it is free."""
        ledger = tables.number.c
        same = (ledger.series == number.series) & (ledger.year == number.year) & (ledger.n == number.n)
        return next(iter(self._ledger(same)), None)

    def named(self, text: str) -> tuple[counts.LedgerEntry, ...]:
        """The numbers written so, with or without their series before them (第3期 may be several)."""
        ledger, wanted = tables.number.c, nfc(text)
        return self._ledger((ledger.text == wanted) | (ledger.series + ledger.text == wanted))

    def last_piece(self, lowest_class: str) -> int:
        """The highest 件号 of a class that was ever given, 0 when none was."""
        with reading(self._engine) as connection:
            return counts.last_piece(connection, lowest_class)

    def series(self) -> tuple[tuple[str, int], ...]:
        """Every series with the years in which it has numbers."""
        with reading(self._engine) as connection:
            return counts.series(connection)

    def ledger(self, series: str = "", year: int = 0) -> tuple[counts.LedgerEntry, ...]:
        """The ledger line by line; of one series or year where named."""
        ledger = tables.number.c
        return self._ledger(
            and_(true(), *([ledger.series == series] if series else []), *([ledger.year == year] if year else []))
        )

    def numbers_of(self, day: date) -> tuple[Number, ...]:
        """The numbers given on a day of the office's clock, in the order they were given."""
        with reading(self._engine) as connection:
            return counts.numbers_of(connection, day)

    def next_act(self) -> int:
        """The number of the next act."""
        with reading(self._engine) as connection:
            return acting.next_act(connection)

    def enter_act(self, act: NumberAct) -> None:
        """Enter an act, and what it does to the ledger: one transaction.

        Raises ``OfficeBusy`` when one of its numbers is another's already or none that can be released,
        ``ConfigurationError`` when another series writes the same number; nothing was entered then.
        """
        try:
            with writing(self._engine) as connection:
                acting.enter_act(connection, act)
        except IntegrityError:
            with reading(self._engine) as connection:
                conflict = acting.conflict(connection, act)
            if conflict is None:
                raise
            raise conflict from None

    def finish_act(self, seq: int) -> None:
        """Note that an act's files lie in the archive. Raises ``ValueError`` unless it was unfinished."""
        with writing(self._engine) as connection:
            acting.finish_act(connection, seq)

    def unfinished_acts(self) -> tuple[NumberAct, ...]:
        """Acts that are done and whose files may still be on their way into the archive."""
        with reading(self._engine) as connection:
            return acting.acts_of(connection, acting.waiting())

    def acts(self) -> tuple[NumberAct, ...]:
        """Every act, in the order of doing."""
        with reading(self._engine) as connection:
            return acting.acts_of(connection)

    def _ledger(self, condition: ColumnElement[bool]) -> tuple[counts.LedgerEntry, ...]:
        with reading(self._engine) as connection:
            return counts.ledger(connection, condition)
