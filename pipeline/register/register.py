"""The register as the rest of the program sees it: one object, core values in and out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from pipeline.core.acts import NumberAct
from pipeline.core.deeds import Deed
from pipeline.core.values import FiledPaper, Submission
from pipeline.register import deeding, entering
from pipeline.register.database import reading, writing
from pipeline.register.deedbook import DeedBook
from pipeline.register.history import History
from pipeline.register.ledger import Ledger
from pipeline.register.papers import Papers
from pipeline.register.rebuild import Archived, rebuild
from pipeline.register.submissions import Submissions


class Register(Papers, Ledger, DeedBook, Submissions, History):
    """An open register; a context manager. Every method is a transaction of its own.

    Methods may raise ``OfficeBusy`` (another process writes for longer than it is worth waiting) and
    ``ArchiveDamaged`` (the file is broken).
    """

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
