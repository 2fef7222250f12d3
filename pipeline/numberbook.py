"""The number book (号簿): reserve, void and release numbers, and enter the paper register that was kept before.

An act is entered, filed and replayed as ``books`` says. Every function that does something is called by the office's
one writer, after ``recovery.recover``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import books
from pipeline.books import Book, Done, Why
from pipeline.core.acts import Action, ActLine, NumberAct
from pipeline.core.findings import Finding
from pipeline.core.text import nfc, safe_name
from pipeline.core.values import Number
from pipeline.filing import NUMBER_BOOK, Staging, stage_act
from pipeline.numbering import (
    OLD_REGISTER,
    OldRegister,
    SeriesBook,
    judge_old_register,
    refuse_releasing,
    refuse_voiding,
    reservable,
)
from pipeline.office import Office
from pipeline.sheets import Unreadable, interpret


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A paper register as it was read: its file's name and bytes, and what was judged of it."""

    name: str
    content: bytes
    register: OldRegister


def series_book(office: Office) -> SeriesBook:
    """Every series in which the office may number."""
    return SeriesBook.of(office.kinds, office.settings.issuer, office.settings.organisations)


def reserve(
    office: Office, series: str, year: int, n: int | None, why: Why, until: date | None = None
) -> Done[NumberAct]:
    """Reserve ``n`` or the next free number (预留). Raises ``AnswerIsNo`` with what stands in the way."""
    today = office.now().date()
    number = reservable(series_book(office).series(series), year, n, office.register, office.settings.starts, today)
    return _do(office, Action.RESERVE, [ActLine(number)], why, until=until)


def void(office: Office, text: str, year: int, why: Why) -> Done[NumberAct]:
    """Void a reserved or never used number for ever (作废). Raises ``AnswerIsNo`` with what stands in the way."""
    number = _number(office, text, year)
    refuse_voiding(number, office.register, office.settings.starts, office.now().date())
    return _do(office, Action.VOID, [ActLine(number)], why)


def release(office: Office, text: str, year: int, why: Why) -> Done[NumberAct]:
    """Give a reserved number back (释放). Raises ``AnswerIsNo`` when it is not reserved."""
    number = _number(office, text, year)
    refuse_releasing(number, office.register)
    return _do(office, Action.RELEASE, [ActLine(number)], why)


def read_old_register(office: Office, path: Path) -> OldSheet:
    """Read a paper register and judge it against the ledger; writes nothing in the office."""
    content, name = path.read_bytes(), nfc(path.name)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / safe_name(name)
        copy.write_bytes(content)
        try:
            workbook = office.workers.read(copy)
        except Unreadable as unreadable:
            return OldSheet(name, content, OldRegister((), 0, (unreadable.finding,)))
    draft, misread = interpret(workbook, (OLD_REGISTER,), name)
    rows = draft.rows[OLD_REGISTER.head.id] if draft else ()
    judged = judge_old_register(rows, series_book(office), office.register, office.now().date())
    return OldSheet(name, content, OldRegister(judged.lines, judged.known, _together(misread, judged.findings)))


def enter_old_register(office: Office, sheet: OldSheet, by: str) -> Done[NumberAct]:
    """Enter the new lines of a paper register without errors (补登), and keep the file itself in the archive."""
    if not sheet.register.is_good or not sheet.register.lines:
        raise ValueError(f"nothing to enter from {sheet.name}")
    return _do(office, Action.IMPORT, sheet.register.lines, Why(sheet.name, by), source=sheet)


def finish_acts(office: Office) -> None:
    """File the acts whose files a killed run left on their way into the archive."""
    books.finish_all(office, _book(office))


def _do(
    office: Office,
    action: Action,
    lines: Sequence[ActLine],
    why: Why,
    *,
    until: date | None = None,
    source: OldSheet | None = None,
) -> Done[NumberAct]:
    def decide(seq: int) -> NumberAct:
        return NumberAct(seq, action, tuple(lines), why.by, office.now(), why.reason, until)

    def stage(act: NumberAct, staging: Staging) -> NumberAct:
        name, content = (source.name, source.content) if source else ("", b"")
        return stage_act(act, staging, office.occupied(), source_name=name, source=content)

    return books.do(office, _book(office), decide, stage)


def _book(office: Office) -> Book[NumberAct]:
    register = office.register
    return Book(
        NUMBER_BOOK,
        register.next_act,
        register.enter_act,
        lambda act, staging: office.archive.place_files(staging, act.files.values()),
        register.finish_act,
        register.unfinished_acts,
    )


def _number(office: Office, text: str, year: int) -> Number:
    return series_book(office).number(text, year, office.register)


def _together(misread: Sequence[Finding], judged: Sequence[Finding]) -> tuple[Finding, ...]:
    """Both, without what is said of a cell of which something worse is known."""
    spoken_for = {(one.sheet, one.cell) for one in misread if one.cell}
    return (*misread, *(one for one in judged if (one.sheet, one.cell) not in spoken_for))
