"""What kind of character it is: which face it asks for, where a line may end, what may hang or shrink.

The sets are those of Word for Simplified Chinese (避头尾, ECMA-376 part 1, 17.3.1.16 and 17.15.1.58 to 60); the choice
of the face is 17.3.2.26. Character tables only; the composer decides.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

NO_START = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
"""May not begin a line (避头)."""

NO_END = frozenset("$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥")
"""May not end a line (避尾)."""

HANGING = frozenset("、。，．：；！？”’）》〉】〕」』,.:;!?")
"""May stand outside the right margin, one at most (overflowPunct)."""

INSEPARABLE = frozenset("—…―")
"""Never parted from its twin: —— and ……."""

_CLOSING = frozenset("、。，．：；！？”’）》〉】〕」』〗")
_OPENING = frozenset("‘“（《〈【〔「『〖")

SPACE = " "
NO_BREAK_SPACE = "\u00a0"
_HYPHENS = frozenset("-‐–")

_INVISIBLE = frozenset(
    map(
        chr,
        (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xAD, 0xFEFF),
    )
)

# 17.3.2.26: the characters whose face depends on the hint; a hint of East Asian takes them to the East Asian face.
_HINTED_LATIN_1 = frozenset("¡¤§¨ª\u00ad¯°±²³´¶·¸¹º¼½¾¿×÷àáèéêìíòóùúü")
_HINTED_RANGES = ((0x0100, 0x04FF), (0x1E00, 0x1EFF), (0x2000, 0x2BFF), (0xE000, 0xF8FF), (0xFB00, 0xFB1C))
_EAST_ASIAN_RANGES = ((0x1100, 0x11FF), (0x2E80, 0xDFFF), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF))


@lru_cache(maxsize=1 << 15)
def is_east_asian(character: str, *, hint: bool) -> bool:
    """Whether a character prints in the East Asian face of its run. ``hint`` is ``w:rFonts w:hint="eastAsia"``."""
    code = ord(character)
    if code < 0x80:
        return False
    if code > 0xFFFF or _within(code, _EAST_ASIAN_RANGES):
        return True
    return hint and (character in _HINTED_LATIN_1 or _within(code, _HINTED_RANGES))


def is_han(character: str) -> bool:
    """A Chinese character proper (or kana, hangul), no mark: what Word keeps a blank from Latin letters."""
    return ord(character) >= 0x2E80 and unicodedata.category(character) in ("Lo", "Nl")


def is_latin_word(character: str) -> bool:
    """A letter or figure of half width, the other side of that blank."""
    return ord(character) < 0x2E80 and character.isalnum()


def is_invisible(character: str) -> bool:
    """Prints nothing: zero-width blanks, joiners, direction marks, variation selectors, soft hyphen."""
    return character in _INVISIBLE


def visible(text: str) -> str:
    """The text without what prints nothing."""
    if _INVISIBLE.isdisjoint(text):
        return text
    return "".join(character for character in text if character not in _INVISIBLE)


def is_opening(character: str) -> bool:
    """An opening mark, the left half of whose square is empty."""
    return character in _OPENING


def is_closing(character: str) -> bool:
    """A closing mark or stop, the right half of whose square is empty."""
    return character in _CLOSING


def may_break(before: str, after: str, *, wide: bool, kinsoku: bool, word_wrap: bool) -> bool:
    """Whether a line may end between two characters. ``wide``: at least one of them stands in an East Asian face."""
    if before == NO_BREAK_SPACE or after in (NO_BREAK_SPACE, SPACE):
        return False
    if kinsoku and (after in NO_START or before in NO_END or (before == after and before in INSEPARABLE)):
        return False
    if before == SPACE or wide or not word_wrap:
        return True
    return before in _HYPHENS and after.isalpha()


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)
