"""Counting characters: what the Word file says, and what the lines hold.

The characters of the paper are those of the body plus what pages repeat or make up themselves (``shown``).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.rendering import kinsoku
from pipeline.rendering.model import Block, BoxSeg, Document, Mark, Para, Seg, Shape, Table, stacked


def counted(texts: Iterable[str]) -> Counter[str]:
    """The visible characters; blanks of any kind do not count."""
    every = Counter("".join(texts))
    for character in [each for each in every if each.isspace() or kinsoku.is_invisible(each)]:
        del every[character]
    return every


def difference(wanted: Counter[str], found: Counter[str]) -> tuple[str, str]:
    """Characters that are missing and characters too many, each as often as it is.

    Two characters of one shape may share a glyph and come back as each other (the radical ⼀ as 一); what differs in
    compatibility form only is no difference.
    """
    missing, extra = wanted - found, found - wanted
    if missing and extra:
        missing, extra = _folded(missing), _folded(extra)
        missing, extra = missing - extra, extra - missing
    return "".join(sorted(missing.elements())), "".join(sorted(extra.elements()))


def body_texts(document: Document) -> Iterator[str]:
    """The text of every line outside headers and footers."""
    for section in document.sections:
        yield from block_texts(stacked(section.blocks))


def band_texts(document: Document) -> Iterator[str]:
    """The text of every line of every header and footer, page numbers aside."""
    for section in document.sections:
        for band in (*section.headers.values(), *section.footers.values()):
            yield from block_texts(band.blocks)


def block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of every line in blocks, tables and shapes included."""
    for block in blocks:
        if isinstance(block, Para):
            yield from _paragraph_texts(block)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from block_texts(cell.blocks)


def _paragraph_texts(paragraph: Para) -> Iterator[str]:
    for shape in paragraph.shapes:
        yield from _shape_texts(shape)
    for line in paragraph.lines:
        for part in line.parts:
            if isinstance(part, Seg):
                yield part.text
            elif isinstance(part, BoxSeg):
                yield from _shape_texts(part.shape)
            elif isinstance(part, Mark):
                yield from block_texts(part.note)


def _shape_texts(shape: Shape) -> Iterator[str]:
    yield from block_texts(shape.inner_blocks())


def _folded(counts: Counter[str]) -> Counter[str]:
    folded: Counter[str] = Counter()
    for character, count in counts.items():
        for each in unicodedata.normalize("NFKC", character):
            folded[each] += count
    return folded
