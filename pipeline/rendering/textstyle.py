"""From merged run properties to the look of characters (ECMA-376 part 1, 17.3.2).

Names of faces stay those of the Word file; which face prints them is decided by the fonts, character by character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from pipeline.rendering.borders import border
from pipeline.rendering.model import Strike, TextStyle, Underline
from pipeline.rendering.properties import EMPTY_ATTRIBUTES, Properties, is_set, text
from pipeline.rendering.theme import Theme, hexadecimal
from pipeline.rendering.units import half_points, number, twips

DEFAULT_SIZE = 10.0
"""What Word takes when no level names a size (17.3.2.38)."""

_DEFAULT_EAST_ASIAN = "宋体"
_DEFAULT_LATIN = "Times New Roman"
_SMALL = 0.65
_SMALL_CAPITAL = 0.8
_SUPERSCRIPT_RISE = 0.35
_SUBSCRIPT_FALL = -0.14

_UNDERLINES: dict[str, Underline] = {
    "none": "",
    "single": "single",
    "words": "single",
    "double": "double",
    "thick": "thick",
    "dotted": "dotted",
    "dottedHeavy": "dotted",
    "dash": "dash",
    "dashedHeavy": "dash",
    "dashLong": "dash",
    "dashLongHeavy": "dash",
    "dotDash": "dash",
    "dashDotHeavy": "dash",
    "dotDotDash": "dash",
    "dashDotDotHeavy": "dash",
    "wave": "wave",
    "wavyHeavy": "wave",
    "wavyDouble": "wave",
}
_HIGHLIGHTS = {
    "black": "#000000",
    "blue": "#0000ff",
    "cyan": "#00ffff",
    "darkBlue": "#000080",
    "darkCyan": "#008080",
    "darkGray": "#808080",
    "darkGreen": "#008000",
    "darkMagenta": "#800080",
    "darkRed": "#800000",
    "darkYellow": "#808000",
    "green": "#00ff00",
    "lightGray": "#c0c0c0",
    "magenta": "#ff00ff",
    "red": "#ff0000",
    "white": "#ffffff",
    "yellow": "#ffff00",
}


def text_style(properties: Properties, theme: Theme) -> TextStyle:
    """The look of a run from its settled properties (``Styles.run``)."""
    size = half_points(text(properties, "sz", default=str(DEFAULT_SIZE * 2)))
    rise = half_points(text(properties, "position", default="0"))
    placed = text(properties, "vertAlign")
    if placed in ("superscript", "subscript"):
        rise += size * (_SUPERSCRIPT_RISE if placed == "superscript" else _SUBSCRIPT_FALL)
        size *= _SMALL
    return TextStyle(
        east_asian=_face(properties, theme, "eastAsia") or _DEFAULT_EAST_ASIAN,
        latin=_face(properties, theme, "ascii") or _face(properties, theme, "hAnsi") or _DEFAULT_LATIN,
        size=max(size, 1.0),
        bold=is_set(properties, "b"),
        italic=is_set(properties, "i"),
        color=color(properties, "color", theme) or "#000000",
        underline=_UNDERLINES.get(text(properties, "u", default="none"), "single"),
        underline_color=_underline_color(properties, theme),
        strike=_strike(properties),
        highlight=_HIGHLIGHTS.get(text(properties, "highlight"), "") or shading(properties, theme),
        border=border(properties.get("bdr", EMPTY_ATTRIBUTES)),
        spacing=twips(text(properties, "spacing", default="0")),
        scale=_scale(text(properties, "w", default="100")),
        rise=rise,
        emphasis=text(properties, "em", default="none") != "none",
        hint_east_asian=text(properties, "rFonts", "hint") == "eastAsia",
        off_grid=not is_set(properties, "snapToGrid", default=True),
    )


def upper(words: str) -> str:
    """Capitals, one for one: a letter whose capital is two letters (ß) stays."""
    return "".join(each.upper() if len(each.upper()) == 1 else each for each in words)


def pieces(words: str, style: TextStyle, properties: Properties) -> Iterator[tuple[str, TextStyle]]:
    """Text cut where its look changes inside a run: small capitals, and underlines that leave out the blanks."""
    small = is_set(properties, "smallCaps") and not is_set(properties, "caps")
    skips = text(properties, "u") == "words"
    if not small and not skips:
        yield words, style
        return
    for (little, blank), group in groupby(words, key=lambda each: (small and each != upper(each), each == " ")):
        part = "".join(group)
        look = replace(style, size=style.size * _SMALL_CAPITAL) if little else style
        yield upper(part) if little else part, replace(look, underline="") if skips and blank else look


def color(properties: Properties, name: str, theme: Theme) -> str:
    """``#rrggbb`` of a colour property (w:color); "" for none and automatic."""
    attributes = properties.get(name, EMPTY_ATTRIBUTES)
    return _color(attributes.get("val", ""), attributes.get("themeColor", ""), attributes, "theme", theme)


_COVERED = {f"pct{share}": share / 100 for share in range(5, 100, 5)} | {
    "pct12": 0.125, "pct37": 0.375, "pct62": 0.625, "pct87": 0.875, "solid": 1.0
}  # fmt: skip
"""Patterns of dots and how much of the ground they cover (17.18.78); stripes are refused."""


def shading(properties: Properties, theme: Theme) -> str:
    """``#rrggbb`` of a w:shd: its fill, with so much of the pattern's colour as the pattern covers; "" for none.

    字符底纹 on Word's ribbon is ``pct15`` of an automatic colour, black, on white.
    """
    attributes = properties.get("shd", EMPTY_ATTRIBUTES)
    fill = _color(attributes.get("fill", ""), attributes.get("themeFill", ""), attributes, "themeFill", theme)
    pattern = attributes.get("val", "clear")
    covered = _COVERED.get(pattern, 0.0)
    if not covered:
        return fill
    ink = _color(attributes.get("color", ""), attributes.get("themeColor", ""), attributes, "theme", theme)
    return mixed(ink or "#000000", fill or "#ffffff", covered)


def mixed(one: str, two: str, share: float) -> str:
    """A colour of a ``share`` of one and the rest of another."""
    pairs = ((int(one[at : at + 2], 16), int(two[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _color(digits: str, role: str, attributes: object, prefix: str, theme: Theme) -> str:
    if role and isinstance(attributes, dict):
        found = theme.color(role, attributes.get(f"{prefix}Tint", ""), attributes.get(f"{prefix}Shade", ""))
        if found:
            return found
    return hexadecimal(digits)


def _strike(properties: Properties) -> Strike:
    if is_set(properties, "dstrike"):
        return "double"
    return "single" if is_set(properties, "strike") else ""


def _underline_color(properties: Properties, theme: Theme) -> str:
    attributes = properties.get("u", EMPTY_ATTRIBUTES)
    return _color(attributes.get("color", ""), attributes.get("themeColor", ""), attributes, "theme", theme)


def _face(properties: Properties, theme: Theme, script: str) -> str:
    role = text(properties, "rFonts", f"{script}Theme")
    return (theme.face(role) if role else "") or text(properties, "rFonts", script)


def _scale(percent: str) -> float:
    """w:w; a strict file writes a percent sign. Word allows 1 to 600."""
    return min(max(number(percent.rstrip("%")) / 100, 0.01), 6.0)
