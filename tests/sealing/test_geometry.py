"""The end of a paper is where GB/T 9704-2012 clause 7.3.5 puts it, whatever the name's length and the seal's size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sealing.geometry import POINTS_PER_MM, in_cell, sealed, unsealed

AREA = 442.2
PITCH = 28.95
CHARACTER = 15.75
SEAL = 42 * POINTS_PER_MM
DAY = 101.25

names = st.floats(30, AREA)
seals = st.floats(38, 50).map(lambda millimetres: millimetres * POINTS_PER_MM)


def end(name: float = 220.5, lines: int = 1, day: float = DAY, diameter: float = SEAL):
    """A sealed end on the page of the standard; the defaults are those of 铜王组发〔2020〕50号."""
    return sealed(area=AREA, name=name, lines=lines, day=day, pitch=PITCH, character=CHARACTER, diameter=diameter)


def test_the_date_stands_four_characters_in_and_the_name_is_centred_on_it() -> None:
    place = end()
    assert place.date_right == pytest.approx(4 * CHARACTER)
    middle_of_date = AREA - place.date_right - DAY / 2
    assert AREA - place.name_right - 220.5 / 2 == pytest.approx(middle_of_date)
    assert place.seal_left + SEAL / 2 == pytest.approx(middle_of_date)


def test_a_42_mm_seal_leaves_two_lines_above_the_name() -> None:
    assert end().above == pytest.approx(2 * PITCH)


@given(name=names, diameter=seals)
def test_name_and_date_lie_a_little_below_the_centre_of_the_seal(name: float, diameter: float) -> None:
    place = end(name, diameter=diameter)
    centre_above_date_line = -(place.seal_top + diameter / 2)
    middle_of_block_above_date_line = 0.0
    assert 0 < centre_above_date_line - middle_of_block_above_date_line < diameter / 4


@given(name=names, diameter=seals)
def test_the_seals_top_is_within_one_line_of_the_text_above(name: float, diameter: float) -> None:
    place = end(name, diameter=diameter)
    above_the_name = -(place.seal_top + PITCH)
    assert 0 <= place.above - above_the_name < PITCH


@given(name=names, diameter=seals, day=st.floats(60, 110))
def test_nothing_leaves_the_text_area(name: float, diameter: float, day: float) -> None:
    place = end(name, day=day, diameter=diameter)
    tolerance = 1e-6
    assert place.name_right >= 0
    assert place.date_right >= 0
    assert place.seal_left + diameter <= AREA + tolerance
    assert AREA - place.name_right - name >= -tolerance


def test_without_a_seal_the_date_begins_two_characters_after_the_name() -> None:
    place = unsealed(name=220.5, day=DAY, pitch=PITCH, character=CHARACTER)
    assert place.name_right == pytest.approx(2 * CHARACTER)
    name_begins = AREA - place.name_right - 220.5
    date_begins = AREA - place.date_right - DAY
    assert date_begins - name_begins == pytest.approx(2 * CHARACTER)
    assert place.above == pytest.approx(PITCH)


@given(name=st.floats(30, 200), day=st.floats(60, 110))
def test_without_a_seal_a_longer_date_stands_two_characters_in_and_the_name_gives_way(name: float, day: float) -> None:
    place = unsealed(name=name, day=day, pitch=PITCH, character=CHARACTER)
    assert min(place.name_right, place.date_right) >= 2 * CHARACTER - 1e-6
    begins = (place.name_right + name) - (place.date_right + day)
    assert begins == pytest.approx(2 * CHARACTER)


@given(width=st.floats(150, 440), words=st.floats(20, 140), lines=st.integers(1, 4), right=st.booleans())
def test_a_seal_in_a_cell_stays_in_it_and_has_the_room_it_needs(
    width: float, words: float, lines: int, right: bool
) -> None:
    pitch = 22.0
    place = in_cell(width=width, words=words, lines=lines, pitch=pitch, diameter=SEAL, to_the_right=right)
    assert place.seal_left >= 0
    assert place.seal_left + SEAL <= width
    assert place.above + lines * pitch + place.below >= SEAL - 1e-6
    assert place.above + place.seal_top >= -1e-6
    if not right:
        assert place.centre == pytest.approx(width / 2)
