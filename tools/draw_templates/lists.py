"""需求清单, 资源清单 and 项目清单 (区域化党建工作机制意见 三（一）) on lying pages; projects name needs and units."""

from __future__ import annotations

from tools.draw_templates.furniture import signed
from tools.draw_templates.listing import DENSE, NUMBERED, Column, closing, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import LANDSCAPE
from tools.draw_templates.xml import paragraph

_NEEDS = (
    Column(760, "序号", ("sequence",)),
    Column(2600, "需求名称", ("item",)),
    Column(5296, "需求内容", ("details",), left=True),
    Column(2500, "提出单位", ("source",)),
    Column(1600, "提出时间", ("raised_on",)),
)
_RESOURCES = (
    Column(760, "序号", (NUMBERED,)),
    Column(2300, "提供单位", ("unit",)),
    Column(800, "类别", ("category",)),
    Column(2100, "资源名称", ("item",)),
    Column(3596, "资源内容", ("details",), left=True),
    Column(1500, "可提供时间", ("available",)),
    Column(1700, "联系人及电话", ("liaison", "liaison_phone")),
)
_PROJECTS = (
    Column(760, "序号", (NUMBERED,)),
    Column(1900, "项目名称", ("item",)),
    Column(970, "对应需求", ("answers",)),
    Column(1830, "认领单位", ("claimed_by",)),
    Column(900, "责任人", ("owner",)),
    Column(3096, "实施内容", ("details",), left=True),
    Column(1700, "起止时间", ("starts_on", "deadline")),
    Column(1600, "进展", ("progress",)),
)


def draw() -> bytes:
    """templates/lists/template.docx."""
    return document(
        paragraph("FormTitle", "{{ year }}年需求、资源、项目清单", extra='<w:spacing w:before="0"/>'),
        paragraph("TableCaption", "需求清单"),
        listing(_NEEDS, "one in needs", DENSE),
        paragraph("TableCaption", "资源清单"),
        listing(_RESOURCES, "one in resources", DENSE),
        paragraph("TableCaption", "项目清单"),
        listing(_PROJECTS, "one in projects", DENSE, signed=True),
        closing(
            "以上需求{{ needs|length }}项，资源{{ resources|length }}项，项目{{ projects|length }}项；"
            "“对应需求”是需求清单的序号。"
        ),
        *signed("organisation", "date", "issuer"),
        title="需求、资源、项目清单",
        page=LANDSCAPE,
    )
