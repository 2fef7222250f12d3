"""The theme part: faces and colours that styles name by their role (ECMA-376 part 1, 14.2.7, 20.1.6).

An empty East Asian face is the rule in themes of Office; then the script table of the language (Hans) says which.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.rendering.markup import Element, attribute, child, children, local

_ALIASES = {
    "text1": "dk1",
    "dark1": "dk1",
    "tx1": "dk1",
    "background1": "lt1",
    "light1": "lt1",
    "bg1": "lt1",
    "text2": "dk2",
    "dark2": "dk2",
    "tx2": "dk2",
    "background2": "lt2",
    "light2": "lt2",
    "bg2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
NAMED_COLORS = {
    "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff",
    "maroon": "#800000", "red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "magenta": "#ff00ff",
    "green": "#008000", "lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00", "navy": "#000080",
    "blue": "#0000ff", "teal": "#008080", "aqua": "#00ffff", "cyan": "#00ffff", "orange": "#ffa500",
    "darkred": "#8b0000", "dkred": "#8b0000", "lightgray": "#d3d3d3", "ltgray": "#d3d3d3", "darkgray": "#a9a9a9",
    "window": "#ffffff", "windowtext": "#000000",
}  # fmt: skip
"""Colours that drawings name in words, by their names in small letters."""

_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


def hexadecimal(digits: str) -> str:
    """``#rrggbb`` for six hexadecimal digits, "" for anything else ("auto")."""
    return f"#{digits.lower()}" if len(digits) == 6 and set(digits) <= _HEXADECIMAL else ""


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """``faces`` by the role Word names (``minorEastAsia``), ``colors`` by slot (``dk1``) as six hexadecimal digits.

    ``line_widths`` are those that styles of shapes name by number, in English Metric Units as written.
    """

    faces: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str] = field(default_factory=dict)
    line_widths: tuple[str, ...] = ()

    def face(self, role: str) -> str:
        """The face of a role, "" when the theme has none. ``minorHAnsi`` and ``minorAscii`` are the Latin one."""
        return self.faces.get(role.replace("Ascii", "HAnsi"), "")

    def color(self, name: str, tint: str = "", shade: str = "") -> str:
        """``#rrggbb`` of a theme colour, lightened or darkened by hexadecimal 255ths; "" for an unknown one."""
        digits = self.colors.get(_ALIASES.get(name, name), "")
        if not digits:
            return ""
        hue, light, saturation = colorsys.rgb_to_hls(*(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)))
        if tint:
            part = _part(tint)
            light = light * part + (1 - part)
        if shade:
            light *= _part(shade)
        return "#" + "".join(f"{round(value * 255):02x}" for value in colorsys.hls_to_rgb(hue, light, saturation))


def read_theme(root: Element | None) -> Theme:
    """The theme of a theme part; an empty one for no part."""
    if root is None:
        return Theme()
    faces = {}
    for role in ("major", "minor"):
        fonts = child(root, "a:themeElements", "a:fontScheme", f"a:{role}Font")
        scripts = {attribute(font, "script"): attribute(font, "typeface") for font in children(fonts, "a:font")}
        faces[f"{role}HAnsi"] = attribute(child(fonts, "a:latin"), "typeface")
        faces[f"{role}EastAsia"] = attribute(child(fonts, "a:ea"), "typeface") or scripts.get("Hans", "")
    colors = {}
    scheme = child(root, "a:themeElements", "a:clrScheme")
    for slot in [] if scheme is None else scheme:
        for color in slot:
            digits = color.get("lastClr") or color.get("val") or ""
            if hexadecimal(digits):
                colors[local(str(slot.tag))] = digits.lower()
    lines = children(child(root, "a:themeElements", "a:fmtScheme", "a:lnStyleLst"), "a:ln")
    return Theme(faces, colors, tuple(attribute(line, "w", "9525") for line in lines))


def _part(digits: str) -> float:
    """Two hexadecimal digits as a part of one; what is none counts as all of it."""
    return int(digits, 16) / 255 if 0 < len(digits) <= 2 and set(digits) <= _HEXADECIMAL else 1.0
