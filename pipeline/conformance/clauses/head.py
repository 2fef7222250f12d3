"""Clause 7.2: the head of a paper (版头)."""

from __future__ import annotations

import re

from pipeline.conformance.clause import Clause, Requirement, excerpt, pt
from pipeline.conformance.faces import Role, is_han, role
from pipeline.conformance.geometry import Box, Glyph, around
from pipeline.conformance.lines import Line
from pipeline.conformance.parts import Format, Parts
from pipeline.conformance.standard import (
    HEAD_RULE_GAP,
    LEAD,
    LINE,
    MARK_BELOW_TEXT_TOP,
    SIZE_3,
    SIZE_TOLERANCE,
    TEXT_AREA,
    TOLERANCE,
)
from pipeline.core.messages import _

_NUMBER = re.compile(r"[^\d\W]{1,20}〔(19|20)\d{2}〕[1-9]\d*号")
_TWO_LINES = 2


def mark_top(parts: Parts) -> Clause:
    """7.2.4 and 10.3: the upper edge (ink) of 发文机关标志 35 mm below the upper edge of the 版心."""
    asked = Requirement("10.3" if parts.form is Format.MINUTES else "7.2.4", "mark-top", _("标志上边缘到版心上边缘"))
    if not parts.head.mark:
        return asked.missing(_("发文机关标志"), "35 mm")
    return asked.length(_mark(parts).top - TEXT_AREA.top, MARK_BELOW_TEXT_TOP)


def mark_red(parts: Parts) -> Clause:
    """7.2.4: printed red."""
    asked = Requirement("7.2.4", "mark-red", _("标志颜色"))
    if not parts.head.mark:
        return asked.missing(_("发文机关标志"), _("红色"))
    black = [line for line in parts.head.mark if not line.red]
    found = black[0].glyphs[0].style.colour if black else _("红色")
    return asked.judged(not black, found, _("红色"))


def mark_centred(parts: Parts) -> Clause:
    """7.2.4: centred on the 版心; of a joint mark the names and 文件 together."""
    asked = Requirement("7.2.4", "mark-centred", _("标志居中"))
    if not parts.head.mark:
        return asked.missing(_("发文机关标志"), _("居中"))
    left = min(line.left for line in parts.head.mark)
    right = max(line.right for line in parts.head.mark)
    return asked.length((left + right) / 2, TEXT_AREA.center)


def mark_face(parts: Parts) -> Clause:
    """7.2.4: 小标宋 (推荐)."""
    asked = Requirement("7.2.4", "mark-face", _("标志字体"))
    if not parts.head.mark:
        return asked.missing(_("发文机关标志"), str(Role.XIAOBIAOSONG))
    line = next((line for line in parts.head.mark if line.role is not Role.XIAOBIAOSONG), parts.head.mark[0])
    found = _("{face}（{font}）").format(face=line.role, font=line.fonts[0])
    return asked.judged(line.role is Role.XIAOBIAOSONG, found, str(Role.XIAOBIAOSONG))


def number_form(parts: Parts) -> Clause:
    """7.2.5: 机关代字〔full year〕number号, hexagonal brackets, no 第, no leading zero."""
    asked = Requirement("7.2.5", "number-form", _("发文字号写法"))
    expected = _("机关代字〔年份〕序号号，如“某委发〔2026〕5号”")
    if parts.head.number is None:
        return asked.missing(_("发文字号"), expected)
    text = parts.head.number.text
    return asked.judged(bool(_NUMBER.fullmatch(text)), f"“{text}”", expected)


def number_size(parts: Parts) -> Clause:
    """5.2.2: 三号."""
    asked = Requirement("7.2.5", "number-size", _("发文字号字号"))
    if parts.head.number is None:
        return asked.not_applicable(_("没有发文字号"))
    return asked.size(parts.head.number.size, SIZE_3, _("3 号"))


def number_place(parts: Parts) -> Clause:
    """7.2.5: two blank lines below the mark; with several signers only the first of them keeps that."""
    asked = Requirement("7.2.5", "number-place", _("发文字号与标志之间"))
    head = parts.head
    if head.number is None or not head.mark:
        return asked.not_applicable(_("没有标志或发文字号"))
    first = min([head.number.ink.top, *(line.ink.top for line in head.signers)])
    return asked.blank_lines((first - _mark(parts).bottom - LEAD) / LINE, _TWO_LINES)


