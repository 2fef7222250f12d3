"""Sums in capitals: written as 支付结算办法 writes them, read back to the cent, refused where they might be two."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.amounts import in_capitals, number_in_characters, sum_in_capitals


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0.05", "伍分"),
        ("0", "零元整"),
        ("10000", "壹万元整"),
        ("100000001.01", "壹亿零壹元零壹分"),
        ("120000000", "壹亿贰仟万元整"),
    ],
)
def test_the_examples_of_the_annex_and_their_like(amount: str, words: str) -> None:
    assert in_capitals(Decimal(amount)) == words
    assert sum_in_capitals(words) == Decimal(amount)


@given(st.decimals(Decimal(0), Decimal(10) ** 12 - 1, places=2))
def test_every_sum_comes_back(amount: Decimal) -> None:
    assert sum_in_capitals(in_capitals(amount)) == amount


@pytest.mark.parametrize("amount", ["-1", "1e12", "0.001"])
def test_what_is_no_sum_is_not_written(amount: str) -> None:
    with pytest.raises(ValueError):
        in_capitals(Decimal(amount))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二十三", 23),
        ("十", 10),
        ("一百零五", 105),
        ("一万二千", 12000),
        ("一亿二千万", 120_000_000),
        ("二〇二〇", 2020),
        ("一万零五百", 10500),
        ("两千", 2000),
        ("一百二", None),
        ("一万二", None),
        ("百", None),
        ("十百", None),
        ("二十十", None),
        ("一万二万", None),
        ("亿", None),
        ("", None),
        ("人", None),
    ],
)
def test_numbers_in_characters(text: str, number: int | None) -> None:
    assert number_in_characters(text) == number


@given(st.text("零〇一二三四五六七八九十百千万亿壹贰仟佰拾元角分整正", max_size=12))
def test_nothing_raises(text: str) -> None:
    number_in_characters(text)
    sum_in_capitals(text)
