"""Tables with a row for each line of a list: 名册, 清单, 台账, 签到表. They run over pages with their head repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.draw_templates.xml import ALL_LINES, cell, command_row, indent, paragraph, row, table

NUMBERED = "loop.index"
"""In place of a field: the place of the row in the table."""

_LEFT = '<w:jc w:val="left"/>'


@dataclass(frozen=True)
class Column:
    """A column ``width`` twips wide. ``fields`` of the row stand below one another; without any the cell is empty.

    Running text stands ``left``; short entries stand in the middle.
    """

    width: int
    heading: str
    fields: tuple[str, ...] = ()
    left: bool = False


@dataclass(frozen=True)
class Look:
    """The styles of a table's head and rows, and how high (twips) these are at least."""

    head: str
    words: str
    height: int
    air: int


OPEN = Look("TableHead", "TableText", height=440, air=30)
DENSE = Look("DenseHead", "DenseText", height=440, air=30)
"""For tables of many columns."""
SIGNED = Look("TableHead", "TableText", height=620, air=0)
"""Rows that people sign in."""


def listing(columns: Sequence[Column], loop: str, look: Look = OPEN, spare: int = 0) -> str:
    """A table with a row for each turn of the loop, and ``spare`` empty ones; the heading row repeats on every page.

    Rows are low and cells wide: a 公示 hangs on a board, where one page is read and the second is not.
    """
    name = loop.split(" ", 1)[0]
    widths = tuple(column.width for column in columns)
    heads = (cell(column.width, paragraph(look.head, column.heading)) for column in columns)
    values = (cell(column.width, *_words(column, name, look)) for column in columns)
    empty = row(*(cell(width, paragraph(look.words)) for width in widths), height=look.height)
    return table(
        widths,
        row(*heads, height=look.height, header=True),
        command_row(f"for {loop}", widths),
        row(*values, height=look.height),
        command_row("endfor", widths),
        *(empty for _ in range(spare)),
        borders=ALL_LINES,
        margin=57,
        air=look.air,
    )


def _words(column: Column, name: str, look: Look) -> tuple[str, ...]:
    extra = _LEFT if column.left else ""
    written = ("{{ loop.index }}" if field == NUMBERED else f"{{{{ {name}.{field} }}}}" for field in column.fields)
    return tuple(paragraph(look.words, words, extra=extra) for words in written) or (paragraph(look.words),)


def beneath_title(*words: str) -> str:
    """The line between a form's title and its table: who, when; several parts stand at even distances."""
    return paragraph("FormLine", "　　".join(words))


def closing(words: str) -> str:
    """A line below a table, as "以上共12人。"; it stays with the signature that follows, so that none stands alone."""
    return paragraph("TableNote", words, extra=f'<w:keepNext/><w:spacing w:before="160"/>{indent()}')
