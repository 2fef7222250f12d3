"""Checksums against numbers whose check character is known from elsewhere, and against every single slip."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.validation.identifiers import (
    born_on,
    credit_check_character,
    credit_code_fault,
    id_card_fault,
    id_check_character,
    sex_of,
)

TODAY = date(2020, 5, 1)

SOUND_CARDS = ["11010519491231002X", "440524188001010014"]
SOUND_CODES = ["91350100M000100Y43", "91440300708461136T", "91110108551385082Q"]
"""Specimens that independent public validators use in their own tests; the standards themselves were not at hand."""


@pytest.mark.parametrize("number", SOUND_CARDS)
def test_identity_numbers_that_others_call_sound(number: str) -> None:
    assert id_card_fault(number, TODAY) == ""


@pytest.mark.parametrize("code", SOUND_CODES)
def test_credit_codes_that_others_call_sound(code: str) -> None:
    assert credit_code_fault(code) == ""


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("110105194912310021", "抄错了一位"),
        ("1101051949123100", "16位"),
        ("110105491231002", "旧的15位"),
        ("11010519491331002X", "出生日期"),
        ("11010520210101001X", "出生日期"),
        ("01010519491231002X", "17位数字"),
        ("1101051949123100２X", "17位数字"),
        ("11010519491231002Y", "17位数字"),
    ],
)
def test_what_is_wrong_with_an_identity_number_is_said(number: str, reason: str) -> None:
    assert reason in id_card_fault(number, TODAY)


@pytest.mark.parametrize(
    ("code", "reason"),
    [("91350100M000100Y44", "抄错了一位"), ("91350100M00010OY43", "“O”"), ("9135", "4位"), ("", "0位")],
)
def test_what_is_wrong_with_a_credit_code_is_said(code: str, reason: str) -> None:
    assert reason in credit_code_fault(code)


def test_birth_and_sex_by_the_number() -> None:
    assert born_on("11010519491231002X") == date(1949, 12, 31)
    assert sex_of("11010519491231002X") == "女"
    assert sex_of("440524188001010014") == "男"


BODIES = st.builds(
    "{}{:%Y%m%d}{:03}".format, st.integers(110000, 820000), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999)
)


@given(BODIES)
def test_the_computed_character_makes_a_number_sound(body: str) -> None:
    assert id_card_fault(body + id_check_character(body), TODAY) == ""


@given(BODIES, st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_figure_is_found(body: str, place: int, shift: int) -> None:
    number = body + id_check_character(body)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert id_card_fault(wrong, TODAY)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 30))
def test_every_single_wrong_character_of_a_credit_code_is_found(body: str, place: int, shift: int) -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code = body + credit_check_character(body)
    assert credit_code_fault(code) == ""
    wrong = code[:place] + alphabet[(alphabet.index(code[place]) + shift) % 31] + code[place + 1 :]
    assume(wrong != code)
    assert credit_code_fault(wrong)


@given(st.text(max_size=25))
def test_no_text_raises(text: str) -> None:
    assert isinstance(id_card_fault(text, TODAY), str)
    assert isinstance(credit_code_fault(text), str)
