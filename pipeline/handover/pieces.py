"""The papers of a set, each with everything that belongs to its 件, and the bytes of it as they were filed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Standing
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.filing import deed_record
from pipeline.filing.strict import strict_json
from pipeline.handover.along import excerpts
from pipeline.handover.eep import Part
from pipeline.office import Office

_BEGINNINGS = {".pdf": b"%PDF", ".docx": b"PK"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A paper with everything that belongs to its 件: its own files, and what deeds put beside it, by what they are."""

    paper: FiledPaper
    files: tuple[tuple[str, FiledFile], ...]
    stands: Standing


def pieces_of(office: Office, papers: Sequence[FiledPaper]) -> list[Piece]:
    """The papers that are still there; of a destroyed one nothing can be handed on."""
    stand = office.register.standing([paper.paper for paper in papers])
    pieces = []
    for paper in papers:
        after = stand.get(paper.paper, AS_FILED)
        if after.destroyed is None:
            copies = ((copy.called, copy.file) for copy in after.composed)
            pieces.append(Piece(paper, (*paper.files.items(), *copies), after))
    return pieces


def records_of_deeds(pieces: Sequence[Piece]) -> Iterator[Part]:
    """The records of what was done to these papers, each about them alone."""
    stand = {piece.paper.paper: piece.stands for piece in pieces}
    for deed in excerpts([piece.paper for piece in pieces], stand):
        path = deed.files[deed_record.ROLE].path
        yield Part(deed_record.ROLE, path, deed_record.write(deed, path))


def content_of(office: Office, file: FiledFile) -> bytes:
    """A file of the archive, as it was filed. Raises ``ArchiveDamaged`` when it is not that any more."""
    path = office.archive.root / file.path
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    suffix = path.suffix.lower()
    readable = content.startswith(_BEGINNINGS.get(suffix, b""))
    if hashlib.sha256(content).hexdigest() != file.sha256 or not readable:
        raise ArchiveDamaged(
            _("归档的文件丢失或被改动，没有导出"),
            where=file.path,
            remedy=_("运行 gongwen verify，从备份找回它，再导出"),
        )
    if suffix == ".json":
        strict_json(content)
    return content
