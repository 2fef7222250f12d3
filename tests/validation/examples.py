"""Drafts built by hand from plain values, and an office that knows what it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from pipeline.core.digests import contents
from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Kind, Numbering, RuleUse
from pipeline.core.values import Batch, ClaimedFile, Draft, FiledPaper, Organisation, Record, Row, Value
from pipeline.sheets.addresses import address
from pipeline.validation import judge
from tests.sheets.examples import ORGANISATIONS, meeting, roster

CLAIMED = ClaimedFile("s1", Path("x.xlsx"), "x.xlsx", "0" * 64, Path("inbox/x.xlsx"), datetime(2020, 5, 1))
TAOYUAN = ORGANISATIONS[1]

MEMBER: Mapping[str, Value] = {
    "organisation": "桃园社区",
    "name": "刘珺",
    "sex": "女",
    "birth": date(1978, 3, 1),
    "date": date(2020, 4, 16),
    "id_card": "61020219780315998X",
    "phone": "13900000001",
    "career": "1999年参加工作。",
    "opinion": None,
    "opinion_on": None,
    "health": "健康",
    "photo": None,
}
MEETING: Mapping[str, Value] = {
    "no": "01",
    "organisation": "桃园社区",
    "title": "联席会议",
    "held_on": date(2020, 4, 16),
    "fee": None,
}
PERSON: Mapping[str, Value] = {"sequence": 1, "no": "01", "person": "刘珺", "unit": "第一小学"}
TOPIC: Mapping[str, Value] = {"no": "01", "topic": "照明", "ballots": 9, "votes_for": 8, "votes_against": 1}


@dataclass
class Office:
    """Facts of an office; ``papers`` are those filed, ``numbers`` what the ledger says of a given number."""

    papers: Sequence[FiledPaper] = ()
    organisations: Sequence[Organisation] = ORGANISATIONS
    issuer: Organisation = ORGANISATIONS[0]
    today: date = date(2020, 5, 1)
    numbers: Mapping[str, Severity] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    breaches: tuple[Finding, ...] = ()

    def by_identities(self, identities: Sequence[str]) -> Mapping[str, FiledPaper]:
        return {paper.identity: paper for paper in self.papers if paper.identity in identities}

    def policy_findings(self, records: Sequence[Record]) -> tuple[Finding, ...]:
        return self.breaches if records else ()

    def number_findings(self, records: Sequence[Record]) -> tuple[Finding, ...]:
        self.asked.append(tuple(record.given_number for record in records))
        return tuple(
            Finding(
                Code.NUMBER_TAKEN,
                record.head.sheet,
                f"H{record.head.row}",
                severity=self.numbers[record.given_number],
            )
            for record in records
            if record.given_number in self.numbers
        )


def rows(kind: Kind, table: str, *values: Mapping[str, Value]) -> tuple[Row, ...]:
    """Rows from row 2 on, each field in the column of its place in the table."""
    fields = next(candidate for candidate in kind.tables if candidate.id == table).fields
    return tuple(
        Row(table, number, row, {field.id: address(number, column) for column, field in enumerate(fields, start=1)})
        for number, row in enumerate(values, start=2)
    )


def members(*values: Mapping[str, Value], kind: Kind | None = None) -> Draft:
    """A draft of the roster kind; each row is ``MEMBER`` but for the given values."""
    kind = kind or roster()
    return Draft(kind, {"member": rows(kind, "member", *({**MEMBER, **row} for row in values))})


def meetings(
    heads: Sequence[Mapping[str, Value]] = (MEETING,),
    people: Sequence[Mapping[str, Value]] = (PERSON,),
    topics: Sequence[Mapping[str, Value]] = (TOPIC,),
    kind: Kind | None = None,
) -> Draft:
    """A draft of the meeting kind."""
    kind = kind or meeting()
    return Draft(
        kind,
        {
            "meeting": rows(kind, "meeting", *heads),
            "people": rows(kind, "people", *people),
            "topics": rows(kind, "topics", *topics),
        },
    )


def ruled(kind: Kind, rule: str, **arguments: object) -> Kind:
    """The kind with one rule."""
    return replace(kind, rules=(RuleUse(rule, arguments),))


def numbered(kind: Kind) -> Kind:
    """The roster kind with a number that the sender may give in the field 工作简历."""
    return replace(kind, numbering=Numbering("{code}", "{code}〔{year}〕{n}号", "career"))


def batch_of(draft: Draft, office: Office | None = None) -> Batch:
    """The batch of a draft without errors."""
    batch, findings = judge(draft, CLAIMED, office or Office())
    assert batch is not None, [finding.sentence() for finding in findings]
    return batch


def filed(draft: Draft, **changes: object) -> FiledPaper:
    """The first paper of a draft, as the register knows it once it is filed."""
    record = batch_of(draft).records[0]
    paper = FiledPaper(
        paper="p1",
        kind=record.kind.id,
        kind_name=record.kind.name,
        title="登记表\n（刘珺）",
        organisation=record.organisation.name,
        organisation_code=record.organisation.code,
        year=record.date.year,
        date=record.date,
        number="",
        series="",
        n=0,
        archival_code="D001-WS·2020-Y-TYS-0001",
        lowest_class="D001-WS·2020-Y-TYS",
        piece=1,
        retention="Y",
        identity=record.identity,
        content=contents([record])[0],
        submission="s0",
        source_name="old.xlsx",
        filed_at=datetime(2020, 4, 20),
        files={},
    )
    return replace(paper, **changes)  # type: ignore[arg-type]
