"""Checksums of 公民身份号码 (GB 11643-1999) and 统一社会信用代码 (GB 32100-2015).

A checksum finds every single wrong figure and nearly every swap of two neighbours, which is what copying does wrong.
Each function returns what is wrong as a Chinese hint, empty when nothing is.
"""

from __future__ import annotations

import re
from datetime import date
from operator import mul

from pipeline.core.messages import _

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_OFFSET = ord("0") * sum(_ID_WEIGHTS)
"""What the sum over the characters' codes has more than the sum over the figures."""

_ID_CHECKS = "10X98765432"
"""The check character by the weighted sum mod 11 (ISO 7064 MOD 11-2)."""

_ID_SHAPE = re.compile(r"[1-8][0-9]{16}[0-9X]")

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

ID_LENGTH = CREDIT_LENGTH = 18


def id_card_fault(number: str, today: date) -> str:
    """What is wrong with an identity number; empty when it is sound and its bearer was born by ``today``."""
    if not _ID_SHAPE.fullmatch(number):
        return _misshapen(number)
    born = born_on(number)
    if born is None or born > today:
        return _("第7到14位不是出生日期，请照身份证核对")
    if number[-1] != id_check_character(number[:17]):
        return _("校验不通过，很可能抄错了一位，请照身份证核对")
    return ""


def _misshapen(number: str) -> str:
    if re.fullmatch(r"[0-9]{15}", number):
        return _("这是旧的15位号码，请填写18位号码")
    if len(number) != ID_LENGTH:
        return _("身份证号应为18位，这里是{n}位").format(n=len(number))
    return _("身份证号由17位数字和末位的数字或X组成")


def id_check_character(body: str) -> str:
    """The 18th character for the first 17 figures."""
    return _ID_CHECKS[(sum(map(mul, body.encode(), _ID_WEIGHTS)) - _ID_OFFSET) % 11]


def born_on(number: str) -> date | None:
    """The date of birth that an identity number says; None when it says none."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """男 or 女, by the 17th figure (odd or even)."""
    return "男" if int(number[16]) % 2 else "女"


def credit_code_fault(code: str) -> str:
    """What is wrong with a unified social credit code; empty when it is sound."""
    if len(code) != CREDIT_LENGTH:
        return _("统一社会信用代码应为18位，这里是{n}位").format(n=len(code))
    strange = [character for character in code if character not in _CREDIT_ALPHABET]
    if strange:
        return _("代码里不会有“{character}”（不用字母 I、O、S、V、Z），请照证书核对").format(character=strange[0])
    if code[-1] != credit_check_character(code[:17]):
        return _("校验不通过，很可能抄错了一位，请照证书核对")
    return ""


def credit_check_character(body: str) -> str:
    """The 18th character for the first 17."""
    total = sum(_CREDIT_ALPHABET.index(c) * weight for c, weight in zip(body, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_ALPHABET[-total % 31]
