"""Text in file names: nothing transliterated, nothing longer than a file system takes, nothing Windows refuses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.text import (
    NAME_BYTES,
    collapsed,
    cut_to_bytes,
    folded_heading,
    folded_name,
    nfc,
    on_one_line,
    safe_name,
    without_forbidden,
)

WINDOWS_REFUSES = set('<>:"/\\|?*')


@given(st.text(), st.integers(4, 300))
def test_any_text_becomes_a_name_that_every_file_system_takes_or_is_refused(text: str, limit: int) -> None:
    try:
        name = safe_name(text, limit=limit)
    except ValueError:
        return
    assert 0 < len(name.encode()) <= limit
    assert not WINDOWS_REFUSES & set(name)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in name)
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert name == nfc(name)


@given(st.text())
def test_a_name_is_safe_the_first_time(text: str) -> None:
    try:
        name = safe_name(text)
    except ValueError:
        return
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("铜王组发〔2020〕50号 关于印发《办法》的通知", "铜王组发〔2020〕50号 关于印发《办法》的通知"),
        ("王𬳵·买买提", "王𬳵·买买提"),
        ("a/b\\c:d", "a_b_c_d"),
        ("上行\n下行\t右", "上行 下行 右"),
        ("..隐藏", "隐藏"),
        ("句末。", "句末。"),
        ("dots...", "dots"),
        ("CON", "_CON"),
        ("lpt1.pdf", "_lpt1.pdf"),
        ("com¹", "_com¹"),
        ("e\u0301cole", "école"),
        ("甲\u202e乙\u200b丙", "甲_乙_丙"),
        ("a__b", "a__b"),
    ],
)
def test_names_keep_what_they_can(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("text", ["", "   ", "...", "///", "\u200b", "_", "\x00\x01"])
def test_nothing_usable_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="no usable file name"):
        safe_name(text)


@given(st.text(), st.integers(0, 60))
def test_a_cut_is_the_longest_beginning_that_fits(text: str, limit: int) -> None:
    text = without_forbidden(text)
    cut = cut_to_bytes(text, limit)
    assert text.startswith(cut)
    assert len(cut.encode()) <= limit


def test_a_cut_never_parts_a_character_from_its_marks() -> None:
    assert cut_to_bytes("甲e\u0301", 4) == "甲"
    assert cut_to_bytes("辻\U000e0101", 4) == ""
    assert cut_to_bytes("汉" * 90, NAME_BYTES) == "汉" * 85


def test_names_that_a_share_takes_for_one_are_found_alike() -> None:
    assert folded_name("Ａbc社区.PDF") == folded_name("ａBC社区.pdf")
    assert folded_name(unicodedata.normalize("NFD", "école.pdf")) == folded_name("ÉCOLE.pdf")
    assert folded_name("甲.pdf") != folded_name("乙.pdf")


def test_headings_are_compared_without_their_noise() -> None:
    assert folded_heading("＊出 生\n年月：") == folded_heading("出生年月")
    assert folded_heading("姓名") != folded_heading("性别")


def test_blanks_of_every_kind_are_one_blank() -> None:
    assert collapsed("　甲\u00a0 乙\n\n丙 ") == "甲 乙 丙"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("关于印发\n《办法》的通知", "关于印发《办法》的通知"),
        ("关于印发 \n  《办法》\n的通知\n", "关于印发《办法》的通知"),
        ("Notice\non parking", "Notice on parking"),
        ("关于 A 的\nB", "关于 A 的 B"),
    ],
)
def test_a_title_set_in_several_lines_reads_as_one(lines: str, line: str) -> None:
    assert on_one_line(lines) == line


@given(st.text())
def test_what_xml_forbids_goes_and_the_rest_stays(text: str) -> None:
    kept = without_forbidden(text)
    kept.encode()
    assert not {"\x00", "\x0b", "\ufffe", "\uffff"} & set(kept)
    assert without_forbidden(kept) == kept
