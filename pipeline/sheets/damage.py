"""What is broken or careless in a text that somebody pasted, found and named, never mended.

All of it stands in real source documents: pinyin that a web page glued behind its characters (会(huì)), words that a
document-sharing site swapped against copy detection (原那么 for 原则), half-width signs, quotation marks that do not
match, the furniture of a page, paragraphs that a scan cut into lines. ``broken`` is what prints as nonsense anywhere;
``careless`` is what does not belong into an official paper; ``torn`` only shows in texts of several paragraphs.
Each gives Chinese phrases that fit behind 有.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipeline.core.messages import _
from pipeline.sheets.suspects import FURNITURE, SWAPPED, TRADITIONAL

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = f"[a-zü]*[{_TONED}][a-zü]*"
_PINYIN = re.compile(rf"[{HAN}]\s*(?:[（(]\s*{_SYLLABLE}\s*[）)]|{_SYLLABLE})", re.IGNORECASE)
_TONE = re.compile(f"[{_TONED}]", re.IGNORECASE)
_MOJIBAKE = re.compile("锟斤拷|烫烫烫|屯屯屯|Ã[\u0080-\u00bf]|ï¿½|[àâäåæçèéêëìíîïðñòóôõö]{2}[\u0080-\u00bf]")
_OWN = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LOST = re.compile("[\ufffd\ufffe\uffff\ufdd0-\ufdef\x1a]|[?？]{3,}")
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]|_x00(?:0[0-8BbCcEeFf]|1[0-9A-Fa-f])_")

# A pattern that begins with the sign it is after is searched for ten times as fast as one that begins with what may
# stand before it; so the looks behind stand behind the sign, and include it.
_HALF_WIDTH = re.compile(
    rf"[,;:!?.](?<=[{HAN}”’》）][,;:!?.])(?=[{HAN}“‘《（\s]|$)"
    rf"|[(（][^()（）{HAN}]*+[{HAN}][^()（）]*+\)|\([^()（）{HAN}]*+[{HAN}][^()（）]*+）"
)
_STRAIGHT = re.compile(rf"[\"'＂](?:(?<=[{HAN}，。、：；（《][\"'＂])|(?=[{HAN}]))|[〝〞]")
_CORNERED = re.compile(rf"〔[{HAN}]+〕")
_SWAPPED = re.compile("|".join(sorted(SWAPPED, key=len, reverse=True)))
_FURNITURE = re.compile("|".join(FURNITURE))
_TRADITIONAL = re.compile(f"[{TRADITIONAL}]")


def _between(first: int, last: int, left_out: str) -> str:
    """The characters from one code point to another but those left out, as ranges of a class: that compiles in a
    twentieth of the time of twenty thousand characters."""
    bounds = [first - 1, *sorted(code for code in map(ord, set(left_out)) if first <= code <= last), last + 1]
    return "".join(f"{chr(low + 1)}-{chr(high - 1)}" for low, high in pairwise(bounds) if low + 1 < high)


_COMMON = _between(0x4E00, 0x9FA5, TRADITIONAL)
_SOUND = rf"0-9A-Za-z%/+\-，。、；：！…—·{_COMMON}"
_BY_PLACE = ".“”《》（）"
"""Signs that are sound in their place."""
_ODD = re.compile(f"[^{_SOUND}]")
_UNCOMMON = re.compile(f"[^{_SOUND}{_BY_PLACE}]")
_UNCOMMON_BUT_BLANK = re.compile(rf"[^ \t\r\n\u3000{_SOUND}{_BY_PLACE}]")
_WORDS = re.compile("|".join(("锟斤拷", "烫烫烫", "屯屯屯", *FURNITURE, *SWAPPED)))
_PAIRED = re.compile("[“”《》（）]")
_PAIRS = tuple((pair, re.compile(f"[{pair}]")) for pair in ("“”", "《》", "（）"))

_ENDS_OPEN = re.compile(rf"[，、]$|[{HAN}”》）、，0-9A-Za-z]{{24}}$")
_GOES_ON = re.compile(rf"[{HAN}“《]")
_HEADED = re.compile(
    r"[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|第[一二三四五六七八九十\d]+[条章节]|附件"
)


DITTO = frozenset({"同上", "同前", "如上", "〃", "″", '"', "”", "··", "同 上"})
"""How people spare themselves to write again what stands above; printed on a paper of its own it means nothing."""
_LONGEST_DITTO = max(map(len, DITTO))


def is_plain(text: str) -> bool:
    """Whether a short text has nothing in it that could be wrong: common characters, full-width signs, no blanks."""
    if _ODD.search(text):
        return not _UNCOMMON.search(text) and _is_sound(text)
    return bool(text) and text not in DITTO and not _WORDS.search(text)


def sound_paragraphs(text: str) -> str:
    """A long text one paragraph a line, without its blanks, when a look is enough to see that nothing is wrong with it;
    else "": then it must be looked at closely."""
    if not is_undamaged(text):
        return ""
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    if len(lines) > 1 and torn(lines):
        return ""
    whole = "\n".join(lines)
    return whole if len(whole) > _LONGEST_DITTO else ""


def is_undamaged(text: str) -> bool:
    """Whether ``broken`` and ``careless`` find nothing, told quickly; where it is not told, they must be asked."""
    return not _UNCOMMON_BUT_BLANK.search(text) and _is_sound(text)


def _is_sound(text: str) -> bool:
    """Whether nothing is wrong with a text of common characters."""
    return (
        text not in DITTO
        and not _WORDS.search(text)
        and not ("." in text and _HALF_WIDTH.search(text))
        and (not _PAIRED.search(text) or all(_balanced(text, *pair) for pair in _PAIRS))
    )


def broken(text: str) -> Iterator[str]:
    """What would print as nonsense."""
    if _TONE.search(text):
        yield from _told(_PINYIN, text, lambda found: _("文字后面粘着的拼音{found}").format(found=found))
    yield from _told(_MOJIBAKE, text, lambda found: _("乱码{found}").format(found=found))
    if match := _OWN.search(text):
        yield _("自造字“{text}”，别的电脑上印不出来").format(text=match[0])
    if match := _LOST.search(text):
        shown = "" if match[0] < " " else _("“{text}”").format(text=match[0])
        yield _("转换时丢掉的字，只剩下{shown}").format(shown=shown or _("一个看不见的记号"))
    if _CONTROL.search(text):
        yield _("看不见的控制字符，请把这一格重新打一遍")


def careless(text: str) -> Iterator[str]:
    """What does not belong into an official paper."""
    yield from _told(_FURNITURE, text, lambda found: _("网页上带来的{found}").format(found=found))
    if words := list(dict.fromkeys(_SWAPPED.findall(text))):
        shown = _("、").join(_("“{word}”（应是“{meant}”）").format(word=w, meant=SWAPPED[w]) for w in words[:3])
        yield _("文库网站换过的词{shown}{more}").format(shown=shown, more=_("等") if len(words) > 3 else "")
    yield from _told(_TRADITIONAL, text, lambda found: _("繁体字{found}，公文用规范汉字").format(found=found))
    yield from _told(_HALF_WIDTH, text, lambda found: _("半角标点{found}，中文里要用全角").format(found=found))
    yield from _told(_CORNERED, text, lambda found: _("六角括号{found}，这里要用圆括号（）").format(found=found))
    yield from _told(_STRAIGHT, text, lambda found: _("不分左右的引号{found}，要用“”").format(found=found))
    for pair, signs in _PAIRS:
        if not _balanced(text, pair, signs):
            yield _("不成对的{pair}").format(pair=pair)


def torn(paragraphs: Sequence[str]) -> str:
    """Paragraphs that break off in the middle of a sentence, as a phrase; empty when there are none."""
    for line, following in pairwise(paragraphs):
        if _ENDS_OPEN.search(line) and _GOES_ON.match(following) and not _HEADED.match(following):
            return _("断开的段落，“…{end}”后面还没有完就另起了一段（多半是从扫描件或 PDF 粘来的）").format(
                end=line[-8:]
            )
    return ""


def _told(pattern: re.Pattern[str], text: str, phrase: Callable[[str], str]) -> Iterator[str]:
    if pattern.search(text):
        found = [match[0] for match in pattern.finditer(text)]
        shown = "".join(_("“{text}”").format(text=sign.strip()[:12]) for sign in list(dict.fromkeys(found))[:3])
        yield phrase(shown if len(found) == 1 else _("{shown}等{n}处").format(shown=shown, n=len(found)))


def _balanced(text: str, pair: str, signs: re.Pattern[str]) -> bool:
    if pair[0] not in text:
        return pair[1] not in text
    depth = 0
    for sign in signs.findall(text):
        depth += 1 if sign == pair[0] else -1
        if depth < 0:
            return False
    return depth == 0
