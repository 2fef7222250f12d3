"""The rows of a filed paper: kept as text, typed back exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.filed import filed_record, kept
from pipeline.core.values import Value
from pipeline.filing.record import in_words
from tests.register.office import paper

TYPES: Mapping[str, st.SearchStrategy[Value]] = {
    "text": st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    "date": st.dates(),
    "month": st.dates().map(lambda day: day.replace(day=1)),
    "integer": st.integers(),
    "money": st.decimals(allow_nan=False, allow_infinity=False, places=2),
    "person": st.just("刘珺"),
}
VALUES = st.sampled_from(sorted(TYPES)).flatmap(lambda kind: st.tuples(st.just(kind), TYPES[kind]))
ROWS = st.dictionaries(st.text("abcdefgh_", min_size=1, max_size=6), VALUES, max_size=6)


@given(ROWS, st.lists(st.tuples(st.sampled_from(["people", "topics"]), ROWS), max_size=5))
def test_every_value_comes_back_as_it_was(
    head: dict[str, tuple[str, Value]], others: list[tuple[str, dict[str, tuple[str, Value]]]]
) -> None:
    rows = [("head", head), *others]
    data = kept((table, [(name, kind, in_words(value)) for name, (kind, value) in row.items()]) for table, row in rows)
    filed = filed_record(replace(paper(1), data=data))
    assert filed.head == {name: value for name, (_kind, value) in head.items()}
    assert filed.details == {
        table: tuple({name: value for name, (_kind, value) in row.items()} for one, row in others if one == table)
        for table in {table for table, _row in others}
    }


def test_equal_rows_give_equal_text_whatever_the_order_of_their_fields() -> None:
    one, other = (
        [("a", "text", "甲"), ("b", "integer", "2"), ("c", "text", "")],
        [("b", "integer", "2"), ("a", "text", "甲")],
    )
    assert kept([("head", one)]) == kept([("head", other)]) == '[["head",{"a":["text","甲"],"b":["integer","2"]}]]'


def test_a_paper_whose_rows_are_not_known_is_not_taken_for_an_empty_one() -> None:
    with pytest.raises(ValueError, match="not known"):
        filed_record(paper(1))


def test_sums_and_dates_have_their_types() -> None:
    data = kept(
        [("head", [("sum", "money", "1200.50"), ("day", "date", "2020-04-16"), ("born", "month", "1979-03-01")])]
    )
    assert filed_record(replace(paper(1), data=data)).head == {
        "sum": Decimal("1200.50"), "day": date(2020, 4, 16), "born": date(1979, 3, 1),
    }  # fmt: skip
