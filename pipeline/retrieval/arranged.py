"""What the yearly arrangement (整理) changes in the comparison of register, records and metadata.

Record and first metadata say how a paper was filed: without 档号. The register has the one that a deed gave it since,
and so have the metadata that came beside the paper with that deed. So each witness is held against what it must say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.core.archival import with_code
from pipeline.core.deeds import Action, Deed, DeedLine
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, standing
from pipeline.core.values import FiledPaper
from pipeline.retrieval.damage import Note, Remark
from pipeline.retrieval.metadata import ROLE


def arranged(recorded: Iterable[tuple[str, FiledPaper]], deeds: Iterable[Deed]) -> Iterator[tuple[str, FiledPaper]]:
    """What the records tell of papers, with the 档号 that was given since; each with its path."""
    stand = standing(deeds)
    for path, paper in recorded:
        yield path, with_code(paper, stand.get(paper.paper, AS_FILED).archival_code)


def as_filed(
    papers: Iterable[FiledPaper], recorded: Iterable[FiledPaper], deeds: Iterable[Deed]
) -> Iterator[FiledPaper]:
    """The papers as their first metadata must have them: those that were arranged later as their record says, and not
    at all where it could not be read."""
    records, later = {paper.paper: paper for paper in recorded}, {line.paper for line in _lines(deeds)}
    for paper in papers:
        if paper.paper not in later:
            yield paper
        elif (before := records.get(paper.paper)) is not None:
            yield replace(
                paper,
                archival_code=before.archival_code,
                lowest_class=before.lowest_class,
                piece=before.piece,
                retention=before.retention,
            )


def as_arranged(papers: Iterable[FiledPaper], deeds: Iterable[Deed]) -> Iterator[FiledPaper]:
    """The arranged papers, with the metadata that came beside them in the place of their first ones."""
    beside = {line.paper: line.files[ROLE] for line in _lines(deeds) if ROLE in line.files}
    for paper in papers:
        if paper.paper in beside:
            yield replace(paper, files={**paper.files, ROLE: beside[paper.paper]})


def note_waiting(papers: Iterable[FiledPaper], deeds: Iterable[Deed]) -> Iterator[Remark]:
    """How many papers of each year wait for their 档号; those that were destroyed wait for nothing."""
    gone = {line.paper for deed in deeds if deed.action is Action.DESTROY for line in deed.lines}
    counts = Counter(paper.year for paper in papers if not paper.piece and paper.paper not in gone)
    for year, count in sorted(counts.items()):
        sentence = _("有 {count} 件还没有档号；整理这一年用 gongwen arrange {year}").format(count=count, year=year)
        yield Remark(Note.UNARRANGED, _("{year}年").format(year=year), sentence)


def _lines(deeds: Iterable[Deed]) -> Iterator[DeedLine]:
    return (line for deed in deeds if deed.action is Action.ARRANGE for line in deed.lines)
