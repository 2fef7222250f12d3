"""What is printed of a folder of the archive: 归档文件目录.pdf, 目录索引.pdf; for its boxes 备考表.pdf, 盒脊标签.pdf.

The workers print them like any paper, all of a folder at once; then the links are led to where the papers lie from
where the list will lie. The same papers give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pipeline.cataloguing import Printed, Shelf, catalogue_of, index_of, linked, notes_of, spines_of
from pipeline.cataloguing.boxes import Room
from pipeline.core.errors import GongwenError
from pipeline.core.kind import Kind
from pipeline.core.values import NumberedRecord, Organisation, Value
from pipeline.office import Office
from pipeline.printouts import printouts, unfiled

CATALOGUE, INDEX, NOTES, SPINES = "归档文件目录.pdf", "目录索引.pdf", "备考表.pdf", "盒脊标签.pdf"
NAMES = (CATALOGUE, INDEX, NOTES, SPINES)


def printed(shelf: Shelf, office: Office, folder: Path) -> Mapping[str, bytes]:
    """The four files of a shelf by name, as they must be to lie in ``folder`` (absolute).

    Raises ``ConfigurationError`` (a look in printouts/) and ``CannotRender``.
    """
    room = Room(**dict(office.settings.boxes))
    wanted = (catalogue_of(shelf), index_of(shelf), notes_of(shelf, room), spines_of(shelf, room))
    targets = _targets(shelf, office.settings.archive, folder)
    looks = printouts(office)
    records = [_record(one, looks.get(one.look), shelf, office) for one in wanted]
    files = {}
    for name, one, paper in zip(NAMES, wanted, office.workers.print_papers(records), strict=True):
        if isinstance(paper, GongwenError):
            raise paper
        files[name] = linked(paper.pdf, targets, one.bookmarks)
    return files


def _targets(shelf: Shelf, archive: Path, folder: Path) -> dict[str, str]:
    """The way from the folder to each paper's PDF, as far as it is there: a destroyed paper has its line and no way."""
    return {
        entry.paper: os.path.relpath(archive / entry.pdf, folder).replace(os.sep, "/")
        for volume in shelf.volumes
        for entry in volume.entries
        if entry.is_there
    }


def _record(one: Printed, look: Kind, shelf: Shelf, office: Office) -> NumberedRecord:
    settings = office.settings
    last = max(entry.date for volume in shelf.volumes for entry in volume.entries)
    organisation = next((each for each in settings.organisations if each.name == shelf.organisation), None)
    head: dict[str, Value] = {
        "list_no": str(shelf.year),
        "organisation": shelf.organisation,
        "year": str(shelf.year),
        "fonds": settings.office.fonds,
        "fonds_name": settings.issuer.name,
        "date": datetime.strptime(last, "%Y%m%d").date(),
        **one.head,
    }
    former = Organisation("", shelf.organisation, shelf.organisation, "")
    return unfiled(look, organisation or former, head, **one.details)
