"""Open what is to be put beside a paper (组件): what it really is, whole, and what it says where that can be read.

A PDF, a Word file or a picture: what an office has of drafts, slips and papers received, and what can still be opened
in thirty years. Content decides, never the name. It runs in the child process, as for any stranger's file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.scanning.opening import open_pages, open_pdf
from pipeline.scanning.values import Attached, ScanLimits

_PICTURES = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n": ".png", b"II*\x00": ".tif", b"MM\x00*": ".tif"}
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACKED = 200_000_000
"""Bytes of the text of a Word file; no draft comes near it."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_attached(path: Path, limits: ScanLimits) -> Attached:
    """What lies at ``path``. Raises ``AnswerIsNo`` for another kind of file, ``UnreadableScan`` for a damaged one."""
    with path.open("rb") as stream:
        head = stream.read(1024)
    if head.startswith(b"%PDF-"):
        with open_pdf(path, limits) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        return Attached(".pdf", tuple(line for text in texts for line in text.splitlines()))
    for magic, suffix in _PICTURES.items():
        if head.startswith(magic):
            for _page in open_pages(path, limits):
                pass  # every pixel of it is there
            return Attached(suffix)
    if head.startswith(b"PK\x03\x04"):
        return Attached(".docx", tuple(_lines_of_docx(path.read_bytes())))
    content = path.read_bytes() if head.startswith(_OLE2) else b""
    if "WordDocument".encode("utf-16-le") in content:
        return Attached(".doc", tuple(_lines_of_doc(content)))
    raise _foreign()


def _lines_of_docx(content: bytes) -> Iterator[str]:
    """Every paragraph of body, headers, text boxes. Raises ``AnswerIsNo`` for a ZIP that is no plain Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {entry.filename: entry.file_size for entry in packed.infolist()}
            if "word/document.xml" not in names:
                raise _foreign()
            if any(name.endswith("vbaProject.bin") for name in names):
                raise AnswerIsNo(_("Word 文件里有宏，不能归档"), remedy=_("另存为不带宏的 .docx 再加"))
            parts = [name for name in names if name.startswith("word/") and name.endswith(".xml")]
            if sum(names[name] for name in parts) > _UNPACKED:
                raise AnswerIsNo(_("Word 文件展开后太大"), remedy=_("另存为 PDF 再加"))
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            trees = [etree.fromstring(packed.read(name), parser) for name in parts]
            if packed.testzip() is not None:
                raise zipfile.BadZipFile
    except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise AnswerIsNo(_("Word 文件打不开或者有密码"), remedy=_("用 Word 打开，去掉密码另存后再加")) from None
    for tree in trees:
        for paragraph in tree.iter(f"{_WORD}p"):
            yield "".join(text.text or "" for text in paragraph.iter(f"{_WORD}t"))


def _lines_of_doc(content: bytes) -> Iterator[str]:
    """The runs of UTF-16 in a file of Word 97: its paragraphs among them, whatever else there may be."""
    return (line for line in re.split(r"[\x00-\x1f]+", content.decode("utf-16-le", "replace")) if line)


def _foreign() -> AnswerIsNo:
    return AnswerIsNo(
        _("不是 PDF、Word 文件或图片（JPEG、PNG、TIFF）"), remedy=_("在原来的程序里另存为 PDF，再加到公文旁边")
    )
