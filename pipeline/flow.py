"""The way of one submission, from the inbox to the archive, readable aloud.

Up to ``register.enter`` nothing has happened that could not be thrown away: numbers are planned, papers are printed
into the staging folder. ``enter`` is one COMMIT and the point of no return. What comes after it is replayed from the
register and the staging folder by ``recover`` until it is done, so a kill anywhere loses nothing and doubles nothing.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline import __version__
from pipeline.bundling import expand, linked
from pipeline.catalogues import keep_pages
from pipeline.core.collection import nothing_collected
from pipeline.core.errors import CannotRender, GongwenError
from pipeline.core.filesystem import explained
from pipeline.core.findings import Code, Finding, errors
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import (
    Batch,
    ClaimedFile,
    FiledPaper,
    NumberedRecord,
    RenderedDocument,
    Submission,
)
from pipeline.facts import OfficeFacts
from pipeline.filing import Filing, MetadataRefused, assemble
from pipeline.intake.claim import StillChanging, claim, forget, release
from pipeline.intake.deliver import deliver
from pipeline.intake.inbox import ORIGINALS, RECEIPTS, RETURNED, Arrival
from pipeline.intake.names import readable
from pipeline.intake.remaining import cannot_post, cannot_remove
from pipeline.kinds import file_name_of, title_of
from pipeline.logs import claimed_as
from pipeline.numbering import NumberRefused, plan
from pipeline.office import Office
from pipeline.post import receipt, receipt_name, returned
from pipeline.provenance import provenance
from pipeline.sheets import Unreadable, interpret, marks_of_secrecy
from pipeline.validation import judge

log = logging.getLogger(__name__)

_REASONS = 3
"""How many of the gate's reasons a secretary is told; the log has them all."""

Progress = Callable[[str, int, int], None]
"""Told (workbook, papers printed, papers in all)."""


