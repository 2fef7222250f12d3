"""The watcher, round by round, while shares go and come back, files fail, and another machine gets in between."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import watching
from pipeline.core import durable
from pipeline.core.errors import ConfigurationError, OfficeBusy, OutOfReach
from pipeline.filing import Archive
from pipeline.flow import Outcome
from pipeline.intake.settle import Settler
from pipeline.intake.watch import Alarm
from pipeline.office import Office
from pipeline.plate import Door, my_plate
from pipeline.post import plain_name
from pipeline.restoring import rebuild_register
from pipeline.rounds import run_once
from pipeline.standing import Standing, standing_of
from pipeline.supplied import shipped
from pipeline.watching import Watcher, keep_watching
from tests.drives import read_only
from tests.offices import FORMS, MISTAKES, NOTICE, CalmWorkers, drop, make_office, verified


class Clock:
    """A clock that the test turns on, for everything that is tried again later."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Rounds:
    """A watcher whose rounds the test makes one by one."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.told: list[Outcome] = []
        self.clock = Clock()
        self.alarm = Alarm()
        self.watcher = Watcher.of(office, self.alarm, self.told.append)
        self.watcher.later.clock = self.clock
        self.settler = Settler(0)

    def round(self) -> list[Outcome]:
        """One look at the inbox and what follows from it; returns what was told."""
        self.told.clear()
        try:
            listed = self.watcher.look()
        except (OutOfReach, OfficeBusy) as error:
            self.watcher.lost_inbox(error)
        else:
            self.watcher.work(listed, self.settler.settled(listed))
        return list(self.told)

    def standing(self) -> Standing:
        return standing_of(self.office)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path) as made:
        yield made


@pytest.fixture
def rounds(office: Office) -> Iterator[Rounds]:
    with office.watching():
        made = Rounds(office)
        made.watcher.begin()
        yield made
        made.watcher.end()
        made.alarm.__exit__(None, None, None)


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def logged(caplog: pytest.LogCaptureFixture, words: str) -> int:
    return sum(words in record.getMessage() for record in caplog.records)


# ------------------------------------------------------------------ the share


def test_a_share_that_is_lost_is_waited_for_and_said_once(
    rounds: Rounds, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = rounds.office.settings.inbox
    drop(rounds.office, NOTICE)
    inbox.rename(tmp_path / "away")
    for _again in range(3):
        assert rounds.round() == []
    assert logged(caplog, "waiting for the inbox") == 1
    assert "收件夹读不到" in rounds.standing().lost["inbox"]
    assert not rounds.standing().is_well
    (tmp_path / "away").rename(inbox)
    assert states(rounds.round()) == ["filed"]
    assert logged(caplog, "the inbox is back") == 1
    assert rounds.standing().is_well


def test_an_empty_mount_point_is_not_an_emptied_inbox(rounds: Rounds, tmp_path: Path) -> None:
    inbox = rounds.office.settings.inbox
    rounds.round()
    inbox.rename(tmp_path / "away")
    inbox.mkdir()
    drop(rounds.office, NOTICE)
    assert rounds.round() == []
    assert "不是原来的那个" in rounds.standing().lost["inbox"]
    assert [path.name for path in inbox.iterdir()] == [NOTICE]


def test_the_same_share_mounted_anew_is_known_by_its_plate(rounds: Rounds, tmp_path: Path) -> None:
    """Another device and inode, as after a remount, but our plate lies in it."""
    inbox = rounds.office.settings.inbox
    rounds.round()
    mounted = tmp_path / "mounted"
    (mounted / "回执").mkdir(parents=True)
    plate = f"回执/{durable.WRITER}"
    (mounted / plate).write_bytes((inbox / plate).read_bytes())
    inbox.rename(tmp_path / "away")
    mounted.rename(inbox)
    drop(rounds.office, NOTICE)
    assert states(rounds.round()) == ["filed"]


def test_a_new_inbox_is_accepted_when_the_old_place_is_forgotten(rounds: Rounds, tmp_path: Path) -> None:
    inbox = rounds.office.settings.inbox
    inbox.rename(tmp_path / "away")
    inbox.mkdir()
    rounds.round()
    remedy = rounds.standing().lost["inbox"]
    memory = rounds.office.settings.private / "inbox.json"
    assert str(memory) in remedy
    memory.unlink()
    drop(rounds.office, NOTICE)
    assert states(rounds.round()) == ["filed"]


def test_nothing_is_claimed_while_the_archive_is_out_of_reach(
    rounds: Rounds, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive = rounds.office.settings.archive
    drop(rounds.office, NOTICE)
    rounds.round()
    archive.rename(tmp_path / "away")
    drop(rounds.office, FORMS)
    for _again in range(3):
        assert rounds.round() == []
    assert not list(rounds.office.spool.glob("*"))
    assert logged(caplog, "waiting for the archive") == 1
    assert "档案库读不到" in rounds.standing().lost["archive"]
    assert FORMS in rounds.standing().waiting
    (tmp_path / "away").rename(archive)
    assert states(rounds.round()) == ["filed"]
    assert rounds.standing().lost == {}
    assert verified(rounds.office).is_sound


def lost_while_printing(rounds: Rounds, folder: Path, away: Path, patch: pytest.MonkeyPatch) -> None:
    """The share goes away while papers are printed, and leaves a bare mount point."""
    real = CalmWorkers.print_papers

    def print_papers(self: CalmWorkers, papers: Any) -> Iterator[Any]:
        yield from real(self, papers)
        folder.rename(away)
        folder.mkdir()

    patch.setattr(CalmWorkers, "print_papers", print_papers)


def come_back(folder: Path, away: Path) -> None:
    assert list(folder.rglob("*")) == []
    folder.rmdir()
    away.rename(folder)


def test_no_receipt_is_left_on_a_bare_mount_point(rounds: Rounds, tmp_path: Path) -> None:
    inbox = rounds.office.settings.inbox
    drop(rounds.office, NOTICE)
    with pytest.MonkeyPatch.context() as patch:
        lost_while_printing(rounds, inbox, tmp_path / "away", patch)
        [outcome] = rounds.round()
    assert (outcome.state, outcome.delivered) == ("filed", None)
    come_back(inbox, tmp_path / "away")
    rounds.clock.now += 100
    rounds.round()
    assert len(list(rounds.office.receipts.glob("*.xlsx"))) == 1
    assert not [path for path in inbox.iterdir() if path.is_file()]
    assert rounds.office.register.unfinished() == ()


def test_no_paper_is_left_on_a_bare_mount_point(rounds: Rounds, tmp_path: Path) -> None:
    archive = rounds.office.settings.archive
    drop(rounds.office, NOTICE)
    with pytest.MonkeyPatch.context() as patch:
        lost_while_printing(rounds, archive, tmp_path / "away", patch)
        assert states(rounds.round()) == ["left"]
    assert rounds.round() == []
    come_back(archive, tmp_path / "away")
    rounds.clock.now += 100
    assert states(rounds.round()) == ["filed"]
    assert verified(rounds.office).is_sound


def test_a_share_that_goes_away_while_papers_are_placed_gets_them_when_it_is_back(
    rounds: Rounds, tmp_path: Path
) -> None:
    archive = rounds.office.settings.archive
    drop(rounds.office, NOTICE)
    real = Archive.place

    def place(self: Archive, contents: Any, papers: Any) -> Any:
        archive.rename(tmp_path / "away")
        archive.mkdir()
        return real(self, contents, papers)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Archive, "place", place)
        assert states(rounds.round()) == ["left"]
    archive.rename(tmp_path / "hidden under the mount")
    (tmp_path / "away").rename(archive)
    rounds.clock.now += 100
    rounds.round()
    assert verified(rounds.office).is_sound
    assert len(list(rounds.office.register.papers())) == 1
    assert rounds.office.register.unfinished() == ()


def test_a_read_only_archive_is_tried_again(rounds: Rounds) -> None:
    drop(rounds.office, NOTICE)
    with read_only(rounds.office.settings.archive):
        assert states(rounds.round()) == ["left"]
        rounds.clock.now += 100
        assert rounds.round() == []
        assert "只读" in rounds.standing().lost["archive"]
    rounds.clock.now += 100
    rounds.round()
    assert len(list(rounds.office.register.papers())) == 1
    assert verified(rounds.office).is_sound
    assert rounds.office.register.unfinished() == ()
    assert rounds.standing().lost == {}


def test_another_machine_that_took_the_archive_over_is_waited_for(rounds: Rounds) -> None:
    drop(rounds.office, NOTICE)
    other = replace(my_plate("another-office", "run"), host="西楼")
    door = Door(rounds.office.settings.archive, other)
    (rounds.office.settings.archive / durable.WRITER).unlink()
    door.enter()
    assert rounds.round() == []
    assert "西楼" in rounds.standing().lost["archive"]
    door.leave()
    assert states(rounds.round()) == ["filed"]


# ------------------------------------------------------------------ files


class Panic(BaseException):
    """What a broken file makes a library of Rust raise: no ``Exception``."""


@pytest.mark.parametrize(
    "trouble", [Panic("index out of bounds"), MemoryError(), RuntimeError("a bug"), OSError(5, "IO")]
)
def test_one_bad_file_never_stops_the_watcher_and_is_tried_again_later(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch, trouble: BaseException
) -> None:
    tried: list[str] = []
    real = CalmWorkers.read

    def read(self: CalmWorkers, path: Path) -> object:
        tried.append(path.name)
        if path.name == "坏.xlsx":
            raise trouble
        return real(self, path)

    monkeypatch.setattr(CalmWorkers, "read", read)
    monkeypatch.setattr(Office, "renew_workers", lambda _office: None)
    drop(rounds.office, NOTICE, under="坏.xlsx")
    drop(rounds.office, FORMS, under="好.xlsx")
    assert sorted(states(rounds.round())) == ["filed", "left"]
    assert rounds.round() == []
    for wait, tries in ((10, 2), (10, 2), (10, 3), (30, 3), (10, 4)):
        rounds.clock.now += wait
        rounds.round()
        assert tried.count("坏.xlsx") == tries
    assert rounds.standing().waiting["坏.xlsx"]
    monkeypatch.undo()
    rounds.clock.now += 1000
    assert states(rounds.round()) == ["filed"]


def test_a_file_mended_meanwhile_is_tried_at_once(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CalmWorkers, "read", _run_out_of_memory)
        patch.setattr(Office, "renew_workers", lambda _office: None)
        dropped = drop(rounds.office, NOTICE)
        assert states(rounds.round()) == ["left"]
    dropped.write_bytes(dropped.read_bytes() + b"\0")
    assert states(rounds.round()) == ["filed"]


def _run_out_of_memory(*_args: object) -> None:
    raise MemoryError


def test_a_workbook_that_is_open_waits_and_status_says_who_has_it(rounds: Rounds) -> None:
    dropped = drop(rounds.office, NOTICE)
    lock = dropped.with_name(f".~lock.{NOTICE}#")
    lock.write_text(",李旭,CAIWU-PC,20.11.2026 17:45,file:///home/lixu;", encoding="utf-8")
    assert rounds.round() == []
    assert rounds.standing().waiting[NOTICE].startswith("李旭（CAIWU-PC）正打开着它")
    lock.unlink()
    assert states(rounds.round()) == ["filed"]
    assert rounds.standing().waiting == {}


def test_a_round_that_fails_in_our_own_notes_is_followed_by_another(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(rounds.office, NOTICE)
    with read_only(rounds.office.settings.private):
        rounds.round()
    rounds.clock.now += 100
    assert states(rounds.round()) == ["filed"]


# ------------------------------------------------------------------ start, stop, status


def test_a_wrong_arrangement_is_refused_at_the_start(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        nested = office.settings.model_copy(
            update={"office": office.settings.office.model_copy(update={"archive": "inbox/archive"})}
        )
        (tmp_path / "inbox" / "archive").mkdir()
    with Office(nested) as wrong, Alarm() as alarm, pytest.raises(ConfigurationError, match="套着"):
        keep_watching(wrong, alarm, lambda _outcome: None)


def test_an_inbox_behind_a_link_is_refused_at_the_start(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        office.settings.inbox.rename(tmp_path / "real")
        office.settings.inbox.symlink_to(tmp_path / "real")
        with pytest.raises(ConfigurationError, match="链接"), office.watching():
            pass


def test_the_second_machine_hears_of_the_first_at_the_start(tmp_path: Path) -> None:
    with make_office(tmp_path / "east") as east, make_office(tmp_path / "west") as west:
        shared = west.settings.model_copy(
            update={"office": west.settings.office.model_copy(update={"archive": str(east.settings.archive)})}
        )
        with east.watching(), Office(shared) as other, pytest.raises(OfficeBusy) as caught, other.writing("run"):
            pass
        assert caught.value.exit_code == 7


def test_a_register_that_does_not_know_the_papers_of_another_office_numbers_nothing(tmp_path: Path) -> None:
    with make_office(tmp_path / "east") as east, make_office(tmp_path / "west") as west:
        drop(east, NOTICE)
        with east.watching():
            rounds = Rounds(east)
            assert states(rounds.round()) == ["filed"]
        shared = west.settings.model_copy(
            update={"office": west.settings.office.model_copy(update={"archive": str(east.settings.archive)})}
        )
        drop(west, FORMS)
        with Office(shared) as other, other.watching():
            vars(other)["workers"] = CalmWorkers()
            with pytest.raises(ConfigurationError, match=r"铜王组发〔2020〕50号.*重号"):
                Rounds(other).watcher.begin()


def test_what_status_tells(rounds: Rounds) -> None:
    drop(rounds.office, NOTICE)
    drop(rounds.office, MISTAKES)
    rounds.round()
    standing = rounds.standing()
    assert standing.watcher["alive"] and standing.watcher["mode"] == "events"
    assert standing.returned == (MISTAKES,)
    assert standing.waiting == {} and standing.working_on == {} and standing.unfinished == ()
    rounds.watcher.end()
    assert rounds.standing().watcher == {}


def test_status_forgets_what_came_back_once_it_was_mended(rounds: Rounds) -> None:
    drop(rounds.office, MISTAKES)
    drop(rounds.office, MISTAKES, under="别的.xlsx")
    rounds.round()
    assert rounds.standing().returned == ("别的.xlsx", MISTAKES)
    drop(rounds.office, FORMS, under=MISTAKES)
    assert states(rounds.round()) == ["filed"]
    assert rounds.standing().returned == ("别的.xlsx",)
    assert rounds.standing().answered == (MISTAKES,), "it lies there until its sender deletes it"
    drop(rounds.office, MISTAKES)
    rounds.round()
    assert MISTAKES in rounds.standing().returned
    assert MISTAKES not in rounds.standing().answered


@pytest.mark.parametrize(
    "ending", [".xlsx", ".xls", "（2）.xlsx", ".xls（退回说明）.xlsx", ".xls（退回说明）（3）.xlsx"]
)
def test_a_workbook_and_what_came_back_of_it_have_one_plain_name(ending: str) -> None:
    assert plain_name(f"五月{ending}") == "五月"


def test_status_names_the_workbook_at_hand(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Standing] = []
    real = CalmWorkers.read

    def read(self: CalmWorkers, path: Path) -> object:
        seen.append(rounds.standing())
        return real(self, path)

    monkeypatch.setattr(CalmWorkers, "read", read)
    drop(rounds.office, NOTICE)
    rounds.round()
    assert seen[0].working_on["name"] == NOTICE
    assert NOTICE not in seen[0].waiting
    assert rounds.standing().working_on == {}


def test_status_of_an_office_that_never_worked_makes_nothing(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        drop(office, NOTICE)
        before = sorted(tmp_path.rglob("*"))
        standing = standing_of(office)
        assert not standing.is_well
        assert standing.waiting == {NOTICE: "等着下一次处理"}
        assert sorted(tmp_path.rglob("*")) == before


def test_on_a_share_the_inbox_is_looked_at_by_the_clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "network_kind", lambda _path: "cifs")
    with Alarm() as alarm:
        watcher = Watcher.of(office, alarm, lambda _outcome: None)
    assert watcher.heart.mode == "polling"
    assert watcher.listener is None


def watching_in_a_thread(office: Office, alarm: Alarm, told: Callable[[Outcome], None]) -> threading.Thread:
    thread = threading.Thread(target=keep_watching, args=(office, alarm, told), daemon=True)
    thread.start()
    return thread


def test_it_takes_in_what_arrives_and_stops_when_asked(office: Office) -> None:
    filed = threading.Event()
    with Alarm() as alarm, office.watching():
        thread = watching_in_a_thread(office, alarm, lambda _outcome: filed.set())
        drop(office, NOTICE)
        assert filed.wait(20)
        alarm.stop()
        thread.join(10)
        assert not thread.is_alive()
    assert not (office.settings.private / "watch.json").exists()
    plate = json.loads((office.settings.archive / durable.WRITER).read_bytes())
    assert plate["at_work"] is False


def test_between_two_rounds_another_command_may_work(rounds: Rounds, tmp_path: Path) -> None:
    """What it did, the watcher knows: a workbook it filed, a register it built anew."""
    rounds.round()
    with make_office(tmp_path) as other, other.writing("run"):
        drop(other, NOTICE)
        assert [outcome.state for outcome in run_once(other, lambda *_counts: None)] == ["filed"]
    with make_office(tmp_path) as other, other.writing("reindex"):
        rebuild_register(other)
    drop(rounds.office, FORMS)
    assert states(rounds.round()) == ["filed"]
    with make_office(tmp_path) as fresh:
        assert len(list(fresh.register.papers())) == 7
        assert verified(fresh).is_sound


def test_while_another_command_is_at_work_a_round_is_put_off_and_said(rounds: Rounds, tmp_path: Path) -> None:
    with make_office(tmp_path) as other, other.writing("verify"):
        drop(rounds.office, NOTICE)
        assert rounds.round() == []
        assert "gongwen verify" in rounds.standing().waiting[NOTICE]
        assert rounds.standing().is_well
    assert states(rounds.round()) == ["filed"]


def test_an_office_has_one_watcher(rounds: Rounds, tmp_path: Path) -> None:
    with make_office(tmp_path) as other, pytest.raises(OfficeBusy, match="gongwen watch"), other.watching():
        pass


def test_a_template_that_was_edited_is_used_from_the_next_round_on(rounds: Rounds, tmp_path: Path) -> None:
    rounds.round()
    own = tmp_path / "templates" / "notice"
    shutil.copytree(shipped("templates") / "notice", own)
    kind = own / "kind.toml"
    kind.write_text(kind.read_text(encoding="utf-8").replace('name = "', 'name = "本办', 1), encoding="utf-8")
    drop(rounds.office, NOTICE)
    assert states(rounds.round()) == ["filed"]
    assert next(iter(rounds.office.register.papers())).kind_name.startswith("本办")


def test_a_clock_set_back_changes_nothing(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    """Receipts, signs of life and numbers go on when the machine wakes up in last year."""
    drop(rounds.office, NOTICE)
    rounds.round()
    now = rounds.office.now()
    monkeypatch.setattr(Office, "now", lambda _office: now.replace(year=now.year - 1, month=2, day=1))
    rounds.watcher.heart.now = rounds.office.now
    drop(rounds.office, FORMS)
    drop(rounds.office, MISTAKES)
    assert sorted(states(rounds.round())) == ["filed", "returned"]
    assert rounds.standing().watcher["alive"]
    assert verified(rounds.office).is_sound
    monkeypatch.undo()
    assert len(list(rounds.office.receipts.glob("*.xlsx"))) == 2


def test_a_first_workbook_cut_off_before_its_papers_were_placed_is_no_lost_archive(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(office, NOTICE)
    with office.watching(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.flow.finish", _run_out_of_memory)
        patch.setattr(Office, "renew_workers", lambda _office: None)
        assert states(Rounds(office).round()) == ["left"]
    with office.watching():
        rounds = Rounds(office)
        rounds.watcher.begin()
        assert rounds.standing().lost == {}
    assert verified(office).is_sound
    assert len(list(office.register.papers())) == 1
