"""Files we are done with that stay in the inbox, and when they are tried again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.intake.inbox import Arrival, arrivals
from pipeline.intake.later import Later
from pipeline.intake.remaining import Remaining
from tests.drives import read_only


@pytest.fixture
def arrival(tmp_path: Path) -> Arrival:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "五月.xlsx").write_bytes(b"x")
    [arrived] = arrivals(inbox)
    return arrived


def test_it_is_known_again_after_a_restart(tmp_path: Path, arrival: Arrival) -> None:
    Remaining(tmp_path / "memory.json").note(arrival, "原件删不掉", removable=True)
    assert Remaining(tmp_path / "memory.json").why(arrival) == "原件删不掉"


def test_saved_anew_it_is_another_file(tmp_path: Path, arrival: Arrival) -> None:
    remaining = Remaining(tmp_path / "memory.json")
    remaining.note(arrival, "原件删不掉", removable=True)
    arrival.path.write_bytes(b"more than before")
    [again] = arrivals(arrival.path.parent)
    assert remaining.why(again) is None
    remaining.try_again(arrival)
    assert arrival.path.exists()
    remaining.keep_only([again])
    assert remaining.why(arrival) is None


def test_it_is_removed_when_it_may_be(tmp_path: Path, arrival: Arrival) -> None:
    remaining = Remaining(tmp_path / "memory.json")
    remaining.note(arrival, "原件删不掉", removable=True)
    with read_only(arrival.path):
        remaining.try_again(arrival)
        assert "磁盘是只读的" in str(remaining.why(arrival))
    remaining.try_again(arrival)
    assert not arrival.path.exists()


def test_it_stays_while_its_receipt_is_not_delivered(tmp_path: Path, arrival: Arrival) -> None:
    remaining = Remaining(tmp_path / "memory.json")
    remaining.note(arrival, "回执写不进", removable=False)
    remaining.try_again(arrival)
    assert arrival.path.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'[["a", 1]]', b"\xff"])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, arrival: Arrival, content: bytes) -> None:
    (tmp_path / "memory.json").write_bytes(content)
    assert Remaining(tmp_path / "memory.json").why(arrival) is None


def test_later_grows_to_an_hour_and_forgets_what_is_gone(arrival: Arrival) -> None:
    now = 0.0
    later = Later(lambda: now)
    waits = []
    for _again in range(12):
        later.postpone(arrival)
        begun = now
        while not later.has_come(arrival):
            now += 5
        waits.append(now - begun)
    assert waits[:4] == [10, 20, 40, 80]
    assert waits[-2:] == [3600, 3600]
    later.postpone(arrival)
    later.keep_only([])
    assert later.has_come(arrival)
