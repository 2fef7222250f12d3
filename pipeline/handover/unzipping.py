"""A set as it came, as a folder: it is one already, or a ZIP that is unpacked aside while it is looked at.

Whoever passes a set on may have packed it again. Explorer and WinRAR write Chinese names in GBK, the Finder in UTF-8
without saying so and with folders of its own; and a folder that was unpacked has often got another round it.
"""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.text import folded_name
from pipeline.filing.layout import is_inside

_NO_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
_NAMED_IN_UTF8 = 0x800
"""General purpose bit 11 of a ZIP's entry (APPNOTE 4.4.4)."""

_ADDED = {"__MACOSX", ".DS_Store"}


@contextmanager
def as_folder(source: Path) -> Iterator[Path]:
    """The folder of the set at ``source``; its contents are there inside the block.

    Raises ``AnswerIsNo`` for what is neither a folder nor a ZIP, ``ArchiveDamaged`` for a ZIP that is damaged, locked
    or that no export wrote, ``OSError`` as it comes.
    """
    if source.is_dir():
        yield _without_wrapping(source)
        return
    if not zipfile.is_zipfile(source):
        raise _no_zip(source)
    with TemporaryDirectory() as scratch:
        try:
            with zipfile.ZipFile(source) as packed:
                _unpack(packed, Path(scratch))
        except _NO_ZIP as error:
            raise ArchiveDamaged(
                _("压缩包坏了，或者加了密码：{error}").format(error=error),
                where=str(source),
                remedy=_("请移交方重新导出一份"),
            ) from error
        yield _without_wrapping(Path(scratch))


def _no_zip(source: Path) -> AnswerIsNo | ArchiveDamaged:
    """A ZIP has its list of contents at the end: one that begins as a ZIP and has none was cut short."""
    with source.open("rb") as stream:
        if stream.read(4) == b"PK\x03\x04":
            return ArchiveDamaged(
                _("压缩包不完整，后半截不见了"), where=str(source), remedy=_("多半是没有拷完：重新拷一遍再收")
            )
    return AnswerIsNo(_("这不是文件夹，也不是 .zip"), where=str(source))


def _without_wrapping(folder: Path) -> Path:
    """The folder that holds more than one other folder."""
    inner = [path for path in folder.iterdir() if path.name not in _ADDED]
    return _without_wrapping(inner[0]) if len(inner) == 1 and inner[0].is_dir() else folder


def _unpack(packed: zipfile.ZipFile, scratch: Path) -> None:
    """All of a ZIP. Raises ``ArchiveDamaged`` for what no export wrote: a way out of the folder, a name twice, more
    than there is room for."""
    seen: set[str] = set()
    entries = packed.infolist()
    for entry in entries:
        entry.filename = _name_of(entry)
        name = entry.filename.rstrip("/")
        if not is_inside(name) or folded_name(name) in seen:
            raise ArchiveDamaged(_("压缩包里的路径不对"), where=entry.filename)
        seen.add(folded_name(name))
    wanted, room = sum(entry.file_size for entry in entries), shutil.disk_usage(scratch).free
    if wanted > room:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(scratch))
    packed.extractall(scratch, entries)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """A name as whoever packed it meant it; ``zipfile`` takes one that does not say so for DOS Latin."""
    if entry.flag_bits & _NAMED_IN_UTF8:
        return entry.filename
    written = entry.filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
