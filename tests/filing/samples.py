"""Papers to file: a small kind, its records, and printed papers of them, without any printing."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from pipeline.core.kind import Field, FieldType, Kind, Role, Table
from pipeline.core.values import (
    ArchivalCode,
    ClaimedFile,
    Fallback,
    FieldBox,
    FiledPaper,
    MergedDocument,
    Number,
    NumberedRecord,
    Organisation,
    Picture,
    Record,
    RenderedDocument,
    RenderReport,
    Row,
    Substitution,
)
from pipeline.filing import Archive, Filing, Provenance, Staging, assemble

OFFICE = Organisation("ZZB", "中共铜川市王益区委组织部", "区委组织部", "铜王组发", ("组织部",))
COMMUNITY = Organisation("HPS", "中共红旗社区委员会", "红旗社区", "红社发")
BEIJING = timezone(timedelta(hours=8))
FILED_AT = datetime(2020, 4, 17, 9, 30, tzinfo=BEIJING)
ORIGIN = Provenance("D001", "中共铜川市王益区委组织部", "中共铜川市王益区委组织部", repository="铜川市王益区档案馆")
SOURCE = b"a workbook"
SOURCE_NAME = "四月通知.xlsx"

KIND = Kind(
    id="notice",
    name="通知",
    format="general",
    folder=Path("templates/notice"),
    tables=(
        Table(
            id="notice",
            sheets=("通知",),
            fields=(
                Field("title", "标题"),
                Field("date", "成文日期", FieldType.DATE),
                Field("contact", "联系人", FieldType.PERSON),
                Field("budget", "经费", FieldType.MONEY),
                Field("photo", "照片", FieldType.IMAGE),
            ),
        ),
        Table(
            id="people",
            sheets=("人员",),
            fields=(Field("name", "姓名", FieldType.PERSON), Field("phone", "电话", FieldType.PHONE)),
            role=Role.DETAIL,
            key="title",
        ),
    ),
    title="{{ title }}",
    file_name="{{ number }} {{ title }}",
    identity=("title",),
    date_field="date",
    retention="D10",
)


def rendered(
    n: int, title: str = "关于开好联席会议的通知", organisation: Organisation = OFFICE, *, numbered: bool = True
) -> RenderedDocument:
    """Paper ``n`` of an organisation; with ``numbered`` off it has no 发文字号."""
    day = date(2020, 4, 16)
    head = Row(
        "通知",
        n + 1,
        {
            "title": title,
            "date": day,
            "contact": "张三",
            "budget": Decimal("1200.50"),
            "photo": Picture(n + 1, 5, b"\x89PNG", "image/png"),
        },
        {"title": f"A{n + 1}", "date": f"B{n + 1}", "contact": f"C{n + 1}", "budget": f"D{n + 1}"},
    )
    people = tuple(
        Row("人员", row, {"name": name, "phone": phone}, {"name": f"A{row}", "phone": f"B{row}"})
        for row, name, phone in ((2, "李四", "0919-1234567"), (3, "张三", None))
    )
    identity = hashlib.sha256(f"{organisation.code} {title} {n}".encode()).hexdigest()
    record = Record(KIND, head, {"people": people}, organisation, day, identity)
    number = Number(f"{organisation.number_code}", 2020, n, f"{organisation.number_code}〔2020〕{n}号")
    lowest = f"D001-WS·2020-D10-{organisation.code}"
    code = ArchivalCode(lowest, n, f"{lowest}-{n:04d}")
    about = NumberedRecord(record, identity[:16], title, number if numbered else None, code, identity[::-1])
    words = f"{title}\n{organisation.name}\n王益区开展“三亮”活动"
    report = RenderReport(
        pages=2,
        text=words,
        boxes=(FieldBox("seal_issuer", 2, 100.5, 200.0, 42.0, 42.0),),
        substitutions=(Substitution("仿宋_GB2312", "FandolFang"),),
        fallbacks=(Fallback("𬳵", "FandolFang", "LXGW WenKai"),),
        milliseconds={"layout": 12.3 * n},
    )
    return RenderedDocument(
        MergedDocument(about, f"docx of {identity}".encode()), f"%PDF-1.7 {identity}".encode(), report
    )


def claimed(folder: Path, name: str = SOURCE_NAME, content: bytes = SOURCE) -> ClaimedFile:
    """A workbook in our keeping."""
    copy = folder / "spool" / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return ClaimedFile(f"S-{digest[:8]}", copy, name, digest, folder / "inbox" / name, FILED_AT)


def filing(folder: Path) -> Filing:
    """What the papers of one workbook share."""
    return Filing(claimed(folder), lambda kind: kind.retention, FILED_AT, "0.1.0", ORIGIN)


def new_archive(folder: Path) -> Archive:
    """An empty archive."""
    (folder / "archive").mkdir(parents=True)
    return Archive(folder / "archive")


def staged(folder: Path, archive: Archive, *papers: RenderedDocument) -> tuple[Staging, tuple[FiledPaper, ...]]:
    """Papers in their staging folder, ready to be registered."""
    staging = Staging(folder / "staging" / "S")
    named = [(paper, paper.merged.numbered.title) for paper in papers]
    filed = assemble(named, filing(folder), staging, archive.occupied())
    staging.complete()
    return staging, filed


def filed_archive(folder: Path, count: int = 3) -> tuple[Archive, tuple[FiledPaper, ...]]:
    """An archive with papers in it: ``count`` of the office and one of the community."""
    archive = new_archive(folder)
    staging, papers = staged(
        folder, archive, *(rendered(n) for n in range(1, count + 1)), rendered(1, "关于调整委员的通知", COMMUNITY)
    )
    archive.place(staging, papers)
    return archive, papers


def tree(root: Path) -> dict[str, bytes]:
    """Every file below ``root`` with its content."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
