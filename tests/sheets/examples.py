"""Two kinds built by hand, and workbooks written from plain rows, so that a whole case fits the eye."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.drawing.image import Image
from PIL import Image as Drawing

from pipeline.core.kind import Field, FieldType, Kind, Role, Table
from pipeline.core.values import Organisation, Workbook
from pipeline.sheets import Limits, read_workbook

Rows = Sequence[Sequence[object]]


def roster() -> Kind:
    """One table, which may also come as a filled form."""
    fields = (
        Field("organisation", "社区党组织", FieldType.ORG, ("社区",), required=True, example="桃园社区"),
        Field("name", "姓名", FieldType.PERSON, required=True, example="刘珺"),
        Field("sex", "性别", FieldType.CHOICE, required=True, choices=("男", "女"), example="女"),
        Field("birth", "出生年月", FieldType.MONTH, ("出生日期",), required=True, example="1978年3月"),
        Field("date", "填表日期", FieldType.DATE, required=True, example="2020年4月16日"),
        Field("id_card", "身份证号", FieldType.ID_CARD, ("身份证号码",), example="61020219780315998X"),
        Field("phone", "联系电话", FieldType.PHONE, ("电话",), example="13900000001"),
        Field("career", "工作简历", FieldType.LONG_TEXT, ("简历",), example="1999年参加工作。"),
        Field("opinion", "推荐单位意见", FieldType.LONG_TEXT, example="同意推荐。"),
        Field("opinion_on", "推荐单位意见日期", FieldType.DATE, example="2020年5月8日"),
        Field("health", "健康状况", FieldType.TEXT, required=True, default="健康", example="健康"),
        Field("photo", "照片", FieldType.IMAGE),
    )
    table = Table("member", ("登记表",), fields, form=True)
    return Kind(
        "roster",
        "兼职委员登记表",
        "form",
        Path("roster"),
        (table,),
        "{{ name }}",
        "{{ name }}",
        ("organisation", "name", "birth"),
        "date",
        "organisation",
    )


def meeting() -> Kind:
    """A head table and two detail tables, joined by a key."""
    key = Field("no", "会议编号", required=True, example="2020-02")
    head = Table(
        "meeting",
        ("会议",),
        (
            key,
            Field("organisation", "召集单位", FieldType.ORG, required=True, example="桃园社区"),
            Field("title", "会议名称", required=True, max_length=20, example="联席会议"),
            Field("held_on", "会议日期", FieldType.DATE, required=True, example="2020年6月18日"),
            Field("fee", "会议经费", FieldType.MONEY, minimum=Decimal(0), maximum=Decimal(5000), example="100.5"),
        ),
        key="no",
    )
    people = Table(
        "people",
        ("人员",),
        (
            Field("sequence", "序号", FieldType.INTEGER, printed=False, example="1"),
            key,
            Field("person", "姓名", FieldType.PERSON, required=True, example="刘珺"),
            Field("unit", "单位", required=True, example="第一小学"),
        ),
        Role.DETAIL,
        "no",
        minimum_rows=1,
    )
    topics = Table(
        "topics",
        ("议题",),
        (
            key,
            Field("topic", "议题", required=True, example="楼道照明"),
            Field("ballots", "表决票数", FieldType.INTEGER, example="9"),
            Field("votes_for", "赞成", FieldType.INTEGER, example="8"),
            Field("votes_against", "反对", FieldType.INTEGER, example="1"),
        ),
        Role.DETAIL,
        "no",
    )
    return Kind(
        "meeting",
        "会议纪要",
        "minutes",
        Path("meeting"),
        (head, people, topics),
        "{{ title }}",
        "{{ title }}",
        ("organisation", "title", "held_on"),
        "held_on",
        "organisation",
    )


KINDS = (roster(), meeting())

ORGANISATIONS = (
    Organisation("ZZB", "中共铜川市王益区委组织部", "区委组织部", "铜王组发"),
    Organisation("TYS", "中共铜川市王益区桃园街道桃园社区委员会", "桃园社区", "桃社党", ("桃园社区党委",)),
    Organisation("HQS", "中共铜川市王益区红旗街道红旗社区委员会", "红旗社区", "红社党"),
)

HEADINGS = ("社区", "姓名", "性别", "出生年月", "填表日期", "身份证号", "联系电话", "简历")
GOOD = ("桃园社区", "刘珺", "女", "1978年3月", "2020.4.16", None, "13900000001", "1999年参加工作。\n\n2008年任校长。")


def write(path: Path, sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> Path:
    """An .xlsx of these rows, from A1 on; text beginning with "=" becomes a formula nobody has calculated."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    workbook.save(path)
    return path


def read(path: Path) -> Workbook:
    """Read with the usual limits."""
    return read_workbook(path, Limits())


def png(width: int = 30, height: int = 40, colour: str = "navy", form: str = "PNG") -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Drawing.new("RGB", (width, height), colour).save(stream, form)
    return stream.getvalue()


def image(data: bytes) -> Image:
    """A picture for openpyxl."""
    return Image(io.BytesIO(data))


def edited(path: Path, changes: Mapping[str, bytes | tuple[str, str]]) -> Path:
    """The zip at ``path`` with parts added or replaced; a pair replaces a string inside a part."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        if isinstance(change, bytes):
            parts[name] = change
        else:
            old, new = change
            text = parts[name].decode()
            assert old in text, f"{old!r} is not in {name}"
            parts[name] = text.replace(old, new).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
