"""Old papers (存量文件) made readable: a scanner's pictures as PDF/A, a Word file printed, a PDF left as it is.

Runs in a worker: what comes out of a stranger's cupboard is opened where it may be killed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.messages import _
from pipeline.core.values import RenderReport
from pipeline.rendering import FontBook, Metadata, pictures_as_archival, render
from pipeline.scanning import ScanLimits, Scanned
from pipeline.scanning.pictured import held_by, pictured


@dataclass(frozen=True, slots=True)
class Readable:
    """``pdf`` is what was made; None where the one that came is read as it is. ``scanned`` of what is a scan;
    ``doubts`` say where a Word file could not be printed as it looks."""

    pdf: bytes | None
    report: RenderReport
    scanned: Scanned | None = None
    doubts: tuple[str, ...] = ()


def pictures_readable(paths: Sequence[Path], metadata: Metadata, limits: ScanLimits) -> Readable:
    """Pictures as one PDF/A without text. Raises ``UnreadableScan``, ``CannotRender``."""
    made = pictured(paths, limits)
    return Readable(pictures_as_archival(made.pdf, metadata), RenderReport(made.pages, ""), made.scanned)


def pdf_readable(path: Path, limits: ScanLimits) -> Readable:
    """A PDF as it is, with the text that it has. Raises ``UnreadableScan``."""
    held = held_by(path, limits)
    return Readable(None, RenderReport(held.pages, held.text, engine=_AS_IT_CAME), held.scanned)


def word_readable(docx: bytes, metadata: Metadata, fonts: FontBook) -> Readable:
    """A Word file printed as well as can be: it went out on paper long ago, so the PDF is for reading only.

    Raises ``CannotRender`` for what is no Word file.
    """
    printed = render(docx, book=fonts, metadata=metadata, strict=False)
    doubts = [_("不能如实打印：{construct}").format(construct=each.construct) for each in printed.refusals]
    doubts += [each.message for each in printed.objections]
    return Readable(printed.pdf, printed.report, doubts=tuple(dict.fromkeys(doubts)))


_AS_IT_CAME = "原件"
"""Stands in the record where the program stands that printed the PDF."""
