"""What the rules that hold in an office ask of a year, as the checklist knows it: figures, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from pipeline.core.policy import Rule
from pipeline.office import Office
from pipeline.policies import WorkingDays
from pipeline.retrieval.completeness import Duties, Source

_JOINT = "联席会"
"""The meetings that the checklist looks at: of the rules on notice, the one about these counts."""

_NOBODY = Source("", "", "")


def duties_of(office: Office) -> Duties:
    """The duties that follow from the rules. Raises ``ConfigurationError`` for a policy that cannot be read."""
    joint = _asking(office.rules, "joint_meeting_a_year")
    committee = _asking(office.rules, "area_committee_a_year")
    agreement = _asking(office.rules, "agreements_a_year")
    lists, order = _asking(office.rules, "lists"), _asking(office.rules, "steps")
    notice = next((rule for rule in office.rules if rule.policy.id == "meeting-notice" and _is_about_joint(rule)), None)
    by: Any = lists.option.figures["by"] if lists else {"month": 12, "day": 31}
    return Duties(
        joint_meetings=joint.number("joint_meeting_a_year") if joint else 0,
        joint_source=_source(joint),
        committee_meetings=committee.number("area_committee_a_year") if committee else 0,
        committee_source=_source(committee),
        notice_by=_notice_by(notice, office.working_days),
        notice_source=_source(notice),
        agreements=agreement is not None,
        agreement_source=_source(agreement),
        lists=lists.words("lists") if lists else (),
        lists_by=(by["month"], by["day"]),
        lists_source=_source(lists),
        steps=order.words("steps") if order else (),
        steps_source=_source(order),
    )


def _asking(rules: Sequence[Rule], figure: str) -> Rule | None:
    """The rule that has this figure; None where no rule that holds asks for it."""
    return next((rule for rule in rules if figure in rule.option.figures), None)


def _is_about_joint(rule: Rule) -> bool:
    return any(_JOINT in word for word in rule.words("meetings"))


def _source(rule: Rule | None) -> Source:
    return Source(rule.option.source, rule.option.clause, rule.option.text) if rule else _NOBODY


def _notice_by(rule: Rule | None, calendar: WorkingDays) -> Callable[[date], date]:
    """The last day to announce a meeting: so many days, or working days, before it; the day itself without a rule."""
    if rule is None:
        return lambda held: held
    if rule.number("days"):
        return lambda held: held - timedelta(days=rule.number("days"))
    return lambda held: calendar.before(held, rule.number("working_days"))
