"""The full-text index: what of a paper can be found, and how a query becomes SQL.

Results come newest first (by date of the paper, then by order of entry) straight from the index, whose row numbers
are the papers' keys; sorting is what makes common words slow, so ``ranking`` ranks the newest hits only. Portable SQL
ends here: this is the module to write anew for another database.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    bindparam,
    column,
    exists,
    insert,
    select,
    table,
    text,
)

from pipeline.core.text import on_one_line
from pipeline.core.values import FiledPaper, Hit, IndexQuery
from pipeline.register import ranking, rows, tables
from pipeline.register.grams import folded, indexed, phrase
from pipeline.register.snippets import marks, snippet

_words = table(
    "paper_text",
    column("rowid", Integer),
    *(column(name, String) for name in ("title", "number", "organisation", "people", "body", "facets")),
)
_NOT_IN_A_WORD = re.compile("[\x00-/:-@[-`{-\x7f\ud800-\udfff]+")  # where the tokenizer ``ascii`` would cut
_FEW = 200
"""How many papers may be listed one by one in a query."""
_SEPARATOR = "。"  # between two names, so that no pair of characters spans them


def add(connection: Connection, entries: Iterable[tuple[int, FiledPaper]]) -> None:
    """Index papers under their keys."""
    lines = [_line(key, paper) for key, paper in entries]
    if lines:
        connection.execute(insert(_words), lines)


def replace(connection: Connection, key: int, before: FiledPaper, after: FiledPaper) -> None:
    """Index a paper anew that is known as ``before``: a contentless index must be told what it is to forget."""
    names = ", ".join(_words.c.keys())
    values = ", ".join(f":{name}" for name in _words.c.keys())  # noqa: SIM118 - columns, not a dict
    forget = text(f"INSERT INTO paper_text (paper_text, {names}) VALUES ('delete', {values})")
    connection.execute(forget, _line(key, before))
    add(connection, [(key, after)])


def _line(key: int, paper: FiledPaper) -> dict[str, Any]:
    return {
        "rowid": key,
        "title": indexed(paper.title),
        "number": indexed(_SEPARATOR.join((paper.number, paper.archival_code))),
        "organisation": indexed(_SEPARATOR.join((paper.organisation, paper.organisation_code))),
        "people": indexed(_SEPARATOR.join(paper.people)),
        "body": indexed(paper.text),
        "facets": " ".join(
            (_facet("year", str(paper.year)), _facet("kind", paper.kind), _facet("kind", paper.kind_name))
        ),
    }


def search(connection: Connection, query: IndexQuery) -> tuple[Hit, ...]:
    """The papers that fit, newest first, at most ``query.limit``.

    Signs alone are nothing to look for: a query of them, and nothing else, finds nothing rather than everything.
    """
    expression = _expression(query)
    if expression is None:
        return ()
    conditions = tuple(_conditions(connection, query, expression))
    if query.order == "relevance" and expression and query.words:
        many = dataclasses.replace(query, limit=max(query.limit, ranking.WINDOW))
        papers = ranking.ranked(connection, query, _statement(many, expression, conditions), _words)
    else:
        papers = tuple(rows.papers_of(connection, _statement(query, expression, conditions)))
    wanted = (*query.words, *filter(None, (query.person, query.unit)))
    return tuple(_hit(paper, wanted) for paper in papers)


def _hit(paper: FiledPaper, wanted: Sequence[str]) -> Hit:
    shown = snippet(_places(paper), wanted)
    return Hit(paper, shown, marks(shown, wanted), marks(on_one_line(paper.title), wanted))


def _expression(query: IndexQuery) -> str | None:
    """What the index is asked: all words, anywhere; number, organisation (a part of its name, or its code), year and
    kind in their own columns. "" when nothing of it is asked, None when what is asked holds no letter at all.
    """
    words = [phrase(word) for word in query.words]
    if any(query.words) and not any(words):
        return None
    parts = [word for word in words if word]
    for columns, wanted in (
        ("number", query.number),
        ("organisation", query.organisation),
        ("people", query.person),
        ("{title body}", query.unit),
    ):
        if wanted:
            part = phrase(wanted)
            if not part:
                return None
            parts.append(f"{columns} : {part}")
    if query.year is not None:
        parts.append(f'facets : "{_facet("year", str(query.year))}"')
    if query.kind:
        parts.append(f'facets : "{_facet("kind", query.kind)}"')
    return " AND ".join(parts)


def _statement(query: IndexQuery, expression: str, conditions: Iterable[ColumnElement[bool]]) -> Select[Any]:
    paper = tables.paper
    key = _words.c.rowid if expression else paper.c.key
    hits = select(key.label("key")).order_by(key.desc()).limit(max(0, query.limit))
    if expression:
        hits = hits.where(text("paper_text MATCH :expression").bindparams(bindparam("expression", expression, String)))
    if query.since is not None:
        hits = hits.where(key >= rows.first_key(query.since))
    if query.until is not None:
        hits = hits.where(key < rows.first_key(query.until) + (1 << rows.DAY_BITS))
    for condition in conditions:
        hits = hits.where(condition)
    found = hits.subquery()
    return select(paper).join(found, found.c.key == paper.c.key).order_by(paper.c.key.desc())


def _conditions(connection: Connection, query: IndexQuery, expression: str) -> Iterator[ColumnElement[bool]]:
    """What the full-text index does not hold, since it changes or is rarely asked.

    Where few papers fit they are listed and the words are looked for in these alone; where many do, each paper that has
    the words is looked up. The other way round either of it takes seconds.
    """
    for asked in _asked(query):
        if not expression:
            yield asked
            continue
        fitting = select(tables.paper.c.key).where(asked)
        few = connection.scalars(fitting.limit(_FEW + 1)).all()
        if len(few) <= _FEW:
            yield _words.c.rowid.in_(few)
        else:
            yield exists(fitting.where(tables.paper.c.key == _words.c.rowid).correlate(_words))


def _asked(query: IndexQuery) -> Iterator[ColumnElement[bool]]:
    """The conditions on the table of papers, one by one."""
    paper, submission = tables.paper.c, tables.submission.c
    if query.retention:
        yield paper.retention == query.retention
    if query.status:
        yield paper.status == query.status
    if query.code:
        yield paper.archival_code.between(query.code, f"{query.code}\U0010ffff") & (paper.piece > 0)
    if query.submission:
        named = select(submission.id).where((submission.id == query.submission) | (submission.name == query.submission))
        yield paper.submission.in_(named)


def _facet(name: str, value: str) -> str:
    """A property as one word of the index: had whole (通知 is not 会议通知), and as fast as any word.

    No word that is looked for holds a "·", so none finds it by chance.
    """
    return f"{name}·{_NOT_IN_A_WORD.sub('·', folded(value))}"


def _places(paper: FiledPaper) -> tuple[str, ...]:
    return (paper.text, paper.title, paper.number, "、".join(paper.people), paper.organisation)
