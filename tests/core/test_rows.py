"""Rows kept field by field answer as rows that are made one by one."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.rows import UNREAD, Addresses, Places, Rows, Values
from pipeline.core.values import Row

LETTERS = {"name": "A", "age": "C"}
CELLS = st.one_of(st.none(), st.text(max_size=2), st.integers(0, 9), st.just(UNREAD))


def rows_of(*lines: tuple[object, object], first: int = 2, sheet: str = "表") -> Rows:
    columns = {"name": [name for name, _age in lines], "age": [age for _name, age in lines]}
    numbers = range(first, first + len(lines))
    places = Places([sheet] * len(lines), numbers, [Addresses(LETTERS, number) for number in numbers])
    holed = [field for field, column in columns.items() if UNREAD in column]
    return Rows(columns, places, holed)  # type: ignore[arg-type]


def test_a_row_has_its_values_and_addresses() -> None:
    first, second = rows_of(("刘珺", 44), ("王建国", UNREAD))
    assert first == Row("表", 2, {"name": "刘珺", "age": 44}, {"name": "A2", "age": "C2"})
    assert second.values == {"name": "王建国"}
    assert (len(second.values), "age" in second.values, list(second.values)) == (1, False, ["name"])
    assert (second.values.get("age"), second.values.get("age", 7), second.values.get("sex")) == (None, 7, None)
    assert (second.cells["age"], second.cells.get("sex", "A3")) == ("C3", "A3")


def test_rows_are_made_once() -> None:
    rows = rows_of(("刘珺", 44))
    assert rows[0] is rows[0] is next(iter(rows))
    made = (Row("表", 2, {}, {}),)
    assert Rows.of(made)[0] is made[0]
    assert Rows.of(rows) is rows


def test_a_field_that_no_row_has_is_unread_in_all() -> None:
    rows = rows_of(("刘珺", 44))
    assert rows.column("sex") == (UNREAD,)
    assert rows.is_unread("sex") and not rows.is_unread("age")
    assert not Rows.of(()).is_unread("sex")


def test_a_changed_column_leaves_the_others_and_the_rows_before() -> None:
    before = rows_of(("甲", 1), ("乙", UNREAD))
    after = before.with_column("name", [UNREAD, "丙"])
    assert [dict(row.values) for row in after] == [{"age": 1}, {"name": "丙"}]
    assert [dict(row.values) for row in before] == [{"name": "甲", "age": 1}, {"name": "乙"}]
    assert after.is_unread("name") and after.is_unread("age")
    assert not after.with_column("name", ["丁", "戊"]).is_unread("name")


def test_rows_of_several_sheets_stand_behind_one_another() -> None:
    form = Rows.of([Row("单页", 3, {"name": "丙", "sex": "女"}, {"name": "B3"})])
    both = Rows.joined([rows_of(("甲", 1)), rows_of(), form])
    assert [(row.sheet, row.row, dict(row.values)) for row in both] == [
        ("表", 2, {"name": "甲", "age": 1}),
        ("单页", 3, {"name": "丙", "sex": "女"}),
    ]
    assert both[1].cells == {"name": "B3"}
    assert both.is_unread("sex") and both.is_unread("age") and not both.is_unread("name")
    assert len(Rows.joined([])) == 0


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.data())
def test_columns_and_rows_say_the_same(lines: list[tuple[object, object]], data: st.DataObject) -> None:
    rows = rows_of(*lines)
    again = Rows.of(tuple(rows))
    for field in LETTERS:
        assert list(again.column(field)) == list(rows.column(field)) == [row.values.get(field, UNREAD) for row in rows]
        assert again.is_unread(field) == rows.is_unread(field) == any(field not in row.values for row in rows)
    chosen = data.draw(st.lists(st.sampled_from(range(len(lines))), unique=True).map(sorted)) if lines else []
    assert list(rows.chosen(chosen)) == [rows[place] for place in chosen]


def test_a_row_goes_to_another_process_and_back() -> None:
    row = rows_of(("刘珺", UNREAD))[0]
    assert pickle.loads(pickle.dumps(row)) == row
    assert isinstance(row.values, Values)
