"""The checklist of an office (迎检清单): gathered from the register, and written as table, workbook and PDF.

What is missing is decided in ``retrieval.completeness``; here its papers are fetched and its answer is put into words.
The list is itself an office's paper: its words are Chinese whatever the language of the terminal, as those of the
decisions are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.core.archival import called, catalogue_order
from pipeline.core.calendar import written
from pipeline.core.messages import _
from pipeline.core.values import FiledRecord, Organisation, Value
from pipeline.duties import duties_of
from pipeline.office import Office
from pipeline.printouts import print_out
from pipeline.retrieval.completeness import Case, Checklist, Entry, Section, State, checklist
from pipeline.sheets import Listing, listing_workbook

_SURVEYS = ("unit-survey", "unit-checkin")
_CELLS = ("first", "second", "third", "fourth", "fifth")


def checklist_of(office: Office, organisation: Organisation, year: int) -> Checklist:
    """What should exist for this organisation and year, and what is there."""
    organisations = office.settings.organisations
    above = next((one for one in organisations if one.code == organisation.above), None)
    records = sorted(_records(office, year), key=lambda one: (one.paper.date, catalogue_order(one.paper)))
    case = Case(organisation, below(organisation, organisations), above, year, records, office.now().date())
    found = checklist(case, duties_of(office, year))
    return replace(found, destroyed=_destroyed(office, {organisation.name, *(one.name for one in case.below)}, year))


def _destroyed(office: Office, organs: Set[str], year: int) -> int:
    gone = office.register.destroyed()
    if not gone:
        return 0
    papers = (paper for paper in office.register.papers() if paper.paper in gone)
    return sum(paper.year == year and paper.organisation in organs for paper in papers)


def below(organisation: Organisation, organisations: Sequence[Organisation]) -> tuple[Organisation, ...]:
    """Those under an organisation, and those under them, in the order of gongwen.toml."""
    codes = {organisation.code}
    while more := {one.code for one in organisations if one.above in codes} - codes:
        codes |= more
    return tuple(one for one in organisations if one.code in codes - {organisation.code})


def _records(office: Office, year: int) -> Iterator[FiledRecord]:
    """The papers of the year and of the next, and every survey of units before."""
    yield from office.register.filed_records(year=year)
    yield from office.register.filed_records(year=year + 1)
    for kind in _SURVEYS:
        yield from (one for one in office.register.filed_records(kind=kind) if one.paper.year < year)


def state_name(state: State) -> str:
    """A state in words."""
    return {
        State.THERE: "有",
        State.MISSING: "缺",
        State.LATE: "迟",
        State.DISORDERED: "次序不符",
        State.PENDING: "未到期",
    }[state]


def gap_lines(found: Checklist) -> list[tuple[str, str, str, str]]:
    """What is wrong, a line for each subject and reason: subject, papers, what about them, by which rule."""
    lines: dict[tuple[str, State, str, str], list[str]] = {}
    for gap in found.gaps:
        lines.setdefault((gap.subject, gap.state, gap.remark, gap.source.cited), []).append(gap.paper)
    return [
        (
            subject,
            "、".join(papers),
            f"{state_name(state)}：{remark}" if remark else state_name(state),
            source,
        )
        for (subject, state, remark, source), papers in lines.items()
    ]


def as_workbook(found: Checklist, archive: Path, folder: Path) -> bytes:
    """The list as .xlsx: first what is wrong, then every paper with a link; ``folder`` is where it will lie."""
    rows, links = [], {}
    for place, (section, entry) in enumerate(_all(found)):
        paper = entry.filed
        rows.append(
            (
                section.title,
                entry.subject,
                entry.paper,
                state_name(entry.state),
                called(paper) if paper else "",
                paper.date if paper else "",
                "打开" if paper else "",
                entry.remark,
                entry.source.cited,
            )
        )
        if paper:
            links[place, 6] = os.path.relpath(archive / paper.files["pdf"].path, folder).replace(os.sep, "/")
    gaps = [(number, *line) for number, line in enumerate(gap_lines(found), start=1)]
    title = f"{found.organisation.name}{found.year}年迎检清单"
    return listing_workbook(
        (
            Listing(
                "需要补正",
                ("序号", "事项", "文件", "情况", "依据"),
                (6, 40, 24, 44, 40),
                gaps,
                title,
                summary(found),
            ),
            Listing(
                "逐项",
                (
                    "规定",
                    "事项",
                    "文件",
                    "情况",
                    "文号或档号",
                    "日期",
                    "打开文件",
                    "说明",
                    "依据",
                ),
                (16, 40, 16, 10, 30, 16, 10, 40, 40),
                rows,
                links=links,
            ),
        )
    )


def as_pdf(found: Checklist, office: Office, today: date) -> bytes:
    """The list as PDF/A, printed from ``printouts/checklist``."""
    counts = {state: sum(entry.state is state for entry in found.entries) for state in State}
    head: dict[str, Value] = {
        "list_no": str(found.year),
        "organisation": found.organisation.name,
        "year": found.year,
        "wanted": len(found.wanted),
        "there": counts[State.THERE],
        "missing": counts[State.MISSING],
        "late": counts[State.LATE],
        "disordered": counts[State.DISORDERED],
        "destroyed": found.destroyed,
        "date": today,
    }
    gaps = [dict(zip(("subject", "papers", "remark", "source"), line, strict=True)) for line in gap_lines(found)]
    sections: list[Mapping[str, Value]] = [
        {
            "name": section.title,
            "source": section.source.cited,
            "columns": len(section.papers),
            **dict(zip(_CELLS, section.papers, strict=False)),
        }
        for section in found.sections
    ]
    rows = [row for section in found.sections for row in _rows(section, found.year)]
    return print_out(office, "checklist", found.organisation, head, gaps=gaps, sections=sections, rows=rows)


def summary(found: Checklist) -> str:
    """How it stands, in one sentence."""
    gaps, wanted = len(found.gaps), len(found.wanted)
    told = _("应有文件 {wanted} 件，齐全 {there} 件").format(wanted=wanted, there=wanted - gaps)
    if found.destroyed:
        told += _("，另有 {count} 件保管期满已经销毁，缺的可能在其中").format(count=found.destroyed)
    return told + (_("，要补正 {gaps} 件").format(gaps=gaps) if gaps else _("，没有要补正的"))


def as_json(found: Checklist) -> Mapping[str, object]:
    """The list for a program."""
    return {
        "organisation": found.organisation.name,
        "year": found.year,
        "complete": not found.gaps,
        "entries": [
            {
                "section": section.id,
                "subject": entry.subject,
                "paper": entry.paper,
                "state": entry.state.value,
                "number": entry.filed.number if entry.filed else None,
                "archival_code": entry.filed.archival_code if entry.filed else None,
                "date": entry.filed.date.isoformat() if entry.filed else None,
                "file": entry.filed.files["pdf"].path if entry.filed else None,
                "remark": entry.remark,
                "source": {
                    "document": entry.source.source,
                    "clause": entry.source.clause,
                    "text": entry.source.text,
                },
            }
            for section, entry in _all(found)
        ],
    }


def _all(found: Checklist) -> Iterator[tuple[Section, Entry]]:
    for section in found.sections:
        yield from ((section, entry) for entry in section.entries)


def _rows(section: Section, year: int) -> Iterator[Mapping[str, str]]:
    """A row for each subject, with the number and date of each of its papers, or what is wrong with it."""
    subjects = dict.fromkeys(entry.subject for entry in section.entries)
    for subject in subjects:
        found = {entry.paper: _cell(entry, year) for entry in section.entries if entry.subject == subject}
        cells = dict(zip(_CELLS, (found.get(paper, "") for paper in section.papers), strict=False))
        yield {"section": section.title, "subject": subject, **cells}


def _cell(entry: Entry, year: int) -> str:
    paper = entry.filed
    if paper is None:
        return state_name(entry.state)
    day = written(paper.date) if paper.date.year != year else written(paper.date).partition("年")[2]
    wrong = "" if entry.state is State.THERE else f"（{state_name(entry.state)}）"
    return "\n".join(filter(None, (paper.number, f"{day}{wrong}")))
