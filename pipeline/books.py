"""How an entry is made in a book of the office: the number book (号簿) and the book of deeds (办理簿) alike.

An entry goes the way of a paper: decided, staged, entered in the register by one COMMIT (the point of no return), then
filed in the archive, which is replayed from register and staging by ``finish_all`` until it is done. So the register is
the truth until the archive has its copy, and a kill between the two heals at the next writer's start. Everything here
is called by the office's one writer, after ``recovery.recover``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.core.acts import NumberAct
from pipeline.core.deeds import Deed
from pipeline.core.errors import ArchiveDamaged, GongwenError
from pipeline.core.messages import _
from pipeline.filing import Staging, last_entry
from pipeline.office import Office

log = logging.getLogger(__name__)

Entry = TypeVar("Entry", NumberAct, Deed)


@dataclass(frozen=True, slots=True)
class Done(Generic[Entry]):
    """An entry that is made. ``trouble`` says why the archive has no copy of it yet; the next run writes it."""

    entry: Entry
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Who does something, and why; ``also`` names whoever else has to be there."""

    reason: str
    by: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book(Generic[Entry]):
    """One of the books: its ``name`` in the archive, and what register and archive do for an entry of it.

    ``next`` is the number of the next entry, ``enter`` the COMMIT, ``place`` puts everything of a staged entry where it
    belongs and may be done again, ``finish`` notes that this is through, ``unfinished`` has those of which it is not.
    """

    name: str
    next: Callable[[], int]
    enter: Callable[[Entry], None]
    place: Callable[[Entry, Staging], object]
    finish: Callable[[int], None]
    unfinished: Callable[[], Sequence[Entry]]


def do(
    office: Office, book: Book[Entry], decide: Callable[[int], Entry], stage: Callable[[Entry, Staging], Entry]
) -> Done[Entry]:
    """Make the next entry. ``decide`` is given its number, ``stage`` puts its files into an empty folder.

    Raises what those two raise and what ``enter`` refuses; nothing has happened then. What fails later is no reason to
    do it again: it is done, and ``Done.trouble`` says what the archive still waits for.
    """
    seq = book.next()
    refuse_forgotten_entries(office, book.name, seq)
    decided = decide(seq)
    staging = office.staging(decided.id)
    staging.discard()
    entry = stage(decided, staging)
    book.enter(entry)
    try:
        finish(book, entry, staging)
    except (GongwenError, OSError) as error:  # it is done all the same: nobody may think he has to do it again
        log.error("not filed yet", extra={"entry": entry.id, "reason": str(error)})
        return Done(entry, str(error))
    log.info(entry.action.value, extra={"entry": entry.id, "lines": len(entry.lines)})
    return Done(entry)


def finish_all(office: Office, book: Book[Entry]) -> None:
    """File the entries whose files a killed run left on their way into the archive."""
    for entry in book.unfinished():
        finish(book, entry, office.staging(entry.id))
        log.warning("filed an entry after an interruption", extra={"entry": entry.id})


def finish(book: Book[Entry], entry: Entry, staging: Staging) -> None:
    """Everything after the COMMIT; may be cut off anywhere and done again until it is through."""
    book.place(entry, staging)
    book.finish(entry.seq)
    staging.discard()


def refuse_forgotten_entries(office: Office, name: str, seq: int) -> None:
    """Raise ``ArchiveDamaged`` when the archive holds entries that the register has yet to number: it is an old one."""
    last = last_entry(office.archive.root, name)
    if last >= seq:
        raise ArchiveDamaged(
            _("档案库的{book}记到第 {last} 条，登记簿只记到第 {known} 条；登记簿是旧的").format(
                book=name, last=last, known=seq - 1
            ),
            where=str(office.register_path),
            remedy=_("先运行 gongwen reindex，从档案库重建登记簿"),
        )
