"""The plate at the door of a shared folder: two machines, one of which may be dead, asleep, or at work."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core import durable
from pipeline.core.errors import OfficeBusy, OutOfReach
from pipeline.plate import STALE, Door, Plate, my_plate, read
from tests.cutting import KILLED, cut_off


def machine(name: str, office: str = "office-1", *, token: str = "") -> Plate:
    """The plate of a process on some machine."""
    return replace(my_plate(office, "watch"), host=name, token=token or f"token-{name}")


class Drive:
    """The drive's clock, which the test sets forward or back between one plate and the next."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def time_of(self, path: Path) -> float:
        return path.stat().st_mtime + self.ahead


def door(folder: Path, plate: Plate, drive: Drive | None = None) -> Door:
    return Door(folder, plate, drive_time=(drive or Drive()).time_of)


def hanging(folder: Path) -> Plate:
    plate = read(folder / durable.WRITER)
    assert plate is not None
    return plate


def test_the_second_machine_is_told_who_the_first_one_is(tmp_path: Path) -> None:
    door(tmp_path, machine("东楼")).enter()
    with pytest.raises(OfficeBusy, match="东楼") as caught:
        door(tmp_path, machine("西楼", "office-2")).enter()
    assert caught.value.exit_code == 7
    assert str(os.getpid()) in caught.value.what
    assert caught.value.where == str(tmp_path)
    assert hanging(tmp_path).host == "东楼"


def test_two_machines_of_one_office_are_two_machines(tmp_path: Path) -> None:
    door(tmp_path, machine("东楼")).enter()
    with pytest.raises(OfficeBusy):
        door(tmp_path, machine("西楼")).enter()


def test_who_has_left_in_peace_is_in_nobodys_way(tmp_path: Path) -> None:
    first = door(tmp_path, machine("东楼"))
    first.enter()
    first.leave()
    assert not hanging(tmp_path).at_work
    door(tmp_path, machine("西楼", "office-2")).enter()
    assert hanging(tmp_path).host == "西楼"


def test_our_own_plate_of_a_run_that_was_killed_is_no_obstacle(tmp_path: Path) -> None:
    door(tmp_path, machine("东楼", token="killed")).enter()
    door(tmp_path, machine("东楼", token="next")).enter()
    assert hanging(tmp_path).token == "next"


@pytest.mark.parametrize("ahead", [STALE + 60, -STALE - 60], ids=["long silent", "from the future"])
def test_the_plate_of_a_dead_machine_is_taken_over(tmp_path: Path, ahead: float) -> None:
    drive = Drive()
    door(tmp_path, machine("东楼"), drive).enter()
    drive.ahead = ahead
    door(tmp_path, machine("西楼", "office-2"), drive).enter()
    assert hanging(tmp_path).host == "西楼"
    assert [path.name for path in tmp_path.iterdir()] == [durable.WRITER]


def test_a_plate_that_was_renewed_lately_is_respected_whatever_our_own_clock_says(tmp_path: Path) -> None:
    drive = Drive()
    first = door(tmp_path, machine("东楼"), drive)
    first.enter()
    drive.ahead = STALE - 60
    with pytest.raises(OfficeBusy):
        door(tmp_path, machine("西楼", "office-2"), drive).enter()


def test_a_machine_that_slept_through_hears_of_it_before_it_commits(tmp_path: Path) -> None:
    drive = Drive()
    sleeper = door(tmp_path, machine("东楼"), drive)
    sleeper.enter()
    drive.ahead = STALE + 60
    door(tmp_path, machine("西楼", "office-2"), drive).enter()
    with pytest.raises(OfficeBusy, match="西楼"):
        sleeper.confirm()
    with pytest.raises(OfficeBusy, match="西楼"):
        sleeper.renew()
    assert not sleeper.inside
    sleeper.leave()
    assert (hanging(tmp_path).host, hanging(tmp_path).at_work) == ("西楼", True)


def test_a_plate_that_somebody_cleared_away_is_hung_out_again(tmp_path: Path) -> None:
    mine = door(tmp_path, machine("东楼"))
    mine.enter()
    (tmp_path / durable.WRITER).unlink()
    mine.confirm()
    assert hanging(tmp_path).host == "东楼"


