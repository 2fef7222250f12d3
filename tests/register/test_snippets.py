"""The stretch of text that shows why a paper was found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.register.snippets import LENGTH, marks, snippet

TEXT = (
    "各街道党工委、社区党组织：为进一步加强区域化党建工作，推动驻区单位与社区共驻共建，"
    "经区委研究，决定在全区社区党组织中推荐选任一批兼职委员，现将有关事项通知如下。"
)


def test_a_snippet_surrounds_the_first_word_found():
    shown = snippet((TEXT,), ("兼职委员",))
    assert "兼职委员" in shown
    assert shown.startswith("…") and shown.endswith("…") is (not TEXT.endswith(shown[-5:]))
    assert len(shown) <= LENGTH + 2
    assert shown.strip("…") in TEXT


def test_without_a_word_it_is_the_beginning():
    assert snippet((TEXT,), ()) == TEXT[:LENGTH] + "…"
    assert snippet(("", "标题"), ()) == "标题"
    assert snippet(("", ""), ("公示",)) == ""


def test_a_word_that_stands_in_the_title_alone_shows_the_title():
    assert snippet((TEXT, "关于任前公示的通知"), ("公示",)) == "关于任前公示的通知"


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("铜王组发〔2020〕50号", "[2020]50号", "2020〕50号"),
        ("姓名：张　三", "张三", "张 三"),
        ("联系人ＡＢＣ公司", "abc公司", "ＡＢＣ公司"),
        ("一九五〇年，50人", "50", "50人"),
        ("2050年，50人", "50", "50人"),
        ("㎏与ﬁ之后的委员", "委员", "委员"),
    ],
)
def test_the_word_is_found_as_the_index_finds_it_and_shown_as_it_stands(text, word, shown):
    before = "一" * 30
    assert snippet((before + "。" + text,), (word,)).endswith(shown)


@given(st.text(max_size=200), st.text(max_size=5))
def test_any_text_and_word_give_a_short_line(text, word):
    shown = snippet((text,), (word,))
    assert len(shown) <= LENGTH + 2
    assert "\n" not in shown


@given(st.text("党委员 　。ab1①\n", max_size=30), st.lists(st.text("党委ab1", min_size=1, max_size=3), max_size=3))
def test_marks_are_in_order_and_apart(text, words):
    found = marks(text, words)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


def test_a_mark_is_the_whole_word_and_never_part_of_a_figure():
    assert marks("第5号、50号、第 5 号", ["5"]) == ((1, 2), (10, 11))
    assert marks("兼职“委员”和兼\n职委员", ["兼职委员"]) == ((0, 5), (7, 12))
