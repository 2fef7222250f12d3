"""The workbook of titles (题名表) that comes with a folder of old papers (存量文件), and what is wrong in its rows.

What stands in it is history: a paper went out under this number on this day. So nothing is given anew but the 档号; a
number that somebody has, an organisation that is not the office's, a day that cannot be are findings at their cells.
The number's form alone is mended, and told: what was typed as [2015] stands on the paper as 〔2015〕.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.core.acts import in_full
from pipeline.core.calendar import written
from pipeline.core.digests import Digester
from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, FieldType, Kind, Numbering, Table
from pipeline.core.messages import _
from pipeline.core.retention import RETENTIONS
from pipeline.core.rows import Rows
from pipeline.core.text import nfc, on_one_line
from pipeline.core.values import Organisation, Record, Row
from pipeline.numbering import Reading, SeriesBook, read_number
from pipeline.validation.organisations import Directory

_FIRST_YEAR = 1949
"""No year before it is one of DA/T 46's 年度."""

_FIELDS = (
    Field("sequence", "序号", synonyms=("件号", "顺序号"), printed=False),
    Field(
        "title",
        "题名",
        FieldType.LONG_TEXT,
        ("标题", "文件题名", "文件标题", "公文标题"),
        required=True,
        max_length=500,
        example="关于表彰2014年度先进基层党组织的通报",
        help="照文件上的标题写全",
    ),
    Field(
        "number",
        "文号",
        FieldType.NUMBER,
        ("发文字号", "文件编号", "发文号", "公文字号"),
        example="铜王组发〔2015〕3号",
        help="没有文号的留空；登记以后别的文件不会再编这个号",
    ),
    Field(
        "organisation",
        "责任者",
        FieldType.ORG,
        ("发文机关", "发文单位", "制发机关", "单位", "机构"),
        required=True,
        help="本办公室登记的组织，写全称或简称",
    ),
    Field(
        "date",
        "日期",
        FieldType.DATE,
        ("成文日期", "发文日期", "文件日期", "形成日期", "形成时间"),
        required=True,
        example="2015-03-12",
        help="文件落款的日期；年度照它定",
    ),
    Field(
        "retention",
        "保管期限",
        FieldType.CHOICE,
        ("期限",),
        required=True,
        choices=tuple(RETENTIONS.values()),
        example="30年",
        help="永久、30年或10年",
    ),
    Field("secrecy", "密级", synonyms=("文件密级",), help="涉密文件不能放进来，写了秘密以上的整批退回"),
    Field(
        "files",
        "文件名",
        FieldType.LONG_TEXT,
        ("电子文件名", "原文文件名", "扫描件", "扫描件文件名", "文件", "原文"),
        required=True,
        example="2015-003.pdf",
        help="同一文件夹里的文件；一件有几个文件的，用分号隔开，图片按页的先后写",
    ),
    Field("note", "备注", FieldType.LONG_TEXT, ("说明", "附注")),
)

OLD_PAPERS = Kind(
    id="old-papers",
    name="存量文件题名表",
    format="form",
    folder=Path(),
    tables=(Table("papers", ("题名表", "存量文件题名表", "文件目录", "归档文件目录"), _FIELDS),),
    title="",
    file_name="",
    identity=("title", "date", "number"),
    date_field="date",
    organisation_field="organisation",
)
"""The workbook as the reader of workbooks understands it."""

ORIGINALS = "originals"
_HEAD = OLD_PAPERS.head
_FILED = replace(
    OLD_PAPERS,
    id="old-paper",
    name="存量文件",
    tables=(replace(_HEAD, fields=(*_FIELDS, Field(ORIGINALS, "原件摘要值", FieldType.LONG_TEXT, printed=False))),),
)
"""A paper as it is filed: with the digests of its files, so that another scan under the same title is no known one."""

_WORDS = (
    *("决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报"),
    *("报告", "请示", "批复", "议案", "函", "纪要"),
    *("条例", "规定", "办法", "细则", "方案", "计划", "总结"),
)
"""文种: those of 党政机关公文处理工作条例 art. 8, and what goes out under its own name."""

_CODES = {words: code for code, words in RETENTIONS.items()}
_ANY_NUMBER = re.compile(r"(?P<code>[^\W\d_]{2,12})[\[［〔【（(﹝][12][0-9]{3}[\]］〕】）)﹞](?:第)?[0-9]{1,5}号")


