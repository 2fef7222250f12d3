"""The last touch on a PDF before its bytes are written: what WeasyPrint does not know of, or knows otherwise.

Everything belongs into the one write: a change made afterwards would be an update of a file that nobody has signed yet,
or break what PDF/A asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pydyf
from weasyprint import Document
from weasyprint.pdf.metadata import DocumentMetadata

from pipeline.core.values import FieldBox
from pipeline.rendering.metadata import AssociatedFile, Metadata, xmp
from pipeline.rendering.model import FieldPlace

_MM = 25.4 / 96
_POINTS = 72 / 96
_PRINT_AND_LOCKED = 4 | 128
_SIGNATURES_EXIST = 1


class Described(DocumentMetadata):  # type: ignore[misc]
    """What the file says of itself. WeasyPrint asks for it while it writes."""

    def __init__(self, metadata: Metadata) -> None:
        super().__init__(lang=metadata.language)
        self._metadata = metadata

    def include_in_pdf(self, pdf: pydyf.PDF, *_of_which_level: object) -> None:
        """Info and XMP from one source."""
        pdf.info.update({name: pydyf.String(text) for name, text in self._metadata.info.items()})
        packet = [xmp(self._metadata, pdf.info["Producer"].string)]
        stream = pydyf.Stream(packet, {"Type": "/Metadata", "Subtype": "/XML"}, compress=False)
        pdf.add_object(stream)
        pdf.catalog["Metadata"] = stream.reference


def label_pages(pdf: pydyf.PDF, labels: Sequence[str]) -> None:
    """The number a page carries is the one a reader shows and asks for (ISO 32000-1, 12.4.2)."""
    ranges = pydyf.Array()
    expected = ""
    for index, label in enumerate(labels):
        if label.isascii() and label.isdecimal():
            if label != expected:
                ranges.extend((index, pydyf.Dictionary({"S": "/D", "St": int(label)})))
            expected = str(int(label) + 1)
        else:
            ranges.extend((index, pydyf.Dictionary({"P": pydyf.String(label)})))
            expected = ""
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": ranges})


def embed_files(pdf: pydyf.PDF, files: Sequence[AssociatedFile]) -> None:
    """Files that belong to the paper, inside it (ISO 19005-3, 6.8; ISO 32000-1, 7.11.4)."""
    if not files:
        return
    names, associated = pydyf.Array(), pydyf.Array()
    for file in sorted(files, key=lambda each: each.name):
        checksum = hashlib.md5(file.data, usedforsecurity=False).hexdigest()
        content = pydyf.Stream(
            [file.data],
            pydyf.Dictionary(
                {
                    "Type": "/EmbeddedFile",
                    "Subtype": pydyf.name(file.media_type),
                    "Params": pydyf.Dictionary({"Size": len(file.data), "CheckSum": f"<{checksum}>"}),
                }
            ),
            compress=True,
        )
        pdf.add_object(content)
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(file.name),
                "UF": pydyf.String(file.name),
                "EF": pydyf.Dictionary({"F": content.reference, "UF": content.reference}),
                "AFRelationship": f"/{file.relationship}",
                "Desc": pydyf.String(file.description or file.name),
            }
        )
        pdf.add_object(specification)
        names.extend((pydyf.String(file.name), specification.reference))
        associated.append(specification.reference)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["AF"] = associated


def tidy(pdf: pydyf.PDF) -> None:
    """No interpolated images (ISO 19005-3, 6.2.8), no empty resource dictionaries."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            if item.extra.get("Subtype") == "/Image" and "Interpolate" in item.extra:
                item.extra["Interpolate"] = "false"
        elif isinstance(item, pydyf.Dictionary):
            for key in ("Pattern", "Shading"):
                if key in item and not item[key]:
                    del item[key]


def add_signature_fields(document: Document, pdf: pydyf.PDF, places: Sequence[FieldPlace]) -> tuple[FieldBox, ...]:
    """One empty signature field (ISO 32000-1, 12.7.4.5) over each place that is on a page, in the order in which they
    are met on the pages; returns where they are.

    A visible widget needs an appearance in PDF/A; ours is empty, because the circle or line the field belongs to is
    drawn on the page itself. A name that occurs twice gets a number, since field names are unique.
    """
    by_anchor = {place.anchor: place for place in places}
    boxes: list[FieldBox] = []
    fields = pydyf.Array()
    for number, page in enumerate(document.pages, start=1):
        met = sorted(page.anchors.items(), key=lambda item: (round(item[1][1] * _MM), item[1][0]))
        for anchor, (left, top, right, bottom) in met:
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
