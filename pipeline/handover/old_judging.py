"""A folder of old papers (存量文件) held against the office: which papers it would make, and everything that is wrong.

Reads the workbook of titles and looks at the files from outside; what is in them is for ``old_filing`` to see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pipeline.core import durable
from pipeline.core.archival import UNARRANGED
from pipeline.core.digests import contents
from pipeline.core.findings import Code, Finding, errors
from pipeline.core.messages import _
from pipeline.core.text import nfc, on_one_line, safe_name
from pipeline.core.values import Batch, ClaimedFile, NumberedRecord, Record, Row, Workbook
from pipeline.handover.old_folder import PDF, WORD, WORDS, OldFolder, is_usable, open_folder
from pipeline.handover.old_titles import OLD_PAPERS, TitleJudge, finding, twice
from pipeline.numberbook import series_book
from pipeline.numbering import NumberRefused, plan
from pipeline.office import Office
from pipeline.sheets import Unreadable, interpret, marks_of_secrecy
from pipeline.validation.organisations import Directory

_Files = tuple[str, ...]
"""Paths below the folder."""


@dataclass(frozen=True, slots=True)
class OldSet:
    """A folder as judged: the papers that are new, with the numbers they would get and the files of each (paths below
    the folder); how many are ``known``; the ``findings``."""

    folder: OldFolder
    claimed: ClaimedFile
    papers: tuple[tuple[NumberedRecord, _Files], ...]
    known: int
    findings: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Whether it may be filed."""
        return not errors(self.findings)


def judge_old(root: Path, office: Office) -> OldSet:
    """Read the workbook of titles and hold every row against the folder and the office; writes nothing.

    Raises ``AnswerIsNo`` when it is no folder with one workbook.
    """
    folder = open_folder(root)
    content = folder.titles.read_bytes()
    claimed = _claimed(folder, content, office)
    rows, misread = _rows(folder, content, office)
    findings = [*misread, *_secret_names(folder)]
    judged, told = _judged(rows, folder, office)
    findings += told
    new = [(record, files) for record, files in judged if record is not None]
    fresh, known, changed = _not_known(new, office)
    findings += changed
    numbered: tuple[NumberedRecord, ...] = ()
    try:
        numbered = _planned([record for record, _files in fresh], claimed, office)
    except NumberRefused as refusal:
        findings += refusal.findings
    told_once = _without_echoes(findings)
    papers = () if errors(told_once) else tuple(zip(numbered, (files for _record, files in fresh), strict=True))
    return OldSet(folder, claimed, papers, known, told_once)


def _claimed(folder: OldFolder, content: bytes, office: Office) -> ClaimedFile:
    """The workbook as a submission of its own; its id follows from the workbook and what lies beside it by now."""
    digest = hashlib.sha256(content).hexdigest()
    known = hashlib.sha256(f"gongwen/old-papers/1 {digest}".encode()).hexdigest()[:16]
    again = 1
    while office.register.submission(known) is not None:
        again += 1
        known = hashlib.sha256(f"gongwen/old-papers/{again} {digest}".encode()).hexdigest()[:16]
    return ClaimedFile(known, folder.titles, nfc(folder.titles.name), digest, folder.titles, office.now())


def _rows(folder: OldFolder, content: bytes, office: Office) -> tuple[Sequence[Row], tuple[Finding, ...]]:
    name = nfc(folder.titles.name)
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / safe_name(name)
        copy.write_bytes(content)
        try:
            workbook = office.workers.read(copy)
        except Unreadable as unreadable:
            return (), (unreadable.finding,)
    if secrets := marks_of_secrecy(workbook, name):
        return (), secrets
    draft, misread = interpret(workbook, (OLD_PAPERS,), name)
    return (draft.rows[OLD_PAPERS.head.id] if draft else ()), misread


def _secret_names(folder: OldFolder) -> Iterator[Finding]:
    """Marks of secrecy in the names of the files."""
    for path in folder.files:
        for told in marks_of_secrecy(Workbook(()), PurePosixPath(path).name):
            yield replace(told, found=path)


