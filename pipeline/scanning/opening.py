"""Open a scan: a PDF, JPEG, TIFF or PNG as a sequence of pages, each as pixels and as it will be kept.

A scanner's PDF is one picture a page; its bytes are kept as they are where a PDF/A may hold them, so that nothing is
compressed twice. Anything else on a page (a stamp on top, several strips, a drawing) is rendered. Content decides what
a file is, never its name, and every size is looked at before anything is unpacked.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageFile, UnidentifiedImageError

from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.scanning.kept import KeptImage, kept_jpeg, kept_pixels, pixels_of
from pipeline.scanning.values import ScanLimits, UnreadableScan

_POINTS = 72.0
_RENDERED_DPI = 200.0
_MOST_DPI = 300.0
_COVERS = 0.8
"""The part of a page that its one picture must cover to be the page."""
_PLAUSIBLE_DPI = (72.5, 1300.0)
"""72 and less is what cameras and programs write that do not know."""


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page in hand: ``picture`` in mode L or RGB, ``kept`` as it goes into a PDF, ``dpi`` 0.0 when not known."""

    number: int
    picture: Image.Image
    kept: KeptImage
    dpi: float


def open_pages(path: Path, limits: ScanLimits, wanted: frozenset[int] | None = None) -> Iterator[OpenPage]:
    """The pages, or those ``wanted`` by number, one after the other. Raises ``UnreadableScan``."""
    refuse_bytes(path, limits)
    with path.open("rb") as stream:
        head = stream.read(1024)
    yield from (_pdf_pages if b"%PDF-" in head else _picture_pages)(path, limits, wanted)


# --------------------------------------------------------------------------- pictures


def _picture_pages(path: Path, limits: ScanLimits, wanted: frozenset[int] | None) -> Iterator[OpenPage]:
    data = path.read_bytes()
    try:
        with warnings.catch_warnings(), _whole_pictures_only():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "TIFF", "PNG"))
            frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            _refuse_pages(frames, limits)
            for index in range(frames):
                if wanted is not None and index + 1 not in wanted:
                    continue
                if frames > 1:
                    picture.seek(index)
                _refuse_size(index + 1, picture.width * picture.height, limits)
                yield _picture_page(index + 1, picture, data)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise _broken(str(error)) from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels(1, limits) from None


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint tells Pillow to fill up pictures that were cut off; half a seal is none."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _picture_page(number: int, picture: Image.Image, data: bytes) -> OpenPage:
    kept = kept_jpeg(data) if picture.format == "JPEG" else None
    dpi = _dpi_of(picture)
    return OpenPage(number, pixels_of(picture), kept or kept_pixels(picture), dpi)


