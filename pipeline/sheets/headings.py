"""Which field a heading or a label means, however it was typed, and which one it is nearest to.

Compared without width, blanks, line breaks, colons, quotation marks and asterisks, and, when that is not enough,
without what stands in brackets behind it: 出 生 年 月（岁） is 出生年月.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.core.kind import Field, Table
from pipeline.core.text import folded_heading

LONGEST = 60
"""No heading is longer; a longer text in the grid is content."""

ROW_NUMBERS = {"序号", "序", "顺序号", "行号", "no", "no.", "编码"}
"""Headings of columns that only count the rows; nobody misses them."""

_REMEMBERED = 1 << 15
"""Texts whose folding is kept: every kind asks for the same cells again, and a long list has thousands."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_SIGNS = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=_REMEMBERED)
def folded(text: str) -> str:
    """A heading as it is compared."""
    return _SIGNS.sub("", folded_heading(text))


@lru_cache(maxsize=_REMEMBERED)
def without_notes(text: str) -> str:
    """A heading as it is compared, without what stands in brackets; empty when nothing else does."""
    return folded(_BRACKETED.sub("", unicodedata.normalize("NFKC", text)))


class Headings:
    """All words for the fields of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._fields: dict[str, Field] = {}
        for field in table.fields:
            for heading in field.headings:
                self._fields.setdefault(folded(heading), field)

    def any_of(self, words: frozenset[str]) -> bool:
        """Whether one of the words, as ``folded`` or ``without_notes`` gives them, means a field."""
        return not self._fields.keys().isdisjoint(words)

    def field(self, text: str) -> Field | None:
        """The field that a heading means."""
        if len(text) > LONGEST:
            return None
        return self._fields.get(folded(text)) or self._fields.get(without_notes(text))

    def nearest(self, text: str, among: Iterable[Field], likeness: float) -> Field | None:
        """The field of ``among`` with the word most like ``text``, if one is as like as ``likeness`` (0 to 1)."""
        allowed = {field.id for field in among}
        wanted = without_notes(text) or folded(text)
        best = None
        for word, field in self._fields.items():
            if field.id in allowed:
                ratio = SequenceMatcher(None, wanted, word).ratio()
                if ratio > likeness or (ratio == likeness and best is None):
                    best, likeness = field, ratio
        return best
