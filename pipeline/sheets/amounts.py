"""Whole numbers and sums of money as people write them: ``14人``, ``1,234.50元``, ``1.2万``, ``壹万贰仟元整``.

Money is exact: a float from Excel is taken at its shortest decimal form, and what is finer than a cent (分) is no sum.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from pipeline.core.amounts import BLOCKS, NUMERAL, number_in_characters, sum_in_capitals

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d+)?")
_MEASURES = re.compile(
    r"(?<=[\d零〇一二三四五六七八九十百千万])(?:人|名|个|份|次|户|年|期|票|件|页|张|项|位|场|平方米|元整?)$"
)
_CURRENCY = re.compile(r"^(?:人民币|RMB|CNY|[¥￥$])|(?:元整?|圆整?|块)$", re.IGNORECASE)
_LABELS = re.compile(r"人民币|大写|小写|金额|[():、;=]|(?<!\d),|,(?!\d)")
_CAPITALS = re.compile(rf"(?:人民币)?{NUMERAL}[元圆圓](?:{NUMERAL}角)?零?(?:{NUMERAL}分)?[整正]?")
_CENT = Decimal("0.01")


def integer_of(value: str | int | float) -> int | None:
    """A cell as a whole number; None when it is none."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return int(value)  # as nearly all counts come from Excel
    number = _decimal(value) if not isinstance(value, str) else _written(value)
    if number is None or number != number.to_integral_value() or abs(number) >= 10**15:
        return None
    return int(number)


def money_of(value: str | int | float) -> Decimal | None:
    """A cell as yuan with at most two decimals; None when it is none."""
    if isinstance(value, str):
        number = _figures(_CURRENCY.sub("", _CURRENCY.sub("", _plain(value))))
        if number is None:
            number = sum_in_capitals(_plain(value))
    else:
        number = _decimal(value)
    if number is None or abs(number) >= 10**15:
        return None
    cents = number.quantize(_CENT)
    # 0.1 + 0.2 in a formula comes as 0.30000000000000004; a cent is a cent.
    return cents if abs(cents - number) < Decimal("1e-9") else None


def written_twice(text: str) -> tuple[Decimal, Decimal] | None:
    """A sum written in capitals and in figures in one cell (大写：壹万元整  小写：10,000.00), capitals first."""
    plain = _plain(text)
    capitals = _CAPITALS.search(plain)
    if not capitals:
        return None
    in_words = money_of(capitals[0])
    in_figures = money_of(_LABELS.sub("", f"{plain[: capitals.start()]} {plain[capitals.end() :]}"))
    return (in_words, in_figures) if in_words is not None and in_figures is not None else None


def _plain(text: str) -> str:
    return re.sub(r"[\s'_]+", "", unicodedata.normalize("NFKC", text)).replace("，", ",").replace("−", "-")


def _decimal(value: int | float) -> Decimal | None:
    try:
        number = Decimal(repr(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _written(text: str) -> Decimal | None:
    return _figures(_MEASURES.sub("", _plain(text)))


def _figures(text: str) -> Decimal | None:
    factor = 1
    if len(text) > 1 and text[-1] in BLOCKS and (_PLAIN.fullmatch(text[:-1]) or _GROUPED.fullmatch(text[:-1])):
        text, factor = text[:-1], BLOCKS[text[-1]]
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")) * factor
    number = number_in_characters(text)
    return None if number is None else Decimal(number)
