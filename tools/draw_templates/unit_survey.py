"""驻区单位摸排登记表 (区域化党建工作机制意见, attachment 3) on lying pages, one unit a row."""

from __future__ import annotations

from tools.draw_templates.listing import DENSE, NUMBERED, Column, beneath_title, closing, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import LANDSCAPE
from tools.draw_templates.xml import paragraph

_COLUMNS = (
    Column(560, "序号", (NUMBERED,)),
    Column(1660, "单位名称", ("unit",)),
    Column(1240, "单位地址", ("address",)),
    Column(970, "单位性质", ("unit_type",)),
    Column(720, "职工数", ("staff",)),
    Column(1680, "党组织名称", ("unit_party",)),
    Column(860, "党组织\n书记", ("secretary",)),
    Column(720, "党员数", ("party_members",)),
    Column(1456, "联络员及电话", ("liaison", "liaison_phone")),
    Column(1500, "可共享资源", ("resources",), left=True),
    Column(1390, "主要需求", ("demands",), left=True),
)


def draw() -> bytes:
    """templates/unit-survey/template.docx."""
    return document(
        paragraph("FormTitle", "驻区单位摸排登记表", extra='<w:spacing w:before="0"/>'),
        beneath_title("摸排单位：{{ organisation }}", "{{ date }}", LANDSCAPE.text_width),
        listing(_COLUMNS, "one in units", DENSE, signed=True),
        closing(
            "以上共{{ units|length }}个单位，职工{{ units|sum(attribute='staff') }}人。　　填表人：{{ surveyor }}",
        ),
        paragraph("ColophonAnchor"),
        title="驻区单位摸排登记表",
        page=LANDSCAPE,
    )
