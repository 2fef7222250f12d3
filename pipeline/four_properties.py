"""四性检测 (DA/T 70-2018) of the whole archive: ``verify`` item by item, with a virus scan where there is a scanner."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pipeline.core.four_properties import NAMES, PROPERTIES, STAGES, Item, Stage
from pipeline.core.messages import _
from pipeline.filing.metadata import faults
from pipeline.retrieval import Report
from pipeline.retrieval.damage import Damage
from pipeline.retrieval.four_properties import OUTCOMES, Checked, Outcome, checked
from pipeline.sheets import Listing, listing_workbook

__all__ = ["OUTCOMES", "Checked", "Outcome", "as_workbook", "four_properties"]

_SCANNER = "clamscan"


def four_properties(archive: Path, report: Report) -> tuple[Checked, ...]:
    """The items, from what ``verify`` found. The caller is the office's writer."""
    return checked(report, _exact(archive, report), _viruses(archive))


def as_workbook(items: Sequence[Checked], stage: Stage, report: Report, today: date) -> bytes:
    """四性检测报告 as .xlsx. Its words are Chinese, as those of every list that is printed."""
    rows = [
        (
            item.code(stage),
            PROPERTIES[item.item.value.split("-")[1]],
            NAMES[item.item],
            item.object,
            "DA/T 70-2018",
            OUTCOMES[item.outcome],
            item.words,
        )
        for item in items
    ]
    title = f"电子档案四性检测报告（{STAGES[stage][1]}）"
    remark = f"检测日期：{today.isoformat()}。{report.summary()}"
    headings = ("编号", "性质", "检测项目", "检测对象", "依据", "结果", "说明")
    return listing_workbook((Listing("四性检测", headings, (20, 10, 32, 26, 16, 10, 60), rows, title, remark),))


def _exact(archive: Path, report: Report) -> Mapping[str, Item]:
    """Which item the metadata break that do not pass, by path."""
    found: dict[str, Item] = {}
    for remark in report.damages:
        if remark.what is Damage.METADATA:
            wrong = faults((archive / remark.path).read_bytes())
            if wrong:
                found[remark.path] = wrong[0].item
    return found


def _viruses(archive: Path) -> tuple[Outcome, str]:
    """What the machine's scanner says; without one nothing was scanned, and that is said."""
    scanner = shutil.which(_SCANNER)
    if scanner is None:
        return Outcome.NOT_APPLICABLE, _("没有装杀毒软件（{name}），没有查").format(name=_SCANNER)
    done = subprocess.run(
        [scanner, "--recursive", "--infected", "--no-summary", str(archive)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return Outcome.PASSED, ""
    if done.returncode == 1:
        return Outcome.FAILED, _("；").join(done.stdout.split("\n")[:3])
    return Outcome.NOT_APPLICABLE, _("杀毒软件没有查完：{error}").format(error=done.stderr.strip()[:200])