def _judged(
    rows: Sequence[Row], folder: OldFolder, office: Office
) -> tuple[list[tuple[Record | None, _Files]], list[Finding]]:
    """Every row as a paper with its files; what no row names, and what two name, is told."""
    judge = TitleJudge(Directory(office.settings.organisations), series_book(office), office.now().date())
    owners: dict[str, int] = {}
    judged: list[tuple[Record | None, _Files]] = []
    findings: list[Finding] = []
    for row in rows:
        files, told = _files(row, folder, owners)
        findings += told
        digests = "\n".join(f"sha256:{durable.sha256_of(folder.files[path])}" for path in files)
        record, told_too = judge.judge(row, digests)
        findings += told_too
        judged.append((record, files))
    findings += twice([(record.head, record) for record, _files in judged if record is not None])
    findings += _unlisted(folder, owners)
    return judged, findings


def _files(row: Row, folder: OldFolder, owners: dict[str, int]) -> tuple[tuple[str, ...], list[Finding]]:
    text = str(row.values.get("files") or "")
    files, lost = folder.meant(text)
    findings = []
    for name in lost:
        hint = _("文件夹里没有“{name}”，或者有几个同名的；请写带子文件夹的全名").format(name=name)
        findings.append(finding(Code.FILE_MISSING, row, "files", hint=hint))
    for path in files:
        before = owners.setdefault(path, row.row)
        if before != row.row:
            hint = _("“{name}”在第{row}行已经列过").format(name=path, row=before)
            findings.append(finding(Code.DUPLICATE, row, "files", expected=_("每个文件只属于一件"), hint=hint))
    if files and not lost and (why := _unfit(files)):
        findings.append(finding(Code.FILE_UNFIT, row, "files", hint=why))
    return files, findings


def _unfit(files: Sequence[str]) -> str:
    """Why these files make no paper; "" when they do."""
    strange = [path for path in files if not is_usable(path)]
    if strange:
        return _("“{name}”不是 PDF、图片或 Word 文件").format(name=strange[0])
    suffixes = [PurePosixPath(path).suffix.lower() for path in files]
    if suffixes.count(PDF) > 1:
        return _("一件只能有一个 PDF，请先合并成一个")
    if all(suffix in WORDS and suffix != WORD for suffix in suffixes):
        return _("{suffix} 文件读不了：请在 Word 里另存为同名的 PDF，放在它旁边，两个都会收下").format(
            suffix=suffixes[0]
        )
    if suffixes.count(WORD) > 1 and all(suffix in WORDS for suffix in suffixes):
        return _("有几个 Word 文件，看不出哪个是正文：请把正文另存为 PDF 放在一起")
    return ""


def _unlisted(folder: OldFolder, owners: Mapping[str, int]) -> Iterator[Finding]:
    for path in folder.files:
        if path not in owners:
            hint = _("题名表里没有这个文件：补一行，或者把它移出文件夹")
            yield Finding(Code.FILE_UNLISTED, found=path, hint=hint)


def _not_known(
    records: Sequence[tuple[Record, _Files]], office: Office
) -> tuple[list[tuple[Record, _Files]], int, list[Finding]]:
    """The papers that are new, how many are here already as they are, and those that are here otherwise."""
    filed = office.register.by_identities([record.identity for record, _files in records])
    new, known, findings = [], 0, []
    for (record, files), content in zip(records, contents([record for record, _files in records]), strict=True):
        before = filed.get(record.identity)
        if before is None:
            new.append((record, files))
        elif before.content == content:
            known += 1
        else:
            hint = _("已经归档为 {code}，这一行或它的文件和那时不一样").format(
                code=before.archival_code or _(UNARRANGED)
            )
            findings.append(finding(Code.ALREADY_FILED, record.head, "title", hint=hint))
    return new, known, findings


def _planned(records: Sequence[Record], claimed: ClaimedFile, office: Office) -> tuple[NumberedRecord, ...]:
    """The papers with their own numbers and new 档号; none gets a number anew. Raises ``NumberRefused``."""
    return plan(
        Batch(claimed, OLD_PAPERS, tuple(records)),
        office.register,
        starts=office.settings.starts,
        fonds=office.settings.office.fonds,
        retention=lambda kind: kind.retention,
        titles=lambda record, _number: on_one_line(str(record.head.values["title"])),
        coded=office.settings.codes_at_filing,
    )


def _without_echoes(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each thing once: of one cell not also what follows from it."""
    wrong = {(one.sheet, one.cell) for one in findings if one.cell and one.code is not Code.REQUIRED}
    echoes = (one for one in findings if one.code is not Code.REQUIRED or (one.sheet, one.cell) not in wrong)
    return tuple(dict.fromkeys(echoes))