State = Literal["filed", "known", "returned", "waiting", "left"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one workbook or scan. ``delivered`` is the receipt or what was returned; a scan that was
    returned in part has the papers that went home in ``papers``.

    ``why`` says in words why a file waits or was left for another time, or why the original of one that is done still
    lies in the inbox.
    """

    name: str
    state: State
    papers: tuple[FiledPaper, ...] = ()
    findings: tuple[Finding, ...] = ()
    delivered: Path | None = None
    why: str = ""
    is_scan: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """How the end of a submission went: the receipt where it was delivered, and why the original is still there."""

    receipt: Path | None
    why: str = ""


def submit(arrival: Arrival, office: Office, progress: Progress) -> Outcome:
    """Claim one arrived file and carry it all the way."""
    try:
        claimed = claim(arrival.path, office.spool, now=office.now(), sender=office.sender_of(arrival.path))
    except StillChanging as reason:
        log.info("still changing", extra={"reason": str(reason)})
        return Outcome(readable(arrival.path.name), "waiting", why=str(reason))
    claimed_as(claimed.submission)
    before = office.register.submission(claimed.submission)
    if before is not None and before.state == "entered":  # its papers wait in the staging folder of this very claim
        return Outcome(claimed.name, "left", why=_("上次没有办完，文号已登记，会接着办"))
    outcome = issue(claimed, office, progress)
    log.info(outcome.state, extra=_counts(outcome))
    return outcome


def issue(claimed: ClaimedFile, office: Office, progress: Progress) -> Outcome:
    """Carry one claimed workbook from the spool into the archive, or send it back with all its findings."""
    batch, findings = understand(claimed, office)
    if batch is None:
        return send_back(claimed, findings, office)
    if not batch.records:
        return already_known(batch, office)
    try:
        numbered = number(batch, office)
    except NumberRefused as refusal:
        return send_back(claimed, refusal.findings, office)
    printed, refused = print_all(numbered, office, progress, claimed.name)
    if refused:
        return send_back(claimed, refused, office)
    return file(batch, printed, office)


@nothing_collected()
def understand(claimed: ClaimedFile, office: Office) -> tuple[Batch | None, tuple[Finding, ...]]:
    """Read, interpret and judge a workbook: a batch without errors, or every finding at once."""
    try:
        workbook = office.workers.read(claimed.path)
    except Unreadable as unreadable:
        return None, (unreadable.finding,)
    if secrets := marks_of_secrecy(workbook, claimed.name):
        return None, secrets
    bundles = {bundle.kind.id: bundle for bundle in office.bundles}
    kinds = (*(kind.correctable() for kind in office.kinds), *(bundle.kind for bundle in bundles.values()))
    draft, misread = interpret(workbook, kinds, claimed.name)
    if draft is None:
        return None, misread
    facts = OfficeFacts.of(office, claimed.origin)
    batch, misjudged = judge(draft, claimed, facts)
    if batch is not None and draft.kind.id in bundles:
        batch, misjudged = expand(bundles[draft.kind.id], batch, lambda one: judge(one, claimed, facts))
    findings = (*misread, *_not_at(misjudged, misread))
    return (None if errors(findings) else batch), findings


def number(batch: Batch, office: Office) -> tuple[NumberedRecord, ...]:
    """The numbers these papers will carry; nothing is taken yet. Raises ``NumberRefused``."""
    planned = plan(
        batch,
        office.register,
        starts=office.settings.starts,
        fonds=office.settings.office.fonds,
        retention=office.retention,
        titles=lambda record, number: title_of(record.kind, record.head.values, number.text if number else ""),
        coded=office.settings.codes_at_filing,
    )
    is_set = batch.kind.id in {bundle.kind.id for bundle in office.bundles}
    return linked(planned, batch.known) if is_set else planned


def print_all(
    numbered: tuple[NumberedRecord, ...], office: Office, progress: Progress, name: str
) -> tuple[tuple[RenderedDocument, ...], tuple[Finding, ...]]:
    """Merge and print every paper; papers that fail the gate come back as findings at their row.

    Raises ``ConfigurationError`` when it is the template that is wrong: that is not the sender's to mend.
    """
    printed: list[RenderedDocument] = []
    refused: list[Finding] = []
    progress(name, 0, len(numbered))
    for done, (paper, result) in enumerate(zip(numbered, office.workers.print_papers(numbered), strict=True), 1):
        if isinstance(result, CannotRender):
            log.warning("cannot be printed", extra={"paper": paper.title, "reason": result.what})
            refused.append(_unprintable(paper, result))
        elif isinstance(result, GongwenError):
            raise result
        else:
            printed.append(result)
            if result.report.left_out:
                log.warning("no free place", extra={"paper": paper.title, "left_out": list(result.report.left_out)})
        progress(name, done, len(numbered))
    return tuple(printed), tuple(refused)


def file(batch: Batch, printed: tuple[RenderedDocument, ...], office: Office) -> Outcome:
    """Stage the printed papers, enter them in the register (the point of no return), and finish."""
    claimed = batch.claimed
    staging = office.staging(claimed.submission)
    staging.discard()
    named = [(paper, _file_name(paper.merged.numbered)) for paper in printed]
    filing = Filing(claimed, office.retention, office.now(), __version__, provenance(office.settings))
    try:
        papers = assemble(named, filing, staging, office.occupied())
    except MetadataRefused as refusal:
        return send_back(claimed, refusal.findings, office)
    staging.put_receipt(receipt(batch, papers, office))
    staging.complete()
    office.confirm_archive()
    given = {paper.merged.numbered.paper for paper in printed if paper.merged.numbered.record.given_number}
    office.register.enter(_entry_of(batch, papers), papers, given=given)
    posted = finish(claimed, papers, office)
    return Outcome(claimed.name, "filed", papers, batch.warnings, posted.receipt, posted.why)


def finish(claimed: ClaimedFile, papers: Sequence[FiledPaper], office: Office) -> Posted:
    """Everything after the COMMIT; may be cut off anywhere and done again until it is through.

    An inbox that does not take the receipt (read-only, full) is no reason to hold the papers back: they are placed,
    and the submission stays unfinished until the receipt could be delivered.
    """
    staging = office.staging(claimed.submission)
    office.archive.place(staging, papers)
    keep_pages(papers, office)
    office.confirm_archive()  # a share that went away meanwhile leaves a mount point behind that takes files as well
    slip = staging.receipt()
    try:
        office.confirm_inbox()
        delivered = deliver(_receipts(claimed), receipt_name(claimed.name), slip) if slip else None
    except (GongwenError, OSError) as error:
        log.error("the receipt cannot be delivered", extra={"reason": str(error)})
        return Posted(None, cannot_post(error.what if isinstance(error, GongwenError) else explained(error)))
    why = let_go(claimed)
    office.register.finish(claimed.submission, office.now())
    tidy(claimed, office)
    return Posted(delivered, why)


def let_go(claimed: ClaimedFile) -> str:
    """Take the original out of the inbox, or say why it stays."""
    why = release(claimed)
    if not why:
        return ""
    log.error("the original cannot be removed", extra={"reason": why})
    return cannot_remove(why)


def already_known(batch: Batch, office: Office) -> Outcome:
    """Nothing new in the workbook: tell the sender where its papers are."""
    claimed = batch.claimed
    office.confirm_inbox()
    delivered = deliver(_receipts(claimed), receipt_name(claimed.name), receipt(batch, (), office))
    why = let_go(claimed)
    tidy(claimed, office)
    known = tuple(paper for _row, paper in batch.known)
    return Outcome(claimed.name, "known", known, batch.warnings, delivered, why)


def send_back(claimed: ClaimedFile, findings: tuple[Finding, ...], office: Office) -> Outcome:
    """The sender's own workbook, with every wrong cell marked, into 退回; nothing of it is numbered.

    What she sent goes into 退回/原件 untouched: marking rewrites a workbook, and may lose what nobody thought of.
    """
    name, marked = returned(claimed, findings)
    office.confirm_inbox()
    folder = claimed.origin.parent / RETURNED
    deliver(folder / ORIGINALS, claimed.name, claimed.path.read_bytes())
    delivered = deliver(folder, name, marked)
    office.register.note_returned(return_of(claimed), findings)
    why = let_go(claimed)
    tidy(claimed, office)
    return Outcome(claimed.name, "returned", (), findings, delivered, why)


def tidy(claimed: ClaimedFile, office: Office) -> None:
    """Throw our own copies away; archive or inbox hold their content by now."""
    office.staging(claimed.submission).discard()
    forget(claimed)


def _receipts(claimed: ClaimedFile) -> Path:
    """Where the sender looks for the receipt: beside where she put the workbook."""
    return claimed.origin.parent / RECEIPTS


def _entry_of(batch: Batch, papers: Sequence[FiledPaper]) -> Submission:
    claimed = batch.claimed
    return Submission(
        id=claimed.submission,
        name=claimed.name,
        sha256=claimed.sha256,
        kind=batch.kind.id,
        state="entered",
        received_at=claimed.claimed_at,
        papers=tuple(paper.paper for paper in papers),
    )


def return_of(claimed: ClaimedFile) -> Submission:
    """Each return has an id of its own: the same file may come back twice, and be accepted the third time."""
    return Submission(
        id=f"{claimed.submission}-{secrets.token_hex(4)}",
        name=claimed.name,
        sha256=claimed.sha256,
        kind="",
        state="returned",
        received_at=claimed.claimed_at,
    )


def _file_name(paper: NumberedRecord) -> str:
    record = paper.record
    return file_name_of(record.kind, record.head.values, paper.number.text if paper.number else "")


def _unprintable(paper: NumberedRecord, error: CannotRender) -> Finding:
    """The gate's reasons, at the row the paper was made from."""
    head = paper.record.head
    reasons = error.what.split("\n")
    more = _("等{count}处").format(count=len(reasons)) if len(reasons) > _REASONS else ""
    return Finding(
        Code.PRINT,
        sheet=head.sheet,
        cell=next(iter(head.cells.values()), ""),
        found=on_one_line(paper.title),
        expected=_("能照样印到纸上的内容"),
        hint=_("{reasons}{more}；如果内容没有特别长，请管理员检查这一种的模板").format(
            reasons=_("；").join(reason.rstrip("。") for reason in reasons[:_REASONS]), more=more
        ),
    )


def _not_at(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings at cells of which nothing else is known: one wrong date is not also a missing one."""
    spoken_for = {(other.sheet, other.cell) for other in others if other.cell}
    return tuple(finding for finding in findings if (finding.sheet, finding.cell) not in spoken_for)


def _counts(outcome: Outcome) -> dict[str, int]:
    return {"papers": len(outcome.papers), "findings": len(outcome.findings)}
