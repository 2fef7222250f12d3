"""The way of the product: one workbook of registration forms, from the inbox into the archive."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.forms import write_forms
from bench.machine import Peak, processor_seconds
from pipeline import flow
from pipeline.core.values import NumberedRecord, RenderedDocument
from pipeline.intake.claim import claim
from pipeline.office import Office

EXAMPLE = Path(__file__).parent.parent / "examples" / "gongwen.toml"
_RESULT = TypeVar("_RESULT")


def make_office(root: Path, papers: int, presses: int) -> Path:
    """The example office with one workbook of ``papers`` forms in its inbox; returns the workbook.

    The inbox takes files at once: the two seconds of stillness a real office asks for are no work.
    """
    for name in ("inbox", "archive"):
        (root / name).mkdir(parents=True)
    settings = EXAMPLE.read_text(encoding="utf-8").replace("settle_seconds = 2.0", "settle_seconds = 0")
    (root / "gongwen.toml").write_text(f"{settings}\n[printing]\nworkers = {presses}\n", encoding="utf-8")
    workbook = root / "inbox" / "登记表.xlsx"
    write_forms(workbook, papers)
    return workbook


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole ``gongwen run``, start of the program included: seconds of wall clock and of processors, most memory."""

    seconds: float
    processors: float
    peak: Peak


def whole_run(root: Path, papers: int) -> Whole:
    """Run the program as a person does. Raises ``RuntimeError`` when not every paper came into the archive."""
    command = [sys.executable, "-m", "pipeline", "-w", str(root), "run"]
    with Peak() as peak:
        before, began = processor_seconds(), time.perf_counter()
        code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
        seconds = time.perf_counter() - began
    filed = len(list((root / "archive").rglob("*.pdf")))
    if code or filed != papers:
        raise RuntimeError(f"the run ended with {code} and filed {filed} of {papers} papers")
    return Whole(seconds, processor_seconds() - before, peak)


@dataclass(frozen=True, slots=True)
class Stages:
    """The same way step by step: seconds of wall clock of each step, and inside printing of each stage, added up over
    all papers (presses work side by side, so these add up to more than the wall clock)."""

    steps: Mapping[str, float]
    printing: Mapping[str, float]
    numbered: tuple[NumberedRecord, ...]
    printed: tuple[RenderedDocument, ...]


def step_by_step(root: Path, workbook: Path) -> Stages:
    """Walk through ``pipeline.flow`` with a clock in the hand. Raises ``RuntimeError`` when the forms are sent back."""
    steps: dict[str, float] = {}

    def timed(step: str, work: Callable[[], _RESULT]) -> _RESULT:
        began = time.perf_counter()
        result = work()
        steps[step] = time.perf_counter() - began
        return result

    with Office.open(root) as office, office.writing("bench"):
        office.workers.warm_up()
        claimed = timed("claim", lambda: claim(workbook, office.spool, now=office.now()))
        batch, findings = timed("read and judge", lambda: flow.understand(claimed, office))
        if batch is None:
            raise RuntimeError("\n".join(finding.sentence() for finding in findings))
        numbered = timed("number", lambda: flow.number(batch, office))
        printed, _refused = timed(
            "merge and print", lambda: flow.print_all(numbered, office, lambda *_counts: None, claimed.name)
        )
        timed("register and file", lambda: flow.file(batch, printed, office))
    printing: dict[str, float] = {}
    for paper in printed:
        for stage, milliseconds in paper.report.milliseconds.items():
            printing[stage] = printing.get(stage, 0.0) + milliseconds / 1000
    return Stages(steps, printing, numbered, printed)
