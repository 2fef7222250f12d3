"""The workbooks that were dropped, as the register knows them: entered, finished or returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, literal_column, select

from pipeline.core.findings import Finding
from pipeline.core.values import Submission
from pipeline.register import counts, entering, tables
from pipeline.register.database import reading, writing
from pipeline.register.opened import Opened
from pipeline.register.rows import submissions_of


class Submissions(Opened):
    """The submissions and how far they have come."""

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

    def submissions_by_state(self) -> Mapping[str, int]:
        """How many submissions are entered, finished, returned."""
        with reading(self._engine) as connection:
            return counts.submissions(connection)

    def finish(self, submission: str, at: datetime) -> None:
        """Note that every file of a submission lies in the archive. Raises ``ValueError`` unless it was unfinished."""
        with writing(self._engine) as connection:
            entering.finish(connection, submission, at)

    def note_returned(self, submission: Submission, findings: Sequence[Finding]) -> None:
        """Note a workbook that was sent back, with its findings."""
        with writing(self._engine) as connection:
            entering.note_returned(connection, submission, findings)

    def _submissions(self, condition: ColumnElement[bool]) -> tuple[Submission, ...]:
        as_entered: ColumnElement[int] = literal_column("submission.rowid")  # within one second
        query = select(tables.submission).where(condition).order_by(tables.submission.c.received_at, as_entered)
        with reading(self._engine) as connection:
            return tuple(submissions_of(connection, query))
