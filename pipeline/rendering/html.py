"""The laid-out document as HTML and CSS for WeasyPrint, with the places of its signature fields.

Everything has its size already; HTML only says what belongs to what and where a page may end. Paragraphs are lines
among lines (a box around them only where there is something to draw), held together by break rules for widows and for
what keeps with the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.rendering.css import Stylesheet, positive, quoted, signed
from pipeline.rendering.ground import band_top
from pipeline.rendering.html_ground import GroundWriter
from pipeline.rendering.html_lines import LineWriter, bookmark_targets, inline_shapes
from pipeline.rendering.html_pages import counter_styles, page_name, running_name, write_pages
from pipeline.rendering.html_shapes import ShapeWriter
from pipeline.rendering.html_tables import TableWriter
from pipeline.rendering.model import (
    Block,
    Borders,
    Cell,
    Document,
    FieldPlace,
    FieldSeg,
    Line,
    Para,
    Section,
    Shape,
    Table,
)

_BASE = """
html,body{margin:0;padding:0}
.l{white-space:pre;text-align:left}
.l,.b,.t{margin-break:discard}
.o{position:relative;display:inline-block;width:0;height:0}
.r{position:relative}
.s{white-space:normal;letter-spacing:0;text-align:left}
.t{border-collapse:collapse;table-layout:fixed;border-spacing:0}
td{vertical-align:top;padding:0}
img{image-orientation:none}
a{color:inherit;text-decoration:none}
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What ``print_pdf`` needs. ``pictures`` by key, ``places`` in order of the text."""

    html: str
    css: str
    pictures: Mapping[str, bytes]
    places: tuple[FieldPlace, ...]


def write_html(document: Document, first_numbers: Mapping[int, int] = MappingProxyType({})) -> Written:
    """The document as HTML; equal input gives equal text. ``first_numbers``: see ``parity.misjudged``."""
    return _Writer(document).write(first_numbers)


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._section: Section = document.sections[0]
        self._sheet = Stylesheet()
        self._lines = LineWriter(self._sheet, bookmark_targets(list(_all_lines(document))))
        self._shapes = ShapeWriter(self._sheet, self._blocks)
        self._tables = TableWriter(self._sheet, self._blocks)
        fields = [part for line in _all_lines(document) for part in line.parts if isinstance(part, FieldSeg)]
        self._forms = sorted({each.form for each in fields})
        self._counts_pages = any(each.kind == "section-pages" for each in fields)

    def write(self, first_numbers: Mapping[int, int]) -> Written:
        self._sheet.rule(_BASE)
        write_pages(self._sheet, self._document, GroundWriter(self._shapes.pictures), first_numbers)
        body = "".join(self._one(index, section) for index, section in enumerate(self._document.sections))
        html = (
            f'<!DOCTYPE html><html lang="{self._document.language}"><head><meta charset="utf-8">'
            f"<style>{counter_styles(self._forms)}</style></head>"
            f"<body>{body}</body></html>"
        )
        return Written(html, self._sheet.text(), self._shapes.pictures, tuple(self._shapes.places))

    def _one(self, index: int, section: Section) -> str:
        self._section = section
        self._lines.section_end = f"e{index}"
        running = ""
        self._shapes.in_band = True
        for which, bands in (("header", section.headers), ("footer", section.footers)):
            for page, band in bands.items():
                name = self._sheet.name(f"position:running({running_name(index, which, page)});")
                self._shapes.top = band_top(band, section, header=which == "header")
                running += f'<div class="{name}"><div class="r">{self._blocks(band.blocks)}</div></div>'
        self._shapes.in_band, self._shapes.top = False, section.top
        declarations = f"page:{page_name(index)};"
        if index and section.start != "continuous":
            side = {"odd-page": "right", "even-page": "left"}.get(section.start, "page")
            declarations += f"break-before:{side};"
        end = f'<div id="e{index}"></div>' if self._counts_pages else ""
        return (
            f'<section class="{self._sheet.name(declarations)}">{running}{self._blocks(section.blocks)}{end}</section>'
        )

    def _blocks(self, blocks: Sequence[Block], *, begins_page: bool = False) -> str:
        """Blocks one under another. ``begins_page``: the first stands at the top of a page because the file says so."""
        pieces = []
        after = 0.0
        for block in blocks:
            if isinstance(block, Table):
                pieces.append(self._tables.table(block, after))
            elif begins_page or block.page_break_before:
                pieces.append(self._page_top(block))
            else:
                pieces.append(self._para(block, after))
            after = block.after
            begins_page = isinstance(block, Para) and any(line.page_break_after for line in block.lines[-1:])
        if after and blocks:
            pieces.append(
                f'<div class="{self._sheet.name(f"height:{positive(after)};margin-bottom:{signed(-after)};")}"></div>'
            )
        return "".join(pieces)

    def _page_top(self, para: Para) -> str:
        """A paragraph that begins a page because the file says so: there, and not where a page begins by itself, Word
        keeps the space before it."""
        if not para.before:
            return self._para(para, 0.0)
        rules = f"height:{positive(para.before)};break-after:avoid;"
        rules += "break-before:page;" if para.page_break_before else ""
        space = f'<div class="{self._sheet.name(rules)}"></div>'
        return space + self._para(replace(para, before=0.0, page_break_before=False), 0.0)

    def _para(self, para: Para, space: float) -> str:
        """A paragraph; ``space`` is what the block above leaves below itself."""
        lines = para.lines or (Line((), 0.0, 0.0, 0.0, 0.0),)
        boxed = para.borders != Borders() or bool(para.shading)
        margin = space + (0.0 if para.joins_above else para.before)
        left = para.left if boxed else 0.0
        written = []
        for index, line in enumerate(lines):
            extra = self._break_rules(para, index, len(lines))
            if index == 0:
                extra += self._opening(para, 0.0 if boxed else margin)
            inside = self._shapes.anchored(para.shapes, line, self._section) if index == 0 else ""
            boxes = {place: self._shapes.inline(box) for place, box in inline_shapes(line).items()}
            written.append(self._lines.line(line, left=left, align=para.align, extra=extra, inside=inside, boxes=boxes))
        content = "".join(written)
        return self._boxed(para, content, margin) if boxed else content

    def _opening(self, para: Para, margin: float) -> str:
        """What the first line of a paragraph says for all of it."""
        declarations = f"margin-top:{positive(margin)};" if margin else ""
        if para.page_break_before:
            declarations += "break-before:page;"
        if para.outline:
            label = "".join(line.text for line in para.lines).strip()
            if label:
                declarations += f"bookmark-level:{para.outline};bookmark-label:{quoted(label)};"
        return declarations

    def _break_rules(self, para: Para, index: int, count: int) -> str:
        """Whether a page may end after a line (widowControl, keepLines, keepNext)."""
        if index == count - 1:
            return "break-after:avoid;" if para.keep_next else ""
        kept = para.keep_lines or (para.widow_control and (index == 0 or index == count - 2))
        return "break-after:avoid;" if kept else ""

    def _boxed(self, para: Para, content: str, margin: float) -> str:
        """Borders and shading round a paragraph; Word draws them outside the indents."""
        declarations = f"margin-top:{positive(margin)};"
        sides = {
            "top": para.borders.top,
            "right": para.borders.right,
            "bottom": para.borders.bottom,
            "left": para.borders.left,
        }
        reach = {}
        double = ""
        for name, side in sides.items():
            shown = side.style != "none"
            reach[name] = side.width + side.space if shown else 0.0
            inner = side.space if shown else 0.0
            if name == "top" and para.joins_above:
                inner += para.before
            if shown and side.strokes and name in ("top", "bottom"):
                outer, gap, within = side.strokes
                declarations += f"border-{name}:{positive(outer)} solid {side.color};padding-{name}:{positive(gap)};"
                double += f"border-{name}:{positive(within)} solid {side.color};padding-{name}:{positive(inner)};"
                continue
            if shown:
                declarations += f"border-{name}:{positive(side.width)} {side.style} {side.color};"
            declarations += f"padding-{name}:{positive(inner)};"
        declarations += (
            f"margin-left:{signed(para.left - reach['left'])};margin-right:{signed(para.right - reach['right'])};"
        )
        if para.shading:
            declarations += f"background:{para.shading};"
        if para.keep_next:
            declarations += "break-after:avoid;"
        if double:
            content = f'<div class="{self._sheet.name(double)}">{content}</div>'
        return f'<div class="b {self._sheet.name(declarations)}">{content}</div>'


def _all_lines(document: Document) -> Iterator[Line]:
    for section in document.sections:
        bands = (*section.headers.values(), *section.footers.values())
        for blocks in (section.blocks, *(band.blocks for band in bands)):
            yield from _lines_of(blocks)


def _lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Para):
            yield from block.lines
            for shape in _shapes_of(block):
                yield from _lines_of(shape.inner_blocks())
        else:
            for cell in _cells_of(block):
                yield from _lines_of(cell.blocks)


def _shapes_of(para: Para) -> Iterator[Shape]:
    yield from para.shapes
    for line in para.lines:
        yield from (box.shape for box in inline_shapes(line).values())


def _cells_of(table: Table) -> Iterator[Cell]:
    for row in table.rows:
        yield from row.cells
