"""会议通知 with its topics: when, where, what, who, and whom to answer."""

from __future__ import annotations

from tools.draw_templates.furniture import text
from tools.draw_templates.package import document
from tools.draw_templates.red_head import addressed, imprint, joint_red_head, jointly_ended
from tools.draw_templates.xml import command, paragraph

_TOPIC = "{{ loop.index }}.{{ each.topic }}{% if each.owner %}（{{ each.owner }}）{% endif %}"


def draw() -> bytes:
    """templates/meeting-notice/template.docx."""
    return document(
        *joint_red_head(),
        *addressed(),
        paragraph(
            "Normal", "{{ organisation.short_name }}定于{{ held_on }}召开{{ meeting_name }}。现将有关事项通知如下："
        ),
        paragraph("Level1", "一、会议时间"),
        paragraph("Normal", "{{ held_on }}{{ time }}。"),
        paragraph("Level1", "二、会议地点"),
        paragraph("Normal", "{{ place }}。"),
        paragraph("Level1", "三、会议议题"),
        command("for each in topics"),
        paragraph("Normal", _TOPIC),
        command("endfor"),
        paragraph("Level1", "四、参加人员"),
        *text("participants"),
        command("if requirements"),
        paragraph("Level1", "五、有关要求"),
        *text("requirements"),
        command("endif"),
        paragraph("Normal", "联系人：{{ contact }}，联系电话：{{ telephone }}。", extra="<w:keepNext/>"),
        *jointly_ended(),
        imprint(),
        title="会议通知",
    )
