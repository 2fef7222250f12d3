"""The blank entry workbook of a kind: what is handed to a clerk who has never seen the kind before.

It guards against what Excel does to entries: columns for numbers, months and codes are text, so that 1978.10 keeps its
nought and an identity number its last digits; choices and organisations are lists to pick from. The example row shows
how it is done; it says 示例 in its first column and is skipped when the workbook is read.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.kind import Field, FieldType, Kind, Role, Table
from pipeline.core.messages import _
from pipeline.core.values import Organisation
from pipeline.sheets.addresses import address
from pipeline.sheets.dates import Unclear, day_of
from pipeline.sheets.formsheet import add_form_sheet, instructions
from pipeline.sheets.headings import ROW_NUMBERS, folded
from pipeline.sheets.marks import COMMENT_AUTHOR, EXAMPLE, GUIDE_SHEET, SIGNATURES
from pipeline.sheets.picklists import PickLists
from pipeline.sheets.writing import (
    BODY,
    CENTRED,
    FACE,
    GRID,
    HEADING,
    as_bytes,
    cell_at,
    height_of,
    new_workbook,
    print_on_one_width,
    put_table,
    put_text,
    put_title,
    set_widths,
)

_ROWS = 300
"""Rows that are set up for filling; more may be filled, they only lack the lists."""

_GUIDE_WIDTHS = (24.0, 10.0, 60.0, 50.0)
_HIGHEST_EXAMPLE = 94.0
_REQUIRED_FILL = PatternFill("solid", fgColor="FFFFE699")
_OPTIONAL_FILL = PatternFill("solid", fgColor="FFDDEBF7")
_EXAMPLE = Font(name=FACE, size=11, italic=True, color="FF7F7F7F")
_DATE_FORMAT = 'yyyy"年"m"月"d"日"'
_WIDE = {FieldType.LONG_TEXT: 44.0, FieldType.ORG: 30.0, FieldType.ID_CARD: 22.0, FieldType.CREDIT_CODE: 22.0}


def blank_workbook(kind: Kind, organisations: Sequence[Organisation]) -> bytes:
    """The blank workbook of a kind, as .xlsx bytes: a sheet for each table, a form where it has one, and a guide."""
    workbook = new_workbook()
    workbook.remove(workbook.worksheets[0])
    lists = PickLists(workbook, organisations)
    for table in kind.tables:
        _add_table_sheet(workbook.create_sheet(table.sheets[0]), table, lists)
    for table in kind.tables:
        if table.form:
            add_form_sheet(workbook, kind, table, lists)
    _add_guide(workbook.create_sheet(GUIDE_SHEET), kind)
    lists.close()
    workbook.active = 0
    return as_bytes(workbook)


def number_format(field: Field) -> str:
    """The cell format that keeps Excel from changing what is typed into this field."""
    if field.type is FieldType.DATE:
        return _DATE_FORMAT
    if field.type is FieldType.MONEY:
        return "#,##0.00"
    return "0" if field.type is FieldType.INTEGER else "@"


def _add_table_sheet(sheet: Worksheet, table: Table, lists: PickLists) -> None:
    widths = [max(_WIDE.get(field.type, 14.0), 2.2 * len(field.heading) + 3) for field in table.fields]
    set_widths(sheet, widths)
    for column, field in enumerate(table.fields, start=1):
        cell = put_text(cell_at(sheet, 1, column), field.heading + ("*" if field.required else ""))
        cell.font, cell.alignment, cell.border = HEADING, CENTRED, GRID
        cell.fill = _REQUIRED_FILL if field.required else _OPTIONAL_FILL
        cell.comment = _help(field)
        _example(sheet, column, field)
        for row in range(3, _ROWS + 1):
            entry = sheet.cell(row, column)
            entry.number_format, entry.font = number_format(field), BODY
            entry.alignment = Alignment(vertical="top", wrap_text=True)
        lists.offer(sheet, field, f"{address(2, column)}:{address(_ROWS, column)}")
    sheet.row_dimensions[1].height = 34
    sheet.row_dimensions[2].height = min(height_of([field.example for field in table.fields], widths), _HIGHEST_EXAMPLE)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    print_on_one_width(sheet)


def _example(sheet: Worksheet, column: int, field: Field) -> None:
    cell = cell_at(sheet, 2, column)
    day = day_of(field.example) if field.type is FieldType.DATE and field.example else Unclear()
    if column == 1:
        put_text(cell, EXAMPLE)
    elif isinstance(day, Unclear):
        put_text(cell, field.example)
    else:
        cell.value = day
    cell.number_format, cell.font = number_format(field), _EXAMPLE
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if column == 1:
        cell.comment = Comment(
            _("这一行是示例，不会办理，可以删掉。要直接在上面改成自己的内容，请把“示例”两字也改掉。"), COMMENT_AUTHOR
        )


def _help(field: Field) -> Comment:
    lines = [_("必填") if field.required else _("可以不填")]
    if field.help:
        lines.append(field.help)
    if field.choices:
        lines.append(_("可选：{choices}").format(choices=_("、").join(field.choices)))
    if field.example and field.type is not FieldType.IMAGE:
        lines.append(_("例：{example}").format(example=" ".join(field.example.split())[:60]))
    comment = Comment("\n".join(lines), COMMENT_AUTHOR)
    comment.width, comment.height = 280, 30 + 20 * sum(1 + len(line) // 19 for line in lines)
    return comment


def _add_guide(sheet: Worksheet, kind: Kind) -> None:
    put_title(sheet, f"{SIGNATURES[GUIDE_SHEET]}：{kind.name}")
    row = 3
    for line in _advice(kind):
        put_text(cell_at(sheet, row, 1), line).font = BODY
        row += 1
    for table in kind.tables:
        put_text(cell_at(sheet, row + 1, 1), _("工作表“{name}”").format(name=table.sheets[0])).font = HEADING
        headings = [_("栏目"), _("是否必填"), _("怎么填"), _("示例")]
        row = put_table(sheet, row + 2, headings, _GUIDE_WIDTHS, (_guide_line(field) for field in table.fields))
    set_widths(sheet, _GUIDE_WIDTHS)
    print_on_one_width(sheet)


def _advice(kind: Kind) -> list[str]:
    lines = [
        _("表头带 * 号、底色为黄的栏目必须填写。鼠标停在表头上可以看到说明。"),
        _("灰色斜体、标着“示例”的一行不会办理，请在它下面接着填。"),
        _("日期写成 2020年4月16日、2020-4-16、2020.4.16 都可以；年月写成 1978年3月、1978.03 都可以。"),
        _("填好后保存，把文件放进收件夹。有不对的地方，文件会带着说明退回到“退回”文件夹。"),
    ]
    details = [table for table in kind.details if table.key]
    if kind.head.key and details:
        key = kind.head.field(kind.head.key).heading
        names = _("、").join(_("“{name}”").format(name=table.sheets[0]) for table in details)
        lines.append(
            _("{names}的每一行用“{key}”与“{head}”里的一行对应，两边要写得一样。").format(
                names=names, key=key, head=kind.head.sheets[0]
            )
        )
    if any(table.form and table.role is Role.HEAD for table in kind.tables):
        lines.append(instructions())
    return lines


def _guide_line(field: Field) -> tuple[str, ...]:
    note = _("不影响归档，只为看着方便") if folded(field.heading) in ROW_NUMBERS and not field.required else field.help
    return field.heading, _("必填") if field.required else "", note, field.example
