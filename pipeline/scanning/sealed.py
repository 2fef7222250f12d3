"""Make the sealed copy (盖章件): the scanned pages as they are, upright, over the invisible text of the original.

The page keeps the original's size and its text its place; the picture is moved to fit, by a matrix and not by counting
its pixels anew, so a sender's JPEG stays as the scanner made it. Equal scans of equal papers are equal files.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.scanning.ink import is_blank
from pipeline.scanning.kept import KeptImage
from pipeline.scanning.opening import OpenPage, open_pages
from pipeline.scanning.placing import Matrix, Placed, place
from pipeline.scanning.unseen import unseen_text
from pipeline.scanning.values import Made, ScanLimits

_LIKE = 0.55
"""Likeness from which a scanned page is the page it should be: right ones reach 0.9, other pages of text 0.45."""
_DEVICE = {1: pikepdf.Name.DeviceGray, 3: pikepdf.Name.DeviceRGB}


def sealed_copy(scan: Path, pages: Sequence[int], original: Path, limits: ScanLimits) -> Made:
    """Lay the scan's ``pages``, in their order, over the pages of the filed PDF ``original``, as many as it has.

    Raises ``UnreadableScan``, and ``ArchiveDamaged`` for an original that cannot be read. Meant for a process that may
    be killed.
    """
    try:
        shown = pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as error:
        raise ArchiveDamaged(_("归档的 PDF 打不开：{why}").format(why=error), where=str(original)) from None
    with shown, pikepdf.open(original) as source, _begun(source) as copy:
        likeness, findings = [], []
        for index, page in enumerate(open_pages(scan, limits, frozenset(pages))):
            placed = _placed(page, shown[index].render(scale=1, may_draw_forms=False).to_pil())
            likeness.append(placed.likeness)
            if placed.likeness < _LIKE:
                findings.append(_another_page(page.number, index + 1))
            _add(copy, source.pages[index], page.kept, placed.matrix)
        return Made(written(copy), tuple(likeness), tuple(findings))


def _placed(page: OpenPage, original: Image.Image) -> Placed:
    blank, was_blank = is_blank(page.picture), is_blank(original)
    if not (blank and was_blank):
        placed = place(page.picture, original, page.dpi)
        return Placed(placed.matrix, 0.0) if blank or was_blank else placed
    return Placed(_fitted(page.picture.size, original.size), 1.0)


def _fitted(size: tuple[int, int], onto: tuple[int, int]) -> Matrix:
    """The whole picture as large as the page."""
    return numpy.diag([onto[0] / size[0], onto[1] / size[1], 1.0])


def _another_page(number: int, wanted: int) -> Finding:
    return Finding(
        Code.SCAN_OTHER_PAGE,
        cell=_("第{page}页").format(page=number),
        expected=_("这一件的第 {page} 页").format(page=wanted),
        hint=_("看看是不是缺页、顺序颠倒或混进了别的文件，再重新扫描这一件"),
    )


# --------------------------------------------------------------------------- PDF


def _begun(source: pikepdf.Pdf) -> pikepdf.Pdf:
    """A PDF that says of itself what the original says: title, number and 档号, level of PDF/A, colours."""
    copy = pikepdf.new()
    for key in ("/Metadata", "/OutputIntents"):
        if key in source.Root:
            value = source.Root[key]
            copy.Root[key] = copy.copy_foreign(value if value.is_indirect else source.make_indirect(value))
    if "/Lang" in source.Root:
        copy.Root.Lang = pikepdf.String(str(source.Root.Lang))
    for key, value in source.docinfo.items():
        copy.docinfo[key] = pikepdf.String(str(value))
    return copy


def _add(copy: pikepdf.Pdf, original: pikepdf.Page, kept: KeptImage, matrix: Matrix) -> None:
    """A page of the original's size: its text unseen, and over it the scan."""
    left, bottom, right, top = (float(each) for each in original.mediabox)
    text, resources = unseen_text(copy, original)
    image = copy.make_indirect(image_of(copy, kept))
    resources.XObject = resources.get("/XObject", pikepdf.Dictionary())
    resources.XObject["/Scan"] = image
    content = b"q\n" + text + b"Q\n" + _drawn(kept, matrix, left, top)
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([left, bottom, right, top]),
        Resources=resources,
        Contents=copy.make_stream(content),
    )
    copy.pages.append(pikepdf.Page(copy.make_indirect(page)))


def _drawn(kept: KeptImage, matrix: Matrix, left: float, top: float) -> bytes:
    """The operators that draw the picture: from the unit square (upwards) to pixels (downwards), to points of the page
    (downwards), to the page's own space (upwards)."""
    unit = numpy.array([[kept.width, 0.0, 0.0], [0.0, -kept.height, kept.height], [0.0, 0.0, 1.0]])
    page = numpy.array([[1.0, 0.0, left], [0.0, -1.0, top], [0.0, 0.0, 1.0]])
    (a, c, e), (b, d, f), _last = page @ matrix @ unit
    return b"q " + " ".join(f"{each:.5f}" for each in (a, b, c, d, e, f)).encode() + b" cm /Scan Do Q\n"


def image_of(copy: pikepdf.Pdf, kept: KeptImage) -> pikepdf.Stream:
    """The picture as an object of ``copy``."""
    stream = pikepdf.Stream(copy, kept.data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = kept.width, kept.height
    stream.ColorSpace, stream.BitsPerComponent = _DEVICE[kept.colours], kept.bits
    stream.Filter = pikepdf.Name(f"/{kept.filter}")
    if kept.filter == "CCITTFaxDecode":
        stream.DecodeParms = pikepdf.Dictionary(K=-1, Columns=kept.width, Rows=kept.height, BlackIs1=kept.black_is_1)
    return stream


def written(copy: pikepdf.Pdf) -> bytes:
    """The whole file, equal for equal pages."""
    stream = io.BytesIO()
    copy.save(
        stream,
        min_version="1.7",
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return stream.getvalue()
