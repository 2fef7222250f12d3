"""What is asked for when a packet is made, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.core.values import IndexQuery, Organisation


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: the papers of ``organisation`` that fit ``query``, between two days, written to ``target`` (a new
    folder, a .zip or a .pdf). ``chosen`` says in words how they were chosen; ``reader`` and ``purpose`` who takes the
    packet and why, empty for a look of one's own; ``by`` is who made it."""

    organisation: Organisation
    query: IndexQuery
    since: date
    until: date
    target: Path
    chosen: str = ""
    reader: str = ""
    purpose: str = ""
    by: str = ""
    redact: bool = False

    @property
    def is_one_file(self) -> bool:
        """Whether ``target`` is a file and not a folder."""
        return self.target.suffix in (".pdf", ".zip")


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it. ``faults`` are the paths at which 四性检测 found something damaged, ``gaps`` how much the
    checklists miss, ``redacted`` how many papers had something to black out."""

    target: Path
    papers: int
    pages: int
    faults: tuple[str, ...]
    gaps: int
    redacted: int
