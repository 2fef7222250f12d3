"""四性检测报告: what was examined, every item with its result, what is damaged, and who answers for it."""

from __future__ import annotations

from tools.draw_templates.listing import DENSE, NUMBERED, Column, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import HALF_LINE, TEXT_WIDTH
from tools.draw_templates.xml import ALL_LINES, cell, command, paragraph, row, table

_ITEMS = (
    Column(1360, "编码", ("code",)),
    Column(760, "性质", ("property",)),
    Column(2040, "检测项目", ("name",), left=True),
    Column(1900, "检测对象", ("object",), left=True),
    Column(820, "结果", ("outcome",)),
    Column(1964, "说明", ("words",), left=True),
)
_DAMAGES = (
    Column(560, "序号", (NUMBERED,)),
    Column(1500, "问题", ("what",), left=True),
    Column(3484, "位置", ("where",), left=True),
    Column(3300, "说明", ("sentence",), left=True),
)
_LABEL = 1700
_HEAD = (
    ("立档单位", "{{ office }}"),
    ("检测环节", "{{ stage }}"),
    ("检测日期", "{{ date }}"),
    ("检测范围", "{{ examined }}{% if pieces != registered %}（登记簿里共有{{ registered }}件）{% endif %}"),
    ("检测数量", "{{ pieces }}件，{{ files }}个文件，{{ size }}字节"),
    ("归档检测", "{{ at_filing }}"),
    ("检测依据", "DA/T 70-2018《文书类电子档案检测一般要求》"),
    ("检测结论", "{{ verdict }}（通过{{ passed }}项，未通过{{ failed }}项，不适用{{ left }}项）"),
)
_SIGNED = ("检测人（签字）", "审核人（签字）", "单位（盖章）")


def _told() -> str:
    """What was examined, as a table of labels and values."""
    rows = (
        row(
            cell(_LABEL, paragraph("TableLabel", label)),
            cell(TEXT_WIDTH - _LABEL, paragraph("TableText", words, extra='<w:jc w:val="left"/>')),
            height=480,
        )
        for label, words in _HEAD
    )
    return table((_LABEL, TEXT_WIDTH - _LABEL), *rows, borders=ALL_LINES, margin=113)


def _signatures() -> str:
    """Places to sign, each with a day; they stay together."""
    width = TEXT_WIDTH // len(_SIGNED)
    widths = (width,) * len(_SIGNED)
    stays = "<w:keepNext/>"
    return table(
        widths,
        row(*(cell(width, paragraph("TableLabel", label, extra=stays)) for label in _SIGNED), height=480),
        row(*(cell(width, paragraph("TableText", extra=stays)) for _label in _SIGNED), height=1100),
        row(*(cell(width, paragraph("TableText", "　　年　　月　　日")) for _label in _SIGNED), height=480),
        borders=ALL_LINES,
        margin=57,
    )


def draw() -> bytes:
    """printouts/four-properties/template.docx."""
    above = f'<w:spacing w:before="{HALF_LINE}"/>'
    return document(
        paragraph("Title", "电子档案四性检测报告", extra=f'<w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        _told(),
        paragraph("Level1", "一、逐项结果", extra=above),
        listing(_ITEMS, "item in rows", DENSE),
        command("if note"),
        paragraph("TableNote", "{{ note }}"),
        command("endif"),
        paragraph("Level1", "二、发现的问题", extra=above),
        command("if damages"),
        listing(_DAMAGES, "damage in damages", DENSE),
        command("if more"),
        paragraph("TableNote", "另有{{ more }}处，见 gongwen verify 的输出。"),
        command("endif"),
        command("else"),
        paragraph("Normal", "没有发现文件缺失、改动、多余或不可读。"),
        command("endif"),
        paragraph("Level1", "三、签字", extra=above + "<w:keepNext/>"),
        _signatures(),
        title="电子档案四性检测报告",
    )
