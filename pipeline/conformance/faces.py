"""Which of the standard's five faces a font is: 仿宋, 楷体, 黑体, 宋体, 小标宋.

A PDF names fonts as their makers do (FZXBSJW--GB1-0, STFangsong, NotoSerifCJKjp-Bold), so this is a table of name
parts, tried in order: "fangsong" and "小标宋" hold "song". No free font copies 小标宋; the bold cuts of the free Song
faces are its accepted stand-ins. Bold SimSun is not one: 宋体加粗 for a title is the commonest mistake there is.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from pipeline.core.messages import _


class Role(Enum):
    """A face of the standard; ``LATIN`` for faces without Hanzi, ``UNKNOWN`` for the rest."""

    FANGSONG = "fangsong"
    KAI = "kai"
    HEI = "hei"
    SONG = "song"
    XIAOBIAOSONG = "xiaobiaosong"
    LATIN = "latin"
    UNKNOWN = "unknown"

    def __str__(self) -> str:
        """Its name for people: 仿宋."""
        return {
            Role.FANGSONG: _("仿宋"),
            Role.KAI: _("楷体"),
            Role.HEI: _("黑体"),
            Role.SONG: _("宋体"),
            Role.XIAOBIAOSONG: _("小标宋"),
            Role.LATIN: _("西文字体"),
            Role.UNKNOWN: _("其他字体"),
        }[self]


_STAND_IN = re.compile(r"(notoserif(cjk|sc)|sourcehanserif|思源宋体|fandolsong).*(bold|black|heavy)")
_PARTS: tuple[tuple[Role, str], ...] = (
    (Role.XIAOBIAOSONG, r"小标宋|xiaobiaosong|fzxbs|xbsong|zhongsong|华文中宋"),
    (Role.FANGSONG, r"仿宋|fangsong|fandolfang|fzfs|simfang|cwtexfs|cwtexf|zhuque|朱雀|^fang"),
    (Role.KAI, r"楷|kaiti|simkai|wenkai|fandolkai|ukai|fzkt|stkai|^kai"),
    (
        Role.HEI,
        r"黑体|雅黑|simhei|fandolhei|notosans(cjk|sc)|sourcehansans|思源黑体|yahei|microhei|zenhei|fzht|stheiti|xihei|^hei",
    ),
    (
        Role.SONG,
        r"宋|simsun|notoserif(cjk|sc)|sourcehanserif|fandolsong|uming|stsong|fzss|fzsy|^song|mingti|adobesong",
    ),
    (
        Role.LATIN,
        r"times|liberation|arial|helvetica|courier|calibri|cambria|carlito|caladea|dejavu|georgia|verdana|tahoma|symbol"
        r"|wingdings|nimbus|notosans|notoserif|cmr|lmroman",
    ),
)


@lru_cache(maxsize=1024)
def role(font: str) -> Role:
    """The face a font name stands for; ``font`` as in ``geometry.Style``."""
    plain = re.sub(r"[\s_\-,.]", "", unicodedata.normalize("NFKC", font)).lower()
    if _STAND_IN.search(plain):
        return Role.XIAOBIAOSONG
    return next((face for face, parts in _PARTS if re.search(parts, plain)), Role.UNKNOWN)


def is_han(char: str) -> bool:
    """Whether a character is a Hanzi (〇 too): the ones whose face the standard rules."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\U00020000" <= char <= "\U000323af"
        or "\uf900" <= char <= "\ufaff"
        or char == "〇"
    )
