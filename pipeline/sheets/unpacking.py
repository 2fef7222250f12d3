"""The true size of a zip, learnt by unpacking it into nothing.

A zip says in its directory how large each entry will be, and a bomb lies there: ten kilobytes that call themselves
ten kilobytes and unpack to ten gigabytes. So the directory is measured first, which costs nothing, and then every
entry that others than we unpack is unpacked piece by piece and dropped at the first byte that its directory did not
announce. Whoever opens the file after that may trust the directory. APPNOTE.TXT 6.3.3, sections 4.3.7 (local header)
and 4.4.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence

from pipeline.core.messages import _
from pipeline.sheets.unreadable import Limits, Unreadable, broken, too_large

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_PIECE = 1 << 20


def measure_directory(data: bytes, entries: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    """Raise ``Unreadable`` when the zip ``data`` says of itself that it unpacks to more than the limits allow."""
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_bytes:
        raise too_large(
            _("展开后有 {size} MB").format(size=total // 2**20),
            _("展开后不超过 {size} MB 的文件").format(size=limits.unpacked_bytes // 2**20),
            _("请删去多余的工作表、图片和空白行，分成几个文件放进来"),
        )
    for entry in entries:
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(1, entry.compress_size):
            raise _suspicious()
    if sum(entry.compress_size for entry in entries) > len(data) or len({e.filename for e in entries}) < len(entries):
        raise broken()  # entries laid over one another, or two of one name: no program of an office writes that


def measure(data: bytes, entry: zipfile.ZipInfo) -> None:
    """Raise ``Unreadable`` when an entry of the zip ``data`` is larger or smaller than its directory says.

    Never holds more than one piece of one MiB unpacked.
    """
    packed = memoryview(data)[_start(data, entry) :][: entry.compress_size]
    if len(packed) < entry.compress_size:
        raise broken()
    if entry.compress_type == zipfile.ZIP_STORED:
        size = len(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        size = _inflated_size(packed, entry.file_size)
    else:
        raise broken()
    if size > entry.file_size:
        raise _suspicious()
    if size < entry.file_size:
        raise broken()


def _start(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes of an entry begin: behind its local header, which repeats the name."""
    try:
        signature, name, extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    except struct.error as error:
        raise broken() from error
    if signature != b"PK\x03\x04":
        raise broken()
    return int(entry.header_offset + _LOCAL_HEADER.size + name + extra)


def _inflated_size(packed: memoryview, announced: int) -> int:
    """How large a deflated entry is, or the first size found above what was announced."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    rest: bytes | memoryview = packed
    try:
        while not unpacker.eof and size <= announced:
            piece = unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            if not piece and not rest and not unpacker.eof:
                raise broken()
    except zlib.error as error:
        raise broken() from error
    return size


def _suspicious() -> Unreadable:
    return too_large(
        _("压缩得异常厉害的内容"), _("普通的表格文件"), _("请把需要的内容复制到一个新建的表格文件里，再放进来")
    )
