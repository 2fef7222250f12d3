"""Take a set in: all of it into staging, by one COMMIT into the register, then into its places.

The same ceremony as for a paper made here, so a kill anywhere is healed by the next writer (``recovery``): before the
COMMIT nothing is in, after it everything will be. What is in already is known and not taken again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace

from pipeline.books import refuse_forgotten_entries
from pipeline.catalogues import keep_lists, keep_pages
from pipeline.core.deeds import Deed
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.values import FiledFile, FiledPaper, Submission
from pipeline.deedbook import finish_deed
from pipeline.filing import DEED_BOOK, Staging, stage_taken
from pipeline.handover.incoming import Incoming
from pipeline.office import Office
from pipeline.restoring import submissions_of

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def take_in(office: Office, found: Incoming, progress: Progress = lambda _what, _done, _all: None) -> int:
    """Take every new paper of a good set in, and what was done to its papers; returns how many papers. The caller is
    the office's writer, after ``recover``."""
    if not found.is_good:
        raise ValueError(f"{found.name} has findings")
    groups = {
        replace(submission, state="entered"): [paper for paper in found.papers if paper.submission == submission.id]
        for submission in submissions_of(found.papers)
    }
    deeds = _staged(office, found, groups)
    office.confirm_archive()
    office.register.take_over(groups, deeds, found.name, office.now())
    taken = 0
    for submission, papers in groups.items():
        finish(office, submission.id, papers)
        taken += len(papers)
        progress(found.name, taken, len(found.papers))
    for deed in deeds:
        finish_deed(office, deed)
    keep_lists(office)
    log.info("took in a set", extra={"set": found.name, "papers": taken, "deeds": len(deeds)})
    return taken


def finish(office: Office, submission: str, papers: Sequence[FiledPaper]) -> None:
    """Everything after the COMMIT; ``recovery`` does it again after a kill."""
    staging = office.staging(submission)
    office.archive.place(staging, papers)
    keep_pages(papers, office)
    office.confirm_archive()
    office.register.finish(submission, office.now())
    staging.discard()


def _staged(office: Office, found: Incoming, groups: Mapping[Submission, Sequence[FiledPaper]]) -> list[Deed]:
    """Everything of a set in staging, synced; returns the deeds, which know their own records now."""
    if found.deeds:
        refuse_forgotten_entries(office, DEED_BOOK, found.deeds[0].seq)
    with ExitStack() as undo:
        for submission, papers in groups.items():
            staging = office.staging(submission.id)
            undo.callback(staging.discard)
            _copy(found, (file for one in papers for file in one.files.values()), staging)
            staging.complete()
        deeds = []
        for deed in found.deeds:
            staging = office.staging(deed.id)
            undo.callback(staging.discard)
            _copy(found, deed.all_files, staging)
            deeds.append(stage_taken(deed, staging))
        undo.pop_all()
    return deeds


def _copy(found: Incoming, files: Iterable[FiledFile], staging: Staging) -> None:
    staging.discard()
    for digest in {file.sha256 for file in files}:
        if staging.put(found.get(digest)) != digest:
            raise ArchiveDamaged(
                _("包里的文件刚被改动，没有再往下收"),
                where=found.name,
                remedy=_("等没有人用这个文件夹了再运行一次"),
            )
