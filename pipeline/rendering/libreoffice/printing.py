"""A Word file through LibreOffice to a PDF/A that may be filed: handed over, described, and checked.

It draws what our engine refuses (formulas, charts, EMF). What the archive must not hold is refused all the same:
changes and comments that nobody settled, content fetched from elsewhere. Its PDF has no signature fields, since nobody
knows where it put what: the report has no boxes, and names the fields as left out. Its bytes are no promise: dates and
identifiers are taken out, but two runs of LibreOffice differ in more.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir

import pikepdf
from pypdf import PdfReader

from pipeline.core.errors import CannotRender
from pipeline.core.messages import _
from pipeline.core.values import RenderReport
from pipeline.rendering.archival import faults
from pipeline.rendering.archived import say_of_itself
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.layout import lay_out
from pipeline.rendering.libreoffice.fontmap import font_map
from pipeline.rendering.libreoffice.supervised import LibreOffice
from pipeline.rendering.metadata import AssociatedFile, Metadata
from pipeline.rendering.model import Block, BoxSeg, Document, Table, stacked
from pipeline.rendering.ooxml import Package
from pipeline.rendering.readable import readable_text
from pipeline.rendering.refusals import ACCEPT_CHANGES, REMOVE_COMMENTS
from pipeline.rendering.render import Printed, refused
from pipeline.rendering.shape_boxes import FIELD_NAMES
from pipeline.rendering.source import read_source
from pipeline.rendering.usage import Usage
from pipeline.rendering.words import counted, difference

_UNSETTLED = frozenset({ACCEPT_CHANGES, REMOVE_COMMENTS})
_HARMLESS = frozenset({"hyperlink", "attachedTemplate"})
"""External relationships that fetch nothing."""


def print_by(engine: LibreOffice, docx: bytes, *, book: FontBook, metadata: Metadata) -> Printed:
    """Print a Word file by LibreOffice.

    Raises ``CannotRender`` for what is no readable Word file, what is not settled or fetches from elsewhere, when
    LibreOffice fails, and when its PDF lacks pages, words of the Word file, or what PDF/A asks.
    """
    began = time.perf_counter()
    usage = Usage()
    source = read_source(docx)
    document = lay_out(source, book, usage)
    unsettled = tuple(each for each in document.refusals if each.remedy in {_(words) for words in _UNSETTLED})
    if unsettled:
        raise refused(unsettled)
    _refuse_fetching(source.package)
    read = time.perf_counter()
    fonts = font_map(usage.substitutions, book, Path(gettempdir()) / "gongwen-fontcache")
    plain = engine.convert(docx, fonts, metadata.level)
    converted = time.perf_counter()
    pdf, producer, pages = _described(plain, metadata)
    _check(pdf, document)
    ended = time.perf_counter()
    report = RenderReport(
        pages=pages,
        text=readable_text(document),
        substitutions=usage.substitutions,
        milliseconds={
            "read": (read - began) * 1000,
            "libreoffice": (converted - read) * 1000,
            "gate": (ended - converted) * 1000,
        },
        engine=producer,
        left_out=tuple(_places(each for section in document.sections for each in stacked(section.blocks))),
    )
    return Printed(pdf, report, fonts=_fonts(pdf))


def _places(blocks: Iterable[Block]) -> Iterator[str]:
    """The names of the places for seals and signatures, which become fields in our own PDFs."""
    for block in blocks:
        if isinstance(block, Table):
            yield from _places(each for row in block.rows for cell in row.cells for each in cell.blocks)
            continue
        inline = (part.shape for line in block.lines for part in line.parts if isinstance(part, BoxSeg))
        for shape in (*block.shapes, *inline):
            if shape.name.startswith(FIELD_NAMES):
                yield shape.name
            yield from _places(shape.inner_blocks())


def _fonts(data: bytes) -> tuple[str, ...]:
    """The names of the faces in the PDF, without the mark of a subset."""
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each)
        return tuple(sorted({str(font.BaseFont).lstrip("/").partition("+")[2] for font in fonts}))


def _refuse_fetching(package: Package) -> None:
    """Linked pictures and documents would be read from wherever the file says."""
    for part in package.parts:
        for tie in package.related(part).values():
            if tie.external and tie.kind not in _HARMLESS:
                raise CannotRender(
                    _("文件要从别处取内容：{target}").format(target=tie.target),
                    where=part,
                    remedy=_("在 Word 里把链接的图片或内容改为插入到文件中"),
                )


def _described(plain: bytes, metadata: Metadata) -> tuple[bytes, str, int]:
    """The PDF with our own metadata and files in place of LibreOffice's; who made it; how many pages."""
    try:
        pdf = pikepdf.open(BytesIO(plain))
    except pikepdf.PdfError as error:
        raise CannotRender(_("LibreOffice 印出的 PDF 打不开：{error}").format(error=error)) from None
    with pdf:
        producer = str(pdf.docinfo.get("/Producer", "LibreOffice"))
        if "/DocChecksum" in pdf.trailer:
            del pdf.trailer.DocChecksum
        if "/OpenAction" in pdf.Root:  # "show the first page", which readers do anyway
            del pdf.Root.OpenAction
        say_of_itself(pdf, metadata, producer)
        _embed(pdf, metadata.files)
        buffer = BytesIO()
        pdf.save(buffer, deterministic_id=True, fix_metadata_version=False)
        return buffer.getvalue(), producer, len(pdf.pages)


def _embed(pdf: pikepdf.Pdf, files: tuple[AssociatedFile, ...]) -> None:
    """Files inside, as ``finish.embed_files`` puts them into our own."""
    if not files:
        return
    names, associated = pikepdf.Array(), pikepdf.Array()
    for file in sorted(files, key=lambda each: each.name):
        content = pdf.make_stream(file.data)
        content.Type, content.Subtype = pikepdf.Name.EmbeddedFile, pikepdf.Name(f"/{file.media_type}")
        content.Params = pikepdf.Dictionary(Size=len(file.data))
        specification = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Filespec,
                F=file.name,
                UF=file.name,
                EF=pikepdf.Dictionary(F=content, UF=content),
                AFRelationship=pikepdf.Name(f"/{file.relationship}"),
                Desc=file.description or file.name,
            )
        )
        names.extend([pikepdf.String(file.name), specification])
        associated.append(specification)
    if "/Names" not in pdf.Root:
        pdf.Root.Names = pikepdf.Dictionary()
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=names)
    pdf.Root.AF = associated


def _check(data: bytes, document: Document) -> None:
    """Pages, words and PDF/A, as far as they can be looked at from outside; all objections at once."""
    objections: list[str] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        if not len(pdf.pages):
            raise CannotRender(_("LibreOffice 印出的 PDF 没有一页"))
        objections += [_("不符合 PDF/A：{detail}").format(detail=each) for each in _archival_faults(pdf, data)]
    shown = (page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    lost, _added = difference(counted([document.text]), counted(shown))
    if lost:
        objections.append(_("纸面上少了这些字：{characters}").format(characters=lost))
    if objections:
        raise CannotRender(
            "\n".join(objections), remedy=_("LibreOffice 印不好这个文件；在 Word 里改简单些，或换回本程序自己印")
        )


def _archival_faults(pdf: pikepdf.Pdf, data: bytes) -> Iterator[str]:
    yield from faults(pdf, data)
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and "/ToUnicode" not in each:
            if str(each.get("/Subtype", "")).startswith("/CIDFont"):
                continue  # part of a composite font, which has it
            yield f"6.2.11.7.2 {each.get('/BaseFont', '')}"
