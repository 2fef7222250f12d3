"""The answer to a scan: which papers it brought home, and which pages came back with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.core.archival import UNARRANGED
from pipeline.core.findings import Finding
from pipeline.core.messages import _
from pipeline.sheets.marks import RECEIPT_SHEET
from pipeline.sheets.writing import (
    BODY,
    HEADING,
    as_bytes,
    cell_at,
    link_outside,
    new_workbook,
    print_on_one_width,
    put_table,
    put_text,
    put_title,
    set_widths,
)

_WIDTHS = (6, 14, 52, 26, 30, 14, 16)
_LINK = 6


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One paper of a scan: its ``pages`` there, and ``link`` from the answer to the sealed copy, "" for none; ``new``
    is False when this very scan was taken in before."""

    pages: Sequence[int]
    title: str
    number: str
    archival_code: str
    link: str
    new: bool


def scan_answer(name: str, lines: Sequence[ScanLine], findings: Iterable[Finding], blank: int) -> bytes:
    """The workbook that answers the scan called ``name``, as .xlsx bytes; ``blank`` pages were left out."""
    workbook = new_workbook()
    sheet = workbook.worksheets[0]
    sheet.title = RECEIPT_SHEET
    told = tuple(findings)
    put_title(sheet, _("扫描件“{name}”办理情况").format(name=name))
    put_text(sheet["A2"], _summary(lines, told, blank)).font = BODY
    headings = [_("序号"), _("扫描页"), _("题名"), _("文号"), _("档号"), _("打开文件"), _("情况")]
    after = put_table(sheet, 4, headings, _WIDTHS, (_texts(count, line) for count, line in enumerate(lines, start=1)))
    for row, line in enumerate(lines, start=5):
        if line.link:
            link_outside(cell_at(sheet, row, _LINK), line.link)
    if told:
        put_text(cell_at(sheet, after + 1, 1), _("退回的页和原因：")).font = HEADING
        for row, finding in enumerate(told, start=after + 2):
            put_text(cell_at(sheet, row, 1), finding.sentence()).font = BODY
    set_widths(sheet, _WIDTHS)
    sheet.freeze_panes = "A5"
    print_on_one_width(sheet)
    return as_bytes(workbook)


def _summary(lines: Sequence[ScanLine], findings: Sequence[Finding], blank: int) -> str:
    parts = [_("收到盖章件 {count} 件").format(count=sum(line.new for line in lines))]
    if known := sum(not line.new for line in lines):
        parts.append(_("另有 {count} 件以前收过").format(count=known))
    if findings:
        parts.append(_("退回 {count} 处，原因见下").format(count=len(findings)))
    if blank:
        parts.append(_("空白页 {count} 页没有收").format(count=blank))
    return _("，").join(parts) + _("。")


def _texts(count: int, line: ScanLine) -> tuple[str, ...]:
    first, last = line.pages[0], line.pages[-1]
    return (
        str(count),
        f"{first}" if first == last else f"{first}–{last}",
        " ".join(line.title.split()),
        line.number or _("（不编号）"),
        line.archival_code or _(UNARRANGED),
        _("打开") if line.link else "",
        _("盖章件已归档") if line.new else _("以前已收"),
    )
