"""Prove an office's archive (``retrieval.verify``) with all that stands ready for it: number book, history, pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.catalogues import is_derived, stale_pages
from pipeline.core.deeds import Action
from pipeline.core.messages import _
from pipeline.filing import census
from pipeline.office import Office
from pipeline.retrieval import WHOLE, NumberBook, Part, Report, left_out, verify
from pipeline.retrieval.damage import Damage, Remark


def proved(office: Office, part: Part = WHOLE) -> Report:
    """Archive against register and back, or a part of it. The caller is the office's writer."""
    register, archive = office.register, office.settings.archive
    pending = {paper for submission in register.unfinished() for paper in submission.papers}
    pending |= {act.id for act in register.unfinished_acts()} | {deed.id for deed in register.unfinished_deeds()}
    book = NumberBook(register.acts(), register.ledger())
    outside = frozenset() if part.is_whole else left_out(part, register.papers(), register.acts(), register.deeds())
    found = census(archive, outside)
    history = register.history(found.days.values())
    stale = () if pending else stale_pages(office)
    report = verify(
        archive, found, register.papers(), pending, book, history, is_derived, stale, register.deeds(), part
    )
    return replace(report, damages=(*report.damages, *_broken_signatures(office)))


def _broken_signatures(office: Office) -> Iterator[Remark]:
    """The signed copies of which a signature does not hold. A copy that is not there at all is named by its digest."""
    signed = [line for deed in office.register.deeds() if deed.action is Action.SIGNED for line in deed.lines]
    if not signed:
        return
    from pipeline.sealing.signing import every_signature_holds  # pyHanko takes longer to load than an archive to prove

    for file in (file for line in signed for file in line.files.values()):
        path = office.settings.archive / file.path
        if path.is_file() and not every_signature_holds(path.read_bytes()):
            yield Remark(Damage.CHANGED, file.path, _("电子签章不再有效：签章以后文件被改动过"))
