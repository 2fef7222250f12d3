"""The names of Office's XML, short ways to ask an element, and the choice among its alternatives.

Everything behind this module sees the transitional namespaces only, no mc:AlternateContent, and no processing
instructions or comments.
"""

from __future__ import annotations

from functools import cache, lru_cache

from lxml import etree

Element = etree._Element

_OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = {
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
    "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
    "a": f"{_OFFICE}/drawingml/2006/main",
    "pic": f"{_OFFICE}/drawingml/2006/picture",
    "m": f"{_OFFICE}/officeDocument/2006/math",
    "c": f"{_OFFICE}/drawingml/2006/chart",
    "dgm": f"{_OFFICE}/drawingml/2006/diagram",
    "mc": f"{_OFFICE}/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": NAMESPACES["w"],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": NAMESPACES["r"],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": NAMESPACES["wp"],
    "http://purl.oclc.org/ooxml/drawingml/main": NAMESPACES["a"],
    "http://purl.oclc.org/ooxml/drawingml/picture": NAMESPACES["pic"],
    "http://purl.oclc.org/ooxml/officeDocument/math": NAMESPACES["m"],
    "http://purl.oclc.org/ooxml/drawingml/chart": NAMESPACES["c"],
    "http://purl.oclc.org/ooxml/drawingml/diagram": NAMESPACES["dgm"],
}
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_UNDERSTOOD = frozenset({"wps", "w14", "w15", "w16", "a14", "wpg"})
"""Prefixes an mc:Choice may require; by convention they are the same in every file Word and WPS write."""


@cache
def q(name: str) -> str:
    """``w:p`` as lxml writes it: ``{namespace}p``."""
    prefix, _colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


_VALUE = q("w:val")


def kind(element: Element) -> str:
    """``w:p`` for a paragraph; an unknown namespace is written out."""
    return _kind(str(element.tag))


@lru_cache(maxsize=4096)
def _kind(tag: str) -> str:
    namespace, _brace, local = tag[1:].partition("}")
    return f"{_PREFIXES.get(namespace, namespace)}:{local}"


@lru_cache(maxsize=4096)
def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child along a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(q(name)), None)  # three times as fast as find
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """All children of a name; none for no element."""
    return [] if element is None else list(element.iterchildren(q(name)))


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """An attribute's value; ``default`` for no element or no attribute."""
    return default if element is None else element.get(q(name) if ":" in name else name, default)


def value(element: Element | None, default: str = "") -> str:
    """The w:val of an element."""
    return default if element is None else element.get(_VALUE, default)


def is_on(text: str) -> bool:
    """The value of an on/off property (17.17.4); an absent one means on."""
    return text not in ("0", "false", "off", "none")


def flag(element: Element | None) -> bool:
    """Whether an on/off property stands and says on."""
    return element is not None and is_on(element.get(_VALUE, "1"))


def words_of(element: Element, limit: int = 24) -> str:
    """The first characters of an element's text, to tell a person where something stands."""
    texts = (node.text or "" for node in element.iter(q("w:t"), q("w:delText"), q("m:t")))
    return "".join(texts).strip()[:limit]


def normalised(root: Element) -> Element:
    """The tree with transitional names and one alternative each, without what its writer says may be ignored.

    Works in place and returns the root.
    """
    for node in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    if any(uri in _STRICT for uri in root.nsmap.values()):
        for element in root.iter():
            _rename(element)
    for alternative in list(root.iter(q("mc:AlternateContent"))):
        _choose(alternative)
    _drop_ignorable(root)
    return root


def _drop_ignorable(root: Element) -> None:
    """Elements of namespaces that mc:Ignorable names and nobody here knows (ECMA-376 part 3, 9.2): WPS and every newer
    Word write such, and readers that do not know them are told to pass them over."""
    prefixes = root.get(q("mc:Ignorable"), "").split()
    unknown = {uri for prefix in prefixes if (uri := root.nsmap.get(prefix)) and uri not in _PREFIXES}
    for uri in unknown:
        for element in list(root.iter(f"{{{uri}}}*")):
            parent = element.getparent()
            if parent is not None and not words_of(element):
                parent.remove(element)


def _rename(element: Element) -> None:
    tag = etree.QName(element)
    if tag.namespace in _STRICT:
        element.tag = f"{{{_STRICT[tag.namespace]}}}{tag.localname}"
    for name in list(element.attrib):
        attribute_name = etree.QName(name)
        if attribute_name.namespace in _STRICT:
            text = element.attrib.pop(name)
            element.set(f"{{{_STRICT[attribute_name.namespace]}}}{attribute_name.localname}", text)


def _choose(alternative: Element) -> None:
    """Put the first alternative we understand in the place of them all (ECMA-376 part 3, 10.2.1). Where there is none
    they stay, to be refused as what nobody here knows."""
    parent, found = alternative.getparent(), _alternative(alternative)
    if parent is None or found is None:
        return
    place = parent.index(alternative)
    for offset, chosen in enumerate(list(found)):
        parent.insert(place + offset, chosen)
    parent.remove(alternative)


def _alternative(alternative: Element) -> Element | None:
    for choice in children(alternative, "mc:Choice"):
        if set(choice.get("Requires", "").split()) <= _UNDERSTOOD:
            return choice
    return child(alternative, "mc:Fallback")
