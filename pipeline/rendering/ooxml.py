"""A .docx opened with suspicion: a zip of XML parts tied by relationships (ECMA-376 part 2).

Files come from anybody. A zip of 40 kB can unpack to gigabytes, a DTD can ask for other files, a part may point
anywhere. So sizes are counted while unpacking, entities are never resolved, and nothing outside the zip is opened.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from pipeline.core.errors import CannotRender
from pipeline.core.messages import _
from pipeline.rendering.markup import Element, normalised

MAX_ENTRIES = 2_000
MAX_PART = 64 << 20
MAX_UNPACKED = 256 << 20
MAX_RATIO = 300
"""An honest XML part shrinks to a tenth or a fiftieth; parts below a mebibyte are not asked."""

_MEBIBYTE = 1 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A tie from one part to another: ``kind`` is the last word of its type; ``target`` a part name or a URL."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of XML by its name and its bytes."""

    name: str
    data: bytes

    def tree(self) -> Element:
        """The XML, normalised. Raises ``CannotRender`` when it is none."""
        return normalised(_parsed(self.data, self.name))


@dataclass(frozen=True)
class Package:
    """An opened file. ``parts`` maps names without a leading slash (``word/document.xml``) to their bytes."""

    parts: dict[str, bytes]
    _trees: dict[str, Element] = field(default_factory=dict, repr=False)
    _related: dict[str, dict[str, Relationship]] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, docx: bytes) -> Package:
        """Unpack and check. Raises ``CannotRender`` for what is encrypted, damaged, too large, or no Word file."""
        if docx.startswith(_OLE):
            if _ENCRYPTED in docx:
                raise CannotRender(
                    _("Word 文件有密码，读不出内容"), remedy=_("在 Word 里打开，去掉“用密码进行加密”后另存一份")
                )
            raise CannotRender(_("这是旧格式的 Word 文件（.doc）"), remedy=_("用 Word 或 WPS 打开，另存为 .docx"))
        try:
            with zipfile.ZipFile(io.BytesIO(docx)) as archive:
                parts = _unpacked(archive)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError) as error:
            raise _damaged(str(error)) from None
        except RuntimeError:  # what zipfile says of an entry with a password
            raise CannotRender(_("Word 文件有密码，读不出内容"), remedy=_("去掉密码后再试")) from None
        package = cls(parts)
        if package.tree(package.main).tag.rpartition("}")[2] != "document":
            raise CannotRender(_("这不是 Word 文件"), remedy=_("用 Word 或 WPS 打开，另存为 .docx"))
        return package

    @property
    def main(self) -> str:
        """The name of the main document part."""
        for relationship in self.related("").values():
            if relationship.kind == "officeDocument" and not relationship.external:
                return relationship.target
        raise CannotRender(_("这不是 Word 文件"), remedy=_("用 Word 或 WPS 打开，另存为 .docx"))

    def tree(self, name: str) -> Element:
        """The XML of a part, normalised. Raises ``CannotRender`` when the part is absent or no XML."""
        if name not in self._trees:
            if name not in self.parts:
                raise _damaged(_("缺少 {name}").format(name=name))
            self._trees[name] = Part(name, self.parts[name]).tree()
        return self._trees[name]

    def related(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part by id; of the package for ``""``."""
        if part not in self._related:
            self._related[part] = self._read_relationships(part)
        return self._related[part]

    def related_part(self, part: str, kind: str) -> str:
        """The name of the first part of a kind that ``part`` is tied to, or ``""``."""
        for relationship in self.related(part).values():
            if relationship.kind == kind and not relationship.external and relationship.target in self.parts:
                return relationship.target
        return ""

    def optional_part(self, kind: str) -> Part | None:
        """The part of a kind tied to the main document (styles, numbering, settings, theme), or None."""
        name = self.related_part(self.main, kind)
        return Part(name, self.parts[name]) if name else None

    def optional_tree(self, kind: str) -> Element | None:
        """The XML of such a part, or None."""
        name = self.related_part(self.main, kind)
        return self.tree(name) if name else None

    def _read_relationships(self, part: str) -> dict[str, Relationship]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self.parts:
            return {}
        related = {}
        for element in _parsed(self.parts[name], name).iter(_RELATIONSHIPS):
            external = element.get("TargetMode", "") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            related[element.get("Id", "")] = Relationship(kind, target, external)
        return related


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise _too_large()
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        with archive.open(entry) as stream:
            data = stream.read(MAX_PART + 1)
        total += len(data)
        swollen = len(data) > _MEBIBYTE and len(data) > MAX_RATIO * max(entry.compress_size, 1)
        if len(data) > MAX_PART or total > MAX_UNPACKED or swollen:
            raise _too_large()
        parts[entry.filename.replace("\\", "/").lstrip("/")] = data
    return parts


def _parsed(data: bytes, name: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(f"{name}: {error}") from None
    if _has_doctype(root):
        raise CannotRender(
            _("文件里有不该有的 DTD 声明"), where=name, remedy=_("用 Word 或 WPS 打开，另存为新的 .docx")
        )
    return root


def _has_doctype(root: Element) -> bool:
    return root.getroottree().docinfo.internalDTD is not None


def _damaged(detail: str) -> CannotRender:
    return CannotRender(
        _("Word 文件已损坏，读不出内容（{detail}）").format(detail=detail[:200]),
        remedy=_("用 Word 打开并修复，另存为新的 .docx"),
    )


def _too_large() -> CannotRender:
    return CannotRender(_("Word 文件解开后太大，超过了允许的限度"), remedy=_("压缩文件里的图片，或把文件拆成几份"))
