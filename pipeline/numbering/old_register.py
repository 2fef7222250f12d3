"""The paper register that an office kept before (手工登记簿), as a sheet: 文号, 题名, 成文日期, 备注.

What stands in it is history: it is taken as it is or not at all. A number that could mean two, that somebody has
already, or that is listed twice is a finding; a bracket that is not 〔〕 is told and written as the standard writes it.
The same register may come again, longer: lines that are known already are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.core.acts import ActLine, NumberKey, in_full, key_of
from pipeline.core.calendar import written
from pipeline.core.findings import Code, Finding, Severity, errors
from pipeline.core.kind import Field, FieldType, Kind, Table
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import Number, Row, Value
from pipeline.numbering.given import Held, Holders, Owners, said_of
from pipeline.numbering.plan import lowest_free
from pipeline.numbering.series import SeriesBook

_NUMBER = Field(
    "number",
    "文号",
    FieldType.NUMBER,
    ("发文字号", "发文号", "文件编号", "公文字号", "编号", "期号", "字号", "号"),
    required=True,
)
_TITLE = Field("title", "题名", FieldType.LONG_TEXT, ("标题", "文件标题", "公文标题", "文件题名", "文件名称", "事由"))
_DATE = Field("date", "成文日期", FieldType.DATE, ("日期", "发文日期", "签发日期", "印发日期", "登记日期"))
_NOTE = Field("note", "备注", FieldType.LONG_TEXT, ("说明", "附注", "注"))

OLD_REGISTER = Kind(
    id="old-register",
    name="手工登记簿",
    format="form",
    folder=Path(),
    tables=(Table("numbers", ("手工登记簿", "发文登记簿", "登记簿"), (_NUMBER, _TITLE, _DATE, _NOTE)),),
    title="",
    file_name="",
    identity=("number",),
    date_field="date",
)
"""The sheet as the reader of workbooks understands it; nothing is printed of it, so it has no folder."""


@dataclass(frozen=True, slots=True)
class OldRegister:
    """A paper register as judged. ``lines`` are new, ``known`` how many are there already; ``findings`` say the rest.

    Only without errors may the lines be entered.
    """

    lines: tuple[ActLine, ...]
    known: int
    findings: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Whether it may be entered."""
        return not errors(self.findings)


def judge_old_register(rows: Sequence[Row], book: SeriesBook, owners: Owners, today: date) -> OldRegister:
    """Judge every row of the sheet; a field that is absent from a row's values was found wrong before."""
    lines: list[ActLine] = []
    findings: list[Finding] = []
    first_rows: dict[NumberKey, int] = {}
    known = 0
    holders = Holders(owners)
    for row in rows:
        number, told = _read(row, book, today)
        findings.extend(told)
        if number is None:
            continue
        first = first_rows.setdefault(key_of(number), row.row)
        if first != row.row:
            hint = _("第{row}行已登记了这个号").format(row=first)
            findings.append(_finding(Code.DUPLICATE, row, _NUMBER, expected=_("每个号只登记一行"), hint=hint))
            continue
        line = ActLine(number, _words(row, "title"), _day(row), _words(row, "note"))
        findings.extend(_about(line, row))
        held = holders.of(number)
        if held is None:
            lines.append(line)
        elif _is_known(line, held):
            known += 1
        else:
            findings.append(_taken(row, held))
    return OldRegister(tuple(lines), known, tuple(findings))


def next_numbers(
    lines: Iterable[ActLine], taken: Mapping[tuple[str, int], frozenset[int]], starts: Mapping[tuple[str, int], int]
) -> Iterator[tuple[str, int, int, int]]:
    """Series, year, the number that would be given next after the lines are entered, and the last of the lines.

    A next number below the last one is a hole of the paper register that the program is about to fill.
    """
    entered: dict[tuple[str, int], set[int]] = {}
    for line in lines:
        entered.setdefault((line.number.series, line.number.year), set()).add(line.number.n)
    for (series, year), numbers in sorted(entered.items()):
        all_taken = numbers | taken.get((series, year), frozenset())
        yield series, year, lowest_free(all_taken, starts.get((series, year), 1)), max(numbers)


