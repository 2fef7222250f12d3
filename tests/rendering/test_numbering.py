"""List numbers as Word counts and writes them."""

from __future__ import annotations

import pytest

from pipeline.rendering.counters import counted
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import Gap
from tests.rendering.word import Word, lines, paragraph, paras


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (20_000, "chineseCountingThousand", "二万"),
        (10_010, "chineseCountingThousand", "一万零一十"),
        (21, "ideographDigital", "二一"),
        (2020, "ideographDigital", "二〇二〇"),
        (15, "chineseLegalSimplified", "壹拾伍"),
        (3, "ideographTraditional", "丙"),
        (13, "ideographZodiacTraditional", "丙子"),
        (3, "decimalEnclosedCircle", "③"),
        (22, "decimalEnclosedCircleChinese", "㉒"),
        (4, "decimalEnclosedParen", "⑷"),
        (3, "ideographParenthesized", "㈢"),
        (7, "decimalZero", "07"),
        (27, "lowerLetter", "aa"),
        (4, "upperRoman", "IV"),
        (12, "decimalFullWidth", "１２"),
        (5, "numberInDash", "- 5 -"),
        (5, "none", ""),
    ],
)
def test_counting(number: int, form: str, written: str) -> None:
    assert counted(number, form) == written


def level(index: int, pattern: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(*levels: str, lists: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{lists}'
    )


def item(text: str, index: int = 0, list_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{list_id}"/></w:numPr>')


NOTHING = '<w:suff w:val="nothing"/>'
OFFICIAL = numbering(
    level(0, "%1、", "chineseCountingThousand", NOTHING),
    level(1, "（%2）", "chineseCountingThousand", NOTHING),
    level(2, "%3.", "decimal", NOTHING),
    level(3, "（%4）", "decimal", NOTHING),
)


def test_the_four_levels_of_an_official_paper(book: FontBook) -> None:
    body = item("甲") + item("子", 1) + item("丑", 1) + item("数", 2) + item("丁", 3) + item("乙") + item("寅", 1)
    assert lines(Word(body, numbering=OFFICIAL).layout(book)) == [
        "一、甲",
        "（一）子",
        "（二）丑",
        "1.数",
        "（1）丁",
        "二、乙",
        "（一）寅",
    ]


def test_numbers_of_higher_levels_in_a_number(book: FontBook) -> None:
    levels = numbering(
        level(0, "第%1章", "chineseCounting", NOTHING), level(1, "%1.%2", "decimal", NOTHING + "<w:isLgl/>")
    )
    assert lines(Word(item("总则") + item("目的", 1) + item("范围", 1), numbering=levels).layout(book)) == [
        "第一章总则",
        "1.1目的",
        "1.2范围",
    ]


def test_a_second_list_of_the_pattern_goes_on_unless_it_starts_anew(book: FontBook) -> None:
    lists = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    definitions = numbering(level(0, "%1.", "decimal", NOTHING), lists=lists)
    body = item("a") + item("b", 0, 2) + item("c", 0, 3) + item("d", 0, 3)
    assert lines(Word(body, numbering=definitions).layout(book)) == ["1.a", "2.b", "1.c", "2.d"]


def test_a_level_that_never_restarts(book: FontBook) -> None:
    definitions = numbering(
        level(0, "%1、", "chineseCounting", NOTHING), level(1, "%2.", "decimal", '<w:lvlRestart w:val="0"/>' + NOTHING)
    )
    body = item("甲") + item("a", 1) + item("乙") + item("b", 1)
    assert lines(Word(body, numbering=definitions).layout(book))[3] == "2.b"


def test_what_follows_the_number(book: FontBook) -> None:
    hanging = '<w:pPr><w:ind w:left="960" w:hanging="960"/></w:pPr>'
    tabbed = numbering(level(0, "%1.", "decimal").replace("</w:lvl>", f"{hanging}</w:lvl>"))
    line = paras(Word(item("字"), numbering=tabbed).layout(book))[0].lines[0]
    gap = next(part for part in line.parts if isinstance(part, Gap))
    number = sum(part.width for part in line.parts[: line.parts.index(gap)] if not isinstance(part, Gap))
    assert number + gap.width == pytest.approx(48)  # the text begins where the indent says
    spaced = numbering(level(0, "%1.", "decimal", '<w:suff w:val="space"/>'))
    assert lines(Word(item("字"), numbering=spaced).layout(book)) == ["1. 字"]


def test_a_style_brings_its_number_and_its_level(book: FontBook) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    heading = paragraph("子", '<w:pStyle w:val="H2"/>')
    off = paragraph("丑", '<w:pStyle w:val="H2"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(Word(heading + off, styles=styles, numbering=OFFICIAL).layout(book)) == ["（一）子", "丑"]


def test_bullets_of_symbol_fonts_become_unicode(book: FontBook) -> None:
    bullet = level(0, "&#xF0B7;", "bullet", NOTHING).replace(
        "</w:lvl>", '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:lvl>'
    )
    assert lines(Word(item("字"), numbering=numbering(bullet)).layout(book)) == ["•字"]


def test_an_unknown_list_prints_no_number(book: FontBook) -> None:
    assert lines(Word(item("字", 0, 99), numbering=OFFICIAL).layout(book)) == ["字"]
