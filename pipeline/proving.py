"""Prove an office's archive (``retrieval.verify``) with all that stands ready for it: number book, history, pages."""

from __future__ import annotations

from pipeline.catalogues import is_derived, stale_pages
from pipeline.filing import census
from pipeline.office import Office
from pipeline.retrieval import NumberBook, Report, verify


def proved(office: Office) -> Report:
    """Archive against register and back. The caller is the office's writer."""
    register, archive = office.register, office.settings.archive
    pending = {paper for submission in register.unfinished() for paper in submission.papers}
    pending |= {act.id for act in register.unfinished_acts()} | {deed.id for deed in register.unfinished_deeds()}
    book = NumberBook(register.acts(), register.ledger())
    found = census(archive)
    history = register.history(found.days.values())
    stale = () if pending else stale_pages(office)
    return verify(archive, found, register.papers(), pending, book, history, is_derived, stale, register.deeds())
