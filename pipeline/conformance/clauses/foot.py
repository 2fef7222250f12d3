"""Clause 7.4 and 7.5: 版记 and page numbers."""

from __future__ import annotations

import re

from pipeline.conformance.clause import Clause, Requirement, excerpt, listed, mm, pt
from pipeline.conformance.faces import Role
from pipeline.conformance.geometry import Rule
from pipeline.conformance.lines import Line
from pipeline.conformance.parts import Format, Parts
from pipeline.conformance.parts.foot import COPIES, Imprint
from pipeline.conformance.standard import (
    CHARACTER_4,
    PAGE_NUMBER_GAP,
    RULE_TOLERANCE,
    SIZE_4,
    SIZE_TOLERANCE,
    TEXT_AREA,
    THICK_RULE,
    THIN_RULE,
    TOLERANCE,
)
from pipeline.core.messages import _

_PRINTED = re.compile(r".+\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日(印发|编印)")
_NUMBER = re.compile(r"[—―]([1-9]\d*)[—―]")
_DASHES = "—―－–-"


def imprint_page(parts: Parts) -> Clause:
    """7.4: the 版记 stands on the last page."""
    asked = Requirement("7.4.1", "imprint-page", _("版记在最后一面"))
    last = len(parts.paper.pages)
    if parts.imprint is None:
        return asked.missing(_("版记"), _("第 {page} 页").format(page=last))
    found = _("第 {page} 页").format(page=parts.imprint.page)
    if parts.imprint.torn:
        found = _("第 {before} 页和第 {page} 页，断开了").format(before=parts.imprint.page - 1, page=parts.imprint.page)
    kept = parts.imprint.page == last and not parts.imprint.torn
    return asked.judged(kept, found, _("第 {page} 页").format(page=last))


def imprint_rule_lengths(parts: Parts) -> Clause:
    """7.4.1: as wide as the 版心, at its edges."""
    asked = Requirement("7.4.1", "imprint-rule-lengths", _("版记分隔线长度"))
    if parts.imprint is None or not parts.imprint.rules:
        return asked.missing(_("版记分隔线"), "156 mm")
    worst = max(parts.imprint.rules, key=_unlike_text_area)
    kept = _unlike_text_area(worst) <= TOLERANCE + 0.005
    found = _("长 {length}，左端在 {left}").format(length=mm(worst.length), left=mm(worst.box.left))
    return asked.judged(kept, found, _("长 156 mm，左端在 28 mm"), f"±{mm(TOLERANCE)}")


def imprint_rule_strengths(parts: Parts) -> Clause:
    """7.4.1: the first and the last one thick, those between thin (推荐 0.35 and 0.25 mm)."""
    asked = Requirement("7.4.1", "imprint-rule-strengths", _("版记分隔线粗细"))
    if parts.imprint is None or not parts.imprint.rules:
        return asked.missing(_("版记分隔线"), "0.35 / 0.25 / 0.35 mm")
    found = [rule.thickness for rule in parts.imprint.rules]
    asked_for = _strengths(parts.imprint)
    kept = len(found) == len(asked_for) and all(
        abs(one - other) <= RULE_TOLERANCE for one, other in zip(found, asked_for, strict=True)
    )
    return asked.judged(kept, _strong(found), _strong(asked_for), f"±{mm(RULE_TOLERANCE)}")


def imprint_bottom(parts: Parts) -> Clause:
    """7.4.1: the last line falls on the lower edge of the 版心."""
    asked = Requirement("7.4.1", "imprint-bottom", _("版记末条分隔线"))
    if parts.imprint is None or not parts.imprint.rules:
        return asked.missing(_("版记分隔线"), mm(TEXT_AREA.bottom))
    return asked.length(parts.imprint.rules[-1].box.middle, TEXT_AREA.bottom)


