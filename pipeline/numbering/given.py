"""Numbers that the sender brings along: read, and either accepted as they stand or refused with the reason.

A paper that already went out as 铜王组发〔2020〕50号 must be filed under that number and no other. So a number in the
workbook goes before every number we would give; and one that is unclear, of another year or somebody else's already
is a finding at its cell. Nothing is mended silently: a number is the one word of a paper that nobody may guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pipeline.core.errors import GongwenError
from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Numbering
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper, Number, Record
from pipeline.numbering.pattern import compose, read_number


class NumberRefused(GongwenError):
    """Given numbers that cannot be had; ``findings`` has one for each, ready to be sent back with the workbook."""

    exit_code = 3

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(finding.sentence() for finding in findings))
        self.findings = findings

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.findings,)


class Owners(Protocol):
    """Who has which number; the register fits."""

    def taken(self, series: str, year: int) -> frozenset[int]:
        """Every number of the series that can no longer be given, for whatever reason."""
        ...

    def owner_of(self, number: Number) -> FiledPaper | None:
        """The paper that carries the number; None when it is free, reserved or void."""
        ...


def judge_given(records: Sequence[Record], owners: Owners) -> tuple[Finding, ...]:
    """What is wrong with the numbers given in a workbook: form, year, twice in the workbook, or taken (and by whom)."""
    return read_given(records, owners)[1]


def read_given(records: Sequence[Record], owners: Owners) -> tuple[Mapping[int, Number], tuple[Finding, ...]]:
    """The accepted given numbers by position in ``records``, and the findings about the others."""
    accepted: dict[int, Number] = {}
    first_rows: dict[Number, int] = {}
    findings: list[Finding] = []
    for position, record in enumerate(records):
        numbering = record.kind.numbering
        if numbering is None or not record.given_number:
            continue
        number = _read(record, numbering)
        if isinstance(number, Number):
            fault = _taken(record, numbering, number, first_rows, owners)
            first_rows.setdefault(number, record.head.row)
            if fault is None:
                accepted[position] = number
                continue
            findings.append(fault)
        else:
            findings.append(number)
    return accepted, tuple(findings)


def _read(record: Record, numbering: Numbering) -> Number | Finding:
    year = record.date.year
    reading = read_number(record.given_number, numbering, record.organisation, year)
    if reading is None:
        return _finding(
            record,
            numbering,
            Code.NUMBER_FORM,
            expected=_("“{example}”这样的文号").format(example=compose(numbering, record.organisation, year, 1).text),
            hint=_("照此格式填写，或者留空由系统编号"),
        )
    if reading.number.year != year:
        return _finding(
            record,
            numbering,
            Code.NUMBER_FORM,
            expected=_("{year}年的文号").format(year=year),
            hint=_("文号的年份要与成文日期一致，请核对两处"),
        )
    if not reading.exact:
        return _finding(
            record,
            numbering,
            Code.NUMBER_FORM,
            expected=_("“{text}”").format(text=reading.number.text),
            hint=_("年份用六角括号〔〕，数字用半角，前面不加0，中间不留空格"),
        )
    return reading.number


def _taken(
    record: Record, numbering: Numbering, number: Number, first_rows: Mapping[Number, int], owners: Owners
) -> Finding | None:
    if number in first_rows:
        return _finding(
            record,
            numbering,
            Code.DUPLICATE,
            expected=_("没有用过的文号"),
            hint=_("本表第{row}行已写了这个文号").format(row=first_rows[number]),
        )
    if number.n not in owners.taken(number.series, number.year):
        return None
    owner = owners.owner_of(number)
    hint = (
        _("它是《{title}》的文号（档号 {code}）").format(title=owner.title, code=owner.archival_code)
        if owner
        else _("它已预留或作废")
    )
    return _finding(record, numbering, Code.NUMBER_TAKEN, expected=_("没有用过的文号，或者留空由系统编号"), hint=hint)


def _finding(record: Record, numbering: Numbering, code: Code, *, expected: str, hint: str) -> Finding:
    field = record.kind.head.field(numbering.field)
    return Finding(
        code,
        sheet=record.head.sheet,
        cell=record.head.cells.get(field.id, ""),
        heading=field.heading,
        found=record.given_number,
        expected=expected,
        hint=hint,
    )
