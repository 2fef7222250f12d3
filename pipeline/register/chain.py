"""The history as a chain: each event carries the digest of itself and of the event before it.

Triggers keep a program from changing an event; they do not keep somebody with a database editor from it. A row that was
edited, removed or put in between no longer fits its link, or the links after it. Whoever computes all links anew as
well is found out by the witnesses that are written into the archive each day (``core.history.Witness``).

What is hard: the digest must be the same for ever, so it is taken from one fixed writing of the row (JSON, sorted keys,
no spaces, UTF-8), never from what a driver gives back. And an edited row may hold anything, so the walk reads the
columns as the text that stands there: a row that is no event any more is a broken link, not a fault of the program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, String, func, select, type_coerce

from pipeline.core.deeds import Action
from pipeline.core.history import Chain, Witness
from pipeline.register import tables

NOTHING = "0" * 64
"""What the first event is linked to."""

_AT_ONCE = 5000

_CAME_IN = {"entered", "taken-over", "reindexed"}
"""The events with which a paper comes into the register."""

_DEEDS = frozenset(action.value for action in Action)


def linked(connection: Connection, lines: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The lines of history with the links that append them to the register's chain."""
    event = tables.event.c
    last = connection.scalar(select(event.link).order_by(event.seq.desc()).limit(1)) or NOTHING
    for line in lines:
        last = link(last, line)
        yield {**line, "link": last}


def link(before: str, line: Mapping[str, Any]) -> str:
    """SHA-256 of an event and the link before it, hexadecimal."""
    at = line["at"]
    written = json.dumps(
        {
            "before": before,
            "at": at.isoformat() if isinstance(at, datetime) else at,
            "paper": line["paper"],
            "action": line["action"],
            "actor": line["actor"],
            "details": line["details"],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(written.encode()).hexdigest()


def end(connection: Connection) -> tuple[int, str, str] | None:
    """How many events there are, the last link and the first; None while nothing has happened."""
    event = tables.event.c
    last = connection.scalar(select(event.link).order_by(event.seq.desc()).limit(1))
    first = connection.scalar(select(event.link).order_by(event.seq).limit(1))
    if last is None or first is None:
        return None
    return connection.scalar(select(func.count()).select_from(tables.event)) or 0, last, first


def walked(connection: Connection, days: Iterable[Witness]) -> Chain:
    """The whole chain walked once: where it is broken, and which witnesses of earlier days it contradicts."""
    wanted: dict[int, list[Witness]] = {}
    for day in days:
        wanted.setdefault(day.events, []).append(day)
    first = last = NOTHING
    count = 0
    told = _Told()
    broken: list[str] = []
    contradicted: list[Witness] = []
    event = tables.event.c
    as_written = (type_coerce(column, String).label(column.name) for column in event)
    for row in connection.execute(select(*as_written).order_by(event.seq).execution_options(yield_per=_AT_ONCE)):
        if not _fits(last, row._mapping):
            broken.append(f"{row.at} {row.action}")
        else:
            told.by(row._mapping)
        last = row.link
        count += 1
        first = last if count == 1 else first
        contradicted.extend(day for day in wanted.pop(count, ()) if day.first == first and day.link != last)
    beyond = [day for late in wanted.values() for day in late if day.first == first]
    return Chain(
        first,
        count,
        last,
        tuple(broken),
        (*contradicted, *beyond),
        days=tuple(sorted(told.days)),
        papers=frozenset(told.papers),
        reindexed=told.reindexed,
        deeds=frozenset(told.deeds),
    )


class _Told:
    """What sound events tell of."""

    def __init__(self) -> None:
        self.days: set[date] = set()
        self.papers: set[str] = set()
        self.deeds: set[int] = set()
        self.reindexed = False

    def by(self, row: Mapping[Any, Any]) -> None:
        """Take down what one event tells."""
        self.days.add(date.fromisoformat(row["at"][:10]))
        if row["action"] in _CAME_IN:
            self.papers.add(row["paper"])
            self.reindexed = self.reindexed or row["action"] == "reindexed"
        elif row["action"] in _DEEDS:
            self.deeds.add(json.loads(row["details"])["deed"])


def _fits(before: str, row: Mapping[Any, Any]) -> bool:
    """Whether a row, as the text that stands in the register, has the link of its own words and the event before."""
    try:
        return bool(row["link"] == link(before, {**row, "details": json.loads(row["details"])}))
    except (TypeError, ValueError):  # bytes, or no JSON: the register never wrote such a row
        return False
