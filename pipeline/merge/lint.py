"""Mistakes people make when they write placeholders in Word, found before anything is merged.

Word hides them well: a full-width ｛ looks like a brace, a placeholder typed across two paragraphs looks like one line,
and docxtpl prints such a template without complaint, one paragraph short. Word also cuts a placeholder into several
runs; that is no mistake, so the text is joined before it is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.core.messages import _
from pipeline.merge.ooxml import XML, Element, w

_FULL_WIDTH = re.compile(r"[{｛][{｛%％]|[}｝%％][}｝]")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_PARTED = re.compile(r"\{\s+[{%]|[}%]\s+\}")
_NAME_CUT = re.compile(r"\{\{(?!(?:p|r|tr|tc) )\s*[A-Za-z_\u4e00-\u9fff][\w.]*\s+[A-Za-z_\u4e00-\u9fff][\w.]*\s*\}\}")
_KEYWORDS = re.compile(r"\b(?:or|and|if|else|not|in|is)\b")
_LONGEST = 40
_MOVING_DATE = re.compile(r"^\s*(?:DATE|TIME|SAVEDATE|PRINTDATE)\b", re.IGNORECASE)
_CHANGES = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tcPrChange"))


def faults(part: bytes) -> tuple[str, ...]:
    """One sentence for each misspelt placeholder in a document, header or footer part."""
    root = etree.fromstring(part, XML)
    found: list[str] = list(_changes(root))
    for paragraph in root.iter(w("p")):
        own = [text for text in paragraph.iter(w("t")) if next(text.iterancestors(w("p"))) is paragraph]
        found.extend(_moving_dates(paragraph))
        found.extend(_of("".join(text.text or "" for text in own)))
    return tuple(found)


def _changes(root: Element) -> Iterator[str]:
    """Tracked changes, wherever they stand: nobody can say which of the two wordings a paper would go out with."""
    for change in root.iter(*_CHANGES):
        paragraph = next((each for each in (change, *change.iterancestors()) if each.tag == w("p")), None)
        words = "" if paragraph is None else "".join(text.text or "" for text in paragraph.iter(w("t"), w("delText")))
        yield _("“{text}”里有修订痕迹，先接受或拒绝修订").format(text=_shown(words))
        return


def _moving_dates(paragraph: Element) -> Iterator[str]:
    """A date that Word works out anew: the paper would say another day than its PDF whenever it is opened."""
    code = "".join(part.text or "" for part in paragraph.iter(w("instrText")))
    simple = [field.get(w("instr"), "") for field in paragraph.iter(w("fldSimple"))]
    if any(_MOVING_DATE.search(instruction) for instruction in (code, *simple)):
        shown = _shown("".join(text.text or "" for text in paragraph.iter(w("t"))))
        yield _("“{text}”里有自动更新的日期，每次打开都会变，改成占位符或普通文字").format(text=shown)


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _of(text: str) -> Iterator[str]:
    shown = _shown(text)
    if any(set(match) & set("｛｝％") for match in _FULL_WIDTH.findall(text)):
        yield _("“{text}”里有全角的大括号，改成半角的 {{{{ }}}}").format(text=shown)
        return
    if _PARTED.search(_TAG.sub("", text)):
        yield _("“{text}”的两个大括号之间有空格，删掉空格").format(text=shown)
        return
    if _LOOSE.search(_TAG.sub("", text)):
        yield _("“{text}”里的占位符不完整：一个占位符要写在同一段里，中间不能按回车，大括号要成对").format(text=shown)
        return
    for tag in _TAG.findall(text):
        if _NAME_CUT.fullmatch(tag) and not _KEYWORDS.search(tag):
            yield _("“{tag}”的名称中间有空格，删掉空格").format(tag=tag)
