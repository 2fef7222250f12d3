"""SIGKILL at random moments of a real run of 30 papers, with real presses; then run again in peace.

The short version is part of ``make test``; ``make faults`` does five hundred (``KILLS``) and prints its counts. The
kill takes the whole group, workers included, as a power cut would. Moments are drawn over the whole run, and half of
them lie in the short while after the COMMIT, where papers are on their way into the archive.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.forms import write_forms
from pipeline.office import Office
from tests.offices import EXAMPLES, verified

PAPERS = 30
GONE = -signal.SIGKILL


def make_office(root: Path) -> Path:
    for name in ("inbox", "archive"):
        (root / name).mkdir(parents=True)
    settings = (EXAMPLES / "gongwen.toml").read_text(encoding="utf-8")
    (root / "gongwen.toml").write_text(settings.replace("settle_seconds = 2.0", "settle_seconds = 0"), encoding="utf-8")
    shutil.copyfile(EXAMPLES / "inbox" / "铜王组发50号通知.xlsx", root / "inbox" / "通知.xlsx")
    write_forms(root / "inbox" / "登记表.xlsx", PAPERS - 1)
    return root


def start(root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "-w", str(root), "run"]
    with told_by(root).open("ab") as told:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, start_new_session=True)


def told_by(root: Path) -> Path:
    """What all runs of an office said on stderr."""
    return root.with_suffix(".err")


def run_in_peace(root: Path) -> None:
    """Run to the end, and look at everything."""
    code = start(root).wait()
    assert code == 0, f"{root.name} ended with {code}: {told_by(root).read_text(encoding='utf-8')}"
    look(root)


def kill_when(run: subprocess.Popen[bytes], moment: Callable[[], bool]) -> int:
    """Kill the run and its workers when ``moment`` has come; returns the exit code, the run's own if it was faster."""
    while run.poll() is None and not moment():
        time.sleep(0.001)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    return run.wait()


def a_moment(root: Path, dice: random.Random, seconds: float) -> tuple[str, Callable[[], bool]]:
    """Any time of the run; or when the receipts, or so many files of the archive, begin to show."""
    if dice.random() < 0.5:
        end = time.monotonic() + dice.uniform(0, seconds)
        return "at random", lambda: time.monotonic() >= end
    files = dice.randrange(1, PAPERS * 3)
    return "while filing", lambda: sum(len(names) for _, _, names in os.walk(root / "archive")) >= files


def look(root: Path) -> None:
    """Every paper once, numbers whole, ``verify`` clean, the inbox empty, nothing left behind."""
    with Office.open(root) as office:
        papers = list(office.register.papers())
        assert len(papers) == PAPERS
        assert len({paper.identity for paper in papers}) == PAPERS
        assert [paper.number for paper in papers if paper.number] == ["铜王组发〔2020〕50号"]
        for lowest_class in {paper.lowest_class for paper in papers}:
            pieces = sorted(paper.piece for paper in papers if paper.lowest_class == lowest_class)
            assert pieces == list(range(1, len(pieces) + 1))
        report = verified(office)
        assert report.is_sound, [remark.sentence for remark in report.damages]
        assert not [path.name for path in office.settings.inbox.iterdir() if path.is_file()]
        assert not list(office.spool.glob("*"))


def kill_and_heal(folder: Path, kills: int, dice: random.Random) -> Counter[str]:
    """Kill runs of as many offices as it takes; each office is run to its end after every few kills, and looked at."""
    counts: Counter[str] = Counter()
    began = time.monotonic()
    run_in_peace(make_office(folder / "peace"))
    seconds = time.monotonic() - began
    while counts["kills"] < kills:
        root = make_office(folder / f"office-{counts['offices']}")
        for _again in range(dice.randint(1, 4)):
            name, moment = a_moment(root, dice, seconds)
            if kill_when(start(root), moment) == GONE:
                counts["kills"] += 1
                counts[name] += 1
        run_in_peace(root)
        counts["offices"] += 1
        shutil.rmtree(root)
        print(f"\n{told(counts)}", end="", flush=True)  # the last is hours away
    return counts


def told(counts: Counter[str]) -> str:
    return (
        f"{counts['kills']} kills ({counts['at random']} at random, {counts['while filing']} while filing), "
        f"{counts['offices']} offices, {counts['offices'] * PAPERS} papers, each once"
    )


def test_a_few_kills(tmp_path: Path) -> None:
    kill_and_heal(tmp_path, kills=5, dice=random.Random(2020))


@pytest.mark.faults_long
def test_many_kills(tmp_path: Path) -> None:
    kill_and_heal(tmp_path, kills=int(os.environ.get("KILLS", "500")), dice=random.Random())
