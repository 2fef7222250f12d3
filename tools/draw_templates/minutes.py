"""纪要: GB/T 9704-2012 clause 10.3, with votes and with decisions that name who does it and until when."""

from __future__ import annotations

from tools.draw_templates.furniture import colophon, text
from tools.draw_templates.package import document
from tools.draw_templates.page import LINE
from tools.draw_templates.red_head import corner
from tools.draw_templates.xml import command, paragraph, run


def _fact(label: str, words: str, extra: str = "") -> str:
    return paragraph("Normal", run(f"{label}：", "LabelCharacters"), words, extra=extra)


def _ballots() -> str:
    return (
        "共{{ topic.ballots }}票，赞成{{ topic.votes_for }}票，反对{{ topic.votes_against }}票，"
        "弃权{{ topic.abstained }}票。"
    )


def _who_and_when() -> tuple[str, ...]:
    """责任单位 and 完成时限, each of which may be missing; the first is never parted from the second."""
    return (
        command("if topic.owner and topic.deadline"),
        _fact("责任单位", "{{ topic.owner }}", extra="<w:keepNext/>"),
        command("elif topic.owner"),
        _fact("责任单位", "{{ topic.owner }}"),
        command("endif"),
        command("if topic.deadline"),
        _fact("完成时限", "{{ topic.deadline }}"),
        command("endif"),
    )


def _roster(label: str, extra: str = "") -> tuple[str, ...]:
    """出席, 请假, 列席: one paragraph of names each, left out when there is nobody."""
    chosen = f'people|selectattr("attendance", "equalto", "{label}")'
    names = (
        f"{{% for each in {chosen} %}}{{{{ each.person }}}}（{{{{ each.unit }}}}）"
        "{% if not loop.last %}、{% endif %}{% endfor %}"
    )
    return (
        command(f"if {chosen}|list"),
        paragraph("Roster", run(f"{label}：", "LabelCharacters"), names, extra=extra),
        command("endif"),
    )


def draw() -> bytes:
    """templates/minutes/template.docx."""
    return document(
        corner(),
        paragraph("MinutesMark", '{{ organisation.short_name }}{{ meeting_type or "联席会议" }}纪要'),
        paragraph("IssueNumber", "{{ number }}"),
        paragraph("IssueLine", "\t{{ organisation }}\t{{ date }}"),
        paragraph("Title", "{{ meeting_name }}纪要"),
        paragraph("Normal"),
        _fact("时间", "{{ held_on }}{{ time }}"),
        _fact("地点", "{{ place }}"),
        _fact("主持", "{{ chair }}"),
        _fact("记录", "{{ recorder }}"),
        *text("summary"),
        command("for topic in topics"),
        paragraph("Level1", "{{ loop.index|numeral }}、{{ topic.topic }}"),
        *text("topic.decision"),
        command("if topic.ballots"),
        _fact("表决", _ballots()),
        command("endif"),
        *_who_and_when(),
        command("endfor"),
        *_roster("出席", f'<w:spacing w:before="{LINE}"/>'),
        *_roster("请假"),
        *_roster("列席"),
        command("if sent_to"),
        colophon((("分送", "sent_to", "sent_to"),)),
        command("endif"),
        title="联席会议纪要",
    )
