"""Titles break at joints of meaning, never inside a quotation's edge, and keep every character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.merge.headline import broken


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于桃园社区2020年三个清单的公示", ("关于桃园社区2020年三个清单的公示",)),
        (
            "中共铜川市王益区委组织部关于做好2020年社区“兼职委员”年终评议工作的通知",
            ("中共铜川市王益区委组织部", "关于做好2020年社区", "“兼职委员”年终评议工作的通知"),
        ),
        ("关于2021年第三季度党建联席会议纪要的公示", ("关于2021年第三季度", "党建联席会议纪要的公示")),
        ("中共铜川市王益区七一路街道育才社区总支部委员会", ("中共铜川市王益区七一路街道", "育才社区总支部委员会")),
        (
            "中共铜川市王益区委组织部关于表彰先进基层党组织的决定",
            ("中共铜川市王益区委组织部", "关于表彰先进基层党组织的决定"),
        ),
        (
            "中共金台区东风路街道明珠社区委员会关于召开2026年第一季度党建联席会议的通知",
            ("中共金台区东风路街道明珠社区委员会", "关于召开2026年第一季度", "党建联席会议的通知"),
        ),
        (
            "中共金台区东风路街道工作委员会 金台区东风路街道办事处关于开展“平安楼栋”联创活动的通知",
            ("中共金台区东风路街道工作委员会 ", "金台区东风路街道办事处", "关于开展“平安楼栋”联创活动的通知"),
        ),
    ],
)
def test_titles_as_a_secretary_would_break_them(title: str, lines: tuple[str, ...]) -> None:
    assert broken(title, 20.0) == lines


@given(st.text(alphabet="关于印发《在全区》的通知、“”（）2020A", min_size=1, max_size=80))
def test_no_character_is_lost_and_no_line_begins_with_a_closing_mark(title: str) -> None:
    lines = broken(title, 20.0)
    assert "".join(lines) == title
    assert not any(line[0] in "》”）、的" for line in lines[1:])
    assert not any(line[-1] in "《“（" for line in lines[:-1])


@given(st.text(alphabet="中共铜川市王益区", min_size=1, max_size=100))
def test_no_line_is_wider_than_the_page(title: str) -> None:
    assert all(len(line) <= 20 for line in broken(title, 20.0))
