"""Entering what was made: one transaction, all of it or nothing.

This is the point of no return of the whole way (docs/architecture.md). Before it everything can be thrown away; after
it the numbers are given for ever. The numbers were planned outside, so this is also where two planners meet: the
unique indexes let one of them through, and the other hears whose paper stands in the way and runs again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, select, update

from pipeline.core.acts import names_issuer
from pipeline.core.archival import UNARRANGED, filed_order
from pipeline.core.errors import ConfigurationError, GongwenError, OfficeBusy
from pipeline.core.findings import Finding
from pipeline.core.messages import _
from pipeline.core.standing import versions
from pipeline.core.values import FiledPaper, Number, Submission
from pipeline.register import chain, index, rows, tables

_IN_PLACE = ("filed", "reindexed")
"""Events after which a paper's files are in their places."""

_AT_ONCE = 500

_AGAIN = "本次登记已全部撤回；再运行一次，会按新的情况重新编号"


def enter(connection: Connection, submission: Submission, papers: Sequence[FiledPaper], given: Collection[str]) -> None:
    """Everything about a submission and its papers; those of ``given`` may take a reserved number.

    Raises ``IntegrityError`` when a unique index says no.
    """
    if submission.state != "entered" or submission.papers != tuple(paper.paper for paper in papers):
        raise ValueError(f"submission {submission.id} does not list the papers it enters")
    if any(paper.submission != submission.id for paper in papers):
        raise ValueError(f"a paper of another submission among those of {submission.id}")
    connection.execute(insert(tables.submission), rows.submission_row(submission))
    _replace(connection, papers)
    add_papers(connection, _as_filed(enumerate(papers)), given, [paper.paper for paper in papers if paper.replaces])
    add_events(
        connection,
        (event_row(paper.filed_at, paper.paper, "entered", submission.id, _entered(paper)) for paper in papers),
    )


def take_over(
    connection: Connection,
    submission: Submission,
    papers: Sequence[FiledPaper],
    source: str,
    at: datetime,
    in_set: Mapping[str, str],
) -> None:
    """Papers that were filed elsewhere, of a workbook of which others may be here already.

    They take no reserved number; a paper of which a newer version is here or among them comes in as replaced, and the
    version that came first holds the number for all. Raises ``IntegrityError`` when a unique index says no.
    """
    if submission.state != "entered" or any(paper.submission != submission.id for paper in papers):
        raise ValueError(f"a paper of another submission among those of {submission.id}")
    before = connection.execute(select(tables.submission).where(tables.submission.c.id == submission.id)).first()
    if before is None:
        connection.execute(insert(tables.submission), rows.submission_row(submission))
    else:
        here = update(tables.submission).where(tables.submission.c.id == submission.id)
        connection.execute(here.values(state="entered", closed_at=None))
    others = tables.paper.c.submission == submission.id
    first = connection.scalar(select(func.max(tables.paper.c.position) + 1).where(others)) or 0
    old = {paper.replaces for paper in papers if paper.replaces}
    named = {*(one.paper for one in papers), *old, *in_set.values()}
    newer = {**newer_of(connection, named), **in_set, **_newer_among(papers)}
    connection.execute(update(tables.paper).where(tables.paper.c.id.in_(old)).values(status="replaced"))
    there = {one.paper for one in papers} | set(_known(connection, old))
    numbered = _numbered(connection, papers, versions(newer))
    papers = [replace(paper, status="replaced") if paper.paper in newer else paper for paper in papers]
    add_papers(connection, _as_filed(enumerate(papers, start=first)), frozenset(), numbered)
    add_events(
        connection,
        (event_row(at, one.paper, "taken-over", source, {**_entered(one), "from": source}) for one in papers),
    )
    add_events(connection, (_replaced(one, at) for one in papers if one.replaces in there))


def _as_filed(placed: Iterable[tuple[int, FiledPaper]]) -> list[tuple[int, FiledPaper]]:
    return sorted(placed, key=lambda one: filed_order(one[1]))


def _newer_among(papers: Iterable[FiledPaper]) -> Mapping[str, str]:
    return {paper.replaces: paper.paper for paper in papers if paper.replaces}


def _known(connection: Connection, papers: Collection[str]) -> Iterable[str]:
    """Those of these papers that are in the register."""
    return connection.scalars(select(tables.paper.c.id).where(tables.paper.c.id.in_(papers)))


