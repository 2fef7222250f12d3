"""The bytes of a PDF from its objects, each of them turned into bytes once.

pydyf turns every object into bytes twice, to write it and to number the file, and packs the lot of them twice as well,
which took as long as drawing a page. What is no stream goes packed into one object stream (ISO 32000-1, 7.5.7), and a
cross-reference stream says where everything is (7.5.8).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from functools import lru_cache

import pydyf

_PACKING = 6
"""How hard zlib tries; more takes twice as long for a hundredth less."""
_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_FREE, _AT, _INSIDE = 0, 1, 2
"""The kinds of places in a cross-reference stream: none, so many bytes from the start, inside an object stream."""
_LAST_GENERATION = 65_535

_Place = tuple[int, int, int]


class Verbatim(pydyf.Object):  # type: ignore[misc]
    """An object that brings its own bytes."""

    data = b""


def write(pdf: pydyf.PDF, digest: str) -> bytes:
    """The whole file. ``digest`` becomes the first half of its ID, a digest of what it holds the second (14.4)."""
    pdf.add_object(pdf.info)
    written = bytearray(_HEADER)
    places: dict[int, _Place] = {0: (_FREE, 0, _LAST_GENERATION)}
    others = []
    for item in pdf.objects[1:]:
        if isinstance(item, pydyf.Stream):
            places[item.number] = (_AT, len(written), 0)
            written += _stream(item)
        else:
            others.append(item)
    holder = _holder(others)
    pdf.add_object(holder)
    places |= {item.number: (_INSIDE, holder.number, index) for index, item in enumerate(others)}
    places[holder.number] = (_AT, len(written), 0)
    written += _stream(holder)

    begin = len(written)
    table = pydyf.Stream(compress=True)
    pdf.add_object(table)
    places[table.number] = (_AT, begin, 0)
    table.stream, table.extra = _entries([places[number] for number in range(len(places))])
    table.extra |= {
        "Root": pdf.catalog.reference,
        "Info": pdf.info.reference,
        "ID": pydyf.Array(
            [pydyf.String(digest), pydyf.String(hashlib.md5(written, usedforsecurity=False).hexdigest())]
        ),
    }
    return bytes(written + _stream(table) + b"startxref\n%d\n%%%%EOF\n" % begin)


def _stream(stream: pydyf.Stream) -> bytes:
    """A stream as an indirect object; it is packed unless it must be readable by itself."""
    content = b"\n".join(map(_bytes, stream.stream))
    extra = pydyf.Dictionary(stream.extra)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = _packed(content)
    extra["Length"] = len(content)
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (stream.number, extra.data, content)


def _bytes(piece: bytes | str | pydyf.Object) -> bytes:
    if isinstance(piece, bytes):
        return piece
    data: bytes = piece.encode() if isinstance(piece, str) else piece.data
    return data


@lru_cache(maxsize=16)
def _packed(content: bytes) -> bytes:
    """Kept for what every paper holds: the colour profile, empty fields."""
    return zlib.compress(content, _PACKING)


def _holder(items: Sequence[pydyf.Object]) -> pydyf.Stream:
    """The object stream of these."""
    numbers: list[int] = []
    datas: list[bytes] = []
    begin = 0
    for item in items:
        data = item.data
        numbers += (item.number, begin)
        datas.append(data)
        begin += len(data) + 1
    index = " ".join(map(str, numbers)).encode()
    extra = {"Type": "/ObjStm", "N": len(items), "First": len(index) + 1}
    return pydyf.Stream([index, *datas], extra, compress=True)


def _entries(places: Sequence[_Place]) -> tuple[list[bytes], dict[str, object]]:
    """The content of a cross-reference stream, and what its dictionary says of it."""
    widths = [max(1, (max(field).bit_length() + 7) // 8) for field in zip(*places, strict=True)]
    content = b"".join(
        part.to_bytes(width, "big") for place in places for part, width in zip(place, widths, strict=True)
    )
    return [content], {"Type": "/XRef", "Size": len(places), "W": pydyf.Array(widths)}
