"""签到表: who was asked stands printed, everybody signs; five empty rows for those nobody had listed."""

from __future__ import annotations

from tools.draw_templates.listing import NUMBERED, SIGNED, Column, beneath_title, labelled, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import TEXT_WIDTH
from tools.draw_templates.xml import paragraph

_COLUMNS = (
    Column(640, "序号", (NUMBERED,)),
    Column(2700, "单位", ("unit",)),
    Column(1300, "姓名", ("person",)),
    Column(2160, "职务", ("post",)),
    Column(2044, "签名"),
)


def draw() -> bytes:
    """templates/sign-in/template.docx."""
    return document(
        paragraph("FormTitle", "{{ meeting_name }}签到表", extra='<w:spacing w:before="0"/>'),
        labelled("召集单位", "{{ organisation }}"),
        beneath_title("地点：{{ place }}", "时间：{{ held_on }}{{ time }}", TEXT_WIDTH),
        listing(_COLUMNS, "one in people", SIGNED, spare=5),
        paragraph("ColophonAnchor"),
        title="签到表",
    )
