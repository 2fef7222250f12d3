"""Values as VML writes them: a style attribute like that of HTML, lengths with units or without, colours in words.

What cannot be read counts as nothing said, as in Word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.rendering.borders import compound
from pipeline.rendering.markup import Element, attribute, child, is_on
from pipeline.rendering.model import NO_BORDER, Border
from pipeline.rendering.theme import NAMED_COLORS, hexadecimal
from pipeline.rendering.units import held, points

_LENGTH = re.compile(r"-?\d*\.?\d+(mm|cm|in|pt|pc|px)?")
_NUMBER = re.compile(r"-?\d{0,9}\.?\d{1,9}")
_FIXED = 65_536


@dataclass(frozen=True, slots=True)
class Scale:
    """What a bare number means: points at the top level, coordinates of its group inside one (``across`` and ``down``
    points each, counted from ``left`` and ``top``)."""

    left: float = 0.0
    top: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def x(self, text: str) -> float:
        """A place across, in points from the group's left side."""
        return self._of(text, self.left, self.across)

    def y(self, text: str) -> float:
        """A place down."""
        return self._of(text, self.top, self.down)

    def width(self, text: str) -> float:
        """A distance across."""
        return self._of(text, 0.0, self.across)

    def height(self, text: str) -> float:
        """A distance down."""
        return self._of(text, 0.0, self.down)

    def _of(self, text: str, begin: float, each: float) -> float:
        plain = text.strip()
        if _NUMBER.fullmatch(plain):
            return held((float(plain) - begin) * each)
        return length(plain)


PAGE = Scale()


def style_of(element: Element) -> dict[str, str]:
    """The style attribute by names in small letters."""
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    return {name.strip().lower(): text.strip() for name, _colon, text in pairs if name.strip()}


def length(text: str) -> float:
    """A length in points; a bare number counts in points."""
    text = text.strip()
    if not _LENGTH.fullmatch(text):
        return 0.0
    return points(text[:-2], 4 / 3) if text.endswith("px") else points(text)


def pair(text: str) -> tuple[str, str]:
    """Two values with a comma between; what is missing is 0."""
    first, _comma, second = text.partition(",")
    return first.strip() or "0", second.strip() or "0"


def share(text: str, default: float = 0.0) -> float:
    """A fraction: plain, in per cent, or in 65536ths with an "f" behind it."""
    text = text.strip()
    number = text.rstrip("f%")
    if not _NUMBER.fullmatch(number):
        return default
    return float(number) / (_FIXED if text.endswith("f") else 100 if text.endswith("%") else 1)


def angle(text: str) -> float:
    """Degrees clockwise; "fd" behind it: 65536ths of a degree."""
    number = text.strip().removesuffix("fd")
    if not _NUMBER.fullmatch(number):
        return 0.0
    return float(number) / (_FIXED if text.strip().endswith("fd") else 1) % 360


def color(text: str) -> str:
    """``#rrggbb`` of "#f00", "#ff0000 [3204]", "red"; "" for what is none."""
    word = text.split()[0] if text.split() else ""
    if len(word) == 4 and word.startswith("#"):
        word = "#" + "".join(digit * 2 for digit in word[1:])
    return NAMED_COLORS.get(word.lower(), hexadecimal(word.removeprefix("#")))


def yes(text: str) -> bool:
    """VML's way to say on and off."""
    return is_on(text) and text not in ("f", "")


def stroke_of(element: Element, default: str = "t") -> Border:
    """The outline of a shape. ``default`` says whether a shape that is silent has one.

    Word states width and colour on the shape, WPS on its v:stroke; what stands there goes before.
    """
    stroke = child(element, "v:stroke")
    if not yes(element.get("stroked", attribute(stroke, "on", default))) or not share(
        attribute(stroke, "opacity", "1"), 1.0
    ):
        return NO_BORDER
    dash = attribute(stroke, "dashstyle", "solid").lower()
    width = max(length(attribute(stroke, "weight", element.get("strokeweight", "0.75pt"))), 0.1)
    shown = color(attribute(stroke, "color", element.get("strokecolor", "black"))) or "#000000"
    if dash != "solid":
        return Border("dotted" if "dot" in dash and "dash" not in dash else "dashed", width, shown)
    name = attribute(stroke, "linestyle", "single")
    return Border("solid" if name == "single" else "double", width, shown, strokes=compound(name, width))


def fill_of(element: Element) -> str:
    """The fill of a shape, "" for none."""
    fill = child(element, "v:fill")
    if not yes(element.get("filled", attribute(fill, "on", "t"))):
        return ""
    shown = color(attribute(fill, "color", element.get("fillcolor", "white")))
    opaque = min(max(share(attribute(fill, "opacity", "1"), 1.0), 0.0), 1.0)
    if not shown or opaque == 0.0:
        return ""
    return shown if opaque == 1.0 else f"{shown}{round(opaque * 255):02x}"
