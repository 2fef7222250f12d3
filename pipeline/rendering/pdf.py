"""HTML and CSS to PDF/A-3u, closed to the world and equal byte for byte when its input is.

WeasyPrint paginates, draws and writes; what it needs comes from memory, and whatever else a page asks for is refused.
It sees no font of the machine, only the subsets of this document, so a character without a face cannot slip into a
face nobody chose. Its complaints are collected: the gate reads them.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pydyf
from weasyprint import CSS, HTML, LOGGER, Document
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pipeline.core.messages import _
from pipeline.core.values import FieldBox
from pipeline.rendering.finish import add_signature_fields, tidy
from pipeline.rendering.model import FieldPlace
from pipeline.rendering.subset import FontFile
from pipeline.rendering.symbols import SymbolFace

VARIANT = "pdf/a-3u"
FONT_URL = "gongwen:font/"
PICTURE_URL = "gongwen:picture/"
"""``<img src="gongwen:picture/KEY">`` shows ``pictures[KEY]``."""

_NO_FONTS = Path(__file__).parent / "no-fonts.conf"
_LAST_RESORT = SymbolFace()
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands in the PDF's Info dictionary and in its XMP, the same in both; empty parts are left out."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """A printed file. ``boxes`` are its signature fields, ``complaints`` what WeasyPrint found wrong with its input.

    ``layout`` is WeasyPrint's own result, for the gate.
    """

    pdf: bytes
    boxes: tuple[FieldBox, ...]
    complaints: tuple[str, ...]
    layout: Document


def print_pdf(
    html: str,
    css: str,
    fonts: Sequence[FontFile],
    metadata: Metadata,
    *,
    identifier: str,
    pictures: Mapping[str, bytes] | None = None,
    fields: Sequence[FieldPlace] = (),
) -> PrintedPages:
    """Print. CSS names a face by its ``FontFile.family`` and never asks for bold or italic.

    ``identifier`` (hexadecimal digest of the source) becomes the first half of the PDF's ID. A place in ``fields``
    whose element is on no page is a complaint.
    """
    fetcher = _Memory(fonts, pictures or {})
    with _LOCK, _listening() as complaints:
        configuration = _own_fonts_only()
        sheet = CSS(string=_font_faces(fetcher.fonts) + css, font_config=configuration, url_fetcher=fetcher)
        layout = HTML(string=html, url_fetcher=fetcher).render(configuration, stylesheets=[sheet], pdf_variant=VARIANT)
        layout.metadata = DocumentMetadata(
            title=metadata.title or None,
            authors=[metadata.author] if metadata.author else [],
            description=metadata.subject or None,
            keywords=list(metadata.keywords),
            generator="gongwen",
            lang=metadata.language,
        )
        boxes: list[FieldBox] = []

        def finish(document: Document, pdf: pydyf.PDF) -> None:
            tidy(pdf)
            boxes.extend(add_signature_fields(document, pdf, fields))

        data = layout.write_pdf(finisher=finish, pdf_variant=VARIANT, pdf_identifier=identifier.encode("ascii"))
    on_paper = {anchor for page in layout.pages for anchor in page.anchors}
    complaints += [
        _("签名处“{name}”不在纸面上").format(name=each.name) for each in fields if each.anchor not in on_paper
    ]
    return PrintedPages(data, tuple(boxes), tuple(complaints), layout)


def _font_faces(fonts: Mapping[str, bytes]) -> str:
    # Every face is called plain, the bold ones too: weight and slant are in the face and never asked for.
    rule = '@font-face{{font-family:"{name}";font-weight:400;font-style:normal;src:url("{url}{name}")}}'
    return "".join(rule.format(name=name, url=FONT_URL) for name in fonts)


class _Memory(URLFetcher):  # type: ignore[misc]
    """Serves the fonts and pictures of one document and refuses everything else, local files too."""

    def __init__(self, fonts: Sequence[FontFile], pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self.fonts = {font.family: font.data for font in fonts}
        # Pango ends the process when it finds no font at all, as on an empty page.
        self.fonts.setdefault(_LAST_RESORT.key, _LAST_RESORT.subset("☐"))
        self.pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind one of our own URLs. Raises ``ValueError`` for any other."""
        if url.startswith(FONT_URL):
            return URLFetcherResponse(url, self.fonts[url.removeprefix(FONT_URL)])
        if url.startswith(PICTURE_URL):
            return URLFetcherResponse(url, self.pictures[url.removeprefix(PICTURE_URL)])
        raise ValueError(f"refused: {url}")


def _own_fonts_only() -> FontConfiguration:
    """A configuration that knows no installed font. fontconfig reads its file's name from the environment."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_NO_FONTS)
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


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
