"""四性检测 (DA/T 70-2018) of the whole archive: ``verify`` item by item, with a virus scan where there is a scanner."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.core.four_properties import NAMES, PROPERTIES, STAGES, Item, Stage
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper, Organisation, Value
from pipeline.filing.metadata import faults
from pipeline.office import Office
from pipeline.printouts import print_out
from pipeline.proving import proved
from pipeline.retrieval import Part, Report
from pipeline.retrieval.damage import Damage
from pipeline.retrieval.four_properties import OUTCOMES, Checked, Outcome, checked, grounds
from pipeline.sheets import Listing, listing_workbook

__all__ = [
    "OUTCOMES",
    "Checked",
    "IntegrityReport",
    "Outcome",
    "as_pdf",
    "as_workbook",
    "four_properties",
    "integrity_report",
]

_BASIS = "DA/T 70-2018"

_MOST = 200
"""Damages that are printed; of more the number is told."""

_LONG = 40
"""Characters of an explanation that still stand in the narrow column; what is longer stands in the list below."""

_SCANNER = "clamscan"

_NUMBERS = "编号一栏括号里是归档环节（GD）的编号：标准在移交与接收、长期保存两个环节另行编号，本系统没有收录。"


def four_properties(archive: Path, report: Report) -> tuple[Checked, ...]:
    """The items, from what ``verify`` found. The caller is the office's writer."""
    return checked(report, _exact(archive, report), _viruses(archive))


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """The check of some papers: what was found, item by item, and the report as PDF/A."""

    report: Report
    items: tuple[Checked, ...]
    pdf: bytes


def integrity_report(
    office: Office,
    papers: Iterable[FiledPaper],
    stage: Stage = Stage.TRANSFER,
    *,
    organisation: Organisation | None = None,
    hide: Callable[[str], str] = str,
) -> IntegrityReport:
    """Check some papers and print it, for whoever takes them over or looks at them. The caller is the office's writer.

    ``organisation`` and ``hide`` are as ``as_pdf`` has them. Raises as ``printouts.print_out``.
    """
    report = proved(office, Part(papers=frozenset(paper.paper for paper in papers)))
    items = four_properties(office.settings.archive, report)
    return IntegrityReport(report, items, as_pdf(items, stage, report, office, organisation, hide))


def as_pdf(
    items: Sequence[Checked],
    stage: Stage,
    report: Report,
    office: Office,
    organisation: Organisation | None = None,
    hide: Callable[[str], str] = str,
) -> bytes:
    """四性检测报告 as PDF/A, printed from ``printouts/four-properties``; in the name of the office's first organisation
    unless another is named. ``hide`` takes out of paths and sentences what the reader must not see."""
    failed = [item for item in items if item.outcome is Outcome.FAILED]
    left = [item for item in items if item.outcome is Outcome.NOT_APPLICABLE]
    whose = organisation or office.settings.organisations[0]
    today = office.now().date()
    head: dict[str, Value] = {
        "list_no": "1",
        "organisation": whose.name,
        "year": str(today.year),
        "date": today,
        "office": office.settings.office.name,
        "stage": STAGES[stage][1],
        "at_filing": at_filing(report),
        "examined": report.part or "全部档案",
        "pieces": report.papers,
        "registered": report.registered,
        "files": report.files,
        "size": f"{report.size:,}",
        "passed": len(items) - len(failed) - len(left),
        "failed": len(failed),
        "left": len(left),
        "verdict": "未通过" if failed else "通过",
        "more": max(0, len(grounds(report)) - _MOST),
        "note": "" if stage is Stage.FILING else _NUMBERS,
    }
    rows: list[Mapping[str, Value]] = [
        {
            "code": f"{STAGES[stage][0]}\n（{item.item.value}）" if stage is not Stage.FILING else item.item.value,
            "property": PROPERTIES[item.item.value.split("-")[1]],
            "name": NAMES[item.item],
            "object": item.object,
            "outcome": OUTCOMES[item.outcome],
            "words": hide(_briefly(item)),
        }
        for item in items
    ]
    found = grounds(report)
    damages: list[Mapping[str, Value]] = [
        {"what": remark.title, "where": hide(remark.path), "sentence": hide(remark.sentence)}
        for remark in found[:_MOST]
    ]
    return print_out(office, "four-properties", whose, head, rows=rows, damages=damages)


def at_filing(report: Report) -> str:
    """What is known of the check when the papers were filed (归档时的检测), in one sentence."""
    told = f"{report.checked}件归档时检测通过，记在元数据里"
    return f"{told}；{report.unchecked}件没有归档时检测的记录" if report.unchecked else told


def _briefly(item: Checked) -> str:
    """The explanation, or where it stands when it is long."""
    return f"{item.remarks}处，见“二、发现的问题”" if item.remarks and len(item.words) > _LONG else item.words


def as_workbook(items: Sequence[Checked], stage: Stage, report: Report, today: date) -> bytes:
    """四性检测报告 as .xlsx. Its words are Chinese, as those of every list that is printed."""
    rows = [
        (
            item.code(stage),
            PROPERTIES[item.item.value.split("-")[1]],
            NAMES[item.item],
            item.object,
            _BASIS,
            OUTCOMES[item.outcome],
            item.words,
        )
        for item in items
    ]
    title = f"电子档案四性检测报告（{STAGES[stage][1]}）"
    remark = f"检测日期：{today.isoformat()}。{report.summary()}归档检测：{at_filing(report)}。"
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
