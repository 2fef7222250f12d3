"""What we put into a sender's workbook, recognisable for ever, so that a mended one reads as if it had no marks.

Sheets of ours are known by name and by the sentence in their first cell; the name alone is not enough, for 回执 may
well be the title of somebody's own table.
"""

from __future__ import annotations

from pipeline.core.values import Sheet

FINDINGS_SHEET = "需要修改"
RECEIPT_SHEET = "回执"
GUIDE_SHEET = "填写说明"
LISTS_SHEET = "选项"

SIGNATURES = {
    FINDINGS_SHEET: "这份表格有需要修改的地方",
    RECEIPT_SHEET: "这份表格已经办理",
    GUIDE_SHEET: "这份表怎么填",
    LISTS_SHEET: "供下拉选择的内容",
}
"""How cell A1 of each of our sheets begins."""

EXAMPLE = "示例"
"""What the example row of a blank workbook says in its first column. Only a row that says so is ever skipped."""

COMMENT_AUTHOR = "公文系统"
COMMENT_BEGINS = "【需要修改】"
OWN_COMMENT = "原有批注："
"""Before the sender's own comment, on a line of its own at the end of ours."""

FILL = "FFFFC7CE"
"""The colour of a wrong cell, ARGB: Excel's own light red of “bad” cells."""


def is_ours(sheet: Sheet) -> bool:
    """Whether a sheet as read is one that we wrote."""
    first = sheet.grid[0][0] if sheet.grid and sheet.grid[0] else None
    return _is_ours(sheet.name, first)


def is_our_answer(name: str, first_cell: object) -> bool:
    """Whether a sheet is a list of findings or a receipt that we put into somebody's workbook."""
    return may_be_our_answer(name) and _is_ours(name, first_cell)


def may_be_our_answer(name: str) -> bool:
    """Whether a sheet of this name may be one, so that its first cell is worth a look."""
    return _plain(name) in (FINDINGS_SHEET, RECEIPT_SHEET)


def is_our_comment(author: str, text: str) -> bool:
    """Whether a comment is one that we wrote; LibreOffice forgets who wrote a comment."""
    return author.strip() in (COMMENT_AUTHOR, "") and text.startswith(COMMENT_BEGINS)


def _is_ours(name: str, first_cell: object) -> bool:
    begins = SIGNATURES.get(_plain(name))
    return begins is not None and isinstance(first_cell, str) and first_cell.startswith(begins)


def _plain(name: str) -> str:
    """A sheet's name without the number that Excel gives to copies: ``需要修改 (2)``."""
    return name.split(" (")[0].rstrip("0123456789")
