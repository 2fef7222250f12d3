"""What goes back to the sender: the receipt of what was filed, or the workbook with its findings marked.

Each is the sender's own workbook with a sheet in front. For a file that cannot be opened at all a workbook of our own
gives the reason; the file itself goes to 退回/原件 like every original. File names are the same whatever the language
of the process: a delivery that is done again after a kill must find what was delivered.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from pipeline import sheets
from pipeline.core.acts import number_in_full
from pipeline.core.findings import Finding
from pipeline.core.values import Batch, ClaimedFile, FiledPaper, Row
from pipeline.intake.inbox import RECEIPTS
from pipeline.office import Office
from pipeline.sheets import Unreadable

_NOTE = "（退回说明）"
_PAGES = "（退回页）"
_COUNTED = re.compile(r"（[0-9]+）$")


def receipt(batch: Batch, papers: Sequence[FiledPaper], office: Office) -> bytes:
    """The receipt for a batch: its new papers, which stand in the order of its records, and those known already."""
    beside = batch.claimed.origin.parent / RECEIPTS
    filed = zip(batch.records, papers, strict=True)
    new = [_line(record.head, paper, office, beside, new=True) for record, paper in filed]
    known = [_line(row, paper, office, beside, new=False) for row, paper in batch.known]
    lines = sorted((*new, *known), key=lambda line: (line.sheet, line.row))
    return sheets.receipt_workbook(batch.claimed.path, lines, batch.warnings)


def receipt_name(workbook: str) -> str:
    """``五月通知.xlsx`` becomes ``五月通知（回执）.xlsx``."""
    return f"{Path(workbook).stem}（回执）.xlsx"


def scan_note_name(scan: str) -> str:
    """The note about the pages of a scan that came back: ``扫描.pdf`` becomes ``扫描.pdf（退回说明）.xlsx``."""
    return f"{scan}{_NOTE}.xlsx"


def scan_pages_name(scan: str) -> str:
    """Those pages: ``扫描.tif`` becomes ``扫描（退回页）.pdf``."""
    return f"{Path(scan).stem}{_PAGES}.pdf"


def returned(claimed: ClaimedFile, findings: tuple[Finding, ...]) -> tuple[str, bytes]:
    """Name and bytes of the workbook that goes back, its wrong cells marked.

    One we cannot write on (a picture by a wrong name, a broken file) comes back as a note with the reason.
    """
    try:
        return str(Path(claimed.name).with_suffix(".xlsx")), sheets.returned_workbook(claimed.path, findings)
    except Unreadable:
        return f"{claimed.name}{_NOTE}.xlsx", sheets.unreadable_note(claimed.name, findings[0])


def plain_name(name: str) -> str:
    """What a workbook, its returned copies and the note about it have in common.

    >>> plain_name("五月通知（2）.xlsx") == plain_name("五月通知.xls（退回说明）.xlsx") == "五月通知"
    True
    """
    stem = _COUNTED.sub("", Path(name).stem)
    return Path(stem.removesuffix(_NOTE)).stem if stem.endswith(_NOTE) else stem.removesuffix(_PAGES)


def _line(row: Row, paper: FiledPaper, office: Office, receipts: Path, *, new: bool) -> sheets.ReceiptLine:
    pdf = office.settings.archive / paper.files["pdf"].path
    return sheets.ReceiptLine(
        sheet=row.sheet,
        row=row.row,
        title=paper.title,
        number=number_in_full(paper),
        archival_code=paper.archival_code,
        link=Path(os.path.relpath(pdf, receipts)).as_posix(),
        new=new,
        version=paper.version,
    )
