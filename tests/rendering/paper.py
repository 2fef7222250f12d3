"""A sheet of paper for tests of printing and of the gate: lines set by the composer on the page of GB/T 9704."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.lines import compose
from pipeline.rendering.metadata import Metadata
from pipeline.rendering.model import (
    Band,
    Block,
    Border,
    Document,
    Frame,
    Item,
    Line,
    LineRule,
    PageField,
    Para,
    Section,
    Shape,
    Text,
)
from pipeline.rendering.model import TextStyle as Style
from pipeline.rendering.pdf import PrintedPages, print_pdf
from pipeline.rendering.usage import Usage
from tests.rendering.word import MM

BODY = Style("仿宋_GB2312", "Times New Roman", 16, hint_east_asian=True)
FRAME = Frame(442.2, line=LineRule("exact", 28.95))


@dataclass
class Paper:
    """Texts on paper. ``words`` are the characters of the Word file these lines would come from."""

    book: FontBook
    usage: Usage = field(default_factory=Usage)
    words: str = ""

    def lines(self, text: str, style: Style = BODY, frame: Frame = FRAME) -> tuple[Line, ...]:
        return self.set(Text(text, style), frame=frame)

    def set(self, *items: Item, frame: Frame = FRAME) -> tuple[Line, ...]:
        self.words += "".join(item.text for item in items if isinstance(item, Text))
        return compose(items, frame, self.book, self.usage)

    def page_number(self) -> tuple[Line, ...]:
        small = replace(BODY, size=14)
        centred = replace(FRAME, align="center")
        return self.set(Text("— ", small), PageField("page", small), Text(" —", small), frame=centred)

    def document(self, *lines: Line, head: Sequence[Line] = (), shapes: Sequence[Shape] = ()) -> Document:
        return self.blocks(Para(lines, shapes=tuple(shapes)), head=head)

    def blocks(self, *blocks: Block, head: Sequence[Line] = ()) -> Document:
        headers = {"default": Band((Para(tuple(head)),), 42.0)} if head else {}
        footers = {"default": Band((Para(self.page_number()),), 70.0)}
        section = Section(595.3, 841.9, 104.9, 73.7, 99.2, 79.4, tuple(blocks), headers=headers, footers=footers)
        return Document((section,), self.words)

    def print(self, document: Document, metadata: Metadata | None = None) -> PrintedPages:
        metadata = metadata or Metadata("一份文件")
        return print_pdf(document, self.book.subset(self.usage), metadata, digest="0123456789abcdef")


def seal_place(name: str = "seal:issuer", left: float = 60, top: float = 30, description: str = "") -> Shape:
    """A circle of 42 mm, ``left`` and ``top`` in mm from the margins."""
    return Shape(
        "ellipse",
        42 * MM,
        42 * MM,
        "margin",
        "margin",
        left * MM,
        top * MM,
        behind=True,
        stroke=Border("dashed", 0.5),
        name=name,
        description=description,
    )


def without(document: Document, *lines: Line) -> Document:
    """The document printed by someone who forgot these lines."""
    return _with_lines(document, [line for line in _lines(document) if line not in lines])


def with_lines(document: Document, lines: Sequence[Line]) -> Document:
    """The document printed by someone who set other lines."""
    return _with_lines(document, lines)


def _lines(document: Document) -> Sequence[Line]:
    para = document.sections[0].blocks[0]
    assert isinstance(para, Para)
    return para.lines


def _with_lines(document: Document, lines: Sequence[Line]) -> Document:
    section = document.sections[0]
    para = section.blocks[0]
    assert isinstance(para, Para)
    return replace(document, sections=(replace(section, blocks=(replace(para, lines=tuple(lines)),)),))
