"""Sizes and line heights of the template's styles, as far as exact placing needs them.

A secretary may change a style in Word; what is computed from it must follow. So sizes are read from the template, never
assumed. Styles are found by the name the secretary sees, because Word and WPS choose their own ids.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from lxml import etree

from pipeline.merge.ooxml import NAMESPACES, XML, Element, points, w

_DEFAULT_SIZE = 10.5
_SINGLE = 1.3


@dataclass(frozen=True, slots=True)
class Look:
    """Points: character size, space added after each character, line height."""

    size: float
    tracking: float
    pitch: float

    def width(self, text: str) -> float:
        """How wide ``text`` is on one line: Han characters and their punctuation 1 em, the rest half an em."""
        return sum(em(character) * self.size + self.tracking for character in text)

    def widest(self, text: str) -> float:
        """How wide the widest of the text's own lines is."""
        return max(self.width(line) for line in text.split("\n"))

    def lines(self, text: str, width: float) -> int:
        """How many lines ``text`` takes in ``width``, at least one for each of its own lines."""
        return sum(max(1, -int(-self.width(line) // width)) for line in text.split("\n")) if width > 0 else 1


def em(character: str) -> float:
    """Width of a character in em, in the Chinese faces of official papers (quotes and dashes are full width there)."""
    if unicodedata.combining(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


class StyleSheet:
    """The styles of one Word file."""

    def __init__(self, styles: bytes) -> None:
        root = etree.fromstring(styles, XML)
        self._styles: dict[str, Element] = {}
        self._names: dict[str, str] = {}
        self._default = ""
        for style in root.iterfind("w:style", NAMESPACES):
            identifier = style.get(w("styleId"), "")
            name = style.find(w("name"))
            self._styles[identifier] = style
            self._names[identifier] = "" if name is None else name.get(w("val"), "")
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true"):
                self._default = identifier
        self._document = root.find("w:docDefaults", NAMESPACES)
        self._looks: dict[str, Look] = {}

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._styles

    def name(self, identifier: str) -> str:
        """The name a secretary sees; that of the default style for an empty id."""
        return self._names.get(identifier or self._default, "")

    def look(self, identifier: str) -> Look:
        """The look of a paragraph style with everything it inherits."""
        key = identifier or self._default
        if key not in self._looks:
            size = points(self._first(key, "w:rPr/w:sz"), "val") * 10  # half points
            tracking = points(self._first(key, "w:rPr/w:spacing"), "val")
            pitch = points(self._first(key, "w:pPr/w:spacing[@w:line]"), "line")
            size = size or _DEFAULT_SIZE
            self._looks[key] = Look(size, tracking, pitch or size * _SINGLE)
        return self._looks[key]

    def _first(self, identifier: str, path: str) -> Element | None:
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            found = style.find(path, NAMESPACES)
            if found is not None:
                return found
            based = style.find(w("basedOn"))
            identifier = "" if based is None else based.get(w("val"), "")
        if self._document is None:
            return None
        defaults = path.replace("w:rPr/", "w:rPrDefault/w:rPr/").replace("w:pPr/", "w:pPrDefault/w:pPr/")
        return self._document.find(defaults, NAMESPACES)