def number_across(parts: Parts) -> Clause:
    """7.2.5: centred; 7.2.6: beside 签发人 one character in from the left."""
    asked = Requirement("7.2.5", "number-across", _("发文字号左右位置"))
    number = parts.head.number
    if number is None:
        return asked.not_applicable(_("没有发文字号"))
    if parts.head.signers:
        return asked.characters(number.left - TEXT_AREA.left, 1)
    return asked.length(number.center, TEXT_AREA.center)


def signer(parts: Parts) -> Clause:
    """7.2.6: 签发人 one character in from the right."""
    asked = Requirement("7.2.6", "signer", _("签发人右空一字"))
    if not parts.head.signers:
        return asked.not_applicable(_("没有签发人"))
    return asked.characters(TEXT_AREA.right - max(line.right for line in parts.head.signers), 1)


def signer_face(parts: Parts) -> Clause:
    """7.2.6: the names of the signers in 楷体, behind 签发人： in 仿宋."""
    asked = Requirement("7.2.6", "signer-face", _("签发人姓名字体"))
    names = [glyph for line in parts.head.signers for glyph in _after_colon(line) if is_han(glyph.char)]
    if not names:
        return asked.not_applicable(_("没有签发人"))
    other = next((glyph for glyph in names if role(glyph.style.font) is not Role.KAI), None)
    found = role((other or names[0]).style.font)
    return asked.judged(other is None, str(found), str(Role.KAI))


def rule_length(parts: Parts) -> Clause:
    """7.2.7: the red line is as wide as the 版心."""
    asked = Requirement("7.2.7", "rule-length", _("红色分隔线长度"))
    if not parts.head.rules:
        return asked.missing(_("红色分隔线"), "156 mm")
    return asked.length(parts.head.rules[0].length, TEXT_AREA.width)


def rule_centred(parts: Parts) -> Clause:
    """7.2.7: centred, that is at the edges of the 版心."""
    asked = Requirement("7.2.7", "rule-centred", _("红色分隔线居中"))
    if not parts.head.rules:
        return asked.missing(_("红色分隔线"), _("居中"))
    return asked.length(parts.head.rules[0].box.center, TEXT_AREA.center)


def rule_place(parts: Parts) -> Clause:
    """7.2.7: 4 mm below the lower edge (ink) of 发文字号."""
    asked = Requirement("7.2.7", "rule-place", _("发文字号下边缘到红线"))
    if not parts.head.rules or parts.head.number is None:
        return asked.missing(_("红色分隔线或发文字号"), "4 mm")
    return asked.length(parts.head.rules[0].box.top - parts.head.number.ink.bottom, HEAD_RULE_GAP)


def copy_number(parts: Parts) -> Clause:
    """7.2.1: six digits of 三号 in the first line, flush."""
    asked = Requirement("7.2.1", "copy-number", _("份号"))
    line = next((line for line in parts.head.above if re.fullmatch(r"(份号|No\.?)?\d+", line.text)), None)
    if line is None:
        return asked.not_applicable(_("没有份号"))
    flush = abs(line.left - TEXT_AREA.left) <= TOLERANCE
    found = f"{excerpt(line.text)}，" + (_("顶格") if flush else _("不顶格"))
    return asked.judged(bool(re.fullmatch(r"\d{6}", line.text)) and flush, found, _("6 位数字，顶格"))


def secrecy_and_urgency(parts: Parts) -> tuple[Clause, Clause]:
    """7.2.2 and 7.2.3: 三号黑体, flush left."""
    return (
        _above(parts, Requirement("7.2.2", "secrecy", _("密级和保密期限")), r"(绝密|机密|秘密|内部)"),
        _above(parts, Requirement("7.2.3", "urgency", _("紧急程度")), r"(特急|加急|特提|平急)"),
    )


def _above(parts: Parts, asked: Requirement, words: str) -> Clause:
    line = next((line for line in parts.head.above if re.match(words, line.text)), None)
    if line is None:
        return asked.not_applicable(_("没有这一项"))
    flush = abs(line.left - TEXT_AREA.left) <= TOLERANCE or parts.form is Format.LETTER
    found = _("{text}：{face} {size}，{place}").format(
        text=excerpt(line.text), face=line.role, size=pt(line.size), place=_("顶格") if flush else _("不顶格")
    )
    kept = flush and line.role is Role.HEI and abs(line.size - SIZE_3) <= SIZE_TOLERANCE
    return asked.judged(kept, found, _("3 号黑体，顶格"))


def _mark(parts: Parts) -> Box:
    return around(line.ink for line in parts.head.mark)


def _after_colon(line: Line) -> tuple[Glyph, ...]:
    start = next((place + 1 for place, glyph in enumerate(line.glyphs) if glyph.char in "：:"), 0)
    return line.glyphs[start:]
