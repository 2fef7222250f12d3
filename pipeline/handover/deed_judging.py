"""The deeds of a set held against its papers and against what was done to them here, before anything comes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.core.deeds import WORDS, Deed, DeedLine
from pipeline.core.messages import _
from pipeline.core.standing import contradictions
from pipeline.core.text import folded_name
from pipeline.core.values import FiledPaper
from pipeline.filing import OccupiedPaths
from pipeline.filing.layout import may_lie
from pipeline.filing.record import ROLE
from pipeline.handover.set_judging import Told, called
from pipeline.office import Office

_BESIDE = "beside"
"""No role of a paper's own files, whatever the deed calls its file."""


def judged_deeds(
    deeds: Sequence[Deed], papers: Sequence[FiledPaper], contents: Mapping[str, Path], office: Office
) -> Told:
    """What stands in the way of the deeds that come in with ``papers``; ``contents`` are the set's files by digest."""
    by_id, occupied = {paper.paper: paper for paper in papers}, office.occupied()
    places = {folded_name(file.path) for paper in papers for file in paper.files.values()}
    for _deed, line in _lines(deeds):
        paper = by_id.get(line.paper)
        if paper is None:
            yield line.number or line.title, _("办理簿记录说的文件不在包里")
        else:
            yield from _out_of_place(line, paper, contents, occupied, places)
    yield from _contradicting(deeds, by_id, office)


def _lines(deeds: Sequence[Deed]) -> Iterator[tuple[Deed, DeedLine]]:
    return ((deed, line) for deed in deeds for line in deed.lines)


def _out_of_place(
    line: DeedLine, paper: FiledPaper, contents: Mapping[str, Path], occupied: OccupiedPaths, places: set[str]
) -> Told:
    """The files beside a paper that are missing or not as the deed has them, or whose place is no place of theirs.

    ``places`` are those that are promised already; it learns of these.
    """
    for file in line.files.values():
        content = contents.get(file.sha256)
        if content is None or content.stat().st_size != file.size:
            yield called(paper), _("缺文件：{path}").format(path=file.path)
        if not may_lie(_BESIDE, file.path, paper.files[ROLE].path):
            yield called(paper), _("这不是公文文件该放的位置：{path}").format(path=file.path)
        if occupied.digest(file.path) not in {None, file.sha256}:
            yield called(paper), _("档案库里这个位置已有另一个文件：{path}").format(path=file.path)
        if folded_name(file.path) in places:
            yield called(paper), _("包里有两份文件要放在同一个位置：{path}").format(path=file.path)
        places.add(folded_name(file.path))


def _contradicting(deeds: Sequence[Deed], by_id: Mapping[str, FiledPaper], office: Office) -> Told:
    """The deeds that cannot have been done to a paper, or not after what was done to it here."""
    newer = {**office.register.newer(by_id), **{one.replaces: one.paper for one in by_id.values() if one.replaces}}
    versions = {*by_id, *newer, *newer.values()}
    stand = office.register.standing(versions)
    done = {deed.seq: deed for stands in stand.values() for deed in stands.deeds}
    known = {*versions, *(line.paper for _deed, line in _lines(list(done.values())))}
    coded = {paper.paper for paper in by_id.values() if paper.archival_code}
    entered = {deed.seq for deed in deeds}
    for deed, line, why in contradictions((*done.values(), *deeds), known, newer, coded):
        paper = by_id.get(line.paper)
        if paper is not None and deed.seq in entered:
            yield (
                called(paper),
                _("包里的“{action}”在这里办不成：{why}").format(action=_(WORDS[deed.action]), why=why),
            )
