"""Read a set that came from elsewhere (a bag, or EEP packages) back into papers, and judge it against this office.

Each paper's record says everything of it: number, 档号, dates, its place in the archive. So it comes in as it was
filed, byte for byte, or not at all. What stands in the way (a number somebody has, a 档号, a place, a changed file) is
a finding with the paper's name; with one finding nothing of the set comes in.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import bagit

from pipeline.core.acts import number_in_full
from pipeline.core.deeds import versions
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledPaper, IndexQuery, Number
from pipeline.filing import manifest, records
from pipeline.filing.layout import is_inside
from pipeline.filing.record import ROLE, read
from pipeline.filing.store import OccupiedPaths
from pipeline.handover.eep import unpacked
from pipeline.office import Office

Bytes = Callable[[], bytes]
"""Reads one file when it is needed."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A set that was read: its ``papers`` that are new here, how many are ``known`` already, where the bytes of each
    digest are, and what stands in the way (``findings``: paper, and why)."""

    name: str
    papers: tuple[FiledPaper, ...]
    known: int
    contents: Mapping[str, Bytes]
    findings: tuple[tuple[str, str], ...]

    @property
    def is_good(self) -> bool:
        """Whether all of it may come in."""
        return not self.findings

    def get(self, digest: str) -> bytes:
        """The content with this SHA-256."""
        return self.contents[digest]()


@contextmanager
def incoming(source: Path, office: Office) -> Iterator[Incoming]:
    """The set at ``source``, a folder or a ZIP, judged; its contents can be read inside the block.

    Raises ``AnswerIsNo`` when it is no set, ``ArchiveDamaged`` when its own check fails.
    """
    with _unzipped(source) as folder:
        papers, contents = _bag(folder) if (folder / "bagit.txt").is_file() else _packages(folder)
        if not papers:
            raise AnswerIsNo(
                _("里面没有公文：既不是 BagIt 包，也没有封装包"),
                where=str(source),
                remedy=_("指向 gongwen export 做出来的文件夹或 .zip"),
            )
        papers.sort(key=lambda paper: (paper.filed_at, paper.lowest_class, paper.piece))  # as ``reindex`` has them
        new = [paper for paper in papers if not _is_known(paper, office)]
        chains, occupied = _chains(papers, office), office.occupied()
        findings = tuple(
            finding
            for paper in new
            for finding in (
                *_out_of_place(paper, contents, occupied),
                *_judged(paper, _versions(paper, chains), office),
            )
        )
        twice = tuple(_twice(new, chains))
        yield Incoming(source.name, tuple(new), len(papers) - len(new), contents, (*findings, *twice))


def called(paper: FiledPaper) -> str:
    """A paper in a few words: its number, or its 档号, and its title."""
    return f"{number_in_full(paper) or paper.archival_code} {on_one_line(paper.title)}"


@contextmanager
def _unzipped(source: Path) -> Iterator[Path]:
    if source.is_dir():
        yield source
        return
    if not zipfile.is_zipfile(source):
        raise AnswerIsNo(_("这不是文件夹，也不是 .zip"), where=str(source))
    with TemporaryDirectory() as scratch, zipfile.ZipFile(source) as packed:
        for name in packed.namelist():
            if not is_inside(name.rstrip("/")):
                raise ArchiveDamaged(_("压缩包里的路径不对"), where=name)
        packed.extractall(scratch)
        inner = list(Path(scratch).iterdir())
        yield inner[0] if len(inner) == 1 and inner[0].is_dir() else Path(scratch)


def _bag(folder: Path) -> tuple[list[FiledPaper], Mapping[str, Bytes]]:
    """The papers of a bag. Raises ``ArchiveDamaged`` when the bag is not what it says it is."""
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError as error:
        raise ArchiveDamaged(
            _("这个 BagIt 包不完整或被改动：{error}").format(error=error),
            where=str(folder),
            remedy=_("请移交方重新导出一份"),
        ) from error
    archive = folder / "data" / "archive"
    found = list(records(archive)) if archive.is_dir() else []
    for one in found:
        if one.problem is not None:
            raise ArchiveDamaged(one.problem.sentence, where=one.path)
    papers = [one.paper for one in found if one.paper is not None]
    places = {file.sha256: archive / file.path for paper in papers for file in paper.files.values()}
    return papers, {digest: path.read_bytes for digest, path in places.items() if path.is_file()}


def _packages(folder: Path) -> tuple[list[FiledPaper], Mapping[str, Bytes]]:
    """The papers of EEP packages, each with its record in it."""
    _check_manifest(folder)
    papers: list[FiledPaper] = []
    contents: dict[str, Bytes] = {}
    for path in sorted(folder.glob("*.xml")):
        files = [(name, data) for document in unpacked(path.read_bytes(), path.name) for name, data in document.items()]
        papers.append(_paper_of(files, path.name))
        for _name, data in files:
            contents[hashlib.sha256(data).hexdigest()] = _later(data)
    return papers, contents


def _paper_of(files: list[tuple[str, bytes]], where: str) -> FiledPaper:
    reasons = []
    for name, data in files:
        if PurePosixPath(name).suffix == ".json":
            try:
                return read(data)
            except ArchiveDamaged as error:
                reasons.append(str(error))
    raise ArchiveDamaged(
        _("封装包里没有能读的归档记录"), where=where, remedy="\n".join(reasons) or _("请用 gongwen export 导出的封装包")
    )


def _later(data: bytes) -> Bytes:
    return lambda: data


def _check_manifest(folder: Path) -> None:
    """The packages against the list beside them, where there is one."""
    listed = folder / manifest.NAME
    if not listed.is_file():
        return
    for name, digest in manifest.read(listed.read_bytes()).items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ArchiveDamaged(_("和校验清单不一致：丢失或被改动"), where=name, remedy=_("请移交方重新导出一份"))


def _is_known(paper: FiledPaper, office: Office) -> bool:
    """Whether this very paper is here already."""
    here = office.register.paper(paper.paper)
    return here is not None and here.files.get(ROLE) == paper.files[ROLE]


def _chains(papers: list[FiledPaper], office: Office) -> Mapping[str, tuple[str, ...]]:
    """All versions of each paper that has several, of those in the set and those that are here."""
    named = {name for paper in papers for name in (paper.paper, paper.replaces) if name}
    own = {paper.replaces: paper.paper for paper in papers if paper.replaces}
    return versions({**office.register.newer(named), **own})


def _versions(paper: FiledPaper, chains: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return chains.get(paper.paper, (paper.paper,))


def _out_of_place(
    paper: FiledPaper, contents: Mapping[str, Bytes], occupied: OccupiedPaths
) -> Iterator[tuple[str, str]]:
    """The files of a paper that are missing, or whose place is another file's."""
    for file in paper.files.values():
        if file.sha256 not in contents:
            yield called(paper), _("缺文件：{path}").format(path=file.path)
        there = occupied.digest(file.path)
        if there is not None and there != file.sha256:
            yield called(paper), _("档案库里这个位置已有另一个文件：{path}").format(path=file.path)


