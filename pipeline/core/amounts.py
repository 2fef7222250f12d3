"""Numbers and sums of money in Chinese characters (大写金额), read and written.

Read leniently where one meaning is possible (壹万贰仟元整, 一万二千), not at all where two are: 一万二 is 12,000 in
speech and 10,002 on paper. Written by annex 1 of 《支付结算办法》 (银发〔1997〕393号): 整 after 元, none after 分, 零
for any run of noughts between figures.
"""

from __future__ import annotations

import re
from decimal import Decimal

FIGURES = {character: figure for figure, character in enumerate("零一二三四五六七八九")}
FIGURES |= {character: figure for figure, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
FIGURES |= {"〇": 0, "两": 2, "貳": 2, "陸": 6, "弍": 2, "參": 3, "叄": 3, "柒": 7}
PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BLOCKS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
NUMERAL = f"[{''.join(FIGURES)}{''.join(PLACES)}{''.join(BLOCKS)}]+"
"""A regular expression for what may be a number in characters."""

_NUMERAL = re.compile(NUMERAL)
_FIGURE = f"[{''.join(FIGURES)}]"
_SUM = re.compile(rf"(?:({NUMERAL})[元圆圓])?零?(?:({_FIGURE})角)?零?(?:({_FIGURE})分)?[整正]?")
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
LARGEST = Decimal(10) ** 12
"""The first sum that is too large to be written out, in yuan."""

_BLOCK = re.compile(rf"([{''.join(FIGURES)}{''.join(PLACES)}]*)([{''.join(BLOCKS)}]|$)")


def number_in_characters(text: str) -> int | None:
    """二十三, 一百零五, 壹万贰仟, 二〇二〇 (figure by figure) as a number; None for what is none, or might be two."""
    if not _NUMERAL.fullmatch(text):
        return None
    if all(character in FIGURES for character in text):
        return int("".join(str(FIGURES[character]) for character in text)) if len(text) <= 15 else None
    total = 0
    for block in _BLOCK.finditer(text):
        value = _below_ten_thousand(block[1])
        if value is None:
            return None
        if block[2] in ("亿", "億"):
            if not total + value or total >= BLOCKS["亿"]:
                return None
            total = (total + value) * BLOCKS["亿"]
        elif block[2]:
            if not value or total % BLOCKS["亿"]:
                return None
            total += value * BLOCKS["万"]
        else:
            bare = re.fullmatch(_FIGURE, block[1]) and block[1] not in ("零", "〇") and block.start()
            if bare:  # 一万二: 12,000 or 10,002
                return None
            total += value
    return total


def _below_ten_thousand(text: str) -> int | None:
    """The part of a number before 万, 亿 or its end; nothing is nought."""
    total, figure, last, nought = 0, None, 10_000, False
    for character in text:
        if character in FIGURES:
            if figure:
                return None  # two figures in a row without a place between them
            nought = nought or FIGURES[character] == 0
            figure = FIGURES[character] or None
        else:
            place = PLACES[character]
            if place >= last or (figure is None and place != 10):
                return None
            total += (figure or 1) * place
            figure, last, nought = None, place, False
    if figure and last in (100, 1000) and not nought:
        return None  # 一百二: 120 or 102
    return total + (figure or 0)


def sum_in_capitals(text: str) -> Decimal | None:
    """人民币壹万贰仟叁佰元伍角整 as yuan; None for what is no sum in characters."""
    match = _SUM.fullmatch(re.sub(r"\s+", "", text).removeprefix("人民币").lstrip("：:"))
    if not match or not any(match.groups()):
        return None
    yuan = number_in_characters(match[1]) if match[1] else 0
    if yuan is None:
        return None
    return Decimal(100 * yuan + 10 * FIGURES[match[2] or "零"] + FIGURES[match[3] or "零"]) / 100


def in_capitals(amount: Decimal) -> str:
    """A sum of yuan with at most two decimals as 大写金额: ``Decimal("1409.50") -> "壹仟肆佰零玖元伍角"``.

    Raises ``ValueError`` for sums below nought or of a billion (10^12) and more.
    """
    cents = amount * 100
    if not 0 <= amount < LARGEST or cents != cents.to_integral_value():
        raise ValueError(f"no sum to be written in characters: {amount}")
    yuan, rest = divmod(int(cents), 100)
    dimes, cent = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan or not rest else ""
    if dimes:
        words += f"{_CAPITALS[dimes]}角"
    elif cent and words:
        words += "零"
    return words + (f"{_CAPITALS[cent]}分" if cent else "" if dimes else "整")


def _whole(number: int) -> str:
    if not number:
        return "零"
    words, gap = "", False
    for power in range(11, -1, -1):
        figure = number // 10**power % 10
        if figure:
            words += ("零" if gap and words else "") + _CAPITALS[figure] + ("", "拾", "佰", "仟")[power % 4]
        gap = not figure
        if power == 8 and number >= 10**8:
            words += "亿"
        elif power == 4 and number // 10**4 % 10**4:
            words += "万"
    return words
