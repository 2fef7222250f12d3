"""Cut a run off before each of its durable steps, run again, and compare with a run nobody disturbed.

The run happens in a forked child that ends itself right before step n; then the same office runs again in peace.
Whatever n was: the same papers with the same numbers, each once, ``verify`` clean, the inbox empty, nothing of ours
left behind.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.intake.claim import reclaim
from pipeline.office import Office
from pipeline.rounds import run_once
from tests.cutting import KILLED, cut_off
from tests.offices import FORMS, MISTAKES, NOTICE, drop, make_office, verified

SAMPLE = 20
WORKBOOKS = (NOTICE, FORMS, MISTAKES)


def the_whole_inbox(office: Office) -> None:
    """What ``gongwen run`` does."""
    list(run_once(office, lambda *_counts: None))


def run_until(root: Path, steps: int, work: Callable[[Office], object] = the_whole_inbox) -> int:
    """Do ``work`` at the office in ``root`` in a child that dies before step ``steps`` + 1; returns its exit code."""

    def at_the_office() -> None:
        with make_office(root) as office:
            work(office)

    return cut_off(steps, at_the_office)


def cut_short(root: Path) -> int:
    """How many workbooks a killed run had claimed and not let go of."""
    with make_office(root) as office:
        claims = [reclaim(office.spool, folder.name) for folder in office.spool.glob("*")]
        return sum(claim is not None and claim.origin.exists() for claim in claims)


class Said(logging.Handler):
    """What the log says of interruptions."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "after an interruption" in record.getMessage():
            self.lines.append(record.getMessage())


def run_in_peace(root: Path) -> None:
    """Run, and look that the log has a line for every workbook that had been cut short."""
    interrupted, said = cut_short(root), Said()
    logging.getLogger("pipeline").addHandler(said)
    try:
        with make_office(root) as office:
            the_whole_inbox(office)
    finally:
        logging.getLogger("pipeline").removeHandler(said)
    assert len(said.lines) >= interrupted, said.lines


def papers_in(root: Path) -> list[tuple[str, str, str]]:
    """What was filed: title, number, 档号; after looking that everything is whole."""
    run_in_peace(root)
    with make_office(root) as office:
        report = verified(office)
        assert report.is_sound, [remark.sentence for remark in report.damages]
        assert not [path.name for path in office.settings.inbox.iterdir() if path.is_file()]
        assert not list(office.spool.glob("*"))
        assert not [path for path in root.rglob(".gongwen-*") if path.is_file()]
        assert (office.originals / MISTAKES).is_file()
        assert list(office.returned.glob("*.xlsx"))
        return sorted((paper.title, paper.number, paper.archival_code) for paper in office.register.papers())


def prepared(root: Path) -> Path:
    with make_office(root) as office:
        for name in WORKBOOKS:
            drop(office, name)
    return root


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    return papers_in(prepared(tmp_path_factory.mktemp("peace")))


def _run_cut_off_at(steps: int, root: Path, undisturbed: list[tuple[str, str, str]]) -> bool:
    """Whether the run was cut off at all (it was over before step ``steps`` otherwise)."""
    code = run_until(prepared(root), steps)
    assert code in (0, KILLED), code
    assert papers_in(root) == undisturbed, f"cut off before step {steps + 1}"
    return code == KILLED


def _run_cut_off_at_every(stride: int, first: int, folder: Path, undisturbed: list[tuple[str, str, str]]) -> int:
    """Cut off before step ``first`` + 1 and every ``stride``-th after it, until a run is over sooner; how many."""
    assert len(undisturbed) == 7
    for steps in itertools.count(first, stride):
        if not _run_cut_off_at(steps, folder / str(steps), undisturbed):
            return (steps - first) // stride
    raise AssertionError


def test_a_run_cut_off_at_some_steps_goes_on(tmp_path: Path, undisturbed: list[tuple[str, str, str]]) -> None:
    """One step in twenty; which ones differs from day to day."""
    first = date.today().toordinal() % SAMPLE
    assert _run_cut_off_at_every(SAMPLE, first, tmp_path, undisturbed) > 10


@pytest.mark.faults_long
@pytest.mark.parametrize("first", range(8))
def test_a_run_cut_off_at_any_step_goes_on(first: int, tmp_path: Path, undisturbed: list[tuple[str, str, str]]) -> None:
    cuts = _run_cut_off_at_every(8, first, tmp_path, undisturbed)
    print(f"\n{cuts} runs cut off, each gone on with")
