"""Is this workbook fit to be numbered? Every finding at once, or a batch whose papers can all be made.

Pure: what the office knows comes in as ``Facts``. All or nothing: one error anywhere and there is no batch. A field
that is absent from a row's values could not be read; the finding about it exists already, so nothing is said about it
here, but a batch with such a row is never made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.core.digests import Digester, contents
from pipeline.core.findings import Code, Finding, Severity, errors
from pipeline.core.kind import Field, FieldType, Kind, Table
from pipeline.core.messages import _
from pipeline.core.placing import finding
from pipeline.core.rows import UNREAD, Column, Rows, Unread
from pipeline.core.values import Batch, ClaimedFile, Draft, FiledPaper, Organisation, Record, Row, Value
from pipeline.validation.changes import changed, may_be_corrected, next_version
from pipeline.validation.facts import Facts
from pipeline.validation.fields import check_fields
from pipeline.validation.groups import Groups, check_groups, grouped
from pipeline.validation.organisations import Directory
from pipeline.validation.rules import check_rules

_YEARS_AHEAD = 1
"""A 成文日期 further ahead than the end of next year is a slip of the finger, and would open that year's series."""


def judge(draft: Draft, claimed: ClaimedFile, facts: Facts) -> tuple[Batch | None, tuple[Finding, ...]]:
    """Judge a workbook. The findings are in the order of checks; there is a batch only when none is an error.

    Raises ``ConfigurationError`` when a rule of the kind itself is wrong.
    """
    kind = draft.kind
    directory = Directory((*facts.organisations, facts.issuer))
    findings: list[Finding] = []
    rows = {table.id: _with_organisations(table, draft, directory, findings) for table in kind.tables}
    for table in kind.tables:
        findings.extend(check_fields(table, rows[table.id], facts.today))
    findings.extend(check_rules(kind, rows))
    groups = grouped(kind, rows)
    findings.extend(check_groups(kind, rows, groups))
    records = tuple(_records(kind, rows[kind.head.id], groups, directory, facts.issuer))
    findings.extend(_check_dates(records, facts.today))
    findings.extend(_check_repeats(records))
    fresh, known, told = _against_register(records, facts)
    findings.extend(told)
    findings.extend(facts.number_findings(_first_of_each(fresh)))
    breaches = facts.policy_findings(_first_of_each(fresh))
    everything = _once([*_not_said_by(breaches, findings), *breaches])
    unread = any(rows[table.id].is_unread(field.id) for table in kind.tables for field in table.fields)
    if errors(everything) or unread:
        return None, everything
    warnings = tuple(finding for finding in everything if finding.severity is Severity.WARNING)
    return Batch(claimed, kind, fresh, known, warnings), everything


