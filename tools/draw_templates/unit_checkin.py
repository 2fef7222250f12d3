"""驻区单位党组织报到登记表 (区域化党建工作机制意见, attachment 5): one page, both Party organisations seal."""

from __future__ import annotations

from tools.draw_templates.boxes import Grid, field, label, opinion, text, upright
from tools.draw_templates.listing import beneath_title
from tools.draw_templates.package import document
from tools.draw_templates.page import TEXT_WIDTH
from tools.draw_templates.xml import paragraph

_ROW = 560
_TEXT = 900
_OPINIONS = 3500
"""Twips: a seal below three lines of text."""


def draw() -> bytes:
    """templates/unit-checkin/template.docx."""
    form = Grid((960, 640, 2822, 960, 540, 2922))
    return document(
        paragraph("FormTitle", "驻区单位党组织报到登记表", extra='<w:spacing w:before="0"/>'),
        beneath_title("报到社区党组织：{{ organisation }}", '{{ date or "年　　月　　日" }}', TEXT_WIDTH),
        form.table(
            form.row(label("单位名称", 2), field("unit"), label("单位性质", 2), field("unit_type"), height=_ROW),
            form.row(label("单位地址", 2), field("address", 4), height=_ROW),
            form.row(label("党组织名称", 2), field("unit_party", 4), height=_ROW),
            form.row(label("上级党组织", 2), field("superior_party", 4), height=_ROW),
            form.row(
                label("党组织负责人", 2),
                field("secretary"),
                label("职务", 2),
                field("secretary_post"),
                height=_ROW,
            ),
            form.row(
                label("联络员", 2),
                field("liaison"),
                label("联系电话", 2),
                field("liaison_phone"),
                height=_ROW,
            ),
            form.row(
                label("职工数", 2),
                field("staff"),
                label("党员数", 2),
                field("party_members"),
                height=_ROW,
            ),
            form.row(label("可提供的资源", 2), text("resources", 4), height=_TEXT),
            form.row(label("服务意向", 2), text("services", 4), height=_TEXT),
            form.row(label("需要社区协助\n的事项", 2), text("demands", 4), height=_TEXT),
            form.row(
                upright("单位党组织意见"),
                opinion("unit_opinion", "unit_opinion_on", "驻区单位党组织", 2),
                upright("社区党组织意见"),
                opinion("community_opinion", "community_opinion_on", "社区党组织", 2),
                height=_OPINIONS,
            ),
        ),
        paragraph("ColophonAnchor"),
        title="驻区单位党组织报到登记表",
        page_numbers=False,
    )
