"""The full-text index: what of a paper can be found, and how a query becomes SQL.

Results come newest first (by date of the paper, then by order of entry) straight from the index, whose row numbers
are the papers' keys; sorting is what makes common words slow. Portable SQL ends here: this is the module to write
anew for another database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    bindparam,
    column,
    insert,
    literal_column,
    select,
    table,
    text,
)

from pipeline.core.text import nfc, without_forbidden
from pipeline.core.values import FiledPaper, Hit, IndexQuery
from pipeline.register import rows, tables
from pipeline.register.grams import indexed, phrase
from pipeline.register.snippets import snippet

_words = table("paper_text", *(column(name) for name in ("rowid", "title", "number", "organisation", "people", "body")))
_SEPARATOR = "。"  # between two names, so that no pair of characters spans them


def add(connection: Connection, entries: Iterable[tuple[int, FiledPaper]]) -> None:
    """Index papers under their keys."""
    lines = [
        {
            "rowid": key,
            "title": indexed(paper.title),
            "number": indexed(_SEPARATOR.join((paper.number, paper.archival_code))),
            "organisation": indexed(_SEPARATOR.join((paper.organisation, paper.organisation_code))),
            "people": indexed(_SEPARATOR.join(paper.people)),
            "body": indexed(paper.text),
        }
        for key, paper in entries
    ]
    if lines:
        connection.execute(insert(_words), lines)


def search(connection: Connection, query: IndexQuery) -> tuple[Hit, ...]:
    """The papers that fit, newest first, at most ``query.limit``.

    Signs alone are nothing to look for: a query of them, and nothing else, finds nothing rather than everything.
    """
    expression = _expression(query)
    if not expression and (any(query.words) or query.number or query.organisation):
        return ()
    papers = rows.papers_of(connection, _statement(query, expression))
    return tuple(Hit(paper, snippet(_places(paper), query.words)) for paper in papers)


def _expression(query: IndexQuery) -> str:
    """All words, anywhere; the number among the numbers, the organisation (a part of its name, or its code) there."""
    parts = [phrase(word) for word in query.words]
    for place, wanted in (("number", phrase(query.number)), ("organisation", phrase(query.organisation))):
        if wanted:
            parts.append(f"{place} : {wanted}")
    return " AND ".join(part for part in parts if part)


def _statement(query: IndexQuery, expression: str) -> Select[Any]:
    paper = tables.paper
    limit = max(0, query.limit)
    if not expression:
        return select(paper).where(*_filters(query, "paper.key")).order_by(paper.c.key.desc()).limit(limit)
    # CROSS JOIN holds SQLite to this order of tables: the index first, newest first, then each paper by its key.
    hits = (
        select(literal_column("paper.key", Integer).label("key"))
        .select_from(text("paper_text CROSS JOIN paper ON paper.key = paper_text.rowid"))
        .where(text("paper_text MATCH :expression").bindparams(bindparam("expression", expression, String)))
        .where(*_filters(query, "paper_text.rowid"))
        .order_by(text("paper_text.rowid DESC"))
        .limit(limit)
        .subquery()
    )
    return select(paper).join(hits, hits.c.key == paper.c.key).order_by(paper.c.key.desc())


def _filters(query: IndexQuery, key: str) -> list[ColumnElement[bool]]:
    """The conditions on the paper itself; the range of days is one on its key."""
    by_key = literal_column(key, Integer)
    filters: list[ColumnElement[bool]] = []
    if query.year is not None:
        filters.append(literal_column("paper.year", Integer) == query.year)
    if query.since is not None:
        filters.append(by_key >= rows.first_key(query.since))
    if query.until is not None:
        filters.append(by_key < rows.first_key(query.until) + (1 << rows.DAY_BITS))
    if query.kind:
        wanted = without_forbidden(nfc(query.kind))
        identifier, name = (literal_column(f"paper.{one}", String) for one in ("kind", "kind_name"))
        filters.append((identifier == wanted) | (name == wanted))
    return filters


def _places(paper: FiledPaper) -> tuple[str, ...]:
    return (paper.text, paper.title, paper.number, "、".join(paper.people), paper.organisation)
