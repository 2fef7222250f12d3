"""What is marked as a secret of the state goes no further, wherever the mark stands; words about it are no mark."""

from __future__ import annotations

import pytest

from pipeline.core.findings import Code
from pipeline.core.values import Sheet, Workbook
from pipeline.sheets import marks_of_secrecy
from pipeline.sheets.marks import FINDINGS_SHEET, SIGNATURES


def book(text: object, name: str = "表1") -> Workbook:
    return Workbook((Sheet(name, ((None, "密级"), ("标题", text))),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "mark",
    [
        "秘密",
        "机密★10年",
        "绝密★长期",
        "秘 密★1年",
        "秘密级",
        "【机密】",
        "密级：秘密",
        "关于某事的通知（秘密）",
        "机密\u3000★ 6个月",
    ],
)
def test_a_marked_cell_is_told_with_its_place(mark: str) -> None:
    (found,) = marks_of_secrecy(book(mark), "通知.xlsx")
    assert (found.code, found.sheet, found.cell) == (Code.CLASSIFIED, "表1", "B2")
    assert "涉密计算机" in found.hint


@pytest.mark.parametrize(
    "text",
    [
        None,
        3.0,
        "内部",
        "密级",
        "保守国家秘密",
        "不得泄露机密。",
        "秘密投票",
        "采取无记名（秘密）投票方式",
        "采取无记名投票",
        "",
    ],
)
def test_words_about_secrecy_pass(text: object) -> None:
    assert marks_of_secrecy(book(text), "机密文件保管通知.xlsx") == ()


@pytest.mark.parametrize("name", ["通知（秘密）.xlsx", "【机密】名单.xlsx", "绝密★长期 名单.xlsx"])
def test_a_marked_name_is_enough(name: str) -> None:
    (found,) = marks_of_secrecy(book("内部"), name)
    assert (found.cell, found.found) == ("", name)


def test_our_own_list_of_faults_may_quote_the_mark() -> None:
    """A workbook that came back and was put right still has our sheet in it."""
    begins = SIGNATURES[FINDINGS_SHEET]
    ours = Sheet(FINDINGS_SHEET, ((begins, None), ("秘密★1年", None)))
    assert marks_of_secrecy(Workbook((ours, *book("内部").sheets)), "通知.xlsx") == ()
