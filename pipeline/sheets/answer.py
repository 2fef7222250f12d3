"""What is to be written into a sender's workbook, apart from how that is done.

There are three ways, each for what the one before cannot do: part by part (``marked``), through openpyxl, and on a copy
of the values (both in ``original``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.text import without_forbidden
from pipeline.sheets.kept import Kept
from pipeline.sheets.marks import COMMENT_BEGINS, OWN_COMMENT


@dataclass(frozen=True, slots=True)
class Mark:
    """What is told at one cell: ``red`` colours it, ``text`` is said in a comment, "" for none."""

    sheet: str
    row: int
    column: int
    red: bool
    text: str


class Answer(Protocol):
    """A sheet that goes in front of the sender's own ones, and marks at his cells."""

    @property
    def sheet(self) -> str:
        """The name of the first sheet, when nobody has it yet."""
        ...

    def marks(self, names: Sequence[str]) -> Sequence[Mark]:
        """The marks at cells of the sheets called ``names``, in the order of reading."""
        ...

    def write(self, sheet: Worksheet, names: Sequence[str], kept: Kept) -> None:
        """Fill the first sheet; ``names`` are the sheets behind it, ``kept`` says what is left of them."""
        ...


def comment_text(told: Iterable[str], own: str) -> str:
    """The text of a comment of ours, with the sender's ``own`` at its end."""
    ours = COMMENT_BEGINS + "\n".join(told)
    return without_forbidden(f"{ours}\n{OWN_COMMENT}{own}" if own else ours)


def own_text(text: str) -> str:
    """The sender's own part of a comment of ours."""
    return text.partition(f"\n{OWN_COMMENT}")[2]


def comment_size(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box in which a comment can be read."""
    return 320, 24 + 20 * sum(1 + len(line) // 22 for line in text.split("\n"))


def free_name(name: str, names: Iterable[str]) -> str:
    """The name, with Excel's own numbering when the sender has a sheet of that name."""
    taken = {title.lower() for title in names}
    candidates = [name, *(f"{name} ({n})" for n in range(2, 1000))]
    return next(candidate for candidate in candidates if candidate.lower() not in taken)
