"""A press: merge one numbered record into its official Word file and print the PDF/A of that very file.

Lives in a worker process; its fonts and parsed templates are loaded once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from time import perf_counter

from pipeline import __version__
from pipeline.conformance import refuse_misplaced
from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import Kind
from pipeline.core.messages import _
from pipeline.core.retention import RETENTIONS
from pipeline.core.text import on_one_line
from pipeline.core.values import MergedDocument, NumberedRecord, Record, RenderedDocument, RenderReport
from pipeline.filing import enclosed_record
from pipeline.kinds import unprinted
from pipeline.merge.merger import Merger
from pipeline.merge.placeholders import placeholders
from pipeline.readable import Readable, word_readable
from pipeline.rendering import ArchiveStamp, AssociatedFile, FontBook, Metadata, Overprint, Printed, render
from pipeline.rendering.libreoffice import LibreOffice, print_by
from pipeline.sealing import places
from pipeline.tasks import PressSettings

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Press(PressSettings):
    """What its settings say, and what it needs for it: opened at the first paper, kept for all that follow."""

    @cached_property
    def merger(self) -> Merger:
        """The merger with its parsed templates."""
        return Merger(self.kinds, places, self.seal_diameter)

    @cached_property
    def fonts(self) -> FontBook:
        """The office's fonts and the free ones behind them."""
        return FontBook.open(self.faces, self.font_folders)

    def print(self, numbered: NumberedRecord) -> RenderedDocument:
        """The paper as DOCX and PDF/A.

        Raises ``CannotRender`` (the gate, or parts of an official paper that left their page), ``ConfigurationError``
        (the template, also one that has no place for something the paper says).
        """
        began = perf_counter()
        if not numbered.is_printout:
            _refuse_unprinted(numbered.record)
        merged = self.merger.merge(numbered)
        milliseconds = (perf_counter() - began) * 1000
        printed = self._printed(merged)
        refuse_misplaced(printed.pdf, numbered.record.kind.format)
        report = replace(printed.report, milliseconds={"merge": milliseconds, **printed.report.milliseconds})
        return RenderedDocument(merged, printed.pdf, report)

    @cached_property
    def libreoffice(self) -> LibreOffice:
        """The second engine. Raises ``ConfigurationError`` when it is not installed."""
        return LibreOffice.installed()

    def _printed(self, merged: MergedDocument) -> Printed:
        metadata, order = self._metadata(merged), self._overprint(merged.numbered)
        if (merged.numbered.record.kind.engine or self.engine) == "libreoffice":
            printed = print_by(self.libreoffice, merged.docx, book=self.fonts, metadata=metadata)
            report = printed.report
            left_out = (*report.left_out, *order.names(report.pages))  # nobody knows where its pages are free
            return replace(printed, report=replace(report, left_out=left_out))
        return render(merged.docx, book=self.fonts, metadata=metadata, overprint=order)

    def _overprint(self, numbered: NumberedRecord) -> Overprint:
        """What is printed on this paper besides its content, as office and kind say."""
        kind = numbered.record.kind
        return Overprint(
            paper=numbered.paper if self.code else "",
            stamp=self._stamp(numbered) if self.stamp else None,
            paging=self.paging,
            cross_page_seals=kind.seals if kind.cross_page_seals else (),
            seal_diameter=self.seal_diameter,
        )

    def _stamp(self, numbered: NumberedRecord) -> ArchiveStamp:
        """The cells of the 归档章 as the 档号 has them; organ and period in words, which readers prefer."""
        code, organ = numbered.archival_code, numbered.record.organisation
        return ArchiveStamp(
            fonds=code.lowest_class.partition("-")[0],
            year=str(numbered.record.date.year),
            piece=f"{code.piece:04d}",
            organ=(organ.short_name, organ.code),
            retention=RETENTIONS[self.retention[numbered.record.kind.id]],
        )

    def print_old(self, docx: bytes, metadata: Metadata) -> Readable:
        """The Word file of an old paper, printed to be read. Raises ``CannotRender`` for what is no Word file."""
        return word_readable(docx, metadata, self.fonts)

    def print_blank(self, kind: Kind) -> RenderReport:
        """Print a kind's form with nothing filled in, to see that the press works. Raises as ``print`` does."""
        return render(self.merger.blank_form(kind), book=self.fonts, metadata=Metadata(title=kind.name)).report

    def _metadata(self, merged: MergedDocument) -> Metadata:
        """What the PDF says of itself (Info and XMP): 题名, 责任者, 文种, 文号 and 档号; and what it carries."""
        numbered = merged.numbered
        record, number = numbered.record, numbered.number.text if numbered.number else ""
        return Metadata(
            title=numbered.title.replace("\n", ""),
            author=record.organisation.name,
            subject=record.kind.name,
            keywords=tuple(filter(None, (record.kind.name, number, numbered.archival_code.text))),
            number=number,
            archival_code=numbered.archival_code.text,
            described=self._described(numbered),
            level=self.level,
            files=self._files(merged) if self.embed and not numbered.is_printout else (),
        )

    def _described(self, numbered: NumberedRecord) -> Mapping[str, str]:
        """The elements of DA/T 46 that stand in the metadata file beside the paper, for the PDF's XMP."""
        record, code = numbered.record, numbered.archival_code
        if numbered.is_printout:
            return {}
        head = record.head.values
        described = {
            "fonds": code.lowest_class.partition("-")[0],
            "year": str(record.date.year),
            "retentionPeriod": RETENTIONS[self.retention[record.kind.id]],
            "organisation": record.organisation.code,
            "itemNumber": f"{code.piece:04}" if code.piece else "",
            "date": record.date.isoformat(),
            "documentType": record.kind.name,
            "addressees": on_one_line(str(head.get("addressees") or "")),
            "copies": on_one_line(str(head.get("cc") or "")),
        }
        return {name: text for name, text in described.items() if text}

    def _files(self, merged: MergedDocument) -> tuple[AssociatedFile, AssociatedFile]:
        """The Word file and the record, named by the 档号, or by the id until there is one: no two papers share it."""
        numbered = merged.numbered
        name = numbered.archival_code.text or numbered.paper
        record = enclosed_record(merged, self.retention[numbered.record.kind.id], __version__)
        return (
            AssociatedFile(f"{name}.docx", merged.docx, _WORD, "Source", _("合成的 Word 文件")),
            AssociatedFile(f"{name}.json", record, "application/json", "Data", _("归档记录")),
        )


def _refuse_unprinted(record: Record) -> None:
    """A placeholder that somebody deleted in Word takes words from every paper; none goes out without them."""
    template = record.kind.template
    lost = unprinted(record, placeholders(template))
    if lost:
        raise ConfigurationError(
            _("；").join(lost),
            where=str(template),
            remedy=_("在 Word 里改好模板再运行；“gongwen kinds check”会检查全部占位符"),
        )
