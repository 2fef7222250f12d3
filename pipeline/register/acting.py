"""Acts of the number book in the register: entered like papers, in one transaction, before the archive holds them.

The ledger's own rules (a used or void number never changes, no number twice) are keys and triggers of the file, not
checks here; what they refuse is worded by ``entering``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from pipeline.core.acts import Action, ActLine, NumberAct, Standing, in_full, names_issuer, standing
from pipeline.core.errors import GongwenError, OfficeBusy
from pipeline.core.messages import _
from pipeline.core.values import FiledFile, Number
from pipeline.register.entering import add_events, event_row, number_conflict
from pipeline.register.tables import act as acts
from pipeline.register.tables import act_file, act_line, number

_STATES = {Action.RESERVE: "reserved", Action.VOID: "void", Action.IMPORT: "imported"}
_EVENTS = {**_STATES, Action.RELEASE: "released"}


def enter_act(connection: Connection, act: NumberAct) -> None:
    """An act and what it does to the ledger. Raises ``IntegrityError`` when a number is another's already,
    ``OfficeBusy`` when one that is to be released is not reserved."""
    _add(connection, act, "entered")
    if act.action is Action.RELEASE:
        _release(connection, act)
    else:
        fresh = _not_reserved(connection, act) if act.action is Action.VOID else act.lines
        _take(connection, (Standing(act, line) for line in fresh))
    details = {
        "act": act.seq,
        "numbers": [in_full(line.number.series, line.number.text) for line in act.lines],
        "reason": act.reason,
        "until": act.until.isoformat() if act.until else "",
    }
    add_events(connection, [event_row(act.at, "", _EVENTS[act.action], act.by, details)])


def add_standing(connection: Connection, entered: Iterable[NumberAct]) -> None:
    """Acts that lie in the archive already, and the ledger as they leave it; for a register that is made anew."""
    known = tuple(entered)
    for act in known:
        _add(connection, act, "finished")
    _take(connection, standing(known).values())


def finish_act(connection: Connection, seq: int) -> None:
    """The act's files are in the archive. Raises ``ValueError`` unless it was waiting for that."""
    closed = connection.execute(
        update(acts).where(acts.c.seq == seq, acts.c.state == "entered").values(state="finished")
    )
    if closed.rowcount != 1:
        raise ValueError(f"act {seq} is not waiting to be finished")


def conflict(connection: Connection, act: NumberAct) -> GongwenError | None:
    """Why ``enter_act`` was refused, in words; None when nothing in the register stands in the way (so it is a bug)."""
    if connection.scalar(select(acts.c.seq).where(acts.c.seq == act.seq)):
        return OfficeBusy(
            _("号簿的第 {seq} 条记录刚被别人写了").format(seq=act.seq), remedy=_("再运行一次，会按新的情况办理")
        )
    return next(filter(None, (number_conflict(connection, line.number) for line in act.lines)), None)


def next_act(connection: Connection) -> int:
    """The number of the next act."""
    return (connection.scalar(select(func.max(acts.c.seq))) or 0) + 1


def acts_of(connection: Connection, query: Select[Any] | None = None) -> tuple[NumberAct, ...]:
    """The acts whose rows ``query`` (a select over ``act``) finds, every one without it; in the order of doing."""
    query = select(acts) if query is None else query
    found = connection.execute(query.order_by(acts.c.seq)).all()
    wanted = select(query.subquery().c.seq)
    lines: dict[int, list[ActLine]] = defaultdict(list)
    for row in connection.execute(
        select(act_line).where(act_line.c.act.in_(wanted)).order_by(act_line.c.act, act_line.c.position)
    ):
        lines[row.act].append(ActLine(Number(row.series, row.year, row.n, row.text), row.title, row.date, row.note))
    files: dict[int, dict[str, FiledFile]] = defaultdict(dict)
    for row in connection.execute(select(act_file).where(act_file.c.act.in_(wanted))):
        files[row.act][row.role] = FiledFile(row.path, row.sha256, row.size)
    return tuple(
        NumberAct(
            row.seq, Action(row.action), tuple(lines[row.seq]), row.actor, row.at, row.reason, row.until, files[row.seq]
        )
        for row in found
    )


def waiting() -> Select[Any]:
    """The acts whose files may still be on their way into the archive."""
    return select(acts).where(acts.c.state == "entered")


def _add(connection: Connection, act: NumberAct, state: str) -> None:
    row = {"seq": act.seq, "action": act.action.value, "state": state, "actor": act.by, "at": act.at}
    connection.execute(insert(acts), {**row, "reason": act.reason, "until": act.until})
    lines = [
        {
            "act": act.seq,
            "position": position,
            **_number(line.number),
            "title": line.title,
            "date": line.date,
            "note": line.note,
        }
        for position, line in enumerate(act.lines)
    ]
    connection.execute(insert(act_line), lines)
    files = [
        {"act": act.seq, "role": role, "path": file.path, "sha256": file.sha256, "size": file.size}
        for role, file in act.files.items()
    ]
    if files:
        connection.execute(insert(act_file), files)


def _take(connection: Connection, stands: Iterable[Standing]) -> None:
    rows = [_row(one) for one in stands]
    if rows:
        connection.execute(insert(number), rows)


def _release(connection: Connection, act: NumberAct) -> None:
    for line in act.lines:
        if connection.execute(delete(number).where(_is(line.number), number.c.state == "reserved")).rowcount != 1:
            raise OfficeBusy(
                _("{number} 不在预留中，没有释放").format(number=line.number.text),
                remedy=_("用 gongwen number list 看它现在的情况"),
            )


def _not_reserved(connection: Connection, act: NumberAct) -> list[ActLine]:
    """Voids the reserved ones of an act's numbers; returns the lines of those that were never used."""
    left = []
    for line in act.lines:
        row = _row(Standing(act, line))
        changed = connection.execute(update(number).where(_is(line.number), number.c.state == "reserved").values(row))
        if changed.rowcount == 0:
            left.append(line)
    return left


def _row(stands: Standing) -> dict[str, Any]:
    """The ledger's row for a number that an act holds."""
    act, line = stands.act, stands.line
    return {
        **_number(line.number),
        "names_issuer": names_issuer(line.number.text),
        "state": _STATES[act.action],
        "paper": None,
        "submission": None,
        "act": act.seq,
        "actor": act.by,
        "at": act.at,
        "reason": line.note if act.action is Action.IMPORT else act.reason,
        "title": line.title,
        "date": line.date,
        "until": act.until,
    }


def _number(one: Number) -> Mapping[str, Any]:
    return {"series": one.series, "year": one.year, "n": one.n, "text": one.text}


def _is(one: Number) -> Any:
    return and_(number.c.series == one.series, number.c.year == one.year, number.c.n == one.n)