def _dpi_of(picture: Image.Image) -> float:
    try:
        across, down = (float(each) for each in picture.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0
    low, high = _PLAUSIBLE_DPI
    return across if low < across < high and abs(across - down) < 1 else 0.0


# --------------------------------------------------------------------------- PDF


def _pdf_pages(path: Path, limits: ScanLimits, wanted: frozenset[int] | None) -> Iterator[OpenPage]:
    with open_pdf(path, limits) as document:
        for index in range(len(document)):
            if wanted is None or index + 1 in wanted:
                yield _pdf_page(index + 1, document[index], limits)


@contextmanager
def open_pdf(path: Path, limits: ScanLimits) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF, for as long as it is looked at. Raises ``UnreadableScan``, also for what goes wrong meanwhile."""
    refuse_bytes(path, limits)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableScan(Finding(Code.PASSWORD, hint=_("去掉 PDF 的密码后再放一次"))) from None
        raise _broken(str(error)) from None
    try:
        _refuse_pages(len(document), limits)
        yield document
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise _broken(str(error)) from None
    finally:
        document.close()


def looked_at(page: pypdfium2.PdfPage) -> tuple[int, list[str], float] | None:
    """Of a page that is one picture: its bits a pixel, its filters and its dpi; nothing is unpacked. None of others."""
    images = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    if len(images) != 1 or not isinstance(images[0], pypdfium2.PdfImage) or not _is_whole_page(images[0], page):
        return None
    return images[0].get_metadata().bits_per_pixel, images[0].get_filters(), _dpi_of_image(images[0])


def _pdf_page(number: int, page: pypdfium2.PdfPage, limits: ScanLimits) -> OpenPage:
    images = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    only = images[0] if len(images) == 1 and isinstance(images[0], pypdfium2.PdfImage) else None
    if only is not None and _is_whole_page(only, page):
        found = _only_picture(number, only, page, limits)
        if found is not None:
            return found
    return _rendered(number, page, images, limits)


def _is_whole_page(image: pypdfium2.PdfImage, page: pypdfium2.PdfPage) -> bool:
    """Whether nothing but this picture is seen. The invisible text that copiers put under a scan does not count."""
    if pdfium.FPDFPage_GetAnnotCount(page.raw):  # a stamp laid on top
        return False
    left, bottom, right, top = image.get_bounds()
    width, height = page.get_mediabox()[2] - page.get_mediabox()[0], page.get_mediabox()[3] - page.get_mediabox()[1]
    if (right - left) * (top - bottom) < _COVERS * width * height:
        return False
    a, b, c, d, _e, _f = image.get_matrix().get()
    straight = abs(b) + abs(c) < 1e-3 * (abs(a) + abs(d)) and a > 0 and d > 0
    return bool(straight) and not any(_is_seen(each) for each in page.get_objects())


def _is_seen(each: pypdfium2.PdfObject) -> bool:
    if each.type == pdfium.FPDF_PAGEOBJ_TEXT:
        return bool(pdfium.FPDFTextObj_GetTextRenderMode(each.raw) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    return each.type not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)


def _only_picture(
    number: int, image: pypdfium2.PdfImage, page: pypdfium2.PdfPage, limits: ScanLimits
) -> OpenPage | None:
    """The page as the one picture it is; None when that cannot be had on its own (masks, several colours of ink)."""
    width, height = image.get_px_size()
    _refuse_size(number, width * height, limits)
    left, _bottom, right, _top = image.get_bounds()
    dpi = width * _POINTS / max(right - left, 1.0)
    filters = image.get_filters()
    bits = image.get_metadata().bits_per_pixel
    if filters == ["DCTDecode"] and bits in (8, 24):
        data = bytes(image.get_data())
        kept = kept_jpeg(data)
        if kept is not None:
            return OpenPage(number, pixels_of(Image.open(io.BytesIO(data))), kept, dpi)
    if bits not in (1, 8, 24) or pdfium.FPDFPageObj_HasTransparency(image.raw):
        return None
    bitmap = image.get_bitmap()
    picture = bitmap.to_pil().convert("L" if bits == 1 else "RGB")
    return OpenPage(number, picture, kept_pixels(picture.point(_black_or_white, "1") if bits == 1 else picture), dpi)


def _black_or_white(value: int) -> int:
    return 255 if value > 127 else 0


def _rendered(number: int, page: pypdfium2.PdfPage, images: list[pypdfium2.PdfObject], limits: ScanLimits) -> OpenPage:
    width, height = page.get_size()
    dpi = min(_MOST_DPI, max([_RENDERED_DPI, *(_dpi_of_image(each) for each in images)]))
    area = width * height / _POINTS**2
    _refuse_size(number, int(area * _POINTS**2), limits)  # even at a pixel for each point
    dpi = min(dpi, (limits.pixels / max(area, 1e-6)) ** 0.5)
    picture = page.render(scale=dpi / _POINTS, may_draw_forms=False).to_pil().convert("RGB")
    return OpenPage(number, picture, kept_pixels(picture), dpi)


def _dpi_of_image(each: pypdfium2.PdfObject) -> float:
    if not isinstance(each, pypdfium2.PdfImage):
        return 0.0
    left, _bottom, right, _top = each.get_bounds()
    return float(each.get_px_size()[0] * _POINTS / max(right - left, 1.0))


# --------------------------------------------------------------------------- refusals


def refuse_bytes(path: Path, limits: ScanLimits) -> None:
    """Raise ``UnreadableScan`` for a file that is too large to be opened."""
    if path.stat().st_size > limits.file_bytes:
        raise UnreadableScan(
            Finding(
                Code.TOO_LARGE,
                expected=_("不超过 {size} MB 的扫描件").format(size=limits.file_bytes // 1_000_000),
                hint=_("分成几个文件再放一次"),
            )
        )


def _refuse_pages(count: int, limits: ScanLimits) -> None:
    if not 0 < count <= limits.pages:
        raise UnreadableScan(
            Finding(
                Code.TOO_LARGE if count else Code.EMPTY,
                expected=_("不超过 {pages} 页的扫描件").format(pages=limits.pages),
                hint=_("分成几个文件再放一次"),
            )
        )


def _refuse_size(number: int, pixels: int, limits: ScanLimits) -> None:
    if pixels > limits.pixels:
        raise _too_many_pixels(number, limits)


def _too_many_pixels(number: int, limits: ScanLimits) -> UnreadableScan:
    return UnreadableScan(
        Finding(
            Code.TOO_LARGE,
            cell=_("第{page}页").format(page=number),
            expected=_("每页不超过 {pixels} 万像素").format(pixels=limits.pixels // 10_000),
            hint=_("用 200 到 300 dpi 重新扫描"),
        )
    )


def _broken(why: str) -> UnreadableScan:
    return UnreadableScan(
        Finding(Code.NOT_A_SCAN, hint=_("文件打不开或者不完整，重新扫描后再放一次（{why}）").format(why=why[:80]))
    )
