"""Put an old paper (存量文件) together: its files byte for byte as they came, a PDF to read, metadata and record.

The PDF is the one that came, or was made of pictures or a Word file; what it was made of lies beside it as 原件, a Word
file under the paper's own name. Everything is in staging by then, so papers are only told of here, never held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.text import folded_name
from pipeline.core.values import FiledFile, FiledPaper, NumberedRecord, RenderReport
from pipeline.filing import metadata
from pipeline.filing import record as records
from pipeline.filing.assembly import Filing, Told, described, wish_of
from pipeline.filing.known import known_of
from pipeline.filing.layout import SUFFIXES, Occupied, Place, assign_places, beside
from pipeline.filing.staging import Staging

_BESIDE = "原件"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of an old paper, in staging under its ``sha256``. ``role`` is pdf, docx, or original, original2 …;
    ``program`` made it where we did, ``format`` is for the metadata; ``size`` in bytes."""

    role: str
    suffix: str
    sha256: str
    sm3: str
    size: int
    program: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class OldPaper:
    """An old paper with its numbers and its files, one of them its ``pdf``."""

    numbered: NumberedRecord
    files: tuple[KeptFile, ...]
    report: RenderReport
    earlier: metadata.Earlier


def assemble_old(
    old: Sequence[OldPaper], filing: Filing, staging: Staging, occupied: Occupied
) -> tuple[FiledPaper, ...]:
    """The papers as they will be registered, everything that was not yet there put into ``staging``.

    Raises ``MetadataRefused`` before anything can be registered, ``ArchiveDamaged`` for a workbook that was changed.
    """
    titles = filing.claimed
    source = titles.path.read_bytes()
    if staging.put(source) != titles.sha256:
        raise ArchiveDamaged(
            _("题名表在处理过程中被改动"), where=titles.name, remedy=_("等没有人用这个文件夹了再运行一次")
        )
    places = assign_places(
        [wish_of(one.numbered, one.numbered.title) for one in old], titles.name, titles.sha256, occupied
    )
    given: set[str] = set()
    papers = []
    for one, place in zip(old, places, strict=True):
        files = dict(_placed(one, place, occupied, given))
        files["source"] = FiledFile(place.source, titles.sha256, len(source))
        papers.append(_assembled(one, files, source, place, filing, staging))
    return tuple(papers)


def _placed(one: OldPaper, place: Place, occupied: Occupied, given: set[str]) -> Iterator[tuple[str, FiledFile]]:
    """Where each file will lie; ``given`` are the places promised so far, as ``folded_name`` has them."""
    for kept in one.files:
        path = (
            place.path(kept.role)
            if kept.role in SUFFIXES
            else beside(f"{place.folder}/{place.stem}", _BESIDE, kept.suffix, occupied, given)
        )
        given.add(folded_name(path))
        yield kept.role, FiledFile(path, kept.sha256, kept.size)


def _assembled(
    one: OldPaper, files: dict[str, FiledFile], source: bytes, place: Place, filing: Filing, staging: Staging
) -> FiledPaper:
    numbered, report = one.numbered, one.report
    paper = FiledPaper(
        **known_of(numbered, filing.retention(numbered.record.kind)),
        submission=filing.claimed.submission,
        source_name=filing.claimed.name,
        filed_at=filing.filed_at,
        pages=report.pages,
        text=report.text,
        data=records.data_of(numbered.record),
        files=files,
    )
    documents = [
        *(metadata.Document(kept.role, files[kept.role], kept.sm3, kept.program, kept.format) for kept in one.files),
        metadata.Document.of("source", files["source"], source),
    ]
    return described(paper, Told(numbered, report, documents, one.earlier), place, filing, staging)