def test_no_plate_is_hung_out_on_a_bare_mount_point(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    mine = door(share, machine("东楼"))
    mine.enter()
    share.rename(tmp_path / "gone")
    share.mkdir()
    with pytest.raises(OutOfReach):
        mine.confirm()
    assert not list(share.iterdir())
    share.rmdir()
    with pytest.raises(OutOfReach):
        mine.confirm()
    (tmp_path / "gone").rename(share)
    mine.confirm()


@pytest.mark.parametrize("content", [b"", b"half of it {", b"[]", b'{"owner": "x"}', b"\xff\xfe"])
def test_a_plate_that_nobody_can_read_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / durable.WRITER).write_bytes(content)
    door(tmp_path, machine("东楼")).enter()
    assert hanging(tmp_path).host == "东楼"


def test_the_plate_remembers_whose_register_the_papers_are_in(tmp_path: Path) -> None:
    first = door(tmp_path, machine("东楼", "office-1"))
    first.enter()
    assert first.owner == ""
    first.adopt()
    first.leave()
    second = door(tmp_path, machine("西楼", "office-2"))
    second.enter()
    second.leave()
    assert second.owner == hanging(tmp_path).owner == "office-1"


def test_a_plate_tells_a_person_and_a_program(tmp_path: Path) -> None:
    door(tmp_path, machine("东楼")).enter()
    told = json.loads((tmp_path / durable.WRITER).read_text(encoding="utf-8"))
    assert (told["host"], told["pid"], told["purpose"]) == ("东楼", os.getpid(), "watch")


def _try_to_take(folder: Path, name: str, ready: float) -> None:
    time.sleep(max(0.0, ready - time.time()))
    rival = Door(folder, machine(name, f"office-{name}"))
    try:
        rival.enter()
        time.sleep(0.2)
        rival.confirm()
    except OfficeBusy:
        os._exit(7)
    os._exit(0)


def test_of_many_machines_that_find_a_dead_plate_one_gets_in(tmp_path: Path) -> None:
    """Whoever believes for a moment that he is inside is told otherwise by ``confirm``, before he commits anything."""
    context = multiprocessing.get_context("fork")
    for attempt in range(8):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        Door(folder, machine("死机")).enter()
        long_ago = time.time() - STALE - 60
        os.utime(folder / durable.WRITER, (long_ago, long_ago))
        ready = time.time() + 0.1
        rivals = [context.Process(target=_try_to_take, args=(folder, str(number), ready)) for number in range(6)]
        for rival in rivals:
            rival.start()
        for rival in rivals:
            rival.join()
        assert sorted(rival.exitcode or 0 for rival in rivals) == [0, 7, 7, 7, 7, 7]
        assert rivals[int(hanging(folder).host)].exitcode == 0
        assert [path.name for path in folder.iterdir()] == [durable.WRITER]


def test_whoever_died_while_taking_a_plate_down_is_in_nobodys_way(tmp_path: Path) -> None:
    long_ago = time.time() - STALE - 60
    Door(tmp_path, machine("死机")).enter()
    for name in (durable.WRITER, ".gongwen-writer.tmp"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (long_ago, long_ago))
    Door(tmp_path, machine("西楼", "office-2")).enter()
    assert hanging(tmp_path).host == "西楼"
    assert [path.name for path in tmp_path.iterdir()] == [durable.WRITER]


def test_a_run_of_ours_killed_at_any_step_of_entering_is_in_nobodys_way(tmp_path: Path) -> None:
    """A service that is started again right after it was killed must not wait for its own handle to grow old."""
    for steps in itertools.count():
        folder = tmp_path / str(steps)
        folder.mkdir()
        door(folder, machine("东楼", token="first")).enter()
        code = cut_off(steps, door(folder, machine("东楼", token="killed")).enter)
        door(folder, machine("东楼", token="third")).enter()
        assert hanging(folder).token == "third"
        assert not (folder / ".gongwen-writer.tmp").exists()
        if code == 0:
            break
        assert code == KILLED
    assert steps > 10
