"""Rules of appointment and of leaving: the order of the steps, the term, the three ways out, whose archive.

Each is a function of a rule, a paper and its circumstances; it yields a finding for each breach and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from pipeline.core.calendar import written
from pipeline.core.filed import JOINT_ORGANS
from pipeline.core.findings import Finding, Severity
from pipeline.core.messages import _
from pipeline.core.policy import Rule
from pipeline.core.values import Record, Row
from pipeline.policies.circumstances import FORM, REPLY, Circumstances, breach
from pipeline.policies.membership import MEMBER_KINDS, community_of, day, text

STEP_NAMES: Mapping[str, str] = {
    "recommended": "推荐",
    "screened": "初审",
    "elected": "推选",
    "appraised": "群众评议",
    "studied": "研究",
    "approved": "批复（审定）",
    "appointed": "聘任",
    "published": "公示",
    "reported": "备案",
    "unit_notice": "单位书面通报",
}

WAYS: Mapping[str, str] = {"解除聘任": "dismissed", "本人申请": "own_request"}
"""The way out that a 退出 paper names, as the policy's figures name it. A term that is over needs no step before it."""


_BEGINNING = {FORM, REPLY, *MEMBER_KINDS}
"""The kinds whose papers come before an office is held, or begin and end it."""


def people(record: Record) -> Iterator[Row]:
    """The rows that name the people of a paper: its head, or each detail row with a name."""
    if record.head.values.get("person"):
        yield record.head
    for rows in record.details.values():
        yield from (row for row in rows if row.values.get("person"))


# --------------------------------------------------------------------------- order of appointment


def order(rule: Rule, record: Record, around: Circumstances) -> Iterator[Finding]:
    """The days of the steps do not run backwards: in the paper, after the 登记表, after the 批复 it names."""
    values, steps = record.head.values, rule.steps.get(record.kind.id, ())
    known = [(step, field, at) for step, field in steps if isinstance(at := values.get(field), date)]
    days = [at for _step, _field, at in known]
    for place, (step, field, at) in enumerate(known if days != sorted(days) else ()):
        before = [(former, earlier) for former, _field, earlier in known[:place] if earlier > at]
        if before:
            yield _backwards(rule, record, field, step, *max(before, key=lambda one: one[1]))
    if record.kind.id == REPLY:
        yield from _after_forms(rule, record, around)
    elif REPLY in rule.policy.papers and values.get("refers_to"):
        yield from _after_reply(rule, record, around)


def _backwards(rule: Rule, record: Record, field: str, step: str, former: str, earlier: date) -> Finding:
    expected = _("不早于{former}日期（{date}）").format(former=_(STEP_NAMES[former]), date=written(earlier))
    hint = _("{step}应在{former}之后").format(step=_(STEP_NAMES[step]), former=_(STEP_NAMES[former]))
    return breach(rule, record, record.head, field, expected, hint)


def _after_forms(rule: Rule, record: Record, around: Circumstances) -> Iterator[Finding]:
    """A 批复 answers for people whose 登记表 was filled in before."""
    where = community_of(record.head.values, record.organisation.name)
    for row in people(record):
        on = around.forms.get((where, text(row.values, "person")))
        if on is not None and on > record.date:
            expected = _("登记表在批复之前填写（现在是{date}）").format(date=written(on))
            yield breach(rule, record, row, "person", expected)


def _after_reply(rule: Rule, record: Record, around: Circumstances) -> Iterator[Finding]:
    """A 聘书 or 备案报告 that names a 批复 of ours is dated after it, says its day, and names nobody else.

    A number among those of our own 批复 that none of them bears is doubtful: it may be one that is not filed yet.
    """
    wanted = text(record.head.values, "refers_to")
    reply = around.replies.get(wanted)
    if reply is None:
        if "〕" in wanted and any(number.startswith(wanted.partition("〕")[0]) for number in around.replies):
            hint = _("归档的批复里没有这个号，请核对批复文号；没有错就不用改")
            unknown = breach(rule, record, record.head, "refers_to", _("归档了的批复的文号"), hint)
            yield replace(unknown, severity=Severity.WARNING)
        return
    said = day(record.head.values, "approved_on")
    if said is not None and said != reply.paper.date:
        expected = _("{number}的日期（{date}）").format(number=wanted, date=written(reply.paper.date))
        yield breach(rule, record, record.head, "approved_on", expected)
    if record.date < reply.paper.date:
        expected = _("不早于{number}的日期（{date}）").format(number=wanted, date=written(reply.paper.date))
        yield breach(rule, record, record.head, record.kind.date_field, expected)
    approved = {text(row, "person") for row in reply.details.get("people", ())}
    for row in people(record):
        if approved and text(row.values, "person") not in approved:
            expected = _("{number}批复的人员").format(number=wanted)
            yield breach(rule, record, row, "person", expected, _("批复里没有这个人，请核对姓名和批复文号"))


