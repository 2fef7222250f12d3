"""Formatting as Word files state it, before anybody asks what it means: names, attributes, and how two levels merge.

Some properties merge attribute by attribute (a style says the left indent, the paragraph the first line), others as
a whole (ECMA-376 part 1, 17.7.2). Keeping them as plain names and texts until the last level is merged makes every
rule of inheritance one dictionary operation.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.rendering.markup import Element, child, children, is_on, kind, local

Properties = Mapping[str, Mapping[str, str]]
"""Property name (``sz``, ``ind``, ``pBdr/top``; other namespaces with prefix: ``w14:glow``) -> its attributes."""

EMPTY: Properties = {}

TOGGLES = ("b", "i", "caps", "smallCaps", "strike", "dstrike", "vanish", "emboss", "imprint", "outline", "shadow")
"""Run properties that two levels of styles switch on and off again (17.7.3)."""

_BY_ATTRIBUTE = frozenset({"rFonts", "ind", "spacing", "tabs", "numPr", "lang"})
_OPPOSITES = {
    "firstLine": ("hanging", "hangingChars"),
    "firstLineChars": ("hanging", "hangingChars"),
    "hanging": ("firstLine", "firstLineChars"),
    "hangingChars": ("firstLine", "firstLineChars"),
}
_INDENTS = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_FONT_THEMES = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}


def run_properties(holder: Element | None) -> Properties:
    """The w:rPr inside ``holder`` (a run, a style, a level, docDefaults)."""
    return _simple(child(holder, "w:rPr"))


def paragraph_properties(holder: Element | None) -> Properties:
    """The w:pPr inside ``holder``. Borders are flattened to ``pBdr/top``, tab stops to position -> "kind leader"."""
    element = child(holder, "w:pPr")
    properties = dict(_simple(element))
    if element is None:
        return properties
    if properties.pop("pBdr", None) is not None:
        for side in element.findall("{*}pBdr/*"):
            properties[f"pBdr/{local(str(side.tag))}"] = _attributes(side)
    stops = children(child(element, "w:tabs"), "w:tab") if "tabs" in properties else []
    if stops:
        attributes = [_attributes(stop) for stop in stops]
        properties["tabs"] = {
            stop.get("pos", "0"): f"{stop.get('val', 'left')} {stop.get('leader', 'none')}" for stop in attributes
        }
    numbering = child(element, "w:numPr") if "numPr" in properties else None
    if numbering is not None:
        properties["numPr"] = {
            local(str(part.tag)): _attributes(part).get("val", "") for part in numbering if isinstance(part.tag, str)
        }
    if "ind" in properties:
        properties["ind"] = {_INDENTS.get(name, name): text for name, text in properties["ind"].items()}
    return properties


def merged(base: Properties, over: Properties) -> Properties:
    """``over`` on top of ``base``; neither is changed."""
    if not over:
        return base
    result = dict(base)
    for name, attributes in over.items():
        if name in _BY_ATTRIBUTE and name in base:
            result[name] = _joined(name, base[name], attributes)
        else:
            result[name] = attributes
    return result


def toggled(defaults: Properties, levels: tuple[Properties, ...], direct: Properties) -> dict[str, bool]:
    """The toggle properties: styles of different levels switch each other, direct formatting decides (17.7.3)."""
    result = {}
    for name in TOGGLES:
        if name in direct:
            result[name] = _on(direct, name)
        else:
            switches = sum(_on(level, name) for level in levels)
            result[name] = _on(defaults, name) or switches % 2 == 1
    return result


def text(properties: Properties, name: str, attribute: str = "val", default: str = "") -> str:
    """One attribute of a property."""
    return properties.get(name, EMPTY_ATTRIBUTES).get(attribute, default)


def is_set(properties: Properties, name: str, default: bool = False) -> bool:
    """An on/off property; ``default`` when no level states it."""
    return _on(properties, name) if name in properties else default


EMPTY_ATTRIBUTES: Mapping[str, str] = {}


def _on(properties: Properties, name: str) -> bool:
    return name in properties and is_on(properties[name].get("val", "1"))


def _simple(element: Element | None) -> Properties:
    if element is None:
        return EMPTY
    return {
        name.removeprefix("w:"): _attributes(part)
        for part in element
        if isinstance(part.tag, str) and ((name := kind(part)).startswith("w:") or _is_drawn(part))
    }


def _is_drawn(effect: Element) -> bool:
    """Whether an effect of Office 2010 (w14:glow, w14:textOutline …) shows. WPS writes outlines without a line, and a
    plain fill beside the w:color it repeats."""
    names = {local(str(each.tag)) for each in effect.iter() if isinstance(each.tag, str)}
    return "noFill" not in names and (local(str(effect.tag)) != "textFill" or "gradFill" in names)


def _attributes(element: Element) -> dict[str, str]:
    return {local(str(name)): str(text) for name, text in element.attrib.items()}


def _joined(name: str, base: Mapping[str, str], over: Mapping[str, str]) -> Mapping[str, str]:
    dropped: set[str] = set()
    if name == "ind":
        dropped = {opposite for attribute in over for opposite in _OPPOSITES.get(attribute, ())}
    elif name == "rFonts":
        # a face named at a higher level beats a theme face below it, and the other way round
        dropped = {theme for theme, plain in _FONT_THEMES.items() if plain in over}
        dropped |= {plain for theme, plain in _FONT_THEMES.items() if theme in over}
    return {key: text for key, text in base.items() if key not in dropped} | dict(over)
