"""What the child process is asked of a scan, and what it answers: plain values, for a parent that opens no pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.core.findings import Finding
from pipeline.core.papercode import PaperCode

SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".tif", ".tiff", ".png"})
"""What a scanner's file is called."""


def is_scan(name: str) -> bool:
    """Whether a file of this name is taken for a scan rather than a workbook.

    >>> [is_scan(name) for name in ("扫描.PDF", "0001.tif", "五月.xlsx")]
    [True, True, False]
    """
    return Path(name).suffix.lower() in SUFFIXES


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """What one scan may cost: bytes of the file, its pages, and the pixels of each page."""

    file_bytes: int = 512_000_000
    pages: int = 1000
    pixels: int = 120_000_000


class UnreadableScan(Exception):
    """A file that cannot be read as a scan; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence())
        self.finding = finding

    def __reduce__(self) -> tuple[object, ...]:
        return UnreadableScan, (self.finding,)


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """A printed code on a page. ``code`` is None for one that is there and cannot be read."""

    code: PaperCode | None


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a scan: ``number`` counts from 1, ``width`` and ``height`` in pixels, ``dpi`` 0.0 when not known.

    ``codes`` are our own codes on it, other makers' left out; a ``blank`` page has no ink to speak of.
    """

    number: int
    width: int
    height: int
    dpi: float = 0.0
    codes: tuple[CodeSeen, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A sealed copy, or why there is none. ``likeness`` of each page to its original, 1.0 for a blank one."""

    pdf: bytes
    likeness: tuple[float, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """What a file is (``suffix``) and the lines of it that can be read; a picture has none."""

    suffix: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scanned:
    """How the first page was scanned: ``dpi`` 0 when not known, ``colours`` and ``compression`` in words."""

    dpi: int
    colours: str
    compression: str


@dataclass(frozen=True, slots=True)
class Pictured:
    """A PDF of pictures alone (no PDF/A yet), its pages, and how they were scanned."""

    pdf: bytes
    pages: int
    scanned: Scanned


@dataclass(frozen=True, slots=True)
class Held:
    """What a PDF holds: its pages, the text that can be searched, and how it was scanned when it is a scan."""

    pages: int
    text: str
    scanned: Scanned | None
