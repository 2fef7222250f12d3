"""Everything a PDF says to whoever reads, copies or takes it apart: words, strings, names, what is enclosed, raw bytes.

What is drawn outside a page's own stream counts too (stamps, hidden annotations), and so does what a later revision
replaced: a PDF that was signed holds everything that it ever was.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pypdf import PdfReader

_END = re.compile(rb"%%EOF[\r\n]*")


def revisions(pdf: bytes) -> Iterator[bytes]:
    """The PDF, and before it what it was before each later addition, as far as that can be opened."""
    for end in [match.end() for match in _END.finditer(pdf)][:-1]:
        if _opens(pdf[:end]):  # the first end in a linearised file is none
            yield pdf[:end]
    yield pdf


def words(pdf: bytes) -> Iterator[str]:
    """What stands on each page, then in each form (the picture of a stamp), and every string and name of it."""
    yield from (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    with pikepdf.open(BytesIO(pdf)) as document:
        yield from _in_forms(document)
        for thing in document.objects:
            yield from _said(thing)
        if "/Metadata" in document.Root:
            yield document.Root.Metadata.read_bytes().decode(errors="replace")


def enclosed(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """The files in it, wherever they hang, named by their ending; text as ``.txt``."""
    with pikepdf.open(BytesIO(pdf)) as document:
        files = {attached.obj.EF.F.objgen for attached in document.attachments.values()}
        for thing in document.objects:
            if not isinstance(thing, pikepdf.Stream):
                continue
            content = _content(thing)
            ending = _ending(content)
            if ending or thing.objgen in files or thing.get("/Type") == "/EmbeddedFile":
                yield ending or ".txt", content


def raw(pdf: bytes) -> Iterator[bytes]:
    """The bytes as they are, and every stream and object decompressed."""
    yield pdf
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                yield _content(thing)
                yield thing.stream_dict.unparse(resolved=True)
            else:
                yield thing.unparse(resolved=True)


def _ending(content: bytes) -> str:
    """``.zip`` or ``.pdf`` for what can be opened as one."""
    if content.startswith(b"PK") and zipfile.is_zipfile(BytesIO(content)):
        return ".zip"
    return ".pdf" if content.startswith(b"%PDF") and _opens(content) else ""


def _opens(pdf: bytes) -> bool:
    try:
        pikepdf.open(BytesIO(pdf)).close()
    except pikepdf.PdfError:
        return False
    return True


def _content(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture in a form of its own
        return stream.read_raw_bytes()


def _in_forms(document: pikepdf.Pdf) -> Iterator[str]:
    """What stands in each form (ISO 32000-2 8.10), drawn on a page of its own."""
    drawn = pikepdf.new()
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form":
            form = drawn.copy_foreign(thing)
            page = drawn.add_blank_page()
            page.obj.Contents = form
            page.obj.Resources = form.get("/Resources", pikepdf.Dictionary())
    if drawn.pages:
        written = BytesIO()
        drawn.save(written)
        yield from (page.extract_text() for page in PdfReader(written).pages)


def _said(thing: pikepdf.Object) -> Iterator[str]:
    """The strings, names and keys in an object that are of its own; what it refers to comes by itself."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.String | pikepdf.Name):
            yield str(one)
        elif isinstance(one, pikepdf.Array):
            waiting += [each for each in one if isinstance(each, pikepdf.Object) and not each.is_indirect]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield from one.keys()
            values = [value for _key, value in one.items()]
            waiting += [each for each in values if isinstance(each, pikepdf.Object) and not each.is_indirect]
