"""Clause 5 and 7.1: paper, margins, 22 lines of 28 characters, colour of the text.

The margins are measured on the body: left and right on cells (字), top and bottom on ink. An office program counts the
lead between lines into the line itself, so its first line stands up to one lead below the edge of the 版心; that is let
through, because 22 lines fill the 版心 either way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.conformance.clause import Clause, Requirement, excerpt, listed, mm
from pipeline.conformance.geometry import MM_PER_POINT, Box, around
from pipeline.conformance.lines import Line, is_black, is_red, pitch
from pipeline.conformance.parts import Parts
from pipeline.conformance.parts.text import hanging_mark
from pipeline.conformance.standard import (
    CHARACTERS_PER_LINE,
    LEAD,
    LINES_PER_PAGE,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    SIZE_3,
    SIZE_TOLERANCE,
    TEXT_AREA,
    TOLERANCE,
)
from pipeline.core.messages import _

_EM = SIZE_3 * MM_PER_POINT
_FEWEST_FULL = 3


def paper_size(parts: Parts) -> Clause:
    """5.1 and 6.3: A4; an attachment may lie on its side."""
    asked = Requirement("5.1", "paper-size", _("用纸幅面"))
    wrong = []
    for page in parts.paper.pages:
        short, long = sorted((page.width, page.height))
        if abs(short - PAPER_WIDTH) > TOLERANCE or abs(long - PAPER_HEIGHT) > TOLERANCE:
            size = f"{page.width:.1f} × {page.height:.1f} mm"
            wrong.append(_("第 {page} 页 {size}").format(page=page.number, size=size))
    found = listed(wrong) or _("{count} 页都是 A4").format(count=len(parts.paper.pages))
    return asked.judged(not wrong, found, "210 × 297 mm（A4）", f"±{mm(TOLERANCE)}")


def left_margin(parts: Parts) -> Clause:
    """5.2.1: 订口 28 mm, on the lines that begin flush."""
    asked = Requirement("5.2.1", "left-margin", _("订口（左边距）"))
    flush = [line for line in _body(parts) if abs(line.left - parts.edges.left) < 1]
    if not flush:
        return asked.not_applicable(_("没有顶格的正文行"))
    return asked.length(min(line.left for line in flush), TEXT_AREA.left)


def right_margin(parts: Parts) -> Clause:
    """5.2.1: 版心 156 mm wide, on the lines that are full."""
    asked = Requirement("5.2.1", "right-margin", _("版心右边到纸左边"))
    full = [line for line in _full(parts) if hanging_mark(line) is None]
    if not full:
        return asked.not_applicable(_("没有排满的正文行"))
    return asked.length(max(line.right for line in full), TEXT_AREA.right)


def top_margin(parts: Parts) -> Clause:
    """5.2.1: 天头 37 mm, on the ink of the first line of the pages that begin with body text.

    The page that begins highest decides: another one may begin with a blank line, or with a table or picture.
    """
    asked = Requirement("5.2.1", "top-margin", _("天头（首行文字上边缘）"))
    first = {line.page: line for line in reversed(parts.lines)}
    captions = {line for paragraph in parts.paragraphs if paragraph.centred for line in paragraph.lines}
    starts = [
        line
        for line in parts.body
        if first[line.page] is line and line not in captions and not _is_below_something(line, parts)
    ]
    if not starts:
        return asked.not_applicable(_("没有以正文开头的页面"))
    low, high = TEXT_AREA.top - TOLERANCE, TEXT_AREA.top + LEAD + TOLERANCE
    found = min(line.ink.top for line in starts)
    tolerance = _("±{mm}，另容 {lead} 行间空白（软件把它算在行内）").format(mm=mm(TOLERANCE), lead=mm(LEAD))
    return asked.judged(low <= found <= high, mm(found), mm(TEXT_AREA.top), tolerance)


def text_inside(parts: Parts) -> Clause:
    """5.2.1, 7.1: nothing outside the 版心 but page numbers, a letter's mark and hanging marks; tables apart."""
    asked = Requirement("5.2.1", "text-inside", _("文字在版心以内"))
    out = []
    free = {*parts.page_numbers.values(), *parts.head.mark}
    for line in (line for line in parts.lines if line not in free):
        ink = _ink(line)
        over = {
            _("左"): TEXT_AREA.left - ink.left,
            _("右"): ink.right - TEXT_AREA.right,
            _("上"): TEXT_AREA.top - ink.top,
            _("下"): ink.bottom - TEXT_AREA.bottom,
        }
        side, most = max(over.items(), key=lambda each: each[1])
        if most > TOLERANCE:
            out.append(
                _("第 {page} 页{text}{side}出 {mm}").format(
                    page=line.page, text=excerpt(line.text), side=side, mm=mm(most)
                )
            )
    return asked.judged(not out, listed(out) or _("都在版心以内"), "156 × 225 mm", f"±{mm(TOLERANCE)}")