def _judged(paper: FiledPaper, own: tuple[str, ...], office: Office) -> Iterator[tuple[str, str]]:
    """What stands in the way of one paper; its ``own`` versions (ids) do not."""
    name = called(paper)
    if office.register.paper(paper.paper) is not None:
        yield name, _("同一份文件已经在档案库里，但记录不一样")
    if any(other.paper not in own for other in office.register.by_identities([paper.identity]).values()):
        yield name, _("机构、题名、日期都相同的文件已经在档案库里")
    if paper.number:
        number = Number(paper.series, paper.year, paper.n, paper.number)
        held = [office.register.entry(number), *office.register.named(number_in_full(paper))]
        if any(entry.paper not in own for entry in held if entry is not None):
            yield name, _("文号已被占用")
    hits = office.register.search(IndexQuery(number=paper.archival_code, limit=1))
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


def _twice(papers: list[FiledPaper], chains: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What two papers of the set both claim; the versions of one paper share its number."""
    seen: dict[tuple[str, object], str] = {}
    for place, paper in enumerate(papers):
        number = ("number", (paper.series, paper.year, paper.n))
        claims: list[tuple[tuple[str, object], str]] = [
            (("id", paper.paper), str(place)),
            (("code", paper.archival_code), str(place)),
        ]
        claims += [(number, _versions(paper, chains)[0])] if paper.number else []
        if any(seen.setdefault(claim, whose) != whose for claim, whose in claims):
            yield called(paper), _("文号或档号在包里出现两次")
