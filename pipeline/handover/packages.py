"""A set as EEP packages (DA/T 48-2009), one for each paper, with a manifest of all that lies in the folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline import __version__
from pipeline.core import durable
from pipeline.core.messages import _
from pipeline.core.text import safe_name
from pipeline.filing import manifest
from pipeline.handover.eep import Part, Sender, package
from pipeline.handover.lists import Handed
from pipeline.handover.order import Progress
from pipeline.handover.pieces import Piece, content_of, records_of_deeds
from pipeline.office import Office


def fill_packages(folder: Path, office: Office, pieces: Sequence[Piece], handed: Handed, progress: Progress) -> None:
    """The packages, and a manifest of them and of what lies in ``folder`` already.

    Raises ``ArchiveDamaged``, ``OSError`` as it comes.
    """
    sender = Sender(handed.office, handed.fonds, __version__, handed.at)
    for done, piece in enumerate(pieces, start=1):
        paper = piece.paper
        parts = [Part(role, file.path, content_of(office, file)) for role, file in piece.files]
        content = package(paper, (*parts, *records_of_deeds([piece])), office.register.events(paper.paper), sender)
        durable.write_new(folder / f"{safe_name(paper.archival_code or paper.paper)}.xml", content)
        progress(_("导出"), done, len(pieces))
    digests = {path.name: durable.sha256_of(path) for path in sorted(folder.iterdir())}
    durable.replace(folder / manifest.NAME, manifest.write(digests))
