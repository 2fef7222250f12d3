"""The laid-out document as WeasyPrint's own boxes, with the places of its signature fields.

Everything has its size already; boxes only say what belongs to what and where a page may end. They are made without
HTML and CSS: parsing both, and computing the properties of every box anew, took twice as long as the rest of printing.
Paragraphs are lines among lines (a box around them only where they move or are drawn together), held together by break
rules for widows and for what keeps with the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from pipeline.rendering.ground import band_top
from pipeline.rendering.looks import Looks, border, colour, length, size
from pipeline.rendering.model import (
    NO_BORDER,
    NO_BORDERS,
    Band,
    Block,
    Border,
    BoxSeg,
    Columns,
    Document,
    FieldPlace,
    Line,
    Mark,
    Para,
    Section,
    Table,
)
from pipeline.rendering.note_boxes import noted, notes_of
from pipeline.rendering.page_looks import page_name, running_name
from pipeline.rendering.shape_boxes import ImageOf, ShapeBoxes
from pipeline.rendering.table_boxes import TableBoxes
from pipeline.rendering.typecase import Typecase
from pipeline.rendering.typeset import EMPTY_LINE, Typeset

BLOCK = ("block", "flow")
_LABEL_LENGTH = 60
_SIDES_OF_PAGES = {"odd-page": "right", "even-page": "left"}
_LONGEST_STRETCH = 4
"""Lines; so many fit on any page."""
_MOST_PIECES = 50
"""Pieces of a footnote; for each WeasyPrint lays out the foot of the page once more."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """The root of the tree, and the signature fields and the footnotes in order of the text."""

    root: boxes.BlockBox
    places: tuple[FieldPlace, ...]
    notes: tuple[boxes.Box, ...]


def boxes_of(document: Document, case: Typecase, image_of: ImageOf) -> Boxed:
    """The document as boxes. ``image_of`` gives WeasyPrint's picture of a file's bytes, None when it cannot be read."""
    return _Boxes(document, case, image_of).made()


class _Boxes:
    def __init__(self, document: Document, case: Typecase, image_of: ImageOf) -> None:
        self._document = document
        self._case = case
        self._section: Section = document.sections[0]
        self._looks = Looks(page_name(0))
        self._shapes = ShapeBoxes(self._looks, self._blocks, image_of)
        self._tables = TableBoxes(self._looks, self._blocks, case)
        self.notes: list[boxes.Box] = []

    def made(self) -> Boxed:
        sections = [self._one(index, section) for index, section in enumerate(self._document.sections)]
        self._looks.page = page_name(0)
        look = self._looks.of(display=BLOCK)
        body = boxes.BlockBox("body", look, Element("body"), sections)
        root = boxes.BlockBox("html", look.copy(), Element("html"), [body])
        root.is_for_root_element = True
        root.viewport_overflow = "visible"
        return Boxed(root, tuple(self._shapes.places), tuple(self.notes))

    def _one(self, index: int, section: Section) -> boxes.BlockBox:
        self._section, self._looks.page = section, page_name(index)
        self._tables.page_height = section.height - section.top - section.bottom
        children = [
            self._band(index, section, which, page, band)
            for which, bands in (("header", section.headers), ("footer", section.footers))
            for page, band in bands.items()
        ]
        children += self._blocks(section.blocks, begins_page=True)
        rules = {}
        if index and section.start != "continuous":
            rules["break_before"] = _SIDES_OF_PAGES.get(section.start, "page")
        return boxes.BlockBox("section", self._looks.of(display=BLOCK, **rules), Element("section"), children)

    def _band(self, index: int, section: Section, which: str, page: str, band: Band) -> boxes.BlockBox:
        """A header or footer, which WeasyPrint takes out of the text and puts on every page it belongs to."""
        self._shapes.band_top, self._tables.in_band = band_top(band, section, header=which == "header"), True
        position = ("running()", running_name(index, which, page))
        box = boxes.BlockBox(
            which,
            self._looks.of(display=BLOCK, position=position),
            Element(which),
            self._blocks(band.blocks),
        )
        self._shapes.band_top, self._tables.in_band = None, False
        return box

    # ----------------------------------------------------------------------- blocks

    def _blocks(self, blocks: Sequence[Block | Columns], *, begins_page: bool = False) -> list[boxes.Box]:
        """Blocks one under another. ``begins_page``: the first stands at the top of a page because the file says so."""
        made: list[boxes.Box] = []
        after = 0.0
        for block in blocks:
            if isinstance(block, Columns):
                made.append(self._columns(block, after, begins_page=begins_page))
                after, begins_page = 0.0, False
                continue
            if isinstance(block, Table):
                made += self._tables.table(block, after)
            elif begins_page or block.page_break_before:
                made += self._page_top(block)
            else:
                made += self._para(block, after)
            after = block.after
            begins_page = isinstance(block, Para) and any(line.page_break_after for line in block.lines[-1:])
        return made

    def _columns(self, columns: Columns, space: float, *, begins_page: bool) -> boxes.Box:
        """Newspaper columns ``space`` below what stands above them. WeasyPrint fills them and, where they are balanced,
        finds the height at which they are even; a break of a page in them ends a column."""
        rules: dict[str, Any] = {}
        if columns.rule != NO_BORDER:
            rules["column_rule_width"] = size(columns.rule.width).value
            rules["column_rule_style"] = columns.rule.style
            rules["column_rule_color"] = colour(columns.rule.color)
        look = self._looks.of(
            display=BLOCK,
            margin_top=size(space),
            column_count=columns.count,
            column_gap=size(columns.gap),
            column_fill="balance" if columns.balanced else "auto",
            **rules,
        )
        return boxes.BlockBox("div", look, Element("div"), self._blocks(columns.blocks, begins_page=begins_page))

    def _page_top(self, para: Para) -> list[boxes.Box]:
        """A paragraph that begins a page because the file says so: there, and not where a page begins by itself, Word
        keeps the space before it."""
        if not para.before:
            return self._para(para, 0.0)
        rules = {"break_before": "page"} if para.page_break_before else {}
        look = self._looks.of(display=BLOCK, height=size(para.before), break_after="avoid", **rules)
        space = boxes.BlockBox("div", look, Element("div"), [])
        return [space, *self._para(replace(para, before=0.0, page_break_before=False), 0.0)]

    def _para(self, para: Para, space: float) -> list[boxes.Box]:
        """A paragraph; ``space`` is what the block above leaves below itself."""
        boxed = para.borders != NO_BORDERS or bool(para.shading)
        margin = space + (0.0 if para.joins_above else para.before)
        left = para.left if boxed else 0.0
        made = []
        begin = 0
        for stretch in _stretches(para, whole=self._tables.row_stays_whole):
            made.append(self._stretch(para, begin, stretch, left))
            begin += len(stretch)
        if not margin and not boxed:
            return made
        properties: dict[str, Any] = {"margin_top": size(margin), "margin_break": "discard"}
        if boxed:
            outer, inner = _frame(para)
            properties |= outer
            if inner:
                made = [boxes.BlockBox("div", self._looks.of(display=BLOCK, **inner), Element("div"), made)]
        return [boxes.BlockBox("p", self._looks.of(display=BLOCK, **properties), Element("p"), made)]

    def _stretch(self, para: Para, begin: int, lines: tuple[Line, ...], left: float) -> boxes.Box:
        """Lines of a paragraph that stay together, the first of them its ``begin``-th."""
        last = begin + len(lines) >= len(para.lines)
        rules: dict[str, Any] = {}
        if para.keep_next if last else _stays(para, begin + len(lines) - 1):
            rules["break_after"] = "avoid"
        if begin == 0 and para.page_break_before:
            rules["break_before"] = "page"
        if lines[-1].page_break_after:
            rules["break_after"] = "page"
        label = _label(para) if begin == 0 and para.outline else ""
        if label:
            rules["bookmark_level"] = para.outline
        typeset = Typeset(lines, self._case, left, para.align, owner=para)
        notes = [block for line in lines for part in line.parts if isinstance(part, Mark) for block in part.note]
        shapes = list(self._shapes_of(para, begin, typeset))
        look = self._looks.of(display=BLOCK) if shapes else self._looks.of(display=BLOCK, **rules)
        box: boxes.Box = boxes.BlockReplacedBox("p", look, Element("p"), typeset)
        if notes:
            self._tables.in_band = True  # WeasyPrint finishes what is at the foot of a page as it does a margin
            box = noted(box, self._pieces(notes), self._looks)
            self._tables.in_band = False
            self.notes += notes_of(box)
        if shapes:
            holder = self._looks.of(display=BLOCK, height=size(typeset.height), **rules)
            box = boxes.BlockBox("div", holder, Element("div"), [*shapes, box])
        if label:
            box.bookmark_label = label
        return box

    def _pieces(self, blocks: Sequence[Block]) -> list[list[boxes.Box]]:
        """The contents of a footnote in pieces that no page may break: tables, and stretches of lines."""
        pieces: list[list[boxes.Box]] = []
        after = 0.0
        for block in blocks:
            if isinstance(block, Para) and block.borders == NO_BORDERS and not block.shading:
                first, *others = self._para(replace(block, before=0.0), 0.0)
                space = self._looks.of(display=BLOCK, margin_top=size(after + block.before), margin_break="discard")
                pieces += [[boxes.BlockBox("p", space, Element("p"), [first])], *([other] for other in others)]
            else:
                pieces.append(self._blocks([block]))
            after = block.after
        each = -(-len(pieces) // _MOST_PIECES)
        return [list(chain.from_iterable(pieces[begin : begin + each])) for begin in range(0, len(pieces), each or 1)]

    def _shapes_of(self, para: Para, begin: int, typeset: Typeset) -> Iterator[boxes.Box]:
        """What is anchored in a paragraph stands with its first line: then it goes to the page that line goes to."""
        if begin == 0:
            for shape in para.shapes:
                yield self._shapes.anchored(shape, self._section, typeset.left)
        if any(isinstance(part, BoxSeg) for line in typeset.lines for part in line.parts):
            for placed in chain.from_iterable(typeset.placed()):
                if isinstance(placed.part, BoxSeg):
                    yield self._shapes.inline(placed.part.shape, placed.x, placed.base - placed.part.rise)


def _stays(para: Para, index: int) -> bool:
    """Whether no page may end after a line that is not the last (widowControl, keepLines)."""
    return para.keep_lines or (para.widow_control and (index == 0 or index == len(para.lines) - 2))


def _stretches(para: Para, *, whole: bool) -> Iterator[tuple[Line, ...]]:
    """The lines of a paragraph in stretches that no page may break; ``whole``: it stays on one page anyway. Long ones
    are cut all the same, held together by break rules, for WeasyPrint must be able to break where nothing fits."""
    stretch: list[Line] = []
    for index, line in enumerate(para.lines or (EMPTY_LINE,)):
        stretch.append(line)
        noted_here = any(isinstance(part, Mark) and part.note for part in line.parts)
        bound = (whole or _stays(para, index)) and not line.page_break_after and not noted_here
        if not bound or len(stretch) == _LONGEST_STRETCH:
            yield tuple(stretch)
            stretch = []
    if stretch:
        yield tuple(stretch)


def _frame(para: Para) -> tuple[dict[str, Any], dict[str, Any]]:
    """Borders and shading round a paragraph, which Word draws outside the indents; and those of a second box inside,
    where a line has two strokes of their own widths."""
    sides = {
        "top": para.borders.top,
        "right": para.borders.right,
        "bottom": para.borders.bottom,
        "left": para.borders.left,
    }
    reach = {name: side.width + side.space if side.style != "none" else 0.0 for name, side in sides.items()}
    inner = {name: side.space if side.style != "none" else 0.0 for name, side in sides.items()}
    if para.joins_above:
        inner["top"] += para.before
    properties: dict[str, Any] = {}
    within: dict[str, Any] = {}
    for name, side in sides.items():
        if side.strokes and name in ("top", "bottom"):
            one, gap, two = side.strokes
            properties |= border(name, Border("solid", one, side.color)) | {f"padding_{name}": size(gap)}
            within |= border(name, Border("solid", two, side.color)) | {f"padding_{name}": size(inner[name])}
        else:
            properties |= border(name, side) | {f"padding_{name}": size(inner[name])}
    properties["margin_left"] = length(para.left - reach["left"])
    properties["margin_right"] = length(para.right - reach["right"])
    if para.shading:
        properties["background_color"] = colour(para.shading)
    if para.keep_next:
        properties["break_after"] = "avoid"
    return properties, within


def _label(para: Para) -> str:
    """The paragraph's name in the outline: its first sentence, for a heading may run on into its text."""
    whole = "".join(line.text for line in para.lines).strip()
    return whole.partition("。")[0][:_LABEL_LENGTH]
