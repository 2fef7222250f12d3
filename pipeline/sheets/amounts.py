"""Whole numbers and sums of money as people write them: ``14人``, ``1,234.50元``, ``1.2万``, ``壹万贰仟元整``.

Money is exact: a float from Excel is taken at its shortest decimal form, and what is finer than a cent (分) is no sum.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_FIGURES = {character: figure for figure, character in enumerate("零一二三四五六七八九")}
_FIGURES |= {character: figure for figure, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
_FIGURES |= {"〇": 0, "两": 2, "貳": 2, "陸": 6, "弍": 2}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BLOCKS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d+)?")
_MEASURES = re.compile(
    r"(?<=[\d零〇一二三四五六七八九十百千万])(?:人|名|个|份|次|户|年|期|票|件|页|张|项|位|场|平方米|元整?)$"
)
_CURRENCY = re.compile(r"^(?:人民币|RMB|CNY|[¥￥$])|(?:元整?|圆整?|块)$", re.IGNORECASE)
_IN_CHARACTERS = re.compile(rf"[{''.join(_FIGURES)}{''.join(_PLACES)}{''.join(_BLOCKS)}]+")
_CAPITAL_SUM = re.compile(
    r"(?:(?P<yuan>[^元圆角分整正]+)[元圆])?(?:(?P<jiao>[零壹贰叁肆伍陆柒捌玖一二三四五六七八九])角|零)?"
    r"(?:(?P<fen>[壹贰叁肆伍陆柒捌玖一二三四五六七八九])分)?[整正]?"
)
_CENT = Decimal("0.01")


def integer_of(value: str | int | float) -> int | None:
    """A cell as a whole number; None when it is none."""
    number = _decimal(value) if not isinstance(value, str) else _written(value)
    if number is None or number != number.to_integral_value() or abs(number) >= 10**15:
        return None
    return int(number)


def money_of(value: str | int | float) -> Decimal | None:
    """A cell as yuan with at most two decimals; None when it is none."""
    if isinstance(value, str):
        text = _CURRENCY.sub("", _CURRENCY.sub("", _plain(value)))
        number = _figures(text)
        if number is None:
            number = _capital_sum(_plain(value).removeprefix("人民币"))
    else:
        number = _decimal(value)
    if number is None or abs(number) >= 10**15:
        return None
    cents = number.quantize(_CENT)
    # 0.1 + 0.2 in a formula comes as 0.30000000000000004; a cent is a cent.
    return cents if abs(cents - number) < Decimal("1e-9") else None


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
    if len(text) > 1 and text[-1] in _BLOCKS and (_PLAIN.fullmatch(text[:-1]) or _GROUPED.fullmatch(text[:-1])):
        text, factor = text[:-1], _BLOCKS[text[-1]]
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")) * factor
    return _characters(text) if _IN_CHARACTERS.fullmatch(text) else None


def _characters(text: str) -> Decimal | None:
    """A number in characters: 二十三, 一百零五, 壹万贰仟, 二〇二〇 (figure by figure)."""
    if all(character in _FIGURES for character in text):
        if len(text) > 15 or (len(text) == 1 and text not in _FIGURES):
            return None
        return Decimal("".join(str(_FIGURES[character]) for character in text))
    total, block, figure = 0, 0, None
    for character in text:
        if character in _FIGURES:
            if figure:  # two figures in a row without a place between them
                return None
            figure = _FIGURES[character]
        elif character in _PLACES:
            if figure == 0:
                return None
            block += (1 if figure is None else figure) * _PLACES[character]
            figure = None
        else:
            total = (total + block + (figure or 0)) * _BLOCKS[character]
            block, figure = 0, None
    return Decimal(total + block + (figure or 0))


def _capital_sum(text: str) -> Decimal | None:
    match = _CAPITAL_SUM.fullmatch(text)
    if not match or not any(match.groupdict().values()):
        return None
    yuan = _characters(match["yuan"]) if match["yuan"] and _IN_CHARACTERS.fullmatch(match["yuan"]) else None
    if match["yuan"] and yuan is None:
        return None
    cents = 10 * _FIGURES[match["jiao"] or "零"] + _FIGURES[match["fen"] or "零"]
    return (yuan or Decimal(0)) + Decimal(cents) / 100
