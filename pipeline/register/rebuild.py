"""The register made anew from what the archive holds.

It is built beside the old one, in one transaction, and takes its place only when it is whole. What the archive does
not know (the history but for the deeds, workbooks that went back, acts whose file is gone, numbers and 件号 given to a
paper that is lost) is carried over from the old register where that can still be read: a number once given is never
given again. The old register stays beside the new one under a dated name; nothing is thrown away.

A database file must not be renamed under a reader (sqlite.org/howtocorrupt.html, 1.4 and 2.4). So a healthy old one is
overwritten through SQLite's own backup, as a transaction; only a damaged or missing one is replaced as a file, and its
write-ahead log, which would be replayed into the new file, is moved away first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count, islice
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from pipeline.core import durable
from pipeline.core.acts import NumberAct
from pipeline.core.archival import filed_order, with_code
from pipeline.core.deeds import Action, Deed
from pipeline.core.errors import ArchiveDamaged, OfficeBusy
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Standing, standing
from pipeline.core.values import FiledPaper, Submission
from pipeline.register import tables
from pipeline.register.acting import acts_of, add_standing
from pipeline.register.carrying import carry_numbers, carry_pieces, keep_pieces
from pipeline.register.database import copy_database, open_database, reading, sound, writing
from pipeline.register.deeding import add_deeds, read_deeds, tell_deeds
from pipeline.register.entering import add_events, add_papers, event_row
from pipeline.register.rows import submission_row

_AT_ONCE = 500
_LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Archived:
    """What the archive knows: papers (those of which only remains are left are told by the deed that destroyed them),
    the workbooks they came from, acts on numbers, deeds."""

    papers: Iterable[FiledPaper]
    submissions: Iterable[Submission]
    acts: tuple[NumberAct, ...] = ()
    deeds: tuple[Deed, ...] = ()


def rebuild(path: Path, archived: Archived, at: datetime) -> None:
    """Put a register of exactly what is ``archived`` in the place of the one at ``path``.

    The caller holds the office's writer lock. Papers of one day are ordered as ``filed_order``
    says. Raises ``ArchiveDamaged``
    when they contradict one another (a number or 档号 twice, a void number on a paper, a paper without its submission),
    ``OfficeBusy`` when the old register holds what is not in the archive yet; the old register is untouched then.
    """
    fresh = path.with_name(f"{durable.TEMPORARY}{path.name}")
    _remove(fresh)
    old = _healthy(path)
    try:
        if old is not None:
            _refuse_unfinished(old, path)
        _build(fresh, old, archived, at)
    except BaseException:
        _remove(fresh)
        raise
    finally:
        if old is not None:
            old.dispose()
    if old is None:
        _set_aside(path, _free_name(path, at))
        fresh.replace(path)
    else:
        former = path.with_name(f"{durable.TEMPORARY}former-{path.name}")
        _remove(former)
        copy_database(path, former)
        former.rename(_free_name(path, at))
        copy_database(fresh, path)
        _remove(fresh)
    durable.fsync_folder(path.parent)


def _healthy(path: Path) -> Engine | None:
    """The old register, when there is one and SQLite finds nothing wrong with it."""
    if not path.exists():
        return None
    try:
        engine = open_database(path)
    except (ArchiveDamaged, DatabaseError) as error:
        if isinstance(error, DatabaseError) and not isinstance(error.orig, sqlite3.DatabaseError):
            raise
        return None
    if sound(engine):
        return engine
    engine.dispose()
    return None


def _refuse_unfinished(old: Engine, path: Path) -> None:
    with reading(old) as source:
        waiting = sum(
            source.scalar(select(func.count()).select_from(table).where(table.c.state == "entered")) or 0
            for table in (tables.submission, tables.act, tables.deed)
        )
    if waiting:
        raise OfficeBusy(
            _("还有 {count} 份表格、号簿或办理簿记录已登记而未归档完，现在重建会丢掉它们").format(count=waiting),
            where=str(path),
            remedy=_("先运行 gongwen run 把它们做完"),
        )


def _build(fresh: Path, old: Engine | None, archived: Archived, at: datetime) -> None:
    engine = open_database(fresh)
    try:
        with writing(engine) as connection:
            places = _add_submissions(connection, archived.submissions)
            if old is None:
                add_standing(connection, archived.acts)
                tell_deeds(connection, _in_order(archived.deeds))
                _add_papers(connection, archived.papers, archived.deeds, places, at)
            else:
                with reading(old) as source:
                    acts = (*archived.acts, *_lost_acts(source, archived.acts))
                    deeds = (*archived.deeds, *_lost_deeds(source, archived.deeds))
                    _carry_history(source, connection)
                    told = {deed.seq for deed in read_deeds(source)}
                    tell_deeds(connection, _in_order(deed for deed in deeds if deed.seq not in told))
                    add_standing(connection, acts)
                    _add_papers(connection, archived.papers, deeds, places, at)
                    carry_numbers(source, connection, acts)
                    carry_pieces(source, connection)
            keep_pieces(connection, archived.deeds)
    except IntegrityError as error:
        raise ArchiveDamaged(
            _("归档里的文件互相矛盾，不能重建登记册（{error}）").format(error=error.orig),
            where=str(fresh.parent),
            remedy=_("先运行 gongwen verify，找出重复的文号、档号或缺少的记录；原登记册没有改动"),
        ) from error
    finally:
        engine.dispose()


def _in_order(deeds: Iterable[Deed]) -> list[Deed]:
    """As they were done. The archive is the only one that remembers them: who withdrew a paper, and why."""
    return sorted(deeds, key=lambda deed: deed.seq)


def _lost_acts(old: Connection, archived: Iterable[NumberAct]) -> tuple[NumberAct, ...]:
    """The acts that the old register knows and the archive no longer does; ``verify`` goes on to miss their files."""
    known = {act.seq for act in archived}
    return tuple(act for act in acts_of(old) if act.seq not in known)


def _lost_deeds(old: Connection, archived: Iterable[Deed]) -> tuple[Deed, ...]:
    """The deeds that the old register knows and the archive no longer does.

    Of a destruction without its record nothing remains in the archive: its papers are lost ones, their numbers carried.
    """
    known = {deed.seq for deed in archived}
    lost = (deed for deed in read_deeds(old) if deed.seq not in known)
    return tuple(deed for deed in lost if deed.action is not Action.DESTROY)


def _add_submissions(connection: Connection, submissions: Iterable[Submission]) -> Mapping[str, int]:
    """Enters the submissions; returns each paper's place in its own."""
    places: dict[str, int] = {}
    for submission in submissions:
        places.update({paper: place for place, paper in enumerate(submission.papers)})
        connection.execute(insert(tables.submission), {**submission_row(submission), "state": "finished"})
    return places


