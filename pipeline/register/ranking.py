"""Rank what was found by where the words stand: in the number or the title, among the people, in the text.

FTS5's own rank (bm25) looks at every paper that has the word, 57 to 133 ms for a common one in 100,000 papers. Nobody
reads that far: so only the newest ``WINDOW`` hits are ranked, and older ones are left to ``newest``. How rare a word is
does not count, since all words must occur anyway.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, Select, String, TableClause, bindparam, select, text

from pipeline.core.values import FiledPaper, IndexQuery
from pipeline.register import rows, tables
from pipeline.register.grams import phrase

WINDOW = 500
"""How many of the newest hits are ranked."""

_WEIGHTS = {"number": 8, "title": 8, "people": 4, "organisation": 1}
"""What a word counts in a column; in the text it counts nothing more than that it is there."""


def ranked(connection: Connection, query: IndexQuery, found: Select[Any], words: TableClause) -> tuple[FiledPaper, ...]:
    """The best of the newest hits, at most ``query.limit``; of equal ones the newest first.

    ``found`` selects the newest ``WINDOW`` papers of the query or more; ``words`` is the full-text table.
    """
    key = tables.paper.c.key
    newest = list(connection.scalars(found.with_only_columns(key)))
    if not newest:
        return ()
    window = words.c.rowid.between(min(newest), max(newest))
    matches = text("paper_text MATCH :column_word").bindparams(bindparam("column_word", type_=String))
    statement = select(words.c.rowid).where(matches, window)
    score: Counter[int] = Counter()
    for word in filter(None, map(phrase, query.words)):
        for column, weight in _WEIGHTS.items():
            for hit in connection.scalars(statement, {"column_word": f"{column} : {word}"}):
                score[hit] += weight
    best = sorted(newest, key=lambda one: (-score[one], -one))[: query.limit]
    lines = connection.execute(select(tables.paper).where(key.in_(best))).all()
    return tuple(rows.assemble(connection, sorted(lines, key=lambda row: best.index(row.key))))
