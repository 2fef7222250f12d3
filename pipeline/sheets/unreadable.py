"""When a file cannot be read at all: the limits it may break, and the one finding that says why.

``Unreadable`` carries a value rather than words of its own, because to the sender it is a finding like every other: it
stands in the returned workbook. It travels back from the child process whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.findings import Code, Finding


@dataclass(frozen=True, slots=True)
class Limits:
    """What a dropped file may cost. Sizes in bytes; ``ratio`` is unpacked size by packed size of one zip entry.

    Time and memory are the business of whoever runs the child process. The ratio is only asked of entries above
    ``ratio_from`` bytes, because a sheet full of formatted empty rows packs 100 : 1 in all innocence.
    """

    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 512 * 1024 * 1024
    ratio: int = 300
    ratio_from: int = 16 * 1024 * 1024
    sheets: int = 200
    cells: int = 4_000_000


class Unreadable(Exception):
    """The file cannot be opened as a workbook; ``finding`` says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding

    def __str__(self) -> str:
        return self.finding.sentence()


def refused(code: Code, *, found: str = "", expected: str = "", hint: str = "") -> Unreadable:
    """An ``Unreadable`` about the whole file."""
    return Unreadable(Finding(code, found=found, expected=expected, hint=hint))
