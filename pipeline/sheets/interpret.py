"""What a workbook means: its kind, and its rows as typed values, with everything that is wrong named at its place.

Pure. The draft comes along with the findings wherever rows could be read at all, so that the judge can add his own and
the sender gets everything at once. A field that could not be read is absent from its row's values, which tells the
judge that a finding about it exists already; a field that is empty is there with None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, Kind, Table
from pipeline.core.messages import _
from pipeline.core.rows import Rows
from pipeline.core.text import nfc
from pipeline.core.values import Draft, Workbook
from pipeline.sheets.addresses import address
from pipeline.sheets.forms import FilledForm
from pipeline.sheets.headings import Headings, folded
from pipeline.sheets.marks import is_ours
from pipeline.sheets.recognise import Found, Recognised, recognise
from pipeline.sheets.rows import typed_rows
from pipeline.sheets.tables import Located
from pipeline.sheets.typedforms import typed_form
from pipeline.sheets.wording import excerpt


def interpret(workbook: Workbook, kinds: Sequence[Kind], file_name: str) -> tuple[Draft | None, tuple[Finding, ...]]:
    """Understand a workbook as one of ``kinds``; no draft when the kind is unknown or there are no rows.

    ``file_name`` is the sender's; it only breaks a tie between kinds. The rows of the draft are in the order of the
    sheets and their rows, and every table of the kind has an entry.
    """
    recognised = recognise(workbook, kinds, nfc(file_name))
    if isinstance(recognised, Finding):
        return None, (*workbook.remarks, recognised)
    forms = {folded(word): kind.id for kind in kinds for word in (kind.name, kind.id)}
    findings = [*workbook.remarks, *_about_headings(recognised, workbook)]
    rows: dict[str, Rows] = {}
    for table in recognised.kind.tables:
        collected: list[Rows] = []
        for found in recognised.of(table):
            typed, faults = _typed(found, forms)
            collected.append(typed)
            findings.extend(faults)
        rows[table.id] = Rows.joined(collected)
    if not rows[recognised.kind.head.id]:
        findings.extend(_without_head(recognised))
        return None, tuple(findings)
    return Draft(recognised.kind, rows), tuple(findings)


def _typed(found: Found, forms: Mapping[str, str]) -> tuple[Rows, tuple[Finding, ...]]:
    if isinstance(found, Located):
        return typed_rows(found, forms)
    if found.is_blank:
        return Rows.of(()), ()
    row, faults = typed_form(found, forms)
    return Rows.of((row,)), faults


def _about_headings(recognised: Recognised, workbook: Workbook) -> Iterator[Finding]:
    for found in recognised.tables:
        yield from _about_form(found) if isinstance(found, FilledForm) else _about_table(found)
    for table in recognised.kind.details:
        if table.minimum_rows and not recognised.of(table):
            yield _sheet_missing(table)
    for sheet in recognised.left_over:
        yield Finding(
            Code.SHEET_UNKNOWN,
            sheet=sheet.name,
            hint=_("这张工作表不是“{kind}”里的表，没有办理").format(kind=recognised.kind.name),
            severity=Severity.WARNING,
        )
    for sheet in workbook.sheets:
        if sheet.hidden and sheet.grid and not is_ours(sheet):
            yield Finding(
                Code.HIDDEN,
                sheet=sheet.name,
                hint=_("这张工作表是隐藏的，没有办理；要办理的话请取消隐藏"),
                severity=Severity.WARNING,
            )


def _about_table(found: Located) -> Iterator[Finding]:
    if not _has_rows(found):
        return
    sheet, headings = found.sheet.name, Headings(found.table)
    missing = list(found.missing)
    absent = [field for field in found.table.fields if field.id not in found.found]
    for column, text in found.unknown:
        if not _column_filled(found, column):
            continue
        meant = headings.nearest(text, missing, likeness=0.4) or headings.nearest(text, absent, likeness=0.6)
        if meant in missing:
            missing.remove(meant)
        yield Finding(
            Code.HEADING_UNKNOWN,
            sheet=sheet,
            cell=address(found.last, column),
            found=excerpt(text),
            expected=_("“{heading}”").format(heading=meant.heading) if meant else "",
            hint=_("表头可能被改过名，请改回来") if meant else _("本表没有这一栏，这一列的内容不会用到"),
            severity=Severity.ERROR if meant else Severity.WARNING,
        )
    for column, text in found.doubled:
        if _column_filled(found, column):
            yield Finding(
                Code.HEADING_TWICE,
                sheet=sheet,
                cell=address(found.last, column),
                found=excerpt(text),
                expected=_("每个表头只出现一次"),
                hint=_("前面已经有这一栏，请把内容并到一列，删去多余的"),
            )
    for field in missing:
        yield _heading_missing(sheet, field, _("请在第{row}行加上这一栏并填写").format(row=found.last))


def _about_form(found: FilledForm) -> Iterator[Finding]:
    headings = Headings(found.table)
    for field in () if found.is_blank else found.missing:
        alike = (address(*place) for place, text, _value in found.unused if headings.nearest(text, [field], 0.5))
        hint = _("请在表里加上“{heading}”，右边一格填内容").format(heading=field.heading)
        if near := next(alike, ""):
            hint = _("是不是{cell}那一格？请改成“{heading}”").format(cell=near, heading=field.heading)
        yield _heading_missing(found.sheet.name, field, hint)


def _heading_missing(sheet: str, field: Field, hint: str) -> Finding:
    expected = _("有“{heading}”这一栏").format(heading=field.heading)
    return Finding(Code.HEADING_MISSING, sheet=sheet, heading=field.heading, expected=expected, hint=hint)


def _sheet_missing(table: Table) -> Finding:
    return Finding(
        Code.SHEET_MISSING,
        expected=_("有工作表“{name}”").format(name=table.sheets[0]),
        hint=_("请从空白表里复制这张工作表，填好后一起放进来"),
    )


def _without_head(recognised: Recognised) -> Iterator[Finding]:
    head = recognised.kind.head
    if not recognised.of(head):
        yield _sheet_missing(head)
    else:
        yield Finding(
            Code.EMPTY,
            sheet=recognised.of(head)[0].sheet.name,
            hint=_("只有表头（或者只有示例行），还没有填内容"),
        )


def _has_rows(found: Located) -> bool:
    return any(value is not None for line in found.sheet.grid[found.last :] for value in line)


def _column_filled(found: Located, column: int) -> bool:
    lines = found.sheet.grid[found.last :]
    return any(len(line) >= column and line[column - 1] is not None for line in lines)
