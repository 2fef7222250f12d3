"""Deeds in the register: entered like papers, in one transaction, before the archive holds them.

What a paper is after its deeds is folded from them (``core.standing.standing``); of that only the status and the 档号
that the arrangement gave stand in the paper's own row, because searches and counts ask for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, select, update

from pipeline.core.archival import with_code
from pipeline.core.deeds import CODE, Action, Deed, DeedLine, remains_of
from pipeline.core.errors import GongwenError, OfficeBusy
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Standing, objection, standing
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.register import index, rows
from pipeline.register.entering import add_events, event_row, newer_of
from pipeline.register.tables import deed as deeds
from pipeline.register.tables import deed_file, deed_line, file, paper, person

_OWN = 0
"""The position of a deed's own files; those beside a paper have that of its line, from 1."""

_AT_ONCE = 500


def enter_deed(connection: Connection, deed: Deed) -> None:
    """A deed and what it does to its papers. Raises ``OfficeBusy`` when it can no longer be done."""
    papers = [line.paper for line in deed.lines]
    stand = standing_of(connection, papers)
    coded = set(rows.coded(connection, papers)) if deed.action is Action.ARRANGE else frozenset[str]()
    for line in deed.lines:
        why = objection(deed.action, stand.get(line.paper, AS_FILED), line.paper in coded)
        if why:
            raise OfficeBusy(
                _("《{title}》：{why}").format(title=line.title, why=why), remedy=_("再运行一次，会按新的情况办理")
            )
    _add(connection, deed, "entered")
    if deed.action is Action.DESTROY:
        _forget_contents(connection, papers)
    after = standing_of(connection, papers)
    if deed.action is Action.ARRANGE:
        _keep_codes(connection, after)
    keep_status(connection, after)
    tell_deeds(connection, (deed,))


def tell_deeds(connection: Connection, done: Iterable[Deed]) -> None:
    """Write deeds into the history of their papers."""
    add_events(
        connection,
        (
            event_row(deed.at, line.paper, deed.action.value, deed.by, _event(deed, line))
            for deed in done
            for line in deed.lines
        ),
    )


def add_deeds(connection: Connection, entered: Iterable[Deed]) -> None:
    """Deeds that lie in the archive already; for a register that is made anew."""
    for deed in entered:
        _add(connection, deed, "finished")


def keep_status(connection: Connection, stand: Mapping[str, Standing]) -> None:
    """Write the status of papers into their rows."""
    for one, stands in stand.items():
        connection.execute(update(paper).where(paper.c.id == one).values(status=stands.status.value))


def finish_deed(connection: Connection, seq: int) -> None:
    """The deed's files are in the archive. Raises ``ValueError`` unless it was waiting for that."""
    closed = connection.execute(
        update(deeds).where(deeds.c.seq == seq, deeds.c.state == "entered").values(state="finished")
    )
    if closed.rowcount != 1:
        raise ValueError(f"deed {seq} is not waiting to be finished")


def conflict(connection: Connection, deed: Deed) -> GongwenError | None:
    """Why ``enter_deed`` was refused, in words; None when nothing stands in the way (so it is a bug)."""
    again = _("再运行一次，会按新的情况办理")
    if connection.scalar(select(deeds.c.seq).where(deeds.c.seq == deed.seq)):
        return OfficeBusy(_("办理簿的第 {seq} 条记录刚被别人写了").format(seq=deed.seq), remedy=again)
    given = [told[CODE] for line in deed.lines if CODE in (told := deed.told(line))]
    for start in range(0, len(given), _AT_ONCE):
        taken = paper.c.archival_code.in_(given[start : start + _AT_ONCE])
        code = connection.scalar(select(paper.c.archival_code).where(taken, paper.c.piece > 0))
        if code is not None:
            return OfficeBusy(_("档号 {code} 已被占用").format(code=code), remedy=again)
    return None


def next_deed(connection: Connection) -> int:
    """The number of the next deed."""
    return (connection.scalar(select(func.max(deeds.c.seq))) or 0) + 1


