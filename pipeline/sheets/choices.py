"""Which of a field's choices a cell means: the word itself, a ticked box among several, or a bare tick."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.sheets.wording import OPTION_OFF, OPTION_ON

_YES = {"是", "有", "对", "同意", "已", "y", "yes", "true", "1", *OPTION_ON}
_NO = {"否", "无", "没有", "不是", "未", "n", "no", "false", "0", "×", "✗", "✘", "x", *OPTION_OFF}
_POSITIVE = ("是", "有")
_NEGATIVE = ("否", "无")
_BOX = re.compile(rf"([{OPTION_ON}{OPTION_OFF}])\s*([^\s{OPTION_ON}{OPTION_OFF}]+)")
_TICK_BEHIND = re.compile(r"([^√✓✔\s]+)\s*[\(（]?[√✓✔][\)）]?")
_NOISE = re.compile(r"[\s.,，。、;；:：()（）“”\"']+")


def chosen(text: str, choices: Sequence[str]) -> str | None:
    """The choice that ``text`` means; None when it means none or more than one."""
    folded = {_folded(choice): choice for choice in choices}
    wanted = _folded(text)
    if wanted in folded:
        return folded[wanted]
    # √男 女 and □男 ☑女 have the mark in front, 男√ 女 has it behind; the first character tells.
    boxes = _BOX.findall(unicodedata.normalize("NFKC", text)) if text[:1] in (*OPTION_ON, *OPTION_OFF) else []
    if boxes:
        ticked = [folded.get(_folded(word)) for mark, word in boxes if mark in OPTION_ON]
        return ticked[0] if len(ticked) == 1 else None
    if behind := _TICK_BEHIND.findall(text):
        return folded.get(_folded(behind[0])) if len(behind) == 1 else None
    for words, answers in ((_YES, _POSITIVE), (_NO, _NEGATIVE)):
        if wanted in words:
            return next((choice for choice in choices if choice in answers), None)
    # 汉 for 汉族, 男性 for 男: the class word behind a choice may be there or not.
    near = [choice for fold, choice in folded.items() if any(wanted == fold + s or fold == wanted + s for s in "性族")]
    return near[0] if len(near) == 1 else None


def _folded(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()
