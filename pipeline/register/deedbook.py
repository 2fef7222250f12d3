"""The book of deeds (办理簿) in the register: what was done to papers after filing, and what they are since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.exc import IntegrityError

from pipeline.core.deeds import Deed
from pipeline.core.standing import Standing
from pipeline.register import deeding, entering
from pipeline.register.database import reading, writing
from pipeline.register.opened import Opened


class DeedBook(Opened):
    """The deeds, and what papers are by them."""

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
