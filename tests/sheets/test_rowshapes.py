"""A row is cut at its own number, and only where that is certain."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

import pytest

from pipeline.sheets import rowshapes
from pipeline.sheets.rowshapes import Cutter, Otherwise


def cutter() -> Cutter:
    numbers = count(1)
    return Cutter(defaultdict(lambda: next(numbers)))


def test_rows_of_two_shapes_in_turns_share_the_forms_of_their_columns() -> None:
    cut = cutter().cut
    columns, told, numbers = cut(b'<row r="1" ht="9"><c r="A1"><v>5</v></c><c r="B1" s="2"><v>6</v></c>', 1)
    assert (columns, told, numbers) == ([1, 2], b' ht="9"', (1, 2))
    other, told, numbers = cut(b'<row r="2"><c r="A2"><v>5</v></c><c r="C2"><v>7</v></c>', 2)
    assert (other, told, numbers) == ([1, 3], b"", (1, 3))
    again, _told, numbers = cut(b'<row r="3" ht="9"><c r="A3"><v>6</v></c><c r="B3" s="2"/>', 3)
    assert again is columns
    assert numbers == (4, 0)


def test_far_columns_are_counted_as_excel_counts_them() -> None:
    columns, _told, _numbers = cutter().cut(b'<row r="7"><c r="Z7"/><c r="AA7"/><c r="XFD7"/>', 7)
    assert columns == [26, 27, 16384]


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="2"><c r="A2"/>',  # another number than the one that follows
        b'<row r="1"/><row r="1"><c r="A1"/>',
        b'<row r="1"/><c r="A1"/>',
        b' <row r="1"><c r="A1"/>',
        b'<row r="1">',
        b'<row r="1"><c r="B1"/><c r="A1"/>',
        b'<row r="1"><c r="A1"/><c r="A1"/>',
        b'<row r="1"><c r="A1" s="1"/>',  # its number is a format's too
        b'<row r="1"><c r="A1"><v>1"</v></c>',
        b'<row r="1"><c r="A1"/>text<c r="B1"/>',
        b'<row r="1"><c r="A1"/><c r="B2"/>',
        b'<row r="1"><c r="A1"/><c r="B21"/>',
        b'<row r="1"><c r="A1"/><c r="b1"/>',
        b'<row r="1"><c r="A1"/><c><v>5</v></c>',
        b'<row r="1"><c r="A1"><v>5</v></c></c>',
        b'<row r="1"><c r="A1"><v>5</v></c> ',
        b'<row r="1"><c r="a1"/>',
        b'<row r="1"><x r="A1"/>',
    ],
)
def test_a_row_that_could_mean_something_else_is_left_alone(row: bytes) -> None:
    with pytest.raises(Otherwise):
        cutter().cut(row, 1)


def test_a_row_left_alone_spoils_no_later_one() -> None:
    cut = cutter().cut
    cut(b'<row r="1"><c r="A1"/><c r="B1"/>', 1)
    with pytest.raises(Otherwise):
        cut(b'<row r="2"><c r="A2"/>text<c r="B2"/>', 2)
    with pytest.raises(Otherwise):
        cut(b'<row r="2"><c r="A2"/>text<c r="B2"/>', 2)
    assert cut(b'<row r="3"><c r="A3"/><c r="B3"/>', 3)[0] == [1, 2]


def test_where_every_row_has_a_shape_of_its_own_the_usual_ones_are_still_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rowshapes, "_MOST_SHAPES", 1)
    monkeypatch.setattr(rowshapes, "_MOST_STRANGE", 1)
    cut = cutter().cut
    cut(b'<row r="1"><c r="A1"/>', 1)
    for number in (2, 4):
        with pytest.raises(Otherwise):
            cut(b'<row r="%d"><c r="B%d"/>' % (number, number), number)
        if number == 2:
            assert cut(b'<row r="3"><c r="A3"/>', 3)[0] == [1]
    with pytest.raises(Otherwise):
        cut(b'<row r="5"><c r="A5"/>', 5)
