"""A small office for the tests: two organisations, a notice with numbers of its own, minutes, a form without number."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.core.kind import Field, FieldType, Kind, Numbering, Table
from pipeline.core.values import Batch, ClaimedFile, Number, NumberedRecord, Organisation, Record, Row

DEPARTMENT = Organisation("ZZB", "中共铜川市王益区委组织部", "区委组织部", "铜王组发")
COMMUNITY = Organisation("HQS", "中共红旗社区委员会", "红旗社区", "红社党")


def kind(identifier: str, name: str, numbering: Numbering | None, retention: str = "D10") -> Kind:
    """A kind with a title, and a number column when it is numbered."""
    fields = [Field("title", "标题"), Field("date", "成文日期", FieldType.DATE)]
    if numbering is not None:
        fields.append(Field("given_number", "发文字号", FieldType.NUMBER))
    return Kind(
        id=identifier,
        name=name,
        format="red-header",
        folder=Path(identifier),
        tables=(Table("papers", (name,), tuple(fields)),),
        title="{{ title }}",
        file_name="{{ title }}",
        identity=("title", "date"),
        date_field="date",
        numbering=numbering,
        retention=retention,
    )


NOTICE = kind("notice", "通知", Numbering("{code}", "{code}〔{year}〕{n}号", "given_number"))
MINUTES = kind("minutes", "会议纪要", Numbering("{organisation}纪要", "〔{year}〕第{n}期", "given_number"), "Y")
_PERIODICALS = kind("issues", "纪要", Numbering("{organisation}{sort}纪要", "〔{year}〕第{n}期", "given_number"), "Y")
PERIODICALS = replace(
    _PERIODICALS,
    organisation_field="organisation",
    tables=(
        replace(
            _PERIODICALS.head,
            fields=(
                *_PERIODICALS.head.fields,
                Field("sort", "种类", FieldType.CHOICE, choices=("联席会议", "区域党委会"), default="联席会议"),
            ),
        ),
    ),
)
"""Minutes that count their issues by the sort of the meeting."""
FORM = kind("member-form", "登记表", None, "Y")


def record(
    title: str,
    day: date,
    given: str = "",
    *,
    of: Kind = NOTICE,
    organisation: Organisation = DEPARTMENT,
    row: int = 2,
) -> Record:
    """One row of a workbook."""
    identity = hashlib.sha256(f"{of.id}/{organisation.code}/{title}/{day}".encode()).hexdigest()
    cells = {"title": f"A{row}", "date": f"B{row}", "given_number": f"C{row}"}
    head = Row(of.name, row, {"title": title, "date": day, "given_number": given}, cells)
    return Record(of, head, {}, organisation, day, identity, given)


def batch(*records: Record) -> Batch:
    """A workbook with these rows."""
    claimed = ClaimedFile("s1", Path("x.xlsx"), "x.xlsx", "0" * 64, Path("x.xlsx"), datetime(2020, 4, 16, tzinfo=UTC))
    return Batch(claimed, NOTICE, records)


def titles(record: Record, number: Number | None) -> str:
    """The 题名 of a paper: its title, with the number where it has one."""
    return f"{record.head.values['title']}（{number.text}）" if number else str(record.head.values["title"])


@dataclass(frozen=True)
class Entry:
    """What the ledger says of a number that is not free."""

    state: str
    title: str = ""
    archival_code: str = ""
    by: str = ""
    reason: str = ""
    dated: date | None = None
    until: date | None = None

    @property
    def paper(self) -> str:
        return "85cade1c98612888" if self.archival_code else ""


@dataclass
class PaperLedger:
    """A ledger kept by the tests: what was planned is entered with ``enter``."""

    numbers: dict[tuple[str, int, int], str] = field(default_factory=dict)
    pieces: dict[str, int] = field(default_factory=dict)
    held: Mapping[str, Entry] = field(default_factory=dict)

    def taken(self, series: str, year: int) -> frozenset[int]:
        return frozenset(n for (one, when, n) in self.numbers if (one, when) == (series, year))

    def last_piece(self, lowest_class: str) -> int:
        return self.pieces.get(lowest_class, 0)

    def entry(self, number: Number) -> Entry | None:
        taken = (number.series, number.year, number.n) in self.numbers
        return self.held.get(number.text) or (Entry("allocated") if taken else None)

    def enter(self, planned: tuple[NumberedRecord, ...]) -> None:
        for one in planned:
            if one.number is not None:
                key = (one.number.series, one.number.year, one.number.n)
                assert key not in self.numbers, f"{one.number.text} was given twice"
                self.numbers[key] = one.paper
            assert one.archival_code.piece == self.last_piece(one.archival_code.lowest_class) + 1
            self.pieces[one.archival_code.lowest_class] = one.archival_code.piece
