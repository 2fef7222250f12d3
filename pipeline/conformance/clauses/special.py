"""Clause 10: letters (信函) and minutes (纪要)."""

from __future__ import annotations

from itertools import pairwise

from pipeline.conformance.clause import Clause, Requirement, listed, mm
from pipeline.conformance.faces import Role, role
from pipeline.conformance.geometry import MM_PER_POINT, Rule
from pipeline.conformance.parts import Parts
from pipeline.conformance.standard import (
    CHARACTER,
    HEAD_RULE_GAP,
    LETTER_FOOT_RULE,
    LETTER_MARK_TOP,
    LETTER_RULE_LENGTH,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    SIZE_3,
    TEXT_AREA,
    TOLERANCE,
)
from pipeline.core.messages import _

_SEVEN_EIGHTHS = SIZE_3 * MM_PER_POINT * 7 / 8
_PRESENT = ("出席", "请假", "列席")


def letter_mark_top(parts: Parts) -> Clause:
    """10.1: the upper edge (ink) of the mark 30 mm below the edge of the paper."""
    asked = Requirement("10.1", "mark-top", _("标志上边缘到纸上边"))
    if not parts.head.mark:
        return asked.missing(_("发文机关标志"), mm(LETTER_MARK_TOP))
    return asked.length(min(line.ink.top for line in parts.head.mark), LETTER_MARK_TOP)


def letter_mark_words(parts: Parts) -> Clause:
    """10.1: the organ's name alone, without 文件."""
    asked = Requirement("10.1", "mark-words", _("信函标志用机关名称"))
    if not parts.head.mark:
        return asked.missing(_("发文机关标志"), _("机关全称或规范化简称"))
    text = "".join(line.text for line in parts.head.mark)
    return asked.judged(not text.endswith("文件"), f"“{text}”", _("不加“文件”二字"))


def letter_upper_rule(parts: Parts) -> tuple[Clause, Clause]:
    """10.1: 4 mm below the mark a red double line, the thick one above."""
    gap = Requirement("10.1", "upper-rule-place", _("标志下边缘到上双线"))
    form = Requirement("10.1", "upper-rule-form", _("上双线"))
    rules = tuple(rule for rule in parts.head.rules if rule.box.middle < PAPER_HEIGHT / 2)
    if not rules or not parts.head.mark:
        return gap.missing(_("红色双线"), "4 mm"), form.missing(_("红色双线"), _("上粗下细"))
    foot = max(line.ink.bottom for line in parts.head.mark)
    return gap.length(rules[0].box.top - foot, HEAD_RULE_GAP), _double(form, rules, thick_first=True)


def letter_lower_rule(parts: Parts) -> tuple[Clause, Clause]:
    """10.1: 20 mm above the lower edge of the paper a red double line, the thin one above."""
    gap = Requirement("10.1", "lower-rule-place", _("下双线到纸下边"))
    form = Requirement("10.1", "lower-rule-form", _("下双线"))
    rules = tuple(rule for rule in parts.head.rules if rule.box.middle > PAPER_HEIGHT / 2)
    if not rules:
        return gap.missing(_("红色双线"), "20 mm"), form.missing(_("红色双线"), _("上细下粗"))
    nearest = min((PAPER_HEIGHT - rule.box.bottom for rule in rules), key=lambda it: abs(it - LETTER_FOOT_RULE))
    farthest = min((PAPER_HEIGHT - rule.box.top for rule in rules), key=lambda it: abs(it - LETTER_FOOT_RULE))
    found = min(nearest, farthest, key=lambda it: abs(it - LETTER_FOOT_RULE))
    return gap.length(found, LETTER_FOOT_RULE), _double(form, rules, thick_first=False)


def letter_number_across(parts: Parts) -> Clause:
    """10.1: 发文字号 flush right in the 版心."""
    asked = Requirement("10.1", "number-across", _("发文字号顶格居右"))
    if parts.head.number is None:
        return asked.not_applicable(_("没有发文字号"))
    return asked.length(parts.head.number.right, TEXT_AREA.right)


def letter_number_place(parts: Parts) -> Clause:
    """10.1: its distance to the double line is 7/8 of the height of a 三号 Hanzi, to the upper edge of the ink."""
    asked = Requirement("10.1", "number-place", _("上双线到发文字号"))
    rules = tuple(rule for rule in parts.head.rules if rule.box.middle < PAPER_HEIGHT / 2)
    if parts.head.number is None or not rules:
        return asked.not_applicable(_("没有双线或发文字号"))
    return asked.length(parts.head.number.ink.top - rules[-1].box.bottom, _SEVEN_EIGHTHS)


def letter_imprint(parts: Parts) -> Clause:
    """10.1: a letter's 版记 has neither 印发 nor lines."""
    asked = Requirement("10.1", "letter-imprint", _("信函版记"))
    if parts.imprint is None:
        return asked.not_applicable(_("没有版记"))
    faults = [_("有印发机关和印发日期")] if parts.imprint.printed else []
    faults += [_("有分隔线")] if parts.imprint.rules else []
    return asked.judged(not faults, listed(faults) or _("只有抄送机关"), _("不加印发机关、印发日期和分隔线"))


def minutes_mark_words(parts: Parts) -> Clause:
    """10.3: ×××××纪要."""
    asked = Requirement("10.3", "mark-words", _("纪要标志"))
    text = "".join(line.text for line in parts.head.mark)
    return asked.judged(text.endswith("纪要"), f"“{text}”", _("以“纪要”结尾"))


def minutes_present(parts: Parts) -> Clause:
    """10.3: 出席, 请假 and 列席 in 三号黑体, two characters in."""
    asked = Requirement("10.3", "present", _("出席、请假、列席人员"))
    lists = [paragraph for paragraph in parts.paragraphs if paragraph.text.startswith(_PRESENT)]
    if not lists:
        return asked.not_applicable(_("没有出席人员名单"))
    wrong = []
    for paragraph in lists:
        label = paragraph.lines[0].glyphs[:2]
        faces = {role(glyph.style.font) for glyph in label}
        if faces != {Role.HEI}:
            wrong.append(_("“{label}”用{face}").format(label=paragraph.text[:2], face=next(iter(faces))))
        if abs(paragraph.lines[0].left - TEXT_AREA.left - 2 * CHARACTER) > TOLERANCE:
            wrong.append(_("“{label}”没有左空二字").format(label=paragraph.text[:2]))
    return asked.judged(not wrong, listed(wrong) or _("都对"), _("3 号黑体，左空二字"))


def _double(asked: Requirement, rules: tuple[Rule, ...], *, thick_first: bool) -> Clause:
    expected = _("{form}，长 170 mm，居中").format(form=_("上粗下细") if thick_first else _("上细下粗"))
    pair = next(((a, b) for a, b in pairwise(rules) if b.box.top - a.box.bottom < 3), None)
    if pair is None:
        return asked.judged(False, _("只有一条线"), expected)
    upper, lower = pair
    order = upper.thickness > lower.thickness if thick_first else upper.thickness < lower.thickness
    whole = all(abs(rule.length - LETTER_RULE_LENGTH) <= TOLERANCE for rule in pair)
    middle = all(
        min(abs(rule.box.center - PAPER_WIDTH / 2), abs(rule.box.center - TEXT_AREA.center)) <= TOLERANCE
        for rule in pair
    )
    found = _("上 {upper}、下 {lower}，长 {length}，中点 {center}").format(
        upper=mm(upper.thickness), lower=mm(lower.thickness), length=mm(upper.length), center=mm(upper.box.center)
    )
    return asked.judged(order and whole and middle, found, expected, f"±{mm(TOLERANCE)}")
