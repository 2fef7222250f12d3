"""``python -m bench.intake [ROWS]``: a workbook read and judged, beside openpyxl that only loads it.

One workbook of 20,000 registration forms, one a row, without a mistake, stored as Excel does and as openpyxl does, of
people whose words repeat and of people with words of their own. Ours is the whole way from the bytes to the batch:
every cell typed, handed over from the child process that reads, looked at for marks of secrecy, coerced, checked, and
compared with its row, the others and the register. The peer is ``openpyxl.load_workbook`` in full and nothing else.
Each in a process of its own, in turns, and of each the best round by processor time, which minds other work on the
machine least. Then the memory of 5,000, 20,000 and 80,000 rows.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import openpyxl

from bench import machine, ours
from bench.forms import as_excel_stores, write_forms
from pipeline.core.collection import nothing_collected
from pipeline.facts import OfficeFacts
from pipeline.intake.claim import claim
from pipeline.office import Office
from pipeline.sheets import Limits, interpret, read_workbook
from pipeline.sheets.secrecy import marks_of_secrecy
from pipeline.validation import judge

ROWS = 20_000
ROUNDS = 3
SIZES = (5_000, 20_000, 80_000)
"""Rows whose memory is looked at."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of the processor by step, by how many MiB the process grew at most, and how many it held then."""

    steps: dict[str, float]
    memory: float
    peak: float

    @property
    def seconds(self) -> float:
        """All steps."""
        return sum(self.steps.values())


@dataclass(slots=True)
class _Clock:
    """Processor seconds by step."""

    steps: dict[str, float]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.steps[name] = time.process_time() - began


def main(rows: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="gongwen-bench-") as folder, machine.cores(1):
        root = Path(folder)
        print(f"{date.today()}  {machine.described()}; load {os.getloadavg()[0]:.1f}; one processor used")
        workbook = ours.make_office(root, 1, 1)
        for own_words, people in ((False, "six people over and over"), (True, "words of their own")):
            write_forms(workbook, rows, own_words=own_words)
            _compare(root, workbook, f"{rows} rows, {people}, every text in its cell, as openpyxl stores it")
            as_excel_stores(workbook)
            _compare(root, workbook, f"{rows} rows, {people}, every text in a list, as Excel stores it")
        print("\nmemory, reading and judging in one process, texts as Excel stores them")
        for count in SIZES:
            write_forms(workbook, count)
            as_excel_stores(workbook)
            took = _apart(_ours, root, workbook)
            print(
                f"    {count:>7} rows  {took.seconds:7.2f} s  {took.memory:5.0f} MiB more ({took.peak:.0f} in all), "
                f"{took.memory * 1024 / count:.1f} KiB a row"
            )


def _compare(root: Path, workbook: Path, title: str) -> None:
    rounds = [(_apart(_ours, root, workbook), _apart(_theirs, root, workbook)) for _round in range(ROUNDS)]
    own, peer = (min(each, key=lambda taken: taken.seconds) for each in zip(*rounds, strict=True))
    print(f"\n{title}")
    print(f"gongwen   {own.seconds:7.2f} s of processor time, {own.memory:.0f} MiB more")
    for step, seconds in own.steps.items():
        print(f"    {step:<10} {seconds:7.2f} s  {seconds / own.seconds:6.1%}")
    print(f"openpyxl  {peer.seconds:7.2f} s, {peer.memory:.0f} MiB more, only to load it")
    validated = own.steps["interpret"] + own.steps["judge"]
    print(
        f"{own.seconds / peer.seconds:.1%} of openpyxl's time, {peer.seconds / own.seconds:.1f} times as fast; ", end=""
    )
    print(f"{validated / peer.seconds:.1%} to understand and judge the rows")


def _ours(root: Path, workbook: Path) -> Taken:
    """From the file to the batch. Raises ``RuntimeError`` when there is something to object to."""
    clock = _Clock({})
    with Office.open(root) as office:
        claimed = claim(workbook, root / ".gongwen" / "spool", now=office.now())
        kinds, facts = tuple(office.kinds), OfficeFacts.of(office, claimed.origin)
        before = _memory()
        with clock.step("read"):
            read = read_workbook(claimed.path, Limits())
        with clock.step("hand over"):
            read = pickle.loads(pickle.dumps(read))  # from the child that reads to the parent, as the program does
        with clock.step("secrecy"):
            secrets = marks_of_secrecy(read, claimed.name)
        with clock.step("interpret"), nothing_collected():
            draft, findings = interpret(read, kinds, claimed.name)
        with clock.step("judge"), nothing_collected():
            batch, judged = judge(draft, claimed, facts) if draft else (None, ())
        if batch is None:
            raise RuntimeError("\n".join(each.sentence() for each in (*secrets, *findings, *judged)[:5]))
    return Taken(clock.steps, _memory() - before, _memory())


def _theirs(_root: Path, workbook: Path) -> Taken:
    clock, before = _Clock({}), _memory()
    with clock.step("load"):
        openpyxl.load_workbook(workbook)
    return Taken(clock.steps, _memory() - before, _memory())


def _memory() -> float:
    """MiB this process has held at most. What ``getrusage`` tells may still be its parent's, from before it was one."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def _apart(work: Callable[[Path, Path], Taken], root: Path, workbook: Path) -> Taken:
    """In a process of its own, so that one's memory is not the other's."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (root, workbook))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
