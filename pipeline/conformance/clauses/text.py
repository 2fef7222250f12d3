"""Clause 7.3.1 to 7.3.3: title, addressees, body; and 5.2.2, the faces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.conformance.clause import Clause, Requirement, excerpt, listed, mm, pt
from pipeline.conformance.faces import Role, is_han, role
from pipeline.conformance.geometry import Glyph
from pipeline.conformance.lines import Line
from pipeline.conformance.parts import Format, Parts
from pipeline.conformance.parts.text import Paragraph
from pipeline.conformance.standard import (
    CHARACTER,
    LEAD,
    LINE,
    SIZE_2,
    SIZE_3,
    SIZE_TOLERANCE,
    TEXT_AREA,
    TOLERANCE,
)
from pipeline.core.messages import _

_BORROWED = 0.02
"""Part of the body that may come from another face, for characters the face lacks (names)."""

_COLUMN_GAP = 3 * CHARACTER
"""A gap this wide within a line stands between columns: a table without lines, places to sign side by side."""

_LABEL = 6
"""The longest label before a colon in minutes and notices on a board (出席：, 责任单位：, 公示时间：)."""


def title_size(parts: Parts) -> Clause:
    """7.3.1: 二号."""
    asked = Requirement("7.3.1", "title-size", _("标题字号"))
    if not parts.title:
        return asked.missing(_("标题"), pt(SIZE_2))
    return asked.size(parts.title[0].size, SIZE_2, _("2 号"))


def title_face(parts: Parts) -> Clause:
    """7.3.1: 小标宋."""
    asked = Requirement("7.3.1", "title-face", _("标题字体"))
    if not parts.title:
        return asked.missing(_("标题"), _("小标宋体"))
    return _face(asked, parts.title, Role.XIAOBIAOSONG)


def title_centred(parts: Parts) -> Clause:
    """7.3.1: each line of it centred on the 版心."""
    asked = Requirement("7.3.1", "title-centred", _("标题居中"))
    if not parts.title:
        return asked.missing(_("标题"), _("居中"))
    off = max((line.center - TEXT_AREA.center for line in parts.title), key=abs)
    return asked.length(TEXT_AREA.center + off, TEXT_AREA.center)


def title_place(parts: Parts) -> Clause:
    """7.3.1: two blank lines below the red line (10.1: below the last element of a letter's head)."""
    asked = Requirement("7.3.1", "title-place", _("标题上空行"))
    if not parts.title or not parts.head.bottom:
        return asked.not_applicable(_("没有标题或版头"))
    lead = LEAD if parts.form is Format.LETTER else LEAD / 2  # a line of text has white below it, a rule has none
    return asked.blank_lines((parts.title[0].ink.top - parts.head.bottom - lead) / LINE, 2)


def addressees_flush(parts: Parts) -> Clause:
    """7.3.2: flush left."""
    asked = Requirement("7.3.2", "addressees-flush", _("主送机关顶格"))
    if not parts.addressees:
        return asked.not_applicable(_("没有主送机关"))
    worst = max((line.left for line in parts.addressees), key=lambda left: abs(left - TEXT_AREA.left))
    return asked.length(worst, TEXT_AREA.left)


def addressees_place(parts: Parts) -> Clause:
    """7.3.2: one blank line below the title, by base lines."""
    asked = Requirement("7.3.2", "addressees-place", _("主送机关与标题之间"))
    if not parts.addressees or not parts.title:
        return asked.not_applicable(_("没有主送机关"))
    return asked.blank_lines((parts.addressees[0].baseline - parts.title[-1].baseline) / LINE - 1, 1)


def addressees_colon(parts: Parts) -> Clause:
    """7.3.2: the last name is followed by a full-width colon."""
    asked = Requirement("7.3.2", "addressees-colon", _("主送机关后的冒号"))
    if not parts.addressees:
        return asked.not_applicable(_("没有主送机关"))
    last = parts.addressees[-1].text[-1]
    return asked.judged(last == "：", f"“{last}”", _("全角冒号“：”"))


def first_page_body(parts: Parts) -> Clause:
    """7.3.3: 公文首页必须显示正文."""
    asked = Requirement("7.3.3", "first-page-body", _("首页显示正文"))
    count = sum(line.page == 1 for line in parts.body)
    return asked.judged(count > 0, _("首页有正文 {count} 行").format(count=count), _("至少 1 行"))


def body_size(parts: Parts) -> Clause:
    """5.2.2 and 7.3.3: 三号."""
    asked = Requirement("5.2.2", "body-size", _("正文字号"))
    glyphs = tuple(_plain(parts))
    if not glyphs:
        return asked.not_applicable(_("没有正文"))
    sizes = Counter(glyph.style.size for glyph in glyphs)
    wrong = {size: times for size, times in sizes.items() if abs(size - SIZE_3) > SIZE_TOLERANCE}
    found = _("、").join(_("{pt} {count} 字").format(pt=pt(size), count=times) for size, times in sizes.most_common(3))
    return asked.judged(
        sum(wrong.values()) <= _BORROWED * len(glyphs),
        found,
        _("3 号（{pt}）").format(pt=pt(SIZE_3)),
        f"±{pt(SIZE_TOLERANCE)}",
    )


def body_face(parts: Parts) -> Clause:
    """5.2.2 and 7.3.3: 仿宋, headings apart."""
    asked = Requirement("5.2.2", "body-face", _("正文字体"))
    glyphs = tuple(_plain(parts))
    if not glyphs:
        return asked.not_applicable(_("没有正文"))
    faces = Counter(role(glyph.style.font) for glyph in glyphs)
    others = [glyph for glyph in glyphs if role(glyph.style.font) is not Role.FANGSONG]
    found = _("、").join(_("{face} {count} 字").format(face=face, count=count) for face, count in faces.most_common())
    if others:
        names = Counter(glyph.style.font for glyph in others).most_common(1)[0][0]
        chars = "".join(dict.fromkeys(glyph.char for glyph in others))
        found += _("（{font}：{chars}）").format(font=names, chars=excerpt(chars, 8))
    return asked.judged(
        len(others) <= _BORROWED * len(glyphs),
        found,
        _("仿宋体"),
        _("缺字借用不超过 {part:.0%}").format(part=_BORROWED),
    )


def heading_faces(parts: Parts) -> tuple[Clause, Clause]:
    """7.3.3: 一、 in 黑体, （一） in 楷体; a heading that runs on into text ends at its first full stop."""
    return (
        _headings(Requirement("7.3.3", "heading-1-face", _("“一、”级标题字体")), parts, 1, Role.HEI),
        _headings(Requirement("7.3.3", "heading-2-face", _("“（一）”级标题字体")), parts, 2, Role.KAI),
    )


def paragraph_indent(parts: Parts) -> Clause:
    """7.3.3: each paragraph begins two characters in, wrapped lines flush."""
    asked = Requirement("7.3.3", "paragraph-indent", _("段首空二字"))
    plain = [paragraph for paragraph in parts.paragraphs if not paragraph.centred]
    if not plain:
        return asked.not_applicable(_("没有正文段落"))
    wrong = [
        _("第 {page} 页{text}空 {count:.1f} 字").format(
            page=paragraph.lines[0].page, text=excerpt(paragraph.text, 8), count=paragraph.indent / CHARACTER
        )
        for paragraph in plain
        if abs(paragraph.indent - 2 * CHARACTER) > TOLERANCE
    ]
    found = listed(wrong) or _("{count} 段都空二字").format(count=len(plain))
    expected = _("2 字（{mm}）").format(mm=mm(2 * CHARACTER))
    return asked.judged(not wrong, found, expected, f"±{mm(TOLERANCE)}")


def _headings(asked: Requirement, parts: Parts, level: int, face: Role) -> Clause:
    headings = [paragraph for paragraph in parts.paragraphs if paragraph.level == level]
    if not headings:
        return asked.not_applicable(_("没有这一级标题"))
    wrong = []
    for paragraph in headings:
        glyphs = [glyph for glyph in _heading(paragraph) if is_han(glyph.char)]
        found = Counter(role(glyph.style.font) for glyph in glyphs).most_common(1)[0][0]
        if found is not face:
            wrong.append(
                _("第 {page} 页{text}用{face}").format(
                    page=paragraph.lines[0].page, text=excerpt(paragraph.text, 8), face=found
                )
            )
    found_words = listed(wrong) or _("{count} 处都是{face}").format(count=len(headings), face=face)
    return asked.judged(not wrong, found_words, str(face))


def _glyphs(paragraph: Paragraph) -> tuple[Glyph, ...]:
    return tuple(glyph for line in paragraph.lines for glyph in line.glyphs)


def _heading(paragraph: Paragraph) -> tuple[Glyph, ...]:
    """The glyphs of a paragraph's heading: all, or up to the first full stop when text follows it."""
    glyphs = _glyphs(paragraph)
    if not paragraph.level:
        return ()
    stop = next((place for place, glyph in enumerate(glyphs) if glyph.char == "。"), None)
    return glyphs if stop is None else glyphs[: stop + 1]


def _plain(parts: Parts) -> Iterable[Glyph]:
    """The Hanzi of the body that have no right to a face of their own: no headings, captions, columns or labels."""
    for paragraph in parts.paragraphs:
        if paragraph.centred or any(line.widest_gap > _COLUMN_GAP for line in paragraph.lines):
            continue
        glyphs = _glyphs(paragraph)[len(_heading(paragraph)) :]
        if parts.form in (Format.MINUTES, Format.GENERAL):
            label = next((place for place, glyph in enumerate(glyphs[:_LABEL]) if glyph.char in "：:"), -1)
            glyphs = glyphs[label + 1 :]
        yield from (glyph for glyph in glyphs if is_han(glyph.char))


def _face(asked: Requirement, lines: Iterable[Line], face: Role) -> Clause:
    many = tuple(lines)
    wrong = next((line for line in many if line.role is not face), None)
    line = wrong or many[0]
    found = _("{face}（{font}）").format(face=line.role, font=line.fonts[0])
    return asked.judged(wrong is None, found, str(face))
