"""``python -m bench.rendering [FOLDER] [--long N]``: Word to PDF beside one LibreOffice batch, on the same files.

FOLDER holds .docx files; without one they are those of the example office, played for the purpose. One processor, warm,
in rounds that take turns, and of each side the best round by processor time, which minds other work on the machine
least; LibreOffice starts once a round, as a batch does. Ours is the whole way: reading, setting, PDF/A and the gate.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from pypdf import PdfReader

from bench import machine, peer
from pipeline.core.errors import CannotRender
from pipeline.rendering import FontBook, Metadata, render

ROUNDS = 3
FILES = 24
"""About so many of the example office's; a run takes a minute or two on a quiet machine."""
PLAY = Path(__file__).parent.parent / "examples" / "play.py"
_ADDED = 20_000_000
"""Numbers: a second or two of plain sums."""
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_GLANCES = 10
"""How often the memory of a long run is looked at."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Once over all documents: seconds by the clock and of the processor, milliseconds of each stage, and the memory
    of the process in MiB, now and at most."""

    documents: int
    pages: int
    clock: float
    processor: float
    stages: Mapping[str, float]
    memory: float
    peak: float


def main(folder: Path | None, long: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="gongwen-bench-") as temporary:
        root = Path(temporary)
        paths = sorted(folder.glob("*.docx")) if folder else played(root)
        if not paths:
            sys.exit(f"no .docx in {folder}")
        with machine.cores(1):
            print(f"{date.today()}  {machine.described()}; load {os.getloadavg()[0]:.1f}; one processor used")
            _beside(paths, root)
        with machine.cores(2) as count:
            _side_by_side(paths, count)
        if long:
            with machine.cores(1):
                _long(paths, long)


def played(root: Path) -> list[Path]:
    """Word files of the example office, made now: of a year's papers every n-th, so that all kinds are among them."""
    subprocess.run([sys.executable, str(PLAY), str(root / "office")], stdout=subprocess.DEVNULL, check=True)
    every = sorted((root / "office" / "archive").rglob("*.docx"))
    return every[:: max(1, len(every) // FILES)]


def once(paths: Sequence[Path]) -> Pass:
    """All documents one after another, in this process. What cannot be printed faithfully is not counted."""
    stages: Counter[str] = Counter()
    documents = pages = 0
    clock, processor = time.perf_counter(), time.process_time()
    for path in paths:
        try:
            printed = render(path.read_bytes(), book=_book(), metadata=Metadata(title=path.stem))
        except CannotRender:
            continue
        documents, pages = documents + 1, pages + printed.report.pages
        stages.update(printed.report.milliseconds)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Pass(documents, pages, clock, processor, dict(stages), _memory(), peak)


def _beside(paths: Sequence[Path], root: Path) -> None:
    """Ours and LibreOffice's in turns."""
    soffice = peer.office_program()
    own: list[Pass] = []
    batches: list[tuple[float, float, int]] = []
    with _workers(1) as workers:
        workers.submit(once, paths).result()  # fonts, and the shapes of the gate
        for turn in range(ROUNDS):
            own.append(workers.submit(once, paths).result())
            if soffice:
                batches.append(_converted(soffice, paths, root / f"pdf{turn}", root / "profile"))
    best = min(own, key=lambda each: each.processor)
    print(f"\n{best.documents} of {len(paths)} Word files, {best.pages} pages")
    print(f"gongwen      {_speed(best.pages, best.processor, best.clock)}; most memory {best.peak:.0f} MiB")
    total = sum(best.stages.values())
    for stage, spent in best.stages.items():
        print(f"    {stage:<8} {spent / best.pages:7.2f} ms a page  {spent / total:6.1%}")
    if batches:
        processor, clock, pages = min(batches)
        print(f"LibreOffice  {_speed(pages, processor, clock)}")
        ratio = (processor / pages) / (best.processor / best.pages)
        by_clock = min(each[1] for each in batches) / pages / (min(each.clock for each in own) / best.pages)
        print(f"as fast as LibreOffice, per page: {ratio:.2f} times by processor time, {by_clock:.2f} by the clock")


def _side_by_side(paths: Sequence[Path], count: int) -> None:
    """Two workers, each with every document of its own, beside one alone; and plain arithmetic done by as many, which
    tells what the processors themselves gain (two may be halves of one, or shared with others)."""
    with _workers(count) as workers:
        for _warm in range(2):  # a worker may have taken both
            list(workers.map(once, [paths] * count))
        passes, alone = _timed(workers, once, paths, 1)
        several, together = _timed(workers, once, paths, count)
        _sums, sum_alone = _timed(workers, _sum, _ADDED, 1)
        _sums, sums_together = _timed(workers, _sum, _ADDED, count)
    speed, one = sum(each.pages for each in several) / together, passes[0].pages / alone
    print(
        f"\n{count} workers: {speed:.1f} pages a second by the clock, {speed / one:.2f} times one worker; "
        f"plain sums: {count * sum_alone / sums_together:.2f} times"
    )


def _timed(
    workers: ProcessPoolExecutor, work: Callable[[_Given], _Made], given: _Given, times: int
) -> tuple[list[_Made], float]:
    """The same work so many times side by side, and how long all of it took by the clock."""
    began = time.perf_counter()
    made = list(workers.map(work, [given] * times))
    return made, time.perf_counter() - began


def _sum(count: int) -> int:
    return sum(number * number for number in range(count))


def _long(paths: Sequence[Path], documents: int) -> None:
    """Whether the memory of one worker stays flat."""
    print(f"\n{documents} documents in one worker, MiB in memory after")
    rounds = max(1, documents // _GLANCES // len(paths))
    with _workers(1) as workers:
        done = 0
        while done < documents:
            last = workers.submit(once, [*paths] * rounds).result()
            done += rounds * len(paths)
            print(f"    {done:6}  {last.memory:7.1f}")


def _converted(soffice: str, paths: Sequence[Path], folder: Path, profile: Path) -> tuple[float, float, int]:
    """Processor time, clock, and pages of one batch."""
    command = [soffice, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "pdf", "--outdir"]
    before, began = machine.processor_seconds(), time.perf_counter()
    subprocess.run(
        [*command, str(folder), *map(str, paths)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=1800,
        check=False,
    )
    spent = machine.processor_seconds() - before, time.perf_counter() - began
    return *spent, sum(len(PdfReader(path).pages) for path in folder.glob("*.pdf"))


def _workers(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"))


def _speed(pages: int, processor: float, clock: float) -> str:
    return (
        f"{pages / processor:6.1f} pages a second of processor time ({processor / pages * 1000:.1f} ms a page), "
        f"{pages / clock:.1f} by the clock"
    )


def _memory() -> float:
    """MiB of this process in memory."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[1]) if statm.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


_fonts: list[FontBook] = []


def _book() -> FontBook:
    """The fonts, opened once in a process."""
    if not _fonts:
        _fonts.append(FontBook.open())
    return _fonts[0]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path)
    arguments.add_argument("--long", type=int, default=0, metavar="N", help="then N documents in one worker")
    given = arguments.parse_args()
    main(given.folder, given.long)
