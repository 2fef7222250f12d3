"""Old papers (存量文件) on their way into the archive: each made readable, then filed.

The same ceremony as for every paper: all files into staging, one COMMIT for the folder, then their places. So a kill
anywhere is healed by the next writer (``recovery``), and the same folder once more files nothing. The folder itself is
only read. With one error nothing of it comes in.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import __version__
from pipeline.catalogues import keep_lists
from pipeline.core import durable
from pipeline.core.errors import AnswerIsNo, CannotRender
from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import ClaimedFile, FiledPaper, NumberedRecord, Row, Sheet, Submission, Workbook
from pipeline.filing import Digitised, Earlier, Filing, KeptFile, MetadataRefused, OldPaper, Staging, assemble_old
from pipeline.handover.old_folder import PDF, WORD, WORDS
from pipeline.handover.old_judging import OldSet
from pipeline.handover.old_titles import ORIGINALS, finding
from pipeline.handover.taking import finish
from pipeline.office import Office
from pipeline.provenance import provenance
from pipeline.readable import Readable
from pipeline.rendering import Metadata
from pipeline.scanning import UnreadableScan
from pipeline.sheets import marks_of_secrecy

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]

_TOP_LINES = 40
"""密级 stands at the head of the first page (GB/T 9704-2012 7.2.2)."""
_DOUBTS = 2


def look_through(found: OldSet, office: Office, progress: Progress = lambda *_: None) -> OldSet:
    """Open every file as filing would: unreadable ones, and marks of secrecy in them, are findings too."""
    return _made(found, office, None, progress)[0]


def file_old(
    found: OldSet, office: Office, progress: Progress = lambda *_: None
) -> tuple[OldSet, tuple[FiledPaper, ...]]:
    """File every new paper of a good folder, or none when a file turns out bad. The caller is the writer, after
    ``recover``."""
    if not found.is_good:
        raise ValueError(f"{found.folder.root} has findings")
    if not found.papers:
        return found, ()
    staging = office.staging(found.claimed.submission)
    staging.discard()
    found, old = _made(found, office, staging, progress)
    if not found.is_good:
        staging.discard()
        return found, ()
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "titles"
        copy.write_bytes(found.folder.titles.read_bytes())
        claimed = replace(found.claimed, path=copy)
        filing = Filing(claimed, lambda kind: kind.retention, office.now(), __version__, provenance(office.settings))
        try:
            papers = assemble_old(old, filing, staging, office.occupied())
        except MetadataRefused as refusal:
            staging.discard()
            return replace(found, findings=(*found.findings, *refusal.findings)), ()
    staging.complete()
    office.confirm_archive()
    given = {paper.paper for paper in papers if paper.number}
    office.register.enter(_entry(claimed, papers), papers, given=given)
    finish(office, claimed.submission, papers)
    keep_lists(office)
    log.info("took in old papers", extra={"folder": found.folder.root.name, "papers": len(papers)})
    return found, papers


def _made(
    found: OldSet, office: Office, staging: Staging | None, progress: Progress
) -> tuple[OldSet, tuple[OldPaper, ...]]:
    """Every paper made readable, its files in ``staging`` where there is one; what cannot be read is a finding."""
    old, findings = [], list(found.findings)
    for done, (numbered, files) in enumerate(found.papers, start=1):
        paths = [found.folder.files[path] for path in files]
        head = numbered.record.head
        try:
            readable = _readable(paths, numbered, office)
        except UnreadableScan as unreadable:
            findings.append(replace(unreadable.finding, sheet=head.sheet, cell=head.cells.get("files", f"A{head.row}")))
            continue
        except CannotRender as error:
            findings.append(finding(Code.PRINT, head, "files", hint=on_one_line(error.what)))
            continue
        findings += _about(readable, head)
        if staging is not None:
            old.append(_kept(numbered, paths, readable, staging))
        progress(found.folder.root.name, done, len(found.papers))
    return replace(found, findings=tuple(findings)), tuple(old)


def _readable(paths: Sequence[Path], numbered: NumberedRecord, office: Office) -> Readable:
    """What people will open: the PDF that came, else one of the pictures, else one of the Word file."""
    by_suffix = {path.suffix.lower(): path for path in paths}
    if PDF in by_suffix:
        return office.workers.pdf_readable(by_suffix[PDF])
    said = _said(numbered, office)
    pictures = [path for path in paths if path.suffix.lower() not in WORDS]
    if pictures:
        return office.workers.pictures_readable(pictures, said)
    return office.workers.word_readable(by_suffix[WORD].read_bytes(), said)


def _said(numbered: NumberedRecord, office: Office) -> Metadata:
    record, number = numbered.record, numbered.number.text if numbered.number else ""
    return Metadata(
        title=on_one_line(numbered.title),
        author=record.organisation.name,
        subject=record.kind.name,
        keywords=tuple(filter(None, (record.kind.name, number, numbered.archival_code.text))),
        number=number,
        archival_code=numbered.archival_code.text,
        level=office.settings.printing.level,
    )


def _about(readable: Readable, head: Row) -> Iterator[Finding]:
    """Marks of secrecy in the text, and where a Word file cannot be printed as it looks."""
    lines = readable.report.text.splitlines()[:_TOP_LINES]
    if marks := marks_of_secrecy(Workbook((Sheet("", tuple((line,) for line in lines)),)), ""):
        hint = _("文件里写着“{mark}”；{hint}").format(mark=marks[0].found, hint=marks[0].hint)
        yield finding(Code.CLASSIFIED, head, "files", hint=hint)
    if readable.doubts:
        why = _("；").join(readable.doubts[:_DOUBTS])
        hint = _("照收原件；PDF 只供阅读，和 Word 里看到的会有出入（{why}）").format(why=why)
        yield finding(Code.PRINT, head, "files", hint=hint, severity=Severity.WARNING)


def _kept(numbered: NumberedRecord, paths: Sequence[Path], readable: Readable, staging: Staging) -> OldPaper:
    """The paper's files in staging: what came byte for byte, and the PDF where we made one."""
    kept = []
    _refuse_changed(numbered, paths)
    if readable.pdf is not None:
        kept.append(_staged("pdf", PDF, readable.pdf, staging, program=f"gongwen {__version__}"))
    words = [path for path in paths if path.suffix.lower() == WORD]
    others = 0
    for path in paths:
        suffix = path.suffix.lower()
        if suffix == PDF:
            kept.append(_staged("pdf", suffix, path.read_bytes(), staging, format="PDF"))
        elif words == [path]:
            kept.append(_staged("docx", suffix, path.read_bytes(), staging))
        else:
            others += 1
            kept.append(_staged(f"original{others if others > 1 else ''}", suffix, path.read_bytes(), staging))
    scanned = readable.scanned
    scan = Digitised(scanned.dpi, scanned.colours, scanned.compression) if scanned else None
    draft = "定稿" if all(path.suffix.lower() in WORDS for path in paths) else "正本"
    return OldPaper(numbered, tuple(kept), readable.report, Earlier(draft, scan))


def _refuse_changed(numbered: NumberedRecord, paths: Sequence[Path]) -> None:
    """What is judged is what is filed: nobody may save into the folder meanwhile."""
    for path in paths:
        if durable.sha256_of(path) not in str(numbered.record.head.values[ORIGINALS]):
            raise AnswerIsNo(_("文件刚被改动"), where=str(path), remedy=_("等没有人用这个文件夹了再运行一次"))


def _staged(
    role: str, suffix: str, content: bytes, staging: Staging, *, program: str = "", format: str = ""
) -> KeptFile:
    sm3 = hashlib.new("sm3", content).hexdigest()
    return KeptFile(role, suffix, staging.put(content), sm3, len(content), program, format)


def _entry(claimed: ClaimedFile, papers: Sequence[FiledPaper]) -> Submission:
    return Submission(
        id=claimed.submission,
        name=claimed.name,
        sha256=claimed.sha256,
        kind=papers[0].kind,
        state="entered",
        received_at=claimed.claimed_at,
        papers=tuple(paper.paper for paper in papers),
    )
