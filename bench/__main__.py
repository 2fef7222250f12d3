"""``python -m bench [PAPERS]``: how fast a workbook of registration forms is filed, beside docxtpl and LibreOffice.

One workbook of 200 forms (two pages each) in three passes on two processors, all in this one run, so that the ratio
holds on any machine: ``gongwen run`` as a person starts it; the same steps with a clock; the usual way of others.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bench import machine, ours, peer
from pipeline.office import Office

CORES = 2
PAPERS = 200


def main(papers: int) -> None:
    """Measure and print; every figure with what it is made of."""
    with machine.cores(CORES) as count, tempfile.TemporaryDirectory(prefix="gongwen-bench-") as folder:
        root = Path(folder)
        print(f"{date.today()}  {machine.described()}; {count} processors used")
        print(f"one workbook, {papers} registration forms, one row each\n")

        ours.make_office(root / "whole", papers, count)
        whole = ours.whole_run(root / "whole", papers)
        print(f"gongwen run, from start to end: {whole.seconds:.1f} s, {papers / whole.seconds:.2f} papers a second")
        print(
            f"    {whole.processors:.1f} s of processor time; most memory of all its processes together: {whole.peak}\n"
        )

        workbook = ours.make_office(root / "steps", papers, count)
        stages = ours.step_by_step(root / "steps", workbook)
        pages = sum(paper.report.pages for paper in stages.printed)
        print("the same step by step (wall clock; reading and printing each begin by starting their processes):")
        _shares(stages.steps)
        print(f"  inside merge and print ({count} presses side by side; seconds of all papers added up):")
        _shares(stages.printing)
        print(f"    {pages} pages\n")

        soffice = peer.office_program()
        if soffice is None:
            print("LibreOffice is not installed, so there is nothing to compare with.")
            return
        with Office.open(root / "steps") as office:
            batch = peer.fill_and_convert(soffice, office.press().merger, stages.numbered, root / "peer")
        printing = stages.steps["merge and print"]
        print(f"docxtpl, then one {batch.version} --headless --convert-to pdf for all files:")
        print(f"    {batch.seconds:.1f} s ({batch.filling:.1f} filling templates, {batch.converting:.1f} converting)")
        print(f"    {batch.work:.1f} s of processor time; most memory {batch.peak}")
        print(f"    {batch.papers} of {papers} papers, {batch.pages} pages\n")
        print("how many times as fast as that way (below 1: slower):")
        print(f"    {batch.seconds / printing:.2f}  merging, printing to PDF/A-3u and the gate alone, by the clock")
        print(f"    {batch.seconds / whole.seconds:.2f}  the whole run, from the workbook to the receipt, by the clock")
        print(f"    {batch.work / whole.processors:.2f}  the whole run, by processor time")


def _shares(seconds: Mapping[str, float]) -> None:
    total = sum(seconds.values())
    for step, spent in seconds.items():
        print(f"    {step:<18} {spent:8.2f} s  {spent / total:6.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS)
