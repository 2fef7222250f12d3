"""Take a set in: its papers into staging, by one COMMIT for each workbook into the register, then into their places.

The same ceremony as for a paper made here, so a kill anywhere is healed by the next writer (``recovery``), and what is
in already is known and not taken again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.catalogues import keep_lists, keep_pages
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper
from pipeline.handover.incoming import Incoming
from pipeline.office import Office
from pipeline.restoring import submissions_of

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def take_in(office: Office, found: Incoming, progress: Progress = lambda _what, _done, _all: None) -> int:
    """Take every new paper of a good set in; returns how many. The caller is the office's writer, after ``recover``."""
    if not found.is_good:
        raise ValueError(f"{found.name} has findings")
    taken, newer = 0, {paper.replaces: paper.paper for paper in found.papers if paper.replaces}
    by_submission = {one.id: one for one in submissions_of(found.papers)}
    for submission in by_submission.values():
        papers = [paper for paper in found.papers if paper.submission == submission.id]
        staging = office.staging(submission.id)
        staging.discard()
        for digest in {file.sha256 for paper in papers for file in paper.files.values()}:
            if staging.put(found.get(digest)) != digest:
                raise ArchiveDamaged(
                    _("包里的文件刚被改动，没有再往下收"),
                    where=found.name,
                    remedy=_("等没有人用这个文件夹了再运行一次"),
                )
        staging.complete()
        office.confirm_archive()
        office.register.take_over(replace(submission, state="entered"), papers, found.name, office.now(), newer)
        finish(office, submission.id, papers)
        taken += len(papers)
        progress(found.name, taken, len(found.papers))
    keep_lists(office)
    log.info("took in a set", extra={"set": found.name, "papers": taken})
    return taken


def finish(office: Office, submission: str, papers: Sequence[FiledPaper]) -> None:
    """Everything after the COMMIT; ``recovery`` does it again after a kill."""
    staging = office.staging(submission)
    office.archive.place(staging, papers)
    keep_pages(papers, office)
    office.confirm_archive()
    office.register.finish(submission, office.now())
    staging.discard()
