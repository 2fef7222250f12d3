"""The looks of boxes: whole sets of CSS properties, ready computed.

WeasyPrint reads some sixty properties of every box. From a style sheet it parses, cascades, inherits and computes them
anew for each document, which took longer than laying the pages out. All we say is absolute, so a look is the table of
initial values with a few of ours put in, and boxes that look alike share it. A property it does not know, a negative
size or a NaN stops here, while in a style sheet it would be dropped without a word.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from tinycss2.color5 import parse_color
from weasyprint.css import ComputedStyle, InitialStyle, Style
from weasyprint.css.properties import INITIAL_VALUES, Dimension

from pipeline.rendering.model import Border

PIXEL = 0.75
"""Points of a CSS pixel, WeasyPrint's own unit."""

_LARGEST = 20_000.0
"""Points; more is a fault of ours, not of a page."""

NONE = Dimension(0, "px")
CORNER = (NONE, NONE)
ROUND = (Dimension(50, "%"), Dimension(50, "%"))
SIDES = ("top", "right", "bottom", "left")


def _computed() -> Mapping[str, Any]:
    """Every property with its initial value, computed."""
    nowhere = {"box": None, "area": None}
    style = ComputedStyle(None, {}, None, InitialStyle(None), None, None, nowhere)
    return {name: style[name] for name in INITIAL_VALUES}


_INITIAL = _computed()


class Look(Style):  # type: ignore[misc]
    """All properties of a box, as WeasyPrint's layout asks for them."""

    def __init__(self, properties: Mapping[str, Any]) -> None:
        super().__init__(_INITIAL)
        assert properties.keys() <= _INITIAL.keys(), properties.keys() - _INITIAL.keys()
        self.update(properties)
        self.specified = self
        self.cascaded: dict[str, Any] = {}
        self.cache: dict[str, Any] = {}
        self.font_config = None
        self.base_url = None

    @property
    def root_style(self) -> Look:
        """Asked for lengths in rem, which we never use."""
        return self

    def copy(self) -> Look:
        """One of its own, as for boxes that WeasyPrint changes."""
        return Look(self)

    @cached_property
    def anonymous_style(self) -> Look:
        """What a box that WeasyPrint puts in between looks like: it stands on the same pages and has nothing else."""
        return Look({"page": self["page"], "margin_break": self["margin_break"]})


class Looks:
    """The looks of one document; equal properties share one. ``page`` names the pages the boxes may stand on."""

    def __init__(self, page: str) -> None:
        self.page = page
        self._known: dict[tuple[tuple[str, Any], ...], Look] = {}

    def of(self, **properties: Any) -> Look:
        """The look with these properties on the pages of now."""
        key = (("page", self.page), *properties.items())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Look(dict(key))
        return known


def length(points: float) -> Dimension:
    """A length that may be negative: margins, positions."""
    assert math.isfinite(points) and abs(points) < _LARGEST, f"no length: {points}"
    return Dimension(points / PIXEL, "px")


def size(points: float) -> Dimension:
    """A length of at least 0: sizes, padding."""
    assert points > -0.0005, f"negative: {points}"
    return length(max(points, 0.0))


@lru_cache(maxsize=1024)
def colour(name: str) -> Any:
    """``#rrggbb`` as WeasyPrint has it."""
    parsed = parse_color(name)
    assert parsed is not None, f"no colour: {name}"
    return parsed


def border(side: str, line: Border) -> dict[str, Any]:
    """The properties of one side of a frame; none for no line."""
    if line.style == "none":
        return {}
    return {
        f"border_{side}_width": size(line.width).value,
        f"border_{side}_style": line.style,
        f"border_{side}_color": colour(line.color),
    }


def borders(lines: Mapping[str, Border]) -> dict[str, Any]:
    """The properties of several sides."""
    return {name: value for side, line in lines.items() for name, value in border(side, line).items()}
