"""``python -m bench.finding [PAPERS]``: how fast papers are found among 200,000, straight in a register of their own.

Papers are made up of the words such papers are made of, so that two-character words are as common as in an office's
archive: in all papers, in one of ten, in one of a thousand. Each query is what ``gongwen find`` asks of the register,
with rows and snippets; the start of Python and reading gongwen.toml (about half a second) come on top of it.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from bench import machine
from pipeline.core.values import FiledFile, FiledPaper, IndexQuery, Submission
from pipeline.register import Register

PAPERS = 200_000
TIMES = 40
BATCH = 2_000

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_ORGANISATIONS = (("ZZB", "中共铜川市王益区委组织部"), ("TYJ", "中共铜川市王益区桃园街道委员会"))
_KINDS = (("notice", "通知"), ("minutes", "会议纪要"), ("publication", "公示"), ("agreement", "共驻共建协议书"))
_COMMON = ("党建", "社区", "工作", "会议", "街道", "兼职委员", "共建", "驻区单位", "联席会议", "活动")
_RARE = tuple(f"{first}{second}" for first in "桃河康红育文安和" for second in "园滨乐旗才昌宁顺")
_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴徐孙", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超"

QUERIES = {
    "党建, in every paper": IndexQuery(words=("党建",)),
    "桃园, in one of sixty": IndexQuery(words=("桃园",)),
    "公示 社区, two words": IndexQuery(words=("公示", "社区")),
    "党建 with kind and organisation": IndexQuery(words=("党建",), kind="minutes", organisation="桃园街道"),
    "党建 within a month of ten years ago": IndexQuery(
        words=("党建",), since=date(2016, 3, 1), until=date(2016, 3, 31)
    ),
    "党建 with retention 永久": IndexQuery(words=("党建",), retention="Y"),
    "党建 withdrawn (one of a thousand)": IndexQuery(words=("党建",), status="withdrawn"),
    "a person, no word": IndexQuery(person="王芳芳"),
    "党建 by relevance": IndexQuery(words=("党建",), order="relevance"),
    "桃园 社区 by relevance": IndexQuery(words=("桃园", "社区"), order="relevance"),
}


def main(papers: int) -> None:
    """Fill a register, then ask; every figure in milliseconds."""
    with (
        tempfile.TemporaryDirectory(prefix="gongwen-bench-") as folder,
        Register.open(Path(folder) / "r.db") as register,
    ):
        began = time.perf_counter()
        _fill(register, papers)
        filled = time.perf_counter() - began
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
        print(f"{date.today()}  {machine.described()}; load {os.getloadavg()[0]:.1f}")
        print(f"{papers} papers entered in {filled:.0f} s, {size:.0f} MiB; each query {TIMES} times\n")
        for name, query in QUERIES.items():
            _ask(register, name, query)


def _ask(register: Register, name: str, query: IndexQuery) -> None:
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        hits = register.search(query)
        spent.append((time.perf_counter() - began) * 1000)
    ninety_five = quantiles(spent, n=20)[-1]
    print(f"{name}: {len(hits)} hits, median {median(spent):.1f} ms, p95 {ninety_five:.1f} ms, first {spent[0]:.1f} ms")


def _fill(register: Register, papers: int) -> None:
    chance = random.Random(20200416)
    made = _papers(chance, papers)
    for start in range(0, papers, BATCH):
        batch = [next(made) for _ in range(min(BATCH, papers - start))]
        submission = batch[0].submission
        ids = tuple(one.paper for one in batch)
        register.enter(Submission(submission, f"{submission}.xlsx", "0" * 64, "notice", "entered", _NOW, ids), batch)
        register.finish(submission, _NOW)


def _papers(chance: random.Random, count: int) -> Iterator[FiledPaper]:
    """Papers of ten years, oldest first; each batch is one submission."""
    for n in range(count):
        day = date(2016, 1, 1) + timedelta(days=n * 3650 // count)
        code, organisation = chance.choice(_ORGANISATIONS)
        kind, kind_name = chance.choice(_KINDS)
        rare = chance.choice(_RARE)
        retention = chance.choice(("Y", "D30", "D10"))
        digest = hashlib.sha256(str(n).encode()).hexdigest()
        title = f"关于{rare}{chance.choice(_COMMON)}的{kind_name}"
        lowest = f"D001-WS·{day.year}-{retention}-{code}"
        files = {
            role: FiledFile(f"{day.year}/{organisation}/{n}{suffix}", digest, 1)
            for role, suffix in (("pdf", ".pdf"), ("docx", ".docx"), ("record", ".json"), ("source", ".xlsx"))
        }
        yield FiledPaper(
            paper=digest[:16],
            kind=kind,
            kind_name=kind_name,
            title=title,
            organisation=organisation,
            organisation_code=code,
            year=day.year,
            date=day,
            number=f"铜王组发〔{day.year}〕{n}号",
            series="铜王组发",
            n=n + 1,
            archival_code=f"{lowest}-{n:04}",
            lowest_class=lowest,
            piece=n,
            retention=retention,
            identity=digest,
            content=digest,
            submission=f"s{n // BATCH}",
            source_name=f"s{n // BATCH}.xlsx",
            filed_at=_NOW,
            files=files,
            people=tuple(_name(chance) for _ in range(2)),
            pages=2,
            text="，".join(["党建", rare, *(chance.choice(_COMMON) + chance.choice(_RARE) for _ in range(80))]),
            status="withdrawn" if n % 1000 == 7 else "valid",
        )


def _name(chance: random.Random) -> str:
    return chance.choice(_FAMILY) + chance.choice(_GIVEN) + chance.choice(_GIVEN)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS)
