"""run, watch and status as the office's computer person meets them: real processes, real presses, signals and kills."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.office import Office
from tests.offices import EXAMPLES, FORMS, MISTAKES, NOTICE, verified

PATIENCE = 90.0


def gongwen(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    command = [sys.executable, "-m", "pipeline", "-w", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def status(root: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(gongwen(root, "--json", "status").stdout)
    return told


def at_the_press(root: Path) -> bool:
    """Whether papers are being printed right now; asked of the sign of life itself, for it may be over in a second."""
    with contextlib.suppress(OSError):
        sign = json.loads((root / ".gongwen" / "watch.json").read_bytes())
        return bool((sign["working_on"] or {}).get("total"))
    return False


def wait_until(come: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not come():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    """The processes a watcher started, by the system's own book."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(one) for one in found.stdout.split()]


def runs(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


class Watch:
    """A ``gongwen watch`` of its own process group."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "pipeline", "-w", str(root), "watch"]
        with (root / "watch.out").open("ab") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        wait_until(self._is_at_work)

    def _is_at_work(self) -> bool:
        """Its children: a reader, a press, and Python's own keeper of semaphores."""
        assert self.process.poll() is None
        return len(children_of(self.process.pid)) >= 3

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("inbox", "archive"):
        (tmp_path / name).mkdir()
    settings = (EXAMPLES / "gongwen.toml").read_text(encoding="utf-8")
    settings = settings.replace("settle_seconds = 2.0", "settle_seconds = 0.2")
    (tmp_path / "gongwen.toml").write_text(settings + "\n[printing]\nworkers = 1\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def watch(root: Path) -> Iterator[Watch]:
    started = Watch(root)
    yield started
    started.end()


def drop(root: Path, name: str) -> Path:
    return Path(shutil.copyfile(EXAMPLES / "inbox" / name, root / "inbox" / name))


def test_a_day_with_the_watcher(root: Path, watch: Watch) -> None:
    drop(root, NOTICE)
    drop(root, MISTAKES)
    wait_until(
        lambda: list((root / "inbox" / "退回").glob("*.xlsx")) and list((root / "inbox" / "回执").glob("*.xlsx"))
    )
    told = status(root)
    assert told["watcher"]["alive"] and told["watcher"]["pid"] == watch.process.pid
    assert told["numbers_today"] == ["铜王组发〔2020〕50号"]
    assert told["returned"] == [MISTAKES]

    second = gongwen(root, "watch")
    assert second.returncode == 7
    assert f"进程 {watch.process.pid}" in second.stderr
    assert gongwen(root, "run").returncode == 0  # between two rounds others may work

    workers = children_of(watch.process.pid)
    watch.process.send_signal(signal.SIGTERM)
    assert watch.process.wait(10) == 0
    wait_until(lambda: not any(runs(pid) for pid in workers))  # the keeper of semaphores ends a moment later
    assert gongwen(root, "status").returncode == 1
    assert gongwen(root, "verify").returncode == 0


def test_a_watcher_that_is_killed_takes_its_workers_along_and_the_next_goes_on(root: Path, watch: Watch) -> None:
    workers = children_of(watch.process.pid)
    drop(root, FORMS)
    wait_until(lambda: (root / ".gongwen" / "spool").exists())
    os.kill(watch.process.pid, signal.SIGKILL)
    watch.process.wait()
    wait_until(lambda: not any(runs(pid) for pid in workers))
    told = status(root)
    assert not told["watcher"]["alive"]
    again = Watch(root)
    try:
        wait_until(lambda: list((root / "inbox" / "回执").glob("*.xlsx")))
        wait_until(lambda: not status(root)["unfinished"])
    finally:
        again.end()
    with Office.open(root) as office:
        assert len(list(office.register.papers())) == 6
        assert verified(office).is_sound
    assert gongwen(root, "run").returncode == 0


def test_a_service_manager_that_signals_every_process_spoils_no_paper(root: Path, watch: Watch) -> None:
    """systemd's default: SIGTERM for the whole group. The workbook at hand is finished, not sent back half printed."""
    drop(root, FORMS)
    wait_until(lambda: at_the_press(root) or list((root / "inbox" / "回执").glob("*.xlsx")))
    os.killpg(watch.process.pid, signal.SIGTERM)
    assert watch.process.wait(PATIENCE) == 0
    assert not (root / "inbox" / "退回").exists()
    with Office.open(root) as office:
        assert len(list(office.register.papers())) == 6


def test_a_rehearsal_says_what_would_happen_and_ends_like_the_run(root: Path) -> None:
    drop(root, NOTICE)
    drop(root, MISTAKES)
    before = sorted(root.rglob("*"))
    rehearsal = gongwen(root, "run", "--dry-run")
    assert rehearsal.returncode == 3
    assert "铜王组发〔2020〕50号" in rehearsal.stdout
    assert "没有改动任何文件" in rehearsal.stdout
    assert sorted(root.rglob("*")) == before
    (root / "inbox" / NOTICE).unlink()
    told = json.loads(gongwen(root, "--json", "run", "--dry-run").stdout)
    assert {book["workbook"]: book["state"] for book in told["workbooks"]} == {MISTAKES: "returned"}


def test_a_share_that_is_not_there_is_said_in_words(root: Path) -> None:
    drop(root, NOTICE)
    assert gongwen(root, "run").returncode == 0
    (root / "inbox").rename(root / "away")
    (root / "inbox").mkdir()
    lost = gongwen(root, "run")
    assert lost.returncode == 6
    assert "不是原来的那个" in lost.stderr
    assert "收件夹不是原来的那个" in gongwen(root, "status").stdout
    (root / "inbox").rmdir()
    (root / "away").rename(root / "inbox")
    assert gongwen(root, "run").returncode == 0


def test_a_rehearsal_that_is_ended_leaves_no_copy_of_the_register(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drop(root, FORMS)
    scratch = tmp_path_factory.mktemp("scratch")
    command = [sys.executable, "-m", "pipeline", "-w", str(root), "run", "--dry-run"]
    rehearsal = subprocess.Popen(
        command,
        env={**os.environ, "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: list(scratch.glob("gongwen-*/inbox/*.xlsx")))
    rehearsal.send_signal(signal.SIGTERM)
    _none, told = rehearsal.communicate(timeout=PATIENCE)
    assert rehearsal.returncode == 130
    assert "已停下" in told
    assert not list(scratch.glob("gongwen-*"))