def standing_of(connection: Connection, papers: Collection[str]) -> Mapping[str, Standing]:
    """What these papers are after all deeds about them, and about their other versions.

    Where few are asked for, the deeds in it have the lines about these alone: the arrangement of a year speaks of
    thousands of papers, and one of them is shown.
    """
    newer = newer_of(connection, papers)
    wanted, found = sorted({*papers, *newer, *newer.values()}), set[int]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = deed_line.c.paper.in_(wanted[start : start + _AT_ONCE])
        found.update(connection.scalars(select(deed_line.c.deed).where(some)))
    stand = standing(deeds_of(connection, found, wanted if len(wanted) <= _AT_ONCE else ()), newer)
    known = set(papers)
    return {one: stands for one, stands in stand.items() if one in known}


def destroyed() -> Select[Any]:
    """A query for the ids of the papers that were destroyed."""
    of_lines = select(deed_line.c.paper).join(deeds, deeds.c.seq == deed_line.c.deed)
    return of_lines.where(deeds.c.action == Action.DESTROY.value)


def gone(connection: Connection) -> Mapping[str, str]:
    """Where files of destroyed papers lay (path and digest): their own, and what deeds put beside them.

    Not the workbooks that they came from, which others may have come from too.
    """
    own = (
        select(file.c.path, file.c.sha256)
        .join(paper, paper.c.key == file.c.paper_key)
        .where(file.c.role != "source", paper.c.id.in_(destroyed()))
    )
    beside = (
        select(deed_file.c.path, deed_file.c.sha256)
        .join(deed_line, (deed_line.c.deed == deed_file.c.deed) & (deed_line.c.position == deed_file.c.position))
        .where(deed_line.c.paper.in_(destroyed()))
    )
    return {row.path: row.sha256 for query in (own, beside) for row in connection.execute(query)}


def still_held(connection: Connection, paths: Sequence[str]) -> frozenset[str]:
    """Those of these paths that are files of a paper which was not destroyed."""
    held: set[str] = set()
    for start in range(0, len(paths), _AT_ONCE):
        mine = (
            select(file.c.path)
            .join(paper, paper.c.key == file.c.paper_key)
            .where(file.c.path.in_(paths[start : start + _AT_ONCE]), paper.c.id.not_in(destroyed()))
        )
        held.update(connection.scalars(mine))
    return frozenset(held)


def deeds_of(connection: Connection, seqs: Collection[int], about: Sequence[str] = ()) -> tuple[Deed, ...]:
    """The deeds with these numbers, in the order of doing; with the lines ``about`` some papers (ids) where named."""
    wanted, found = sorted(seqs), list[Deed]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = select(deeds).where(deeds.c.seq.in_(wanted[start : start + _AT_ONCE]))
        found.extend(read_deeds(connection, some, about))
    return tuple(found)


def read_deeds(connection: Connection, query: Select[Any] | None = None, about: Sequence[str] = ()) -> tuple[Deed, ...]:
    """The deeds whose rows ``query`` (a select over ``deed``) finds, every one without it; in the order of doing.

    ``about`` as ``deeds_of`` has it; there is a line about one of the papers in every deed then.
    """
    query = select(deeds) if query is None else query
    wanted = select(query.subquery().c.seq)
    files: dict[tuple[int, int], dict[str, FiledFile]] = defaultdict(dict)
    for row in connection.execute(_files(wanted, about)):
        files[row.deed, row.position][row.role] = FiledFile(row.path, row.sha256, row.size)
    remains = _remains(connection, wanted)
    lines: dict[int, list[DeedLine]] = defaultdict(list)
    for row in connection.execute(_lines(wanted, about).order_by(deed_line.c.deed, deed_line.c.position)):
        told = (row.paper, row.number, row.title, row.archival_code, row.details)
        lines[row.deed].append(DeedLine(*told, files[row.deed, row.position], remains.get((row.deed, row.paper))))
    return tuple(
        Deed(
            row.seq,
            Action(row.action),
            tuple(lines[row.seq]),
            row.actor,
            row.at,
            row.reason,
            tuple(row.also),
            row.details,
            files[row.seq, _OWN],
        )
        for row in connection.execute(query.order_by(deeds.c.seq))
    )


