"""Clause 7.3.4 to 7.3.7: 附件说明, 署名, 成文日期, seal, and the attachments."""

from __future__ import annotations

import re

from pipeline.conformance.clause import Clause, Requirement, excerpt, listed, mm
from pipeline.conformance.faces import Role
from pipeline.conformance.geometry import Box, around
from pipeline.conformance.lines import Line
from pipeline.conformance.parts import Parts
from pipeline.conformance.standard import CHARACTER, LINE, TEXT_AREA, TOLERANCE
from pipeline.core.messages import _

_DATE = re.compile(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")
_CLOSING_MARKS = "。，；、.,;"


def note_indent(parts: Parts) -> Clause:
    """7.3.4: two characters in."""
    asked = Requirement("7.3.4", "annex-note-indent", _("附件说明左空二字"))
    if parts.note is None:
        return asked.not_applicable(_("没有附件说明"))
    return asked.characters(parts.note.lines[0].left - TEXT_AREA.left, 2)


def note_place(parts: Parts) -> Clause:
    """7.3.4: one blank line below the body."""
    asked = Requirement("7.3.4", "annex-note-place", _("附件说明与正文之间"))
    if parts.note is None or parts.note.above is None:
        return asked.not_applicable(_("没有附件说明，或它在页首"))
    return asked.blank_lines((parts.note.lines[0].baseline - parts.note.above.baseline) / LINE - 1, 1)


def note_form(parts: Parts) -> Clause:
    """7.3.4: no mark after a name; numbered when there are several, not when there is one."""
    asked = Requirement("7.3.4", "annex-note-form", _("附件说明写法"))
    if parts.note is None:
        return asked.not_applicable(_("没有附件说明"))
    texts = ["".join(line.text for line in item) for item in parts.note.items]
    wrong = [_("{text}后有标点").format(text=excerpt(text)) for text in texts if text[-1] in _CLOSING_MARKS]
    numbered = [bool(re.match(r"(附件[：:])?\d+[.．]", text)) for text in texts]
    if len(texts) == 1 and numbered[0]:
        wrong.append(_("只有一个附件，不编号"))
    if len(texts) > 1 and not all(numbered):
        wrong.append(_("几个附件没有都编号"))
    found = listed(wrong) or _("{count} 个附件").format(count=len(texts))
    return asked.judged(not wrong, found, _("名称后不加标点；两个以上才编号"))


def annex_place(parts: Parts) -> Clause:
    """7.3.7: 附件 begins a page, in 三号黑体, flush in the corner."""
    asked = Requirement("7.3.7", "annex-head", _("“附件”二字"))
    if not parts.annexes:
        return asked.not_applicable(_("没有附件"))
    wrong = []
    for annex in parts.annexes:
        head = annex.head
        faults = []
        if annex.above is not None:
            faults.append(_("不在页首"))
        if abs(head.left - TEXT_AREA.left) > TOLERANCE:
            faults.append(_("不顶格"))
        if not re.fullmatch(r"附件\d*", head.text):
            faults.append(_("后面不写冒号和标题"))
        if head.role is not Role.HEI:
            faults.append(_("用{face}").format(face=head.role))
        if faults:
            place = _("第 {page} 页{text}").format(page=head.page, text=excerpt(head.text))
            wrong.append(place + _("、").join(faults))
    found = listed(wrong) or _("{count} 处都对").format(count=len(parts.annexes))
    return asked.judged(not wrong, found, _("另面编排，版心左上角第一行顶格，3 号黑体"))


def annex_title(parts: Parts) -> Clause:
    """7.3.7: its title centred on the third line of the page."""
    asked = Requirement("7.3.7", "annex-title", _("附件标题位置"))
    titled = [annex for annex in parts.annexes if annex.title]
    if not titled:
        return asked.not_applicable(_("没有附件标题"))
    worst = max(titled, key=lambda annex: abs(annex.title[0].baseline - annex.head.baseline - 2 * LINE))
    return asked.blank_lines((worst.title[0].baseline - worst.head.baseline) / LINE - 1, 1)


def annex_names(parts: Parts) -> Clause:
    """7.3.7: number and title of each attachment as 附件说明 gives them."""
    asked = Requirement("7.3.7", "annex-names", _("附件说明与附件标题一致"))
    if parts.note is None or not parts.annexes:
        return asked.not_applicable(_("没有附件说明，或附件没有随文装订"))
    promised = [_bare(name) for name in parts.note.names]
    bound = [_bare(annex.name) for annex in parts.annexes]
    if len(promised) != len(bound):
        found = _("说明 {promised} 件，附件 {bound} 件").format(promised=len(promised), bound=len(bound))
        return asked.judged(False, found, _("件数相同"))
    wrong = [
        _("说明{one}，附件{other}").format(one=excerpt(one), other=excerpt(other))
        for one, other in zip(promised, bound, strict=True)
        if one != other
    ]
    return asked.judged(not wrong, listed(wrong) or _("{count} 件一致").format(count=len(bound)), _("名称逐字相同"))


def date_form(parts: Parts) -> Clause:
    """7.3.5.4: Arabic figures, full year, no leading zeros."""
    asked = Requirement("7.3.5.4", "date-form", _("成文日期写法"))
    date = parts.sign_off.date
    if date is None:
        return asked.not_applicable(_("没有成文日期"))
    return asked.judged(bool(_DATE.fullmatch(date.text)), f"“{date.text}”", _("如“2020年4月16日”，不编虚位"))


def signed(parts: Parts) -> Clause:
    """7.3.5: the paper has a date in its place."""
    asked = Requirement("7.3.5", "signed", _("署名和成文日期"))
    off = parts.sign_off
    if off.date is None:
        return asked.missing(_("成文日期"), _("署名之下有成文日期"))
    names = _("、").join(line.text for line in off.names)
    return asked.judged(bool(off.names), names or _("没有找到署名"), _("成文日期之上有署名"))


def date_place(parts: Parts) -> Clause:
    """7.3.5.1: with a seal four characters in from the right; 7.3.5.2: without one, by the name.

    Where a long name or the seal would leave the 版心, all of them stand further left together.
    """
    off = parts.sign_off
    if off.date is None or not off.names:
        asked = Requirement("7.3.5.1", "date-place", _("成文日期右空"))
        return asked.not_applicable(_("没有署名或成文日期"))
    name = off.names[-1]
    if _is_unsealed(parts):
        asked = Requirement("7.3.5.2", "date-place", _("成文日期首字比署名首字右移"))
        return asked.characters(off.date.left - name.left, 2)
    asked = Requirement("7.3.5.1", "date-place", _("成文日期右空"))
    width = off.date.right - off.date.left
    least = max([*(line.right - line.left for line in _wrapped_name(parts)), *(seal.width for seal in off.seals)])
    needed = max(4 * CHARACTER, (least - width) / 2)
    return asked.characters(TEXT_AREA.right - off.date.right, needed / CHARACTER)


def name_place(parts: Parts) -> Clause:
    """7.3.5.1: the name centred on the date; 7.3.5.2: two characters in from the right."""
    off = parts.sign_off
    asked = Requirement("7.3.5.1", "name-place", _("署名与成文日期居中对齐"))
    if off.date is None or not off.names:
        return asked.not_applicable(_("没有署名或成文日期"))
    name = off.names[-1]
    if len(off.names) > len(_wrapped_name(parts)) or name.widest_gap > 2 * CHARACTER:
        return asked.not_applicable(_("几个署名，逐个对照"))
    if _is_unsealed(parts):
        plain = Requirement("7.3.5.2", "name-place", _("署名右空"))
        longer = max(0.0, (off.date.right - off.date.left) + 2 * CHARACTER - (name.right - name.left))
        return plain.characters(TEXT_AREA.right - name.right, 2 + longer / CHARACTER)
    offsets = [line.center - off.date.center for line in _wrapped_name(parts)]
    return asked.length(max(offsets, key=abs), 0.0)


def seal_centred(parts: Parts) -> Clause:
    """7.3.5.1: the seal's place is centred on name and date."""
    asked = Requirement("7.3.5.1", "seal-centred", _("印章左右居中"))
    seal, text = _seal(parts)
    if seal is None or text is None:
        return asked.not_applicable(_("没有印章位置"))
    return asked.length(seal.center - _center(parts), 0.0)


def seal_covers(parts: Parts) -> Clause:
    """7.3.5.1: name and date lie under the seal, a little below its centre."""
    asked = Requirement("7.3.5.1", "seal-covers", _("印章下压署名和日期"))
    seal, text = _seal(parts)
    if seal is None or text is None:
        return asked.not_applicable(_("没有印章位置"))
    under = seal.top <= text.top and text.bottom <= seal.bottom
    low = text.middle - seal.middle
    words = _("署名和日期在章心下 {mm}") if low >= 0 else _("署名和日期在章心上 {mm}")
    found = words.format(mm=mm(abs(low))) if under else _("署名或日期露在章外")
    return asked.judged(under and -TOLERANCE <= low <= seal.height / 4, found, _("居印章中心偏下"))


def seal_top(parts: Parts) -> Clause:
    """7.3.5.1: the top of the seal within one line of the text above."""
    asked = Requirement("7.3.5.1", "seal-top", _("印章顶端距正文"))
    seal, _text = _seal(parts)
    above = parts.sign_off.above
    if seal is None or above is None:
        return asked.not_applicable(_("没有印章位置，或上面没有正文"))
    gap = seal.top - above.ink.bottom
    return asked.judged(
        -TOLERANCE <= gap <= LINE + TOLERANCE, mm(gap), _("一行之内（0–{mm}）").format(mm=mm(LINE)), f"±{mm(TOLERANCE)}"
    )


def joint_seals(parts: Parts) -> Clause:
    """7.3.5.1: the seals of several organs one to one on their names, in the 版心, neither touching nor crossing."""
    asked = Requirement("7.3.5.1", "joint-seals", _("联合行文的印章"))
    off = parts.sign_off
    if len(off.seals) < 2:
        return asked.not_applicable(_("只有一枚印章或没有"))
    wrong = []
    for place, seal in enumerate(off.seals, start=1):
        words = _("第 {place} 枚").format(place=place)
        names = [name for name in off.names if abs(name.center - seal.center) <= TOLERANCE]
        if not any(seal.top <= name.ink.middle <= seal.bottom for name in names):
            wrong.append(words + _("不在署名正中"))
        if seal.left < TEXT_AREA.left - TOLERANCE or seal.right > TEXT_AREA.right + TOLERANCE:
            wrong.append(words + _("超出版心"))
        if any(min(seal.common(other).width, seal.common(other).height) > 0 for other in off.seals[place:]):
            wrong.append(words + _("与别的相交"))
    found = listed(wrong) or _("{count} 枚都对").format(count=len(off.seals))
    return asked.judged(not wrong, found, _("一一对应，居中，不相交，不超出版心"))


def _is_unsealed(parts: Parts) -> bool:
    """No place for a seal, and the lines stand nearer to 7.3.5.2 (date begins right of the name) than to 7.3.5.1."""
    off = parts.sign_off
    assert off.date is not None
    shift = off.date.left - off.names[-1].left - 2 * CHARACTER
    return not off.seals and abs(shift) < abs(off.names[-1].center - off.date.center)


def _wrapped_name(parts: Parts) -> tuple[Line, ...]:
    """The lines of the last 署名: those above it too that a name too long for one line was broken into."""
    names = parts.sign_off.names
    apart = [place for place, line in enumerate(names) if abs(line.center - names[-1].center) > TOLERANCE]
    return names[apart[-1] + 1 if apart else 0 :]


def _seal(parts: Parts) -> tuple[Box | None, Box | None]:
    """The one seal, and the box of name and date; (None, None) when there is none or several."""
    off = parts.sign_off
    if len(off.seals) != 1 or off.date is None or not off.names:
        return None, None
    return off.seals[0], around(line.ink for line in (*off.names, off.date))


def _center(parts: Parts) -> float:
    off = parts.sign_off
    assert off.date is not None
    return (off.date.center + off.names[-1].center) / 2


def _bare(name: str) -> str:
    """A name as it is compared: without blanks and the quotation marks that differ by typist."""
    return re.sub(r"[\s“”\"]", "", name)
