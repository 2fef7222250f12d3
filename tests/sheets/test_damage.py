"""What is told quickly of a sound text is what a close look says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.kind import Field, FieldType
from pipeline.sheets import coerce
from pipeline.sheets.coerce import Coercer, Result
from pipeline.sheets.damage import broken, careless, is_plain, is_undamaged, sound_paragraphs, torn

PIECES = [
    *"会议原则那么效劳锟斤拷国社区工作同上无國個，。、；：—·…！“”《》（）()\"'＂〝〞,.;:!?？ 　\n\t\r",
    *"%/+-01aBāì〔〕\ufffd\x1a\ue000\x05",
    *("锟斤拷", "根底设施", "原那么", "点击查看", "huì", "(huì)", "2020.4.16", "_x000D_", "（一）", "附件", "第一条"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
SOUND = st.lists(st.sampled_from([*"会议社区工作，。、“”《》（）.\n20", "同上", "原则"]), max_size=30).map("".join)


def looked_at_closely(type_: FieldType, text: str) -> Result:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(coerce, "is_undamaged", lambda _text: False)
        patched.setattr(coerce, "_PLAIN", {})
        patched.setattr(coerce, "sound_paragraphs", lambda _text: "")
        return Coercer(Field("a", "甲", type_), {})(text)


@given(TEXTS | SOUND)
def test_a_quick_look_and_a_close_one_agree(text: str) -> None:
    for type_ in (FieldType.TEXT, FieldType.LONG_TEXT):
        assert Coercer(Field("a", "甲", type_), {})(text) == looked_at_closely(type_, text)
    if is_undamaged(text):
        assert not [*broken(text), *careless(text)]


@pytest.mark.parametrize(
    ("text", "is_a_line", "paragraphs"),
    [
        ("桃园社区党委（筹）“三亮”活动，占85%。", True, "桃园社区党委（筹）“三亮”活动，占85%。"),
        ("2008.09至2014.05任客服主管", True, "2008.09至2014.05任客服主管"),
        ("　　第一段。\r\n\n　　第二段 。 \n", False, "第一段。\n第二段 。"),
        ("第一段还没有写完就另起了一行的那一种扫描件里常见的文字\n第二段。", False, ""),
        ("", False, ""),
        ("同上", False, ""),
        ("同\n 上", False, ""),
        ("（没有关上", False, ""),
        ("关上了）又（", False, ""),
        ("句号用错了.下一句", False, ""),
        ("國旗招展", False, ""),
        ("根底设施", False, ""),
    ],
)
def test_what_is_sound(text: str, is_a_line: bool, paragraphs: str) -> None:
    assert (is_plain(text), sound_paragraphs(text)) == (is_a_line, paragraphs)


@pytest.mark.parametrize("text", ["(" + "会" * 32_000 + "。", "a" * 32_000 + "。", "会a" * 16_000 + "。"])
def test_a_longest_cell_that_is_nearly_wrong_is_not(text: str) -> None:
    """Excel's longest; patterns that begin anew at each of its characters would hold the whole inbox up."""
    assert list(careless(text)) == []
    assert torn([text, "会议", text]) == ""
