"""The head of a red-header paper (版头, GB/T 9704-2012 7.2), its title and addressees, and its end.

What goes to superiors (上行文) carries the 签发人: 发文字号 to the left, the signer to the right of one line (7.2.6).
Several organs' signers stand two to a line in the order of the organs, the number beside the last of them.
"""

from __future__ import annotations

from tools.draw_templates.furniture import colophon, signed
from tools.draw_templates.joint import joint_end, joint_mark
from tools.draw_templates.page import TEXT_WIDTH
from tools.draw_templates.xml import cell, command, paragraph, row, run, table

_ABOVE_THE_MARK = 1906
"""Twips from the top of the 版心 to the line of the 发文机关标志: 35 mm (7.2.4) less the 3.9 pt by which the ink of a
42 pt character begins below the top of its 50 pt line."""

FEW = "(addressees|length <= 110)"
"""主送机关 on at most four lines leave room for text on the first page; more of them go into the 版记 (7.3.2)."""

_MARK = paragraph("OrganMark", "{{ organisation }}文件")
_DOWNWARD = paragraph("DocumentNumber", "{{ number }}")
_UPWARD = paragraph("DocumentNumberUpward", run("\t{{ number }}\t签发人："), run("{{ signer }}", "SignerCharacters"))
_SIGNERS = "([signer] + joint_signers.paragraphs|map(attribute='text')|list)|batch(2, '')"


def _pair(style: str, before: str) -> str:
    """One line of signers; ``before`` is what stands in front of the first name."""
    names = "{{ pair[0] }}{% if pair[1] %}", "\t", "{{ pair[1] }}{% endif %}"
    return paragraph(style, run(before), run("".join(names), "SignerCharacters"))


def _joint_signers() -> tuple[str, ...]:
    """The signers of several organs, 发文字号 on the line of the last (7.2.6)."""
    return (
        command(f"for pair in {_SIGNERS}"),
        command("if loop.first and loop.last"),
        _pair("NumberAndSigners", "\t{{ number }}\t签发人："),
        command("elif loop.first"),
        _pair("JointSigners", "\t\t签发人："),
        command("elif loop.last"),
        _pair("NumberAndLastSigners", "\t{{ number }}\t\t"),
        command("else"),
        _pair("MoreSigners", "\t\t\t"),
        command("endif"),
        command("endfor"),
    )


def corner(*marks: str) -> str:
    """The space above the red mark; ``marks`` stand in its top-left corner, one below the other (7.2.1 to 7.2.3)."""
    only = cell(TEXT_WIDTH, *marks, paragraph("ColophonAnchor"), align="top")
    return table((TEXT_WIDTH,), row(only, height=_ABOVE_THE_MARK, rule="exact"), margin=0)


def corner_marks() -> tuple[str, ...]:
    """份号, 密级和保密期限, 紧急程度, each where it is filled in (7.2.1 to 7.2.3)."""
    marks = (("CopyNumber", "copy_number"), ("Secrecy", "secrecy"), ("Secrecy", "urgency"))
    return tuple(
        block
        for style, field in marks
        for block in (command(f"if {field}"), paragraph(style, f"{{{{ {field} }}}}"), command("endif"))
    )


def red_head(*, upward: bool = False) -> tuple[str, ...]:
    """版头 of one organ: the corner, the red mark, and the number over its rule; ``upward`` with its signer."""
    return corner(*corner_marks()), _MARK, _UPWARD if upward else _DOWNWARD


def joint_red_head(*, upward: bool | None = False) -> tuple[str, ...]:
    """版头 of one organ or several; ``upward`` None where the paper goes to superiors only if it names a signer."""
    signed_for = (
        command("if joint_signers"),
        *_joint_signers(),
        command("else"),
        _UPWARD,
        command("endif"),
    )
    number = {
        True: signed_for,
        False: (_DOWNWARD,),
        None: (command("if signer"), *signed_for, command("else"), _DOWNWARD, command("endif")),
    }
    return (
        corner(*corner_marks()),
        command("if joint_organs"),
        joint_mark(),
        command("else"),
        _MARK,
        command("endif"),
        *number[upward],
    )


def addressed() -> tuple[str, ...]:
    """标题 and 主送机关 (7.3.1, 7.3.2)."""
    return (
        paragraph("Title", "{{ title }}"),
        command(f"if {FEW}"),
        paragraph("Addressees", "{{ addressees }}："),
        command("else"),
        paragraph("Normal"),
        command("endif"),
    )


def noted() -> tuple[str, ...]:
    """附注 (7.3.6)."""
    return command("if note"), paragraph("Note", "（{{ note }}）"), command("endif")


def ended() -> tuple[str, ...]:
    """署名, 成文日期, the place of the issuer's seal, 附注 (7.3.5, 7.3.6)."""
    return *signed("signed_by", "date", "issuer"), *noted()


def jointly_ended() -> tuple[str, ...]:
    """``ended`` with the names and seals of several organs where there are any."""
    return (
        command("if joint_organs"),
        *joint_end(),
        command("else"),
        *signed("signed_by", "date", "issuer"),
        command("endif"),
        *noted(),
    )


def imprint(*, copies: bool = True) -> str:
    """版记 with 抄送, where there is any, and who printed it when (7.4)."""
    receivers = [("主送", "addressees", f"not {FEW}"), *([("抄送", "cc", "cc")] if copies else [])]
    return colophon(tuple(receivers), "{{ printed_by }}", "{{ printed_on }}印发")


def attachment_note(*names: str) -> str:
    """附件说明 (7.3.4); a single attachment has no number."""
    return paragraph("AttachmentNote", f"附件：{names[0]}")