@dataclass(frozen=True, slots=True)
class TitleJudge:
    """What the rows are held against: the office's ``directory`` and ``series``, and the day of today."""

    directory: Directory
    series: SeriesBook
    today: date

    def judge(self, row: Row, originals: str) -> tuple[Record | None, tuple[Finding, ...]]:
        """The row as a paper, or what is wrong. ``originals`` are the digests of its files."""
        findings: list[Finding] = []
        organisation = self._organisation(row, findings)
        day = self._day(row, findings)
        retention = row.values.get("retention")
        for field in _HEAD.fields:
            if field.required and field.id in row.values and not row.values[field.id]:
                findings.append(finding(Code.REQUIRED, row, field.id, expected=field.help, hint=_("请补上")))
        reading, numbering = self._number(row, organisation, day, findings)
        whole = all(row.values.get(field.id) for field in _HEAD.fields if field.required)
        if organisation is None or day is None or not whole or any(one.severity is Severity.ERROR for one in findings):
            return None, tuple(findings)
        values = {**row.values, "organisation": organisation.name, ORIGINALS: originals}
        if reading is not None:
            values["number"] = reading.number.text
        kind = replace(_FILED, name=_word(row), retention=_CODES[str(retention)], numbering=numbering)
        head = replace(row, values=values)
        identity = Digester(kind).identities([organisation], Rows.of([head]))[0]
        given = reading.number.text if reading else ""
        return Record(kind, head, {}, organisation, day, identity, given), tuple(findings)

    def _organisation(self, row: Row, findings: list[Finding]) -> Organisation | None:
        name = str(row.values.get("organisation") or "")
        found = self.directory.named(name) if name else None
        if name and found is None:
            near = _("或").join(_("“{name}”").format(name=one) for one in self.directory.nearest(name))
            hint = _("是不是{names}？").format(names=near) if near else _("别的机关的来文不在这里归档")
            expected = _("本办公室登记的组织")
            findings.append(finding(Code.NOT_AN_ORGANISATION, row, "organisation", expected=expected, hint=hint))
        return found

    def _day(self, row: Row, findings: list[Finding]) -> date | None:
        day = row.values.get("date")
        if not isinstance(day, date):
            return None
        if day > self.today:
            findings.append(finding(Code.DATE_AHEAD, row, "date", hint=_("请核对文件上的成文日期")))
        elif day.year < _FIRST_YEAR:
            expected = _("{year}年以后的日期").format(year=_FIRST_YEAR)
            hint = _("请核对文件上的成文日期")
            findings.append(finding(Code.OUT_OF_RANGE, row, "date", expected=expected, hint=hint))
        return day

    def _number(
        self, row: Row, organisation: Organisation | None, day: date | None, findings: list[Finding]
    ) -> tuple[Reading | None, Numbering | None]:
        """The number of a row in its series; one of a 机关代字 of former days in a series of its own, which is told."""
        text = str(row.values.get("number") or "")
        if not text or organisation is None or day is None:
            return None, None
        read = [(one, self.series.series(one.number.series)) for one in self.series.read(text, day.year)]
        own = [(one, series) for one, series in read if series.organisation.code == organisation.code]
        if len(own) > 1:
            names = "、".join(in_full(one.number.series, one.number.text) for one, _series in own[:3])
            hint = _("看不出是哪一种号，请写全，如 {names}").format(names=names)
            findings.append(finding(Code.NUMBER_FORM, row, "number", hint=hint))
            return None, None
        if own:
            reading, numbering = own[0][0], replace(own[0][1].numbering, field="number")
        elif read:
            name = read[0][1].organisation.name
            hint = _("这是“{name}”的文号，责任者写的却是“{other}”").format(name=name, other=organisation.name)
            findings.append(finding(Code.NUMBER_FORM, row, "number", hint=hint))
            return None, None
        else:
            former = _former(text, organisation, day)
            if former is None:
                expected = _("“{example}”这样的文号").format(example="铜王组发〔2015〕3号")
                hint = _("照文件上的写全；不是文号的请留空，写进备注")
                findings.append(finding(Code.NUMBER_FORM, row, "number", expected=expected, hint=hint))
                return None, None
            reading, numbering = former
            hint = _("现在没有这种号，按从前的“{series}”单独登记；写错了请改").format(series=reading.number.series)
            findings.append(finding(Code.NUMBER_FORM, row, "number", hint=hint, severity=Severity.WARNING))
        if not reading.exact:
            hint = _("按标准写法登记为“{text}”").format(text=reading.number.text)
            findings.append(finding(Code.NUMBER_FORM, row, "number", hint=hint, severity=Severity.WARNING))
        return reading, numbering


def _former(text: str, organisation: Organisation, day: date) -> tuple[Reading, Numbering] | None:
    """A number of a 机关代字 that the office has no longer: its series bears the 机关代字 itself."""
    found = _ANY_NUMBER.fullmatch(re.sub(r"\s", "", nfc(text)))
    if found is None:
        return None
    code = found["code"]
    numbering = Numbering(code, f"{code}〔{{year}}〕{{n}}号", "number")
    reading = read_number(text, numbering, organisation, day.year)
    return (reading, numbering) if reading else None


def _word(row: Row) -> str:
    """文种 by the last word of the title, 存量文件 for a title that says none."""
    title = on_one_line(str(row.values.get("title") or "")).rstrip("》）)（试行")
    return max((word for word in _WORDS if title.endswith(word)), key=len, default=_FILED.name)


def twice(rows: Sequence[tuple[Row, Record]]) -> Iterator[Finding]:
    """Rows that are the same paper once more."""
    first: dict[str, int] = {}
    for row, record in rows:
        before = first.setdefault(record.identity, row.row)
        if before != row.row:
            hint = _("题名、文号、责任者和日期与第{row}行一样").format(row=before)
            yield finding(Code.DUPLICATE, row, "title", expected=_("每件只列一行"), hint=hint)


def finding(
    code: Code, row: Row, field: str, *, expected: str = "", hint: str = "", severity: Severity = Severity.ERROR
) -> Finding:
    """A finding at the cell of a row."""
    value = row.values.get(field)
    return Finding(
        code,
        sheet=row.sheet,
        cell=row.cells.get(field, f"A{row.row}"),
        heading=HEADINGS[field],
        found=written(value) if isinstance(value, date) else str(value or ""),
        expected=expected,
        hint=hint,
        severity=severity,
    )


HEADINGS: Mapping[str, str] = {field.id: field.heading for field in _FIELDS}
