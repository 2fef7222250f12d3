"""The few handles on WordprocessingML that the finishing steps share. Lengths go in and out as points."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NAMESPACES = {"w": W, "wp": WP}
_TWIPS = 20

Element = etree._Element
XML = etree.XMLParser(resolve_entities=False, no_network=True)
"""How parts of a Word file are parsed: nothing is fetched, no entity expanded, what is not well formed refused."""

_PARAGRAPH_ORDER = """
    pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
    snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
"""
_RUN_ORDER = """
    rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish
    webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
    eastAsianLayout specVanish oMath rPrChange
"""


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def body_of(document: Element) -> Element:
    """The w:body of a w:document. Raises ``ValueError`` when it has none, which no program ever wrote."""
    body = document.find(w("body"))
    if body is None:
        raise ValueError("a Word document without a body")
    return body


def parent_of(element: Element) -> Element:
    """The element this one stands in; for elements below the root, which all of ours are."""
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{element.tag} stands in nothing")
    return parent


def style_of(paragraph: Element) -> str:
    """The id of a paragraph's style; empty for the default one."""
    found = paragraph.find("w:pPr/w:pStyle", NAMESPACES)
    return "" if found is None else found.get(w("val"), "")


def words_of(paragraph: Element) -> str:
    """The paragraph's text; a line break is "\\n"."""
    return "".join(
        (node.text or "") if node.tag == w("t") else "\n" for node in paragraph.iter(w("t"), w("br"), w("cr"))
    )


def scale_of(paragraph: Element) -> float:
    """How much the characters of a paragraph are narrowed (w:w), as a factor; runs are narrowed alike here."""
    found = paragraph.find("w:r/w:rPr/w:w", NAMESPACES)
    return 1.0 if found is None else int(found.get(w("val"), "100")) / 100


def blocks(container: Element) -> Iterator[Element]:
    """The paragraphs standing directly in a body or a cell."""
    yield from container.iterchildren(w("p"))


def twips(points: float) -> str:
    """Points as the whole twips that attributes hold."""
    return str(round(points * _TWIPS))


def points(element: Element | None, attribute: str, default: float = 0.0) -> float:
    """A twips attribute in points; ``default`` when element or attribute is missing or no number."""
    value = "" if element is None else element.get(w(attribute), "")
    try:
        return float(value) / _TWIPS
    except ValueError:
        return default


def paragraph_property(paragraph: Element, name: str) -> Element:
    """The paragraph's own property element, made in its proper place when it is missing."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    return _child(properties, name, _PARAGRAPH_ORDER)


def run_property(run: Element, name: str) -> Element:
    """The run's own property element, made in its proper place when it is missing."""
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    return _child(properties, name, _RUN_ORDER)


def indent(paragraph: Element, *, left: float = 0.0, right: float = 0.0) -> None:
    """Give a paragraph plain indents; indents counted in characters would win over them and go."""
    element = paragraph_property(paragraph, "ind")
    element.attrib.clear()
    element.set(w("firstLineChars"), "0")
    element.set(w("firstLine"), "0")
    element.set(w("left"), twips(left))
    element.set(w("right"), twips(right))


def space(paragraph: Element, *, before: float | None = None, after: float | None = None) -> None:
    """Set the space above or below a paragraph."""
    element = paragraph_property(paragraph, "spacing")
    for name, value in (("before", before), ("after", after)):
        if value is not None:
            element.set(w(name), twips(value))


def align(paragraph: Element, how: str) -> None:
    """Align a paragraph: "left", "right", "center", "both"."""
    paragraph_property(paragraph, "jc").set(w("val"), how)


def _child(parent: Element, name: str, order: str) -> Element:
    found = parent.find(w(name))
    if found is not None:
        return found
    made = etree.Element(w(name))
    names = order.split()
    later = {w(other) for other in names[names.index(name) + 1 :]}
    position = next((index for index, child in enumerate(parent) if child.tag in later), len(parent))
    parent.insert(position, made)
    return made
