"""Numbers as GB/T 9704 and archival codes as DA/T 22 write them, and as senders do."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.archival import ARCHIVAL_CODE
from pipeline.core.errors import ConfigurationError
from pipeline.numbering import archival_code, compose, read_number
from tests.numbering.office import COMMUNITY, DEPARTMENT, MINUTES, NOTICE

NUMBERING = NOTICE.numbering
ISSUES = MINUTES.numbering
assert NUMBERING is not None and ISSUES is not None


def test_the_number_of_the_source_document():
    number = compose(NUMBERING, DEPARTMENT, 2020, 50)
    assert number.text == "铜王组发〔2020〕50号"
    assert (number.series, number.year, number.n) == ("铜王组发", 2020, 50)


def test_issues_of_minutes_count_in_a_series_of_their_organisation():
    number = compose(ISSUES, COMMUNITY, 2020, 3)
    assert number.text == "〔2020〕第3期"
    assert number.series == "中共红旗社区委员会纪要"


@pytest.mark.parametrize(
    "written",
    [
        "铜王组发[2020]50号",
        "铜王组发【2020】50号",
        "铜王组发（2020）50号",
        "铜王组发(2020)50号",
        "铜王组发［2020］50号",
        "铜王组发〔２０２０〕５０号",
        "铜王组发 〔2020〕 50 号",
        "铜王组发〔2020〕050号",
    ],
)
def test_look_alikes_are_read_but_said_to_be_no_exact_reading(written):
    reading = read_number(written, NUMBERING, DEPARTMENT, 2020)
    assert reading is not None
    assert reading.number.text == "铜王组发〔2020〕50号"
    assert not reading.exact


@pytest.mark.parametrize(
    "written",
    [
        "",
        "50",
        "50号",
        "铜王组发〔2020〕号",
        "铜王组发〔2020〕0号",
        "铜王组发〔20〕50号",
        "铜王组发〔2020〕第50号",
        "铜王组发〔2020〕50",
        "铜王组〔2020〕50号",
        "红社党〔2020〕50号",
        "铜王组发〔2020〕50号，铜王组发〔2020〕51号",
        "铜王组发〔2020〕99999999999999999999号",
    ],
)
def test_what_is_no_number_of_this_series_is_not_read(written):
    assert read_number(written, NUMBERING, DEPARTMENT, 2020) is None


def test_a_pattern_without_a_year_takes_the_year_of_the_paper():
    numbering = dataclasses.replace(ISSUES, pattern="第{n}期")
    reading = read_number("第7期", numbering, COMMUNITY, 2021)
    assert reading is not None and reading.exact
    assert (reading.number.year, reading.number.n) == (2021, 7)


def test_a_year_that_stands_twice_must_be_the_same_year():
    numbering = dataclasses.replace(ISSUES, pattern="{year}年〔{year}〕第{n}期")
    assert read_number("2021年〔2021〕第7期", numbering, COMMUNITY, 2021) is not None
    assert read_number("2021年〔2020〕第7期", numbering, COMMUNITY, 2021) is None


@given(st.integers(1949, 2199), st.integers(1, 999_999))
def test_what_is_written_is_read_back(year, n):
    for numbering, organisation in ((NUMBERING, DEPARTMENT), (ISSUES, COMMUNITY)):
        number = compose(numbering, organisation, year, n)
        reading = read_number(number.text, numbering, organisation, 2000)
        assert reading is not None
        assert reading.exact
        assert reading.number == number


@given(st.text())
def test_any_text_is_either_a_number_of_the_series_or_none(text):
    reading = read_number(text, NUMBERING, DEPARTMENT, 2020)
    assert reading is None or reading.number.series == "铜王组发"


def test_an_archival_code_has_the_form_of_the_standard():
    code = archival_code("D001", DEPARTMENT, 2020, "Y", 1)
    assert code.text == "D001-WS·2020-Y-ZZB-0001"
    assert code.lowest_class == "D001-WS·2020-Y-ZZB"
    match = ARCHIVAL_CODE.fullmatch(code.text)
    assert match is not None
    assert match["lowest_class"] == code.lowest_class
    assert ARCHIVAL_CODE.fullmatch("Z109-WS·2011-D30-0012")


@pytest.mark.parametrize(
    "text", ["D001-WS.2020-Y-ZZB-0001", "D001-WS·2020-D20-ZZB-0001", "D001-WS·2020-Y-ZZB-1", "D001-WS·2020-Y-ZZB-00011"]
)
def test_other_forms_are_no_archival_code(text):
    assert ARCHIVAL_CODE.fullmatch(text) is None


def test_the_ten_thousandth_piece_of_a_class_is_refused_with_a_way_out():
    assert archival_code("D001", DEPARTMENT, 2020, "D10", 9999).text.endswith("-9999")
    with pytest.raises(ConfigurationError, match="9999") as caught:
        archival_code("D001", DEPARTMENT, 2020, "D10", 10000)
    assert caught.value.remedy


def test_a_retention_the_standard_does_not_know_is_refused():
    with pytest.raises(ConfigurationError, match="档号"):
        archival_code("D001", DEPARTMENT, 2020, "D5", 1)
