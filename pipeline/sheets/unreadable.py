"""When a file cannot be read at all: the limits it may break, and the one finding that says why.

``Unreadable`` carries a value rather than words of its own, because to the sender it is a finding like every other: it
stands in the returned workbook. It travels back from the child process whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _


@dataclass(frozen=True, slots=True)
class Limits:
    """What a dropped file may cost. Sizes in bytes; ``ratio`` is unpacked size by packed size of one zip entry.

    Time and memory are the business of whoever runs the child process. The ratio is only asked of entries above
    ``ratio_from`` bytes, because a sheet full of formatted empty rows packs 100 : 1 in all innocence.
    """

    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 512 * 1024 * 1024
    ratio: int = 300
    ratio_from: int = 16 * 1024 * 1024
    sheets: int = 200
    cells: int = 4_000_000


class Unreadable(Exception):
    """The file cannot be opened as a workbook; ``finding`` says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding

    def __str__(self) -> str:
        return self.finding.sentence()


def refused(code: Code, *, found: str = "", expected: str = "", hint: str = "") -> Unreadable:
    """An ``Unreadable`` about the whole file."""
    return Unreadable(Finding(code, found=found, expected=expected, hint=hint))


def too_large(found: str, expected: str, hint: str) -> Unreadable:
    """A file beyond one of the limits."""
    return refused(Code.TOO_LARGE, found=found, expected=expected, hint=hint)


def foreign(found: str, hint: str = "") -> Unreadable:
    """A file that is something else than a workbook."""
    return refused(
        Code.NOT_A_WORKBOOK,
        found=found,
        expected=_("Excel 或 WPS 表格文件（.xlsx、.xls、.et、.ods、.csv）"),
        hint=hint or _("请放入表格文件本身，改扩展名不能改变文件的内容"),
    )


def password() -> Unreadable:
    """A workbook that asks for a password."""
    return refused(
        Code.PASSWORD,
        found=_("加了密码的文件"),
        expected=_("没有密码的文件"),
        hint=_("请在 Excel 或 WPS 里打开它，取消“用密码进行加密”，保存后再放进来"),
    )


def broken() -> Unreadable:
    """A container that cannot be opened."""
    return refused(
        Code.NOT_A_WORKBOOK,
        found=_("损坏的文件"),
        expected=_("能用 Excel 或 WPS 打开的表格文件"),
        hint=_("文件可能没有复制完或已损坏，请打开检查，另存为“Excel 工作簿（*.xlsx）”后再放进来"),
    )