def _read(row: Row, book: SeriesBook, today: date) -> tuple[Number | None, tuple[Finding, ...]]:
    text = row.values.get("number")
    if not isinstance(text, str) or not text:
        if "number" in row.values:
            return None, (_finding(Code.REQUIRED, row, _NUMBER, expected=_("文号"), hint=_("没有号的行请删去")),)
        return None, ()
    day = _day(row)
    readings = book.read(text, day.year if day else today.year)
    if not readings:
        return None, (
            _finding(
                Code.NUMBER_FORM,
                row,
                _NUMBER,
                expected=_("本办公室的文号，如 {examples}").format(examples=book.examples(today.year)),
                hint=_("机关代字要与 gongwen.toml 里的一样；别的机关的文号请删去这一行"),
            ),
        )
    if len(readings) > 1:
        names = "、".join(in_full(one.number.series, one.number.text) for one in readings[:3])
        hint = _("看不出是哪一种号，请写全，如 {names}").format(names=names)
        return None, (_finding(Code.NUMBER_FORM, row, _NUMBER, hint=hint),)
    (reading,) = readings
    if reading.number.year > today.year:
        hint = _("年份在今年以后，请核对")
        return None, (_finding(Code.NUMBER_FORM, row, _NUMBER, expected=_("今年或以前的文号"), hint=hint),)
    if reading.exact:
        return reading.number, ()
    hint = _("按标准写法登记为“{text}”").format(text=reading.number.text)
    return reading.number, (_finding(Code.NUMBER_FORM, row, _NUMBER, hint=hint, severity=Severity.WARNING),)


def _about(line: ActLine, row: Row) -> Iterator[Finding]:
    """What is odd in a line whose number is clear."""
    if "title" in row.values and "note" in row.values and not (line.title or line.note):
        hint = _("没有题名的号，备注要写明原因，如“作废”")
        yield _finding(Code.REQUIRED, row, _TITLE, expected=_("文件的题名"), hint=hint)
    if line.date is not None and line.date.year != line.number.year:
        hint = _("与文号的年份不同；纸质登记簿上就是这样的话不用改")
        yield _finding(Code.OUT_OF_RANGE, row, _DATE, hint=hint, severity=Severity.WARNING)


def _is_known(line: ActLine, held: Held) -> bool:
    """Whether the ledger says of this number what the line says."""
    return held.state == "imported" and (held.title, held.dated, held.reason) == (line.title, line.date, line.note)


def _taken(row: Row, held: Held) -> Finding:
    expected = _("没有用过的文号")
    if held.state == "reserved":
        hint = _("{said}；纸质登记簿用掉了它的话，请先 gongwen number release").format(said=said_of(held))
    elif held.state == "imported":
        hint = _("{said}；与这一行不一样，请核对").format(said=said_of(held))
    else:
        hint = said_of(held)
    return _finding(Code.NUMBER_TAKEN, row, _NUMBER, expected=expected, hint=hint)


def _words(row: Row, field: str) -> str:
    return on_one_line(str(row.values.get(field) or ""))


def _day(row: Row) -> date | None:
    day: Value = row.values.get("date")
    return day if isinstance(day, date) else None


def _finding(
    code: Code, row: Row, field: Field, *, hint: str, expected: str = "", severity: Severity = Severity.ERROR
) -> Finding:
    value = row.values.get(field.id)
    return Finding(
        code,
        sheet=row.sheet,
        cell=row.cells.get(field.id, f"A{row.row}"),
        heading=field.heading,
        found=written(value) if isinstance(value, date) else str(value or ""),
        expected=expected,
        hint=hint,
        severity=severity,
    )
