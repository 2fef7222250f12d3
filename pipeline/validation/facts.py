"""What the judge must know of the office; the register and the settings fit it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from pipeline.core.findings import Finding
from pipeline.core.values import FiledPaper, Organisation, Record


class Facts(Protocol):
    """The office as it stands now. ``issuer`` owns papers of kinds that name no organisation."""

    @property
    def organisations(self) -> Sequence[Organisation]: ...

    @property
    def issuer(self) -> Organisation: ...

    @property
    def today(self) -> date: ...

    def by_identities(self, identities: Sequence[str]) -> Mapping[str, FiledPaper]:
        """The valid papers with these natural keys (``Record.identity``), as far as they are filed."""
        ...

    def policy_findings(self, records: Sequence[Record]) -> tuple[Finding, ...]:
        """What the rules of the source documents say of these new papers of one workbook."""
        ...

    def number_findings(self, records: Sequence[Record]) -> tuple[Finding, ...]:
        """What is to say of the numbers that the sender gave these papers of one workbook; the ledger's to judge."""
        ...
