"""A task that breaks its whole pool of workers: the office goes on with a new one, and none outlives its parent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import tasks
from pipeline.core.values import Workbook
from pipeline.office import Office
from pipeline.rounds import run_once
from pipeline.sheets import Limits, Unreadable, read_workbook
from tests.offices import NOTICE, CalmWorkers, drop, make_office


class Awkward(Exception):
    """An error that cannot be made again from its arguments: it does not survive the way to the parent."""

    def __init__(self, sheet: str, cell: str) -> None:
        super().__init__(f"{sheet}!{cell}")


class Panic(BaseException):
    """What pyo3 raises when Rust panics."""


def read_or_break(path: Path, limits: Limits) -> Workbook:
    """``read_workbook`` of a library with a bug for each of these names."""
    match path.stem:
        case "awkward":
            raise Awkward("登记表", "C5")
        case "panic":
            raise Panic("index out of bounds")
        case "dead":
            os._exit(1)
    return read_workbook(path, limits)


@pytest.mark.parametrize("name", ["awkward", "panic", "dead"])
def test_whatever_breaks_in_a_worker_the_next_workbook_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(tasks, "read_workbook", read_or_break)
    with make_office(tmp_path) as office:
        del vars(office)["workers"]
        calm, real = CalmWorkers(), Office.renew_workers
        drop(office, NOTICE, under=f"{name}.xlsx")
        drop(office, NOTICE, under="good.xlsx")

        def renew(renewed: Office) -> None:
            real(renewed)
            renewed.workers.print_papers = calm.print_papers  # type: ignore[method-assign]

        monkeypatch.setattr(Office, "renew_workers", renew)
        office.workers.print_papers = calm.print_papers  # type: ignore[method-assign]
        outcomes = {}
        try:
            for outcome in run_once(office, lambda *_counts: None):
                outcomes[outcome.name] = outcome.state
        except (Exception, Panic):
            assert name != "dead"
        assert outcomes["good.xlsx"] == "filed"
        assert outcomes[f"{name}.xlsx"] == ("returned" if name == "dead" else "left")


def test_a_worker_that_runs_away_ends_with_its_killed_parent(tmp_path: Path) -> None:
    """The parent alone knows the time limit; without it nothing would ever end this loop."""
    script = tmp_path / "parent.py"
    script.write_text(
        "import sys, time, multiprocessing\n"
        "from pipeline.tasks import end_with_the_parent\n"
        "def run_away():\n"
        "    end_with_the_parent()\n"
        "    while True: pass\n"
        "if __name__ == '__main__':\n"
        "    child = multiprocessing.get_context('spawn').Process(target=run_away)\n"
        "    child.start()\n"
        "    print(child.pid, flush=True)\n"
        "    time.sleep(600)\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
    time.sleep(1.0)
    parent.kill()
    parent.wait()
    end = time.monotonic() + 30
    while _runs(child):
        assert time.monotonic() < end, "the worker outlived its parent"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(shown.strip()) and not shown.startswith("Z")


def test_unreadable_travels_whole() -> None:
    """The error every reader raises must survive what ``Awkward`` does not."""
    import pickle

    from pipeline.core.findings import Code, Finding

    error = Unreadable(Finding(Code.PASSWORD))
    assert pickle.loads(pickle.dumps(error)).finding == error.finding
