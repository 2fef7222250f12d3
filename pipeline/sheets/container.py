"""What a file really is, whatever its name says, and whether it is small enough to open.

Names lie: a picture renamed to .xlsx, an HTML page saved as .xls by some web system, a Word file. The first bytes do
not. Zip containers are measured before anything is unpacked (zip bombs); the sizes are those of the zip directory,
so a forged directory gets past here and meets the memory limit of the child process instead.
"""

from __future__ import annotations

import io
import zipfile
from enum import Enum, auto

from pipeline.core.findings import Code
from pipeline.core.messages import _
from pipeline.sheets.unreadable import Limits, Unreadable, refused

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN = {
    b"%PDF-": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"II*\x00": "图片",
    b"MM\x00*": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "写字板文件",
}


class Container(Enum):
    """The families of files that are read in different ways."""

    XLSX = auto()
    OTHER = auto()  # xls, xlsb, ods: calamine alone
    TEXT = auto()


def examine(data: bytes, limits: Limits) -> Container:
    """What ``data`` is. Raises ``Unreadable`` for what is no workbook, has a password, or is too large."""
    if not data.strip(b"\x00 \t\r\n"):
        raise refused(Code.EMPTY, found=_("空文件"), hint=_("文件是空的，可能没有复制完，请重新放一次"))
    if data.startswith(b"PK"):
        return _examine_zip(data, limits)
    if data.startswith(OLE2):
        _examine_ole2(data)
        return Container.OTHER
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_HTML) or (head.startswith(b"<?xml") and b"<html" in head):
        raise _foreign(_("网页（HTML）"), _("请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再放进来"))
    if head.startswith(b"<?xml"):
        raise _foreign(_("XML 文件"), _("请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再放进来"))
    for magic, name in _FOREIGN.items():
        if data.startswith(magic):
            raise _foreign(_(name))
    if b"\x00" in data[:4096] and not data.startswith(_UTF16):
        raise _foreign(_("无法辨认的文件"), _("文件可能已损坏，请用 Excel 或 WPS 打开检查，另存后再放进来"))
    return Container.TEXT


def too_large(found: str, expected: str, hint: str) -> Unreadable:
    """A file beyond one of the limits."""
    return refused(Code.TOO_LARGE, found=found, expected=expected, hint=hint)


def _foreign(found: str, hint: str = "") -> Unreadable:
    return refused(
        Code.NOT_A_WORKBOOK,
        found=found,
        expected=_("Excel 或 WPS 表格文件（.xlsx、.xls、.ods、.csv）"),
        hint=hint or _("请放入表格文件本身，改扩展名不能改变文件的内容"),
    )


def password() -> Unreadable:
    """A workbook that asks for a password."""
    return refused(
        Code.PASSWORD,
        found=_("加了密码的文件"),
        expected=_("没有密码的文件"),
        hint=_("请在 Excel 或 WPS 里打开它，取消“用密码进行加密”，保存后再放进来"),
    )


def _examine_zip(data: bytes, limits: Limits) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            mimetype = archive.read("mimetype")[:200] if "mimetype" in names else b""
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise broken() from error
    if any(entry.flag_bits & 1 for entry in entries) or b"encryption-data" in manifest:
        raise password()
    _measure(entries, limits)
    if any(name.startswith("word/") for name in names):
        raise _foreign(_("Word 文件"), _("请把内容填进表格（Excel 或 WPS 表格）里再放进来"))
    if any(name.startswith("ppt/") for name in names):
        raise _foreign(_("演示文稿"))
    if b"opendocument.spreadsheet" in mimetype:
        return Container.OTHER
    if any(name.lower().endswith("workbook.bin") for name in names):
        return Container.OTHER
    if "[Content_Types].xml" in names and any(name.lower().endswith("workbook.xml") for name in names):
        return Container.XLSX
    raise _foreign(_("压缩包或别的文件"))


def _measure(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_bytes:
        raise too_large(
            _("展开后有 {size} MB").format(size=total // 2**20),
            _("展开后不超过 {size} MB 的文件").format(size=limits.unpacked_bytes // 2**20),
            _("请删去多余的工作表、图片和空白行，分成几个文件放进来"),
        )
    for entry in entries:
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(1, entry.compress_size):
            raise too_large(
                _("压缩得异常厉害的内容"),
                _("普通的表格文件"),
                _("请把需要的内容复制到一个新建的表格文件里，再放进来"),
            )


def _examine_ole2(data: bytes) -> None:
    """Old Office files share one container; its directory names what is inside, in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise password()
    if "WordDocument".encode("utf-16-le") in data and "Workbook".encode("utf-16-le") not in data:
        raise _foreign(_("Word 文件"), _("请把内容填进表格（Excel 或 WPS 表格）里再放进来"))


def broken() -> Unreadable:
    """A container that cannot be opened."""
    return refused(
        Code.NOT_A_WORKBOOK,
        found=_("损坏的文件"),
        expected=_("能用 Excel 或 WPS 打开的表格文件"),
        hint=_("文件可能没有复制完或已损坏，请打开检查，另存为“Excel 工作簿（*.xlsx）”后再放进来"),
    )
