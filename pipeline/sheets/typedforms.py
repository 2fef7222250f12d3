"""A filled form as one typed row, with everything that cannot be read named at its box, and nothing left out unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, FieldType
from pipeline.core.messages import _
from pipeline.core.values import CellValue, Picture, Row, Value
from pipeline.sheets.addresses import address
from pipeline.sheets.coerce import Coercer
from pipeline.sheets.faults import Fault
from pipeline.sheets.forms import Box, FilledForm, without_printed
from pipeline.sheets.strays import another_column
from pipeline.sheets.wording import excerpt

_MOST_LISTED = 3


def typed_form(form: FilledForm, forms: Mapping[str, str]) -> tuple[Row, tuple[Finding, ...]]:
    """The one row of a form and the findings at its boxes. Unreadable boxes are left out of the values."""
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    findings = []
    used: list[Picture] = []
    shared = _shared_out(form)
    for field in form.table.fields:
        box = form.boxes.get(field.id)
        if box is None and field.required and not field.default:
            continue  # its missing label is a finding already
        raw: CellValue | Picture = box.raw if box else None
        if field.type is FieldType.IMAGE and (photos := shared[field.id]):
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
    beside = filter(None, [another_column(form)])
    return row, (*findings, *beside, *_about_unused(form), *_about_pictures(form, used))


def _shared_out(form: FilledForm) -> dict[str, tuple[Picture, ...]]:
    """The pictures of each photo field. Several in one box also fill the photo fields after it that have no box.

    People put all photographs of an activity into the one box "活动照片"; in the order of reading they are the first,
    the second, and so on.
    """
    fields = [field for field in form.table.fields if field.type is FieldType.IMAGE]
    if len(fields) == 1:
        return {fields[0].id: _photos(form, form.boxes.get(fields[0].id))}
    shared = {field.id: _over_box(form, box) if (box := form.boxes.get(field.id)) else () for field in fields}
    if fields and not any(field.id in form.boxes for field in fields) and len(form.pictures) <= len(fields):
        shared[fields[0].id] = form.pictures
    for place, field in enumerate(fields):
        free = list(takewhile(lambda other: other.id not in form.boxes, fields[place + 1 :]))
        several = sorted(shared[field.id], key=lambda picture: (picture.row, picture.column))
        if 1 < len(several) <= 1 + len(free):
            for taker, picture in zip((field, *free), several, strict=False):
                shared[taker.id] = (picture,)
    return shared


def _photos(form: FilledForm, box: Box | None) -> tuple[Picture, ...]:
    """The pictures of the only photo field: those over its box; without any there, the form's only picture."""
    pictures = form.pictures
    return (_over_box(form, box) if box else ()) or (pictures if len(pictures) == 1 else ())


def _over_box(form: FilledForm, box: Box) -> tuple[Picture, ...]:
    """The pictures over a photo box, else those over the box beside it."""
    bottom, right = _extent(form, *box.label)
    row, column = box.label
    _bottom, far = _extent(form, row, right + 1)
    over = [p for p in form.pictures if row <= p.row <= bottom and column <= p.column <= right]
    beside = [p for p in form.pictures if row <= p.row <= bottom and right < p.column <= far]
    return tuple(over or beside)


def _extent(form: FilledForm, row: int, column: int) -> tuple[int, int]:
    """The last row and column of the joined cells that begin at a place, or the place itself."""
    joined = (merged[2:] for merged in form.sheet.merged if merged[:2] == (row, column))
    return next(joined, (row, column))


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
