"""The signature fields of a PDF: which there are, where they lie, and whether somebody has signed them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from pipeline.core.values import FieldBox
from pipeline.sealing.drawings import millimetres


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A signature field. ``box`` is in mm from the left and top edge of its page, as it was drawn."""

    box: FieldBox
    signed: bool


def signature_fields(pdf: bytes) -> tuple[SignatureField, ...]:
    """All signature fields of a PDF in the order of its form. A field without a page or a box is left out.

    Raises ``pyhanko.pdf_utils.misc.PdfReadError`` when the bytes are no PDF.
    """
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    pages = {}
    for index in range(int(reader.root["/Pages"]["/Count"])):
        page, _resources = reader.find_page_for_modification(index)  # type: ignore[no-untyped-call]
        pages[page.idnum] = (index + 1, _edges(page.get_object()))
    found = []
    for name, value, reference in enumerate_sig_fields(reader):
        widget = reference.get_object()
        if "/P" not in widget or "/Rect" not in widget:
            continue
        number, media = pages[widget.raw_get("/P").idnum]
        left, lower, right, upper = (float(edge) for edge in widget["/Rect"])
        box = FieldBox(
            name=name,
            page=number,
            left=millimetres(min(left, right) - media[0]),
            top=millimetres(media[3] - max(lower, upper)),
            width=millimetres(abs(right - left)),
            height=millimetres(abs(upper - lower)),
        )
        found.append(SignatureField(box=box, signed=value is not None))
    return tuple(found)


def _edges(page: generic.DictionaryObject) -> list[float]:
    """The page's MediaBox, which may stand on one of its parents (ISO 32000-2 7.7.3.4)."""
    while "/MediaBox" not in page:
        page = page["/Parent"]
    return [float(edge) for edge in page["/MediaBox"]]
