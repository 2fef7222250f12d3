"""When a file counts as arrived, with a clock that the test turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.intake.inbox import Arrival
from pipeline.intake.owners import Opened
from pipeline.intake.settle import Settler, container_opens


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def arrival(size: int = 10, modified: int = 1, *, held_open: bool = False) -> Arrival:
    somebody = Opened("张三", datetime(2020, 4, 16, 9, 0, tzinfo=UTC))
    return Arrival(Path("五月.xlsx"), size, modified, 7, somebody if held_open else None)


def settler(clock: Clock, *, opens: bool = True) -> Settler:
    return Settler(delay=2.0, clock=clock, opens=lambda _path: opens)


def test_a_file_that_stands_still_long_enough_has_arrived() -> None:
    clock = Clock()
    one = settler(clock)
    assert one.settled([arrival()]) == ()
    clock.now = 1.9
    assert one.settled([arrival()]) == ()
    clock.now = 2.0
    assert one.settled([arrival()]) == (arrival(),)


def test_a_file_that_grows_waits_anew() -> None:
    clock = Clock()
    one = settler(clock)
    for second in range(10):
        clock.now = float(second)
        assert one.settled([arrival(size=100 * (second + 1))]) == ()


def test_the_same_size_with_another_time_is_a_change() -> None:
    clock = Clock()
    one = settler(clock)
    one.settled([arrival(modified=1)])
    clock.now = 5.0
    assert one.settled([arrival(modified=2)]) == ()


def test_a_workbook_that_is_open_is_never_taken() -> None:
    clock = Clock()
    one = settler(clock)
    for second in range(0, 100, 10):
        clock.now = float(second)
        assert one.settled([arrival(held_open=True)]) == ()


def test_a_broken_container_is_waited_for_and_then_handed_on() -> None:
    clock = Clock()
    one = settler(clock, opens=False)
    one.settled([arrival()])
    clock.now = 29.9
    assert one.settled([arrival()]) == ()
    clock.now = 30.0
    assert one.settled([arrival()]) == (arrival(),)


def test_a_file_that_left_and_came_back_starts_anew() -> None:
    clock = Clock()
    one = settler(clock)
    one.settled([arrival()])
    one.settled([])
    clock.now = 3.0
    assert one.settled([arrival()]) == ()


def test_half_a_zip_does_not_open(tmp_path: Path) -> None:
    import zipfile

    whole = tmp_path / "whole.xlsx"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.xml", "x" * 1000)
    half = tmp_path / "half.xlsx"
    half.write_bytes(whole.read_bytes()[:60])
    assert container_opens(whole)
    assert not container_opens(half)
    assert container_opens(tmp_path / "名单.csv")
