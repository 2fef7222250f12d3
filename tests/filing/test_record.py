"""The record beside a paper: readable by people, equal for equal input, and read back exactly or refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.deeds import Status
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.filed import filed_record
from pipeline.core.values import FiledFile, FiledPaper, RenderReport
from pipeline.filing import record
from tests.filing.samples import BEIJING, new_archive, rendered, staged

PATH = "2020/甲/一.json"
PAPER = FiledPaper(
    paper="p1", kind="notice", kind_name="通知", title="题名", organisation="甲", organisation_code="ZZB", year=2020,
    date=date(2020, 4, 16), number="铜王组发〔2020〕50号", series="铜王组发", n=50,
    archival_code="D001-WS·2020-D10-ZZB-0001", lowest_class="D001-WS·2020-D10-ZZB", piece=1, retention="D10",
    identity="i", content="c", submission="S", source_name="四月.xlsx",
    filed_at=datetime(2020, 4, 17, 9, 30, tzinfo=BEIJING), people=("张三",), text="全文",
    data=record.data_of(rendered(50).merged.numbered.record),
    files={"pdf": FiledFile("2020/甲/一.pdf", "a" * 64, 12)},
)  # fmt: skip


def written(paper: FiledPaper = PAPER) -> bytes:
    about = rendered(50)
    return record.write(paper, PATH, about.merged.numbered.record, about.report, "0.1.0")


def changed(**keys: Any) -> bytes:
    """The record with some of its keys (``a__b`` for b in a) given another value; ``...`` takes the key away."""
    content = json.loads(written())
    for key, value in keys.items():
        *folders, last = key.split("__")
        place = content
        for folder in folders:
            place = place[folder]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    return json.dumps(content).encode()


def test_a_paper_comes_back_as_it_was_with_its_own_record(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, rendered(1), rendered(2, numbered=False))
    for paper in papers:
        assert record.read(staging.get(paper.files["record"].sha256)) == paper


def test_the_record_knows_its_own_file() -> None:
    content = written()
    file = record.read(content).files["record"]
    assert file == FiledFile(PATH, hashlib.sha256(content).hexdigest(), len(content))


SAFE = st.text(st.characters(exclude_categories=["Cs"]))
NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\\\0"), min_size=1).filter(
    lambda text: text not in {".", ".."}
)
FILES = st.dictionaries(
    st.sampled_from(["pdf", "docx", "source", "sealed"]),
    st.builds(FiledFile, st.just("2020/甲/一"), st.just("a" * 64), st.integers(0)),
)


@given(
    st.builds(
        FiledPaper,
        **{field.name: SAFE for field in fields(FiledPaper) if field.type == "str"}
        | {"data": st.just(PAPER.data), "status": st.sampled_from([status.value for status in Status])}
        | {"paper": NAME, "submission": NAME},
        year=st.integers(1, 9999), date=st.dates(), n=st.integers(0), piece=st.integers(0),
        filed_at=st.datetimes(timezones=st.just(BEIJING)), files=FILES, people=st.lists(SAFE).map(tuple),
    )
)  # fmt: skip
def test_any_paper_survives_the_way_into_its_record_and_back(paper: FiledPaper) -> None:
    content = written(paper)
    assert record.read(content) == record.with_record(paper, PATH, content)


def test_a_person_reads_every_value_with_its_heading_and_its_cell() -> None:
    content = written()
    assert "联系人".encode() in content, "Chinese stands as Chinese"
    photo = hashlib.sha256(b"\x89PNG").hexdigest()
    head, first, second = json.loads(content)["data"]
    assert (head["table"], head["sheet"], head["row"]) == ("notice", "通知", 51)
    assert [(one["heading"], one["value"], one["cell"]) for one in head["fields"]] == [
        ("标题", "关于开好联席会议的通知", "A51"),
        ("成文日期", "2020-04-16", "B51"),
        ("联系人", "张三", "C51"),
        ("经费", "1200.50", "D51"),
        ("照片", f"image/png sha256:{photo}", ""),
    ]
    assert [one["type"] for one in head["fields"]] == ["text", "date", "person", "money", "image"]
    assert first["fields"][0]["value"] == "李四"
    assert second["fields"][1] == {"id": "phone", "heading": "电话", "type": "phone", "value": "", "cell": "B3"}


def test_the_record_says_how_the_paper_was_printed_but_not_how_fast() -> None:
    rendering = json.loads(written())["rendering"]
    assert rendering["pages"] == 2
    assert rendering["boxes"][0] == {
        "name": "seal_issuer", "page": 2, "left_mm": 100.5, "top_mm": 200.0, "width_mm": 42.0, "height_mm": 42.0,
    }  # fmt: skip
    assert rendering["substitutions"] == [{"wanted": "仿宋_GB2312", "used": "FandolFang"}]
    assert rendering["fallbacks"][0]["character"] == "𬳵"
    assert "milliseconds" not in json.dumps(rendering)


def test_equal_input_gives_equal_bytes() -> None:
    about = rendered(50)
    slower = RenderReport(**{
        field.name: getattr(about.report, field.name) for field in fields(RenderReport)
    } | {"milliseconds": {"layout": 999.0}})  # fmt: skip
    again = replace(PAPER, files=dict(reversed(list(PAPER.files.items()))))
    assert record.write(again, PATH, about.merged.numbered.record, slower, "0.1.0") == written()


def test_values_that_a_rule_derived_are_kept_too() -> None:
    about = rendered(1).merged.numbered.record
    about = replace(about, head=replace(about.head, values={**about.head.values, "term": 5}))
    content = record.write(PAPER, PATH, about, rendered(1).report, "0.1.0")
    assert json.loads(content)["data"][0]["fields"][-1] == {
        "id": "term", "heading": "", "type": "", "value": "5", "cell": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", ""),
        (b"[]", ""),
        (b"\xff\xfe", ""),
        (written()[:-20], ""),
        (b"[" * 100_000, ""),
        (written().replace(b'"format"', b'"path": "x", "format"'), ""),
        (changed(format="gongwen-record/2"), "format"),
        (changed(format=...), "format"),
        (changed(text=...), "text"),
        (changed(text=None), "text"),
        (changed(surplus="x"), "surplus"),
        (changed(paper=[]), "paper"),
        (changed(data="x"), "data"),
        (changed(data=[1]), "data"),
        (changed(paper__title=...), "paper.title"),
        (changed(paper__surplus=1), "paper.surplus"),
        (changed(paper__title="\ud83d"), ""),
        (changed(paper__status="secret"), "paper.status"),
        (changed(paper__paper=""), "paper.paper"),
        (changed(paper__paper="../../inbox"), "paper.paper"),
        (changed(paper__submission="spool/other"), "paper.submission"),
        (changed(paper__year="2020"), "paper.year"),
        (changed(paper__year=True), "paper.year"),
        (changed(paper__n=-1), "paper.n"),
        (changed(paper__n=1.0), "paper.n"),
        (changed(paper__date="20200416"), "paper.date"),
        (changed(paper__date="2020-13-01"), "paper.date"),
        (changed(paper__filed_at="2020-04-17"), "paper.filed_at"),
        (changed(paper__people=["张三", 1]), "paper.people"),
        (changed(path="../outside.json"), "path"),
        (changed(path="/etc/passwd"), "path"),
        (changed(files__pdf__path="2020\\甲"), "files.pdf.path"),
        (changed(files__pdf__sha256="A" * 64), "files.pdf.sha256"),
        (changed(files__pdf__sha256="a" * 63), "files.pdf.sha256"),
        (changed(files__pdf__size=-1), "files.pdf.size"),
        (changed(files__pdf__size=float("nan")), ""),
        (changed(files__pdf={}), "files.pdf.path"),
        (changed(files__pdf="x"), "files.pdf"),
    ],
)
def test_what_is_not_exactly_right_is_refused_and_named(content: bytes, where: str) -> None:
    with pytest.raises(ArchiveDamaged) as refusal:
        record.read(content)
    assert refusal.value.where == where
    assert refusal.value.what


def test_the_values_come_back_with_their_types_and_a_picture_as_its_digest() -> None:
    filed = filed_record(record.read(written()))
    digest = hashlib.sha256(b"\x89PNG").hexdigest()
    assert filed.head == {
        "title": "关于开好联席会议的通知",
        "date": date(2020, 4, 16),
        "contact": "张三",
        "budget": Decimal("1200.50"),
        "photo": f"image/png sha256:{digest}",
    }
    assert filed.details == {"people": ({"name": "李四", "phone": "0919-1234567"}, {"name": "张三"})}


@pytest.mark.parametrize(("kind", "value"), [("date", "2020年4月"), ("money", "一千"), ("integer", "1.5")])
def test_a_value_that_is_not_of_its_type_is_refused(kind: str, value: str) -> None:
    rows = json.loads(written())["data"]
    rows[0]["fields"][0] |= {"type": kind, "value": value}
    with pytest.raises(ArchiveDamaged) as refusal:
        record.read(changed(data=rows))
    assert refusal.value.where == "data"


@pytest.mark.parametrize("rows", [[], [{"table": "notice"}], [{"table": "notice", "fields": [{"id": "title"}]}]])
def test_rows_that_are_not_whole_are_refused(rows: list[object]) -> None:
    with pytest.raises(ArchiveDamaged):
        record.read(changed(data=rows))
