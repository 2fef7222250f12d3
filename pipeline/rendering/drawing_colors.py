"""Colours of DrawingML: a base, and what is done to it (ECMA-376 part 1, 20.1.2.3).

Shade and tint work on light, not on the numbers of sRGB; "darker 50 %" of the usual blue is 2F528F that way, which is
what Word shows.
"""

from __future__ import annotations

import math

from pipeline.rendering.markup import Element, attribute, child
from pipeline.rendering.theme import NAMED_COLORS, Theme, hexadecimal
from pipeline.rendering.units import integer

_WHOLE = 100_000


def solid(holder: Element | None, theme: Theme) -> str:
    """The colour inside an a:solidFill or a style reference as ``#rrggbb``, ``#rrggbbaa`` where it lets something
    through; "" for none and for one that cannot be seen."""
    for name in ("a:srgbClr", "a:sysClr", "a:schemeClr", "a:prstClr"):
        element = child(holder, name)
        if element is not None:
            return _changed(element, _base(name, element, theme))
    return ""


def _base(name: str, element: Element, theme: Theme) -> str:
    if name == "a:srgbClr":
        return hexadecimal(attribute(element, "val"))
    if name == "a:sysClr":
        return hexadecimal(attribute(element, "lastClr")) or "#000000"
    if name == "a:prstClr":
        return NAMED_COLORS.get(attribute(element, "val").lower(), "#000000")
    return theme.color(attribute(element, "val")) or "#000000"


def _changed(element: Element, color: str) -> str:
    if not color:
        return ""
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    share = {
        name: integer(attribute(child(element, f"a:{name}"), "val", default).rstrip("%")) / _WHOLE
        for name, default in (
            ("lumMod", "100000"), ("lumOff", "0"), ("shade", "100000"), ("tint", "100000"), ("alpha", "100000"),
        )
    }  # fmt: skip
    channels = [_clamped(each * share["lumMod"] + share["lumOff"]) for each in channels]
    if share["shade"] != 1.0 or share["tint"] != 1.0:
        lit = [_light(each) * share["shade"] for each in channels]
        channels = [_number(_clamped(each * share["tint"] + 1 - share["tint"])) for each in lit]
    opaque = _clamped(share["alpha"])
    if opaque == 0.0:
        return ""
    digits = "".join(f"{_byte(each):02x}" for each in channels)
    return f"#{digits}" if opaque == 1.0 else f"#{digits}{_byte(opaque):02x}"


def _clamped(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _byte(value: float) -> int:
    return math.floor(_clamped(value) * 255 + 0.5)


def _light(value: float) -> float:
    """sRGB to light."""
    return value / 12.92 if value <= 0.040_45 else ((value + 0.055) / 1.055) ** 2.4


def _number(light: float) -> float:
    """Light to sRGB."""
    return light * 12.92 if light <= 0.003_130_8 else 1.055 * light ** (1 / 2.4) - 0.055
