"""Numbers in the figures of a list or a page: 3 as 三, ③, iii, 03 (ECMA-376 part 1, 17.18.59).

Chinese counting differs from Chinese digits: 20 is 二十 in a list and 二〇 as digits. Word writes 十一, not 一十一.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def counted(number: int, form: str) -> str:
    """``number`` in a number format of Word (w:numFmt); plain figures for a format that is not Chinese or Latin."""
    write = _FORMS.get(form)
    return write(number) if write else str(number)


def is_known(form: str) -> bool:
    """Whether ``counted`` writes a format the way Word does."""
    return form in _FORMS


MOST_PAGES = 400
"""Page numbers are prepared up to here; later ones count in plain figures."""


@lru_cache
def figures(form: str) -> str:
    """All characters that page numbers in a format may need."""
    return "".join(sorted({character for number in range(1, MOST_PAGES + 1) for character in counted(number, form)}))


def chinese(number: int) -> str:
    """Counting: 12 is 十二, 105 is 一百零五, 20000 is 二万."""
    written = _counting(number, _DIGITS, _UNITS)
    return written[1:] if written.startswith("一十") else written


def _counting(number: int, digits: str, units: tuple[str, ...]) -> str:
    if number < 0 or number >= 100_000_000:
        return str(number)
    if number == 0:
        return digits[0]
    high, low = divmod(number, 10_000)
    if high:
        rest = _counting(low, digits, units) if low else ""
        return f"{_counting(high, digits, units)}万{digits[0] if low and low < 1000 else ''}{rest}"
    written, pending = "", False
    for place in range(3, -1, -1):
        digit = low // 10**place % 10
        if digit:
            written += (digits[0] if pending and written else "") + digits[digit] + units[place]
            pending = False
        else:
            pending = True
    return written


def _by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(max(number, 0)))


def _roman(number: int) -> str:
    written = ""
    if not 0 < number < 4000:
        return str(number)
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        written += letters * count
    return written


def _letter(number: int) -> str:
    """a to z, then aa, bb: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _from(start: str, last: int) -> Callable[[int], str]:
    """Numbers that have characters of their own from 1 to ``last``; plain figures after."""
    return lambda number: chr(ord(start) + number - 1) if 1 <= number <= last else str(number)


def _of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 1 <= number <= len(characters) else str(number)


def _circled(number: int) -> str:
    if number == 0:
        return "⓪"
    if 21 <= number <= 35:
        return chr(ord("㉑") + number - 21)
    if 36 <= number <= 50:
        return chr(ord("㊱") + number - 36)
    return _from("①", 20)(number)


def _cycle(number: int) -> str:
    """甲子, 乙丑 … of the cycle of sixty."""
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number > 0 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "none": lambda _number: "",
    "bullet": lambda _number: "",
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _by_digit,
    "taiwaneseDigital": _by_digit,
    "japaneseDigitalTenThousand": chinese,
    "chineseLegalSimplified": lambda number: _counting(number, _LEGAL_DIGITS, _LEGAL_UNITS),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": _cycle,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographParenthesized": _from("㈠", 10),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
