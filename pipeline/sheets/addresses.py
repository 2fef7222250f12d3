"""Cell addresses as Excel writes them: ``C5`` is row 5, column 3. Rows and columns count from 1 everywhere here."""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """``3 -> "C"``, ``28 -> "AB"``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """``"AB" -> 28``."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """``(5, 3) -> "C5"``."""
    return f"{letters(column)}{row}"


def position(text: str) -> tuple[int, int] | None:
    """``"C5" -> (5, 3)``; None when the text is no address."""
    match = _ADDRESS.fullmatch(text)
    return (int(match[2]), column_number(match[1])) if match else None
