"""What happened: the events of one paper, and the chain of them all (登记校验)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from pipeline.core.history import Chain, Witness
from pipeline.core.values import Event
from pipeline.register import chain, tables
from pipeline.register.database import reading
from pipeline.register.opened import Opened
from pipeline.register.telling import history_of


class History(Opened):
    """The events, each bound to all before it."""

    def events(self, paper: str) -> tuple[Event, ...]:
        """A paper's history, oldest first; ``details`` is JSON."""
        with reading(self._engine) as connection:
            return history_of(connection, paper)

    def last_moment(self) -> datetime | None:
        """When the latest thing happened of which there is an event; None while nothing has."""
        with reading(self._engine) as connection:
            return connection.scalar(select(tables.event.c.at).order_by(tables.event.c.at.desc()).limit(1))

    def history(self, days: Iterable[Witness] = ()) -> Chain:
        """The chain of all events, walked from its beginning; held against what was written down on earlier days."""
        with reading(self._engine) as connection:
            return chain.walked(connection, days)

    def witness(self, day: date) -> Witness | None:
        """How the chain ends now, as the witness of this day; None while nothing has happened."""
        with reading(self._engine) as connection:
            end = chain.end(connection)
        return Witness(day, *end) if end else None
