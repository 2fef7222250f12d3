"""迎检清单: what must be put right first, then every section with its papers, their numbers and dates."""

from __future__ import annotations

from tools.draw_templates.listing import DENSE, NUMBERED, Column, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import HALF_LINE, TEXT_WIDTH
from tools.draw_templates.xml import command, paragraph

_PAPERS = ("first", "second", "third", "fourth", "fifth")
_GAPS = (
    Column(560, "序号", (NUMBERED,)),
    Column(2360, "事项", ("subject",), left=True),
    Column(1500, "文件", ("papers",)),
    Column(1824, "情况", ("remark",), left=True),
    Column(2600, "依据", ("source",), left=True),
)
_WIDTHS = {1: 2600, 2: 2400, 3: 1800, 4: 1600, 5: 1400}
"""Twips of each paper's column, by how many there are."""


def _section(papers: int) -> tuple[str, str, str]:
    """The table of a section with so many papers; the fewer there are the wider is the subject."""
    each = _WIDTHS[papers]
    columns = (
        Column(560, "序号", (NUMBERED,)),
        Column(TEXT_WIDTH - 560 - papers * each, "事项", ("subject",), left=True),
        *(Column(each, f"{{{{ section.{paper} }}}}", (paper,)) for paper in _PAPERS[:papers]),
    )
    chosen = 'row in rows|selectattr("section", "equalto", section.name)'
    return command(f"if section.columns == {papers}"), listing(columns, chosen, DENSE), command("endif")


def draw() -> bytes:
    """printouts/checklist/template.docx."""
    return document(
        paragraph("Title", "{{ organisation }}", extra='<w:spacing w:before="0"/>'),
        paragraph("Title", "{{ year }}年迎检清单", extra=f'<w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        paragraph(
            "Normal",
            "按现行规定应有文件{{ wanted }}件：齐全的{{ there }}件，缺{{ missing }}件，迟{{ late }}件，"
            "次序不符{{ disordered }}件。{% if destroyed %}本年度另有{{ destroyed }}件保管期满已经销毁（见销毁清册），"
            "内容不再保存，下面缺的可能就在其中。{% endif %}检查日期：{{ date }}。",
        ),
        paragraph("Level1", "一、需要补正的"),
        command("if gaps"),
        listing(_GAPS, "gap in gaps", DENSE),
        command("else"),
        paragraph("Normal", "没有。"),
        command("endif"),
        command("for section in sections"),
        paragraph(
            "Level1", "{{ (loop.index + 1)|numeral }}、{{ section.name }}", extra=f'<w:spacing w:before="{HALF_LINE}"/>'
        ),
        paragraph("Normal", "依据：{{ section.source }}", extra="<w:keepNext/><w:keepLines/>"),
        *(block for papers in range(1, len(_PAPERS) + 1) for block in _section(papers)),
        command("endfor"),
        title="迎检清单",
    )
