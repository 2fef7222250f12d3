"""What is asked for when a set is made, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.handover.checks import Check

Progress = Callable[[str, int, int], None]
"""Told (what, papers done, papers in all)."""

Form = Literal["bagit", "eep"]

FORMS: Mapping[Form, str] = {
    "bagit": "BagIt（RFC 8493），内含档案库原样的文件夹",
    "eep": "DA/T 48-2009 封装包（XML），一件一包",
}


@dataclass(frozen=True, slots=True)
class Order:
    """Where the set goes (a folder that is not there yet, or a new ``.zip``), and in which form; of a hand-over who
    receives it (``to``, "" for a copy) and who hands it over (``by``)."""

    target: Path
    form: Form
    to: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A set that was made: how many papers, files and bytes, what was checked with what result, and its ``lists``.

    ``left_out`` are papers that were destroyed: of those nothing but their entry is left.
    """

    target: Path
    papers: int
    files: int
    size: int
    checks: tuple[Check, ...]
    lists: bytes
    left_out: int
