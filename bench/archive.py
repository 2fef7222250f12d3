"""``python -m bench.archive [PAPERS]``: a large archive, from filing to handing it over, with the time of each step.

10,000 registration forms in workbooks of 200 are really read, judged, numbered, registered and filed; only the press is
a stand-in that gives every paper the Word file and the PDF/A of one that was really printed (printing is measured by
``bench`` and ``bench.rendering``). Then come the archivist's commands, each in a process of its own as a person starts
it. The peer is the least that anybody could do with the same files: copying them to another folder with ``cp`` and
``sync``, and digesting them with ``sha256sum``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench import machine, ours
from bench.forms import write_forms
from pipeline.core.values import MergedDocument, NumberedRecord, RenderedDocument, Workbook
from pipeline.office import Office
from pipeline.rounds import run_once
from pipeline.sheets import Limits, read_workbook

PAPERS = 10_000
AT_ONCE = 200

AFTERWARDS: Sequence[tuple[str, ...]] = (
    ("find", "登记表", "王建"),
    ("verify",),
    ("reindex",),
)
"""The commands that are timed when all is filed, each with its words."""


class StandIn:
    """Reads in this process, and prints every paper as the first one came out, with its own words."""

    count = 1

    def __init__(self, office: Office) -> None:
        self._office = office
        self._first: RenderedDocument | None = None

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def warm_up(self) -> None:
        pass

    def read(self, path: Path) -> Workbook:
        return read_workbook(path, Limits())

    def print_papers(self, papers: Sequence[NumberedRecord]) -> Iterator[RenderedDocument]:
        for paper in papers:
            if self._first is None:
                self._first = self._office.press().print(paper)
            words = f"{paper.title} {paper.archival_code.text} {self._first.report.text}"
            report = replace(self._first.report, text=words)
            yield RenderedDocument(MergedDocument(paper, self._first.merged.docx), self._first.pdf, report)


def main(papers: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="gongwen-bench-") as folder:
        root = Path(folder)
        print(f"{date.today()}  {machine.described()}; load {os.getloadavg()[0]:.1f}")
        office = root / "office"
        ours.make_office(office, 1, 1).unlink()
        seconds, work = _filed(office, papers)
        print(f"\n{papers} papers filed in workbooks of {AT_ONCE}, without printing them:")
        _line("read, judged, filed", seconds, work, papers)
        for words in AFTERWARDS:
            _line(" ".join(words), *_timed([sys.executable, "-m", "pipeline", "-w", str(office), *words]), papers)
        bag = [sys.executable, "-m", "pipeline", "-w", str(office), "export", "-o", str(root / "bag")]
        _line("export as BagIt", *_timed(bag), papers)
        files = sum(1 for path in (office / "archive").rglob("*") if path.is_file())
        size = sum(path.stat().st_size for path in (office / "archive").rglob("*") if path.is_file())
        print(f"    {files} files, {size / 2**20:.0f} MiB; for comparison:")
        archive = str(office / "archive")
        _line("cp and sync", *_timed(["sh", "-c", f"cp -r {archive} {root}/copy && sync -f {root}/copy"]), papers)
        digest = f"find {archive} -type f -print0 | xargs -0 sha256sum >/dev/null"
        _line("sha256sum", *_timed(["sh", "-c", digest]), papers)


def _filed(root: Path, papers: int) -> tuple[float, float]:
    """Clock and processor seconds of filing; writing the workbooks is not counted."""
    seconds = work = 0.0
    with Office.open(root) as office, office.writing("bench"):
        vars(office)["workers"] = StandIn(office)
        for first in range(0, papers, AT_ONCE):
            write_forms(office.settings.inbox / f"登记表{first:05}.xlsx", AT_ONCE, first=first)
            began, worked = time.perf_counter(), time.process_time()
            [outcome] = run_once(office, lambda *_counts: None)
            seconds, work = seconds + time.perf_counter() - began, work + time.process_time() - worked
            if len(outcome.papers) != AT_ONCE:
                raise RuntimeError("\n".join(finding.sentence() for finding in outcome.findings[:5]) or outcome.why)
    return seconds, work


def _timed(command: Sequence[str]) -> tuple[float, float]:
    """Clock and processor seconds of a command. Raises ``RuntimeError`` when it does not end well."""
    before, began = machine.processor_seconds(), time.perf_counter()
    ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"{command} ended with {ended.returncode}: {ended.stderr[-500:]}")
    return time.perf_counter() - began, machine.processor_seconds() - before


def _line(step: str, seconds: float, work: float, papers: int) -> None:
    each = 1000 * work / papers
    print(f"    {step:<24} {seconds:8.1f} s by the clock, {work:8.1f} s of processor time, {each:7.2f} ms a paper")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS)
