"""The text of a document as people read it: a line for each paragraph and each row of a table.

It feeds the full-text index and the snippets of a search, so nothing may be glued together that stood apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.rendering.model import Block, BoxSeg, Document, Gap, Line, Mark, Para, Seg, Table, stacked


def readable_text(document: Document) -> str:
    """Body first, then headers and footers; a cell's text is parted from the next by a tab."""
    paragraphs = [text for section in document.sections for text in _paragraphs(stacked(section.blocks))]
    bands = [
        text
        for section in document.sections
        for band in (*section.headers.values(), *section.footers.values())
        for text in _paragraphs(band.blocks)
    ]
    return "\n".join([*paragraphs, *dict.fromkeys(bands)])


def _paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = [" ".join(_paragraphs(cell.blocks)) for cell in row.cells]
                if any(cells):
                    yield "\t".join(cells)
        else:
            text = _joined(block.lines)
            if text:
                yield text
            for shape in _shapes(block):
                yield from shape


def _shapes(para: Para) -> Iterator[Iterator[str]]:
    for shape in para.shapes:
        yield _paragraphs(shape.inner_blocks())
    for line in para.lines:
        for part in line.parts:
            if isinstance(part, BoxSeg):
                yield _paragraphs(part.shape.inner_blocks())
            elif isinstance(part, Mark):
                yield _paragraphs(part.note)


def _joined(lines: Sequence[Line]) -> str:
    """The lines as one; a blank goes between Latin words that the end of a line parted."""
    text = ""
    for line in lines:
        piece = "".join(_words(line))
        if text and piece and text[-1].isascii() and text[-1].isalnum() and piece[0].isascii() and piece[0].isalnum():
            text += " "
        text += piece
    return text.strip()


def _words(line: Line) -> Iterator[str]:
    for part in line.parts:
        if isinstance(part, Seg):
            yield part.text
        elif isinstance(part, Gap) and part.width > part.size:
            yield " "
