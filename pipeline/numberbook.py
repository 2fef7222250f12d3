"""The number book (号簿): reserve, void and release numbers, and enter the paper register that was kept before.

An act goes the way of a paper: decided, staged, entered in the register by one COMMIT (the point of no return), then
filed in the archive, which is replayed from register and staging by ``finish_acts`` until it is done. So the register
is the truth until the archive has its copy, and a kill between the two heals at the next writer's start. Every function
that does something is called by the office's one writer, after ``flow.recover``.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.core.acts import Action, ActLine, NumberAct
from pipeline.core.errors import ArchiveDamaged, GongwenError
from pipeline.core.findings import Finding
from pipeline.core.messages import _
from pipeline.core.text import nfc, safe_name
from pipeline.core.values import Number
from pipeline.filing import last_act, stage_act
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

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is done. ``trouble`` says why the archive has no copy of it yet; the next run writes it."""

    act: NumberAct
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A paper register as it was read: its file's name and bytes, and what was judged of it."""

    name: str
    content: bytes
    register: OldRegister


@dataclass(frozen=True, slots=True)
class Why:
    """Who does something to a number, and why."""

    reason: str
    by: str


def series_book(office: Office) -> SeriesBook:
    """Every series in which the office may number."""
    return SeriesBook.of(office.kinds, office.settings.issuer, office.settings.organisations)


def reserve(office: Office, series: str, year: int, n: int | None, why: Why, until: date | None = None) -> Done:
    """Reserve ``n`` or the next free number (预留). Raises ``AnswerIsNo`` with what stands in the way."""
    today = office.now().date()
    number = reservable(series_book(office).series(series), year, n, office.register, office.settings.starts, today)
    return _do(office, Action.RESERVE, [ActLine(number)], why, until=until)


def void(office: Office, text: str, year: int, why: Why) -> Done:
    """Void a reserved or never used number for ever (作废). Raises ``AnswerIsNo`` with what stands in the way."""
    number = _number(office, text, year)
    refuse_voiding(number, office.register, office.settings.starts, office.now().date())
    return _do(office, Action.VOID, [ActLine(number)], why)


def release(office: Office, text: str, year: int, why: Why) -> Done:
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


def enter_old_register(office: Office, sheet: OldSheet, by: str) -> Done:
    """Enter the new lines of a paper register without errors (补登), and keep the file itself in the archive."""
    if not sheet.register.is_good or not sheet.register.lines:
        raise ValueError(f"nothing to enter from {sheet.name}")
    return _do(office, Action.IMPORT, sheet.register.lines, Why(sheet.name, by), source=sheet)


def finish_acts(office: Office) -> None:
    """File the acts whose files a killed run left on their way into the archive."""
    for act in office.register.unfinished_acts():
        _finish(office, act)
        log.warning("filed an act after an interruption", extra={"act": act.id})


def _do(
    office: Office,
    action: Action,
    lines: Sequence[ActLine],
    why: Why,
    *,
    until: date | None = None,
    source: OldSheet | None = None,
) -> Done:
    seq = office.register.next_act()
    _refuse_forgotten_acts(office, seq)
    decided = NumberAct(seq, action, tuple(lines), why.by, office.now(), why.reason, until)
    act = stage_act(
        decided,
        office.staging(decided.id),
        office.archive.occupied(),
        source_name=source.name if source else "",
        source=source.content if source else b"",
    )
    office.register.enter_act(act)
    try:
        _finish(office, act)
    except (GongwenError, OSError) as error:  # it is done all the same: nobody may think he has to do it again
        log.error("not filed yet", extra={"act": act.id, "reason": str(error)})
        return Done(act, str(error))
    log.info(action.value, extra={"act": act.id, "numbers": len(lines)})
    return Done(act)


def _finish(office: Office, act: NumberAct) -> None:
    """Everything after the COMMIT; may be cut off anywhere and done again until it is through."""
    staging = office.staging(act.id)
    office.archive.place_files(staging, act.files.values())
    office.register.finish_act(act.seq)
    staging.discard()


def _refuse_forgotten_acts(office: Office, seq: int) -> None:
    """Raise ``ArchiveDamaged`` when the archive holds acts that the register has yet to number: it is an old one."""
    last = last_act(office.archive.root)
    if last >= seq:
        raise ArchiveDamaged(
            _("档案库的号簿记到第 {last} 条，登记簿只记到第 {known} 条；登记簿是旧的").format(last=last, known=seq - 1),
            where=str(office.register_path),
            remedy=_("先运行 gongwen reindex，从档案库重建登记簿"),
        )


def _number(office: Office, text: str, year: int) -> Number:
    return series_book(office).number(text, year, office.register)


def _together(misread: Sequence[Finding], judged: Sequence[Finding]) -> tuple[Finding, ...]:
    """Both, without what is said of a cell of which something worse is known."""
    spoken_for = {(one.sheet, one.cell) for one in misread if one.cell}
    return (*misread, *(one for one in judged if (one.sheet, one.cell) not in spoken_for))
