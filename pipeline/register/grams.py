"""Chinese text as words that a full-text index can hold, and what is looked for as a phrase of such words.

Chinese writes no blanks between words, and SQLite's trigram index cannot find 通知 (PITFALLS, First 4). So a run of
characters is indexed as its overlapping pairs and its last character alone: 推荐表 becomes ``推荐 荐表 表``. A word
of two or more characters is then a phrase of pairs, a single character the beginning of a pair, and both are found
wherever they stand. Letters and figures stay whole: 5 is not 50.

Folded for comparison only (NFKC, case; never transliterated, never stored). White space between two characters is
no boundary, because paper writes 张　三 and breaks its lines anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# Characters written without blanks between words: CJK radicals, ideographs with all extensions, 々〆〇 and Suzhou
# numerals, kana, bopomofo; and the private use areas, where offices keep the characters that their fonts made up.
_WIDE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff"
    "\U00020000-\U0003ffff\U000f0000-\U0010fffd"
)
_RUNS = re.compile(f"(?P<wide>[{_WIDE}]+)|(?:(?![{_WIDE}])[^\\W_])+")
_SPACE_INSIDE = re.compile(f"(?<=[{_WIDE}])\\s+(?=[{_WIDE}])")
# Variation selectors choose a glyph, the others show nothing at all; none of them is a letter.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


def folded(text: str) -> str:
    """The text as it is compared: NFKC, case folded, nothing invisible."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())


def letters(text: str) -> str:
    """The folded text without anything that is neither letter nor figure."""
    return "".join(match[0] for match in _RUNS.finditer(folded(text)))


def indexed(text: str) -> str:
    """The text as the index keeps it: pairs and words between blanks."""
    words: list[str] = []
    for match in _runs(text):
        run = match[0]
        if match["wide"]:
            words.extend(map("".join, pairwise(run)))
            words.append(run[-1])
        else:
            words.append(run)
    return " ".join(words)


def phrase(word: str) -> str:
    """FTS5's expression for one word that is looked for; "" when it holds neither letter nor figure.

    Only letters and figures come through, inside quotes, so that nothing of FTS5's own syntax can.
    """
    runs = list(_runs(word))
    if not runs:
        return ""
    *before, last = runs
    words = [indexed(run[0]) for run in before]
    if not last["wide"]:
        return f'"{" ".join([*words, last[0]])}"'
    if len(last[0]) == 1:
        return f'"{" ".join([*words, last[0]])}"*'  # the run may go on in the paper: a pair that begins so
    pairs = map("".join, pairwise(last[0]))
    return f'"{" ".join([*words, *pairs])}"'


def _runs(text: str) -> list[re.Match[str]]:
    return list(_RUNS.finditer(_SPACE_INSIDE.sub("", folded(text))))
