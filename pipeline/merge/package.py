"""A Word file as its parts: read with limits, written so that equal content gives equal bytes.

Times, order and compression in the zip are fixed; core properties carry the record's own date. Without that, the same
paper merged twice would have two digests, and nobody could tell a repeated run from a forgery.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from pipeline.core.text import without_forbidden

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_CONTENT_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The namespace of the other .docx that Word offers when saving (严格 Open XML 文档)."""
_LARGEST = 50_000_000
"""Bytes a template may unpack to; a real one has some tens of thousands."""

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpeg"}


class BadPackage(ValueError):
    """The bytes are no Word file, or one too large to be a template."""


def read_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name. Raises ``BadPackage``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise BadPackage("too large")
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise BadPackage(str(error)) from error
    if not {DOCUMENT, STYLES, _CONTENT_TYPES} <= parts.keys():
        raise BadPackage("no Word document")
    if _STRICT in parts[DOCUMENT]:
        raise BadPackage("Strict Open XML")
    return parts


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a Word file. Content types come first, as the format asks; the rest by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != _CONTENT_TYPES, name)):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name], compresslevel=6)
    return buffer.getvalue()


def with_properties(parts: Mapping[str, bytes], *, title: str, author: str, number: str, day: date) -> dict[str, bytes]:
    """The parts with core properties of the paper itself, in place of those of whoever saved the template."""
    moment = f"{day.isoformat()}T00:00:00Z"
    words = {key: escape(without_forbidden(text)) for key, text in (("t", title), ("a", author), ("n", number))}
    core = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{words['t']}</dc:title><dc:subject>{words['n']}</dc:subject><dc:creator>{words['a']}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
    return {**parts, _CORE: core.encode()}


def with_pictures(parts: Mapping[str, bytes], pictures: Mapping[str, tuple[bytes, str]]) -> dict[str, bytes]:
    """The parts with pictures added; ``pictures`` maps relationship id to (bytes, media type PNG or JPEG)."""
    if not pictures:
        return dict(parts)
    result = dict(parts)
    relationships, types = [], {}
    for identifier, (data, media_type) in pictures.items():
        extension = _EXTENSIONS[media_type]
        name = f"media/{identifier}.{extension}"
        result[f"word/{name}"] = data
        types[extension] = f'<Default Extension="{extension}" ContentType="{media_type}"/>'.encode()
        relationships.append(f'<Relationship Id="{identifier}" Type="{_IMAGE}" Target="{name}"/>'.encode())
    known = result[_CONTENT_TYPES]
    missing = [entry for extension, entry in types.items() if f'Extension="{extension}"'.encode() not in known]
    result[_CONTENT_TYPES] = _before(known, b"</Types>", missing)
    result[_RELATIONSHIPS] = _before(result[_RELATIONSHIPS], b"</Relationships>", relationships)
    return result


def _before(part: bytes, end: bytes, entries: list[bytes]) -> bytes:
    """``part`` with entries put in front of its closing tag."""
    body, closing, tail = part.rpartition(end)
    return body + b"".join(entries) + closing + tail
