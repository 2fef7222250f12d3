"""What is known of people and units, held against a new paper: is this person a member, is this unit's name right.

No source document says these things; they are slips that the papers filed so far betray. So they warn, and never send
a workbook back: the office may have appointed people before it had this register.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.archival import called
from pipeline.core.calendar import written
from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.policy import Rule
from pipeline.core.values import Record, Row
from pipeline.policies.circumstances import AGREEMENT, Circumstances, breach, table_of
from pipeline.policies.membership import APPOINTMENT, RELEASE, community_of, day, text

TERM_OVER = "任期届满"
"""The way out that is told after the last day of the term."""


def membership(record: Record, around: Circumstances) -> Iterator[Finding]:
    """A release of somebody who is no member; an appointment of somebody who is in office somewhere."""
    person = text(record.head.values, "person")
    where = community_of(record.head.values, record.organisation.name)
    known = around.terms.get(person, ())
    if record.kind.id == RELEASE:
        last = day(record.head.values, "effective_on") or record.date
        is_over = text(record.head.values, "reason") == TERM_OVER
        mine = [one for one in known if one.organisation == where and one.since <= last]
        if not any(is_over or one.is_in_office(last) for one in mine):
            yield _warned(
                record, "person", _("{where}的现任兼职委员").format(where=where), _("登记簿里没有他这一天在任的聘书")
            )
    elif record.kind.id == APPOINTMENT:
        since = day(record.head.values, "term_from") or record.date
        for one in known:
            if one.is_in_office(since):
                hint = _("{person}在{where}的任期到{date}（{number}），请核对；同名的人不用改").format(
                    person=person, where=one.organisation, date=written(one.until), number=one.number
                )
                yield _warned(record, "person", "", hint)


def units(record: Record, around: Circumstances) -> Iterator[Finding]:
    """A unit whose name is nearly that of a known one."""
    for row in _rows(record):
        name = text(row.values, "unit")
        near = around.units[name] if name else ""
        if near and name not in near and near not in name:  # a shortened name is no misspelt one
            hint = _("是不是“{name}”？确实是另一个单位就不用改").format(name=near)
            yield finding(
                Code.RULE,
                row,
                table_of(record, row).field("unit"),
                expected=_("与以前的写法一致"),
                hint=hint,
                severity=Severity.WARNING,
            )


def agreement(rule: Rule, record: Record, around: Circumstances) -> Iterator[Finding]:
    """One agreement a year with each unit, under whatever name of its Party organisation."""
    if record.kind.id != AGREEMENT:
        return
    head = record.head.values
    key = (text(head, "unit"), text(head, "year"), record.organisation.name)
    for one in around.agreed.get(key, ()):
        hint = _("与这个单位今年已经签过：{number}").format(number=called(one.paper))
        yield breach(rule, record, record.head, "unit", _("每年与每个单位签一份"), hint)
    for other in around.agreed_here.get(key, ()):
        if other is not record:
            hint = _("与第{row}行是同一个单位、同一年").format(row=other.head.row)
            yield breach(rule, record, record.head, "unit", _("每年与每个单位签一份"), hint)


def _rows(record: Record) -> Iterator[Row]:
    yield record.head
    for rows in record.details.values():
        yield from rows


def _warned(record: Record, field: str, expected: str, hint: str) -> Finding:
    place = record.kind.head.field(field)
    return finding(Code.RULE, record.head, place, expected=expected, hint=hint, severity=Severity.WARNING)
