"""Tables with a row for each line of a list: 名册, 清单, 台账, 签到表. They run over pages with their head repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.draw_templates.xml import ALL_LINES, cell, command, command_row, indent, opening, paragraph, row, table

NUMBERED = "loop.index"
"""In place of a field: the place of the row in the table."""

_CHARACTER = 240  # twips: one 小四 character

_LEFT = '<w:jc w:val="left"/>'


@dataclass(frozen=True)
class Column:
    """A column ``width`` twips wide. ``fields`` of the row stand below one another; without any the cell is empty.

    Running text stands ``left``; short entries stand in the middle. ``link`` names the field with the id of the paper
    that the first one opens.
    """

    width: int
    heading: str
    fields: tuple[str, ...] = ()
    left: bool = False
    link: str = ""


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


def listing(columns: Sequence[Column], loop: str, look: Look = OPEN, *, spare: int = 0, signed: bool = False) -> str:
    """A table with a row for each turn of the loop, and ``spare`` empty ones; the heading row repeats on every page.

    Rows are low and cells wide: a 公示 hangs on a board, where one page is read and the second is not. Where the paper
    is ``signed`` below the table its last row stays with what follows, so that nobody seals a page without a row.
    """
    name = loop.split(" ", 1)[0]
    widths = tuple(column.width for column in columns)
    heads = (
        cell(column.width, *(paragraph(look.head, line) for line in column.heading.split("\n"))) for column in columns
    )
    empty = row(*(cell(width, paragraph(look.words)) for width in widths), height=look.height)
    filled = (_filled(columns, name, look),)
    if signed:
        last = _filled(columns, name, look, "<w:keepNext/>")
        filled = (command_row("if loop.last", widths), last, command_row("else", widths), *filled)
        filled += (command_row("endif", widths),)
    return table(
        widths,
        row(*heads, height=look.height, header=True),
        command_row(f"for {loop}", widths),
        *filled,
        command_row("endfor", widths),
        *(empty for _ in range(spare)),
        borders=ALL_LINES,
        margin=57,
        air=look.air,
    )


def _filled(columns: Sequence[Column], name: str, look: Look, extra: str = "") -> str:
    return row(*(cell(column.width, *_words(column, name, look, extra)) for column in columns), height=look.height)


def _words(column: Column, name: str, look: Look, extra: str) -> tuple[str, ...]:
    """The fields of a cell below one another; a further one that is empty takes no line."""
    extra += _LEFT if column.left else ""
    if not column.fields:
        return (paragraph(look.words, extra=extra),)
    first, *further = ("loop.index" if field == NUMBERED else f"{name}.{field}" for field in column.fields)
    words = (f"{{{{ {first} }}}}",)
    if column.link:
        words = opening(f"urn:gongwen:paper:{{{{ {name}.{column.link} }}}}", *words)
    blocks = [paragraph(look.words, *words, extra=extra)]
    for field in further:
        blocks += [command(f"if {field}"), paragraph(look.words, f"{{{{ {field} }}}}", extra=extra), command("endif")]
    return tuple(blocks)


def beneath_title(left: str, right: str, width: int) -> str:
    """The line between a form's title and its table: who on the left, when on the right, ``width`` twips apart."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    return paragraph("FormLine", f"{left}\t{right}", extra=tab + indent())


def labelled(label: str, words: str, *, after: int = 0) -> str:
    """A line ``label：words`` above a table, ``after`` twips from what follows; further lines hang below the words."""
    width = (len(label) + 1) * _CHARACTER
    spacing = f'<w:spacing w:after="{after}"/>'
    return paragraph("FormLine", f"{label}：{words}", extra=spacing + indent(left=width, hanging=width))


def closing(words: str) -> str:
    """A line below a table, as "以上共12人。"; it stays with the signature that follows, so that none stands alone."""
    return paragraph("TableNote", words, extra=f'<w:keepNext/><w:spacing w:before="160"/>{indent()}')
