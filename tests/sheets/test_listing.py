"""Plain tables as workbooks: numbers and days can be reckoned with, text stays text, links lead where they should."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import load_workbook

from pipeline.sheets import Listing, listing_workbook

ROWS = (("=1+1", 7, date(2021, 3, 5), "打开"), ("桃园社区", 0, "", ""))
LISTING = Listing(
    "逐项", ("事项", "件数", "日期", "文件"), (20, 8, 16, 10), ROWS, "清单", "共 2 项", {(0, 3): "../a b/1.pdf"}
)


def test_values_keep_their_kind() -> None:
    sheet = load_workbook(io.BytesIO(listing_workbook((LISTING,))))["逐项"]
    assert [cell.value for cell in sheet["A"][:3]] == ["清单", "共 2 项", "事项"]
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")
    assert sheet["B4"].value == 7 and sheet["B5"].value == 0
    assert sheet["C4"].value.date() == date(2021, 3, 5)
    assert sheet["D4"].hyperlink.target == "../a b/1.pdf"
    assert sheet["D5"].hyperlink is None


def test_equal_content_gives_equal_bytes() -> None:
    assert listing_workbook((LISTING,)) == listing_workbook((LISTING,))
