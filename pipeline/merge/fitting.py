"""Names that are too long for their place become narrower or smaller; they never stick out and never lose a character.

The red mark of an organ keeps its height and is narrowed, as printers do, down to a limit, and only then gets smaller
or takes two lines.
The name of a party is narrowed a little where that brings it onto one line; a longer one takes two.
The words in a form's boxes get smaller until they fit the box, down to a size that can still be read; beyond that the
box grows. Long texts are made smaller only where that makes them fit: a box that goes on on the next page is read best
in its own size.
"""

from __future__ import annotations

from pipeline.merge.ooxml import (
    NAMESPACES,
    Element,
    paragraph_property,
    points,
    run_property,
    style_of,
    twips,
    w,
    words_of,
)
from pipeline.merge.stylesheet import Look, StyleSheet

MARKS = frozenset({"发文机关标志", "联合发文机关标志", "多个联合发文机关标志", "纪要标志", "信函标志"})
LINES = frozenset({"版记", "发文字号和签发人", "纪要编发机关和日期"})
NAMES = frozenset({"当事方", "盖章", "联合署名"})
BOXES = frozenset({"填表文字"})
LONG_BOXES = frozenset({"表格内容"})

_NARROWEST = 60
_SMALLEST_MARK = 2 / 3
"""Of a mark's own size: a smaller one would no longer catch the eye (7.2.4), so the name takes two lines."""
_NARROWEST_NAME = 75
_MARK_MARGIN = 8.0
_SIZES = (10.5, 9.0)


def mark_takes_two_lines(paragraph: Element, look: Look, room: float) -> bool:
    """Whether a red mark on one line of ``room`` points would have to be too small."""
    narrowed = look.width(words_of(paragraph)) * _NARROWEST / 100
    return narrowed * _SMALLEST_MARK > room - _MARK_MARGIN


def fit_mark(paragraph: Element, look: Look, room: float) -> None:
    """Narrow (w:w), and if need be reduce, the characters of a red mark so that it stays within ``room`` points."""
    natural = look.widest(words_of(paragraph))
    if natural <= room - _MARK_MARGIN:
        return
    scale = int(100 * (room - _MARK_MARGIN) / natural)
    size = look.size if scale >= _NARROWEST else look.size * scale / _NARROWEST
    for run in paragraph.iterfind("w:r", NAMESPACES):
        run_property(run, "w").set(w("val"), str(max(scale, _NARROWEST)))
        if size < look.size:
            _resize(run, size)
    if size < look.size:  # a lower line too, so that the ink begins where it did (7.2.4)
        _set_pitch(paragraph, look.pitch * size / look.size)


def fit_line(paragraph: Element, look: Look, room: float) -> None:
    """Narrow what stands at both ends of one line (who printed it, and when), so that the ends do not meet."""
    if paragraph.find("w:r/w:tab", NAMESPACES) is None:
        return
    natural = look.width(words_of(paragraph)) + 4 * look.size  # a character at each edge, two between the ends
    if natural > room:
        for run in paragraph.iterfind("w:r", NAMESPACES):
            run_property(run, "w").set(w("val"), str(max(_NARROWEST, int(100 * room / natural))))


def fit_name(paragraph: Element, look: Look, room: float) -> bool:
    """Bring a name onto one line of ``room`` points by narrowing it; False when it is too long for that."""
    natural = look.width(words_of(paragraph))
    if natural <= room:
        return True
    scale = int(100 * room / natural)
    if scale < _NARROWEST_NAME:
        return False
    for run in paragraph.iterfind("w:r", NAMESPACES):
        if run.find(w("t")) is not None:
            run_property(run, "w").set(w("val"), str(scale))
    return True


def fit_boxes(table: Element, styles: StyleSheet) -> None:
    """Reduce the words in the boxes of a form whose rows have a height, until they fit."""
    for row in table.iterfind("w:tr", NAMESPACES):
        height = points(row.find("w:trPr/w:trHeight", NAMESPACES), "val")
        for cell in row.iterfind("w:tc", NAMESPACES) if height else ():
            paragraphs = [paragraph for paragraph in cell.iterfind("w:p", NAMESPACES) if words_of(paragraph)]
            names = {styles.name(style_of(paragraph)) for paragraph in paragraphs}
            if names and (names <= BOXES or names <= LONG_BOXES):
                room = height - points(cell.find("w:tcPr/w:tcMar/w:top", NAMESPACES), "w")
                look = styles.look(style_of(paragraphs[0]))
                _fit_box(paragraphs, look, inner_width(cell), room, at_any_price=names <= BOXES)


def inner_width(cell: Element) -> float:
    """The width of a cell's text area."""
    width = points(cell.find("w:tcPr/w:tcW", NAMESPACES), "w")
    table = next(cell.iterancestors(w("tbl")))
    sides = 0.0
    for side in ("left", "right"):
        own = cell.find(f"w:tcPr/w:tcMar/w:{side}", NAMESPACES)
        common = table.find(f"w:tblPr/w:tblCellMar/w:{side}", NAMESPACES)
        sides += points(own if own is not None else common, "w")
    return width - sides


def _fit_box(paragraphs: list[Element], look: Look, width: float, height: float, *, at_any_price: bool) -> None:
    texts = [words_of(paragraph) for paragraph in paragraphs]
    if _needed(texts, look, width) <= height:
        return
    smaller = [Look(size, look.tracking, look.pitch * size / look.size) for size in _SIZES if size < look.size]
    for chosen in smaller:
        if _needed(texts, chosen, width) <= height or (at_any_price and chosen is smaller[-1]):
            for paragraph in paragraphs:
                _set_pitch(paragraph, chosen.pitch)
                for run in paragraph.iterfind("w:r", NAMESPACES):
                    _resize(run, chosen.size)
            return


def _needed(texts: list[str], look: Look, width: float) -> float:
    return sum(look.lines(text, width) for text in texts) * look.pitch


def _set_pitch(paragraph: Element, pitch: float) -> None:
    spacing = paragraph_property(paragraph, "spacing")
    spacing.set(w("line"), twips(pitch))
    spacing.set(w("lineRule"), "exact")


def _resize(run: Element, size: float) -> None:
    if run.find(w("t")) is None:
        return
    for name in ("sz", "szCs"):
        run_property(run, name).set(w("val"), str(int(size * 2)))