def lines_per_page(parts: Parts) -> Clause:
    """5.2.3: 22 lines. Few pages hold nothing but body, so the distance of base lines decides, and no page has more.

    22 lines fit when the ink of the 22nd ends inside; a 23rd must not fit, so that the 版心 is filled (撑满版心).
    """
    asked = Requirement("5.2.3", "lines-per-page", _("每面行数"))
    body = _body(parts)
    step = pitch(body)
    if step is None:
        return asked.not_applicable(_("没有可以量行距的正文"))
    most = max(Counter(line.page for line in body).values())
    widest = (TEXT_AREA.height - _EM) / (LINES_PER_PAGE - 1)
    narrowest = TEXT_AREA.height / (LINES_PER_PAGE + 1)
    found = _("行距 {pitch} 磅，一面最多 {lines} 行").format(pitch=f"{step / MM_PER_POINT:.2f}", lines=most)
    return asked.judged(
        narrowest < step <= widest + 0.05 and most <= LINES_PER_PAGE,
        found,
        _("22 行（行距 {low:.1f}–{high:.1f} 磅）").format(low=narrowest / MM_PER_POINT, high=widest / MM_PER_POINT),
    )


def characters_per_line(parts: Parts) -> Clause:
    """5.2.3: 28 characters, as most full lines of whole cells have; punctuation may force one more or less."""
    asked = Requirement("5.2.3", "characters-per-line", _("每行字数"))
    counts = Counter(len(line.glyphs) for line in _full(parts) if _is_whole(line))
    if counts.total() < _FEWEST_FULL:
        return asked.not_applicable(_("排满整行的汉字不到 {count} 行").format(count=_FEWEST_FULL))
    common = counts.most_common(1)[0][0]
    found = _("满行 {count} 字（{lines} 行中 {same} 行）").format(
        count=common, lines=counts.total(), same=counts[common]
    )
    return asked.judged(common == CHARACTERS_PER_LINE, found, _("28 字"))


def text_colour(parts: Parts) -> Clause:
    """5.2.4: black, but for the red mark (and the red of seals)."""
    asked = Requirement("5.2.4", "text-colour", _("文字颜色"))
    coloured = [
        _("第 {page} 页{text} {colour}").format(page=line.page, text=excerpt(line.text), colour=colour)
        for line in parts.lines
        if line not in parts.head.mark and (colour := _colour(line))
    ]
    return asked.judged(not coloured, listed(coloured) or _("都是黑色"), _("标志以外都是黑色"))


def _colour(line: Line) -> str:
    colours = (glyph.style.colour for glyph in line.glyphs)
    odd = next((colour for colour in colours if not is_black(colour)), "")
    return _("红色") if odd and is_red(odd) else odd


def _is_below_something(line: Line, parts: Parts) -> bool:
    """Whether its page begins with a table (a standing line) or a picture above it."""
    page = parts.paper.pages[line.page - 1]
    standing = (rule.box for rule in page.rules if not rule.horizontal)
    return any(box.top < line.ink.top for box in (*standing, *page.pictures))


def _body(parts: Parts) -> tuple[Line, ...]:
    """The lines of the body in about the body's size: notes and titles have other line heights."""
    return tuple(line for line in parts.body if abs(line.size - SIZE_3) <= 2 * SIZE_TOLERANCE)


def _full(parts: Parts) -> tuple[Line, ...]:
    """The lines that run from edge to edge: all but the first and last of a paragraph."""
    return tuple(_inner(line for paragraph in parts.paragraphs for line in paragraph.lines[1:-1]))


def _inner(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if abs(line.size - SIZE_3) <= 2 * SIZE_TOLERANCE)


def _ink(line: Line) -> Box:
    """The ink of a line, a closing mark that hangs in the margin left out."""
    mark = hanging_mark(line)
    return around(glyph.ink for glyph in line.glyphs if glyph is not mark) if len(line.glyphs) > 1 else line.ink


def _is_whole(line: Line) -> bool:
    """Whether every character of a line fills a cell of its own, no half-width letter or squeezed mark among them."""
    return all(glyph.right - glyph.left > 0.9 * glyph.style.size * MM_PER_POINT for glyph in line.glyphs) and (
        line.widest_gap < _EM / 2
    )