def _first_of_each(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records without those that are the same paper as one before."""
    first: dict[str, Record] = {}
    for record in records:
        first.setdefault(record.identity, record)
    return tuple(first.values())


def _not_said_by(breaches: Sequence[Finding], findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings but those about a date too early of which a policy says the same, with its source."""
    refused = {(breach.sheet, breach.cell) for breach in breaches if breach.severity is Severity.ERROR}
    for found in findings:
        if found.code is not Code.DATES_BACKWARDS or (found.sheet, found.cell) not in refused:
            yield found


def _once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings without those that say of a cell what another one says of it already."""
    first: dict[tuple[Code, str, str], Finding] = {}
    for found in findings:
        first.setdefault((found.code, found.sheet, found.cell), found)
    return tuple(first.values())


def _with_organisations(table: Table, draft: Draft, directory: Directory, findings: list[Finding]) -> Rows:
    """The rows of a table with every organisation by its full name; an unknown one is reported and counts as unread."""
    rows = Rows.of(draft.rows.get(table.id, ()))
    for field in table.fields:
        if field.type is not FieldType.ORG:
            continue
        column = rows.column(field.id)
        names = {text: _full_name(text, directory) for text in set(column)}
        if any(name != text for text, name in names.items()):
            unknown = {text for text, name in names.items() if name is UNREAD and text is not UNREAD}
            places = [place for place, text in enumerate(column) if text in unknown] if unknown else []
            findings.extend(_unknown_organisation(rows[place], field, directory) for place in places)
            rows = rows.with_column(field.id, list(map(names.__getitem__, column)))
    return rows


def _full_name(text: Value | Unread, directory: Directory) -> Value | Unread:
    if not isinstance(text, str) or not text:
        return text
    organisation = directory.named(text)
    return UNREAD if organisation is None else organisation.name


def _unknown_organisation(row: Row, field: Field, directory: Directory) -> Finding:
    near = directory.nearest(str(row.values[field.id]))
    hint = _("请写全称，或登记过的简称；没有登记的组织请找管理员登记")
    if near:
        names = _("”或“").join(near)
        hint = _("是不是“{names}”？{hint}").format(names=names, hint=hint)
    expected = _("本办公室登记的组织")
    return finding(Code.NOT_AN_ORGANISATION, row, field, expected=expected, hint=hint)


def _records(kind: Kind, heads: Rows, groups: Groups, directory: Directory, issuer: Organisation) -> Iterator[Record]:
    """The papers of those head rows of which enough could be read to say which paper each is."""
    whose = _owners(kind, heads, directory, issuer)
    heads = heads.chosen([place for place, owner in enumerate(whose) if owner])
    owners = [owner for owner in whose if owner]
    identities = Digester(kind).identities(owners, heads)
    nothing: Column = [None] * len(heads)
    days, keys = heads.column(kind.date_field), heads.column(kind.head.key) if kind.head.key else nothing
    given = heads.column(kind.numbering.field) if kind.numbering and kind.numbering.field else nothing
    details: Mapping[str, tuple[Row, ...]] = {}
    for head, owner, day, identity, key, number in zip(heads, owners, days, identities, keys, given, strict=True):
        assert isinstance(day, date)
        if groups:
            details = {table: tuple(rows.get(key, ())) for table, rows in groups.items()}
        yield Record(kind, head, details, owner, day, identity, number if isinstance(number, str) else "")


def _owners(kind: Kind, heads: Rows, directory: Directory, issuer: Organisation) -> list[Organisation | None]:
    """Whose papers the head rows are; None where organisation, day or what makes a paper this one is not known."""
    owners: list[Organisation | None] = [issuer] * len(heads)
    if kind.organisation_field:
        names = heads.column(kind.organisation_field)
        known = {name: directory.named(name) if isinstance(name, str) else None for name in set(names)}
        owners = list(map(known.__getitem__, names))
    days = heads.column(kind.date_field)
    owners = [owner if isinstance(day, date) else None for owner, day in zip(owners, days, strict=True)]
    for field in filter(heads.is_unread, kind.identity):
        column = heads.column(field)
        owners = [None if value is UNREAD else owner for owner, value in zip(owners, column, strict=True)]
    return owners


def _check_dates(records: Sequence[Record], today: date) -> Iterator[Finding]:
    """A paper is dated today or earlier; a date ahead is told, one far ahead is refused."""
    for record in records:
        if record.date <= today:
            continue
        field = record.kind.head.field(record.kind.date_field)
        far = record.date.year > today.year + _YEARS_AHEAD
        hint = _("年份是不是写错了？") if far else _("请核对；没有错就不用改")
        expected = _("今天或以前的日期") if far else ""
        code, severity = (Code.OUT_OF_RANGE, Severity.ERROR) if far else (Code.DATE_AHEAD, Severity.WARNING)
        yield finding(code, record.head, field, expected=expected, hint=hint, severity=severity)


def _check_repeats(records: Sequence[Record]) -> Iterator[Finding]:
    """Two rows of one workbook that are the same paper."""
    papers: dict[str, Record] = {}
    for record in records:
        first = papers.setdefault(record.identity, record)
        if first is not record:
            yield _same_paper(record, first)


def _same_paper(record: Record, first: Record) -> Finding:
    head = record.kind.head
    names = [field for field in record.kind.identity if field != record.kind.organisation_field]
    fields = [head.field(name) for name in names or record.kind.identity]
    together = _("、").join(_("“{heading}”").format(heading=field.heading) for field in fields)
    where = "" if first.head.sheet == record.head.sheet else _("工作表“{sheet}”").format(sheet=first.head.sheet)
    hint = _("与{sheet}第{row}行是同一份（{fields}都一样），请删去一行").format(
        sheet=where, row=first.head.row, fields=together
    )
    return finding(Code.DUPLICATE, record.head, fields[0], expected=_("每一份只写一行"), hint=hint)


def _against_register(
    records: Sequence[Record], facts: Facts
) -> tuple[tuple[Record, ...], tuple[tuple[Row, FiledPaper], ...], list[Finding]]:
    """New records; rows filed earlier and unchanged; findings about those that changed."""
    fresh, known = [], []
    findings: list[Finding] = []
    filed_already = facts.by_identities([record.identity for record in records])
    said = iter(contents([record for record in records if record.identity in filed_already]))
    for record in records:
        filed = filed_already.get(record.identity)
        if filed is None:
            fresh.append(record)
        elif filed.content == next(said):
            known.append((record.head, filed))
        elif may_be_corrected(record, filed):
            fresh.append(next_version(record, filed))
        else:
            findings.extend(filter(None, [changed(record, filed)]))
    return tuple(fresh), tuple(known), findings
