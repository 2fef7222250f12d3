"""Who is a part-time member (兼职委员) where, since when and until when: read from what is filed.

Nobody keeps a list of members by hand. Every 聘书 begins a term, a release (退出) ends it, and a person appointed to
the same community again goes on. So the members are a function of the papers, and a paper found wanting corrects them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.core.values import FiledRecord, Value

APPOINTMENT, RELEASE = "appointment", "release"

MEMBER_KINDS = (APPOINTMENT, RELEASE)
"""The kinds whose papers say who is a member."""

_GAP = timedelta(days=92)
"""A term that begins within a quarter of the end of the one before goes on with it (连任): a committee is not elected
on the day the old one ends."""


@dataclass(frozen=True, slots=True)
class Member:
    """One term of a person in an organisation (by full name), both days counted. ``number`` is that of the 聘书.

    ``in_a_row_since`` is the first day of the first of the terms that run on without a gap, ``terms`` how many they
    are; ``released`` says how it ended before its time, "" if it did not.
    """

    person: str
    organisation: str
    unit: str
    post: str
    community_post: str
    since: date
    until: date
    number: str
    in_a_row_since: date
    terms: int = 1
    released: str = ""

    def is_in_office(self, day: date) -> bool:
        """Whether the term runs on that day."""
        return self.since <= day <= self.until


def members(records: Iterable[FiledRecord]) -> tuple[Member, ...]:
    """Every term that papers tell of, in the order of their beginnings; the papers may come in any order."""
    terms: list[Member] = []
    ends: list[FiledRecord] = []
    for record in records:
        if record.paper.kind == APPOINTMENT:
            term = _term(record)
            if term is not None:
                terms.append(term)
        elif record.paper.kind == RELEASE:
            ends.append(record)
    terms.sort(key=lambda term: (term.since, term.organisation, term.person))
    for end in sorted(ends, key=lambda record: record.paper.date):
        terms = [_ended(term, end) for term in terms]
    return tuple(_joined(terms))


def in_office(
    terms: Iterable[Member], today: date, *, organisation: str = "", ending: int | None = None
) -> tuple[Member, ...]:
    """The terms that run today, the one that ends first in front; of one organisation (full name) where named.

    ``ending`` leaves only those of which the last day is at most so many months away.
    """
    last = date.max if ending is None else _months_after(today, ending)
    serving = (one for one in terms if one.is_in_office(today) and one.until <= last)
    mine = (one for one in serving if not organisation or one.organisation == organisation)
    return tuple(sorted(mine, key=lambda one: (one.until, one.organisation, one.person)))


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def community_of(head: Mapping[str, Value], organisation: str) -> str:
    """Whose member a paper speaks of: the community it names, else the organisation that issued it."""
    return text(head, "community") or organisation


def text(values: Mapping[str, Value], field: str) -> str:
    """A value as text, "" where it is empty."""
    return str(values.get(field) or "")


def day(values: Mapping[str, Value], field: str) -> date | None:
    """A value that is a day, else None."""
    value = values.get(field)
    return value if isinstance(value, date) else None


def _term(record: FiledRecord) -> Member | None:
    head = record.head
    since, until = day(head, "term_from"), day(head, "term_to")
    if since is None or until is None:
        return None
    return Member(
        person=text(head, "person"),
        organisation=community_of(head, record.paper.organisation),
        unit=text(head, "unit"),
        post=text(head, "post"),
        community_post=text(head, "community_post"),
        since=since,
        until=until,
        number=record.paper.number,
        in_a_row_since=since,
    )


def _ended(term: Member, release: FiledRecord) -> Member:
    """The term as a release leaves it; unchanged when the release is not of it."""
    last = day(release.head, "effective_on") or release.paper.date
    where = community_of(release.head, release.paper.organisation)
    is_this = term.person == text(release.head, "person") and term.organisation == where
    if not is_this or not term.is_in_office(last):
        return term
    return replace(term, until=last, released=text(release.head, "reason"))


def _joined(terms: Iterable[Member]) -> Iterator[Member]:
    """The terms, each knowing since when its person has been a member there without a gap."""
    before: dict[tuple[str, str], Member] = {}
    for term in terms:
        key = (term.person, term.organisation)
        last = before.get(key)
        if last is not None and not last.released and term.since - last.until <= _GAP:
            term = replace(term, in_a_row_since=last.in_a_row_since, terms=last.terms + 1)
        before[key] = term
        yield term
