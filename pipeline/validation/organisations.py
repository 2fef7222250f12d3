"""Which organisation of the office a cell means: by full name, short name or another word for it, never by likeness.

A paper filed under the wrong community is worse than one sent back, so a name that fits two is refused, and the
nearest name is only offered in the hint.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from pipeline.core.values import Organisation

_NOISE = re.compile(r"[\s“”\"'‘’]+")


class Directory:
    """The organisations of the office by every word for them."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        self._by_word: dict[str, set[str]] = {}
        self._by_name = {organisation.name: organisation for organisation in organisations}
        self._known: dict[str, Organisation | None] = {}
        for organisation in organisations:
            for word in (organisation.name, organisation.short_name, *organisation.synonyms):
                if word:
                    self._by_word.setdefault(_folded(word), set()).add(organisation.name)

    def named(self, text: str) -> Organisation | None:
        """The one organisation that ``text`` names; None when it names none or several."""
        if text not in self._known:
            names = self._by_word.get(_folded(text), set())
            self._known[text] = self._by_name[next(iter(names))] if len(names) == 1 else None
        return self._known[text]

    def nearest(self, text: str) -> tuple[str, ...]:
        """Up to two full names that ``text`` may have meant, the likeliest first."""
        several = self._by_word.get(_folded(text))
        if several:
            return tuple(sorted(several))
        near = get_close_matches(_folded(text), self._by_word, n=2, cutoff=0.6)
        return tuple(dict.fromkeys(name for word in near for name in sorted(self._by_word[word])))[:2]


def _folded(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))
