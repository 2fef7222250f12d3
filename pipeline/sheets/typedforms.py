"""A filled form as one typed row, with everything that cannot be read named at its box, and nothing left out unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, FieldType
from pipeline.core.messages import _
from pipeline.core.values import CellValue, Picture, Row, Value
from pipeline.sheets.addresses import address
from pipeline.sheets.coerce import Coercer
from pipeline.sheets.faults import Fault
from pipeline.sheets.forms import Box, FilledForm, without_printed
from pipeline.sheets.wording import excerpt

_MOST_LISTED = 3


def typed_form(form: FilledForm, forms: Mapping[str, str]) -> tuple[Row, tuple[Finding, ...]]:
    """The one row of a form and the findings at its boxes. Unreadable boxes are left out of the values."""
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    findings = []
    used: list[Picture] = []
    for field in form.table.fields:
        box = form.boxes.get(field.id)
        if box is None and field.required and not field.default:
            continue  # its missing label is a finding already
        raw: CellValue | Picture = box.raw if box else None
        if field.type is FieldType.IMAGE and (photos := _photos(form, box)):
            used.extend(photos)
            raw = photos[0]
            if len(photos) > 1:
                findings.append(_several(form, field, photos))
        elif isinstance(raw, str):
            raw = without_printed(raw)
        if box:
            cells[field.id] = address(*box.place) if field.type is not FieldType.IMAGE else address(*box.label)
        value = Coercer(field, forms)(raw)
        if isinstance(value, Fault):
            found = _("图片") if isinstance(raw, Picture) else raw
            findings.append(value.at(form.sheet.name, cells.get(field.id, ""), field, found))
            if value.severity is Severity.ERROR:
                continue
            value = value.value
        values[field.id] = value
    first = min(box.label for box in form.boxes.values())
    row = Row(form.sheet.name, first[0], values, cells)
    return row, (*findings, *_about_unused(form), *_about_pictures(form, used))


def _photos(form: FilledForm, box: Box | None) -> tuple[Picture, ...]:
    """The pictures over the photo box; without a box, or when one lies beside it, the form's only picture."""
    pictures = form.pictures
    if box:
        row, column = box.label
        bottom, right = next(
            ((bottom, right) for top, left, bottom, right in form.sheet.merged if (top, left) == box.label),
            (row, column),
        )
        over = [p for p in pictures if row <= p.row <= bottom and column <= p.column <= right]
        beside = [p for p in pictures if row <= p.row <= bottom and p.column == right + 1]
        if over or beside:
            return tuple(over or beside)
    alone = len(pictures) == 1 and sum(other.type is FieldType.IMAGE for other in form.table.fields) == 1
    return pictures if alone else ()


def _several(form: FilledForm, field: Field, photos: tuple[Picture, ...]) -> Finding:
    return Finding(
        Code.NOT_A_PICTURE,
        sheet=form.sheet.name,
        cell=address(photos[1].row, photos[1].column),
        heading=field.heading,
        found=_("{n}张图片").format(n=len(photos)),
        expected=_("一张图片"),
        hint=_("这里叠着几张图片，分不清用哪一张，请只留一张"),
    )


def _about_unused(form: FilledForm) -> Iterator[Finding]:
    if not form.unused:
        return
    listed = _("、").join(
        _("{cell}的“{label}”（“{value}”）").format(cell=address(*place), label=excerpt(label), value=excerpt(value, 12))
        for place, label, value in form.unused[:_MOST_LISTED]
    )
    more = _("等{n}处").format(n=len(form.unused)) if len(form.unused) > _MOST_LISTED else ""
    yield Finding(
        Code.NOT_USED,
        sheet=form.sheet.name,
        cell=address(*form.unused[0][0]),
        hint=_("这种表里没有{listed}{more}，没有用到").format(listed=listed, more=more),
        severity=Severity.WARNING,
    )


def _about_pictures(form: FilledForm, used: list[Picture]) -> Iterator[Finding]:
    left = [picture for picture in form.pictures if picture not in used]
    wanted = [field for field in form.table.fields if field.type is FieldType.IMAGE]
    if left and wanted and not used:
        yield Finding(
            Code.NOT_USED,
            sheet=form.sheet.name,
            cell=address(left[0].row, left[0].column),
            found=_("图片"),
            expected=_("放在“{heading}”一格里的图片").format(heading=wanted[0].heading),
            hint=_("看不出哪一张是“{heading}”，请拖到那一格上，别的请删去").format(heading=wanted[0].heading),
        )
    elif left:
        hint = _("表里还有{n}张图片不在要放图片的格子里，没有用到").format(n=len(left))
        cell = address(left[0].row, left[0].column)
        yield Finding(Code.NOT_USED, sheet=form.sheet.name, cell=cell, hint=hint, severity=Severity.WARNING)
