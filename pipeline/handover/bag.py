"""A set as a bag (BagIt, RFC 8493): the archive's own tree with these papers alone, judged by the bagit library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import bagit

from pipeline import __version__
from pipeline.cataloguing import folder_page, root_page, shelf
from pipeline.cataloguing.entries import folder_of
from pipeline.core import durable
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper
from pipeline.filing import manifest
from pipeline.handover.lists import Handed
from pipeline.handover.order import Progress
from pipeline.handover.pieces import Piece, content_of, records_of_deeds
from pipeline.office import Office


def fill_bag(folder: Path, office: Office, pieces: Sequence[Piece], handed: Handed, progress: Progress) -> None:
    """The archive's tree with these papers only, its pages and manifests, made a bag together with what lies in
    ``folder`` already, and judged as one. Raises ``ArchiveDamaged``, ``OSError`` as it comes."""
    archive = folder / "archive"
    for done, piece in enumerate(pieces, start=1):
        missing = [file for _role, file in piece.files if not (archive / file.path).exists()]
        for where in sorted({str(PurePosixPath(file.path).parent) for file in missing}):
            own = [file for file in missing if str(PurePosixPath(file.path).parent) == where]
            durable.write_all_once(
                archive / where, ((PurePosixPath(one.path).name, content_of(office, one)) for one in own)
            )
        progress(_("导出"), done, len(pieces))
    for deed in records_of_deeds(pieces):
        durable.write_new(archive / deed.path, deed.content)
    for path, content in _pages(pieces).items():
        durable.replace(archive / path, content)
    info = _info([piece.paper for piece in pieces], handed)
    bag = bagit.make_bag(str(folder), info, checksums=["sha256"])  # read back from the disk by now
    try:
        bag.validate()
    except bagit.BagError as error:
        raise ArchiveDamaged(
            _("写好的包核对不上：{error}").format(error=error),
            where=str(folder),
            remedy=_("磁盘可能坏了，换一个地方再导出"),
        ) from error


def _pages(pieces: Sequence[Piece]) -> Mapping[str, bytes]:
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
    codes = [paper.archival_code for paper in papers]
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
        "起止档号": f"{min(codes)} — {max(codes)}",
    }
    return {label: value for label, value in told.items() if value}
