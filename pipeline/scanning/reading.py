"""Read a scan: of each page, whether it is blank and which of our codes it bears."""

from __future__ import annotations

from pathlib import Path

from pipeline.scanning.codes import codes_on
from pipeline.scanning.ink import is_blank
from pipeline.scanning.opening import OpenPage, open_pages
from pipeline.scanning.values import ScanLimits, ScannedPage


def read_scan(path: Path, limits: ScanLimits) -> tuple[ScannedPage, ...]:
    """All pages of the scan in order. Raises ``UnreadableScan``; meant for a process that may be killed."""
    return tuple(_seen(page) for page in open_pages(path, limits))


def _seen(page: OpenPage) -> ScannedPage:
    blank = is_blank(page.picture)
    codes = () if blank else codes_on(page.picture)
    return ScannedPage(page.number, page.picture.width, page.picture.height, page.dpi, codes, blank)
