"""The lists that go with a hand-over: 移交登记表 (after GB/T 18894-2016 table A.1) and 移交清单, one workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.cataloguing import COLUMNS, volumes
from pipeline.core.retention import RETENTIONS
from pipeline.core.values import FiledPaper
from pipeline.handover.checks import Check
from pipeline.sheets import Listing, listing_workbook
from pipeline.sheets.listing import ListedValue

NAME = "移交登记表和清单.xlsx"

_WIDTHS = (6, 30, 24, 32, 48, 11, 7, 7, 14)


@dataclass(frozen=True, slots=True)
class Handed:
    """What the form says. ``size`` in bytes and ``files`` count the papers' own files, not the lists and pages made for
    the set; ``to`` is "" for a plain copy."""

    office: str
    fonds: str
    to: str
    by: str
    form: str
    at: datetime
    files: int
    size: int
    checks: Sequence[Check]


def lists_of(papers: Sequence[FiledPaper], handed: Handed) -> bytes:
    """The workbook: the form on the first sheet, the papers on the second."""
    return listing_workbook([_form(papers, handed), _list(papers, handed)])


def _form(papers: Sequence[FiledPaper], handed: Handed) -> Listing:
    title = "电子档案移交登记表" if handed.to else "电子档案复制登记表"
    years = sorted({paper.year for paper in papers})
    rows: list[tuple[str, str | int]] = [
        ("移交单位", handed.office),
        ("接收单位", handed.to),
        ("全宗号", handed.fonds),
        ("档案门类", "文书档案（WS）"),
        ("年度", "、".join(map(str, years))),
        ("保管期限", _periods(papers)),
        ("总件数", len(papers)),
        ("总文件数", handed.files),
        ("总字节数", handed.size),
        ("移交形式", handed.form),
        ("制作时间", f"{handed.at:%Y-%m-%d %H:%M}"),
        *((f"检验：{check.item}", f"{check.result}　{check.found}") for check in handed.checks),
        ("移交经手人", handed.by),
        ("移交人（签名）、日期", ""),
        ("移交单位（印章）", ""),
        ("接收单位检验意见", ""),
        ("接收人（签名）、日期", ""),
        ("接收单位（印章）", ""),
    ]
    return Listing(sheet="登记表", title=title, headings=("项目", "内容"), widths=(26, 70), rows=rows)


def _list(papers: Sequence[FiledPaper], handed: Handed) -> Listing:
    entries = [entry for volume in volumes(papers) for entry in volume.entries]
    rows: list[list[ListedValue]] = [[place, *entry.texts()[1:]] for place, entry in enumerate(entries, start=1)]
    remark = f"全宗号：{handed.fonds}　共 {len(papers)} 件，{handed.files} 个文件，{handed.size} 字节"
    return Listing(sheet="清单", title="移交清单", remark=remark, headings=COLUMNS, widths=_WIDTHS, rows=rows)


def _periods(papers: Iterable[FiledPaper]) -> str:
    found = {paper.retention for paper in papers}
    return "、".join(words for period, words in RETENTIONS.items() if period in found)
