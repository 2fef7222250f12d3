"""The yearly report (年度工作报告): its figures, the workbook behind it, and the paper.

The workbook is one of the kind ``yearly-report``: dropped into the inbox it is checked, printed and filed like anything
a secretary sends in. So there is one way to a filed report, and the figures lie in the archive as its 来稿. Its words
are Chinese whatever the language of the terminal.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.completeness import below
from pipeline.core.archival import called
from pipeline.core.kind import Kind, Table
from pipeline.core.values import FiledRecord, Organisation, Value
from pipeline.office import Office
from pipeline.printouts import print_unfiled
from pipeline.retrieval.counted import APPOINTMENT, Counted, Measure, counted
from pipeline.retrieval.figures import QUARTERS, Figures, figures
from pipeline.sheets import ListedValue, Listing, listing_workbook

KIND = "yearly-report"


@dataclass(frozen=True, slots=True)
class Yearly:
    """The figures of an organisation and a year, and everything that was counted for them."""

    organisation: Organisation
    year: int
    date: date
    counted: tuple[Counted, ...]
    figures: tuple[Figures, ...]

    @property
    def papers(self) -> int:
        """How many filed papers the figures come from."""
        return len({one.paper.paper for one in self.counted})

    def total(self, measure: Measure) -> int:
        """The sum of a measure over all organisations and quarters."""
        return sum(one.of(measure) for one in self.figures)


def yearly_of(office: Office, organisation: Organisation, year: int, today: date) -> Yearly:
    """The figures of an organisation with all below it; of the whole office where it is the office's issuer."""
    organisations = office.settings.organisations
    if organisation == office.settings.issuer:
        covered: tuple[Organisation, ...] = organisations
    else:
        covered = (organisation, *below(organisation, organisations))
    found = counted(_records(office, year), covered, year)
    organs = _reporting(covered, {one.organ for one in found})
    return Yearly(organisation, year, min(date(year, 12, 31), today), found, figures(found, organs))


def _reporting(covered: Sequence[Organisation], active: set[str]) -> list[str]:
    """The short names of those who stand in the report: whoever has figures, and every one that nobody belongs under.

    A street without figures of its own is left out beside its communities; a community without any stays, with noughts.
    """
    above = {one.above for one in covered}
    return [one.short_name for one in covered if one.short_name in active or one.code not in above]


def _records(office: Office, year: int) -> list[FiledRecord]:
    """The papers of the year, and the appointments of the years before."""
    earlier = [one for one in office.register.filed_records(kind=APPOINTMENT) if one.paper.year < year]
    return [*earlier, *office.register.filed_records(year=year)]


def head_of(yearly: Yearly) -> Mapping[str, Value]:
    """The head row of the kind ``yearly-report``."""
    return {
        "report_no": str(yearly.year),
        "organisation": yearly.organisation.name,
        "year": yearly.year,
        "papers": yearly.papers,
        "date": yearly.date,
    }


def rows_of(yearly: Yearly) -> list[Mapping[str, Value]]:
    """The rows of its table ``figures``."""
    return [
        {
            "report_no": str(yearly.year),
            "organ": one.organ,
            "period": QUARTERS[one.quarter - 1],
            **{measure.value: one.of(measure) for measure in Measure},
        }
        for one in yearly.figures
    ]


def as_pdf(yearly: Yearly, office: Office) -> bytes:
    """The paper, printed but not filed."""
    kind = office.kinds.get(KIND)
    return print_unfiled(office, kind, yearly.organisation, head_of(yearly), figures=rows_of(yearly))


def as_workbook(yearly: Yearly, kind: Kind, archive: Path, folder: Path) -> bytes:
    """The workbook behind the report: the two tables of its kind, and what was counted one by one, with its papers.

    ``folder`` is where it will lie, for the links.
    """
    evidence = [
        (
            measure_name(one.measure),
            one.organ,
            one.day,
            one.what,
            called(one.paper),
            "打开",
        )
        for one in yearly.counted
    ]
    links = {
        (place, 5): os.path.relpath(archive / one.paper.files["pdf"].path, folder).replace(os.sep, "/")
        for place, one in enumerate(yearly.counted)
    }
    headings = ("统计项目", "归入", "发生日期", "内容", "出自", "原件")
    return listing_workbook(
        (
            _table(kind.head, [head_of(yearly)]),
            _table(kind.details[0], rows_of(yearly)),
            Listing("依据", headings, (22, 18, 18, 44, 30, 10), evidence, links=links),
        )
    )


def measure_name(measure: Measure) -> str:
    """A measure in words."""
    return {
        Measure.APPOINTED: "选聘兼职委员",
        Measure.ATTENDED: "参加联席会议",
        Measure.SOLVED: "解决问题",
        Measure.HELD: "开展共建活动",
    }[measure]


def as_json(yearly: Yearly) -> Mapping[str, object]:
    """The figures for a program."""
    return {
        "organisation": yearly.organisation.name,
        "year": yearly.year,
        "papers": yearly.papers,
        "totals": {measure.value: yearly.total(measure) for measure in Measure},
        "figures": [
            {"organ": one.organ, "quarter": one.quarter, **{measure.value: one.of(measure) for measure in Measure}}
            for one in yearly.figures
        ],
    }


def _table(table: Table, rows: Sequence[Mapping[str, Value]]) -> Listing:
    """The rows under the headings of the kind's table, so that the workbook can be dropped into the inbox."""
    fields = [field for field in table.fields if field.required]
    return Listing(
        table.sheets[0],
        [field.heading for field in fields],
        [24.0 if field.type.value == "org" else 16.0 for field in fields],
        [[_listed(row[field.id]) for field in fields] for row in rows],
    )


def _listed(value: Value) -> ListedValue:
    return value if isinstance(value, str | int | date) else str(value)