def _numbered(
    connection: Connection, papers: Iterable[FiledPaper], chains: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """The papers whose number the ledger has, or will have, in the name of another of their versions."""
    holders: dict[tuple[str, int, int], str] = {}
    numbered: set[str] = set()
    for paper in papers:
        place, chain = (paper.series, paper.year, paper.n), chains.get(paper.paper, ())
        if paper.number and chain:
            held = holders.get(place) or connection.scalar(select(tables.number.c.paper).where(_same(*place)))
            holders[place] = held or paper.paper
            if held in chain:
                numbered.add(paper.paper)
    return frozenset(numbered)


def _replace(connection: Connection, papers: Sequence[FiledPaper]) -> None:
    """The versions before these are replaced. Raises ``OfficeBusy`` where one no longer stands."""
    later = [paper for paper in papers if paper.replaces]
    for paper in later:
        before = (tables.paper.c.id == paper.replaces) & (tables.paper.c.status == "valid")
        if connection.execute(update(tables.paper).where(before).values(status="replaced")).rowcount != 1:
            raise OfficeBusy(_("《{title}》要更正的那一版刚被别人改了").format(title=paper.title), remedy=_(_AGAIN))
    add_events(connection, (_replaced(paper, paper.filed_at) for paper in later))


def _replaced(later: FiledPaper, at: datetime) -> dict[str, Any]:
    """What the version before has to tell of the one that took its place."""
    told = {"by": later.paper, "version": later.version, "reason": later.correction}
    return event_row(at, later.replaces, "replaced", later.submission, told)


def newer_of(connection: Connection, papers: Collection[str]) -> Mapping[str, str]:
    """The next version of each of these papers and of all their other versions, as far as they have one."""
    newer: dict[str, str] = {}
    seen, fresh = set[str](), set(papers)
    while fresh:
        some = sorted(fresh)
        for start in range(0, len(some), _AT_ONCE):
            newer |= _beside(connection, some[start : start + _AT_ONCE])
        seen |= fresh
        fresh = {*newer, *newer.values()} - seen
    return newer


def _beside(connection: Connection, papers: Sequence[str]) -> Mapping[str, str]:
    """The next version of each of these papers, and these papers as next versions of others."""
    own = tables.paper.c
    query = select(own.replaces, own.id).where(own.replaces != "")
    query = query.where(own.replaces.in_(papers) | own.id.in_(papers))
    return {row.replaces: row.id for row in connection.execute(query)}


def _entered(paper: FiledPaper) -> Mapping[str, Any]:
    return {
        "number": paper.number,
        "archival_code": paper.archival_code,
        "source": paper.source_name,
        "sha256": {role: one.sha256 for role, one in paper.files.items()},
    }


def add_papers(
    connection: Connection,
    papers: Iterable[tuple[int, FiledPaper]],
    given: Collection[str],
    numbered: Collection[str] = (),
) -> None:
    """Papers with their numbers, files, people and index entries; each comes with its position in its submission.

    Only papers of ``given`` may carry a number that is reserved: a planned one never is. Those of ``numbered`` are
    versions of papers in whose name the ledger has their number already.
    """
    keys: dict[date, int] = {}
    lines: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    entries: list[tuple[int, FiledPaper]] = []
    taking: list[dict[str, Any]] = []
    reserved = _reserved(connection)
    for position, paper in papers:
        key = keys[paper.date] if paper.date in keys else rows.free_key(connection, paper.date)
        keys[paper.date] = key + 1
        lines[tables.paper].append(rows.paper_row(paper, key, position))
        if paper.number and paper.paper not in numbered:
            takes = paper.paper in given and (paper.series, paper.year, paper.n) in reserved
            (taking if takes else lines[tables.number]).append(rows.number_row(paper))
        lines[tables.file].extend(rows.file_rows(paper, key))
        lines[tables.person].extend(rows.person_rows(paper, key))
        entries.append((key, paper))
    for table in (tables.paper, tables.number, tables.file, tables.person):
        if lines[table]:
            connection.execute(insert(table), lines[table])
    for row in taking:
        connection.execute(
            update(tables.number).where(_same(row["series"], row["year"], row["n"])).values({**row, "until": None})
        )
    index.add(connection, sorted(entries, key=lambda entry: entry[0]))  # FTS5 writes rising keys in one segment


def _reserved(connection: Connection) -> frozenset[tuple[str, int, int]]:
    """The numbers that are kept for a paper to come."""
    ledger = tables.number.c
    query = select(ledger.series, ledger.year, ledger.n).where(ledger.state == "reserved")
    return frozenset((row.series, row.year, row.n) for row in connection.execute(query))


def _same(series: str, year: int, n: int) -> ColumnElement[bool]:
    ledger = tables.number.c
    return and_(ledger.series == series, ledger.year == year, ledger.n == n)


def finish(connection: Connection, submission: str, at: datetime) -> None:
    """Every file of the submission is in the archive. Raises ``ValueError`` unless its state is "entered"."""
    closed = connection.execute(
        update(tables.submission)
        .where(tables.submission.c.id == submission, tables.submission.c.state == "entered")
        .values(state="finished", closed_at=at)
    )
    if closed.rowcount != 1:
        raise ValueError(f"submission {submission} is not waiting to be finished")
    event = tables.event.c
    told = exists().where(event.paper == tables.paper.c.id, event.action.in_(_IN_PLACE))  # they came earlier
    here = (tables.paper.c.submission == submission) & ~told
    papers = connection.scalars(select(tables.paper.c.id).where(here).order_by(tables.paper.c.position))
    add_events(connection, [event_row(at, paper, "filed", submission, {}) for paper in papers])


def note_returned(connection: Connection, submission: Submission, findings: Sequence[Finding]) -> None:
    """A workbook that went back, with what was wrong in it."""
    if submission.state != "returned" or submission.papers:
        raise ValueError(f"submission {submission.id} was not returned")
    row = {**rows.submission_row(submission), "findings": len(findings), "closed_at": submission.received_at}
    connection.execute(insert(tables.submission), row)
    details = {"name": submission.name, "findings": [finding.as_json() for finding in findings]}
    add_events(connection, [event_row(submission.received_at, "", "returned", submission.id, details)])


def event_row(at: datetime, paper: str, action: str, actor: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """One line of history."""
    return {"at": at, "paper": paper, "action": action, "actor": actor, "details": dict(details)}


def add_events(connection: Connection, lines: Iterable[dict[str, Any]]) -> None:
    """Append to the history, each linked to the one before."""
    listed = list(chain.linked(connection, lines))
    if listed:
        connection.execute(insert(tables.event), listed)


def conflict(connection: Connection, submission: Submission, papers: Sequence[FiledPaper]) -> GongwenError | None:
    """Why ``enter`` was refused, in words; None when nothing in the register stands in the way (so it is a bug)."""
    if connection.scalar(select(tables.submission.c.id).where(tables.submission.c.id == submission.id)):
        return OfficeBusy(
            _("这份表格已经登记过（{submission}）").format(submission=submission.id),
            where=submission.name,
            remedy=_("再运行一次，会接着做完"),
        )
    for paper in papers:
        number = Number(paper.series, paper.year, paper.n, paper.number)
        fault = (number_conflict(connection, number) if paper.number else None) or _fault(connection, paper)
        if fault is not None:
            fault.where = submission.name
            return fault
    return None


def number_conflict(connection: Connection, number: Number) -> GongwenError | None:
    """Why a number cannot be entered, in words; None when it is free."""
    ledger = tables.number
    held = connection.execute(select(ledger).where(_same(number.series, number.year, number.n))).first()
    if held is not None:
        return OfficeBusy(
            _("{number} 已被占用：{owner}").format(number=number.text, owner=_owner(connection, held.paper)),
            remedy=_(_AGAIN),
        )
    twin = connection.execute(select(ledger).where(ledger.c.text == number.text, ledger.c.names_issuer)).first()
    if twin is not None and names_issuer(number.text):
        return ConfigurationError(
            _("{number} 已在另一个编号序列“{series}”里：{owner}").format(
                number=number.text, series=twin.series, owner=_owner(connection, twin.paper)
            ),
            remedy=_("写法相同的文号要用同一个编号序列：核对各文种 kind.toml 的 [numbering]"),
        )
    return None


def _fault(connection: Connection, paper: FiledPaper) -> GongwenError | None:
    table = tables.paper
    same_piece = (table.c.lowest_class == paper.lowest_class) & (table.c.piece == paper.piece)
    same_code = table.c.archival_code == paper.archival_code
    for condition in (
        (table.c.identity == paper.identity) & (table.c.status == "valid"),
        table.c.id == paper.paper,
        *((given & (table.c.piece > 0) for given in (same_piece, same_code)) if paper.piece else ()),
    ):
        owner = connection.scalar(select(table.c.id).where(condition))
        if owner is not None:
            return OfficeBusy(
                _("《{title}》登记不了，与已登记的重复：{owner}").format(
                    title=paper.title, owner=_owner(connection, owner)
                ),
                remedy=_(_AGAIN),
            )
    return None


def _owner(connection: Connection, paper: str | None) -> str:
    """``《关于…的通知》（档号 D001-WS·2020-D10-ZZB-0001）``."""
    found = connection.execute(select(tables.paper).where(tables.paper.c.id == paper)).first()
    if found is None:
        return _("它是预留、作废的号，或者手工登记簿里的号")
    return _("《{title}》（档号 {code}）").format(title=found.title, code=found.archival_code or _(UNARRANGED))
