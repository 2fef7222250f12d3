"""What a PDF says of itself: title, organ, number and archival code, in XMP and in the Info dictionary alike.

ISO 19005-3, 6.6.2: XMP, not compressed, and a property outside the known schemas is declared in the file itself
(pdfaExtension). What describes a paper as a record (number, 档号 and its parts, 文种, 成文日期 …) has no place in the
known ones, so it stands in a schema of our own with the elements of DA/T 46-2009 文书类电子文件元数据方案. No dates but
the paper's own: equal papers are equal files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape

Level = Literal["3u", "2u"]

NAMESPACE = "urn:gongwen:da-t-46:2009:"
PREFIX = "dat46"

_PROGRAM = "gongwen"
_SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class AssociatedFile:
    """A file inside the PDF (ISO 19005-3, 6.8). ``relationship`` says what it is to the paper: its source, or data it
    was made of."""

    name: str
    data: bytes
    media_type: str
    relationship: Literal["Source", "Data", "Supplement"]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands in the PDF's Info dictionary and in its XMP; empty parts are left out.

    ``author`` is the organ (责任者), ``number`` its 文号, ``archival_code`` the 档号, ``described`` more of DA/T 46 by
    the names of ``DESCRIPTIONS``. ``level`` is that of PDF/A; ``files``, which 2u does not allow, go inside the PDF.
    """

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "zh-CN"
    number: str = ""
    archival_code: str = ""
    described: Mapping[str, str] = field(default_factory=dict)
    level: Level = "3u"
    files: tuple[AssociatedFile, ...] = ()

    def __post_init__(self) -> None:
        assert self.level == "3u" or not self.files, "PDF/A-2 holds no files"

    @property
    def info(self) -> dict[str, str]:
        """The entries of the Info dictionary that say something."""
        entries = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": _SEPARATOR.join(self.keywords),
            "Creator": _PROGRAM,
        }
        return {name: text for name, text in entries.items() if text}


def xmp(metadata: Metadata, producer: str) -> bytes:
    """The XMP packet. ``producer`` is the Info dictionary's."""
    parts = [
        _simple("pdfaid", "part", metadata.level[0]),
        _simple("pdfaid", "conformance", metadata.level[1].upper()),
        _simple("pdf", "Producer", producer),
        _simple("xmp", "CreatorTool", _PROGRAM),
        _simple("pdf", "Keywords", _SEPARATOR.join(metadata.keywords)),
        _alternative("title", metadata.title),
        _sequence("creator", metadata.author),
        _alternative("description", metadata.subject),
    ]
    own = {"archivalCode": metadata.archival_code, "documentNumber": metadata.number, **metadata.described}
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
        f"{_description(_KNOWN, parts)}{_own({name: text for name, text in own.items() if text})}"
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    )
    return packet.encode()


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_KNOWN = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
_EXTENSION = {
    PREFIX: NAMESPACE,
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
DESCRIPTIONS = {
    "archivalCode": "M8 档号",
    "fonds": "M9 全宗号",
    "year": "M11 年度",
    "retentionPeriod": "M12 保管期限",
    "organisation": "M13 机构或问题",
    "itemNumber": "M17 室编件号",
    "documentNumber": "M31 文件编号",
    "date": "M33 日期",
    "documentType": "M34 文种",
    "addressees": "M36 主送",
    "copies": "M37 抄送",
}
"""The properties of our schema, each with its element in the standard."""


def _description(spaces: Mapping[str, str], parts: Iterable[str]) -> str:
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return f'<rdf:Description rdf:about="" {declared}>{"".join(parts)}</rdf:Description>'


def _own(values: Mapping[str, str]) -> str:
    """The properties of our own schema, in a description of their own, and what they mean."""
    if not values:
        return ""
    parts = [_simple(PREFIX, name, text) for name, text in values.items()]
    return _description(_EXTENSION, [*parts, _declaration(tuple(values))])


def _simple(prefix: str, name: str, text: str) -> str:
    return f"<{prefix}:{name}>{escape(text)}</{prefix}:{name}>" if text else ""


def _alternative(name: str, text: str) -> str:
    """A text that might be given in several languages."""
    item = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'
    return f"<dc:{name}>{item}</dc:{name}>" if text else ""


def _sequence(name: str, text: str) -> str:
    return f"<dc:{name}><rdf:Seq><rdf:li>{escape(text)}</rdf:li></rdf:Seq></dc:{name}>" if text else ""


def _declaration(names: tuple[str, ...]) -> str:
    """Our schema, as a reader who does not know it needs it (ISO 19005-3, 6.6.2.3.3)."""
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">'
        + _simple("pdfaProperty", "name", name)
        + _simple("pdfaProperty", "valueType", "Text")
        + _simple("pdfaProperty", "category", "external")
        + _simple("pdfaProperty", "description", f"{DESCRIPTIONS[name]} (DA/T 46-2009)")
        + "</rdf:li>"
        for name in names
    )
    return (
        '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
        + _simple("pdfaSchema", "schema", "DA/T 46-2009 文书类电子文件元数据方案")
        + _simple("pdfaSchema", "namespaceURI", NAMESPACE)
        + _simple("pdfaSchema", "prefix", PREFIX)
        + f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>"
        + "</rdf:li></rdf:Bag></pdfaExtension:schemas>"
    )
