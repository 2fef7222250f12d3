"""Offices for tests: the example office in a folder of the test's own, and a press that prints at once.

The calm press makes small stand-ins for DOCX and PDF, so that what is tested is the way of a paper and not its looks.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.catalogues import is_derived
from pipeline.core.errors import GongwenError
from pipeline.core.values import MergedDocument, NumberedRecord, RenderedDocument, RenderReport, Workbook
from pipeline.filing import census
from pipeline.office import Office
from pipeline.readable import Readable, pdf_readable, pictures_readable
from pipeline.rendering import Metadata
from pipeline.retrieval import NumberBook, Report, verify
from pipeline.scanning import Attached, ScanLimits
from pipeline.scanning.attached import read_attached
from pipeline.sheets import Limits, read_workbook

EXAMPLES = Path(__file__).parent.parent / "examples"
FORMS = "兼职委员登记表（六人）.xlsx"
NOTICE = "铜王组发50号通知.xlsx"
MISTAKES = "登记表（有错误）.xlsx"


BLANK = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)
"""The smallest PDF: what is printed of the archive is opened again, to lead its links."""


class CalmWorkers:
    """Reads in this process, and prints a paper by writing its title; a list of the archive is a blank page."""

    count = 1

    def __enter__(self) -> CalmWorkers:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def warm_up(self) -> None:
        pass

    def read(self, path: Path) -> Workbook:
        return read_workbook(path, Limits())

    def read_attached(self, path: Path) -> Attached:
        return read_attached(path, ScanLimits())

    def print_papers(self, papers: Sequence[NumberedRecord]) -> Iterator[RenderedDocument | GongwenError]:
        for paper in papers:
            number = paper.number.text if paper.number else ""
            words = f"{number} {paper.title} {paper.archival_code.text}"
            merged = MergedDocument(paper, b"PK docx " + words.encode())
            pdf = BLANK if paper.is_printout else b"%PDF " + words.encode()
            yield RenderedDocument(merged, pdf, RenderReport(pages=1, text=words))

    def pdf_readable(self, path: Path) -> Readable:
        return pdf_readable(path, ScanLimits())

    def pictures_readable(self, paths: Sequence[Path], metadata: Metadata) -> Readable:
        return pictures_readable(paths, metadata, ScanLimits())

    def word_readable(self, docx: bytes, metadata: Metadata) -> Readable:
        return Readable(BLANK, RenderReport(pages=1, text=metadata.title))


def make_office(root: Path, *, coding: str = "") -> Office:
    """The example office in ``root`` with calm workers and no waiting; ``coding`` as ``[archive] coding`` has it."""
    for name in ("inbox", "archive"):
        (root / name).mkdir(parents=True, exist_ok=True)
    settings = (EXAMPLES / "gongwen.toml").read_text(encoding="utf-8")
    settings = settings.replace("settle_seconds = 2.0", "settle_seconds = 0")
    settings += f'\n[archive]\ncoding = "{coding}"\n' if coding else ""
    (root / "gongwen.toml").write_text(settings, encoding="utf-8")
    office = Office.open(root)
    vars(office)["workers"] = CalmWorkers()
    return office


def drop(office: Office, name: str, *, under: str = "") -> Path:
    """Put an example workbook into the inbox, under another name if one is given."""
    path = office.settings.inbox / (under or name)
    shutil.copyfile(EXAMPLES / "inbox" / name, path)
    return path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by relative path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def verified(office: Office) -> Report:
    """The outcome of ``gongwen verify``."""
    book = NumberBook(office.register.acts(), office.register.ledger())
    found = census(office.settings.archive)
    history = office.register.history(found.days.values())
    return verify(
        office.settings.archive,
        found,
        office.register.papers(),
        book=book,
        history=history,
        is_derived=is_derived,
        deeds=office.register.deeds(),
    )
