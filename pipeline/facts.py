"""What a workbook is judged against: the office, its register and the rules that hold in it, as they stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.core.findings import Finding
from pipeline.core.policy import Rule
from pipeline.core.values import FiledPaper, FiledRecord, Organisation, Record
from pipeline.numbering import judge_given
from pipeline.office import Office
from pipeline.policies import Circumstances, WorkingDays, check
from pipeline.register import Register


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What a workbook is judged against (fits ``validation.Facts``)."""

    organisations: Sequence[Organisation]
    issuer: Organisation
    today: date
    register: Register
    rules: Sequence[Rule]
    calendar: WorkingDays

    @classmethod
    def of(cls, office: Office, arrived: Path) -> OfficeFacts:
        """The facts as they stand now, for a workbook that arrived at this path: whose folder it is, issues."""
        sender = office.sender(arrived.parent.name) if office.sender_of(arrived) else None
        issuer = sender or office.settings.issuer
        return cls(
            office.settings.organisations,
            issuer,
            office.now().date(),
            office.register,
            office.rules,
            office.working_days,
        )

    def by_identities(self, identities: Sequence[str]) -> Mapping[str, FiledPaper]:
        """The valid papers with these natural keys."""
        return self.register.by_identities(identities)

    def number_findings(self, records: Sequence[Record]) -> tuple[Finding, ...]:
        """What is to say of the numbers that the sender gave."""
        return judge_given(records, self.register)

    def policy_findings(self, records: Sequence[Record]) -> tuple[Finding, ...]:
        """What the rules that hold here say of new papers."""
        replaced = frozenset(record.replaces.paper for record in records if record.replaces is not None)
        return check(self.rules, records, Circumstances(Filed(self.register, replaced), self.calendar, self.today))


class Filed:
    """What is filed already, read once for a workbook (fits ``policies.History``); without the papers (ids) whose next
    version is just being judged."""

    def __init__(self, register: Register, replaced: frozenset[str] = frozenset()) -> None:
        self._register = register
        self._replaced = replaced
        self._read: dict[tuple[str, ...], Sequence[FiledRecord]] = {}

    def filed(self, *kinds: str) -> Sequence[FiledRecord]:
        """The valid papers of these kinds, oldest day first."""
        if kinds not in self._read:
            found = [record for kind in kinds for record in self._register.filed_records(kind)]
            left = (record for record in found if record.paper.paper not in self._replaced)
            self._read[kinds] = sorted(left, key=lambda record: record.paper.date)
        return self._read[kinds]
