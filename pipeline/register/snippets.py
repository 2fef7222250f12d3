"""The stretch of a paper's text that shows why it was found.

The index compares folded text without blanks and signs, people read the text as it is; so a hit is found among the
letters alone and carried back to the place it came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.core.text import collapsed
from pipeline.core.values import Span
from pipeline.register.grams import folded, letters

LENGTH = 40
"""Characters of a snippet, ellipses not counted."""

_BEFORE = 12


def snippet(places: Sequence[str], words: Sequence[str]) -> str:
    """About ``LENGTH`` characters round the first of ``words`` that stands in one of ``places``, "…" where cut.

    ``places`` are the texts to look in, in order of preference; the beginning of the first that is not empty when no
    word stands in any of them.
    """
    for word in words:
        for text in places:
            found = _position(text, word)
            if found is not None:
                return _cut(text, max(0, found - _BEFORE))
    return _cut(next((text for text in places if text.strip()), ""), 0)


def marks(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Where the words stand in a text, from its beginning, none over another; folded as the index compares them.

    >>> marks("关于推荐社区　“兼职委员”的通知", ["兼职委员"])
    ((8, 12),)
    """
    places = [place for place, character in enumerate(text) for _letter in letters(character)]
    plain = "".join(map(letters, text))
    found = [
        (places[match.start()], places[match.end() - 1] + 1)
        for word in words
        if (wanted := letters(word))
        for match in re.finditer(_whole(wanted), plain)
    ]
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _position(text: str, word: str) -> int | None:
    """Where ``word`` begins in ``text``; None when it does not stand there."""
    wanted = letters(word)
    if not wanted:
        return None
    plain = folded(text)
    if len(plain) == len(text):  # nothing grew or vanished in folding, so places agree
        hit = re.search(_whole(folded(word)), plain)
        if hit:
            return hit.start()
    before = letters(text).find(wanted)
    return None if before < 0 else _place_of_letter(text, before)


def _place_of_letter(text: str, wanted: int) -> int | None:
    """Where in ``text`` the letter stands that ``wanted`` letters go before."""
    passed = 0
    for place, character in enumerate(text):
        passed += len(letters(character))
        if passed > wanted:
            return place
    return None


def _whole(word: str) -> str:
    """An expression for the word that does not begin or end inside a figure or a Latin word."""
    before = "(?<![0-9a-z])" if re.match("[0-9a-z]", word) else ""
    after = "(?![0-9a-z])" if re.search("[0-9a-z]$", word) else ""
    return f"{before}{re.escape(word)}{after}"


def _cut(text: str, start: int) -> str:
    end = start + LENGTH
    return f"{'…' if start else ''}{collapsed(text[start:end])}{'…' if end < len(text) else ''}"
