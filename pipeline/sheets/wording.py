"""Text of a cell made fit for paper, and the damage that must not get there.

Invisible characters are dropped, widths of letters and the sender's own words are left alone. Damage that would print
as nonsense is named instead: characters lost in a conversion, self-made characters that no font has, mojibake, and the
pinyin that some web pages glue behind a character (会(huì)), all of it found in real source documents.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal

from pipeline.core.calendar import written
from pipeline.core.messages import _
from pipeline.core.text import nfc, without_forbidden
from pipeline.core.values import CellError
from pipeline.sheets.cellscan import UNCALCULATED

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BREAKS = re.compile("\r\n|[\r\n\v\f\u0085\u2028\u2029]|_x000[aAdD]_")
_BLANKS = re.compile(r"[^\S\n]+")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
_BROKEN_HAN = re.compile(rf"(?<=[{_HAN}，。；：、”』》）])\s*\n\s*(?=[{_HAN}，。；：、“『《（])")
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_PINYIN = re.compile(rf"[{_HAN}]\s*[（(]\s*[a-zü]*[{_TONED}][a-zü]*\s*[）)]", re.IGNORECASE)
_MOJIBAKE = re.compile("锟斤拷|烫烫烫|屯屯屯|Ã[\u0080-\u00bf]|ï¿½|[àâäåæçèéêëìíîïðñòóôõö]{2}[\u0080-\u00bf]")
_OWN = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LOST = re.compile("\ufffd|[?？]{3,}")

OPTION_ON = "☑■√✓✔☒●◉"
OPTION_OFF = "□☐○◯"


def one_line(text: str) -> str:
    """Short text: NFC, one line, single blanks. A line break between Han characters vanishes, another is a blank."""
    text = _BREAKS.sub("\n", _INVISIBLE.sub("", nfc(text)))
    text = without_forbidden(_BROKEN_HAN.sub("", text))
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Long text: one paragraph a line, without empty ones, without indents and trailing blanks."""
    text = without_forbidden(_BREAKS.sub("\n", _INVISIBLE.sub("", nfc(text))))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def damage(text: str) -> str:
    """What is broken in a text, as a Chinese phrase; empty when nothing is."""
    if match := _PINYIN.search(text):
        return _("文字后面粘着拼音“{text}”").format(text=match[0])
    if match := _MOJIBAKE.search(text):
        return _("乱码“{text}”").format(text=match[0])
    if match := _OWN.search(text):
        return _("自造字“{text}”（编码 {code}），别的电脑上印不出来").format(
            text=match[0], code=f"U+{ord(match[0]):04X}"
        )
    if match := _LOST.search(text):
        return _("转换时丢了字，只剩下“{text}”").format(text=match[0])
    return ""


def shown(value: object) -> str:
    """A cell's value as the sender sees it, as far as that can be known without his number formats."""
    if value is None:
        return ""
    if isinstance(value, CellError):
        return _("没有算出结果的公式") if value.text == UNCALCULATED else value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # As Excel shows it, 15 figures and noughts behind them; never in powers of ten.
        return f"{Decimal(f'{value:.15g}'):f}" if math.isfinite(value) and abs(value) < 1e21 else str(value)
    if isinstance(value, datetime):
        clock = _("{hour}时{minute:02d}分").format(hour=value.hour, minute=value.minute)
        return written(value.date()) + (clock if value.time() != time() else "")
    if isinstance(value, date):
        return written(value)
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    return str(value)


def excerpt(value: object, length: int = 40) -> str:
    """``shown`` on one line, cut to what fits a finding."""
    text = " ".join(shown(value).split())
    return text if len(text) <= length else f"{text[:length]}…"
