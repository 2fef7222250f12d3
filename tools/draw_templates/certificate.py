"""聘书: one sheet on its side within a red frame, number, words, and the appointing organ's seal (事务文书)."""

from __future__ import annotations

from dataclasses import replace

from tools.draw_templates.furniture import signed
from tools.draw_templates.package import document
from tools.draw_templates.page import LANDSCAPE
from tools.draw_templates.styles import RED
from tools.draw_templates.xml import paragraph

_FRAME = "".join(
    f'<w:{side} w:val="thickThinSmallGap" w:sz="24" w:space="24" w:color="{RED}"/>'
    for side in ("top", "left", "bottom", "right")
)
_SHEET = replace(LANDSCAPE, top=1418, right=2268, bottom=850, left=2268, border=_FRAME)
"""25, 40, 15 and 40 mm: wide margins within the frame."""


def draw() -> bytes:
    """templates/appointment/template.docx."""
    return document(
        paragraph("CertificateTitle", "聘　书"),
        paragraph("CertificateNumber", "{{ number }}"),
        paragraph("CertificateName", "{{ person }}同志："),
        paragraph(
            "CertificateText",
            "经上级党组织批复同意（{{ refers_to }}），兹聘任您（{{ post }}）为{{ community_post }}，"
            "聘期自{{ term_from }}至{{ term_to }}。",
        ),
        paragraph("CertificateText", "特发此证。", extra="<w:keepNext/>"),
        *signed("organisation", "date", "issuer"),
        title="聘书",
        page_numbers=False,
        page=_SHEET,
    )
