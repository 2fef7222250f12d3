"""The last touch on a PDF before its bytes are written: signature fields, and what PDF/A minds.

Empty signature fields (ISO 32000-1, 12.7.4.5) belong into the same write: added later they would be an incremental
update of a file that nobody has signed yet. A visible widget needs an appearance in PDF/A; ours is empty, because the
circle or line the field belongs to is drawn on the page itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import pydyf
from weasyprint import Document

from pipeline.core.values import FieldBox
from pipeline.rendering.model import FieldPlace

_MM = 25.4 / 96
_POINTS = 72 / 96
_PRINT_AND_LOCKED = 4 | 128
_SIGNATURES_EXIST = 1


def tidy(pdf: pydyf.PDF) -> None:
    """No interpolated images (ISO 19005-3, 6.2.8), no empty resource dictionaries, metadata readable as plain text."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            if item.extra.get("Subtype") == "/Image" and "Interpolate" in item.extra:
                item.extra["Interpolate"] = "false"
            if item.extra.get("Type") == "/Metadata":
                item.compress = False
        elif isinstance(item, pydyf.Dictionary):
            for key in ("Pattern", "Shading"):
                if key in item and not item[key]:
                    del item[key]


def add_signature_fields(document: Document, pdf: pydyf.PDF, places: Sequence[FieldPlace]) -> tuple[FieldBox, ...]:
    """One empty signature field over each place that is on a page, in page order; returns where they are.

    A name that occurs twice gets a number, since field names are unique.
    """
    by_anchor = {place.anchor: place for place in places}
    boxes: list[FieldBox] = []
    fields = pydyf.Array()
    for number, page in enumerate(document.pages, start=1):
        for anchor, (left, top, right, bottom) in page.anchors.items():
            place = by_anchor.pop(anchor, None)
            if place is None:
                continue
            name = _unique(place.name, {box.name for box in boxes})
            boxes.append(FieldBox(name, number, left * _MM, top * _MM, (right - left) * _MM, (bottom - top) * _MM))
            page_dictionary = pdf.objects[pdf.pages["Kids"][3 * (number - 1)]]
            corners = (left, page.height - bottom, right, page.height - top)
            widget = _widget(pdf, page_dictionary, place, name, tuple(corner * _POINTS for corner in corners))
            fields.append(widget.reference)
    if fields:
        pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": fields, "SigFlags": _SIGNATURES_EXIST})
    return tuple(boxes)


def _widget(
    pdf: pydyf.PDF, page: pydyf.Dictionary, place: FieldPlace, name: str, rectangle: tuple[float, ...]
) -> pydyf.Dictionary:
    left, bottom, right, top = rectangle
    appearance = pydyf.Stream(
        [], {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, right - left, top - bottom])}
    )
    pdf.add_object(appearance)
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(name),
            "TU": pydyf.String(place.description or name),
            "F": _PRINT_AND_LOCKED,
            "Rect": pydyf.Array(rectangle),
            "P": page.reference,
            "AP": pydyf.Dictionary({"N": appearance.reference}),
        }
    )
    pdf.add_object(widget)
    page.setdefault("Annots", pydyf.Array()).append(widget.reference)
    return widget


def _unique(name: str, taken: set[str]) -> str:
    """Field names hold no full stop (it parts names of nested fields) and occur once."""
    plain = name.replace(".", "_")
    candidate, number = plain, 2
    while candidate in taken:
        candidate, number = f"{plain} {number}", number + 1
    return candidate
