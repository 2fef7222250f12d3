"""Papers and submissions for the tests, numbered the way ``numbering`` would."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from pipeline.core.acts import Action, ActLine, NumberAct
from pipeline.core.values import FiledFile, FiledPaper, Number, Submission

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2020, 4, 16, 12, 0, tzinfo=CHINA)
APRIL = date(2020, 4, 16)
DEPARTMENT = "中共铜川市王益区委组织部"


def digest(text: str) -> str:
    """A digest of these words."""
    return hashlib.sha256(text.encode()).hexdigest()


def paper(
    n: int,
    *,
    title: str = "关于推荐社区兼职委员的通知",
    text: str = "",
    people: tuple[str, ...] = (),
    day: date = APRIL,
    organisation: tuple[str, str] = ("ZZB", DEPARTMENT),
    series: str = "铜王组发",
    number: str | None = None,
    piece: int | None = None,
    kind: tuple[str, str] = ("notice", "通知"),
    submission: str = "s1",
    identity: str = "",
) -> FiledPaper:
    """Paper number ``n``: 铜王组发〔2020〕n号, 件号 n; ``number=""`` for one without a number."""
    number = f"{series}〔{day.year}〕{n}号" if number is None else number
    lowest_class = f"D001-WS·{day.year}-D10-{organisation[0]}"
    piece = n if piece is None else piece
    identity = identity or digest(f"{organisation}{series}{title}{day}{n}")
    folder = f"{day.year}/{organisation[1]}"
    return FiledPaper(
        paper=identity[:16],
        kind=kind[0],
        kind_name=kind[1],
        title=title,
        organisation=organisation[1],
        organisation_code=organisation[0],
        year=day.year,
        date=day,
        number=number,
        series=series if number else "",
        n=n if number else 0,
        archival_code=f"{lowest_class}-{piece:04}",
        lowest_class=lowest_class,
        piece=piece,
        retention="D10",
        identity=identity,
        content=digest(title + text),
        submission=submission,
        source_name="四月.xlsx",
        filed_at=NOON,
        files={
            "pdf": FiledFile(f"{folder}/{identity[:16]}.pdf", digest(identity + "pdf"), 12_345),
            "docx": FiledFile(f"{folder}/{identity[:16]}.docx", digest(identity + "docx"), 23_456),
            "source": FiledFile(f"{folder}/四月.xlsx", digest("source"), 9_876),
        },
        people=people,
        text=text,
    )


def submission(papers: Sequence[FiledPaper] = (), *, identifier: str = "s1", state: str = "entered") -> Submission:
    """The workbook that made these papers."""
    return Submission(
        id=identifier,
        name="四月.xlsx",
        sha256=digest(identifier),
        kind="notice",
        state=state,
        received_at=NOON,
        papers=tuple(one.paper for one in papers),
    )


def act(
    seq: int,
    action: Action,
    *numbers: int,
    title: str = "",
    reason: str = "年终表彰",
    until: date | None = None,
    year: int = 2020,
) -> NumberAct:
    """An act of 王秘书 on these numbers of 铜王组发, with its record in the archive."""
    lines = tuple(
        ActLine(Number("铜王组发", year, n, f"铜王组发〔{year}〕{n}号"), title, APRIL if title else None)
        for n in numbers
    )
    record = FiledFile(f"号簿/2020/{seq:05} {action}.json", digest(f"act {seq}"), 321)
    return NumberAct(seq, action, lines, "王秘书", NOON, reason, until, {"act": record})


def later(minutes: int) -> datetime:
    """So many minutes after noon."""
    return (NOON + timedelta(minutes=minutes)).astimezone(UTC)
