"""What a set holds, once its own list of files agrees with what is there: a bag, or a folder of EEP packages."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import bagit

from pipeline.core import durable
from pipeline.core.deeds import Deed
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.standing import kept
from pipeline.core.values import FiledPaper
from pipeline.filing import deed_record, deeds, manifest, records
from pipeline.filing.layout import is_inside
from pipeline.filing.record import read
from pipeline.filing.strict import strict_json
from pipeline.handover.eep import unpacked

logging.getLogger("bagit").addHandler(logging.NullHandler())  # or it writes on the terminal what is said here anyway

_NAMED = 10


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a set holds: papers, deeds about them, and where the file of each digest lies. ``remarks`` (of what, and
    what) stand in no one's way."""

    papers: Sequence[FiledPaper]
    deeds: Sequence[Deed]
    contents: Mapping[str, Path]
    remarks: Sequence[tuple[str, str]] = ()


def read_back(folder: Path, scratch: Path) -> ReadBack:
    """The set in ``folder``; ``scratch`` takes what has to be unpacked. There are no papers in what is no set.

    Raises ``ArchiveDamaged`` naming the files that are missing, altered or not on its list.
    """
    return _bag(folder) if (folder / "bagit.txt").is_file() else _packages(folder, scratch)


def _bag(folder: Path) -> ReadBack:
    """The papers of a bag. Raises ``ArchiveDamaged`` when the bag is not what it says it is."""
    try:
        bag = bagit.Bag(str(folder))
        bag.info.pop("Payload-Oxum", None)  # it would only count, and name no file
        bag.validate()
    except bagit.BagValidationError as error:
        raise _no_bag(folder, "；".join(_first(_told(error.details))) or error.message) from error
    except (bagit.BagError, UnicodeError) as error:
        raise _no_bag(folder, str(error)) from error
    archive = folder / "data" / "archive"
    found = list(records(archive)) if archive.is_dir() else []
    done = list(deeds(archive)) if archive.is_dir() else []
    for problem in (*(one.problem for one in found), *(one.problem for one in done)):
        if problem is not None:
            raise ArchiveDamaged(problem.sentence, where=problem.path)
    papers = [one.paper for one in found if one.paper is not None]
    entries = [one.entry for one in done if one.entry is not None]
    there = {archive / file.path for files in kept(papers, entries).files for file in files.values()}
    return ReadBack(papers, entries, {durable.sha256_of(path): path for path in sorted(there) if path.is_file()})


def _no_bag(folder: Path, why: str) -> ArchiveDamaged:
    return ArchiveDamaged(
        _("这个 BagIt 包不完整或被改动：{error}").format(error=why),
        where=str(folder),
        remedy=_("请移交方重新导出一份"),
    )


def _told(details: Iterable[bagit.ManifestErrorDetail]) -> Iterator[str]:
    for one in sorted(details, key=lambda detail: str(detail.path)):
        if isinstance(one, bagit.FileMissing):
            yield _("缺 {path}").format(path=one.path)
        elif isinstance(one, bagit.UnexpectedFile):
            yield _("多出 {path}").format(path=one.path)
        else:
            yield _("被改动 {path}").format(path=one.path)


def _first(told: Iterable[str]) -> list[str]:
    """The first of them, and how many more."""
    every = list(told)
    more = [_("另有 {count} 处").format(count=len(every) - _NAMED)] if len(every) > _NAMED else []
    return [*every[:_NAMED], *more]


def _packages(folder: Path, scratch: Path) -> ReadBack:
    """The papers of EEP packages, each with its record in it; their files in ``scratch``, by digest."""
    there = sorted(path for path in folder.glob("*.xml") if path.is_file())
    remarks = tuple(_check_manifest(folder, there))
    papers: list[FiledPaper] = []
    done: list[Deed] = []
    contents: dict[str, Path] = {}
    for path in there:
        files = [(name, data) for document in unpacked(path.read_bytes(), path.name) for name, data in document.items()]
        paper, about = _records_of(files, path.name)
        papers.append(paper)
        done += about
        for _name, data in files:
            digest = hashlib.sha256(data).hexdigest()
            contents[digest] = scratch / digest
            with durable.said_of(scratch.parent, scratch):
                contents[digest].write_bytes(data)
    return ReadBack(papers, done, contents, remarks)


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


def _check_manifest(folder: Path, packages: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """The packages against the list beside them; yields what is worth knowing. Without a list nobody knows whether
    they are all there. Raises ``ArchiveDamaged`` when they are not, or not as listed."""
    listed = folder / manifest.NAME
    if not listed.is_file():
        if packages:
            yield manifest.NAME, _("没有校验清单，不知道封装包是不是都在")
        return
    try:
        digests = manifest.read(listed.read_bytes())
    except ValueError as error:
        raise ArchiveDamaged(_("校验清单读不出来"), where=manifest.NAME, remedy=_("请移交方重新导出一份")) from error
    wrong = [name for name, digest in digests.items() if not _is_there(folder, name, digest)]
    if wrong:
        raise ArchiveDamaged(
            _("和校验清单不一致：丢失或被改动"), where="；".join(_first(wrong)), remedy=_("请移交方重新导出一份")
        )
    added = [path.name for path in packages if path.name not in digests]
    if added:
        raise ArchiveDamaged(
            _("校验清单里没有这个封装包"), where="；".join(_first(added)), remedy=_("请移交方重新导出一份")
        )
    for path in sorted(folder.iterdir()):
        if path.name not in {*digests, manifest.NAME}:
            yield path.name, _("校验清单里没有它，没有收")


def _is_there(folder: Path, name: str, digest: str) -> bool:
    path = folder / name
    return is_inside(name) and path.is_file() and durable.sha256_of(path) == digest
