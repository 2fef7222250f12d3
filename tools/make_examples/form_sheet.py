"""The registration form as a sheet to fill in: labels to the left, boxes to the right, the photo in its own box.

The grid is the one of the form behind 铜王组发〔2020〕50号, with the community and the date above it and what is never
printed (identity number, telephone) below.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from tools.make_examples.books import BOX, Cell, add_picture, fit_to_width, put

# Each row: (label, first and last column of the label, field, first and last column of its box) …; columns A to I.
_Box = tuple[str, int, int, str, int, int]
_ROWS: tuple[tuple[float, tuple[_Box, ...]], ...] = (
    (24, (("社区党组织", 1, 1, "organisation", 2, 5), ("填表日期", 6, 6, "date", 7, 9))),
    (
        30,
        (
            ("姓名", 1, 1, "person", 2, 2),
            ("性别", 3, 3, "sex", 4, 4),
            ("出生年月", 5, 5, "birth", 6, 6),
            ("民族", 7, 7, "ethnicity", 8, 8),
        ),
    ),
    (
        30,
        (
            ("籍贯", 1, 1, "native_place", 2, 3),
            ("入党时间", 4, 4, "joined_party", 5, 5),
            ("健康状况", 6, 6, "health", 7, 8),
        ),
    ),
    (30, (("出生地", 1, 1, "birthplace", 2, 4), ("参加工作时间", 5, 6, "joined_work", 7, 8))),
    (40, (("学历", 1, 1, "education", 2, 3), ("毕业院校\n及专业", 4, 4, "school", 5, 8))),
    (30, (("学位或\n职称", 1, 1, "degree", 2, 9),)),
    (30, (("工作单位及职务", 1, 2, "post", 3, 9),)),
    (30, (("现任社区职务", 1, 2, "community_post", 3, 9),)),
    (130, (("工作简历", 1, 1, "career", 2, 9),)),
    (90, (("主要表现", 1, 1, "performance", 2, 9),)),
    (60, (("推荐单位意见", 1, 1, "recommendation", 2, 6), ("推荐日期", 7, 7, "recommended_on", 8, 9))),
    (60, (("社区党组织意见", 1, 1, "community_opinion", 2, 6), ("社区意见日期", 7, 7, "community_opinion_on", 8, 9))),
    (60, (("街道党委意见", 1, 1, "street_opinion", 2, 6), ("街道意见日期", 7, 7, "street_opinion_on", 8, 9))),
    (24, (("身份证号", 1, 1, "id_card", 2, 5), ("联系电话", 6, 6, "phone", 7, 9))),
)
_WIDTHS = (13, 13, 9, 11, 13, 13, 12, 12, 15)
_TALL = 60  # points; boxes at least so tall hold running text, which is not centred
_PHOTO = (3, 9, 6, 9)  # rows 3 to 6 of column I


def add_member_form(workbook: Workbook, member: Mapping[str, Any], photo: bytes) -> None:
    """One filled form on a sheet of its own."""
    sheet: Worksheet = workbook.create_sheet("登记表")
    for column, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    title = _box(sheet, 1, 1, 1, 9, "社区“兼职委员”人员情况登记表")
    title.font = Font(name="宋体", size=18, bold=True)
    sheet.row_dimensions[1].height = 36
    for row, (height, boxes) in enumerate(_ROWS, start=2):
        sheet.row_dimensions[row].height = height
        for label, label_from, label_to, field, box_from, box_to in boxes:
            _box(sheet, row, label_from, row, label_to, label)
            value = _box(sheet, row, box_from, row, box_to, member.get(field))
            if height >= _TALL:
                value.alignment = Alignment(vertical="center", wrap_text=True)
    _box(sheet, *_PHOTO, "照片")
    add_picture(sheet, "I3", photo, width=100, height=140)
    fit_to_width(sheet, landscape=False)


def _box(sheet: Worksheet, top: int, left: int, bottom: int, right: int, value: Cell):  # type: ignore[no-untyped-def]
    """One bordered box of merged cells; returns its first cell."""
    cell = put(sheet, top, left, value)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.cell(row, column).border = BOX
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    return cell
