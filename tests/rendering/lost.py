"""Words of a Word file that no page shows, counted by a way of their own: every w:t of every part on one side, what
pdfium reads on the other. It shares no line with the renderer or its gate, which trust what the renderer has read."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator

import pypdfium2
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARTS = re.compile(r"word/(document|header\w*|footer\w*|footnotes)\.xml")
_HIDDEN = ("off", "0", "false")


def lost(docx: bytes, pdf: bytes) -> str:
    """The letters and Han characters that are missing, once each. Figures are not asked for: Word and we work out page
    numbers and counts anew. Bands of a kind that no page shows are left out by their test."""
    shown: Counter[str] = Counter()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            shown.update(_letters(page.get_textpage().get_text_range()))
    return "".join(sorted(Counter(_letters("".join(_words(docx)))) - shown))


def _letters(text: str) -> Iterator[str]:
    return (each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalpha())


def _words(docx: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in archive.namelist():
            if _PARTS.fullmatch(name):
                yield from _of_part(archive.read(name).replace(_STRICT[1:-1].encode(), _W[1:-1].encode()))


def _of_part(xml: bytes) -> Iterator[str]:
    """What a part says outside the codes of fields, inside the branch that a reader of today takes."""
    fields: list[bool] = []  # of each open field, whether its code has ended
    for element in etree.fromstring(xml).iter(f"{_W}t", f"{_W}fldChar"):
        if any(above.tag == f"{_MC}Fallback" for above in element.iterancestors()):
            continue
        if element.tag == f"{_W}fldChar":
            step = element.get(f"{_W}fldCharType")
            if step == "begin":
                fields.append(False)
            elif fields and step == "separate":
                fields[-1] = True
            elif fields:
                fields.pop()
        elif all(fields) and not _is_hidden(element):
            yield element.text or ""


def _is_hidden(text: etree._Element) -> bool:
    run = text.getparent()
    vanish = None if run is None else run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in _HIDDEN
