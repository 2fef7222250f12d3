"""归档文件目录 and 目录索引: what lies in a folder of the archive, with a link from each line into its paper.

DA/T 22-2015 clause 5.5: A4 lying, bound behind a cover. A link leads to ``urn:gongwen:paper:…``; the program puts the
paper's file in its place once it knows where the list will lie.
"""

from __future__ import annotations

from tools.draw_templates.listing import DENSE, NUMBERED, Column, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import HALF_LINE, PAGE_HEIGHT, PAGE_WIDTH, Page
from tools.draw_templates.xml import cell, command, indent, lines, paragraph, row, table

LYING = Page(PAGE_HEIGHT, PAGE_WIDTH, top=1418, right=1134, bottom=1134, left=1134, footer=600)
"""A4 lying, 25 mm at the head, where it is bound, and 20 mm elsewhere."""

_COLUMNS = (
    Column(640, "序号", ("sequence",)),
    Column(3060, "档号", ("code",)),
    Column(2700, "文号", ("number",)),
    Column(1850, "责任者", ("responsible",), left=True),
    Column(3200, "题名", ("title",), left=True, link="paper"),
    Column(1060, "日期", ("day",)),
    Column(560, "密级", ("secrecy",)),
    Column(560, "页数", ("pages",)),
    Column(940, "备注", ("remark",), left=True),
)
_INDEXED = (
    Column(640, "序号", (NUMBERED,)),
    Column(1060, "日期", ("day",)),
    Column(2600, "文号", ("number",)),
    Column(6110, "题名", ("title",), left=True, link="paper"),
    Column(3060, "档号", ("code",)),
    Column(1100, "备注", ("remark",), left=True),
)
_PEOPLE = (
    Column(640, "序号", (NUMBERED,)),
    Column(1660, "姓名", ("name",)),
    Column(2600, "文号", ("number",)),
    Column(6610, "题名", ("title",), left=True, link="paper"),
    Column(3060, "档号", ("code",)),
)
_LABEL, _VALUE = 2400, 7600  # twips: the two columns of the cover


def _cover() -> str:
    """全宗号, 全宗名称, 年度, 保管期限, 机构, each on a rule of its own."""
    told = (
        ("全 宗 号", "{{ fonds }}"),
        ("全宗名称", "{{ fonds_name }}"),
        ("年　　度", "{{ year }}"),
        ("保管期限", "{{ volume.retention }}"),
        ("机　　构", "{{ organisation }}"),
    )
    under = lines(bottom=("single", 6))
    rows = [
        row(
            cell(_LABEL, paragraph("CoverLabel", label), align="bottom"),
            cell(_VALUE, paragraph("CoverValue", words), borders=under, align="bottom"),
            height=760,
        )
        for label, words in told
    ]
    beside = (LYING.text_width - _LABEL - _VALUE) // 2
    return table((_LABEL, _VALUE), *rows).replace('<w:tblInd w:w="0"', f'<w:tblInd w:w="{beside}"', 1)


def draw() -> bytes:
    """printouts/catalogue/template.docx."""
    chosen = 'line in lines|selectattr("retention", "equalto", volume.retention)'
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{LYING.text_width}"/></w:tabs>'
    return document(
        command("for volume in volumes"),
        command("if loop.first"),
        paragraph("CoverTitle", "归档文件目录"),
        command("else"),
        paragraph("CoverTitle", "归档文件目录", extra="<w:pageBreakBefore/>"),
        command("endif"),
        _cover(),
        paragraph("CoverNote", "共 {{ volume.pieces }} 件　{{ volume.pages }} 页"),
        paragraph("ListTitle", "归档文件目录", extra="<w:pageBreakBefore/>"),
        paragraph(
            "FormLine",
            "全宗号：{{ fonds }}　　年度：{{ year }}　　保管期限：{{ volume.retention }}\t机构：{{ organisation }}",
            extra=tab + indent(),
        ),
        listing(_COLUMNS, chosen, DENSE),
        command("endfor"),
        title="归档文件目录",
        page=LYING,
    )


def draw_index() -> bytes:
    """printouts/index/template.docx."""
    chosen = 'line in lines|selectattr("group", "equalto", group.name)'
    return document(
        paragraph(
            "Title",
            "<w:r><w:t>{{ organisation }}</w:t><w:br/><w:t>{{ year }}年目录索引</w:t></w:r>",
            extra=f'<w:spacing w:before="0" w:after="{HALF_LINE}"/>',
        ),
        paragraph(
            "Normal",
            "全宗号{{ fonds }}，共{{ pieces }}件{{ pages }}页。点题名打开文件；书签里也有每一份文件。"
            "整个文件夹一起移动，链接仍然有效。",
        ),
        command("for group in groups"),
        paragraph(
            "Level1",
            "{{ loop.index }}．{{ group.name }}（{{ group.pieces }}件）",
            extra=f'<w:spacing w:before="{HALF_LINE}" w:after="120"/>',
        ),
        listing(_INDEXED, chosen, DENSE),
        command("endfor"),
        command("if people"),
        paragraph("Level1", "人名索引", extra=f'<w:spacing w:before="{HALF_LINE}" w:after="120"/>'),
        listing(_PEOPLE, "one in people", DENSE),
        command("endif"),
        title="目录索引",
        page=LYING,
    )


for _table in (_COLUMNS, _INDEXED, _PEOPLE):
    assert sum(column.width for column in _table) == LYING.text_width
