"""通知, with the text it issues and the form it attaches: GB/T 9704-2012 clauses 7.2 to 7.4.

The first edition follows 铜王组发〔2020〕50号 line by line.
"""

from __future__ import annotations

from tools.draw_templates.furniture import signed, text
from tools.draw_templates.package import document
from tools.draw_templates.red_head import addressed, corner, corner_marks, imprint, noted
from tools.draw_templates.xml import command, paragraph, run


def _head() -> tuple[str, ...]:
    """版头; a notice names its signer only where it goes to superiors."""
    return (
        corner(*corner_marks()),
        paragraph("OrganMark", "{{ organisation }}文件"),
        command("if signer"),
        paragraph("DocumentNumberUpward", run("\t{{ number }}\t签发人："), run("{{ signer }}", "SignerCharacters")),
        command("else"),
        paragraph("DocumentNumber", "{{ number }}"),
        command("endif"),
    )


def _attachment_note() -> str:
    """附件说明 (7.3.4); a single attachment has no number."""
    return paragraph("AttachmentNote", "附件：{{ attachment_title }}")


def draw() -> bytes:
    """templates/notice/template.docx."""
    return document(
        *_head(),
        *addressed(),
        *text("body"),
        command("if attachment_title and not issued_text"),
        _attachment_note(),
        command("endif"),
        *signed("signed_by", "date", "issuer"),
        *noted(),
        command("if issued_text"),
        paragraph("IssuedTitle", "{{ issued_title }}"),
        *text("issued_text"),
        command("if attachment_title"),
        _attachment_note(),
        command("endif"),
        command("endif"),
        command("if attachment_form"),
        paragraph("AttachmentLabel", "附件"),
        paragraph("AttachmentTitle", "{{ attachment_title }}"),
        paragraph("Normal", "{{p attachment_form }}"),
        command("endif"),
        imprint(),
        title="通知",
    )
