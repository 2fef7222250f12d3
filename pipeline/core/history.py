"""The register's history seen from outside: the witness of a day, and what a walk along the chain found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _

FOLDER = "登记校验"
"""Where in the archive the witnesses lie. No year is called so, and papers lie in years."""

_LINE = "{day} events={events} link={link} first={first}\n"


def witness_path(day: date) -> str:
    """Where the witness of a day lies, relative to the archive."""
    return f"{FOLDER}/{day.year:04}/{day.isoformat()}.txt"


@dataclass(frozen=True, slots=True)
class Witness:
    """The end of the chain of events as it stood at the last work of a day.

    ``events`` counts the events up to it, ``link`` is the link of the last, ``first`` that of the first, which tells
    one chain from another: a register built anew without the old one begins a new chain.
    """

    day: date
    events: int
    link: str
    first: str

    def line(self) -> str:
        """One line of text, for the file of the day."""
        return _LINE.format(day=self.day.isoformat(), events=self.events, link=self.link, first=self.first)

    @classmethod
    def read(cls, text: str, where: str) -> Witness:
        """The witness in a file of the day. Raises ``ArchiveDamaged`` when the line says anything else."""
        try:
            day, *rest = text.split()
            said = dict(part.split("=", 1) for part in rest)
            witness = cls(date.fromisoformat(day), int(said["events"]), said["link"], said["first"])
        except (ValueError, KeyError):
            witness = None
        if witness is None or witness.line() != text:
            raise ArchiveDamaged(_("登记校验文件被改动，读不出来"), where=where)
        return witness


@dataclass(frozen=True, slots=True)
class Chain:
    """A walk along the chain: its ``first`` and last ``link``, how many ``events``, the events that do not fit (time
    and action), and the witnesses that say something else of the same chain.

    And what the events tell of: the ``days`` on which something happened, the ids of the ``papers`` that came into the
    register, whether it was made anew (``reindexed``), the numbers of the ``deeds``.
    """

    first: str
    events: int
    link: str
    broken: tuple[str, ...] = ()
    contradicted: tuple[Witness, ...] = ()
    days: tuple[date, ...] = ()
    papers: frozenset[str] = frozenset()
    reindexed: bool = False
    deeds: frozenset[int] = frozenset()
