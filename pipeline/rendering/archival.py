"""Whether a finished file keeps the rules of PDF/A-2 or -3 (ISO 19005), at a price that every paper can pay.

pikepdf's validator knows the rules object by object. It takes 30 ms a page, and nearly all it looks at is the same in
every paper: which keys an object has, of what kind their values are. So each object is reduced to its shape (numbers,
strings and references emptied, names and flags kept), and a shape that was part of a file the validator passed need not
be shown to it again in this process. A file with a shape that is new goes to the validator whole. What differs from
paper to paper is looked at every time, and elsewhere: the operators of the pages (``reading``), the fonts and their
widths (``printed_font``), and here the declaration, the colour profile, and the signature fields the validator does not
know.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from xml.etree import ElementTree

import pikepdf
import pikepdf.pdfa

from pipeline.core.messages import _
from pipeline.rendering.metadata import NAMESPACE, PREFIX

_SHOWN = 12
"""How many faults of one kind are named."""
_MOST_SHAPES = 10_000

_LEVEL = re.compile(rb"<pdfaid:conformance>U</pdfaid:conformance>")
_PART = re.compile(rb"<pdfaid:part>([23])</pdfaid:part>")
_OWN_SCHEMA = re.compile(
    rf'<rdf:Description rdf:about="" xmlns:{PREFIX}="{NAMESPACE}".*?</rdf:Description>'.encode(), re.DOTALL
)
_DECLARED = "{http://www.aiim.org/pdfa/ns/property#}name"

_PLAIN = re.compile(
    rb"(?P<kept>/(?:F|Flags|SigFlags|Ff|N|BitsPerComponent|CA|ca|FunctionType|PatternType|ShadingType|Predictor|Rotate)"
    rb" -?[\d.]++(?! \d+ R))"
    rb"|(?P<reference>\d+ \d+ R)"
    rb"|(?P<name>/[^\s<>\[\]()/%]*)"
    rb"|(?P<text>\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]+>)"
    rb"|(?P<number>-?\d*\.?\d+)",
    re.DOTALL,
)
_REPEATED = re.compile(rb"((?:#|S|@[^ \]]*) )(?:\1)+")
_RESOURCE_NAMES = re.compile(rb"/(?:F|i|a|A|s|x|p)[0-9a-f.]+(?= [@#])")

_proven: set[bytes] = set()
"""Shapes of this process that the validator has passed."""


def faults(pdf: pikepdf.Pdf, data: bytes) -> Iterator[str]:
    """Everything that speaks against ``data`` (opened as ``pdf``) as a PDF/A, each as a phrase."""
    part = _PART.search(data)
    if part is None or not _LEVEL.search(data):
        yield _("文件没有声明 PDF/A-2u 或 PDF/A-3u")
        return
    yield from _schema_faults(pdf)
    yield from _field_faults(pdf)
    yield from _file_faults(pdf)
    shapes = _shapes(pdf)
    if shapes <= _proven:
        return
    found = list(islice(_validated(data, part[1].decode()), _SHOWN))
    yield from found
    if not found and len(_proven) < _MOST_SHAPES:
        _proven.update(shapes)


def objections(data: bytes) -> tuple[str, ...]:
    """What speaks against a whole file as a PDF/A; for files that are not of our own drawing."""
    with pikepdf.open(BytesIO(data), inherit_page_attributes=False) as pdf:
        return tuple(faults(pdf, data))


def _validated(data: bytes, part: str) -> Iterator[str]:
    """What the validator says. It knows no level u, whose one rule more (every character has its Unicode value) is
    looked at with the fonts; no metadata schemas that a file declares itself, and no signature fields. These are judged
    here and taken out of its copy, the metadata by blanks of the same length."""
    plain = _LEVEL.sub(lambda found: found[0].replace(b">U<", b">B<"), data, count=1)
    plain = _OWN_SCHEMA.sub(lambda found: b" " * len(found[0]), plain, count=1)
    with pikepdf.open(BytesIO(plain), inherit_page_attributes=False) as pdf:
        if "/AcroForm" in pdf.Root:
            for page in pdf.pages:
                others = [each for each in page.obj.get("/Annots", []) if each.Subtype != "/Widget"]
                page.obj.Annots = pdf.make_indirect(pikepdf.Array(others))
            del pdf.Root.AcroForm
        for finding in pikepdf.pdfa.check(pdf, f"{part}b").findings:
            yield f"{finding.message} ({finding.rule})"


def _schema_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A property of our own schema that the file does not declare, or declares and does not have (6.6.2.3.3)."""
    if "/Metadata" not in pdf.Root:
        return  # the validator says so
    metadata = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    used = {each.tag for each in metadata.iter() if each.tag.startswith(f"{{{NAMESPACE}}}")}
    declared = {f"{{{NAMESPACE}}}{each.text}" for each in metadata.iter(_DECLARED)}
    for name in sorted(used ^ declared):
        yield f"6.6.2.3.3 {name.rpartition('}')[2]}"


