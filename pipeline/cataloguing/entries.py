"""The catalogue of filed papers (归档文件目录): its volumes and lines, by DA/T 22-2015.

Clause 5.2: papers of one year, organisation and retention belong together and are counted through (件号). Clause 5.5:
the columns. Decides only; a page, a workbook or a print shows the same lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.core.archival import UNARRANGED, catalogue_order
from pipeline.core.deeds import Deed
from pipeline.core.filed import responsible
from pipeline.core.retention import RETENTIONS
from pipeline.core.standing import AS_FILED, Standing, in_words
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledFile, FiledPaper

COLUMNS = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
"""DA/T 22-2015 clause 5.5."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a catalogue. ``archival_code`` is "" and ``piece`` 0 until the arrangement; ``date`` is written
    YYYYMMDD; ``pages`` 0 when nobody counted them. ``paper`` is the id,
    ``kind`` the name of its 文种, ``people`` are the names in it. ``copies`` came beside it later (path and what it
    is); a destroyed paper is no longer there and keeps its line. ``arranged`` is the deed that gave it its 档号."""

    sequence: int
    archival_code: str
    number: str
    responsible: str
    title: str
    date: str
    secrecy: str
    pages: int
    remark: str
    files: Mapping[str, FiledFile]
    paper: str = ""
    kind: str = ""
    people: tuple[str, ...] = ()
    piece: int = 0
    copies: tuple[tuple[str, str], ...] = ()
    is_there: bool = True
    arranged: Deed | None = None

    @property
    def pdf(self) -> str:
        """The PDF, as a path relative to the archive."""
        return self.files["pdf"].path

    def texts(self) -> tuple[str, ...]:
        """The cells of ``COLUMNS``."""
        pages = str(self.pages) if self.pages else ""
        code = self.archival_code or UNARRANGED
        told = (code, self.number, self.responsible, self.title, self.date, self.secrecy, pages)
        return (str(self.sequence), *told, self.remark)


@dataclass(frozen=True, slots=True)
class Volume:
    """The papers of one year, organisation and retention, in the order of their 件号; those without one come last."""

    year: int
    organisation: str
    retention: str
    entries: tuple[Entry, ...]

    @property
    def pages(self) -> int:
        """Pages of all papers together."""
        return sum(entry.pages for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One folder of the archive: ``path`` relative to it, with its volumes."""

    path: str
    year: int
    organisation: str
    volumes: tuple[Volume, ...]

    @property
    def papers(self) -> int:
        """How many papers lie in it."""
        return sum(len(volume.entries) for volume in self.volumes)


def folder_of(paper: FiledPaper) -> str:
    """The folder of the archive that a paper lies in."""
    return paper.files["pdf"].path.rpartition("/")[0]


def shelf(path: str, papers: Iterable[FiledPaper], stand: Mapping[str, Standing] | None = None) -> Shelf:
    """The folder at ``path`` with those of the papers that lie in it; there is at least one.

    ``stand`` tells what papers (ids) are after the deeds about them.
    """
    own = [paper for paper in papers if folder_of(paper) == path]
    return Shelf(path, own[0].year, own[0].organisation, volumes(own, stand))


def volumes(papers: Iterable[FiledPaper], stand: Mapping[str, Standing] | None = None) -> tuple[Volume, ...]:
    """The volumes of these papers: newest year last, organisations by name, retention from permanent to ten years."""
    grouped: dict[tuple[int, str, str], list[FiledPaper]] = defaultdict(list)
    for paper in papers:
        grouped[paper.year, paper.organisation, paper.retention].append(paper)
    order = list(RETENTIONS)
    keys = sorted(grouped, key=lambda key: (*key[:2], order.index(key[2]) if key[2] in order else len(order)))
    return tuple(Volume(*key, _entries(grouped[key], stand or {})) for key in keys)


def _entries(papers: Iterable[FiledPaper], stand: Mapping[str, Standing]) -> tuple[Entry, ...]:
    in_order = sorted(papers, key=catalogue_order)
    return tuple(
        _entry(sequence, paper, stand.get(paper.paper, AS_FILED)) for sequence, paper in enumerate(in_order, start=1)
    )


def _entry(sequence: int, paper: FiledPaper, stands: Standing) -> Entry:
    return Entry(
        sequence,
        paper.archival_code,
        paper.number,
        "；".join(responsible(paper)),
        on_one_line(paper.title),
        f"{paper.date:%Y%m%d}",
        "",  # what is 秘密 or above is refused at the door
        paper.pages,
        in_words(paper.status, stands),
        paper.files,
        paper.paper,
        paper.kind_name,
        paper.people,
        paper.piece,
        tuple((copy.file.path, copy.called) for copy in stands.composed),
        stands.destroyed is None,
        stands.arranged,
    )
