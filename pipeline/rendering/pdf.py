"""The laid-out document to PDF/A, closed to the world and equal byte for byte when its input is.

WeasyPrint paginates, draws tables, shapes and pictures, and writes; the text is set by us (``typeset``) in the fonts of
this document and no others. Pictures come from memory. Its complaints are collected: the gate reads them.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from types import SimpleNamespace
from typing import Any

import pydyf
import weasyprint.draw
from weasyprint import DEFAULT_OPTIONS, LOGGER, Page
from weasyprint import Document as Layout
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector
from weasyprint.images import get_image_from_uri
from weasyprint.layout import LayoutContext, layout_document
from weasyprint.pdf import generate_pdf
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pipeline.core.messages import _
from pipeline.core.values import FieldBox
from pipeline.rendering.boxes import Boxed, boxes_of
from pipeline.rendering.finish import Described, add_signature_fields, embed_files, label_pages, tidy
from pipeline.rendering.metadata import Metadata
from pipeline.rendering.model import Document, Section
from pipeline.rendering.overprint.lettering import UNLETTERED, Lettered
from pipeline.rendering.overprint.printing import Overprinted, overprint
from pipeline.rendering.page_looks import PageLooks, section_index
from pipeline.rendering.shown import Shown, link_up, number_pages, page_labels, shown_lines
from pipeline.rendering.subset import FontFile
from pipeline.rendering.table_rules import draw_rules
from pipeline.rendering.tags import mark_up
from pipeline.rendering.typecase import Typecase
from pipeline.rendering.writing import write

_PICTURE_URL = "gongwen:picture/"
_LOCK = Lock()

weasyprint.draw.draw_collapsed_borders = draw_rules


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """A printed file of so many ``pages``. ``boxes`` are its signature fields, ``complaints`` what WeasyPrint found
    wrong with its input.

    ``margins`` is the text in the margins of each page, ``repeated`` what the pages show beyond the body of the Word
    file: their margins, table heads again, page numbers. ``overprint`` is what was drawn besides all that.
    """

    pdf: bytes
    pages: int
    boxes: tuple[FieldBox, ...]
    complaints: tuple[str, ...]
    margins: tuple[str, ...]
    repeated: tuple[str, ...]
    overprint: Overprinted = field(default_factory=Overprinted)


def print_pdf(
    document: Document,
    fonts: Sequence[FontFile],
    metadata: Metadata,
    lettered: Lettered = UNLETTERED,
    *,
    digest: str,
) -> PrintedPages:
    """Print. ``digest`` (SHA-256 of the Word file, hexadecimal) becomes the first half of the PDF's ID.

    A signature's place that is on no page is a complaint.
    """
    case = Typecase(fonts)
    pictures = _Pictures()
    with _LOCK, _listening() as complaints:
        boxed = boxes_of(document, case, pictures.image)
        layout = _laid_out(document, boxed, pictures, Described(metadata))
        lines = shown_lines(layout)
        number_pages(lines, layout, document)
        link_up(lines, layout)
        structure = mark_up(lines)
        options = {"pdf_variant": f"pdf/a-{metadata.level}", "output_intent": "srgb"}
        pdf = generate_pdf(layout, None, 1, **(DEFAULT_OPTIONS | options))
        _font_entry(pdf).update(case.embed(pdf))
        fields = add_signature_fields(layout, pdf, boxed.places)
        overprinted = overprint(lettered, pdf, case, _sections(layout, document), fields, digest)
        label_pages(pdf, page_labels(layout, document))
        structure.write(pdf, [pdf.objects[each] for each in pdf.pages["Kids"][::3]])
        embed_files(pdf, metadata.files)
        tidy(pdf)
        data = write(pdf, digest)
    on_paper = {anchor for page in layout.pages for anchor in page.anchors}
    complaints += [
        _("签名处“{name}”不在纸面上").format(name=each.name) for each in boxed.places if each.anchor not in on_paper
    ]
    return PrintedPages(
        data,
        len(layout.pages),
        fields,
        tuple(complaints),
        _margins(lines, len(layout.pages)),
        tuple(shown.repeated for shown in lines if shown.repeated),
        overprinted,
    )


def _laid_out(document: Document, boxed: Boxed, pictures: _Pictures, metadata: Described) -> Layout:
    """The pages (``weasyprint.Document._render`` without its HTML and CSS)."""
    context = LayoutContext(
        PageLooks(document, pictures.address), pictures.get, None, CounterStyle(), TargetCollector()
    )
    context.footnotes = list(boxed.notes)
    nowhere = SimpleNamespace(etree_element=None, base_url=None)
    pages = [Page(box) for box in layout_document(nowhere, boxed.root, context)]
    return Layout(pages, metadata, None, SimpleNamespace(font_map=None), {}, "srgb")


def _sections(layout: Layout, document: Document) -> tuple[Section, ...]:
    """The section of each page."""
    return tuple(document.sections[section_index(page._page_box.page_type.name)] for page in layout.pages)


def _font_entry(pdf: pydyf.PDF) -> pydyf.Dictionary:
    """The fonts in the resources that all pages share: none yet, since WeasyPrint drew no text."""
    page = pdf.objects[pdf.pages["Kids"][0]]
    resources = pdf.objects[int(page["Resources"].split()[0])]
    entry: pydyf.Dictionary = pdf.objects[int(resources["Font"].split()[0])]
    assert not entry
    return entry


def _margins(lines: Sequence[Shown], pages: int) -> tuple[str, ...]:
    texts = [""] * pages
    for shown in lines:
        if shown.band:
            texts[shown.page] += shown.type.text
    return tuple(texts)


class _Pictures:
    """The pictures of one document, by the digest of their bytes; refuses whatever else a file asks for."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}
        self._cache: dict[str, Any] = {}

    @cached_property
    def fetcher(self) -> _Memory:
        """Where WeasyPrint gets them; making one takes as long as a page, and most papers have no picture."""
        return _Memory(self._bytes)

    def image(self, picture: bytes) -> Any:
        """WeasyPrint's picture of these bytes, None (and a complaint) when they are none."""
        return self.get(url=self.address(picture))

    def address(self, picture: bytes) -> str:
        """Where WeasyPrint finds these bytes."""
        url = _PICTURE_URL + hashlib.sha256(picture).hexdigest()[:16]
        self._bytes[url] = picture
        return url

    def get(self, **asked: Any) -> Any:
        """What WeasyPrint's layout asks for by its address."""
        return get_image_from_uri(self._cache, self.fetcher, DEFAULT_OPTIONS, **asked)


class _Memory(URLFetcher):  # type: ignore[misc]
    """Serves bytes from memory and nothing else, local files neither."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._known = known

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind one of our own URLs. Raises ``ValueError`` for any other."""
        if url not in self._known:
            raise ValueError(f"refused: {url}")
        return URLFetcherResponse(url, self._known[url])


@contextmanager
def _listening() -> Iterator[list[str]]:
    """WeasyPrint's warnings and errors, while it works, instead of on the terminal."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    ear = Ear(logging.WARNING)
    handlers, propagate, level = LOGGER.handlers[:], LOGGER.propagate, LOGGER.level
    LOGGER.handlers, LOGGER.propagate = [ear], False
    LOGGER.setLevel(logging.WARNING)
    try:
        yield heard
    finally:
        LOGGER.handlers, LOGGER.propagate = handlers, propagate
        LOGGER.setLevel(level)
