"""Field instructions: what ``PAGE \\* MERGEFORMAT`` asks for (ECMA-376 part 1, 17.16).

Only page counts are worked out here, because nobody else knows them. Every other field shows the result Word stored,
which is what the sender saw.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.rendering.counters import counted
from pipeline.rendering.markup import Element, child, children, flag, value
from pipeline.rendering.symbol_codes import is_symbol_face, symbol
from pipeline.rendering.units import integer, number

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_PAGES: dict[str, Literal["page", "pages", "section-pages"]] = {
    "PAGE": "page",
    "NUMPAGES": "pages",
    "SECTIONPAGES": "section-pages",
}
_PLAIN_FORMATS = frozenset({"mergeformat", "charformat", "mergeformatinet"})
_FORMS = {
    "Arabic": "decimal",
    "ARABIC": "decimal",
    "arabic": "decimal",
    "alphabetic": "lowerLetter",
    "ALPHABETIC": "upperLetter",
    "roman": "lowerRoman",
    "ROMAN": "upperRoman",
    "ArabicDash": "numberInDash",
    "CHINESENUM3": "chineseCountingThousand",
    "CHINESENUM2": "chineseLegalSimplified",
    "CIRCLENUM": "decimalEnclosedCircle",
    "GB1": "decimalEnclosedFullstop",
    "GB2": "decimalEnclosedParen",
    "GB3": "decimalEnclosedCircle",
    "GB4": "ideographEnclosedCircle",
}
"""Figures a page number may be asked in (17.16.4.3.1) by their names in w:numFmt; case tells ROMAN from roman."""

_WITH_ARGUMENT = {"": ("*", "#", "@", "l", "t", "o"), "TOC": (), "SYMBOL": ("*", "f", "s")}
"""Switches that the word behind them belongs to, by the name of the field."""

_DRAWN = {
    "EQ": "公式域（EQ，带圈字符等）",
    "MACROBUTTON": "宏按钮域",
    "ADVANCE": "位移域（ADVANCE）",
    "SYMBOL": "符号域",
    "AUTONUM": "自动编号域",
    "AUTONUMLGL": "自动编号域",
    "AUTONUMOUT": "自动编号域",
    "LISTNUM": "自动编号域",
}
_BY_PAGE = frozenset({"STYLEREF", "SECTION"})
"""Fields that say something else on every page of a header or footer; Word has stored what one page said."""
_CIRCLED = re.compile(r"\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,，]\s*([^()\s,]+)\s*\)\s*$", re.IGNORECASE)
_EMPTY_BOX, _TICKED_BOX = "☐", "☑"
_IN_CIRCLES = dict(
    zip(
        "一二三四五六七八九十月火水木金土日株有社名特财祝劳秘男女适优印注项休写正上中下左右医宗学监企资协夜",
        "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉㊊㊋㊌㊍㊎㊏㊐㊑㊒㊓㊔㊕㊖㊗㊘㊙㊚㊛㊜㊝㊞㊟㊠㊡㊢㊣㊤㊥㊦㊧㊨㊩㊪㊫㊬㊭㊮㊯㊰",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """A field's code taken apart: its name, its arguments and its switches as written."""

    name: str
    arguments: tuple[str, ...] = ()
    switches: tuple[tuple[str, str], ...] = ()

    @property
    def page_kind(self) -> Literal["page", "pages", "section-pages"] | None:
        """Which count of pages the field prints, if any."""
        return _PAGES.get(self.name)

    @property
    def form(self) -> str:
        """The figures a ``\\*`` switch asks for, as w:numFmt names them; "" for none, "?" for unknown ones."""
        asked = [argument for switch, argument in self.switches if switch == "*"]
        special = next((each for each in asked if each.lower() not in _PLAIN_FORMATS), "")
        return (_FORMS.get(special) or _FORMS.get(special.upper(), "?")) if special else ""

    @property
    def link(self) -> str:
        """Where a HYPERLINK leads: a URL, or ``#bookmark``."""
        if self.name != "HYPERLINK":
            return ""
        inside = next((argument for switch, argument in self.switches if switch == "l"), "")
        return f"#{inside}" if inside else (self.arguments[0] if self.arguments else "")

    @property
    def drawn(self) -> str:
        """The Chinese name of a field whose printed form Word draws itself, "" for the others."""
        return _DRAWN.get(self.name, "")

    @property
    def by_page(self) -> bool:
        """Whether it says something else on every page it is repeated on."""
        return self.name in _BY_PAGE


def instruction(code: str) -> Instruction:
    """Take a field code apart; an empty one has no name."""
    tokens = [match[1] if match[1] is not None else match[2] for match in _TOKEN.finditer(code)]
    if not tokens:
        return Instruction("")
    arguments: list[str] = []
    switches: list[tuple[str, str]] = []
    rest = iter(tokens[1:])
    for token in rest:
        if token.startswith("\\") and len(token) > 1:
            name = token[1:].lower()
            takes_argument = name in _WITH_ARGUMENT.get(tokens[0].upper(), _WITH_ARGUMENT[""])
            switches.append((name, next(rest, "") if takes_argument else ""))
        else:
            arguments.append(token)
    return Instruction(tokens[0].upper(), tuple(arguments), tuple(switches))


def circled(code: str) -> str:
    """The character that is one figure in a circle (``EQ \\o\\ac(○,1)``, 带圈字符), "" for every other field code."""
    found = _CIRCLED.search(code.strip())
    if not found or not code.strip().upper().startswith("EQ"):
        return ""
    inside = found[1]
    if inside.isascii() and inside.isdecimal() and int(inside) <= 50:
        return counted(int(inside), "decimalEnclosedCircle")
    if len(inside) == 1 and inside.isascii() and inside.isalpha():
        return chr((0x24B6 - ord("A") if inside.isupper() else 0x24D0 - ord("a")) + ord(inside))
    return _IN_CIRCLES.get(inside, "")


def sign(code: str) -> tuple[str, float]:
    """The one character a field stands for, "" for other fields, and its size in points, 0 for that of its text.

    Besides figures in circles these are symbols: ``SYMBOL 254 \\f Wingdings \\s 16`` (17.16.5.61). Without ``\\u`` an
    ordinary face has only ASCII in the same places everywhere.
    """
    asked = instruction(code)
    if asked.name != "SYMBOL":
        return circled(code), 0.0
    switches = dict(asked.switches)
    try:
        point = int(asked.arguments[0], 0)
    except (IndexError, ValueError):
        return "", 0.0
    face, known = switches.get("f", ""), "u" in switches or point < 0x80
    character = symbol(face, point) if is_symbol_face(face) or known else ""
    return character, max(number(switches.get("s", "0")), 0.0)


def form_field(begin: Element) -> str:
    """What a form field without a result shows: a ticked or an empty box, the entry chosen from a list; "" for others
    (17.16.5.20, 17.16.5.21). ``begin`` is its first w:fldChar."""
    box, entries = child(begin, "w:ffData", "w:checkBox"), child(begin, "w:ffData", "w:ddList")
    if box is not None:
        checked = child(box, "w:checked")
        return _TICKED_BOX if flag(checked if checked is not None else child(box, "w:default")) else _EMPTY_BOX
    words = [value(entry) for entry in children(entries, "w:listEntry")]
    chosen = integer(value(child(entries, "w:result")) or value(child(entries, "w:default"), "0"))
    return words[chosen] if 0 <= chosen < len(words) else ""
