"""The way of one scan, from the inbox to beside its papers (盖章件), readable aloud.

A scan holds many papers, and one doubtful page must not keep the others waiting: what is sure is filed, in one deed and
so one COMMIT, and what is not comes back as pages of its own with the reasons; the sender's whole file is then kept in
退回/原件. A kill before the COMMIT leaves everything to do again. After it the deed is replayed, and the scan, which
lies in the inbox still, is known by its digest: it is answered, and nothing is filed twice.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import deedbook, sheets
from pipeline.core.acts import number_in_full
from pipeline.core.deeds import Action
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Standing, objection
from pipeline.core.text import on_one_line
from pipeline.core.values import ClaimedFile, FiledPaper
from pipeline.deedbook import NewFile, On, Why
from pipeline.flow import Outcome, Progress, State, let_go, return_of, tidy
from pipeline.intake.claim import StillChanging, claim
from pipeline.intake.deliver import deliver
from pipeline.intake.inbox import ORIGINALS, RECEIPTS, RETURNED, Arrival
from pipeline.intake.names import readable
from pipeline.logs import claimed_as
from pipeline.office import Office
from pipeline.post import receipt_name, scan_note_name, scan_pages_name
from pipeline.scanning import Bundle, Doubt, Known, Split, UnreadableScan, mismatch, split

log = logging.getLogger(__name__)

ROLE = "sealed"
"""The role of a sealed copy among the files beside a paper."""

SCAN, SCAN_NAME, PAGES, LIKENESS = "scan_sha256", "scan_name", "scan_pages", "likeness"
"""Keys of a deed's details: digest and name of the scan, the pages there, and how like the least of them was."""

_CALLED = "盖章件"


@dataclass(frozen=True, slots=True)
class Homecoming:
    """A paper that its scan has found: ``pdf`` is the sealed copy, empty for one that this very scan brought before."""

    bundle: Bundle
    paper: FiledPaper
    pdf: bytes = b""
    likeness: float = 1.0


def receive(arrival: Arrival, office: Office, progress: Progress) -> Outcome:
    """Claim one arrived scan and carry it all the way."""
    try:
        claimed = claim(arrival.path, office.spool, now=office.now(), sender=office.sender_of(arrival.path))
    except StillChanging as reason:
        log.info("still changing", extra={"reason": str(reason)})
        return Outcome(readable(arrival.path.name), "waiting", why=str(reason))
    claimed_as(claimed.submission)
    outcome = bring_home(claimed, office, progress)
    log.info(outcome.state, extra={"papers": len(outcome.papers), "findings": len(outcome.findings)})
    return outcome


def bring_home(claimed: ClaimedFile, office: Office, progress: Progress) -> Outcome:
    """Carry one claimed scan from the spool beside its papers; what is in doubt goes back."""
    try:
        found = split(office.workers.read_scan(claimed.path))
        home, doubts = recognise(claimed, found, office, progress)
    except UnreadableScan as unreadable:
        return answer(claimed, (), (Doubt(unreadable.finding, ()),), (), office)
    file(claimed, [one for one in home if one.pdf], office)
    return answer(claimed, home, (*found.doubts, *doubts), found.blank, office)


def recognise(
    claimed: ClaimedFile, found: Split, office: Office, progress: Progress
) -> tuple[tuple[Homecoming, ...], tuple[Doubt, ...]]:
    """The papers of a scan with their sealed copies, and those that are not what their code says."""
    home: list[Homecoming] = []
    doubts: list[Doubt] = []
    progress(claimed.name, 0, len(found.bundles))
    stand = office.register.standing([bundle.code.paper for bundle in found.bundles])
    for done, bundle in enumerate(found.bundles, start=1):
        paper = office.register.paper(bundle.code.paper)
        standing = stand.get(bundle.code.paper, AS_FILED)
        wrong = mismatch(bundle, _known(paper, standing))
        if wrong is not None or paper is None:
            doubts += [Doubt(wrong, bundle.pages, bundle.code.paper)] if wrong is not None else []
        elif was_brought_by(claimed.sha256, standing):
            home.append(Homecoming(bundle, paper))
        else:
            made = office.workers.sealed_copy(claimed.path, bundle.pages, _original(paper, office))
            if made.findings:
                doubts += [
                    Doubt(finding, () if more else bundle.pages, paper.paper)
                    for more, finding in enumerate(made.findings)
                ]
            else:
                home.append(Homecoming(bundle, paper, made.pdf, min(made.likeness)))
        progress(claimed.name, done, len(found.bundles))
    return tuple(home), tuple(doubts)


def was_brought_by(scan: str, standing: Standing) -> bool:
    """Whether a scan of this SHA-256 has a sealed copy beside the paper already."""
    return any(
        deed.action is Action.SEALED and deed.told(line).get(SCAN) == scan
        for deed in standing.deeds
        for line in deed.lines
    )