def _add_papers(
    connection: Connection,
    papers: Iterable[FiledPaper],
    deeds: tuple[Deed, ...],
    places: Mapping[str, int],
    at: datetime,
) -> None:
    """The papers as the deeds leave them, and the deeds."""
    add_deeds(connection, deeds)
    every = sorted(papers, key=filed_order)
    known = {paper.paper for paper in every}
    later = {
        paper.paper for paper in every if paper.replaces in known
    }  # a version whose first one is lost has its number
    stand = standing(deeds, {paper.replaces: paper.paper for paper in every if paper.replaces})
    waiting = (_as_it_is(paper, stand.get(paper.paper, AS_FILED)) for paper in every)
    while some := list(islice(waiting, _AT_ONCE)):
        given = {paper.paper for paper in some}  # whoever carries a reserved number has taken it rightly
        add_papers(connection, ((places.get(paper.paper, 0), paper) for paper in some), given, later)
        add_events(connection, (event_row(at, paper.paper, "reindexed", "reindex", {}) for paper in some))


def _as_it_is(paper: FiledPaper, stands: Standing) -> FiledPaper:
    """The paper as its row has it after the deeds."""
    return with_code(replace(paper, status=stands.status.value), stands.archival_code)


def _carry_history(old: Connection, fresh: Connection) -> None:
    """The events, and the workbooks that went back."""
    returned = select(tables.submission).where(tables.submission.c.state == "returned")
    for query, table in ((returned, tables.submission), (select(tables.event).order_by("seq"), tables.event)):
        for some in old.execute(query).mappings().partitions(_AT_ONCE):
            fresh.execute(insert(table), [dict(row) for row in some])


def _free_name(path: Path, at: datetime) -> Path:
    """``register-20200416-120000.db``, for the register that was; no name is used twice."""
    name = f"{path.stem}-{at:%Y%m%d-%H%M%S}"
    names = chain([name], (f"{name}-{again}" for again in count(2)))
    return next(free for free in (path.with_name(name + path.suffix) for name in names) if not free.exists())


def _set_aside(path: Path, aside: Path) -> None:
    """Keep what lies at ``path`` under another name; its logs leave, so that nothing replays them."""
    for ending in ("", *_LOGS):
        source = path.with_name(path.name + ending)
        if source.exists():
            aside.with_name(aside.name + ending).hardlink_to(source)
            if ending:
                source.unlink()
    durable.fsync_folder(path.parent)


def _remove(database: Path) -> None:
    for ending in ("", *_LOGS):
        database.with_name(database.name + ending).unlink(missing_ok=True)
