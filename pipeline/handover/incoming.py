"""Read a set that came from elsewhere (a bag, or EEP packages) back into papers, and judge it against this office.

Each paper's record says everything of it: number, 档号, dates, its place in the archive. So it comes in as it was
filed, byte for byte, or not at all. What stands in the way (a number somebody has, a 档号, a place, a changed file) is
a finding with the paper's name; with one finding nothing of the set comes in.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import bagit

from pipeline.core import durable
from pipeline.core.archival import filed_order
from pipeline.core.deeds import WORDS, Action, Deed
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, kept
from pipeline.core.text import folded_name
from pipeline.core.values import FiledPaper
from pipeline.filing import deed_record, deeds, manifest, records
from pipeline.filing.layout import is_inside
from pipeline.filing.record import ROLE, read
from pipeline.filing.strict import strict_json
from pipeline.handover.along import coming, merged
from pipeline.handover.deed_judging import judged_deeds
from pipeline.handover.eep import unpacked
from pipeline.handover.set_judging import called, chains_of, judged
from pipeline.office import Office

_NO_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A set that was read: its ``papers`` that are new here, how many are ``known`` already, where the file of each
    digest lies, and what stands in the way (``findings``: paper, and why).

    ``deeds`` are what was done to the papers elsewhere, as it will stand in the book here; ``remarks`` (paper, and
    what) stand in no one's way."""

    name: str
    papers: tuple[FiledPaper, ...]
    known: int
    contents: Mapping[str, Path]
    findings: tuple[tuple[str, str], ...]
    deeds: tuple[Deed, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether all of it may come in."""
        return not self.findings

    def get(self, digest: str) -> bytes:
        """The content with this SHA-256."""
        return self.contents[digest].read_bytes()


@contextmanager
def incoming(source: Path, office: Office) -> Iterator[Incoming]:
    """The set at ``source``, a folder or a ZIP, judged; its contents can be read inside the block.

    Raises ``AnswerIsNo`` when it is no set, ``ArchiveDamaged`` when its own check fails.
    """
    with _unzipped(source) as folder, TemporaryDirectory() as scratch:
        is_bag = (folder / "bagit.txt").is_file()
        read_back = _bag(folder) if is_bag else _packages(folder, Path(scratch))
        if not read_back.papers:
            raise AnswerIsNo(
                _("里面没有公文：既不是 BagIt 包，也没有封装包"),
                where=str(source),
                remedy=_("指向 gongwen export 做出来的文件夹或 .zip"),
            )
        yield _judged(source.name, read_back, office)


@dataclass(frozen=True, slots=True)
class _ReadBack:
    """What a set holds: papers, deeds about them, and where the file of each digest lies."""

    papers: Sequence[FiledPaper]
    deeds: Sequence[Deed]
    contents: Mapping[str, Path]


def _judged(name: str, found: _ReadBack, office: Office) -> Incoming:
    papers = sorted(found.papers, key=filed_order)
    new = [paper for paper in papers if not _is_known(paper, office)]
    ids = {paper.paper for paper in new}
    known = [paper.paper for paper in papers if paper.paper not in ids]
    stand = {**dict.fromkeys(known, AS_FILED), **office.register.standing(known)}
    chains = chains_of(papers, office)
    along = coming(merged(found.deeds), ids, stand, chains, office.register.next_deed(), name)
    findings = (
        *judged(new, papers, along.deeds, found.contents, office),
        *judged_deeds(along.deeds, papers, found.contents, office),
    )
    by_id = {paper.paper: paper for paper in papers}
    remarks = [(called(by_id[paper]), _later(action)) for paper, action in along.decided if paper in by_id]
    return Incoming(name, tuple(new), len(known), found.contents, findings, along.deeds, tuple(remarks))


def _later(action: Action) -> str:
    return _("移交方后来办理了“{action}”，这里没有照办，请核对后自己办理").format(action=_(WORDS[action]))


@contextmanager
def _unzipped(source: Path) -> Iterator[Path]:
    if source.is_dir():
        yield source
        return
    if not zipfile.is_zipfile(source):
        raise AnswerIsNo(_("这不是文件夹，也不是 .zip"), where=str(source))
    with TemporaryDirectory() as scratch:
        try:
            with zipfile.ZipFile(source) as packed:
                _unpack(packed, Path(scratch))
        except _NO_ZIP as error:
            raise ArchiveDamaged(
                _("压缩包坏了，或者加了密码：{error}").format(error=error),
                where=str(source),
                remedy=_("请移交方重新导出一份"),
            ) from error
        inner = list(Path(scratch).iterdir())
        yield inner[0] if len(inner) == 1 and inner[0].is_dir() else Path(scratch)


def _unpack(packed: zipfile.ZipFile, scratch: Path) -> None:
    """All of a ZIP. Raises ``ArchiveDamaged`` for what no export wrote: a way out of the folder, a name twice, more
    than there is room for."""
    seen: set[str] = set()
    for entry in packed.infolist():
        name = entry.filename.rstrip("/")
        if not is_inside(name) or folded_name(name) in seen:
            raise ArchiveDamaged(_("压缩包里的路径不对"), where=entry.filename)
        seen.add(folded_name(name))
    wanted, room = sum(entry.file_size for entry in packed.infolist()), shutil.disk_usage(scratch).free
    if wanted > room:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(scratch))
    packed.extractall(scratch)


def _bag(folder: Path) -> _ReadBack:
    """The papers of a bag. Raises ``ArchiveDamaged`` when the bag is not what it says it is."""
    try:
        bag = bagit.Bag(str(folder))
        bag.validate()
    except (bagit.BagError, UnicodeError) as error:
        raise ArchiveDamaged(
            _("这个 BagIt 包不完整或被改动：{error}").format(error=error),
            where=str(folder),
            remedy=_("请移交方重新导出一份"),
        ) from error
    archive = folder / "data" / "archive"
    found = list(records(archive)) if archive.is_dir() else []
    done = list(deeds(archive)) if archive.is_dir() else []
    for problem in (*(one.problem for one in found), *(one.problem for one in done)):
        if problem is not None:
            raise ArchiveDamaged(problem.sentence, where=problem.path)
    papers = [one.paper for one in found if one.paper is not None]
    entries = [one.entry for one in done if one.entry is not None]
    there = {archive / file.path for files in kept(papers, entries).files for file in files.values()}
    return _ReadBack(papers, entries, {durable.sha256_of(path): path for path in sorted(there) if path.is_file()})


def _packages(folder: Path, scratch: Path) -> _ReadBack:
    """The papers of EEP packages, each with its record in it; their files in ``scratch``, by digest."""
    _check_manifest(folder)
    papers: list[FiledPaper] = []
    done: list[Deed] = []
    contents: dict[str, Path] = {}
    for path in sorted(path for path in folder.glob("*.xml") if path.is_file()):
        files = [(name, data) for document in unpacked(path.read_bytes(), path.name) for name, data in document.items()]
        paper, about = _records_of(files, path.name)
        papers.append(paper)
        done += about
        for _name, data in files:
            digest = hashlib.sha256(data).hexdigest()
            contents[digest] = scratch / digest
            contents[digest].write_bytes(data)
    return _ReadBack(papers, done, contents)


def _records_of(files: list[tuple[str, bytes]], where: str) -> tuple[FiledPaper, list[Deed]]:
    """The paper's own record in a package, and those of the deeds about it. Raises ``ArchiveDamaged``."""
    papers, done, reasons = list[FiledPaper](), list[Deed](), list[str]()
    for _name, data in (one for one in files if PurePosixPath(one[0]).suffix == ".json"):
        try:
            if strict_json(data).value.get("format") == deed_record.FORMAT:
                done.append(deed_record.read(data))
            else:
                papers.append(read(data))
        except ArchiveDamaged as error:
            reasons.append(str(error))
    if len(papers) != 1 or reasons:
        raise ArchiveDamaged(
            _("封装包里没有能读的归档记录"),
            where=where,
            remedy="\n".join(reasons) or _("请用 gongwen export 导出的封装包"),
        )
    return papers[0], done


def _check_manifest(folder: Path) -> None:
    """The packages against the list beside them, where there is one."""
    listed = folder / manifest.NAME
    if not listed.is_file():
        return
    try:
        digests = manifest.read(listed.read_bytes())
    except ValueError as error:
        raise ArchiveDamaged(_("校验清单读不出来"), where=manifest.NAME, remedy=_("请移交方重新导出一份")) from error
    for name, digest in digests.items():
        path = folder / name
        if not is_inside(name) or not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ArchiveDamaged(_("和校验清单不一致：丢失或被改动"), where=name, remedy=_("请移交方重新导出一份"))


def _is_known(paper: FiledPaper, office: Office) -> bool:
    """Whether this very paper is here already."""
    here = office.register.paper(paper.paper)
    return here is not None and here.files.get(ROLE) == paper.files[ROLE]