def file(claimed: ClaimedFile, home: Sequence[Homecoming], office: Office) -> None:
    """Put the sealed copies beside their papers: one deed, and so all of them or none."""
    if not home:
        return
    office.confirm_archive()
    papers = [
        On(
            one.paper,
            {PAGES: _pages(one.bundle.pages), LIKENESS: f"{one.likeness:.2f}"},
            {ROLE: NewFile(_CALLED, ".pdf", one.pdf)},
        )
        for one in home
    ]
    why = Why(_("扫描件“{name}”").format(name=claimed.name), office.sender_of(claimed.origin) or _("收件夹"))
    deedbook.do(office, Action.SEALED, papers, why, details={SCAN: claimed.sha256, SCAN_NAME: claimed.name})


def answer(
    claimed: ClaimedFile, home: Sequence[Homecoming], doubts: Sequence[Doubt], blank: Sequence[int], office: Office
) -> Outcome:
    """Tell the sender what became of the scan, give back what is in doubt, and let go of the original."""
    office.confirm_inbox()
    box = claimed.origin.parent
    doubts = [_named(doubt, office) for doubt in doubts]
    findings = tuple(doubt.finding for doubt in doubts)
    delivered = None
    if home or not doubts:
        delivered = deliver(
            box / RECEIPTS,
            receipt_name(claimed.name),
            sheets.scan_answer(claimed.name, _lines(home, office, box / RECEIPTS), findings, len(blank)),
        )
    if doubts:
        delivered = _give_back(claimed, home, doubts, office)
        office.register.note_returned(return_of(claimed), findings)
    why = let_go(claimed)
    tidy(claimed, office)
    new = tuple(one.paper for one in home if one.pdf)
    state: State = "returned" if doubts else "filed" if new else "known"
    papers = new if new or doubts else tuple(one.paper for one in home)
    return Outcome(claimed.name, state, papers, findings, delivered, why, is_scan=True)


def _named(doubt: Doubt, office: Office) -> Doubt:
    """The doubt with the paper's number or title at its place, where its code could be read and we know it."""
    paper = office.register.paper(doubt.paper) if doubt.paper else None
    if paper is None:
        return doubt
    place = _("{page}（{paper}）").format(
        page=doubt.finding.cell, paper=number_in_full(paper) or on_one_line(paper.title)
    )
    return replace(doubt, finding=replace(doubt.finding, cell=place))


def _give_back(claimed: ClaimedFile, home: Sequence[Homecoming], doubts: Sequence[Doubt], office: Office) -> Path:
    """The reasons into 退回, and beside them the doubtful pages where the scan held good ones too."""
    box = claimed.origin.parent
    deliver(box / RETURNED / ORIGINALS, claimed.name, claimed.path.read_bytes())
    pages = sorted({page for doubt in doubts for page in doubt.pages})
    if home and pages:
        rest = office.workers.remaining_pages(claimed.path, pages)
        deliver(box / RETURNED, scan_pages_name(claimed.name), rest)
    findings = tuple(doubt.finding for doubt in doubts)
    note = sheets.scan_answer(claimed.name, _lines(home, office, box / RETURNED), findings, 0)
    return deliver(box / RETURNED, scan_note_name(claimed.name), note)


def _known(paper: FiledPaper | None, standing: Standing) -> Known | None:
    if paper is None:
        return None
    refused = objection(Action.SEALED, standing)
    if not standing.counts and not refused and not standing.replaced_by:
        refused = _("这份文件已经撤销")
    docx = paper.files.get("docx")
    return Known(docx.sha256 if docx else "", paper.pages, refused)


def _original(paper: FiledPaper, office: Office) -> Path:
    """The filed PDF. Raises ``ArchiveDamaged`` when it is not there."""
    path = office.filed / paper.files["pdf"].path
    if not path.is_file():
        raise ArchiveDamaged(
            _("归档的 PDF 不见了"),
            where=paper.files["pdf"].path,
            remedy=_("运行 gongwen verify 查看，从备份恢复后再试"),
        )
    return path


def _lines(home: Sequence[Homecoming], office: Office, folder: Path) -> list[sheets.ScanLine]:
    return list(_each_line(home, office, folder))


def _each_line(home: Sequence[Homecoming], office: Office, folder: Path) -> Iterator[sheets.ScanLine]:
    stand = office.register.standing([one.paper.paper for one in home])
    for one in home:
        copies = [copy for copy in stand[one.paper.paper].copies if copy.role == ROLE]
        link = os.path.relpath(office.settings.archive / copies[-1].file.path, folder) if copies else ""
        yield sheets.ScanLine(
            one.bundle.pages,
            one.paper.title,
            number_in_full(one.paper),
            one.paper.archival_code,
            Path(link).as_posix() if link else "",
            bool(one.pdf),
        )


def _pages(pages: Sequence[int]) -> str:
    return ",".join(map(str, pages))
