"""One PDF of many: parts in order, a bookmark for each, page labels, and the contents leading to their pages.

Built on the first part, which keeps its metadata and its level of PDF/A. Of the others come the pages alone, without
what only makes sense in a file of its own: signature places, structure, attachments, links inside the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from pipeline.cataloguing.links import SCHEME


@dataclass(frozen=True, slots=True)
class Part:
    """``id`` is what the contents call it (``urn:gongwen:paper:<id>``), ``title`` its bookmark."""

    id: str
    title: str
    pdf: bytes


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def joined(front: bytes, parts: Sequence[Part]) -> bytes:
    """The parts behind ``front`` (cover and contents), whose pages are numbered i, ii …; the others 1, 2 …

    Equal parts give equal bytes.
    """
    with pikepdf.open(BytesIO(front)) as book:
        contents = len(book.pages)
        for name in ("/StructTreeRoot", "/AF", "/AcroForm"):
            if name in book.Root:
                del book.Root[name]
        starts: dict[str, int] = {}
        for part in parts:
            starts[part.id] = len(book.pages)
            with pikepdf.open(BytesIO(part.pdf)) as own:
                own.flatten_annotations("all")  # the picture of a seal that was put in electronically
                for page in own.pages:
                    _strip(page)
                if "/AcroForm" in own.Root:
                    del own.Root["/AcroForm"]
                book.pages.extend(own.pages)
        for page in book.pages[:contents]:
            _lead(page, book, starts)
        with book.open_outline() as outline:
            outline.root[:] = [pikepdf.OutlineItem("封面和目录", 0)]
            outline.root.extend(pikepdf.OutlineItem(part.title, starts[part.id]) for part in parts)
        roman, figures = pikepdf.Dictionary(S=pikepdf.Name.r), pikepdf.Dictionary(S=pikepdf.Name.D)
        book.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, roman, contents, figures]))
        written = BytesIO()
        book.save(written, deterministic_id=True)
    return written.getvalue()


def alone(pdf: bytes) -> bytes:
    """A PDF without what is attached to it; the same bytes when nothing is."""
    with pikepdf.open(BytesIO(pdf)) as document:
        if not document.attachments and "/AF" not in document.Root:
            return pdf
        for name in list(document.attachments):
            del document.attachments[name]
        if "/AF" in document.Root:
            del document.Root["/AF"]
        written = BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def _strip(page: pikepdf.Page) -> None:
    """Leave a page its links into the world, and nothing that another file would have to hold."""
    kept = [
        one
        for one in page.obj.get("/Annots", ())
        if one.get("/Subtype") == "/Link" and "/A" in one and "/URI" in one["/A"]
    ]
    for name in ("/Annots", "/StructParents", "/AF"):
        if name in page.obj:
            del page.obj[name]
    if kept:
        page.obj.Annots = pikepdf.Array(kept)


def _lead(page: pikepdf.Page, book: pikepdf.Pdf, starts: dict[str, int]) -> None:
    """Turn the links of the contents into ways to pages."""
    if "/StructParents" in page.obj:
        del page.obj["/StructParents"]
    for one in page.obj.get("/Annots", ()):
        address = str(one["/A"].get("/URI", "")) if "/A" in one else ""
        target = starts.get(address.removeprefix(SCHEME)) if address.startswith(SCHEME) else None
        if target is not None:
            top = pikepdf.Array([book.pages[target].obj, pikepdf.Name.Fit])
            one["/A"] = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=top)
