"""Put the parts of one paper together (组件): the PDF, the Word file, the record and the sender's original.

This is the last thing that happens before the register's COMMIT: everything is in the staging folder afterwards, and
the ``FiledPaper`` says where each part will lie and what its digest is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.kind import Kind
from pipeline.core.messages import _
from pipeline.core.values import ClaimedFile, FiledFile, FiledPaper, NumberedRecord, RenderedDocument
from pipeline.filing import record as records
from pipeline.filing.known import known_of
from pipeline.filing.layout import Occupied, Place, Wish, assign_places
from pipeline.filing.staging import Staging


@dataclass(frozen=True, slots=True)
class Filing:
    """What all papers of one filing share. ``retention`` gives the office's 保管期限 (Y, D30, D10) of a kind.

    ``filed_at`` carries its zone; ``program`` is the version that made the papers.
    """

    claimed: ClaimedFile
    retention: Callable[[Kind], str]
    filed_at: datetime
    program: str


def assemble(
    printed: Sequence[tuple[RenderedDocument, str]], filing: Filing, staging: Staging, occupied: Occupied
) -> tuple[FiledPaper, ...]:
    """Put every file of the printed papers of one workbook into ``staging``; returns them as they will be registered.

    Beside each printed paper stands its kind's ``file_name``, filled in. Raises ``ArchiveDamaged`` when our copy of
    the original is no longer what was claimed.
    """
    claimed = filing.claimed
    if staging.put(claimed.path.read_bytes()) != claimed.sha256:
        raise ArchiveDamaged(
            _("收下的表格在处理过程中被改动"), where=str(claimed.path), remedy=_("请把表格重新放进收件夹")
        )
    wishes = [_wish(rendered.merged.numbered, name) for rendered, name in printed]
    places = assign_places(wishes, claimed.name, claimed.sha256, occupied)
    return tuple(
        _assemble_one(rendered, place, filing, staging)
        for (rendered, _name), place in zip(printed, places, strict=True)
    )


def _wish(numbered: NumberedRecord, name: str) -> Wish:
    record = numbered.record
    return Wish(
        paper=numbered.paper,
        year=record.date.year,
        organisation=record.organisation.name,
        organisation_code=record.organisation.code,
        name=name,
        number=numbered.number.text if numbered.number else "",
        piece=numbered.archival_code.piece,
    )


def _assemble_one(rendered: RenderedDocument, place: Place, filing: Filing, staging: Staging) -> FiledPaper:
    numbered = rendered.merged.numbered
    paper = FiledPaper(
        **known_of(numbered, filing.retention(numbered.record.kind)),
        submission=filing.claimed.submission,
        source_name=filing.claimed.name,
        filed_at=filing.filed_at,
        pages=rendered.report.pages,
        text=rendered.report.text,
        data=records.data_of(numbered.record),
        files={
            "pdf": _put(rendered.pdf, place.path("pdf"), staging),
            "docx": _put(rendered.merged.docx, place.path("docx"), staging),
            "source": FiledFile(place.source, filing.claimed.sha256, filing.claimed.path.stat().st_size),
        },
    )
    path = place.path(records.ROLE)
    content = records.write(paper, path, numbered.record, rendered.report, filing.program)
    staging.put(content)
    return records.with_record(paper, path, content)


def _put(content: bytes, path: str, staging: Staging) -> FiledFile:
    return FiledFile(path, staging.put(content), len(content))
