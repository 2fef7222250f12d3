"""Font names as makers write them, and the face of the standard each stands for."""

from __future__ import annotations

import pytest

from pipeline.conformance.faces import Role, is_han, role


@pytest.mark.parametrize(
    ("font", "face"),
    [
        ("FandolFang-Regular", Role.FANGSONG),
        ("仿宋_GB2312", Role.FANGSONG),
        ("FangSong", Role.FANGSONG),
        ("STFangsong", Role.FANGSONG),
        ("FZFSK--GBK1-0", Role.FANGSONG),
        ("FandolKai-Regular", Role.KAI),
        ("LXGWWenKai-Regular", Role.KAI),
        ("KaiTi_GB2312", Role.KAI),
        ("楷体", Role.KAI),
        ("SimHei", Role.HEI),
        ("NotoSansCJKjp-Regular", Role.HEI),
        ("Noto-Sans-CJK-SC", Role.HEI),
        ("FandolHei-Regular", Role.HEI),
        ("SimSun", Role.SONG),
        ("NotoSerifCJKjp-Regular-VKana", Role.SONG),
        ("Noto-Serif-CJK-SC", Role.SONG),
        ("FandolSong-Regular", Role.SONG),
        ("宋体", Role.SONG),
        ("FZXBSJW--GB1-0", Role.XIAOBIAOSONG),
        ("方正小标宋简体", Role.XIAOBIAOSONG),
        ("STZhongsong", Role.XIAOBIAOSONG),
        ("NotoSerifCJKsc-Bold", Role.XIAOBIAOSONG),
        ("FandolSong-Bold", Role.XIAOBIAOSONG),
        ("SimSun,Bold", Role.SONG),
        ("宋体,Bold", Role.SONG),
        ("TimesNewRomanPSMT", Role.LATIN),
        ("LiberationSerif", Role.LATIN),
        ("Liberation-Serif", Role.LATIN),
        ("NotoSerif-Regular", Role.LATIN),
        ("f17", Role.UNKNOWN),
        ("", Role.UNKNOWN),
        ("f17 (FandolFang R)", Role.FANGSONG),
    ],
)
def test_a_font_has_its_face(font: str, face: Role) -> None:
    assert role(font) is face


def test_hanzi_are_told_from_marks_and_letters() -> None:
    assert all(is_han(char) for char in "国〇㛃𠮷")
    assert not any(is_han(char) for char in "，a1〔·")
