"""Going on where an earlier run stopped: it was killed after its COMMIT, or archive or inbox stood in the way.

The register knows which submissions have numbers and may not have all their files in place; the staging folder holds
those files. Nothing is decided here again: the end of ``flow`` is done once more, until it is through.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.values import ClaimedFile, FiledPaper, Submission
from pipeline.deedbook import finish_deeds
from pipeline.flow import Outcome, Posted, finish
from pipeline.intake.claim import reclaim
from pipeline.logs import claimed_as, one_workbook
from pipeline.numberbook import finish_acts
from pipeline.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    """The workbooks brought home after an interruption, and those that could not be, by submission."""

    healed: tuple[Outcome, ...] = ()
    stuck: Mapping[str, Outcome] = field(default_factory=dict)
    error: ArchiveDamaged | None = None


def recover(office: Office, is_due: Callable[[str], bool] = lambda _submission: True) -> Recovered:
    """Go on where a killed run stopped, or where the archive or the inbox stood in the way.

    What was claimed but never entered is thrown away: its original still lies in the inbox. Raises what stands in the
    way of every submission (``OutOfReach``, ``OfficeBusy``, a full archive); what stands in the way of one is in
    ``stuck``. ``is_due`` says whether a submission is to be tried now.
    """
    office.confirm_archive()
    office.archive.check(office.settings.inbox)
    office.refuse_forgotten_archive()
    finish_acts(office)
    finish_deeds(office)
    healed, stuck, error = [], {}, None
    unfinished = office.register.unfinished()
    for submission in unfinished:
        if not is_due(submission.id):
            continue
        with one_workbook(submission.name):
            claimed_as(submission.id)
            claimed = reclaim(office.spool, submission.id) or _claim_of(submission, office)
            papers = office.register.papers_of(submission.id)
            try:
                posted = finish(claimed, papers, office)
            except ArchiveDamaged as damage:
                log.error("an earlier workbook cannot be finished", extra={"reason": str(damage)})
                stuck[submission.id] = Outcome(submission.name, "left", papers, why=damage.what)
                error = error or damage
                continue
            if posted.receipt is None and posted.why:
                stuck[submission.id] = Outcome(submission.name, "left", papers, why=posted.why)
            else:
                log.warning("went on after an interruption")
                healed.append(_brought_home(submission, papers, posted))
    if len(healed) == len(unfinished):
        _tell_of_what_begins_anew(office)
        office.sweep()
    return Recovered(tuple(healed), stuck, error)


def _brought_home(submission: Submission, papers: tuple[FiledPaper, ...], posted: Posted) -> Outcome:
    why = posted.why or _("上次没有办完，这次接着办完了")
    return Outcome(submission.name, "filed", papers, delivered=posted.receipt, why=why)


def _tell_of_what_begins_anew(office: Office) -> None:
    """A line for every workbook that was claimed and not entered, so that the log shows what each kill cut off."""
    for folder in sorted(office.spool.glob("*")):
        claimed = reclaim(office.spool, folder.name)
        if claimed is None or not claimed.origin.exists() or office.register.submission(claimed.submission):
            continue
        with one_workbook(claimed.name):
            claimed_as(claimed.submission)
            log.warning("begins anew after an interruption: nothing was numbered yet")


def _claim_of(submission: Submission, office: Office) -> ClaimedFile:
    """The claim of a submission whose spool folder somebody threw away; all that finishing needs is in the register."""
    return ClaimedFile(
        submission=submission.id,
        path=office.spool / submission.id / submission.name,
        name=submission.name,
        sha256=submission.sha256,
        origin=office.settings.inbox / submission.name,
        claimed_at=submission.received_at,
    )
