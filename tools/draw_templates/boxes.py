"""Ruled forms (登记表, 交办单) box by box: labels, short values, long texts, and opinions with their seals.

A ``Grid`` knows the columns; a row of boxes only says how many columns each box takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.draw_templates.xml import ALL_LINES, cell, command, indent, paragraph, row, table

SEALED = 2840
"""Twips: a row with a seal of 42 mm, a line of text and air."""

_PADDING = '<w:top w:w="60" w:type="dxa"/><w:left w:w="140" w:type="dxa"/><w:right w:w="140" w:type="dxa"/>'


@dataclass(frozen=True)
class Box:
    """The blocks in a box, over so many columns; ``merge`` as in ``xml.cell``."""

    blocks: tuple[str, ...]
    span: int = 1
    merge: str = ""
    long: bool = False


def label(words: str, span: int = 1) -> Box:
    """A printed label, in the lines it is given in."""
    return Box(tuple(paragraph("TableText", line) for line in words.split("\n")), span)


def upright(words: str) -> Box:
    """A label written downwards: its lines are too narrow for a second character, so the words stay one word."""
    return Box((paragraph("TableText", words, extra=indent(left=230, right=230)),))


def value(words: str, span: int = 1) -> Box:
    """What is filled in; it gets smaller before the box gets higher."""
    return Box((paragraph("FormText", words),), span)


def field(name: str, span: int = 1) -> Box:
    """The value of a field."""
    return value(f"{{{{ {name} }}}}", span)


def picture(words: str, span: int = 1, merge: str = "") -> Box:
    """A photograph; its box is as high as what stands in it."""
    return Box((paragraph("Photograph", words),), span, merge)


def text(name: str, span: int) -> Box:
    """A long text, paragraph by paragraph."""
    return Box((*_paragraphs(name), command("endfor"), paragraph("ColophonAnchor")), span, long=True)


def opinion(name: str, day: str, seal: str, span: int) -> Box:
    """What a party thinks, with its seal and date; the date is left to be written where there is none."""
    blocks = (
        *_paragraphs(name),
        command("else"),
        paragraph("TableTextLeft", ""),
        command("endfor"),
        paragraph("Seal", "盖章"),
        paragraph("SealDate", f'{{{{ {day} or "年　　月　　日" }}}}{{{{ seal("{seal}") }}}}'),
    )
    return Box(blocks, span, long=True)


def _paragraphs(name: str) -> tuple[str, str]:
    return command(f"for p in {name}.paragraphs"), paragraph("TableTextLeft", "{{ p.text }}")


class Grid:
    """A form's table, columns in twips."""

    def __init__(self, columns: Sequence[int]) -> None:
        self._columns = tuple(columns)

    def row(self, *boxes: Box, height: int, may_split: bool = False) -> str:
        """Boxes from the left edge to the right one. Raises ``ValueError`` when they leave columns over."""
        cells = []
        first = 0
        for box in boxes:
            width = sum(self._columns[first : first + box.span])
            align, margins = ("top", _PADDING) if box.long else ("center", "")
            cells.append(cell(width, *box.blocks, span=box.span, merge=box.merge, align=align, margins=margins))
            first += box.span
        if first != len(self._columns):
            raise ValueError(f"{first} of {len(self._columns)} columns")
        return row(*cells, height=height, may_split=may_split)

    def table(self, *rows: str) -> str:
        """The whole table."""
        return table(self._columns, *rows, borders=ALL_LINES, margin=57)
