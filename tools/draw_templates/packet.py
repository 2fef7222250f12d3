"""迎检材料: the cover and contents of a packet, and its last pages: what was checked, and who took it."""

from __future__ import annotations

from tools.draw_templates.listing import DENSE, NUMBERED, Column, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import HALF_LINE, TEXT_WIDTH
from tools.draw_templates.xml import ALL_LINES, cell, command, lines, paragraph, row, table

_CONTENTS = (
    Column(600, "序号", (NUMBERED,)),
    Column(2584, "题名", ("title",), left=True, link="paper"),
    Column(3080, "文号和档号", ("number", "code")),
    Column(1140, "日期", ("day",)),
    Column(800, "备注", ("remark",)),
    Column(640, "页码", ("page",)),
)
_CHECKED = (
    Column(600, "序号", (NUMBERED,)),
    Column(3080, "档号", ("code",)),
    Column(2004, "题名", ("title",), left=True),
    Column(560, "文件", ("files",)),
    Column(1840, "SHA-256", ("digest",)),
    Column(760, "结果", ("state",)),
)
_LABEL, _VALUE = 2100, 6400


def _told(*pairs: tuple[str, str]) -> str:
    """Labels and values of the cover, each value on a rule of its own."""
    under = lines(bottom=("single", 6))
    rows = [
        row(
            cell(_LABEL, paragraph("CoverLabel", label), align="bottom"),
            cell(_VALUE, paragraph("CoverValue", words), borders=under, align="bottom"),
            height=820,
        )
        for label, words in pairs
    ]
    return table((_LABEL, _VALUE), *rows)


def draw() -> bytes:
    """printouts/packet/template.docx."""
    return document(
        paragraph("CoverTitle", "迎检材料", extra='<w:spacing w:before="2400" w:after="1800"/>'),
        _told(
            ("单　　位", "{{ organisation }}"),
            ("起止日期", "{{ period }}"),
            ("选取条件", "{{ chosen }}"),
            ("数　　量", "{{ pieces }}件　{{ pages }}页"),
            ("制作单位", "{{ office }}"),
            ("制作日期", "{{ day }}"),
        ),
        command("if note"),
        paragraph("CoverNote", "{{ note }}"),
        command("endif"),
        paragraph("Title", "目　录", extra=f'<w:pageBreakBefore/><w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        listing(_CONTENTS, "line in lines", DENSE),
        command("if ends"),
        paragraph("Level1", "附", extra=f'<w:spacing w:before="{HALF_LINE}" w:after="120"/>'),
        listing(
            (
                Column(600, "序号", (NUMBERED,)),
                Column(7584, "名称", ("title",), left=True, link="paper"),
                Column(660, "页码", ("page",)),
            ),
            "end in ends",
            DENSE,
        ),
        command("endif"),
        command("for one in notes"),
        paragraph("TableNote", "{{ one.words }}"),
        command("endfor"),
        paragraph(
            "TableNote", "页码是本册电子文件的页码，从第一份文件算起；各件自己的页码没有改动。点题名打开那一份。"
        ),
        title="迎检材料",
        page_numbers=False,
    )


def draw_end() -> bytes:
    """printouts/packet-end/template.docx."""
    columns = (2000, TEXT_WIDTH - 2000)
    logged = [
        row(
            cell(columns[0], paragraph("TableLabel", label)),
            cell(columns[1], paragraph("TableText", words)),
            height=620,
        )
        for label, words in (
            ("利用人", "{{ reader }}"),
            ("利用目的", "{{ purpose }}"),
            ("件数", "{{ pieces }}件"),
            ("个人信息", "{{ redacted }}"),
            ("经办人", "{{ by }}"),
            ("时间", "{{ at }}"),
            ("利用人签字", ""),
        )
    ]
    return document(
        paragraph("Title", "逐件核对", extra=f'<w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        paragraph(
            "Normal",
            "{{ day }}对本册{{ pieces }}件的{{ files }}个文件做了四性检测（见《四性检测报告》）。下表逐件列出归档文件的"
            "SHA-256（前16位；有盖章件、签章件的列盖章件、签章件），可与档案里manifest-sha256.txt对照。"
            "{% if faults %}有{{ faults }}个文件与归档时不符。{% else %}与归档时一致，全部完好。{% endif %}",
            extra=f'<w:spacing w:after="{HALF_LINE // 2}"/>',
        ),
        listing(_CHECKED, "line in lines", DENSE),
        paragraph("Title", "利用登记", extra=f'<w:pageBreakBefore/><w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        table(columns, *logged, borders=ALL_LINES, margin=113),
        title="逐件核对和利用登记",
        page_numbers=False,
    )
