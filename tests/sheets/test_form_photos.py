"""Photographs of an activity on a filled form: each in its own box, or all in the one box there is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipeline.core.findings import Code
from pipeline.core.values import Picture
from pipeline.sheets import blank_workbook, interpret
from pipeline.sheets.formsheet import FORM_SHEET
from tests.sheets.examples import ORGANISATIONS, Rows, image, png, read, write
from tests.templates.samples import catalogue

KIND = catalogue().get("activity-record")
COLOURS = ("red", "green", "blue", "white")
BOXES: Rows = [
    ("组织单位", "桃园社区", "活动主题", "义诊"),
    ("活动日期", "2020年6月24日", "活动地点", "广场"),
    ("参加单位", "卫生服务中心", "参加人数", "26"),
    ("主持人", "张秀梅", "记录人", "李旭"),
    ("活动内容", "为居民量血压。"),
]


def photos(path: Path, pictures: dict[str, str]) -> tuple[list[bytes | None], list[Code]]:
    """The four photo fields of the only record when pictures of these colours lie at these cells."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[FORM_SHEET if FORM_SHEET in workbook.sheetnames else "记录"]
    for cell, colour in pictures.items():
        sheet.add_image(image(png(80, 60, colour)), cell)
    workbook.save(path)
    draft, findings = interpret(read(path), [KIND], "x.xlsx")
    assert draft is not None, findings
    (row,) = draft.rows["activity"]
    values = [row.values.get(f"photo_{place}") for place in range(1, 5)]
    return [value.data if isinstance(value, Picture) else None for value in values], [each.code for each in findings]


def drawn(*colours: str) -> list[bytes | None]:
    """What four photo fields hold: the pictures of these colours, then nothing."""
    return [png(80, 60, colour) for colour in colours] + [None] * (4 - len(colours))


@pytest.mark.parametrize(
    ("rows", "joined", "pictures"),
    [
        ([*BOXES, ("活动照片",)], ("B6:D6",), {"B6": "red", "C6": "green", "D6": "blue"}),
        ([*BOXES, ("活动照片",)], ("A6:D6",), {"C6": "green", "A6": "red"}),
        ([*BOXES, ("照片一", None, "照片二")], (), {"D6": "green", "B6": "red"}),
        (BOXES, (), {"A8": "red", "C8": "green", "A9": "blue", "C9": "white"}),
    ],
    ids=["one wide box", "over the label itself", "each in its own", "no box at all"],
)
def test_pictures_go_to_the_photo_fields_in_the_order_of_reading(
    rows: Rows, joined: tuple[str, ...], pictures: dict[str, str], tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx", {"记录": rows}, {"记录": joined})
    found, codes = photos(path, pictures)
    assert found == drawn(*[colour for colour in COLOURS if colour in pictures.values()])
    assert codes == []


def test_more_pictures_than_there_are_places_are_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"记录": [*BOXES, ("活动照片",)]}, {"记录": ("B6:F6",)})
    _found, codes = photos(path, dict(zip(("B6", "C6", "D6", "E6", "F6"), (*COLOURS, "black"), strict=True)))
    assert Code.NOT_A_PICTURE in codes


def test_the_form_of_the_blank_workbook_has_a_box_for_each_photograph(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank_workbook(KIND, ORGANISATIONS))
    workbook = openpyxl.load_workbook(path)
    form = workbook[FORM_SHEET]
    labels = {str(cell.value).rstrip("*"): cell for line in form.iter_rows() for cell in line if cell.value}
    values = {"社区": "桃园社区"}
    for line in BOXES:
        for label, value in zip(line[::2], line[1::2], strict=True):
            values[str(label)] = str(value)
    for label, value in values.items():
        if label in labels:
            labels[label].offset(0, 1).value = value
    workbook.save(path)
    boxes = [labels[f"活动照片{number}"].offset(0, 1).coordinate for number in "一二三四"]
    found, codes = photos(path, dict(zip(boxes, COLOURS, strict=True)))
    assert found == drawn(*COLOURS)
    assert [code for code in codes if code is not Code.HIDDEN] == []