def imprint_face(parts: Parts) -> Clause:
    """7.4.2 and 7.4.3: 四号仿宋."""
    asked = Requirement("7.4.2", "imprint-face", _("版记字体字号"))
    if parts.imprint is None:
        return asked.not_applicable(_("没有版记"))
    wrong = [
        f"{excerpt(line.text)} {line.role} {pt(line.size)}"
        for line in parts.imprint.lines
        if line.role is not Role.FANGSONG or abs(line.size - SIZE_4) > SIZE_TOLERANCE
    ]
    return asked.judged(not wrong, listed(wrong) or _("都是 4 号仿宋"), _("4 号仿宋"), f"±{pt(SIZE_TOLERANCE)}")


def copies_place(parts: Parts) -> Clause:
    """7.4.2: one character in on the left; wrapped lines under the first character after the colon."""
    asked = Requirement("7.4.2", "copies-place", _("抄送机关左空一字"))
    if parts.imprint is None or not parts.imprint.copies:
        return asked.not_applicable(_("没有抄送机关"))
    starts = [entry[0].left - TEXT_AREA.left for entry in parts.imprint.entries]
    return asked.characters(max(starts, key=lambda gap: abs(gap - CHARACTER_4)), 1, CHARACTER_4)


def copies_wrap(parts: Parts) -> Clause:
    """7.4.2: wrapped lines begin under the first character after the colon."""
    asked = Requirement("7.4.2", "copies-wrap", _("抄送机关回行对齐"))
    wrapped = [(line.left, _after_label(first)) for first, *rest in _entries(parts) for line in rest]
    if not wrapped:
        return asked.not_applicable(_("没有回行"))
    worst, start = max(wrapped, key=lambda pair: abs(pair[0] - pair[1]))
    return asked.length(worst, start)


def copies_stop(parts: Parts) -> Clause:
    """7.4.2: a full stop after the last name."""
    asked = Requirement("7.4.2", "copies-stop", _("抄送机关末尾句号"))
    if parts.imprint is None or not parts.imprint.copies:
        return asked.not_applicable(_("没有抄送机关"))
    ends = [entry[-1].text[-1] for entry in parts.imprint.entries]
    wrong = [end for end in ends if end != "。"]
    return asked.judged(not wrong, f"“{(wrong or ends)[0]}”", "“。”")


def printed_form(parts: Parts) -> Clause:
    """7.4.3: office on the left, date without leading zeros and 印发 on the right."""
    asked = Requirement("7.4.3", "printed-form", _("印发机关和印发日期写法"))
    if parts.imprint is None or parts.imprint.printed is None:
        return asked.missing(_("印发机关和印发日期"), _("如“××办公室　2020年4月16日印发”"))
    text = parts.imprint.printed.text
    return asked.judged(bool(_PRINTED.fullmatch(text)), f"“{text}”", _("日期不编虚位，后加“印发”"))


def printed_left(parts: Parts) -> Clause:
    """7.4.3: one character in from the left."""
    asked = Requirement("7.4.3", "printed-left", _("印发机关左空一字"))
    if parts.imprint is None or parts.imprint.printed is None:
        return asked.not_applicable(_("没有印发机关"))
    return asked.characters(parts.imprint.printed.left - TEXT_AREA.left, 1, CHARACTER_4)


def printed_right(parts: Parts) -> Clause:
    """7.4.3: one character in from the right."""
    asked = Requirement("7.4.3", "printed-right", _("印发日期右空一字"))
    if parts.imprint is None or parts.imprint.printed is None:
        return asked.not_applicable(_("没有印发日期"))
    return asked.characters(TEXT_AREA.right - parts.imprint.printed.right, 1, CHARACTER_4)


def page_numbers_present(parts: Parts) -> Clause:
    """7.5: on every page; not on a letter's first (10.1), nor on a page of 版记 after an empty one, nor on that one."""
    asked = Requirement("7.5", "page-numbers", _("页码"))
    free = _unnumbered(parts)
    wrong = []
    for page in parts.paper.pages:
        line = parts.page_numbers.get(page.number)
        place = _("第 {page} 页").format(page=page.number)
        if page.number in free:
            if line is not None:
                wrong.append(place + _("不该有页码"))
        elif line is None:
            wrong.append(place + _("没有页码"))
        elif not (form := _NUMBER.fullmatch(line.text)):
            wrong.append(place + f"“{line.text}”")
        elif int(form[1]) != page.number:
            wrong.append(place + _("印着 {number}").format(number=form[1]))
    found = listed(wrong) or _("{count} 页都有").format(count=len(parts.page_numbers))
    return asked.judged(not wrong, found, _("每页“— 页次 —”"))


