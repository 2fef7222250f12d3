"""A set of papers out of the archive: as a bag (BagIt, RFC 8493) or as EEP packages (DA/T 48-2009), with its lists.

The set is built in a hidden folder beside its place, every file compared with the register on the way, the bag judged
by the bagit library itself; then it gets its name. A copy changes nothing in the office. A hand-over (移交) is the same
set and then an entry in the book of deeds, with the lists beside it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import bagit

from pipeline import __version__
from pipeline.backups.vessel import digest_of, new_file
from pipeline.books import Done, Why
from pipeline.cataloguing import folder_page, root_page, shelf
from pipeline.cataloguing.entries import folder_of
from pipeline.core import durable
from pipeline.core.deeds import RECEIVER, Action, Deed
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Standing
from pipeline.core.text import safe_name
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.deedbook import On, do, refuse
from pipeline.filing import NewFile, deed_record, manifest
from pipeline.filing.strict import strict_json
from pipeline.handover.along import excerpts
from pipeline.handover.eep import Part, Sender, package
from pipeline.handover.lists import NAME as LISTS
from pipeline.handover.lists import Handed, lists_of
from pipeline.office import Office
from pipeline.outside import refuse_place

Progress = Callable[[str, int, int], None]
"""Told (what, papers done, papers in all)."""

Form = Literal["bagit", "eep"]

FORMS: Mapping[Form, str] = {
    "bagit": "BagIt（RFC 8493），内含档案库原样的文件夹",
    "eep": "DA/T 48-2009 封装包（XML），一件一包",
}

_NAMED = 10
_REASON = "移交，{form}"
_CODE = re.compile(r"[A-Z0-9]{4}-WS·\d{4}-(Y|D30|D10)(-[A-Z0-9]{3})?-\d{4}")
_BEGINNINGS = {".pdf": b"%PDF", ".docx": b"PK"}


@dataclass(frozen=True, slots=True)
class Order:
    """Where the set goes (a folder that is not there yet, or a new ``.zip``), and in which form; of a hand-over who
    receives it (``to``, "" for a copy) and who hands it over (``by``)."""

    target: Path
    form: Form
    to: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A set that was made: how many papers, files and bytes, what was checked with what result, and its ``lists``.

    ``left_out`` are papers that were destroyed: of those nothing but their entry is left.
    """

    target: Path
    papers: int
    files: int
    size: int
    checks: tuple[tuple[str, str, str], ...]
    lists: bytes
    left_out: int


def export(
    office: Office, papers: Sequence[FiledPaper], order: Order, progress: Progress = lambda _what, _done, _all: None
) -> Exported:
    """Make the set of these papers.

    Raises ``AnswerIsNo`` when there are none or some have no 档号 yet, or the target is taken, lies in the office
    itself or in a folder that is not there, ``ArchiveDamaged`` naming a file that is not as it was filed, ``OSError``
    as it comes; nothing is left at the target then.
    """
    refuse_place(office, order.target)
    if not papers:
        raise AnswerIsNo(_("没有符合条件的文件，什么也没有导出"), remedy=_("用 gongwen find 看看条件对不对"))
    if order.target.exists():
        raise AnswerIsNo(_("已经有这个名字，没有覆盖它"), where=str(order.target), remedy=_("换一个名字"))
    every = _pieces(office, papers)
    _refuse_waiting(every)
    handed = _handed(office, every, order)
    lists = lists_of([piece.paper for piece in every], handed)
    fill = _fill_bag if order.form == "bagit" else _fill_packages
    with _building(order.target) as folder:
        durable.replace(folder / LISTS, lists)
        fill(folder, office, every, handed, progress)
    left_out = len(papers) - len(every)
    return Exported(order.target, len(every), handed.files, handed.size, tuple(handed.checks), lists, left_out)


def hand_over(
    office: Office, papers: Sequence[FiledPaper], order: Order, progress: Progress = lambda _what, _done, _all: None
) -> tuple[Exported, Done[Deed]]:
    """``export`` for good: the hand-over to ``order.to`` is entered in the book of deeds, with the lists beside it.

    The caller is the office's writer. Raises ``AnswerIsNo`` also when one of the papers cannot be handed over (again).
    """
    pieces = _pieces(office, papers)
    _refuse_waiting(pieces)
    refuse(office, Action.TRANSFER, [piece.paper for piece in pieces])
    _refuse_again(office, pieces, order.to)
    made = export(office, papers, order, progress)
    done = do(
        office,
        Action.TRANSFER,
        [On(piece.paper) for piece in pieces],
        Why(_REASON.format(form=FORMS[order.form]), order.by),
        details={RECEIVER: order.to, "set": order.target.name, "count": str(made.papers), "bytes": str(made.size)},
        files={"list": NewFile("移交登记表和清单", ".xlsx", made.lists)},
    )
    return made, done


