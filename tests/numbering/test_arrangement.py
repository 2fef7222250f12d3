"""The yearly arrangement decided: every waiting paper gets its 档号, gapless, once, matters together, days in order."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.archival import by_day, read_code
from pipeline.core.errors import ConfigurationError
from pipeline.numbering import Arranged, Waiting, arrange
from tests.register.office import paper

FIRST = date(2020, 1, 1)
ORGANISATIONS = (("ZZB", "区委组织部"), ("TYS", "桃园社区"))


def waiting(n: int, day: int = 0, *, matter: str = "", retention: str = "D10", organisation: int = 0) -> Waiting:
    """Paper ``n``, so many days after the first of January; its matter is its own where none is named."""
    one = paper(n, piece=0, day=FIRST + timedelta(day), organisation=ORGANISATIONS[organisation])
    return Waiting(replace(one, archival_code=""), retention, matter or one.paper)


def codes(arranged: tuple[Arranged, ...]) -> list[tuple[int, str]]:
    return [(one.paper.n, one.code.text) for one in arranged]


def nothing_given(_lowest_class: str) -> int:
    return 0


def test_papers_stand_by_their_days() -> None:
    order = arrange([waiting(1, 30), waiting(2, 10), waiting(3, 20)], nothing_given)
    assert codes(order) == [
        (2, "D001-WS·2020-D10-ZZB-0001"),
        (3, "D001-WS·2020-D10-ZZB-0002"),
        (1, "D001-WS·2020-D10-ZZB-0003"),
    ]


def test_a_matter_stays_together_where_its_first_paper_stands() -> None:
    """Clause 5.3, 按时间结合事由: what belongs to the matter of the tenth day is not parted by the fifteenth."""
    order = arrange(
        [waiting(1, 10, matter="聘任"), waiting(2, 15), waiting(3, 20, matter="聘任"), waiting(4, 5)], nothing_given
    )
    assert [one.paper.n for one in order] == [4, 1, 3, 2]


def test_each_class_counts_its_own_and_the_retention_is_the_one_in_force() -> None:
    order = arrange(
        [waiting(1, 1), waiting(2, 2, retention="Y"), waiting(3, 3), waiting(4, 4, organisation=1)], nothing_given
    )
    assert codes(order) == [
        (1, "D001-WS·2020-D10-TYS-0001".replace("TYS", "ZZB")),
        (3, "D001-WS·2020-D10-ZZB-0002"),
        (2, "D001-WS·2020-Y-ZZB-0001"),
    ] or sorted(codes(order)) == [
        (1, "D001-WS·2020-D10-ZZB-0001"),
        (2, "D001-WS·2020-Y-ZZB-0001"),
        (3, "D001-WS·2020-D10-ZZB-0002"),
        (4, "D001-WS·2020-D10-TYS-0001"),
    ]


def test_what_has_pieces_already_is_gone_on_from() -> None:
    order = arrange([waiting(1), waiting(2)], lambda lowest_class: 41 if lowest_class.endswith("ZZB") else 0)
    assert [one.code.piece for one in order] == [42, 43]


def test_a_class_that_is_full_says_so() -> None:
    with pytest.raises(ConfigurationError, match="已用到 9999"):
        arrange([waiting(1)], lambda _lowest_class: 9999)


PAPERS = st.lists(
    st.tuples(
        st.integers(0, 40), st.sampled_from(["", "甲", "乙"]), st.sampled_from(["Y", "D30", "D10"]), st.integers(0, 1)
    ),
    max_size=40,
)


@given(PAPERS, st.integers(0, 3), st.randoms(use_true_random=False))
def test_gapless_once_and_in_order(rows: list[tuple[int, str, str, int]], last: int, shuffle: random.Random) -> None:
    papers = [
        waiting(n, day, matter=matter, retention=retention, organisation=organisation)
        for n, (day, matter, retention, organisation) in enumerate(rows, start=1)
    ]
    order = arrange(papers, lambda _lowest_class: last)
    again = arrange(shuffle.sample(papers, len(papers)), lambda _lowest_class: last)
    assert order == again, "the order in which they come does not matter"
    assert sorted(one.paper.n for one in order) == [one.paper.n for one in papers], "each once, none left out"
    assert len({one.code.text for one in order}) == len(order)
    known = {one.paper.paper: one for one in papers}
    for lowest_class, group in groupby(order, key=lambda one: one.code.lowest_class):
        own = list(group)
        assert [one.code.piece for one in own] == list(range(last + 1, last + 1 + len(own))), "gapless"
        assert all(read_code(one.code.text) == one.code for one in own)
        assert {known[one.paper.paper].lowest_class for one in own} == {lowest_class}
        matters = [known[one.paper.paper].matter for one in own]
        assert len(list(groupby(matters))) == len(set(matters)), "no matter is parted"
        firsts: dict[str, list[object]] = defaultdict(list)
        for one in own:
            firsts[known[one.paper.paper].matter].append(by_day(one.paper))
        assert all(days == sorted(days) for days in firsts.values()), "within a matter by day"  # type: ignore[type-var]
        heads = [days[0] for days in firsts.values()]
        assert all(one <= other for one, other in pairwise(heads)), "matters by their first paper"  # type: ignore[operator]
