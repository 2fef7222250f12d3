"""Agreements with every resident unit (驻区单位), and the three lists of needs, resources and projects.

Which units there are, the newest survey (驻区单位摸排登记表) of each community says, and after it the check-ins; only a
unit with a Party organisation of its own can sign. Where nobody has looked the units over, that itself is what is
missing: an empty list of units must not look like a complete set of agreements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.core.calendar import written
from pipeline.core.text import collapsed
from pipeline.core.values import FiledRecord, Value
from pipeline.retrieval.completeness.model import Case, Due, Duties, Entry, Section, State, community, text

_SURVEY, _CHECK_IN, _AGREEMENT, _LISTS, _PUBLICATION = (
    "unit-survey",
    "unit-checkin",
    "agreement",
    "lists",
    "publication",
)
_Unit = tuple[str, str]
"""The community's full name, and the unit's Party organisation."""


def agreements(case: Case, duties: Duties) -> Iterator[Section]:
    """The section of the agreements (共驻共建协议书); none where no policy asks for them."""
    rule = duties.having("agreements_a_year")
    if rule is None:
        return
    source = rule.option
    papers = ("共驻共建协议书", "协议公示")
    entries: list[Entry] = []
    for name in case.communities:
        units = _units(case, name)
        if not any(community(one) == name for one in case.of(_SURVEY, _CHECK_IN)):
            remark = "没有驻区单位摸排登记表或报到登记表，不知道应与哪些单位签订协议"
            entries.append(Entry(case.short(name), papers[0], State.MISSING, source, remark=remark))
        for unit in units:
            subject = f"{unit}（{case.short(name)}）"
            signed = _agreement(case, name, unit)
            shown = _publication(case, name, unit, signed)
            for paper, record in zip(papers, (signed, shown), strict=True):
                state = State.THERE if record else State.MISSING
                entries.append(Entry(subject, paper, state, source, record.paper if record else None))
    yield Section("agreements", "共驻共建协议", source, papers, tuple(entries))


def three_lists(case: Case, duties: Duties) -> Iterator[Section]:
    """The section of the three lists (三个清单) and their publication; none where no policy asks for them."""
    due = duties.of("lists")
    if not due:
        return
    source = due[0].rule.option
    papers = (*(one.what for one in due), "清单公示")
    entries: list[Entry] = []
    for name in case.communities:
        made = [one for one in case.of(_LISTS) if community(one) == name and one.head.get("year") == case.year]
        shown = [one for one in case.of(_PUBLICATION) if community(one) == name and one.paper.year == case.year]
        shown = [one for one in shown if one.details.get("items")]
        for one in due:
            first = next((lists for lists in made if _has(lists, one.what)), None)
            entries.append(_listed(case, name, one, first))
        entries.append(
            Entry(case.short(name), papers[-1], State.THERE, source, shown[0].paper)
            if shown
            else Entry(case.short(name), papers[-1], case.without(due[-1]), source)
        )
    yield Section("lists", "三个清单", source, papers, tuple(entries))


def _listed(case: Case, name: str, due: Due, made: FiledRecord | None) -> Entry:
    subject, source = case.short(name), due.rule.option
    if made is None:
        return Entry(subject, due.what, case.without(due), source)
    if made.paper.date > due.by:
        remark = f"{written(made.paper.date)}才编制，年初应当不晚于{written(due.by)}"
        return Entry(subject, due.what, State.LATE, source, made.paper, remark)
    return Entry(subject, due.what, State.THERE, source, made.paper)


_TABLES: Mapping[str, str] = {"需求清单": "needs", "资源清单": "resources", "项目清单": "projects"}


def _has(lists: FiledRecord, name: str) -> bool:
    return bool(lists.details.get(_TABLES.get(name, "")))


def _units(case: Case, name: str) -> tuple[str, ...]:
    """The Party organisations of the resident units of a community, as the papers up to the year's end know them.

    A unit that signed this year is one too, looked over or not.
    """
    known = [one for one in case.of(_SURVEY, _CHECK_IN) if community(one) == name and one.paper.year <= case.year]
    surveys = [one for one in known if one.paper.kind == _SURVEY]
    rows: list[Mapping[str, Value]] = list(surveys[-1].details.get("units", ())) if surveys else []
    since = surveys[-1].paper.date if surveys else date.min
    rows += [one.head for one in known if one.paper.kind == _CHECK_IN and one.paper.date >= since]
    rows += [one.head for one in case.of(_AGREEMENT) if community(one) == name and one.head.get("year") == case.year]
    return tuple(dict.fromkeys(str(row["unit_party"]) for row in rows if row.get("unit_party")))


def _agreement(case: Case, name: str, unit: str) -> FiledRecord | None:
    for record in case.of(_AGREEMENT):
        ours = community(record) == name and record.head.get("year") == case.year
        if ours and collapsed(text(record, "unit_party")) == collapsed(unit):
            return record
    return None


def _publication(case: Case, name: str, unit: str, signed: FiledRecord | None) -> FiledRecord | None:
    """The publication that lists the agreement with a unit."""
    for record in case.of(_PUBLICATION):
        rows = record.details.get("agreements", ())
        listed = any(collapsed(str(row.get("unit_party") or row.get("unit") or "")) == collapsed(unit) for row in rows)
        numbered = signed is not None and signed.paper.number and signed.paper.number in text(record, "refers_to")
        if community(record) == name and record.paper.year >= case.year and (listed or numbered):
            return record
    return None
