"""Core values as rows of the register, and rows as core values again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select

from pipeline.core.acts import names_issuer
from pipeline.core.filed import JOINT_ORGANS
from pipeline.core.values import FiledFile, FiledPaper, Submission
from pipeline.register import tables

DAY_BITS = 32
"""Bits of a key below the day: room for four thousand million papers a day."""

_AT_ONCE = 1000
_ELSEWHERE = {"files", "people"}
_COLUMNS = tuple(field.name for field in fields(FiledPaper) if field.name not in _ELSEWHERE and field.name != "paper")
_SHORT = tuple(name for name in _COLUMNS if name not in {"text", "data"})

CODED = ("archival_code", "lowest_class", "piece", "retention")
"""The columns that the arrangement fills in."""

PaperRow = Row[Any]


def first_key(day: date) -> int:
    """The lowest key of a day's papers. Keys count up within the day, so the highest key is the newest paper.

    Full-text search hands out rows by key without sorting (PITFALLS: 0.4 ms against 57 ms), so the key is the order.
    """
    return day.toordinal() << DAY_BITS


def free_key(connection: Connection, day: date) -> int:
    """The key after the last paper of that day."""
    highest = connection.scalar(
        select(func.max(tables.paper.c.key)).where(
            tables.paper.c.key >= first_key(day), tables.paper.c.key < first_key(day) + (1 << DAY_BITS)
        )
    )
    return first_key(day) if highest is None else int(highest) + 1


def paper_row(paper: FiledPaper, key: int, position: int) -> dict[str, Any]:
    """The row of the paper itself; ``position`` is its place in the submission."""
    row = {name: getattr(paper, name) for name in _COLUMNS}
    return {**row, "id": paper.paper, "key": key, "position": position}


def number_row(paper: FiledPaper) -> dict[str, Any]:
    """The ledger's row for the number that a paper carries."""
    return {
        "series": paper.series,
        "year": paper.year,
        "n": paper.n,
        "text": paper.number,
        "names_issuer": names_issuer(paper.number),
        "state": "allocated",
        "paper": paper.paper,
        "submission": paper.submission,
        "actor": paper.submission,
        "at": paper.filed_at,
        "reason": "",
    }


def coded(connection: Connection, papers: Sequence[str]) -> Iterator[str]:
    """Those of these papers (ids) that have a 档号."""
    for start in range(0, len(papers), _AT_ONCE):
        some = tables.paper.c.id.in_(papers[start : start + _AT_ONCE])
        yield from connection.scalars(select(tables.paper.c.id).where(some, tables.paper.c.piece > 0))


def file_rows(paper: FiledPaper, key: int) -> list[dict[str, Any]]:
    """One row for each file."""
    return [
        {"paper_key": key, "role": role, "path": one.path, "sha256": one.sha256, "size": one.size}
        for role, one in paper.files.items()
    ]


def person_rows(paper: FiledPaper, key: int) -> list[dict[str, Any]]:
    """One row for each person named, in the order of the paper."""
    return [{"paper_key": key, "position": place, "name": name} for place, name in enumerate(paper.people)]


def papers_of(connection: Connection, query: Select[Any]) -> list[FiledPaper]:
    """The papers whose rows ``query`` (a select over ``paper``) finds, in its order."""
    rows = connection.execute(query).all()
    return assemble(connection, rows)


def listed_papers(connection: Connection, wanted: ColumnElement[bool]) -> list[FiledPaper]:
    """The papers that fit in the order of their keys, without what is long in them: text and values are empty.

    Only a joint paper (联合行文) keeps its values: the other organs stand there, and lists name every one.
    """
    table = tables.paper.c
    joint = case((func.instr(table.data, f'"{JOINT_ORGANS}"') > 0, table.data), else_="").label("data")
    wanted_columns = [table.key, table.id, *(table[name] for name in _SHORT), joint]
    query = select(*wanted_columns).where(wanted).order_by("key")
    return assemble(connection, connection.execute(query).all(), (*_SHORT, "data"))


def assemble(connection: Connection, rows: Sequence[PaperRow], columns: Sequence[str] = _COLUMNS) -> list[FiledPaper]:
    """Papers from their rows; files and people are fetched for ``_AT_ONCE`` papers in two statements."""
    papers: list[FiledPaper] = []
    for start in range(0, len(rows), _AT_ONCE):
        papers.extend(_assemble(connection, rows[start : start + _AT_ONCE], columns))
    return papers


def _assemble(connection: Connection, rows: Sequence[PaperRow], columns: Sequence[str]) -> Iterator[FiledPaper]:
    keys = [row.key for row in rows]
    files: dict[int, dict[str, FiledFile]] = defaultdict(dict)
    file, person = tables.file.c, tables.person.c
    lying = select(file.paper_key, file.role, file.path, file.sha256, file.size).where(file.paper_key.in_(keys))
    for key, role, path, sha256, size in connection.execute(lying).all():
        files[key][role] = FiledFile(path, sha256, size)
    people: dict[int, list[str]] = defaultdict(list)
    named = select(person.paper_key, person.name).where(person.paper_key.in_(keys)).order_by(person.position)
    for key, name in connection.execute(named).all():
        people[key].append(name)
    for row in rows:
        known = row._asdict()  # a row looks each name up anew
        yield FiledPaper(
            paper=known["id"],
            files=files[known["key"]],
            people=tuple(people[known["key"]]),
            **{name: known[name] for name in columns},
        )


def submissions_of(connection: Connection, query: Select[Any]) -> list[Submission]:
    """The submissions whose rows ``query`` (a select over ``submission``) finds, in its order."""
    rows = connection.execute(query).all()
    made: dict[str, list[str]] = defaultdict(list)
    of_these = tables.paper.c.submission.in_([row.id for row in rows])
    for one in connection.execute(
        select(tables.paper.c.submission, tables.paper.c.id).where(of_these).order_by(tables.paper.c.position)
    ):
        made[one.submission].append(one.id)
    return [
        Submission(
            row.id, row.name, row.sha256, row.kind, row.state, row.received_at, tuple(made[row.id]), row.findings
        )
        for row in rows
    ]


def submission_row(submission: Submission) -> dict[str, Any]:
    """The submission's own row; its papers stand in theirs."""
    return {
        "id": submission.id,
        "name": submission.name,
        "sha256": submission.sha256,
        "kind": submission.kind,
        "state": submission.state,
        "received_at": submission.received_at,
        "findings": submission.findings,
    }