def page_number_face(parts: Parts) -> Clause:
    """7.5: 四号半角宋体阿拉伯数字."""
    asked = Requirement("7.5", "page-number-face", _("页码字体字号"))
    if not parts.page_numbers:
        return asked.not_applicable(_("没有页码"))
    wrong = {
        f"{line.role}（{line.fonts[0]}）{pt(line.size)}": line
        for line in parts.page_numbers.values()
        if line.role is not Role.SONG or abs(line.size - SIZE_4) > SIZE_TOLERANCE
    }
    return asked.judged(not wrong, listed(tuple(wrong)) or _("都是 4 号宋体"), _("4 号宋体"), f"±{pt(SIZE_TOLERANCE)}")


def page_number_height(parts: Parts) -> Clause:
    """7.5: the upper edge (ink) of the dash 7 mm below the lower edge of the 版心."""
    asked = Requirement("7.5", "page-number-height", _("页码一字线上边缘到版心下边缘"))
    tops = [glyph.ink.top for line in parts.page_numbers.values() for glyph in line.glyphs[:1] if glyph.char in _DASHES]
    if not tops:
        return asked.not_applicable(_("没有带一字线的页码"))
    worst = max(tops, key=lambda top: abs(top - TEXT_AREA.bottom - PAGE_NUMBER_GAP))
    return asked.length(worst - TEXT_AREA.bottom, PAGE_NUMBER_GAP)


def page_number_sides(parts: Parts) -> Clause:
    """7.5: odd pages one character in from the right, even pages from the left."""
    asked = Requirement("7.5", "page-number-sides", _("页码单页居右、双页居左"))
    if not parts.page_numbers:
        return asked.not_applicable(_("没有页码"))
    wrong = []
    for page, line in parts.page_numbers.items():
        odd = page % 2 == 1
        gap = TEXT_AREA.right - line.right if odd else line.left - TEXT_AREA.left
        if abs(gap - CHARACTER_4) > TOLERANCE:
            side = _("右") if odd else _("左")
            wrong.append(_("第 {page} 页{side}空 {mm}").format(page=page, side=side, mm=mm(gap)))
    found = listed(wrong) or _("{count} 页都对").format(count=len(parts.page_numbers))
    return asked.judged(not wrong, found, _("空 1 字（{mm}）").format(mm=mm(CHARACTER_4)), f"±{mm(TOLERANCE)}")


def _entries(parts: Parts) -> tuple[tuple[Line, ...], ...]:
    return parts.imprint.entries if parts.imprint else ()


def _after_label(line: Line) -> float:
    """Where the first character after 抄送： begins, mm."""
    label = COPIES.match(line.text)
    return line.glyphs[min(label.end() if label else 0, len(line.glyphs) - 1)].left


def _unnumbered(parts: Parts) -> set[int]:
    if parts.form is Format.LETTER:
        return {1}
    numbers = parts.page_numbers
    empty = {
        page.number
        for page in parts.paper.pages
        if len(page.glyphs) == (len(numbers[page.number].glyphs) if page.number in numbers else 0) and not page.pictures
    }
    last = len(parts.paper.pages)
    return empty | {last} if empty and parts.imprint and parts.imprint.page == last and last - 1 in empty else empty


def _unlike_text_area(rule: Rule) -> float:
    return max(abs(rule.length - TEXT_AREA.width), abs(rule.box.left - TEXT_AREA.left))


def _strengths(imprint: Imprint) -> list[float]:
    """Thick, thin between each two elements, thick."""
    elements = bool(imprint.copies) + bool(imprint.printed)
    return [THICK_RULE, *[THIN_RULE] * max(0, elements - 1), THICK_RULE]


def _strong(lengths: list[float]) -> str:
    return " / ".join(f"{length:.2f}" for length in lengths) + " mm"