# --------------------------------------------------------------------------- term


def term(rule: Rule, record: Record, around: Circumstances) -> Iterator[Finding]:
    """No term is longer than the years allowed; terms in a row are not longer than theirs."""
    years, in_a_row = rule.number("years"), rule.number("years_in_a_row")
    asked = record.head.values.get("term")
    if isinstance(asked, int) and asked > years:
        yield breach(rule, record, record.head, "term", _("最多 {years} 年").format(years=years))
    for row in chain((record.head,), *record.details.values()):
        since = day(row.values, "term_from")
        until = day(row.values, "term_to") if since else None
        if since is None or until is None:
            continue
        if until > years_after(since, years):
            last = written(years_after(since, years) - timedelta(1))
            expected = _("任期最多 {years} 年，到{date}").format(years=years, date=last)
            yield breach(rule, record, row, "term_to", expected)
        if in_a_row:
            yield from _too_long(rule, record, row, since, until, around)


def _too_long(
    rule: Rule, record: Record, row: Row, since: date, until: date, around: Circumstances
) -> Iterator[Finding]:
    """Everybody who would be a member for too many years in a row, if this term followed those that are filed."""
    years = rule.number("years_in_a_row")
    named = [row] if row.values.get("person") else list(people(record))
    where = community_of(record.head.values, record.organisation.name)
    for one in named:
        begun = _begun(text(one.values, "person"), where, since, around)
        if begun is not None and until > years_after(begun, years):
            expected = _("连任最多 {years} 年").format(years=years)
            hint = _("{person}从{date}起一直任职").format(person=one.values["person"], date=written(begun))
            yield breach(rule, record, row, "term_to", expected, hint)


def _begun(person: str, where: str, since: date, around: Circumstances) -> date | None:
    terms = around.terms.get(person, ())
    former = [one for one in terms if one.organisation == where and one.since < since and not one.released]
    if not former or since - former[-1].until > timedelta(days=92):
        return None
    return former[-1].in_a_row_since


def years_after(since: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return date(since.year + years, 3, 1)


# --------------------------------------------------------------------------- leaving, and whose archive


def way_out(rule: Rule, record: Record, _around: Circumstances) -> Iterator[Finding]:
    """A 退出 paper names the day of every step that its way out needs, none of them after the paper itself."""
    fields = rule.policy.papers.get(record.kind.id)
    if not fields:
        return
    reason = text(record.head.values, "reason")
    for step in rule.words(WAYS.get(reason, "")):
        field, name = fields[step], _(STEP_NAMES[step])
        at = day(record.head.values, field)
        if at is None:
            expected = _("填写{step}日期").format(step=name)
            yield breach(
                rule, record, record.head, field, expected, _("“{reason}”要先{step}").format(reason=reason, step=name)
            )
        elif at > record.date:
            expected = _("不晚于这份文件的日期（{date}）").format(date=written(record.date))
            yield breach(rule, record, record.head, field, expected)


def where_filed(rule: Rule, record: Record, around: Circumstances) -> Iterator[Finding]:
    """A paper about a member's work in office is filed with the organ in which he holds that office.

    A joint paper (联合行文) lies with the organ that leads; the others keep copies, so one of theirs needs no more.
    """
    if record.kind.id in _BEGINNING:
        return
    person, post = text(record.head.values, "person"), text(record.head.values, "community_post")
    if not person or not post:
        return
    where = community_of(record.head.values, record.organisation.name)
    offices = {one.organisation for one in around.terms.get(person, ()) if one.is_in_office(record.date)}
    others = {name.strip() for name in text(record.head.values, JOINT_ORGANS).splitlines()}
    if offices and where not in offices and not offices & others:
        expected = _("归入{organisation}").format(organisation=_("、").join(sorted(offices)))
        hint = _("{person}兼任职务的是这个组织").format(person=person)
        yield breach(rule, record, record.head, record.kind.organisation_field, expected, hint)