def _lines(wanted: Select[Any], about: Sequence[str]) -> Select[Any]:
    """The lines of deeds, all or those about some papers."""
    lines = select(deed_line).where(deed_line.c.deed.in_(wanted))
    return lines.where(deed_line.c.paper.in_(about)) if about else lines


def _files(wanted: Select[Any], about: Sequence[str]) -> Select[Any]:
    """The deeds' own files and those of their lines, as ``_lines`` has them."""
    files = select(deed_file).where(deed_file.c.deed.in_(wanted))
    if not about:
        return files
    line_of = (deed_line.c.deed == deed_file.c.deed) & (deed_line.c.position == deed_file.c.position)
    return files.where((deed_file.c.position == _OWN) | exists().where(line_of, deed_line.c.paper.in_(about)))


def waiting() -> Select[Any]:
    """The deeds whose files may still be on their way into the archive."""
    return select(deeds).where(deeds.c.state == "entered")


def _remains(connection: Connection, wanted: Select[Any]) -> Mapping[tuple[int, str], FiledPaper]:
    """What is left of the papers that these deeds destroyed: what stands in their own rows, by deed and paper."""
    gone = destroyed().where(deed_line.c.deed.in_(wanted))
    by_paper = {row.paper: row.deed for row in connection.execute(gone.add_columns(deed_line.c.deed))}
    if not by_paper:
        return {}
    own = select(paper).where(paper.c.id.in_(gone))
    return {(by_paper[one.paper], one.paper): remains_of(one) for one in rows.papers_of(connection, own)}


def _forget_contents(connection: Connection, papers: Collection[str]) -> None:
    """Take from the register what only the contents of destroyed papers said; number, title and history stay."""
    for one in papers:
        own = select(paper).where(paper.c.id == one)
        key = connection.scalar(own.with_only_columns(paper.c.key))
        (whole,) = rows.papers_of(connection, own)
        connection.execute(delete(person).where(person.c.paper_key == key))
        connection.execute(update(paper).where(paper.c.key == key).values(text="", data=""))
        index.replace(connection, int(key or 0), whole, remains_of(whole))


def _keep_codes(connection: Connection, stand: Mapping[str, Standing]) -> None:
    """Write the 档号 that papers were given into their rows, and into what finds them."""
    wanted = sorted(stand)
    for start in range(0, len(wanted), _AT_ONCE):
        own = select(paper).where(paper.c.id.in_(wanted[start : start + _AT_ONCE]))
        keys = {row.id: row.key for row in connection.execute(own.with_only_columns(paper.c.id, paper.c.key))}
        for before in rows.papers_of(connection, own):
            after = with_code(before, stand[before.paper].archival_code)
            given = {name: getattr(after, name) for name in rows.CODED}
            connection.execute(update(paper).where(paper.c.key == keys[before.paper]).values(given))
            index.replace(connection, keys[before.paper], before, after)


def _event(deed: Deed, line: DeedLine) -> Mapping[str, Any]:
    return {
        "deed": deed.seq,
        "reason": deed.reason,
        "also": list(deed.also),
        "details": dict(deed.told(line)),
        "sha256": {role: one.sha256 for role, one in line.files.items()},
    }


def _add(connection: Connection, deed: Deed, state: str) -> None:
    row = {"seq": deed.seq, "action": deed.action.value, "state": state, "actor": deed.by, "at": deed.at}
    told = {"reason": deed.reason, "also": list(deed.also), "details": dict(deed.details)}
    connection.execute(insert(deeds), {**row, **told})
    lines = [
        {
            "deed": deed.seq,
            "position": position,
            "paper": line.paper,
            "number": line.number,
            "title": line.title,
            "archival_code": line.archival_code,
            "details": dict(line.details),
        }
        for position, line in enumerate(deed.lines, start=1)
    ]
    connection.execute(insert(deed_line), lines)
    every = [(_OWN, deed.files), *((position, line.files) for position, line in enumerate(deed.lines, start=1))]
    files = [
        {"deed": deed.seq, "position": position, "role": role, "path": one.path, "sha256": one.sha256, "size": one.size}
        for position, some in every
        for role, one in some.items()
    ]
    if files:
        connection.execute(insert(deed_file), files)
