"""联合行文: the names of several organs in the head (7.2.4), and their names and seals at the end (7.3.5.1).

In the head the names stand above one another, flush on both sides, with 文件 beside their middle. At the end they
stand in rows of two or three, each under its own seal; the last organ's seal covers the date too and stands where that
of a single organ would. Six organs are the most: so many seals fill two rows.
"""

from __future__ import annotations

from math import ceil

from tools.draw_templates.page import TEXT_WIDTH
from tools.draw_templates.xml import cell, command, paragraph, row, table

MOST = 6

_WORDS = 1900
"""Twips for 文件, two characters of 42 pt."""

_TWO = (4320, 4524)
_THREE = (180, 2560, 2560, 2560, 984)
"""Columns; the last organ's is centred 8 characters from the right edge, as a date four characters in is."""


def joint_mark() -> str:
    """发文机关标志 of several organs, the lead (主办机关) first."""
    names = cell(
        TEXT_WIDTH - _WORDS,
        command("if joint_organs.paragraphs|length <= 2"),
        *_names("JointMark"),
        command("else"),
        *_names("JointMarkOfMany"),
        command("endif"),
    )
    words = cell(_WORDS, paragraph("OrganMark", "文件"))
    return table((TEXT_WIDTH - _WORDS, _WORDS), row(names, words), margin=0)


def _names(style: str) -> tuple[str, ...]:
    """The organs; more than three are set smaller, so that the first page still shows text (7.2.4)."""
    return (
        paragraph(style, "{{ organisation }}"),
        command("for p in joint_organs.paragraphs"),
        paragraph(style, "{{ p.text }}"),
        command("endfor"),
    )


def joint_end() -> tuple[str, ...]:
    """The rows of names and seals for two to six organs, of which one set stays in the paper."""
    blocks: list[str] = []
    for organs in range(2, MOST + 1):
        blocks.append(command(f"{'if' if organs == 2 else 'elif'} joint_organs.paragraphs|length == {organs - 1}"))
        blocks.append(_seals(organs))
    return *blocks, command("endif")


def _seals(organs: int) -> str:
    """One table with rows of two or three; a row that is not full is filled from the right, where the date belongs."""
    each = ceil(organs / ceil(organs / 3))
    columns = _TWO if each == 2 else _THREE
    places = [*range(organs)]
    rows = []
    while places:
        taken, places = places[:each], places[each:]
        rows.append(_row(columns, [None] * (each - len(taken)) + taken, last=organs - 1))
    return table(columns, *rows, margin=57)


def _row(columns: tuple[int, ...], organs: list[int | None], *, last: int) -> str:
    """``organs`` by place, None for an empty one; columns beside them are margins."""
    edge = (len(columns) - len(organs)) // 2
    places = [None] * edge + organs + [None] * edge
    cells = (
        cell(width, *(() if organ is None else _signed(organ, last=last)), align="top")
        for width, organ in zip(columns, places, strict=True)
    )
    return row(*cells)


def _signed(organ: int, *, last: int) -> tuple[str, ...]:
    """The name of an organ with its seal; the last one's with the date."""
    name = "{{ signed_by }}" if organ == 0 else f"{{{{ joint_signed_by.paragraphs[{organ - 1}].text }}}}"
    seal = f'{{{{ seal("{seal_of(organ)}") }}}}'
    if organ == last:
        return paragraph("JointName", name), paragraph("JointDate", f"{{{{ date }}}}{seal}")
    return (paragraph("JointName", f"{name}{seal}"),)


def seal_of(organ: int) -> str:
    """The name of the seal of an organ, 0 for the lead."""
    return "issuer" if organ == 0 else f"联合机关{organ}"
