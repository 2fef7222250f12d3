"""A finding: one thing wrong in a workbook, as a value with an address.

All findings of a workbook come back at once. Each says where (sheet, cell, heading), what was found, what was
expected, and how to mend it, in words a secretary reads without help. ``Code`` is for programs and tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.messages import _


class Severity(StrEnum):
    """An error sends the workbook back; a warning is only written into the receipt."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """What is wrong, for programs. ``TITLES`` words each one for people; a test holds the two together."""

    # the file
    NOT_A_WORKBOOK = "not-a-workbook"
    PASSWORD = "password"
    TOO_LARGE = "too-large"
    CLASSIFIED = "classified"
    EMPTY = "empty"
    KIND_UNKNOWN = "kind-unknown"
    MACROS = "macros"
    UNSEEN = "unseen"
    HIDDEN = "hidden"
    STRUCK = "struck"
    # the headings
    HEADING_MISSING = "heading-missing"
    HEADING_UNKNOWN = "heading-unknown"
    HEADING_TWICE = "heading-twice"
    SHEET_MISSING = "sheet-missing"
    SHEET_UNKNOWN = "sheet-unknown"
    NOT_USED = "not-used"
    # one cell
    REQUIRED = "required"
    NOT_A_DATE = "not-a-date"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_CHOICE = "not-a-choice"
    NOT_A_PERSON = "not-a-person"
    NOT_A_PHONE = "not-a-phone"
    NOT_AN_ID_CARD = "not-an-id-card"
    NOT_A_CREDIT_CODE = "not-a-credit-code"
    NOT_AN_ORGANISATION = "not-an-organisation"
    NOT_A_PICTURE = "not-a-picture"
    NOT_A_FORM = "not-a-form"
    ROUNDED = "rounded"
    UNCALCULATED = "uncalculated"
    ERROR_VALUE = "error-value"
    DAMAGED_TEXT = "damaged-text"
    TOO_LONG = "too-long"
    OUT_OF_RANGE = "out-of-range"
    DATE_AHEAD = "date-ahead"
    PATTERN = "pattern"
    # several cells or rows
    DATES_BACKWARDS = "dates-backwards"
    DUPLICATE = "duplicate"
    KEY_UNKNOWN = "key-unknown"
    GROUP_EMPTY = "group-empty"
    RULE = "rule"
    # against the register
    ALREADY_FILED = "already-filed"
    NUMBER_TAKEN = "number-taken"
    NUMBER_RESERVED = "number-reserved"
    NUMBER_FORM = "number-form"
    # on the way to paper
    TEMPLATE = "template"
    PRINT = "print"
    # on a scan
    NOT_A_SCAN = "not-a-scan"
    SCAN_CODE = "scan-code"
    SCAN_PAGES = "scan-pages"
    SCAN_TWICE = "scan-twice"
    SCAN_UNKNOWN = "scan-unknown"
    SCAN_OTHER_PRINT = "scan-other-print"
    SCAN_OTHER_PAGE = "scan-other-page"
    SCAN_WITHDRAWN = "scan-withdrawn"
    SCAN_KNOWN = "scan-known"
    METADATA = "metadata"
    # in a folder of old papers
    FILE_MISSING = "file-missing"
    FILE_UNLISTED = "file-unlisted"
    FILE_UNFIT = "file-unfit"


TITLES: dict[Code, str] = {
    Code.NOT_A_WORKBOOK: "不是能读的表格文件",
    Code.PASSWORD: "文件有密码",
    Code.TOO_LARGE: "文件太大",
    Code.CLASSIFIED: "涉密文件不能在这里办",
    Code.EMPTY: "表里没有内容",
    Code.KIND_UNKNOWN: "认不出是哪一种表",
    Code.MACROS: "文件里有宏",
    Code.UNSEEN: "有读不到的内容",
    Code.HIDDEN: "有隐藏的内容",
    Code.STRUCK: "有划掉的内容",
    Code.HEADING_MISSING: "缺少表头",
    Code.HEADING_UNKNOWN: "不认识的表头",
    Code.HEADING_TWICE: "表头重复",
    Code.SHEET_MISSING: "缺少工作表",
    Code.SHEET_UNKNOWN: "没有用到的工作表",
    Code.NOT_USED: "没有用到的内容",
    Code.REQUIRED: "必填项为空",
    Code.NOT_A_DATE: "不是日期",
    Code.NOT_A_NUMBER: "不是数字",
    Code.NOT_A_CHOICE: "不在可选范围内",
    Code.NOT_A_PERSON: "不是人名",
    Code.NOT_A_PHONE: "电话号码不对",
    Code.NOT_AN_ID_CARD: "身份证号不对",
    Code.NOT_A_CREDIT_CODE: "统一社会信用代码不对",
    Code.NOT_AN_ORGANISATION: "不是本办公室登记的组织",
    Code.NOT_A_PICTURE: "不是能用的图片",
    Code.NOT_A_FORM: "没有这种表样",
    Code.ROUNDED: "数字已被 Excel 改动",
    Code.UNCALCULATED: "公式没有计算结果",
    Code.ERROR_VALUE: "单元格里是错误值",
    Code.DAMAGED_TEXT: "文字里有损坏的内容",
    Code.TOO_LONG: "内容太长",
    Code.OUT_OF_RANGE: "超出允许范围",
    Code.DATE_AHEAD: "日期在今天之后",
    Code.PATTERN: "格式不对",
    Code.DATES_BACKWARDS: "日期先后颠倒",
    Code.DUPLICATE: "重复",
    Code.KEY_UNKNOWN: "找不到对应的主表行",
    Code.GROUP_EMPTY: "缺少明细",
    Code.RULE: "不符合规定",
    Code.ALREADY_FILED: "已经归档",
    Code.NUMBER_TAKEN: "文号已被使用",
    Code.NUMBER_RESERVED: "文号是预留的",
    Code.NUMBER_FORM: "文号格式不对",
    Code.TEMPLATE: "模板合成失败",
    Code.PRINT: "印制检查不通过",
    Code.NOT_A_SCAN: "不是能读的扫描件",
    Code.SCAN_CODE: "认不出是哪一件",
    Code.SCAN_PAGES: "页数不对",
    Code.SCAN_TWICE: "同一件扫了两次",
    Code.SCAN_UNKNOWN: "登记簿里没有这一件",
    Code.SCAN_OTHER_PRINT: "不是归档的那一稿",
    Code.SCAN_OTHER_PAGE: "不是应有的那一页",
    Code.SCAN_WITHDRAWN: "文件已撤销或销毁",
    Code.SCAN_KNOWN: "这份扫描件已经收过",
    Code.METADATA: "归档元数据不合格",
    Code.FILE_MISSING: "找不到文件",
    Code.FILE_UNLISTED: "没有列进题名表的文件",
    Code.FILE_UNFIT: "这些文件不能作为一件",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong.

    ``sheet`` is empty for a finding about the whole file, ``cell`` (``"C5"``) for one about a whole sheet.
    ``heading`` is the column's heading as the kind names it. ``found`` is the value as the sender sees it.
    ``expected`` and ``hint`` are whole Chinese phrases: what should stand there, and how to mend it.
    """

    code: Code
    sheet: str = ""
    cell: str = ""
    heading: str = ""
    found: str = ""
    expected: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def title(self) -> str:
        """What is wrong, in two to ten characters."""
        return _(TITLES[self.code])

    @property
    def place(self) -> str:
        """``工作表“人员”C5（出生年月）``, or less when less is known; empty for the whole file."""
        sheet = _("工作表“{sheet}”").format(sheet=self.sheet) if self.sheet else ""
        heading = _("（{heading}）").format(heading=self.heading) if self.heading else ""
        return f"{sheet}{self.cell}".rstrip() + heading  # in English a blank stands after the sheet

    def sentence(self) -> str:
        """The whole finding in one sentence for a log, a terminal or a comment."""
        parts = [f"{self.place}{_('：')}{self.title}" if self.place else self.title]
        if self.found:
            parts.append(_("填的是“{found}”").format(found=self.found))
        if self.expected:
            parts.append(_("应为{expected}").format(expected=self.expected))
        if self.hint:
            parts.append(self.hint.rstrip("。"))
        return _("，").join(parts) + _("。")

    def as_json(self) -> dict[str, str]:
        """Keys in English, for ``--json``."""
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "heading": self.heading,
            "found": self.found,
            "expected": self.expected,
            "hint": self.hint,
            "sentence": self.sentence(),
        }


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those findings that send a workbook back."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
