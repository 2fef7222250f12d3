"""Numbers that the sender brings along: read, and either accepted as they stand or refused with the reason.

A paper that already went out as 铜王组发〔2020〕50号 must be filed under that number and no other. So a number in the
workbook goes before every number we would give; and one that is unclear, of another year or somebody else's already
is a finding at its cell. Nothing is mended silently: a number is the one word of a paper that nobody may guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from pipeline.core.archival import UNARRANGED
from pipeline.core.calendar import written
from pipeline.core.errors import GongwenError
from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Numbering
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import Number, Record
from pipeline.numbering.pattern import compose, numbering_of, read_number


class NumberRefused(GongwenError):
    """Given numbers that cannot be had; ``findings`` has one for each, ready to be sent back with the workbook."""

    exit_code = 3

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(finding.sentence() for finding in findings))
        self.findings = findings

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.findings,)


class Held(Protocol):
    """A number that is not free; the register's ledger lines fit.

    ``state`` is "allocated", "reserved", "void" or "imported" (a paper of the paper register). ``paper`` is the id of
    the paper in the archive that has it; it, ``title`` and ``archival_code`` are empty where they are not known.
    ``reason`` says why it is reserved or void, ``by`` by whom.
    """

    @property
    def state(self) -> str: ...
    @property
    def paper(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def archival_code(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def dated(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


class Owners(Protocol):
    """Who has which number; the register fits."""

    def taken(self, series: str, year: int) -> frozenset[int]:
        """Every number of the series that is not free, for whatever reason."""
        ...

    def entry(self, number: Number) -> Held | None:
        """What became of the number; None when it is free."""
        ...


class Holders:
    """``Owners`` asked as little as can be: a series once, and only those that are taken one by one."""

    def __init__(self, owners: Owners) -> None:
        self._owners = owners
        self._taken: dict[tuple[str, int], frozenset[int]] = {}

    def of(self, number: Number) -> Held | None:
        """What became of the number; None when it is free."""
        series = (number.series, number.year)
        if series not in self._taken:
            self._taken[series] = self._owners.taken(*series)
        return self._owners.entry(number) if number.n in self._taken[series] else None


def judge_given(records: Sequence[Record], owners: Owners) -> tuple[Finding, ...]:
    """What is to say of the numbers given in a workbook: form, year, twice in the workbook, taken and by whom.

    A reserved number may be taken by whoever gives it, with a warning that says what it was kept for.
    """
    return read_given(records, owners)[1]


def read_given(records: Sequence[Record], owners: Owners) -> tuple[Mapping[int, Number], tuple[Finding, ...]]:
    """The accepted given numbers by position in ``records``, and the findings; only errors keep one from acceptance."""
    accepted: dict[int, Number] = {}
    first_rows: dict[Number, int] = {}
    holders = Holders(owners)
    findings: list[Finding] = []
    for position, record in enumerate(records):
        numbering = numbering_of(record)
        if numbering is None or not record.given_number:
            continue
        number = _read(record, numbering)
        if isinstance(number, Number):
            told = _taken(record, numbering, number, first_rows, holders)
            first_rows.setdefault(number, record.head.row)
            if told is None or told.severity is Severity.WARNING:
                accepted[position] = number
        else:
            told = number
        if told is not None:
            findings.append(told)
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
    record: Record, numbering: Numbering, number: Number, first_rows: Mapping[Number, int], holders: Holders
) -> Finding | None:
    if number in first_rows:
        return _finding(
            record,
            numbering,
            Code.DUPLICATE,
            expected=_("没有用过的文号"),
            hint=_("本表第{row}行已写了这个文号").format(row=first_rows[number]),
        )
    held = holders.of(number)
    if held is None:
        return None
    if held.state == "reserved":
        return _finding(
            record,
            numbering,
            Code.NUMBER_RESERVED,
            hint=_("{holder}；没有弄错就不用改，归档后这个号就归这份文件").format(holder=said_of(held)),
            severity=Severity.WARNING,
        )
    return _finding(
        record,
        numbering,
        Code.NUMBER_TAKEN,
        expected=_("没有用过的文号，或者留空由系统编号"),
        hint=said_of(held),
    )


def said_of(held: Held) -> str:
    """What became of a number, for people: ``它是《关于…的通知》的文号（档号 D001-WS·2020-D30-ZZB-0001）``."""
    title = on_one_line(held.title)
    match held.state:
        case "reserved":
            until = _("，至 {day}").format(day=written(held.until)) if held.until else ""
            return _("它是{by}为“{reason}”预留的{until}").format(by=held.by, reason=held.reason, until=until)
        case "void":
            return _("它已作废：{reason}").format(reason=held.reason)
        case "imported":
            dated = _("，{day}").format(day=written(held.dated)) if held.dated else ""
            named = _("《{title}》").format(title=title) if title else held.reason
            return _("它是手工登记簿里的文号：{named}{dated}").format(named=named, dated=dated)
        case _:
            if held.paper:
                code = held.archival_code or _(UNARRANGED)
                return _("它是《{title}》的文号（档号 {code}）").format(title=title, code=code)
            named = _("《{title}》").format(title=title) if title else ""
            return _("它编给过一份档案里已经没有的文件{named}").format(named=named)


def _finding(
    record: Record,
    numbering: Numbering,
    code: Code,
    *,
    hint: str,
    expected: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    field = record.kind.head.field(numbering.field)
    return Finding(
        code,
        sheet=record.head.sheet,
        cell=record.head.cells.get(field.id, f"A{record.head.row}"),
        heading=field.heading,
        found=record.given_number,
        expected=expected,
        hint=hint,
        severity=severity,
    )
