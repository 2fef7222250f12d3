"""The composer: what stands on which line, and where. Widths are fixed (see ``fixed``), so a line can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.rendering import kinsoku
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.lines import compose
from pipeline.rendering.model import (
    Border,
    BoxSeg,
    Break,
    FieldSeg,
    Frame,
    Gap,
    Grid,
    InlineBox,
    Item,
    Line,
    LineRule,
    Mark,
    PageField,
    Seg,
    Shape,
    Tab,
    TabStop,
    Text,
    TextStyle,
)
from pipeline.rendering.usage import Usage
from tests.rendering.fixed import TEN, FixedBook

PLAIN = Frame(100, auto_space=False, overflow_punctuation=False)
HANGING = replace(PLAIN, overflow_punctuation=True)


def lines(text: str | Sequence[Item], frame: Frame = PLAIN, style: TextStyle = TEN) -> tuple[Line, ...]:
    items = [Text(text, style)] if isinstance(text, str) else text
    return compose(items, frame, FixedBook(), Usage())


def texts(text: str | Sequence[Item], frame: Frame = PLAIN) -> list[str]:
    return [line.text for line in lines(text, frame)]


# --------------------------------------------------------------------------- where lines end


def test_a_line_takes_as_many_characters_as_fit() -> None:
    assert texts("一二三四五六七八九十甲乙") == ["一二三四五六七八九十", "甲乙"]


def test_no_line_begins_with_a_stop() -> None:
    assert texts("一二三四五六七八九十，甲乙") == ["一二三四五六七八九", "十，甲乙"]


def test_no_line_ends_with_an_opening_mark() -> None:
    assert texts("一二三四五六七八九《十》") == ["一二三四五六七八九", "《十》"]


def test_a_stop_may_hang_in_the_margin() -> None:
    first, second = lines("一二三四五六七八九十，甲乙", HANGING)
    assert (first.text, second.text) == ("一二三四五六七八九十，", "甲乙")
    assert first.width == 100


def test_only_one_mark_hangs() -> None:
    assert texts("“一二三四五六七八九。”甲", HANGING) == ["“一二三四五六七八", "九。”甲"]


def test_a_run_of_marks_longer_than_a_line_is_cut_somewhere() -> None:
    assert texts("。" * 12) == ["。" * 10, "。" * 2]


def test_double_marks_are_not_parted() -> None:
    assert texts("一二三四五六七八九——甲") == ["一二三四五六七八九", "——甲"]
    assert texts("一二三四五六七八九……甲") == ["一二三四五六七八", "九……甲"]


def test_without_kinsoku_a_line_begins_with_anything() -> None:
    assert texts("一二三四五六七八九十，甲", replace(PLAIN, kinsoku=False)) == ["一二三四五六七八九十", "，甲"]


def test_latin_words_stay_whole_and_blanks_stay_behind() -> None:
    assert texts("一二三四五六七八 hello world") == ["一二三四五六七八 ", "hello world"]


def test_latin_words_break_anywhere_when_the_paragraph_says_so() -> None:
    assert texts("一二三四五六七八hello", replace(PLAIN, word_wrap=False)) == ["一二三四五六七八hell", "o"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert texts("a" * 25) == ["a" * 20, "a" * 5]


def test_a_word_breaks_after_its_hyphen_but_a_negative_number_does_not() -> None:
    assert texts("一二三四五六七well-known") == ["一二三四五六七well-", "known"]
    assert texts("一二三四五六七八九 -500") == ["一二三四五六七八九 ", "-500"]


def test_a_no_break_space_holds() -> None:
    assert texts("一二三四五六七第\u00a0500\u00a0号") == ["一二三四五六七", "第\u00a0500\u00a0号"]


def test_a_bookmark_goes_with_the_character_after_it() -> None:
    first, second = lines([Text("一二三四五六七八九十", TEN), Mark("here"), Text("甲", TEN)])
    assert not any(isinstance(part, Mark) for part in first.parts)
    assert second.parts[0] == Mark("here")


# --------------------------------------------------------------------------- forced breaks


def test_a_line_break_ends_a_line_and_one_at_the_end_leaves_an_empty_one() -> None:
    assert texts([Text("甲", TEN), Break("line", TEN), Text("乙", TEN), Break("line", TEN)]) == ["甲", "乙", ""]


def test_a_page_break_marks_its_line_and_leaves_none_behind() -> None:
    first, second = lines([Text("甲", TEN), Break("page", TEN), Text("乙", TEN)])
    assert first.page_break_after
    assert not second.page_break_after
    assert len(lines([Text("甲", TEN), Break("page", TEN)])) == 1


def test_an_empty_paragraph_is_one_empty_line_of_the_height_of_its_mark() -> None:
    [line] = lines("")
    assert (line.text, line.parts, line.height) == ("", (), 11)
    assert lines([]) == ()


# --------------------------------------------------------------------------- indents and alignment


def test_the_first_line_is_indented_and_the_others_are_not() -> None:
    first, second = lines("一二三四五六七八九十", replace(PLAIN, first=20))
    assert (first.x, first.text) == (20, "一二三四五六七八")
    assert (second.x, second.text) == (0, "九十")


def test_a_hanging_indent() -> None:
    first, second = lines("一二三四五六七八九十甲乙", replace(PLAIN, left=30, first=-20, right=10))
    assert (first.x, len(first.text)) == (10, 8)
    assert (second.x, second.text) == (30, "九十甲乙")


@pytest.mark.parametrize(("align", "x"), [("left", 0), ("center", 40), ("right", 80), ("justify", 0)])
def test_a_short_line_stands_where_it_is_told(align: str, x: float) -> None:
    [line] = lines("甲乙", replace(PLAIN, align=align))
    assert (line.x, line.width) == (x, 20)


def test_a_justified_line_is_opened_between_chinese_characters_in_one_part() -> None:
    first, last = lines("一二三四五六七八九《十》", replace(PLAIN, align="justify"))
    assert first.width == 100
    assert [part.spacing for part in first.parts] == [pytest.approx(10 / 8)]
    assert last.width == 30


def test_a_justified_line_leaves_latin_words_whole() -> None:
    first, _ = lines("一二word三四五六七（八）", replace(PLAIN, align="justify"))
    han, word, gap, rest = first.parts
    assert isinstance(han, Seg) and isinstance(word, Seg) and isinstance(gap, Gap) and isinstance(rest, Seg)
    assert (han.text, word.text, word.spacing, rest.text) == ("一二", "word", 0, "三四五六七")
    assert han.spacing == rest.spacing == gap.width > 0


def test_a_line_before_a_forced_break_is_not_stretched() -> None:
    first, _ = lines([Text("一二三", TEN), Break("line", TEN), Text("四", TEN)], replace(PLAIN, align="justify"))
    assert first.width == 30


def test_distributed_text_fills_the_line_even_when_it_is_the_last() -> None:
    [line] = lines("姓名a", replace(PLAIN, align="distribute"))
    assert line.width == 100
    assert sum(part.width for part in line.parts) == pytest.approx(100)


def test_what_stands_before_a_tab_is_not_stretched() -> None:
    items = [Text("一", TEN), Tab(TEN), Text("二三四五六七八（九）", TEN)]
    first, _ = lines(items, replace(PLAIN, align="justify", default_tab=20))
    assert [part.spacing for part in first.parts if isinstance(part, Seg)] == [0, pytest.approx(10 / 6)]


# --------------------------------------------------------------------------- marks and blanks


def test_a_blank_keeps_han_and_latin_apart_but_not_at_the_start_of_a_line() -> None:
    [line] = lines("在2020年", Frame(100))
    assert [type(part) for part in line.parts] == [Seg, Gap, Seg, Gap, Seg]
    assert line.width == pytest.approx(20 + 20 + 2 * 1.8)
    assert not isinstance(lines([Text("2020年", TEN)], Frame(100))[0].parts[0], Gap)


def test_marks_side_by_side_lose_the_empty_half_between_them() -> None:
    narrow = replace(PLAIN, compress_punctuation=True)
    assert lines("甲”（乙", narrow)[0].width == 35
    assert lines("（“甲", narrow)[0].width == 25
    assert lines("甲，乙", narrow)[0].width == 30


def test_a_closing_mark_may_lose_its_empty_half_at_the_end_of_a_line() -> None:
    narrow = replace(PLAIN, width=105, compress_punctuation=True)
    assert texts("一二三四五六七八九十」甲", narrow) == ["一二三四五六七八九十」", "甲"]


# --------------------------------------------------------------------------- tabs


def tab_line(after: str, *stops: TabStop, before: str = "甲", **changes: object) -> Line:
    frame = replace(PLAIN, tabs=stops, **changes)  # type: ignore[arg-type]
    return lines([Text(before, TEN), Tab(TEN), Text(after, TEN)], frame)[0]


def starts(line: Line) -> list[float]:
    """Where each text on the line begins."""
    x, found = line.x, []
    for part in line.parts:
        if isinstance(part, Seg):
            found.append(x)
        x += 0 if isinstance(part, Mark | FieldSeg | BoxSeg) else part.width
    return found


def test_a_left_tab_goes_to_its_stop() -> None:
    assert starts(tab_line("乙", TabStop(40))) == [0, 40]


def test_a_right_tab_ends_its_text_at_the_stop() -> None:
    assert starts(tab_line("乙丙", TabStop(100, "right", "dot"))) == [0, 80]


def test_a_centred_tab_centres_its_text() -> None:
    assert starts(tab_line("乙丙", TabStop(60, "center"))) == [0, 50]


def test_a_decimal_tab_aligns_the_point() -> None:
    assert starts(tab_line("12.5", TabStop(60, "decimal"))) == [0, 50]
    assert starts(tab_line("125", TabStop(60, "decimal"))) == [0, 45]


def test_text_too_long_for_its_right_tab_pushes_on() -> None:
    assert starts(tab_line("乙丙丁戊", TabStop(40, "right"))) == [0, 10]


def test_default_stops_follow_the_set_ones() -> None:
    frame = replace(PLAIN, tabs=(TabStop(25),), default_tab=30)
    [line] = lines([Tab(TEN), Text("甲", TEN), Tab(TEN), Text("乙", TEN)], frame)
    assert starts(line) == [25, 60]


def test_a_hanging_indent_is_a_stop_of_its_own() -> None:
    assert starts(tab_line("乙", before="1.", left=25, first=-25)) == [0, 25]


def test_a_leader_and_an_underline_reach_the_gap() -> None:
    [_, gap, _] = tab_line("乙", TabStop(40, leader="dot")).parts
    assert isinstance(gap, Gap) and (gap.leader, gap.width) == ("dot", 30)
    underlined = replace(TEN, underline="single")
    [line] = lines([Tab(underlined)], replace(PLAIN, default_tab=50))
    assert line.parts == (Gap(50, "", 10, "single"),)


def test_a_tab_beyond_the_margin_begins_the_next_line() -> None:
    items = [Text("一二三四五六七八九", TEN), Tab(TEN), Text("甲", TEN)]
    assert [line.text for line in lines(items, replace(PLAIN, default_tab=60))] == ["一二三四五六七八九", "甲"]


# --------------------------------------------------------------------------- other things on a line


def test_a_picture_is_one_big_character() -> None:
    shape = Shape("picture", 40, 30, stroke=Border())
    first, second = lines([Text("一二三四五六", TEN), InlineBox(shape), Text("七", TEN)])
    assert (len(first.parts), first.height, first.ascent, second.text) == (2, 32, 30, "七")
    [line] = lines([InlineBox(shape), Text("七", TEN)])
    assert (line.width, line.ascent) == (50, 30)


def test_a_page_number_is_measured_by_its_sample_and_all_figures_are_reserved() -> None:
    usage = Usage()
    [line] = compose([Text("— ", TEN), PageField("page", TEN, "12"), Text(" —", TEN)], PLAIN, FixedBook(), usage)
    assert line.width == 2 * 15 + 10
    assert [part.seg.text for part in line.parts if isinstance(part, FieldSeg)] == ["12"]
    assert set("0123456789") <= set(usage.characters["latin"])


def test_scale_widens_characters_and_not_their_spacing() -> None:
    [line] = lines("甲乙", style=replace(TEN, scale=0.5, spacing=1))
    assert line.width == 12


def test_parts_differ_where_looks_differ() -> None:
    [line] = lines([Text("甲乙", TEN), Text("丙", replace(TEN, color="#ff0000")), Text("丁", TEN), Text("戊", TEN)])
    assert [part.text for part in line.parts if isinstance(part, Seg)] == ["甲乙", "丙", "丁戊"]


def test_invisible_characters_leave_no_trace() -> None:
    usage = Usage()
    [line] = compose([Text("甲\u200b\ufeff乙\ufe00", TEN)], PLAIN, FixedBook(), usage)
    assert (line.text, usage.characters) == ("甲乙", {"han": "乙甲"})


def test_quotes_follow_the_hint() -> None:
    [hinted] = lines("“甲”")
    [plain] = lines("“甲”", style=replace(TEN, hint_east_asian=False))
    assert (hinted.width, plain.width) == (30, 20)


# --------------------------------------------------------------------------- heights


@pytest.mark.parametrize(
    ("rule", "grid", "height", "ascent"),
    [
        (LineRule(), Grid(), 11, 9),
        (LineRule("multiple", 2), Grid(), 22, 9),
        (LineRule("at-least", 8), Grid(), 11, 9),
        (LineRule("at-least", 20), Grid(), 20, 18),
        (LineRule("exact", 20), Grid(), 20, 16),
        (LineRule("exact", 20), Grid(pitch=15), 20, 16),
        (LineRule(), Grid(pitch=15), 15, 11),
        (LineRule(), Grid(pitch=8), 16, 11.5),
        (LineRule("multiple", 1.5), Grid(pitch=15), 22.5, 11),
        (LineRule("multiple", 0.5), Grid(), 5.5, 3.5),
    ],
)
def test_height_and_base_line(rule: LineRule, grid: Grid, height: float, ascent: float) -> None:
    [line] = lines("甲", replace(PLAIN, line=rule, grid=grid))
    assert (line.height, line.ascent) == (pytest.approx(height), pytest.approx(ascent))


def test_the_tallest_character_decides_and_raised_text_lifts_the_line() -> None:
    [line] = lines([Text("甲", TEN), Text("乙", replace(TEN, size=20)), Text("", TEN)])
    assert line.height == 22
    [line] = lines([Text("甲", replace(TEN, rise=5))])
    assert line.ascent == 14


def test_the_character_grid_gives_every_character_its_share() -> None:
    assert len(lines("国" * 30, replace(PLAIN, grid=Grid(delta=-1)))[0].text) == 11
    assert len(lines("国" * 30, replace(PLAIN, grid=Grid(delta=2.5)))[0].text) == 8


# --------------------------------------------------------------------------- GB/T 9704-2012


@pytest.mark.parametrize(
    ("style", "grid"),
    [
        (TextStyle("仿宋_GB2312", "仿宋_GB2312", 16, spacing=-0.25, hint_east_asian=True), Grid()),
        (TextStyle("仿宋_GB2312", "仿宋_GB2312", 16, hint_east_asian=True), Grid(pitch=28.95, delta=-849 / 4096)),
    ],
)
def test_twenty_two_lines_of_twenty_eight_characters(book: FontBook, style: TextStyle, grid: Grid) -> None:
    """三号 is 16 pt and 28 of them are wider than 156 mm: only with -0.25 pt between them 28 fit."""
    frame = Frame(442.2, align="justify", line=LineRule("exact", 28.95), grid=grid)
    page = compose([Text("国" * 28 * 22, style)], frame, book, Usage())
    assert [len(line.text) for line in page] == [28] * 22
    assert sum(line.height for line in page) <= 637.8 < sum(line.height for line in page) + 28.95


def test_without_the_spacing_twenty_seven_fit(book: FontBook) -> None:
    style = TextStyle("仿宋_GB2312", "仿宋_GB2312", 16, hint_east_asian=True)
    assert len(compose([Text("国" * 60, style)], Frame(442.2), book, Usage())[0].text) == 27


# --------------------------------------------------------------------------- properties

CHARACTERS = st.sampled_from("国家一，。、；“”《》（）——…〔〕 ab1-.()\u3000")
STYLES = st.sampled_from([TEN, replace(TEN, size=14), replace(TEN, spacing=-0.5), replace(TEN, scale=0.8)])
ITEMS = st.lists(
    st.one_of(
        st.builds(Text, st.text(CHARACTERS, max_size=40), STYLES),
        st.builds(Tab, STYLES),
        st.builds(Break, st.sampled_from(["line", "page"]), STYLES),
        st.builds(Mark, st.just("m")),
    ),
    max_size=8,
)
FRAMES = st.builds(
    Frame,
    width=st.sampled_from([60.0, 100.0, 163.7]),
    left=st.sampled_from([0.0, 12.0]),
    first=st.sampled_from([0.0, 20.0, -12.0]),
    align=st.sampled_from(["left", "center", "right", "justify", "distribute"]),
    tabs=st.sampled_from([(), (TabStop(50, "right"),), (TabStop(30, "center"), TabStop(70, "decimal"))]),
    overflow_punctuation=st.booleans(),
    compress_punctuation=st.booleans(),
    auto_space=st.booleans(),
    word_wrap=st.booleans(),
)


def words_of(items: Sequence[Item]) -> str:
    return "".join(item.text for item in items if isinstance(item, Text))


@given(ITEMS, FRAMES)
def test_every_character_stands_on_one_line_in_order(items: list[Item], frame: Frame) -> None:
    assert "".join(line.text for line in lines(items, frame)) == words_of(items)


@given(ITEMS, FRAMES)
def test_no_part_goes_backwards_and_no_tab_is_negative(items: list[Item], frame: Frame) -> None:
    for line in lines(items, frame):
        assert all(part.width >= 0 for part in line.parts if isinstance(part, Gap))
        assert all(part.width > 0 for part in line.parts if isinstance(part, Seg))


@given(st.text(CHARACTERS, max_size=120), FRAMES)
def test_a_justified_line_is_as_wide_as_its_measure(text: str, frame: Frame) -> None:
    frame = replace(frame, align="justify", tabs=(), overflow_punctuation=False, compress_punctuation=False)
    *full, _last = lines(text, frame) or [None]
    for line in full:
        assert line is not None
        wide = line.text.rstrip(" ")
        stretched = line.width == pytest.approx(frame.width - line.x)
        assert stretched or not any(kinsoku.is_east_asian(c, hint=True) or c == " " for c in wide) or len(wide) < 2
        if stretched and wide == line.text:
            last = line.parts[-1]
            assert isinstance(last, Seg)
            trailing = last.spacing if last.face == "han" else 0.0
            assert sum(part.width for part in line.parts if isinstance(part, Seg | Gap)) == pytest.approx(
                line.width + trailing
            )


@given(st.text(CHARACTERS, max_size=120), FRAMES)
@example("一二三四五六七八九。", Frame(90))
def test_no_line_begins_with_a_forbidden_mark_unless_nothing_else_is_possible(text: str, frame: Frame) -> None:
    made = lines(text, frame)
    for before, after in pairwise(made):
        one, two = before.text.rstrip(" "), after.text
        if two[:1] in kinsoku.NO_START or one[-1:] in kinsoku.NO_END:
            assert not _could_break(before.text), (before.text, after.text)


def _could_break(line: str) -> bool:
    """Whether some earlier place on a line was permitted between two Chinese characters proper."""
    return any(kinsoku.is_han(one) and kinsoku.is_han(two) for one, two in pairwise(line))
