"""Numbers and 件号 that outlive their papers: carried from an old register into one that is made anew.

A paper may be missing from the archive when the register is rebuilt. Its number stands on a paper somewhere, and its
件号 in somebody's catalogue; neither may ever be given a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from pipeline.core.acts import NumberAct, NumberKey, key_of
from pipeline.core.archival import read_code
from pipeline.core.deeds import CODE, Action, Deed
from pipeline.core.messages import _
from pipeline.register.tables import lost_piece, number, paper

_COLUMNS = tuple(column.name for column in number.columns)


def carry_numbers(old: Connection, fresh: Connection, acts: Iterable[NumberAct]) -> None:
    """The numbers of papers that the archive lost, and those that were taken and of which no act tells."""
    told = {key_of(line.number) for act in acts for line in act.lines}
    states = {
        (row.series, row.year, row.n): row.state
        for row in fresh.execute(select(number.c.series, number.c.year, number.c.n, number.c.state))
    }
    query = select(number, paper.c.title.label("named"), paper.c.date.label("dated"))
    for row in old.execute(query.outerjoin(paper, paper.c.id == number.c.paper)):
        key = (row.series, row.year, row.n)
        if row.state == "allocated":
            _carry_lost(fresh, row, states.get(key))
        elif key not in states and key not in told:
            fresh.execute(insert(number), {**_row(row), "act": None})


def carry_pieces(old: Connection, fresh: Connection) -> None:
    """The 件号 of papers that the archive lost."""
    known = {(row.lowest_class, row.piece) for row in fresh.execute(select(paper.c.lowest_class, paper.c.piece))}
    lost = {
        (row.lowest_class, row.piece): row.title
        for table in (lost_piece, paper)
        for row in old.execute(select(table.c.lowest_class, table.c.piece, table.c.title).where(table.c.piece > 0))
        if (row.lowest_class, row.piece) not in known
    }
    if lost:
        fresh.execute(
            insert(lost_piece),
            [{"lowest_class": one, "piece": piece, "title": title} for (one, piece), title in lost.items()],
        )


def keep_pieces(fresh: Connection, deeds: Iterable[Deed]) -> None:
    """The 件号 that the arrangement gave to papers which are lost: the deed goes on to tell of them."""
    given = [
        (read_code(deed.told(line)[CODE]), line.title)
        for deed in deeds
        if deed.action is Action.ARRANGE
        for line in deed.lines
    ]
    known = {
        (row.lowest_class, row.piece)
        for table in (paper, lost_piece)
        for row in fresh.execute(select(table.c.lowest_class, table.c.piece))
    }
    lost = {
        (code.lowest_class, code.piece): title for code, title in given if (code.lowest_class, code.piece) not in known
    }
    if lost:
        fresh.execute(
            insert(lost_piece),
            [{"lowest_class": one, "piece": piece, "title": title} for (one, piece), title in lost.items()],
        )


def _carry_lost(fresh: Connection, row: Row[Any], state: str | None) -> None:
    """A number that a paper had: where the archive's papers and acts leave it free or reserved, the paper is lost."""
    lost = {
        **_row(row),
        "paper": None,
        "submission": None,
        "act": None,
        "reason": row.reason or _("重建登记册时，归档里没有这份文件"),
        "title": row.named or row.title,
        "date": row.dated or row.date,
    }
    key: NumberKey = (row.series, row.year, row.n)
    if state is None:
        fresh.execute(insert(number), lost)
    elif state == "reserved":
        same = (number.c.series == key[0]) & (number.c.year == key[1]) & (number.c.n == key[2])
        fresh.execute(update(number).where(same).values(lost))


def _row(row: Row[Any]) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in _COLUMNS}