def _refuse_again(office: Office, pieces: Sequence[_Piece], receiver: str) -> None:
    """Raise ``AnswerIsNo`` when some of them were handed over to the same receiver before."""
    stand = office.register.standing([piece.paper.paper for piece in pieces])
    deeds = {paper: after.transferred for paper, after in stand.items() if after.transferred is not None}
    before = [
        piece.paper.number or piece.paper.archival_code
        for piece in pieces
        if (deed := deeds.get(piece.paper.paper)) is not None and deed.details.get(RECEIVER) == receiver
    ]
    if before:
        raise AnswerIsNo(
            _("有 {count} 件以前已经移交给{receiver}").format(count=len(before), receiver=receiver),
            where="、".join(before[:_NAMED]),
            remedy=_("只要一份复制件时，不加 --transfer；否则缩小范围，只移交还没有移交过的"),
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paper with everything that belongs to its 件: its own files, and what deeds put beside it, by what they are."""

    paper: FiledPaper
    files: tuple[tuple[str, FiledFile], ...]
    stands: Standing


def _pieces(office: Office, papers: Sequence[FiledPaper]) -> list[_Piece]:
    """The papers that are still there; of a destroyed one nothing can be handed on."""
    stand = office.register.standing([paper.paper for paper in papers])
    pieces = []
    for paper in papers:
        after = stand.get(paper.paper, AS_FILED)
        if after.destroyed is None:
            copies = ((copy.called, copy.file) for copy in after.composed)
            pieces.append(_Piece(paper, (*paper.files.items(), *copies), after))
    return pieces


def _refuse_waiting(pieces: Sequence[_Piece]) -> None:
    """Raise ``AnswerIsNo`` while papers of the set wait for the yearly arrangement: whoever gets it could not name
    them."""
    years = sorted(piece.paper.year for piece in pieces if not piece.paper.archival_code)
    if years:
        commands = [f"gongwen arrange {year}" for year in dict.fromkeys(years)]
        raise AnswerIsNo(
            _("有 {count} 件还没有档号（待整理），没有导出").format(count=len(years)),
            remedy=_("先运行 {commands} 编好档号，再导出").format(commands=_("、").join(commands)),
        )


def _handed(office: Office, pieces: Sequence[_Piece], order: Order) -> Handed:
    """What the lists will say; every check has been made by the time that somebody reads it."""
    papers = [piece.paper for piece in pieces]
    files = {file.path: file for piece in pieces for _role, file in piece.files}
    size = sum(file.size for file in files.values())
    odd = [paper.archival_code for paper in papers if not _CODE.fullmatch(paper.archival_code)]
    checks = (
        ("真实性", f"{len(files)} 个文件的 SHA-256 与登记簿一致", "通过"),
        ("完整性", f"{len(papers)} 件、{size} 字节，每件的正文、记录和来稿齐全", "通过"),
        ("可用性", "PDF、Word 文件头和归档记录都能读", "通过"),
        ("档号规范性", "、".join(odd) or "全部合乎 DA/T 22-2015 5.4", "未通过" if odd else "通过"),
        ("安全性", "没有清单以外的文件；病毒检测请在移交和接收时各做一次", "待做"),
    )
    return Handed(
        office=office.settings.office.name,
        fonds=office.settings.office.fonds,
        to=order.to,
        by=order.by,
        form=FORMS[order.form],
        at=office.now(),
        files=len(files),
        size=size,
        checks=checks,
    )


def _fill_bag(folder: Path, office: Office, pieces: Sequence[_Piece], handed: Handed, progress: Progress) -> None:
    """The archive's tree with these papers only, its pages and manifests, made a bag and judged as one."""
    archive = folder / "archive"
    papers = [piece.paper for piece in pieces]
    for done, piece in enumerate(pieces, start=1):
        missing = [file for _role, file in piece.files if not (archive / file.path).exists()]
        for where in sorted({str(PurePosixPath(file.path).parent) for file in missing}):
            own = [file for file in missing if str(PurePosixPath(file.path).parent) == where]
            durable.write_all_once(
                archive / where, ((PurePosixPath(one.path).name, _content(office, one)) for one in own)
            )
        progress(_("导出"), done, len(pieces))
    for deed in _deeds(pieces):
        durable.write_new(archive / deed.path, deed.content)
    for path, content in _pages(pieces).items():
        durable.replace(archive / path, content)
    bag = bagit.make_bag(str(folder), _info(papers, handed), checksums=["sha256"])  # read back from the disk by now
    try:
        bag.validate()
    except bagit.BagError as error:
        raise ArchiveDamaged(
            _("写好的包核对不上：{error}").format(error=error),
            where=str(folder),
            remedy=_("磁盘可能坏了，换一个地方再导出"),
        ) from error


def _deeds(pieces: Sequence[_Piece]) -> Iterator[Part]:
    """The records of what was done to these papers, each about them alone."""
    stand = {piece.paper.paper: piece.stands for piece in pieces}
    for deed in excerpts([piece.paper for piece in pieces], stand):
        path = deed.files[deed_record.ROLE].path
        yield Part(deed_record.ROLE, path, deed_record.write(deed, path))


def _pages(pieces: Sequence[_Piece]) -> Mapping[str, bytes]:
    """``index.html`` of each folder and of the whole, and the folders' manifests, of these papers alone."""
    folders = sorted({folder_of(piece.paper) for piece in pieces})
    made = {"index.html": root_page(folders)}
    for folder in folders:
        own = [piece for piece in pieces if folder_of(piece.paper) == folder]
        stand = {piece.paper.paper: piece.stands for piece in own}
        made[f"{folder}/index.html"] = folder_page(shelf(folder, [piece.paper for piece in own], stand))
        digests = {
            str(PurePosixPath(file.path).relative_to(folder)): file.sha256
            for piece in own
            for _role, file in piece.files
            if file.path.startswith(f"{folder}/")
        }
        made[f"{folder}/{manifest.NAME}"] = manifest.write(digests)
    return made


def _info(papers: Sequence[FiledPaper], handed: Handed) -> Mapping[str, str]:
    """bag-info.txt: the labels of RFC 8493 2.2.2, and those of the archive."""
    told = {
        "Source-Organization": handed.office,
        "External-Description": f"{handed.office} 电子档案 {len(papers)} 件",
        "Bagging-Date": f"{handed.at:%Y-%m-%d}",
        "Bag-Software-Agent": f"gongwen {__version__}",
        "全宗号": handed.fonds,
        "移交单位": handed.office,
        "接收单位": handed.to,
        "移交人": handed.by,
        "年度": "、".join(str(year) for year in sorted({paper.year for paper in papers})),
        "总件数": str(len(papers)),
        "总文件数": str(handed.files),
        "总字节数": str(handed.size),
        "起止档号": f"{min(_codes(papers))} — {max(_codes(papers))}",
    }
    return {label: value for label, value in told.items() if value}


def _codes(papers: Sequence[FiledPaper]) -> list[str]:
    return [paper.archival_code for paper in papers]


def _fill_packages(folder: Path, office: Office, pieces: Sequence[_Piece], handed: Handed, progress: Progress) -> None:
    """A package for each paper, the lists, and a manifest of all of it."""
    sender = Sender(handed.office, handed.fonds, __version__, handed.at)
    digests: dict[str, str] = {}
    for done, piece in enumerate(pieces, start=1):
        paper = piece.paper
        parts = [Part(role, file.path, _content(office, file)) for role, file in piece.files]
        content = package(paper, (*parts, *_deeds([piece])), office.register.events(paper.paper), sender)
        name = f"{safe_name(paper.archival_code or paper.paper)}.xml"
        durable.write_new(folder / name, content)
        digests[name] = hashlib.sha256(content).hexdigest()
        progress(_("导出"), done, len(pieces))
    digests[LISTS] = durable.sha256_of(folder / LISTS)
    durable.replace(folder / manifest.NAME, manifest.write(digests))


def _content(office: Office, file: FiledFile) -> bytes:
    """A file of the archive, as it was filed. Raises ``ArchiveDamaged`` when it is not that any more."""
    path = office.archive.root / file.path
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    suffix = path.suffix.lower()
    readable = content.startswith(_BEGINNINGS.get(suffix, b""))
    if hashlib.sha256(content).hexdigest() != file.sha256 or not readable:
        raise ArchiveDamaged(
            _("归档的文件丢失或被改动，没有导出"),
            where=file.path,
            remedy=_("运行 gongwen verify，从备份找回它，再导出"),
        )
    if suffix == ".json":
        strict_json(content)
    return content


@contextmanager
def _building(target: Path) -> Iterator[Path]:
    """A hidden folder beside ``target`` to fill; after the block it has its name, or lies in the ZIP of that name."""
    part = target.parent / f"{durable.TEMPORARY}{secrets.token_hex(8)}.tmp"
    part.mkdir()
    try:
        yield part
        if target.suffix.lower() == ".zip":
            _pack(part, target)
        else:
            part.rename(target)
            try:
                durable.fsync_folder(target.parent)
            except OSError:
                target.rename(part)
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _pack(folder: Path, target: Path) -> None:
    """The folder as a ZIP with one folder in it, read back before it gets its name."""
    digests: dict[str, str] = {}
    with new_file(target) as vessel:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{target.stem}/{path.relative_to(folder).as_posix()}"
            with path.open("rb") as stream:
                digests[name] = vessel.put(name, stream, path.stat().st_size)
        with vessel.written() as opened:
            for name, digest in digests.items():
                with opened(name) as stream:
                    if digest_of(stream) != digest:
                        raise ArchiveDamaged(
                            _("写好的包核对不上：{error}").format(error=name),
                            where=str(target),
                            remedy=_("磁盘可能坏了，换一个地方再导出"),
                        )
