"""The register as the rest of the program sees it: one object, core values in and out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, func, literal_column, select, true
from sqlalchemy.exc import IntegrityError

from pipeline.core.acts import NumberAct
from pipeline.core.archival import called
from pipeline.core.deeds import COUNTED, Deed
from pipeline.core.errors import ConfigurationError
from pipeline.core.filed import filed_record
from pipeline.core.findings import Finding
from pipeline.core.history import Chain, Witness
from pipeline.core.messages import _
from pipeline.core.standing import Standing
from pipeline.core.text import nfc
from pipeline.core.values import Event, FiledPaper, FiledRecord, Hit, IndexQuery, Number, Submission
from pipeline.register import acting, chain, counts, deeding, entering, index, tables
from pipeline.register.database import copy_database, open_database, reading, sound, worded_errors, writing
from pipeline.register.rebuild import Archived, rebuild
from pipeline.register.rows import listed_papers, papers_of, submissions_of
from pipeline.register.telling import history_of

_PAGE = 500


class Register:
    """An open register; a context manager. Every method is a transaction of its own.

    Methods may raise ``OfficeBusy`` (another process writes for longer than it is worth waiting) and
    ``ArchiveDamaged`` (the file is broken).
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, path: Path) -> Register:
        """The register at ``path``, made when missing, brought up to date when old.

        Raises ``ConfigurationError`` on a network file system or when a later version made the file.
        """
        return cls(open_database(path))

    @staticmethod
    def rebuild(
        path: Path,
        papers: Iterable[FiledPaper],
        submissions: Iterable[Submission],
        acts: Iterable[NumberAct] = (),
        deeds: Iterable[Deed] = (),
        *,
        at: datetime,
    ) -> None:
        """Make the register at ``path`` anew from what the archive holds; see ``pipeline.register.rebuild``."""
        rebuild(path, Archived(papers, submissions, tuple(acts), tuple(deeds)), at)

    def copy_to(self, target: Path) -> None:
        """The whole register as one state, into a new file; nobody is held up by it."""
        path = Path(self._engine.url.database or "")
        with worded_errors(path):
            copy_database(path, target)

    def is_sound(self) -> bool:
        """Whether SQLite finds nothing wrong with the file."""
        return sound(self._engine)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------ entering

    def enter(
        self, submission: Submission, papers: Sequence[FiledPaper], *, given: Collection[str] = frozenset()
    ) -> None:
        """Enter a submission and its papers with their numbers: one transaction, all or nothing.

        ``submission.papers`` lists the papers in the order of its rows; ``given`` are the ids of those whose number the
        sender gave: it may be a reserved one, and is taken then. Raises ``OfficeBusy`` when a number, 档号 or
        paper is in the register already (somebody was faster), ``ConfigurationError`` when two series write the same
        number; nothing was entered then.
        """
        try:
            with writing(self._engine) as connection:
                entering.enter(connection, submission, papers, given)
        except IntegrityError:
            with reading(self._engine) as connection:
                conflict = entering.conflict(connection, submission, papers)
            if conflict is None:
                raise
            raise conflict from None

    def take_over(
        self,
        papers: Mapping[Submission, Sequence[FiledPaper]],
        deeds: Sequence[Deed],
        source: str,
        at: datetime,
    ) -> None:
        """Enter papers that were filed elsewhere and came in the set ``source``, and what was done to them there: one
        transaction, all or nothing.

        Others of the same submission may be here already. Raises as ``enter`` and ``enter_deed`` do.
        """
        every = [paper for some in papers.values() for paper in some]
        newer = {paper.replaces: paper.paper for paper in every if paper.replaces}
        try:
            with writing(self._engine) as connection:
                for submission, some in papers.items():
                    entering.take_over(connection, submission, some, source, at, newer)
                for deed in deeds:
                    deeding.enter_deed(connection, deed)
        except IntegrityError:
            with reading(self._engine) as connection:
                found = (entering.conflict(connection, replace(one, id=""), some) for one, some in papers.items())
                conflict = next((each for each in found if each is not None), None)
            if conflict is None:
                raise
            raise conflict from None

    def finish(self, submission: str, at: datetime) -> None:
        """Note that every file of a submission lies in the archive. Raises ``ValueError`` unless it was unfinished."""
        with writing(self._engine) as connection:
            entering.finish(connection, submission, at)

    def note_returned(self, submission: Submission, findings: Sequence[Finding]) -> None:
        """Note a workbook that was sent back, with its findings."""
        with writing(self._engine) as connection:
            entering.note_returned(connection, submission, findings)

    # ------------------------------------------------------------------ papers

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

    def events(self, paper: str) -> tuple[Event, ...]:
        """A paper's history, oldest first; ``details`` is JSON."""
        with reading(self._engine) as connection:
            return history_of(connection, paper)

    def last_moment(self) -> datetime | None:
        """When the latest thing happened of which there is an event; None while nothing has."""
        with reading(self._engine) as connection:
            return connection.scalar(select(tables.event.c.at).order_by(tables.event.c.at.desc()).limit(1))

    def history(self, days: Iterable[Witness] = ()) -> Chain:
        """The chain of all events, walked from its beginning; held against what was written down on earlier days."""
        with reading(self._engine) as connection:
            return chain.walked(connection, days)

    def witness(self, day: date) -> Witness | None:
        """How the chain ends now, as the witness of this day; None while nothing has happened."""
        with reading(self._engine) as connection:
            end = chain.end(connection)
        return Witness(day, *end) if end else None

    def search(self, query: IndexQuery) -> tuple[Hit, ...]:
        """The papers that fit a query, newest first, each with a stretch of its text."""
        with reading(self._engine) as connection:
            return index.search(connection, query)

    # ------------------------------------------------------------------ the ledger

    def taken(self, series: str, year: int) -> frozenset[int]:
        """Every number of a series and year that can no longer be given: allocated, reserved or void."""
        ledger = tables.number.c
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(ledger.n).where(ledger.series == series, ledger.year == year)))

    def entry(self, number: Number) -> counts.LedgerEntry | None:
        """What the ledger says of a number; None when it is free."""
        ledger = tables.number.c
        same = (ledger.series == number.series) & (ledger.year == number.year) & (ledger.n == number.n)
        return next(iter(self._ledger(same)), None)

    def named(self, text: str) -> tuple[counts.LedgerEntry, ...]:
        """The numbers written so, with or without their series before them (第3期 may be several)."""
        ledger, wanted = tables.number.c, nfc(text)
        return self._ledger((ledger.text == wanted) | (ledger.series + ledger.text == wanted))

    def last_piece(self, lowest_class: str) -> int:
        """The highest 件号 of a class that was ever given, 0 when none was."""
        with reading(self._engine) as connection:
            return counts.last_piece(connection, lowest_class)

    def unarranged(self, year: int = 0) -> Iterator[FiledPaper]:
        """The papers that wait for their 档号, oldest day first; of one year of filing where named."""
        table = tables.paper.c
        return self._paged(and_(table.piece == 0, *([table.year == year] if year else [])))

    def series(self) -> tuple[tuple[str, int], ...]:
        """Every series with the years in which it has numbers."""
        with reading(self._engine) as connection:
            return counts.series(connection)

    def ledger(self, series: str = "", year: int = 0) -> tuple[counts.LedgerEntry, ...]:
        """The ledger line by line; of one series or year where named."""
        ledger = tables.number.c
        return self._ledger(
            and_(true(), *([ledger.series == series] if series else []), *([ledger.year == year] if year else []))
        )

    # ------------------------------------------------------------------ the number book

    def next_act(self) -> int:
        """The number of the next act."""
        with reading(self._engine) as connection:
            return acting.next_act(connection)

    def enter_act(self, act: NumberAct) -> None:
        """Enter an act, and what it does to the ledger: one transaction.

        Raises ``OfficeBusy`` when one of its numbers is another's already or none that can be released,
        ``ConfigurationError`` when another series writes the same number; nothing was entered then.
        """
        try:
            with writing(self._engine) as connection:
                acting.enter_act(connection, act)
        except IntegrityError:
            with reading(self._engine) as connection:
                conflict = acting.conflict(connection, act)
            if conflict is None:
                raise
            raise conflict from None

    def finish_act(self, seq: int) -> None:
        """Note that an act's files lie in the archive. Raises ``ValueError`` unless it was unfinished."""
        with writing(self._engine) as connection:
            acting.finish_act(connection, seq)

    def unfinished_acts(self) -> tuple[NumberAct, ...]:
        """Acts that are done and whose files may still be on their way into the archive."""
        with reading(self._engine) as connection:
            return acting.acts_of(connection, acting.waiting())

    def acts(self) -> tuple[NumberAct, ...]:
        """Every act, in the order of doing."""
        with reading(self._engine) as connection:
            return acting.acts_of(connection)

    # ------------------------------------------------------------------ the book of deeds

    def next_deed(self) -> int:
        """The number of the next deed."""
        with reading(self._engine) as connection:
            return deeding.next_deed(connection)

    def enter_deed(self, deed: Deed) -> None:
        """Enter a deed, and what it does to its papers: one transaction.

        Raises ``OfficeBusy`` when it can no longer be done to one of them; nothing was entered then.
        """
        try:
            with writing(self._engine) as connection:
                deeding.enter_deed(connection, deed)
        except IntegrityError:
            with reading(self._engine) as connection:
                conflict = deeding.conflict(connection, deed)
            if conflict is None:
                raise
            raise conflict from None

    def finish_deed(self, seq: int) -> None:
        """Note that a deed's files lie in the archive. Raises ``ValueError`` unless it was unfinished."""
        with writing(self._engine) as connection:
            deeding.finish_deed(connection, seq)

    def unfinished_deeds(self) -> tuple[Deed, ...]:
        """Deeds that are done and whose files may still be on their way into the archive."""
        with reading(self._engine) as connection:
            return deeding.read_deeds(connection, deeding.waiting())

    def deeds(self) -> tuple[Deed, ...]:
        """Every deed, in the order of doing."""
        with reading(self._engine) as connection:
            return deeding.read_deeds(connection)

    def destroyed(self) -> frozenset[str]:
        """The papers (ids) that were destroyed."""
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(deeding.destroyed()))

    def gone(self) -> Mapping[str, str]:
        """Where the files of destroyed papers lay: path, relative to the archive, and digest."""
        with reading(self._engine) as connection:
            return deeding.gone(connection)

    def still_held(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of these paths that are files of a paper which was not destroyed."""
        with reading(self._engine) as connection:
            return deeding.still_held(connection, sorted(set(paths)))

    def standing(self, papers: Collection[str]) -> Mapping[str, Standing]:
        """What these papers (ids) are after all deeds about them; who is not in it is as filed."""
        with reading(self._engine) as connection:
            return deeding.standing_of(connection, papers)

    def newer(self, papers: Collection[str]) -> Mapping[str, str]:
        """The next version of each of these papers (ids) and of all their other versions, as far as they have one."""
        with reading(self._engine) as connection:
            return entering.newer_of(connection, papers)

    # ------------------------------------------------------------------ submissions

    def submission(self, submission: str) -> Submission | None:
        """The submission with this id."""
        return next(iter(self._submissions(tables.submission.c.id == submission)), None)

    def submission_by_digest(self, sha256: str) -> Submission | None:
        """The finished submission of a workbook with this content; the first where there are several."""
        table = tables.submission.c
        return next(iter(self._submissions((table.sha256 == sha256) & (table.state == "finished"))), None)

    def submissions_named(self, begins: str) -> tuple[Submission, ...]:
        """The submissions of workbooks whose names begin so, oldest first."""
        return self._submissions(tables.submission.c.name.startswith(begins, autoescape=True))

    def unfinished(self) -> tuple[Submission, ...]:
        """Submissions whose numbers are given and whose files may still be on their way into the archive."""
        return self._submissions(tables.submission.c.state == literal_column("'entered'"))  # as in its index

    # ------------------------------------------------------------------ figures

    def numbers_of(self, day: date) -> tuple[Number, ...]:
        """The numbers given on a day of the office's clock, in the order they were given."""
        with reading(self._engine) as connection:
            return counts.numbers_of(connection, day)

    def holdings(self) -> tuple[counts.Holding, ...]:
        """Papers by year and organisation, newest year first."""
        with reading(self._engine) as connection:
            return counts.holdings(connection)

    def submissions_by_state(self) -> Mapping[str, int]:
        """How many submissions are entered, finished, returned."""
        with reading(self._engine) as connection:
            return counts.submissions(connection)

    # ------------------------------------------------------------------

    def _ledger(self, condition: ColumnElement[bool]) -> tuple[counts.LedgerEntry, ...]:
        with reading(self._engine) as connection:
            return counts.ledger(connection, condition)

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

    def _submissions(self, condition: ColumnElement[bool]) -> tuple[Submission, ...]:
        as_entered: ColumnElement[int] = literal_column("submission.rowid")  # within one second
        query = select(tables.submission).where(condition).order_by(tables.submission.c.received_at, as_entered)
        with reading(self._engine) as connection:
            return tuple(submissions_of(connection, query))
