"""The 档号 in parts, and papers that wait for theirs."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.core.archival import UNARRANGED, called, catalogue_order, class_kept, read_code, retention_of, with_code
from tests.register.office import APRIL, paper

WAITING = replace(paper(3, piece=0), archival_code="")


def test_a_code_is_read_in_its_parts() -> None:
    code = read_code("D001-WS·2020-D30-ZZB-0012")
    assert (code.lowest_class, code.piece, retention_of(code)) == ("D001-WS·2020-D30-ZZB", 12, "D30")
    assert read_code("Z109-WS·2011-Y-0001").lowest_class == "Z109-WS·2011-Y"


@pytest.mark.parametrize("text", ["", "D001-WS·2020-D30-ZZB", "D001-WS·2020-D5-ZZB-0001", "D001-WS·2020-Y-ZZB-0001 "])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no archival code"):
        read_code(text)


@pytest.mark.parametrize("before", ["D10", "D30", "Y"])
@pytest.mark.parametrize("after", ["D30", "Y"])
def test_a_class_with_another_retention(before: str, after: str) -> None:
    assert class_kept(f"D001-WS·2020-{before}-ZZB", after) == f"D001-WS·2020-{after}-ZZB"
    assert class_kept(f"D001-WS·2020-{before}", after) == f"D001-WS·2020-{after}"


def test_the_fonds_and_the_organisation_are_no_retention() -> None:
    assert class_kept("Y001-WS·2020-D10-D30", "Y") == "Y001-WS·2020-Y-D30"
    assert class_kept("D010-WS·2020-D10-D10", "D30") == "D010-WS·2020-D30-D10"


def test_a_waiting_paper_takes_code_class_piece_and_retention() -> None:
    arranged = with_code(WAITING, "D001-WS·2020-Y-ZZB-0007")
    assert (arranged.lowest_class, arranged.piece, arranged.retention) == ("D001-WS·2020-Y-ZZB", 7, "Y")
    assert with_code(arranged, "D001-WS·2020-Y-ZZB-0008") == arranged, "a code is given once"
    assert with_code(WAITING, "") == WAITING
    assert with_code(paper(1), "D001-WS·2020-Y-ZZB-0008") == paper(1), "filed with its own"


def test_what_a_paper_is_called() -> None:
    assert called(paper(1)) == "铜王组发〔2020〕1号"
    assert called(paper(1, number="")) == "D001-WS·2020-D10-ZZB-0001"
    assert called(replace(WAITING, number="")) == UNARRANGED


def test_a_catalogue_is_in_one_order_however_its_papers_come() -> None:
    """The coded ones by piece, then the waiting ones by day and number."""
    coded = [paper(9, piece=1), paper(8, piece=2)]
    waiting = [
        replace(paper(n, piece=0, day=APRIL + timedelta(days)), archival_code="")
        for n, days in ((7, 0), (2, 3), (4, 3))
    ]
    every = [*coded, *waiting]
    shuffled = random.Random(1).sample(every, len(every))
    assert sorted(shuffled, key=catalogue_order) == every
