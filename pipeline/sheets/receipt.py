"""The receipt: the sender's workbook once more, with a first sheet that says what became of each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.archival import UNARRANGED
from pipeline.core.findings import Finding
from pipeline.core.messages import _
from pipeline.sheets.answer import Mark
from pipeline.sheets.kept import Kept
from pipeline.sheets.marks import RECEIPT_SHEET, SIGNATURES
from pipeline.sheets.original import answered
from pipeline.sheets.writing import (
    BODY,
    HEADING,
    cell_at,
    link_inside,
    link_outside,
    print_on_one_width,
    put_table,
    put_text,
    put_title,
    set_widths,
)

_WIDTHS = (6, 14, 8, 52, 26, 30, 14, 14)
_LAST_COLUMN = 7


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One paper: where its data stood (``row`` counts from 1), and what it became.

    ``link`` is the relative path from the receipt to the PDF, with "/" between folders; empty for no link. ``new`` is
    False for a paper that was filed earlier from the same data. ``version`` counts from 1; a later one corrects the
    paper before it.
    """

    sheet: str
    row: int
    title: str
    number: str
    archival_code: str
    link: str
    new: bool
    version: int = 1


def receipt_workbook(original: Path, lines: Sequence[ReceiptLine], warnings: Iterable[Finding]) -> bytes:
    """The workbook at ``original`` with the receipt in front, as .xlsx bytes. Raises ``Unreadable``."""
    return answered(original, Receipt(lines, tuple(warnings)))


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt as an answer (see ``answer.Answer``): a sheet in front, and no marks."""

    lines: Sequence[ReceiptLine]
    warnings: Sequence[Finding]
    sheet: str = RECEIPT_SHEET

    def marks(self, _names: Sequence[str]) -> Sequence[Mark]:
        return ()

    def write(self, sheet: Worksheet, names: Sequence[str], kept: Kept) -> None:
        lines, warnings = self.lines, self.warnings
        put_title(sheet, SIGNATURES[RECEIPT_SHEET] + _("，共 {n} 件").format(n=len(lines)))
        put_text(sheet["A2"], _summary(lines)).font = BODY
        put_text(sheet["A3"], _lacking(kept, filed=any(line.new for line in lines))).font = BODY
        headings = [_("序号"), _("工作表"), _("行"), _("题名"), _("文号"), _("档号"), _("打开文件"), _("情况")]
        texts = (_texts(number, line) for number, line in enumerate(lines, start=1))
        after = put_table(sheet, 4, headings, _WIDTHS, texts)
        for row, line in enumerate(lines, start=5):
            if line.sheet in names:
                link_inside(cell_at(sheet, row, 3), line.sheet, f"A{line.row}")
            if line.link:
                link_outside(cell_at(sheet, row, _LAST_COLUMN), line.link)
        if warnings:
            put_text(cell_at(sheet, after + 1, 1), _("请留意（不影响办理）：")).font = HEADING
            for row, finding in enumerate(warnings, start=after + 2):
                put_text(cell_at(sheet, row, 1), finding.sentence()).font = BODY
        set_widths(sheet, _WIDTHS)
        sheet.freeze_panes = "A5"
        print_on_one_width(sheet)


def _summary(lines: Sequence[ReceiptLine]) -> str:
    new = sum(line.new for line in lines)
    known = len(lines) - new
    if not known:
        return _("全部是这次新归档的。点“打开文件”可以看到印好的文件。")
    return _("这次新归档 {new} 件，另有 {known} 件以前已经归档、内容没有变化，没有再编号。").format(
        new=new, known=known
    )


def _lacking(kept: Kept, *, filed: bool) -> str:
    """What of the sender's workbook is not in this copy, and where the whole of it is; "" when all is here."""
    if kept is Kept.WHOLE:
        return ""
    lacks = _("后面的表里没有带上原件的文本框和图形。")
    if kept is Kept.VALUES:
        lacks = _("后面的表是照原件的内容另存的，格式没有带过来。")
    return lacks + (_("您的原件一字未动，在档案库的“来稿”里。") if filed else "")


def _texts(number: int, line: ReceiptLine) -> tuple[str, ...]:
    return (
        str(number),
        line.sheet,
        str(line.row),
        " ".join(line.title.split()),
        line.number or _("（不编号）"),
        line.archival_code or _(UNARRANGED),
        _("打开") if line.link else "",
        _became(line),
    )


def _became(line: ReceiptLine) -> str:
    if not line.new:
        return _("以前已归档")
    return _("新归档") if line.version == 1 else _("新归档（第{n}版）").format(n=line.version)
