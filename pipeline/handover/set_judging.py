"""A set from elsewhere held against itself and against this office: what stands in the way of each of its papers.

A set is believed in nothing. A record may lie about its files, name a place that is a catalogue's, or a number that
somebody has; whatever would make ``verify`` speak up afterwards is a finding before anything comes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.catalogues import is_derived
from pipeline.core.acts import number_in_full
from pipeline.core.archival import with_code
from pipeline.core.deeds import CODE, Action, Deed
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.standing import versions
from pipeline.core.text import folded_name, on_one_line
from pipeline.core.values import FiledPaper, IndexQuery, Number
from pipeline.filing import OccupiedPaths, metadata
from pipeline.filing.layout import may_lie
from pipeline.filing.record import ROLE
from pipeline.office import Office
from pipeline.retrieval.metadata import ROLE as METADATA
from pipeline.retrieval.metadata import compare_metadata

_ALWAYS = ("pdf", "source")
"""Files that every paper has, an old one too; some have no Word file, those of an older version no metadata."""

_MOST = 2**63 - 1
"""The register keeps no larger number (SQLite's INTEGER)."""

Told = Iterator[tuple[str, str]]
"""Findings: which paper, and why."""


def judged(
    new: Sequence[FiledPaper],
    papers: Sequence[FiledPaper],
    deeds: Iterable[Deed],
    contents: Mapping[str, Path],
    office: Office,
) -> Told:
    """What stands in the way of the ``new`` ones of a set's ``papers``; ``contents`` are its files by their digest.

    Of the ``deeds`` it is asked what 档号 they give.
    """
    chains, occupied = chains_of(papers, office), office.occupied()
    lines = [(deed, line) for deed in deeds for line in deed.lines]
    codes = {line.paper: deed.told(line)[CODE] for deed, line in lines if deed.action is Action.ARRANGE}
    coded = [with_code(paper, codes.get(paper.paper, "")) for paper in new]
    for paper, with_its_code in zip(new, coded, strict=True):
        yield from _out_of_place(paper, contents, occupied)
        yield from _described_otherwise(paper, contents)
        yield from _judged(with_its_code, _versions(paper, chains), office)
    yield from _twice(coded, chains)


def called(paper: FiledPaper) -> str:
    """A paper in a few words: its number, or its 档号, and its title."""
    return f"{number_in_full(paper) or paper.archival_code} {on_one_line(paper.title)}"


def chains_of(papers: Sequence[FiledPaper], office: Office) -> Mapping[str, tuple[str, ...]]:
    """All versions of each paper that has several, of those in the set and those that are here."""
    named = {name for paper in papers for name in (paper.paper, paper.replaces) if name}
    own = {paper.replaces: paper.paper for paper in papers if paper.replaces}
    return versions({**office.register.newer(named), **own})


def _versions(paper: FiledPaper, chains: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return chains.get(paper.paper, (paper.paper,))


def _out_of_place(paper: FiledPaper, contents: Mapping[str, Path], occupied: OccupiedPaths) -> Told:
    """The files of a paper that are missing or not as its record has them, or whose place is no place of theirs."""
    record, years = paper.files[ROLE].path, f"{paper.year:04}/"
    for role in _ALWAYS:
        if role not in paper.files:
            yield called(paper), _("缺文件：{path}").format(path=role)
    for role, file in paper.files.items():
        content = contents.get(file.sha256)
        if content is None or content.stat().st_size != file.size:
            yield called(paper), _("缺文件：{path}").format(path=file.path)
        if not (file.path.startswith(years) and may_lie(role, file.path, record)) or is_derived(file.path):
            yield called(paper), _("这不是公文文件该放的位置：{path}").format(path=file.path)
        there = occupied.digest(file.path)
        if there is not None and there != file.sha256:
            yield called(paper), _("档案库里这个位置已有另一个文件：{path}").format(path=file.path)


def _described_otherwise(paper: FiledPaper, contents: Mapping[str, Path]) -> Told:
    """Metadata beside the paper that say other than its record."""
    file = paper.files.get(METADATA)
    content = contents.get(file.sha256) if file else None
    if file is None or content is None:
        return
    try:
        described = metadata.read(content.read_bytes())
    except ArchiveDamaged as error:
        yield called(paper), error.what
        return
    for remark in compare_metadata({file.path: described}, [paper]):
        yield called(paper), remark.sentence


def _judged(paper: FiledPaper, own: tuple[str, ...], office: Office) -> Told:
    """What stands in the way of one paper; its ``own`` versions (ids) do not."""
    name = called(paper)
    if max(paper.year, paper.n, paper.piece, paper.pages, paper.version) > _MOST:
        yield name, _("归档记录不完整：{why}").format(why=_("这一项的内容不对"))
        return
    if office.register.paper(paper.paper) is not None:
        yield name, _("同一份文件已经在档案库里，但记录不一样")
    if any(other.paper not in own for other in office.register.by_identities([paper.identity]).values()):
        yield name, _("机构、题名、日期都相同的文件已经在档案库里")
    if paper.number:
        number = Number(paper.series, paper.year, paper.n, paper.number)
        held = [office.register.entry(number), *office.register.named(number_in_full(paper))]
        if any(entry.paper not in own for entry in held if entry is not None):
            yield name, _("文号已被占用")
    if not paper.archival_code:
        yield name, _("这一件没有档号，包里也没有给它编档号的整理记录")
    hits = office.register.search(IndexQuery(number=paper.archival_code, limit=1)) if paper.archival_code else ()
    if any(hit.paper.archival_code == paper.archival_code for hit in hits):
        yield name, _("档号 {code} 已被占用").format(code=paper.archival_code)
    ours = {one.code: one.name for one in office.settings.organisations}
    if ours.get(paper.organisation_code, paper.organisation) != paper.organisation:
        yield (
            name,
            _("机构代码 {code} 在本办公室是“{ours}”，在包里是“{theirs}”").format(
                code=paper.organisation_code, ours=ours[paper.organisation_code], theirs=paper.organisation
            ),
        )


def _twice(papers: Sequence[FiledPaper], chains: Mapping[str, tuple[str, ...]]) -> Told:
    """What two papers of the set both claim; the versions of one paper share its number."""
    seen: dict[tuple[str, object], str] = {}
    for place, paper in enumerate(papers):
        if seen.setdefault(("id", paper.paper), str(place)) != str(place):
            yield called(paper), _("同一件在包里有两份")
            continue
        claims: list[tuple[tuple[str, object], str]] = []
        if paper.archival_code:
            claims.append((("code", paper.archival_code), str(place)))
        if paper.number:
            claims.append((("number", (paper.series, paper.year, paper.n)), _versions(paper, chains)[0]))
        if any(seen.setdefault(claim, whose) != whose for claim, whose in claims):
            yield called(paper), _("文号或档号在包里出现两次")
        for role, file in paper.files.items():
            whose = file.sha256 if role == "source" else f"{place} {role}"
            if seen.setdefault(("place", folded_name(file.path)), whose) != whose:
                yield called(paper), _("包里有两份文件要放在同一个位置：{path}").format(path=file.path)
