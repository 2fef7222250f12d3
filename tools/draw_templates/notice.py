"""通知, with the text it issues and the form it attaches: GB/T 9704-2012 clauses 7.2 to 7.4.

The first edition follows 铜王组发〔2020〕50号 line by line.
"""

from __future__ import annotations

from tools.draw_templates.furniture import colophon, signed, text
from tools.draw_templates.package import document
from tools.draw_templates.page import TEXT_WIDTH
from tools.draw_templates.xml import cell, command, paragraph, row, run, table

_ABOVE_THE_MARK = 1906
"""Twips from the top of the 版心 to the line of the 发文机关标志: 35 mm (7.2.4) less the 3.9 pt by which the ink of a
42 pt character begins below the top of its 50 pt line."""


_FEW = "(addressees|length <= 110)"
"""主送机关 on at most four lines leave room for text on the first page; more of them go into the 版记 (7.3.2)."""


def corner(*marks: str) -> str:
    """The space above the red mark; ``marks`` stand in its top-left corner, one below the other (7.2.1 to 7.2.3)."""
    only = cell(TEXT_WIDTH, *marks, paragraph("ColophonAnchor"), align="top")
    return table((TEXT_WIDTH,), row(only, height=_ABOVE_THE_MARK, rule="exact"), margin=0)


def _head() -> tuple[str, ...]:
    """版头: 份号, 密级, 紧急程度, then the red mark and the number over its rule."""
    marks = (
        command("if copy_number"),
        paragraph("CopyNumber", "{{ copy_number }}"),
        command("endif"),
        command("if secrecy"),
        paragraph("Secrecy", "{{ secrecy }}"),
        command("endif"),
        command("if urgency"),
        paragraph("Secrecy", "{{ urgency }}"),
        command("endif"),
    )
    return (
        corner(*marks),
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
        paragraph("Title", "{{ title }}"),
        command(f"if {_FEW}"),
        paragraph("Addressees", "{{ addressees }}："),
        command("else"),
        paragraph("Normal"),
        command("endif"),
        *text("body"),
        command("if attachment_title and not issued_text"),
        _attachment_note(),
        command("endif"),
        *signed("signed_by", "date", "issuer"),
        command("if note"),
        paragraph("Note", "（{{ note }}）"),
        command("endif"),
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
        colophon(
            (("主送", "addressees", f"not {_FEW}"), ("抄送", "cc", "cc")), "{{ printed_by }}", "{{ printed_on }}印发"
        ),
        title="通知",
    )
