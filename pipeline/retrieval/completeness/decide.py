"""The whole checklist: every rule looked at in the order in which an inspector asks."""

from __future__ import annotations

from pipeline.retrieval.completeness.meetings import meetings
from pipeline.retrieval.completeness.members import members
from pipeline.retrieval.completeness.model import Case, Checklist, Duties, Section
from pipeline.retrieval.completeness.steps import milestones, theme_days
from pipeline.retrieval.completeness.units import agreements, three_lists

_RULES = (meetings, theme_days, agreements, three_lists, members, milestones)


def checklist(case: Case, duties: Duties) -> Checklist:
    """What should exist for the case's organisation and year, with what is there and what is not. Pure."""
    sections: tuple[Section, ...] = tuple(section for rule in _RULES for section in rule(case, duties))
    return Checklist(case.organisation, case.year, sections)
