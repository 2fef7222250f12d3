"""What the office's policies ask for, as the checklist knows it: figures and their sources, read from ``policies/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipeline.core.configuration import read_toml
from pipeline.office import Office, shipped
from pipeline.retrieval.completeness import Duties, Source


@dataclass(frozen=True, slots=True)
class _Option:
    """The option of a policy that holds: its source and its figures."""

    source: Source
    figures: Mapping[str, Any]


def duties_of(office: Office) -> Duties:
    """The duties that follow from the policies. Raises ``ConfigurationError`` for a policy that cannot be read."""
    frequency, notice = _option("meeting-frequency"), _option("meeting-notice")
    agreement, lists, order = _option("yearly-agreement"), _option("three-lists"), _option("appointment-order")
    by = lists.figures["by"]
    return Duties(
        joint_meetings=frequency.figures.get("joint_meeting_a_year", 0),
        joint_source=frequency.source,
        committee_meetings=frequency.figures.get("area_committee_a_year", 0),
        committee_source=frequency.source,
        notice_by=_notice_by(notice.figures),
        notice_source=notice.source,
        agreements=bool(agreement.figures.get("agreements_a_year")),
        agreement_source=agreement.source,
        lists=tuple(lists.figures["lists"]),
        lists_by=(by["month"], by["day"]),
        lists_source=lists.source,
        steps=tuple(order.figures["steps"]),
        steps_source=order.source,
    )


def _option(policy: str) -> _Option:
    chosen = read_toml(shipped("policies") / f"{policy}.toml")["option"][0]
    return _Option(Source(chosen["source"], chosen["clause"], chosen["text"]), chosen["figures"])


def _notice_by(figures: Mapping[str, Any]) -> Callable[[date], date]:
    """The last day to announce a meeting: so many days, or working days, before it."""
    return lambda held: held - timedelta(days=figures["days"])
