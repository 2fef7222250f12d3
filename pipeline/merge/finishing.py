"""What can only be done when the words are there: break titles, fit long names, place seals, number the drawings."""

from __future__ import annotations

from lxml import etree

from pipeline.merge import headline, signoff
from pipeline.merge.fitting import (
    LINES,
    MARKS,
    NAMES,
    fit_boxes,
    fit_line,
    fit_mark,
    fit_name,
    inner_width,
    mark_takes_two_lines,
)
from pipeline.merge.ooxml import NAMESPACES, WP, Element, body_of, parent_of, points, style_of, w, words_of
from pipeline.merge.places import Places
from pipeline.merge.stylesheet import StyleSheet

TITLES = frozenset({"Title", "印发文件标题", "附件标题", "表名"})

_HALF = 0.65
"""Room for a line of two, as a share of the whole: enough to break at a joint near the middle."""


def finish(root: Element, styles: StyleSheet, places: Places, diameter: float) -> tuple[str, ...]:
    """Finish a merged document (its w:document element) in place. ``diameter`` is the seals' in mm.

    Returns the names of seals for which the template has no proper place.
    """
    body = body_of(root)
    area = _text_width(body)
    _drop_empty_runs(body)
    for paragraph in body.iter(w("p")):
        name = styles.name(style_of(paragraph))
        look = styles.look(style_of(paragraph))
        if name in TITLES:
            _break(paragraph, area / (look.size + look.tracking))
        elif name in MARKS:
            cell = next(paragraph.iterancestors(w("tc")), None)
            if cell is None and "\n" not in words_of(paragraph) and mark_takes_two_lines(paragraph, look, area):
                _break(paragraph, _HALF * look.width(words_of(paragraph)) / look.size)
            fit_mark(paragraph, look, area if cell is None else inner_width(cell))
        elif name == signoff.NAME and look.width(words_of(paragraph)) > area:
            _break(paragraph, area / (look.size + look.tracking))
        elif name in LINES:
            fit_line(paragraph, look, area)
        elif name in NAMES:
            cell = next(paragraph.iterancestors(w("tc")), None)
            room = area if cell is None else inner_width(cell)
            if not fit_name(paragraph, look, room) and cell is not None:
                _break(paragraph, room / (look.size + look.tracking))
    for table in body.iter(w("tbl")):
        fit_boxes(table, styles)
    homeless = signoff.place(body, styles, places, area=area, diameter=diameter)
    _end_cells_with_a_paragraph(body)
    for number, properties in enumerate(body.iter(f"{{{WP}}}docPr"), start=1):
        properties.set("id", str(number))
    return homeless


def _text_width(body: Element) -> float:
    """The width between the margins of the (last) section."""
    size, margins = body.find("w:sectPr/w:pgSz", NAMESPACES), body.find("w:sectPr/w:pgMar", NAMESPACES)
    return points(size, "w") - points(margins, "left") - points(margins, "right")


def _drop_empty_runs(body: Element) -> None:
    """Runs that an empty field or a drawing left behind with nothing in them."""
    for run in list(body.iter(w("r"))):
        content = [child for child in run if child.tag != w("rPr")]
        if all(child.tag == w("t") and not child.text for child in content):
            parent_of(run).remove(run)


def _break(paragraph: Element, room: float) -> None:
    """Break by meaning what the sender left on one line of ``room`` em, also where other lines are broken by hand.

    Several differently set runs are left alone.
    """
    texts = paragraph.findall("w:r/w:t", NAMESPACES)
    if len({parent_of(text) for text in texts}) == 1:
        for text in texts:
            _break_line(text, room)


def _break_line(text: Element, room: float) -> None:
    first, *others = headline.broken(text.text or "", room)
    text.text = first
    run = parent_of(text)
    position = run.index(text)
    for offset, line in enumerate(others):
        element = etree.Element(w("t"))
        element.text = line
        run.insert(position + 1 + 2 * offset, etree.Element(w("br")))
        run.insert(position + 2 + 2 * offset, element)


def _end_cells_with_a_paragraph(body: Element) -> None:
    """Word refuses a cell without a paragraph, which is what an empty list in a cell leaves."""
    for cell in body.iter(w("tc")):
        if len(cell) == 0 or cell[-1].tag != w("p"):
            cell.append(etree.Element(w("p")))
