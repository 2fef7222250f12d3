"""Field instructions: what ``PAGE \\* MERGEFORMAT`` asks for (ECMA-376 part 1, 17.16).

Only page counts are worked out here, because nobody else knows them. Every other field shows the result Word stored,
which is what the sender saw.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_PAGES: dict[str, Literal["page", "pages", "section-pages"]] = {
    "PAGE": "page",
    "NUMPAGES": "pages",
    "SECTIONPAGES": "section-pages",
}
_PLAIN_FORMATS = frozenset({"mergeformat", "charformat", "arabic"})
_DRAWN = {
    "EQ": "公式域（EQ，带圈字符等）",
    "MACROBUTTON": "宏按钮域",
    "ADVANCE": "位移域（ADVANCE）",
    "SYMBOL": "符号域",
}


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
    def format(self) -> str:
        """The number format a ``\\*`` switch asks for, "" when it asks for nothing special."""
        asked = [argument for switch, argument in self.switches if switch == "*"]
        return next((each for each in asked if each.lower() not in _PLAIN_FORMATS), "")

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
            takes_argument = name in ("*", "#", "@", "l", "t", "o") and tokens[0].upper() != "TOC"
            switches.append((name, next(rest, "") if takes_argument else ""))
        else:
            arguments.append(token)
    return Instruction(tokens[0].upper(), tuple(arguments), tuple(switches))
