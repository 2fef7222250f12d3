"""The alarm clock, the listener that may die, and the loop that outlives both."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core.errors import OutOfReach
from pipeline.intake.inbox import Arrival
from pipeline.intake.listen import Listener
from pipeline.intake.settle import Settler
from pipeline.intake.watch import Alarm, watch

LONG = 30.0


def test_the_alarm_wakes_a_sleeper_at_once() -> None:
    with Alarm() as alarm:
        began = time.monotonic()
        threading.Timer(0.05, alarm.ring).start()
        alarm.sleep(LONG)
        assert time.monotonic() - began < LONG / 2


def test_an_alarm_that_rang_before_is_not_missed_and_rings_once() -> None:
    with Alarm() as alarm:
        for _again in range(100_000):
            alarm.ring()
        alarm.sleep(LONG)
        began = time.monotonic()
        alarm.sleep(0.1)
        assert time.monotonic() - began >= 0.1


def test_a_signal_in_the_middle_of_anything_stops_the_watcher() -> None:
    """The handler runs inside the main thread, wherever that is: no lock of ours may be in its way."""
    with Alarm() as alarm:
        before = signal.signal(signal.SIGALRM, lambda *_frame: alarm.stop())
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.002, 0.0005)
            until = time.monotonic() + 0.5
            while time.monotonic() < until:
                alarm.ring()
                alarm.sleep(0.001)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        assert alarm.stopped


def test_the_listener_tells_of_a_new_file(tmp_path: Path) -> None:
    rung = threading.Event()
    listener = Listener(rung.set)
    listener.tend([tmp_path])
    (tmp_path / "五月.xlsx").write_bytes(b"x")
    assert rung.wait(5)
    listener.stop()


@pytest.mark.parametrize("death", ["thread", "folder"])
def test_a_listener_that_died_is_started_anew(tmp_path: Path, death: str) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    rung = threading.Event()
    listener = Listener(rung.set)
    listener.tend([inbox])
    if death == "thread":
        observer = listener._observer
        assert observer is not None
        observer.stop()
        observer.join()
    else:
        inbox.rename(tmp_path / "away")
        inbox.mkdir()
    listener.tend([inbox])
    rung.clear()
    (inbox / "五月.xlsx").write_bytes(b"x")
    assert rung.wait(5)
    listener.stop()


def test_where_there_are_no_events_it_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def none() -> object:
        raise OSError(28, "inotify watch limit reached")

    listener = Listener(lambda: None, make=none)  # type: ignore[arg-type]
    for _again in range(3):
        listener.tend([tmp_path])
    assert len(caplog.records) == 1
    listener.stop()


def test_the_loop_waits_for_a_share_that_is_lost_and_goes_on(tmp_path: Path) -> None:
    seen: list[object] = []
    answers: list[Callable[[], tuple[Arrival, ...]]] = [lambda: (), _lost, _disk, lambda: ()]

    def look() -> tuple[Arrival, ...]:
        if not answers:
            alarm.stop()
            return ()
        return answers.pop(0)()

    with Alarm() as alarm:
        watch(
            alarm,
            Settler(0),
            interval=0.01,
            look=look,
            work=lambda listed, _settled: seen.append(listed),
            lost=lambda error: seen.append(type(error)),
        )
    assert seen == [(), OutOfReach, OSError, (), ()]


def _lost() -> tuple[Arrival, ...]:
    raise OutOfReach("gone")


def _disk() -> tuple[Arrival, ...]:
    raise OSError("full")
