"""The sender's own workbook with every wrong cell coloured and explained, and a first sheet that lists them all.

Made for somebody who opens it, reads the list, clicks from line to line, mends, saves and drops it again: the list
jumps to the cells, the comments say the same beside the cell, and none of it has to be removed before dropping.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.messages import _
from pipeline.sheets.addresses import position
from pipeline.sheets.answer import Mark
from pipeline.sheets.kept import Kept
from pipeline.sheets.marks import FILL, FINDINGS_SHEET, SIGNATURES
from pipeline.sheets.original import answered
from pipeline.sheets.unreadable import Unreadable
from pipeline.sheets.writing import (
    BODY,
    as_bytes,
    cell_at,
    in_front,
    link_inside,
    new_workbook,
    print_on_one_width,
    put_table,
    put_text,
    put_title,
    set_widths,
)

_MOST_COMMENTS = 2000
"""Comments are drawings; with tens of thousands Excel takes minutes to open the file. Colour and list stay whole."""

_REFUSED = {Code.NOT_A_WORKBOOK, Code.PASSWORD, Code.TOO_LARGE}
"""What only the reader says, of a file as a whole."""

_WIDTHS = (6, 14, 8, 16, 20, 24, 32, 44)


def returned_workbook(original: Path, findings: Iterable[Finding]) -> bytes:
    """The workbook at ``original`` with the findings in it, as .xlsx bytes whatever its own format was.

    Raises ``Unreadable`` when the file cannot be opened at all; ``unreadable_note`` is for that. A file that the
    reader refused is not opened a second time: what ran away in its child process would run away here.
    """
    listed = tuple(findings)
    for finding in listed:
        if finding.code in _REFUSED and not finding.sheet:
            raise Unreadable(finding)

    advice = _("还没有编号，也没有归档。改好下面各处，保存后把整个文件重新放进收件夹；这一页和批注、底色不用删。")
    return answered(original, Findings(listed, advice))


def unreadable_note(name: str, finding: Finding) -> bytes:
    """A workbook that only says why the file called ``name`` could not be opened, as .xlsx bytes."""
    workbook = new_workbook()
    workbook.remove(workbook.worksheets[0])
    advice = _("文件“{name}”打不开，还没有办理。").format(name=name)
    Findings((finding,), advice).write(in_front(workbook, FINDINGS_SHEET), (), Kept.WHOLE)
    return as_bytes(workbook)


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings as an answer (see ``answer.Answer``): their list, and marks at cells. ``advice`` stands on top."""

    findings: Sequence[Finding]
    advice: str
    sheet: str = FINDINGS_SHEET

    def marks(self, names: Sequence[str]) -> Sequence[Mark]:
        return [
            Mark(
                finding.sheet,
                *place,
                red=finding.severity is Severity.ERROR,
                text=_explained(finding) if index < _MOST_COMMENTS else "",
            )
            for index, finding in enumerate(self._in_order(names))
            if finding.sheet in names and (place := position(finding.cell))
        ]

    def write(self, sheet: Worksheet, names: Sequence[str], kept: Kept) -> None:
        findings = self._in_order(names)
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        put_title(sheet, SIGNATURES[FINDINGS_SHEET] + _("，共 {n} 处").format(n=errors))
        for row, sentence in enumerate((self.advice, _beside(kept)), start=2):
            put_text(cell_at(sheet, row, 1), sentence).font = BODY
        headings = [
            _("序号"),
            _("工作表"),
            _("单元格"),
            _("栏目"),
            _("问题"),
            _("现在填的"),
            _("应当填写"),
            _("怎么改"),
        ]
        put_table(sheet, 4, headings, _WIDTHS, (_line(number, told) for number, told in enumerate(findings, start=1)))
        for row, finding in enumerate(findings, start=5):
            if finding.sheet in names:
                link_inside(cell_at(sheet, row, 3 if finding.cell else 2), finding.sheet, finding.cell or "A1")
            if finding.severity is Severity.ERROR:
                sheet.cell(row, 5).fill = PatternFill("solid", fgColor=FILL)
        set_widths(sheet, _WIDTHS)
        sheet.freeze_panes = "A5"
        print_on_one_width(sheet)

    def _in_order(self, names: Sequence[str]) -> list[Finding]:
        """As one reads; what is about the whole file or sheet comes first."""
        sheets = {name: number for number, name in enumerate(names, start=1)}
        return sorted(
            self.findings, key=lambda finding: (sheets.get(finding.sheet, 0), *(position(finding.cell) or (0, 0)))
        )


def _explained(finding: Finding) -> str:
    lines = [finding.title]
    if finding.expected:
        lines.append(_("应为：{expected}").format(expected=finding.expected))
    if finding.hint:
        lines.append(finding.hint)
    return "\n".join(lines)


def _beside(kept: Kept) -> str:
    """Where the sender's own file is, and what of it is not in this copy."""
    original = _("您放进来的原件一字未动，在“退回”文件夹的“原件”里。")
    if kept is Kept.WITHOUT_SHAPES:
        return _("这一份没有带上原件的文本框和图形；要保留它们，请改原件。") + original
    if kept is Kept.VALUES:
        return _("这一份是照原件的内容另存的，格式没有带过来；改这一份或改原件都可以。") + original
    return original


def _line(number: int, finding: Finding) -> tuple[str, ...]:
    title = finding.title if finding.severity is Severity.ERROR else _("提醒：{title}").format(title=finding.title)
    return (
        str(number),
        finding.sheet,
        finding.cell,
        finding.heading,
        title,
        finding.found,
        finding.expected,
        finding.hint,
    )
