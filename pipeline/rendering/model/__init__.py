"""What passes between the parts of the renderer: words with a style go in, finished lines on blocks come out.

All lengths are points (1/72 inch) unless a name says otherwise. Everything is frozen: "what text stands on which line"
can be asserted in a test without a PDF, a font file or WeasyPrint.
"""

from pipeline.rendering.model.blocks import Block, Cell, Columns, Para, Shape, Share, Table, TableRow, stacked
from pipeline.rendering.model.borders import NO_BORDER, NO_BORDERS, Border, Borders
from pipeline.rendering.model.frame import NO_GRID, Alignment, Frame, Grid, LineRule, TabStop, UprightAlignment
from pipeline.rendering.model.items import (
    Break,
    InlineBox,
    Item,
    Mark,
    PageField,
    Strike,
    Tab,
    Text,
    TextStyle,
    Underline,
)
from pipeline.rendering.model.lines import BoxSeg, FieldSeg, Gap, Line, Part, Seg
from pipeline.rendering.model.pages import Band, Document, FieldPlace, Refusal, Section

__all__ = [
    "NO_BORDER",
    "NO_BORDERS",
    "NO_GRID",
    "Alignment",
    "Band",
    "Block",
    "Border",
    "Borders",
    "BoxSeg",
    "Break",
    "Cell",
    "Columns",
    "Document",
    "FieldPlace",
    "FieldSeg",
    "Frame",
    "Gap",
    "Grid",
    "InlineBox",
    "Item",
    "Line",
    "LineRule",
    "Mark",
    "PageField",
    "Para",
    "Part",
    "Refusal",
    "Section",
    "Seg",
    "Shape",
    "Share",
    "Strike",
    "Tab",
    "TabStop",
    "Table",
    "TableRow",
    "Text",
    "TextStyle",
    "Underline",
    "UprightAlignment",
    "stacked",
]
