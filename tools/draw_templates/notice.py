"""通知 of one organ or several, with the text it issues and what it attaches: GB/T 9704-2012 clauses 7.2 to 7.4.

The first edition follows 铜王组发〔2020〕50号 line by line.
"""

from __future__ import annotations

from tools.draw_templates.furniture import text
from tools.draw_templates.package import document
from tools.draw_templates.page import CHARACTER, TRACKING
from tools.draw_templates.red_head import addressed, imprint, joint_red_head, jointly_ended
from tools.draw_templates.xml import command, indent, paragraph

_ATTACHMENTS = ("", "_2", "_3")
"""What the ids of the fields of the first, second and third attachment end with."""


def _attachment_note() -> tuple[str, ...]:
    """附件说明 (7.3.4); a single attachment has no number."""
    further = (
        block
        for number, end in enumerate(_ATTACHMENTS[1:], start=2)
        for block in (
            command(f"if attachment_title{end}"),
            paragraph("AttachmentNoteOfSeveral", f"{number}.{{{{ attachment_title{end} }}}}"),
            command("endif"),
        )
    )
    return (
        command("if attachment_title_2"),
        paragraph("AttachmentNote", "附件：1.{{ attachment_title }}", extra=f"<w:keepNext/>{_FIRST_OF_SEVERAL}"),
        *further,
        command("else"),
        paragraph("AttachmentNote", "附件：{{ attachment_title }}"),
        command("endif"),
    )


_FIRST_OF_SEVERAL = indent(left=2 * CHARACTER + 4 * (CHARACTER + TRACKING), hanging=4 * (CHARACTER + TRACKING))
"""Wrapped lines of the first name begin under its first character, behind 附件： and the number."""


def _attachments() -> tuple[str, ...]:
    """Each attachment that is bound with the paper, on pages of its own, titled as 附件说明 has it (7.3.7)."""
    blocks: list[str] = []
    for number, end in enumerate(_ATTACHMENTS, start=1):
        label = "附件{% if attachment_title_2 %}1{% endif %}" if number == 1 else f"附件{number}"
        blocks += [
            command(f"if attachment_form{end} or attachment_text{end}"),
            paragraph("AttachmentLabel", label),
            paragraph("AttachmentTitle", f"{{{{ attachment_title{end} }}}}"),
            *text(f"attachment_text{end}"),
            command(f"if attachment_form{end}"),
            paragraph("Normal", f"{{{{p attachment_form{end} }}}}"),
            command("endif"),
            command("endif"),
        ]
    return tuple(blocks)


def draw() -> bytes:
    """templates/notice/template.docx."""
    return document(
        *joint_red_head(upward=None),
        *addressed(),
        *text("body"),
        command("if attachment_title and not issued_text"),
        *_attachment_note(),
        command("endif"),
        *jointly_ended(),
        command("if issued_text"),
        paragraph("IssuedTitle", "{{ issued_title }}"),
        *text("issued_text"),
        command("if attachment_title"),
        *_attachment_note(),
        command("endif"),
        command("endif"),
        *_attachments(),
        imprint(),
        title="通知",
    )
