"""Put the parts of one paper together (组件): PDF, Word file, metadata, record and the sender's original.

This is the last thing that happens before the register's COMMIT: everything is in the staging folder afterwards, and
the ``FiledPaper`` says where each part will lie and what its digest is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.core.errors import ArchiveDamaged, GongwenError
from pipeline.core.findings import Code, Finding
from pipeline.core.four_properties import Item
from pipeline.core.kind import Kind
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import ClaimedFile, FiledFile, FiledPaper, NumberedRecord, RenderedDocument, RenderReport
from pipeline.filing import metadata
from pipeline.filing import record as records
from pipeline.filing.known import known_of
from pipeline.filing.layout import Occupied, Place, Wish, assign_places
from pipeline.filing.staging import Staging


@dataclass(frozen=True, slots=True)
class Filing:
    """What all papers of one filing share. ``retention`` gives the office's 保管期限 (Y, D30, D10) of a kind.

    ``filed_at`` carries its zone; ``program`` is the version that made the papers, ``origin`` whose they are.
    """

    claimed: ClaimedFile
    retention: Callable[[Kind], str]
    filed_at: datetime
    program: str
    origin: metadata.Provenance


class MetadataRefused(GongwenError):
    """A paper whose metadata would not pass the check at filing; ``findings`` goes back with the workbook."""

    exit_code = 3

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(finding.sentence() for finding in findings))
        self.findings = findings


def assemble(
    printed: Sequence[tuple[RenderedDocument, str]], filing: Filing, staging: Staging, occupied: Occupied
) -> tuple[FiledPaper, ...]:
    """Put every file of the printed papers of one workbook into ``staging``; returns them as they will be registered.

    Beside each printed paper stands its kind's ``file_name``, filled in. Raises ``ArchiveDamaged`` when our copy of
    the original is no longer what was claimed, ``MetadataRefused`` before anything can be registered.
    """
    claimed = filing.claimed
    original = claimed.path.read_bytes()
    if staging.put(original) != claimed.sha256:
        raise ArchiveDamaged(
            _("收下的表格在处理过程中被改动"), where=str(claimed.path), remedy=_("请把表格重新放进收件夹")
        )
    wishes = [wish_of(rendered.merged.numbered, name) for rendered, name in printed]
    places = assign_places(wishes, claimed.name, claimed.sha256, occupied)
    return tuple(
        _assemble_one(rendered, place, filing, staging, original)
        for (rendered, _name), place in zip(printed, places, strict=True)
    )


def wish_of(numbered: NumberedRecord, name: str) -> Wish:
    """The place that a paper wants; ``name`` is its kind's ``file_name``, filled in."""
    record = numbered.record
    return Wish(
        paper=numbered.paper,
        year=record.date.year,
        organisation=record.organisation.name,
        organisation_code=record.organisation.code,
        name=name,
        number=numbered.number.text if numbered.number else "",
        piece=numbered.archival_code.piece,
        version=record.replaces.version + 1 if record.replaces else 1,
    )


def _assemble_one(
    rendered: RenderedDocument, place: Place, filing: Filing, staging: Staging, original: bytes
) -> FiledPaper:
    numbered, engine = rendered.merged.numbered, f"gongwen {filing.program}"
    contents = {"pdf": rendered.pdf, "docx": rendered.merged.docx, "source": original}
    files = {role: FiledFile(place.path(role), staging.put(data), len(data)) for role, data in contents.items()}
    paper = FiledPaper(
        **known_of(numbered, filing.retention(numbered.record.kind)),
        submission=filing.claimed.submission,
        source_name=filing.claimed.name,
        filed_at=filing.filed_at,
        pages=rendered.report.pages,
        text=rendered.report.text,
        data=records.data_of(numbered.record),
        files=files,
    )
    programs = {"pdf": rendered.report.engine or engine, "docx": engine}
    documents = [
        metadata.Document.of(role, file, contents[role], programs.get(role, "")) for role, file in files.items()
    ]
    return described(paper, Told(numbered, rendered.report, documents), place, filing, staging)


@dataclass(frozen=True, slots=True)
class Told:
    """What metadata and record tell of a paper besides what the register knows; ``earlier`` of an old one."""

    numbered: NumberedRecord
    report: RenderReport
    documents: Sequence[metadata.Document]
    earlier: metadata.Earlier | None = None


def described(paper: FiledPaper, told: Told, place: Place, filing: Filing, staging: Staging) -> FiledPaper:
    """The paper with its metadata and its record, both put into ``staging``. Raises ``MetadataRefused``."""
    said = _metadata(paper, told, filing.origin)
    about = FiledFile(place.path(metadata.ROLE), staging.put(said), len(said))
    paper = replace(paper, files={**paper.files, metadata.ROLE: about})
    path = place.path(records.ROLE)
    content = records.write(paper, path, told.numbered.record, told.report, filing.program)
    staging.put(content)
    return records.with_record(paper, path, content)


def _passed(paper: FiledPaper, is_old: bool) -> tuple[Item, ...]:
    """The items of 四性检测 that hold of a paper that gets as far as its metadata, if these pass as well.

    Its digests are of the very bytes in ``staging``; of one that we printed the original is what was claimed, no part
    is missing, and the gate found PDF/A. An old paper (存量文件) is as it came, and a 档号 may be still to be given.
    """
    own = () if is_old else (Item.PACKAGE, Item.CONTENT, Item.FORMAT)
    passed = {Item.FIXITY, *metadata.LOOKED_AT, *own} - (set() if paper.archival_code else {Item.ARCHIVAL_CODE})
    return tuple(item for item in Item if item in passed)


def _metadata(paper: FiledPaper, told: Told, origin: metadata.Provenance) -> bytes:
    """The paper's metadata, checked. Raises ``MetadataRefused``."""
    numbered = told.numbered
    try:
        content = metadata.write(
            paper, numbered.record, told.documents, origin, told.earlier, _passed(paper, told.earlier is not None)
        )
        wrong = [fault.sentence for fault in metadata.faults(content)]
    except ValueError:
        wrong = [_("有不能归档的特殊字符")]
    if not wrong:
        return content
    head = numbered.record.head
    raise MetadataRefused(
        (
            Finding(
                Code.METADATA,
                sheet=head.sheet,
                cell=next(iter(head.cells.values()), ""),
                found=on_one_line(numbered.title),
                expected=_("能写进归档元数据的内容"),
                hint=_("；").join(wrong),
            ),
        )
    )
