"""The usual way to the same papers: docxtpl fills the Word template, one LibreOffice turns the whole folder into PDF.

It does less: nothing is read, judged, numbered, checked against the Word file, registered or filed; the PDFs are plain
ones without signature fields. LibreOffice exits 0 also when it wrote nothing, so the files are counted.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from bench.machine import Peak, processor_seconds
from pipeline.core.values import NumberedRecord
from pipeline.merge.merger import Merger

_AT_MOST = 1800.0
"""Seconds after which a batch that hangs is given up."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Seconds for filling the templates and for the one conversion (wall clock, and processor time of LibreOffice),
    memory of LibreOffice, and what came out."""

    version: str
    filling: float
    converting: float
    processors: float
    peak: Peak
    papers: int
    pages: int

    @property
    def seconds(self) -> float:
        """Both together, wall clock."""
        return self.filling + self.converting

    @property
    def work(self) -> float:
        """Both together, processor time; templates are filled by one process that does nothing else."""
        return self.filling + self.processors


def office_program() -> str | None:
    """Where LibreOffice is, None when it is not installed."""
    return shutil.which("soffice")


def fill_and_convert(soffice: str, merger: Merger, numbered: tuple[NumberedRecord, ...], folder: Path) -> Batch:
    """Write every paper's Word file into ``folder``, then convert all of them by one start of LibreOffice."""
    words, pdfs = folder / "docx", folder / "pdf"
    words.mkdir(parents=True)
    began = time.perf_counter()
    for place, paper in enumerate(numbered, 1):
        (words / f"{place:04}.docx").write_bytes(merger.merge(paper).docx)
    filling = time.perf_counter() - began
    command = [soffice, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    with Peak() as peak:
        before, began = processor_seconds(), time.perf_counter()
        with suppress(subprocess.TimeoutExpired):  # what came out until then is counted below
            subprocess.run(
                [*command, "--convert-to", "pdf", "--outdir", str(pdfs), *map(str, sorted(words.iterdir()))],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_AT_MOST,
                check=False,
            )
        converting, processors = time.perf_counter() - began, processor_seconds() - before
    made = sorted(pdfs.glob("*.pdf"))
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False).stdout
    pages = sum(len(PdfReader(path).pages) for path in made)
    return Batch(" ".join(version.split()[:2]), filling, converting, processors, peak, len(made), pages)
