"""Scanned pages as a PDF of their own, one picture a page and nothing else; and what an existing PDF holds.

Used for what goes back to a sender, and for old papers (存量文件) that come as pictures or as somebody's PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]

from pipeline.scanning.kept import KeptImage
from pipeline.scanning.opening import looked_at, open_pages, open_pdf
from pipeline.scanning.sealed import image_of, written
from pipeline.scanning.values import Held, Pictured, ScanLimits, Scanned

_POINTS = 72.0
_A4_LONG = 842
"""Points of the longer side of a page whose picture does not say how large it is."""
_COLOURS = {(1, 1): "黑白二值", (1, 8): "灰度", (3, 8): "彩色"}
_COMPRESSIONS = {"DCTDecode": "JPEG", "CCITTFaxDecode": "CCITT G4", "JPXDecode": "JPEG 2000", "JBIG2Decode": "JBIG2"}


def pictured(paths: Sequence[Path], limits: ScanLimits) -> Pictured:
    """The pictures as the pages of one PDF, in order; a JPEG goes in as it is. Raises ``UnreadableScan``."""
    copy = pikepdf.new()
    scanned = None
    for path in paths:
        for page in open_pages(path, limits):
            _add(copy, page.kept, page.dpi)
            scanned = scanned or _told(page.kept, page.dpi)
    assert scanned is not None, "a file without pages is unreadable"
    return Pictured(written(copy), len(copy.pages), scanned)


def remaining_pages(scan: Path, pages: Sequence[int], limits: ScanLimits) -> bytes:
    """These pages of the scan as a PDF of their own, to go back to who sent them. Raises ``UnreadableScan``."""
    copy = pikepdf.new()
    for page in open_pages(scan, limits, frozenset(pages)):
        _add(copy, page.kept, page.dpi)
    return written(copy)


def held_by(path: Path, limits: ScanLimits) -> Held:
    """What the PDF holds; nothing on it is drawn. Raises ``UnreadableScan``."""
    with open_pdf(path, limits) as document:
        pages = [document[index] for index in range(len(document))]
        text = "\n".join(filter(None, map(_text, pages)))
        pictures = [looked_at(page) for page in pages]
    first = pictures[0]
    scanned = None
    if first is not None and all(each is not None for each in pictures):
        bits, filters, dpi = first
        colours = "黑白二值" if bits == 1 else "灰度" if bits == 8 else "彩色"
        scanned = Scanned(round(dpi), colours, _COMPRESSIONS.get(filters[-1] if filters else "", ""))
    return Held(len(pages), text, scanned)


def _text(page: pypdfium2.PdfPage) -> str:
    found: str = page.get_textpage().get_text_range()
    return "\n".join(line.strip() for line in found.replace("\ufffe", "").splitlines() if line.strip())


def _told(kept: KeptImage, dpi: float) -> Scanned:
    return Scanned(round(dpi), _COLOURS[kept.colours, kept.bits], _COMPRESSIONS[kept.filter])


def _add(copy: pikepdf.Pdf, kept: KeptImage, known: float) -> None:
    """A page as large as its picture says, else with the long side of A4."""
    dpi = known or _POINTS * max(kept.width, kept.height) / _A4_LONG
    width, height = kept.width * _POINTS / dpi, kept.height * _POINTS / dpi
    content = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Scan Do Q".encode()
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=copy.make_indirect(image_of(copy, kept)))),
        Contents=copy.make_stream(content),
    )
    copy.pages.append(pikepdf.Page(copy.make_indirect(made)))
