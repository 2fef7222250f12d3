"""What the rules that hold in an office ask for in a year, as the checklist knows it."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.core.policy import Rule
from pipeline.office import Office
from pipeline.policies import due
from pipeline.retrieval.completeness import Duties


def duties_of(office: Office, year: int) -> Duties:
    """The duties of a year. Raises ``ConfigurationError`` for a policy that cannot be read."""

    def notice_by(rule: Rule, held: date) -> date:
        """So many days before the meeting, or so many working days."""
        days = rule.number("days")
        return held - timedelta(days) if days else office.working_days.before(held, rule.number("working_days"))

    return Duties(office.rules, due(office.rules, year), notice_by)
