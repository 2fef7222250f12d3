"""A press: merge one numbered record into its official Word file and print the PDF/A of that very file.

Lives in a worker process; its fonts and parsed templates are loaded once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from time import perf_counter

from pipeline.core.kind import Kind
from pipeline.core.values import NumberedRecord, RenderedDocument, RenderReport
from pipeline.merge.merger import Merger
from pipeline.rendering import FontBook, Metadata, render
from pipeline.sealing import places


@dataclass(frozen=True)
class Press:
    """``kinds`` by id; ``faces`` are the preferred faces by role, ``font_folders`` where the office keeps its own."""

    kinds: Mapping[str, Kind]
    seal_diameter: float
    faces: Mapping[str, tuple[str, ...]]
    font_folders: tuple[Path, ...]

    @cached_property
    def merger(self) -> Merger:
        """The merger with its parsed templates."""
        return Merger(self.kinds, places, self.seal_diameter)

    @cached_property
    def fonts(self) -> FontBook:
        """The office's fonts and the free ones behind them."""
        return FontBook.open(self.faces, self.font_folders)

    def print(self, numbered: NumberedRecord) -> RenderedDocument:
        """The paper as DOCX and PDF/A. Raises ``CannotRender`` (the gate), ``ConfigurationError`` (the template)."""
        began = perf_counter()
        merged = self.merger.merge(numbered)
        milliseconds = (perf_counter() - began) * 1000
        printed = render(merged.docx, book=self.fonts, metadata=_metadata(numbered))
        report = replace(printed.report, milliseconds={"merge": milliseconds, **printed.report.milliseconds})
        return RenderedDocument(merged, printed.pdf, report)

    def print_blank(self, kind: Kind) -> RenderReport:
        """Print a kind's form with nothing filled in, to see that the press works. Raises as ``print`` does."""
        return render(self.merger.blank_form(kind), book=self.fonts, metadata=Metadata(title=kind.name)).report


def _metadata(numbered: NumberedRecord) -> Metadata:
    """What the PDF says of itself (Info and XMP): 题名, 责任者, 文种, 文号 and 档号."""
    record = numbered.record
    keywords = [record.kind.name, *([numbered.number.text] if numbered.number else []), numbered.archival_code.text]
    return Metadata(
        title=numbered.title.replace("\n", ""),
        author=record.organisation.name,
        subject=record.kind.name,
        keywords=tuple(keywords),
    )
