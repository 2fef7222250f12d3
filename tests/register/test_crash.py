"""Two writers at once, and writers that die: numbers stay whole, and papers are entered altogether or not at all."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from pipeline.core.errors import OfficeBusy
from pipeline.core.values import FiledPaper, IndexQuery, Submission
from pipeline.register import Register
from tests.register.office import paper, submission

CLASS = "D001-WS·2020-D10-ZZB"


def forked(work: Callable[[], int]) -> int:
    """The id of a child process that runs ``work`` and exits with what it returns."""
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        status = work()
    finally:
        os._exit(status)


def exit_code(child: int) -> int:
    """The child's exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def plan_and_enter(register: Register, name: str, count: int, pause: float = 0) -> None:
    """What ``flow`` does: look, plan (and print for a while), enter."""
    n = max(register.taken("铜王组发", 2020), default=0) + 1
    piece = register.last_piece(CLASS) + 1
    time.sleep(pause)
    papers = [
        paper(n + place, piece=piece + place, title=f"{name}的第{place}份", submission=name) for place in range(count)
    ]
    register.enter(submission(papers, identifier=name), papers)


def test_of_two_that_planned_the_same_number_one_wins_and_one_hears_it(path):
    Register.open(path).close()

    def work(name: str) -> int:
        with Register.open(path) as register:
            try:
                plan_and_enter(register, name, 3, pause=0.3)
            except OfficeBusy as busy:
                return busy.exit_code
        return 0

    children = [forked(lambda name=name: work(name)) for name in ("甲", "乙")]
    assert sorted(exit_code(child) for child in children) == [0, 7]
    with Register.open(path) as register:
        assert register.taken("铜王组发", 2020) == {1, 2, 3}
        assert len({one.submission for one in register.papers()}) == 1


def test_four_writers_who_try_again_leave_no_number_twice_and_no_gap(path):
    def work(writer: int) -> int:
        with Register.open(path) as register:  # four open a register that does not exist yet
            for turn in range(10):
                while True:
                    try:
                        plan_and_enter(register, f"{writer}-{turn}", 1 + turn % 3)
                        break
                    except OfficeBusy:
                        continue
        return 0

    children = [forked(lambda writer=writer: work(writer)) for writer in range(4)]
    assert [exit_code(child) for child in children] == [0, 0, 0, 0]
    expected = 4 * sum(1 + turn % 3 for turn in range(10))
    with Register.open(path) as register:
        assert register.taken("铜王组发", 2020) == set(range(1, expected + 1))
        assert [one.piece for one in sorted(register.papers(), key=lambda one: one.n)] == list(range(1, expected + 1))


def whole(path: Path, before: int, count: int) -> bool:
    """Whether the second submission is there; asserts that it is there with everything, or with nothing at all."""
    with Register.open(path) as register:
        there = register.submission("s2") is not None
        total = before + count if there else before
        assert register.taken("铜王组发", 2020) == set(range(1, total + 1))
        assert register.last_piece(CLASS) == total
        papers = list(register.papers())
        assert len(papers) == total
        assert all(len(one.files) == 3 and len(one.people) == 2 for one in papers)
        assert all(len(register.events(one.paper)) == 1 for one in papers)
        assert len(register.search(IndexQuery(words=("第二批",), limit=999))) == (count if there else 0)
        assert [one.id for one in register.unfinished()] == (["s1", "s2"] if there else ["s1"])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO paper_text(paper_text) VALUES('integrity-check')")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return there


@pytest.fixture
def first(path):
    """A register with three papers."""
    papers = [paper(n, people=("张三", "李四"), text="第一批") for n in (1, 2, 3)]
    with Register.open(path) as register:
        register.enter(submission(papers), papers)
    return path


def second(count: int) -> tuple[Submission, list[FiledPaper]]:
    """The submission that is killed, and its papers."""
    papers = [
        paper(n, title=f"第{n}份", people=("张三", "李四"), text=f"第二批的正文{n}" * 50, submission="s2")
        for n in range(4, 4 + count)
    ]
    return submission(papers, identifier="s2"), papers


def test_killed_before_or_after_any_statement_all_or_nothing_is_there(first):
    """Kills the writer at its k-th step for every k, in the end right after the commit."""
    entered, papers = second(8)
    outcomes = []
    while True not in outcomes and len(outcomes) < 100:
        step = len(outcomes) + 1
        child = forked(lambda step=step: _enter_and_die(first, step, entered, papers))
        assert exit_code(child) == -signal.SIGKILL
        outcomes.append(whole(first, before=3, count=8))
    assert outcomes[-1], "what was committed is not there"
    assert outcomes.count(False) > 15, "the writer was hardly ever killed on its way"


def test_killed_at_random_moments_all_or_nothing_is_there(first, tmp_path):
    """The same by the clock instead of by steps, so that SQLite's own writing is hit too."""
    entered, papers = second(150)
    chance = random.Random(20200416)
    for attempt in range(25):
        copy = tmp_path / str(attempt)
        shutil.copytree(first.parent, copy)
        started, start = os.pipe()
        child = forked(lambda copy=copy, start=start: _enter_and_die(copy / first.name, 0, entered, papers, start))
        os.read(started, 1)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        exit_code(child)
        os.close(started)
        os.close(start)
        whole(copy / first.name, before=3, count=150)


def _enter_and_die(path: Path, step: int, entered: Submission, papers: list[FiledPaper], start: int = -1) -> int:
    """Enters, and is killed at a step (counted from 1) or at the latest after the commit."""
    passed = 0

    def count(*_arguments: object) -> None:
        nonlocal passed
        passed += 1
        if passed == step:
            os.kill(os.getpid(), signal.SIGKILL)

    with Register.open(path) as register:
        for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(register._engine, moment, count)
        if start >= 0:
            os.write(start, b"!")
        register.enter(entered, papers)
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
