"""Text of a cell made fit for paper, and a cell's value in words.

Invisible characters are dropped, widths of letters and the sender's own words are left alone. What is damaged is not
mended here but named (see ``damage``).
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal

from pipeline.core.calendar import written
from pipeline.core.messages import _
from pipeline.core.text import nfc, without_forbidden
from pipeline.core.values import CellError, Formatted
from pipeline.sheets.damage import HAN
from pipeline.sheets.overlooked import UNCALCULATED

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BREAKS = re.compile("\r\n|[\r\n\v\f\u0085\u2028\u2029]|_x000[aAdD]_")
_BLANKS = re.compile(r"[^\S\n]+")
_BROKEN_HAN = re.compile(rf"(?<=[{HAN}，。；：、”』》）])\s*\n\s*(?=[{HAN}，。；：、“『《（])")

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


def shown(value: object) -> str:
    """A cell's value as the sender sees it, as far as that can be known without his number formats."""
    if value is None:
        return ""
    if isinstance(value, CellError):
        return _("没有算出结果的公式") if value.text == UNCALCULATED else value.text
    if isinstance(value, Formatted):
        return value.text
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
