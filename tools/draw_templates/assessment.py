"""年终评议表: scores that add up, and the grade; how many of each grade stands below, before the seal."""

from __future__ import annotations

from tools.draw_templates.furniture import signed
from tools.draw_templates.listing import NUMBERED, OPEN, Column, closing, labelled, listing
from tools.draw_templates.package import document
from tools.draw_templates.xml import paragraph

_COLUMNS = (
    Column(600, "序号", (NUMBERED,)),
    Column(1080, "评议对象", ("person",)),
    Column(1804, "所在单位", ("unit",)),
    Column(660, "参会\n议事", ("meeting_score",)),
    Column(660, "履行\n职责", ("duty_score",)),
    Column(660, "共建\n实事", ("project_score",)),
    Column(660, "民主\n评议", ("review_score",)),
    Column(620, "总分", ("score",)),
    Column(1100, "等次", ("grade",)),
    Column(1000, "备注", ("note",)),
)
_GRADES = ("优秀", "称职", "基本称职", "不称职")


def draw() -> bytes:
    """templates/assessment/template.docx."""
    counts = "，".join(
        f"{grade}{{{{ results|selectattr('grade', 'equalto', '{grade}')|list|length }}}}个" for grade in _GRADES
    )
    return document(
        paragraph("FormTitle", "{{ title }}", extra='<w:spacing w:before="0"/>'),
        labelled("评议方式", "{{ method|full_stop }}", after=100),
        listing(_COLUMNS, "one in results", OPEN, signed=True),
        closing(f"评议结果：{counts}，共{{{{ results|length }}}}个。"),
        *signed("organisation", "date", "issuer"),
        title="年终评议表",
    )
