"""What is printed of a folder of the archive: 归档文件目录.pdf, 目录索引.pdf; for its boxes 备考表.pdf, 盒脊标签.pdf.

The workers print them like any paper, all of a folder at once; then the links are led to where the papers lie from
where the list will lie. The same papers give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.cataloguing import Printed, Shelf, catalogue_of, index_of, linked, made_of, notes_of, spines_of
from pipeline.cataloguing.boxes import Room
from pipeline.core.errors import GongwenError
from pipeline.core.kind import Kind
from pipeline.core.values import NumberedRecord, Organisation, Value
from pipeline.office import Office
from pipeline.printouts import printouts, unfiled

CATALOGUE, INDEX, NOTES, SPINES = "归档文件目录.pdf", "目录索引.pdf", "备考表.pdf", "盒脊标签.pdf"
NAMES = (CATALOGUE, INDEX, NOTES, SPINES)


@dataclass(frozen=True, slots=True)
class ToPrint:
    """One of the lists: ``record`` is what a press is given. ``said`` is a digest of what it says and where it leads,
    ``look`` one of the template it is printed by; the list bears both, so that it need not be printed to be known."""

    name: str
    record: NumberedRecord
    bookmarks: Mapping[str, Sequence[tuple[str, str]]]
    said: str
    look: str

    @property
    def made_of(self) -> str:
        """What the printed list bears."""
        return f"{self.said} {self.look}"

    def is_printed(self, folder: Path) -> bool:
        """Whether the list in the folder is this one, in this look."""
        return made_of(folder / self.name) == self.made_of

    def is_contradicted(self, folder: Path) -> bool:
        """Whether the list in the folder is missing or says something else; of one that does not tell what it was made
        of (an older version's) nobody knows."""
        path = folder / self.name
        told = made_of(path).partition(" ")[0]
        return not path.is_file() or bool(told and told != self.said)


def lists_of(shelf: Shelf, office: Office) -> tuple[ToPrint, ...]:
    """What there is to print of a shelf; nothing is printed yet. Raises ``ConfigurationError`` (a look)."""
    room = Room(**dict(office.settings.boxes))
    looks = printouts(office)
    wanted = (catalogue_of(shelf), index_of(shelf), notes_of(shelf, room), spines_of(shelf, room))
    ways = _targets(shelf, office.settings.archive, office.settings.archive / shelf.path)
    return tuple(
        _to_print(name, one, looks.get(one.look), shelf, office, ways) for name, one in zip(NAMES, wanted, strict=True)
    )


def printed(lists: Sequence[ToPrint], shelf: Shelf, office: Office, folder: Path) -> Mapping[str, bytes]:
    """These lists of a shelf by name, as they must be to lie in ``folder`` (absolute).

    Raises ``ConfigurationError`` (a look in printouts/) and ``CannotRender``.
    """
    targets = _targets(shelf, office.settings.archive, folder)
    files = {}
    for one, paper in zip(lists, office.workers.print_papers([one.record for one in lists]), strict=True):
        if isinstance(paper, GongwenError):
            raise paper
        files[one.name] = linked(paper.pdf, targets, one.bookmarks, one.made_of)
    return files


def _to_print(name: str, one: Printed, look: Kind, shelf: Shelf, office: Office, ways: Mapping[str, str]) -> ToPrint:
    record = _record(one, look, shelf, office)
    rows = [row for table in one.details.values() for row in table]
    said = {
        "head": record.record.head.values,
        "tables": one.details,
        "bookmarks": one.bookmarks,
        "links": [ways.get(str(row["paper"]), "") for row in rows if "paper" in row],
    }
    drawn = [hashlib.sha256((look.folder / part).read_bytes()).hexdigest() for part in ("kind.toml", "template.docx")]
    return ToPrint(name, record, one.bookmarks, _digest(said), _digest(drawn))


def _digest(told: object) -> str:
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


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
