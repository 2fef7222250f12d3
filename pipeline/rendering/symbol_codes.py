"""Characters of symbol fonts by their Unicode names: what Wingdings 0xFE shows is ☑.

Forms in Word tick their boxes with w:sym and bullet their lists with private code points; no free font has those
faces. Only signs whose look is the same everywhere are here; an unknown code is refused by the caller.
"""

from __future__ import annotations

import re

_WINGDINGS = {
    0x4A: "☺", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "☐", 0x72: "☐", 0x74: "◆", 0x75: "◆",
    0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xB2: "✧", 0xD8: "➢",
    0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□", 0x30: "□"}
_SYMBOL = {
    0x2D: "−", 0x2A: "∗", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x70: "π", 0x71: "θ", 0x6C: "λ",
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xB7: "•", 0xB0: "°", 0xAE: "→", 0xAC: "←",
    0xA5: "∞", 0xC5: "⊕", 0xD6: "√", 0xD7: "·", 0xA8: "♦", 0x57: "Ω", 0x53: "Σ", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈",
}  # fmt: skip
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_TABLES = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def is_symbol_face(face: str) -> bool:
    """Whether a face numbers its signs in its own way."""
    return face.lower() in _TABLES or face.lower() in ("wingdings 3", "webdings")


def symbol(face: str, code: int) -> str:
    """The Unicode character a symbol face shows for a code (0xF0FE and 0xFE are the same); "" when unknown.

    For other faces the code is the character itself, unless it lies in the private area.
    """
    if is_symbol_face(face):
        return _TABLES.get(face.lower(), {}).get(code & 0xFF, "")
    if 0xE000 <= code < 0xF900 or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code < 0xE000:
        return ""
    return chr(code)


def in_unicode(face: str, text: str) -> str | None:
    """A text in a symbol face as Unicode, None when one of its signs is unknown; other faces' text is returned as is.

    Private code points (0xF020 to 0xF0FF) count as signs of Symbol when the face is an ordinary one, as Word's old
    bullets do.
    """
    own_signs = is_symbol_face(face)
    if not own_signs and not _PRIVATE.search(text):
        return text
    result = ""
    for character in text:
        if not own_signs and not _PRIVATE.match(character):
            result += character
            continue
        known = symbol(face if own_signs else "symbol", ord(character))
        if not known:
            return None
        result += known
    return result
