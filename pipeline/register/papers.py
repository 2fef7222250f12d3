"""The papers of the register: looked up, listed, searched, read with their values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select, true

from pipeline.core.archival import called
from pipeline.core.deeds import COUNTED
from pipeline.core.errors import ConfigurationError
from pipeline.core.filed import filed_record
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper, FiledRecord, Hit, IndexQuery
from pipeline.register import counts, deeding, index, tables
from pipeline.register.database import reading
from pipeline.register.opened import Opened
from pipeline.register.rows import listed_papers, papers_of

_PAGE = 500


class Papers(Opened):
    """The papers; those that were replaced, withdrawn or destroyed too, where nothing else is said."""

    def paper(self, paper: str) -> FiledPaper | None:
        """The paper with this id."""
        return self._first(tables.paper.c.id == paper)

    def by_identities(self, identities: Sequence[str]) -> Mapping[str, FiledPaper]:
        """The papers with these identities, by identity: the present version of each, also where it was withdrawn."""
        table = tables.paper
        listed = func.json_each(json.dumps(identities)).table_valued("value")  # a long workbook asks for thousands
        wanted = select(table).join_from(listed, table, table.c.identity == listed.c.value)
        papers = self._papers(wanted.where(table.c.status != "replaced").order_by("key"))
        return {paper.identity: paper for paper in papers}

    def papers(self) -> Iterator[FiledPaper]:
        """Every paper, oldest day first; read in pages, so it may be slow without holding anybody up."""
        yield from self._paged(true())

    def filed_records(self, kind: str = "", organisation: str = "", year: int = 0) -> Iterator[FiledRecord]:
        """The papers that count (``core.deeds.COUNTED``: neither withdrawn nor an old version) with the values they
        were made of, oldest day first; of one kind (its id), organisation (its full name) and year of filing where
        named. What was destroyed is left out: of it no values are known any more.

        Raises ``ConfigurationError`` for a register of an older version, which does not know these values.
        """
        table = tables.paper
        wanted = and_(
            table.c.status.in_(sorted(COUNTED)),
            table.c.id.not_in(deeding.destroyed()),
            *([table.c.kind == kind] if kind else []),
            *([table.c.organisation == organisation] if organisation else []),
            *([table.c.year == year] if year else []),
        )
        for paper in self._paged(wanted):
            if not paper.data:
                raise ConfigurationError(
                    _("登记簿是旧版本建立的，没有各份文件的填报数据"),
                    where=called(paper),
                    remedy=_("运行一次 gongwen reindex，从档案库重建登记簿"),
                )
            yield filed_record(paper)

    def lying_in(self, folder: str) -> tuple[FiledPaper, ...]:
        """The papers whose files lie in a folder of the archive, oldest day first, as a list of them needs them:
        without their texts and the values they were made of."""
        file = tables.file.c
        beyond = folder + chr(ord("/") + 1)
        # the role as it stands in the index ``file_path``: with a parameter in its place all files would be read
        inside = (file.path > f"{folder}/") & (file.path < beyond) & (file.role != literal_column("'source'"))
        keys = select(file.paper_key).where(inside, file.role == "pdf")
        with reading(self._engine) as connection:
            return tuple(listed_papers(connection, tables.paper.c.key.in_(keys)))

    def folders(self, year: int = 0, organisation: str = "") -> tuple[str, ...]:
        """The folders of the archive that papers lie in, by name; of a year and an organisation (its full name) where
        they are named."""
        file, paper = tables.file.c, tables.paper.c
        named = and_(
            file.role == "pdf",
            *([paper.year == year] if year else []),
            *([paper.organisation == organisation] if organisation else []),
        )
        query = select(file.path).join(tables.paper, paper.key == file.paper_key).where(named)
        with reading(self._engine) as connection:
            return tuple(sorted({path.rpartition("/")[0] for path in connection.scalars(query)}))

    def papers_of(self, submission: str) -> tuple[FiledPaper, ...]:
        """The papers that a submission made, in the order of its rows."""
        table = tables.paper
        return self._papers(select(table).where(table.c.submission == submission).order_by(table.c.position))

    def unarranged(self, year: int = 0) -> Iterator[FiledPaper]:
        """The papers that wait for their 档号, oldest day first; of one year of filing where named."""
        table = tables.paper.c
        return self._paged(and_(table.piece == 0, *([table.year == year] if year else [])))

    def search(self, query: IndexQuery) -> tuple[Hit, ...]:
        """The papers that fit a query, newest first, each with a stretch of its text."""
        with reading(self._engine) as connection:
            return index.search(connection, query)

    def holdings(self) -> tuple[counts.Holding, ...]:
        """Papers by year and organisation, newest year first."""
        with reading(self._engine) as connection:
            return counts.holdings(connection)

    def _paged(self, wanted: ColumnElement[bool]) -> Iterator[FiledPaper]:
        """The papers that fit, in the order of their keys, page by page."""
        table, last = tables.paper, -1
        while True:
            with reading(self._engine) as connection:
                keys = select(table.c.key).where(wanted, table.c.key > last).order_by("key").limit(_PAGE)
                found = list(connection.scalars(keys))
                page = papers_of(connection, select(table).where(table.c.key.in_(found)).order_by("key"))
            if not found:
                return
            yield from page
            last = found[-1]

    def _papers(self, query: Select[Any]) -> tuple[FiledPaper, ...]:
        with reading(self._engine) as connection:
            return tuple(papers_of(connection, query))

    def _first(self, condition: ColumnElement[bool]) -> FiledPaper | None:
        query = select(tables.paper).where(condition).order_by(tables.paper.c.key.desc()).limit(1)
        return next(iter(self._papers(query)), None)
