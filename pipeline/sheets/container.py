"""What a file really is, whatever its name says, and whether it is small enough to open.

Names lie: a picture renamed to .xlsx, an HTML page saved as .xls by some web system, a Word file. The first bytes do
not. Zip containers are measured before anybody else opens them (zip bombs).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from enum import Enum, auto

from pipeline.core.findings import Code
from pipeline.core.messages import _
from pipeline.sheets.unpacking import measure, measure_directory
from pipeline.sheets.unreadable import Limits, broken, foreign, password, refused

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<div", b"<style", b"<script")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN = {
    b"%PDF-": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"II*\x00": "图片",
    b"MM\x00*": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "写字板文件",
    b"%!PS": "打印文件",
    b"MZ\x90": "程序",
}
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
"""The largest parts of an .xlsx. Only we read them, by ``zipfile``, which gives no byte more than was announced and
compares the checksum; so they need not be unpacked once more before."""

_ZIP = (
    *(zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError),
    *(NotImplementedError, RuntimeError, struct.error),
)


class Container(Enum):
    """The families of files that are read in different ways."""

    XLSX = auto()
    XLSB = auto()
    ODS = auto()
    XLS = auto()  # and .et of WPS, which is the same
    TEXT = auto()


def examine(data: bytes, limits: Limits) -> Container:
    """What ``data`` is. Raises ``Unreadable`` for what is no workbook, has a password, or is too large."""
    if not data.strip(b"\x00 \t\r\n"):
        raise refused(Code.EMPTY, found=_("空文件"), hint=_("文件是空的，可能没有复制完，请重新放一次"))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _examine_zip(data, limits)
    if data.startswith(OLE2):
        _examine_ole2(data)
        return Container.XLS
    _refuse_foreign(data)
    return Container.TEXT


def _refuse_foreign(data: bytes) -> None:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    anew = _("请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再放进来")
    if head.startswith(_HTML) or (head.startswith((b"<?xml", b"<!--")) and b"<html" in head):
        raise foreign(_("网页（HTML）"), anew)
    if head.startswith(b"mime-version:"):
        raise foreign(_("网页（MHT）"), anew)
    if head.startswith(b"<?xml"):
        raise foreign(_("XML 文件"), anew)
    if head.startswith(b"id;p") and b"\n" in head:
        raise foreign(_("SYLK 文件"), anew)
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        raise foreign(_("图片"))
    for magic, name in _FOREIGN.items():
        if data.startswith(magic):
            raise foreign(_(name))
    if b"\x00" in data[:4096] and not data.startswith(_UTF16):
        raise foreign(_("无法辨认的文件"), _("文件可能已损坏，请用 Excel 或 WPS 打开检查，另存后再放进来"))


def _examine_zip(data: bytes, limits: Limits) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise password()
            measure_directory(data, entries, limits)
            names = {entry.filename for entry in entries}
            mimetype = archive.read("mimetype")[:200] if "mimetype" in names else b""
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except _ZIP as error:
        raise broken() from error
    if b"encryption-data" in manifest:
        raise password()
    container = _inside(names, mimetype)
    for entry in entries:
        if container is not Container.XLSX or not _WORKSHEET.fullmatch(entry.filename):
            measure(data, entry)
    return container


def _inside(names: Collection[str], mimetype: bytes) -> Container:
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise foreign(_("Word 文件"), _("请把内容填进表格（Excel 或 WPS 表格）里再放进来"))
    if any(name.startswith("ppt/") for name in names):
        raise foreign(_("演示文稿"))
    if b"opendocument.spreadsheet" in mimetype:
        return Container.ODS
    if any(name.lower().endswith("workbook.bin") for name in names):
        return Container.XLSB
    if "[Content_Types].xml" in names and any(name.lower().endswith("workbook.xml") for name in names):
        return Container.XLSX
    raise foreign(_("压缩包或别的文件"))


def _examine_ole2(data: bytes) -> None:
    """Old Office files share one container; its directory names what is inside, in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise password()
    if "Workbook".encode("utf-16-le") in data or "Book\0".encode("utf-16-le") in data:
        return
    if "WordDocument".encode("utf-16-le") in data:
        raise foreign(_("Word 文件"), _("请把内容填进表格（Excel 或 WPS 表格）里再放进来"))
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise foreign(_("演示文稿"))
