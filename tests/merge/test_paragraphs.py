"""Heading levels are recognised from the numbering, and no character of the text is lost by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.merge.paragraphs import long_text
from tests.merge.papers import OPINION


@pytest.mark.parametrize(
    ("text", "level", "head"),
    [
        ("一、目的意义", 1, "一、目的意义"),
        ("十二、附则", 1, "十二、附则"),
        ("（一）兼职委员的产生。兼职委员的产生应遵循广泛推荐等五个步骤。", 2, "（一）兼职委员的产生。"),
        ("（一）动员部署（4月25日前）。由各镇（街道）党委研究。", 2, "（一）动员部署（4月25日前）。"),
        ("1.协商解决热点难点问题。讨论分析当前党建工作。", 3, "1.协商解决热点难点问题。"),
        ("（1）人员", 4, "（1）人员"),
    ],
)
def test_a_heading_is_known_by_its_number_and_its_shortness(text: str, level: int, head: str) -> None:
    (paragraph,) = long_text(text).paragraphs
    assert (paragraph.level, paragraph.head) == (level, head)


@pytest.mark.parametrize(
    "text",
    [
        "1. 推动所在单位党组织与社区党组织开展共驻共建，形成党建工作联创的互联互通的党建格局。",
        "4. 根据区域发展需要，完成街道社区党组织安排布置的其他工作任务。",
        "2020年6月18日，桃园社区党委召开会议。",
        "1.5万元",
        "一是加强领导。",
        "（此件公开发布）",
    ],
)
def test_a_numbered_or_bracketed_paragraph_is_not_yet_a_heading(text: str) -> None:
    (paragraph,) = long_text(text).paragraphs
    assert (paragraph.level, paragraph.head, paragraph.rest) == (0, "", text)


def test_the_opinion_has_its_six_headings_and_their_parts() -> None:
    levels = [paragraph.level for paragraph in long_text(OPINION).paragraphs]
    assert (levels.count(1), levels.count(2)) == (6, 13)


def test_blank_lines_and_typed_indents_are_layout() -> None:
    assert [each.text for each in long_text("　　一段\n\n  二段 \r\n").paragraphs] == ["一段", "二段"]


@given(st.text(alphabet="一二、（）()1.2甲乙。，；\n　 "))
def test_head_and_rest_are_the_paragraph(text: str) -> None:
    for paragraph in long_text(text).paragraphs:
        assert paragraph.head + paragraph.rest == paragraph.text
    assert "".join(str(long_text(text)).split()) == "".join(text.split())
