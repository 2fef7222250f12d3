"""A sheet of paper for tests of printing and of the gate: lines set by the composer, placed by a minimum of HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.lines import compose
from pipeline.rendering.model import Band, Document, FieldPlace, Frame, Gap, Line, LineRule, Para, Section, Seg, Text
from pipeline.rendering.model import TextStyle as Style
from pipeline.rendering.pdf import Metadata, PrintedPages, print_pdf
from pipeline.rendering.usage import Usage

BODY = Style("仿宋_GB2312", "Times New Roman", 16, hint_east_asian=True)
FRAME = Frame(442.2, line=LineRule("exact", 28.95))
CSS = """
@page { size: 210mm 297mm; margin: 37mm 26mm 35mm 28mm; @top-center { content: element(head) }
        @bottom-center { content: "— " counter(page) " —"; font: 14pt "LiberationSerif" } }
body { margin: 0; white-space: pre } .head { position: running(head) } table { border-spacing: 0 } td { padding: 0 }
"""


@dataclass
class Paper:
    """Texts on paper. ``html`` is what is printed; a test may spoil it and see what the gate says."""

    book: FontBook
    usage: Usage = field(default_factory=Usage)
    words: str = ""

    def lines(self, text: str, style: Style = BODY, frame: Frame = FRAME) -> tuple[Line, ...]:
        self.words += text
        return compose([Text(text, style)], frame, self.book, self.usage)

    def document(self, *lines: Line, head: Sequence[Line] = ()) -> Document:
        headers = {"default": Band((Para(tuple(head)),), 42.0)} if head else {}
        section = Section(595.3, 841.9, 104.9, 73.7, 99.2, 79.4, (Para(lines),), headers=headers)
        return Document((section,), self.words)

    def print(
        self,
        html: str,
        fields: Sequence[FieldPlace] = (),
        pictures: Mapping[str, bytes] | None = None,
        metadata: Metadata | None = None,
    ) -> PrintedPages:
        for figure in "— 0123456789":
            self.usage.add(self.book.glyph(replace(BODY, hint_east_asian=False), figure, east_asian=False), figure)
        page = f'<html lang="zh-CN"><body>{html}</body></html>'
        return print_pdf(
            page,
            CSS,
            self.book.subset(self.usage),
            metadata or Metadata("一份文件"),
            identifier="0123456789abcdef",
            pictures=pictures,
            fields=fields,
        )


def html_of(lines: Sequence[Line]) -> str:
    return "".join(_line(line) for line in lines)


def seal_place(anchor: str, style: str = "left:60mm;top:30mm") -> str:
    return f'<div id="{anchor}" style="position:absolute;{style};width:42mm;height:42mm"></div>'


def _line(line: Line) -> str:
    parts = []
    for part in line.parts:
        if isinstance(part, Seg):
            look = f"font-family:{part.face};font-size:{part.size}pt;letter-spacing:{part.spacing:.4f}pt;line-height:0"
            parts.append(f'<span style="{look}">{escape(part.text)}</span>')
        elif isinstance(part, Gap):
            parts.append(f'<span style="padding-left:{part.width:.4f}pt"></span>')
    return f'<div style="line-height:{line.height}pt;padding-left:{line.x:.4f}pt">{"".join(parts)}</div>'
