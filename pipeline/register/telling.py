"""A paper's history: what the events tell, and of a register that was made anew what the papers themselves still know.

The archive keeps no events (decision 0013: they are one chain, and it ends with its register). It does keep when a
paper was filed, and which one took its place: so these lines are told in any case, and the events only add to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from heapq import merge

from sqlalchemy import Connection, select

from pipeline.core.values import Event
from pipeline.register import tables

_CAME_IN = {"entered", "taken-over"}


def history_of(connection: Connection, paper: str) -> tuple[Event, ...]:
    """Everything that happened to a paper, oldest first; ``details`` is JSON."""
    event = tables.event
    told = [
        Event(row.at, row.paper, row.action, row.actor, json.dumps(row.details, ensure_ascii=False))
        for row in connection.execute(select(event).where(event.c.paper == paper).order_by(event.c.seq))
    ]
    known = {one.action for one in told}
    if known & _CAME_IN:
        return tuple(told)
    remembered = [one for one in _remembered(connection, paper) if one.action not in known]
    return tuple(merge(remembered, told, key=lambda one: one.at))


def _remembered(connection: Connection, paper: str) -> Iterator[Event]:
    """What the papers of the archive say of it: filed when, by which submission, and what took its place."""
    table = tables.paper.c
    own = connection.execute(select(table.filed_at, table.submission).where(table.id == paper)).first()
    if own is not None:
        for action in ("entered", "filed"):
            yield Event(own.filed_at, paper, action, own.submission, "{}")
    for later in connection.execute(select(tables.paper).where(table.replaces == paper)):
        told = {"by": later.id, "version": later.version, "reason": later.correction}
        yield Event(later.filed_at, paper, "replaced", later.submission, json.dumps(told, ensure_ascii=False))
