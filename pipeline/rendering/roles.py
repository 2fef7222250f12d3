"""The eight roles a face can play on paper, and what stands in for each. Data only.

A Word file of an office names licensed faces (仿宋_GB2312, 方正小标宋简体 …) that must not be shipped. Each name has a
role; each role a chain: the office's own faces first, then free ones in the order of likeness, the last of which has
all 8105 characters of the 通用规范汉字表. FandolFang and FandolKai lack common name characters (玥, 堃, 婳), so no
chain ends with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.rendering.installed import folded_name


@dataclass(frozen=True, slots=True)
class Role:
    """A role. ``office`` are names under which an office may own the real face; ``stand_ins`` are PostScript names of
    free faces, ``package`` the Debian package of the first of them."""

    id: str
    name: str
    office: tuple[str, ...]
    stand_ins: tuple[str, ...]
    package: str


_SERIF_CJK = "NotoSerifCJKsc-Regular"
_SANS_CJK = "NotoSansCJKsc-Regular"
_WENKAI = ("LXGWWenKai-Light", "LXGWWenKai-Regular")
"""The light one goes first: its strokes are as thin as those of FandolFang and FandolKai. The regular one prints a
single 玥 among them as if it were bold."""

PACKAGES = ("texlive-lang-chinese", "fonts-lxgw-wenkai", "fonts-noto-cjk", "fonts-liberation")

ROLES: dict[str, Role] = {
    role.id: role
    for role in (
        Role(
            "fangsong",
            "仿宋",
            ("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "FZFangSong-Z02", "方正仿宋简体", "仿宋", "FangSong"),
            ("FandolFang-Regular", *_WENKAI, _SERIF_CJK),
            "texlive-lang-chinese",
        ),
        Role(
            "xiaobiaosong",
            "小标宋",
            ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "小标宋"),
            ("NotoSerifCJKsc-Bold", _SERIF_CJK),
            "fonts-noto-cjk",
        ),
        Role(
            "kai",
            "楷体",
            ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "FZKai-Z03", "方正楷体简体", "楷体", "KaiTi"),
            ("FandolKai-Regular", *_WENKAI, _SERIF_CJK),
            "texlive-lang-chinese",
        ),
        Role(
            "hei",
            "黑体",
            ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "方正黑体简体"),
            (_SANS_CJK, _SERIF_CJK),
            "fonts-noto-cjk",
        ),
        Role(
            "song",
            "宋体",
            ("宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01", "方正书宋简体"),
            (_SERIF_CJK, _SANS_CJK),
            "fonts-noto-cjk",
        ),
        Role("serif-latin", "西文衬线", ("Times New Roman",), ("LiberationSerif", _SERIF_CJK), "fonts-liberation"),
        Role("sans-latin", "西文无衬线", ("Arial",), ("LiberationSans", _SANS_CJK), "fonts-liberation"),
        Role("mono-latin", "西文等宽", ("Courier New",), ("LiberationMono", _SERIF_CJK), "fonts-liberation"),
    )
}

CHINESE = frozenset({"fangsong", "xiaobiaosong", "kai", "hei", "song"})

# The first pattern that occurs in the folded name decides; 小标宋 before 宋, 仿宋 before 宋.
_BY_NAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        ("小标宋|大标宋|xiaobiaosong|fzxbs|dabiaosong", "xiaobiaosong"),
        ("仿宋|fangsong|fzfs|fandolfang|zhuque|朱雀", "fangsong"),
        ("楷|kai|隶|行书|舒体|li$", "kai"),
        ("黑|雅黑|等线|圆|simhei|heiti|yahei|dengxian|zenhei|microhei|fzhei|sanscjk|hansans|gothic|pingfang", "hei"),
        ("宋|明体|simsun|nsimsun|songti|fzss|shusong|serifcjk|hanserif|mincho|mingliu|fandolsong", "song"),
        ("courier|consol|mono|typewriter", "mono-latin"),
        ("arial|calibri|carlito|helvetica|verdana|tahoma|segoe|trebuchet|sans", "sans-latin"),
        ("times|cambria|georgia|garamond|century|serif|palatino|bookantiqua", "serif-latin"),
    )
)


def role_of(name: str, *, east_asian: bool) -> Role:
    """The role a face name plays. A name nobody knows is read as 宋体, or as a serif face for Latin text."""
    folded = folded_name(name)
    for pattern, role in _BY_NAME:
        if pattern.search(folded):
            return ROLES[role]
    return ROLES["song" if east_asian else "serif-latin"]