def _file_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A file inside that belongs to nothing (6.8)."""
    names = pdf.Root.get("/Names")
    tree = None if names is None else names.get("/EmbeddedFiles")
    inside = 0 if tree is None else len(tree.get("/Names", ()))
    if inside != 2 * len(pdf.Root.get("/AF", ())):
        yield "6.8 EmbeddedFiles"


def _field_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Our own rules for signature fields (ISO 19005-3, 6.3.3 and 6.4.1)."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return
    if "/NeedAppearances" in form or "/XFA" in form:
        yield _("签名域没有自己的外观")
    for page in pdf.pages:
        for widget in page.obj.get("/Annots", []):
            if widget.Subtype != "/Widget":
                continue
            shown = int(widget.get("/F", 0)) & 0b100111 == 0b100
            if widget.get("/FT") != "/Sig" or not shown or list(widget.get("/AP", {}).keys()) != ["/N"]:
                yield _("签名域“{name}”不合规定").format(name=str(widget.get("/T", "")))


# --------------------------------------------------------------------------- shapes


def _shapes(pdf: pikepdf.Pdf) -> frozenset[bytes]:
    """The shape of every object and of the trailer."""
    bodies: dict[bytes, bytes] = {}
    for each in pdf.objects:
        number, generation = each.objgen
        bodies[b"%d %d R" % (number, generation)] = _body(each)
    kinds = {reference: _kind(body) for reference, body in bodies.items()}
    every = {_shape(body, kinds) for body in bodies.values()}
    every.add(_shape(b"trailer " + pdf.trailer.unparse(), kinds))
    return frozenset(every)


def _body(each: pikepdf.Object) -> bytes:
    """An object as it is written; for a stream its dictionary, and a digest where its content is under the rules and
    not read elsewhere: colour profiles, metadata and what a field looks like."""
    if not isinstance(each, pikepdf.Stream):
        return each.unparse()
    body = b"stream " + each.stream_dict.unparse()
    if "/N" in each or each.get("/Type") == "/Metadata" or each.get("/Subtype") == "/Form":
        content = each.read_bytes()
        if each.get("/Type") == "/Metadata":
            content = re.sub(rb">[^<]+<", b"><", content)
        body += b" /" + hashlib.sha256(content).hexdigest().encode()
    return body


def _kind(body: bytes) -> bytes:
    """What a reference to an object leads to: its type as far as it names one."""
    names = re.findall(rb"/(?:Type|Subtype|S|FunctionType|PatternType) (/?[^\s/<>\[\]()]+)", body)
    first = body[:1] if body[:1] in b"[<(" else (b"stream" if body.startswith(b"stream") else b"#")
    return b"@" + first + b"".join(names[:3])


def _shape(body: bytes, kinds: dict[bytes, bytes]) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        if found["kept"] or found["name"]:
            return found[0]
        if found["reference"]:
            return kinds.get(found[0], b"@null")
        return b"S" if found["text"] else b"#"

    shape = _PLAIN.sub(plain, body)
    return hashlib.sha256(_RESOURCE_NAMES.sub(b"/~", _REPEATED.sub(rb"\1", shape))).digest()
