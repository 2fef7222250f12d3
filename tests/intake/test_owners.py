"""Who has a workbook open, read from the files that Excel, Word, WPS and LibreOffice lay beside it."""

from __future__ import annotations

import os
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.inbox import arrivals, why_waiting
from pipeline.intake.owners import opened


def office_file(name: str, *, size: int, encoding: str = "gb18030") -> bytes:
    """An owner file as Excel (165 bytes) and Word (162 bytes) write it."""
    narrow_field, wide_field = (54, 108) if size == 165 else (53, 106)
    narrow, wide = name.encode(encoding, errors="replace"), name.encode("utf-16-le")
    data = bytes([len(narrow)]) + narrow.ljust(narrow_field, b" ")
    data += (len(wide) // 2).to_bytes(2, "little") + wide + b" \0" * ((wide_field - len(wide)) // 2)
    assert len(data) == size
    return data


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "五月通知.xlsx").write_bytes(b"x")
    return tmp_path


def open_by(inbox: Path) -> str | None:
    [arrival] = [one for one in arrivals(inbox) if one.path.name == "五月通知.xlsx"]
    return None if arrival.open_by is None else arrival.open_by.by


@pytest.mark.parametrize("size", [165, 162])
@pytest.mark.parametrize("name", ["张三", "欧阳娜娜 (财务科)", "Zhang San", "𠮷田"])
@pytest.mark.parametrize("prefix", ["~$", ".~"])
def test_the_name_stands_in_the_owner_file(inbox: Path, prefix: str, name: str, size: int) -> None:
    (inbox / f"{prefix}五月通知.xlsx").write_bytes(office_file(name, size=size))
    assert open_by(inbox) == name


def test_without_the_second_copy_the_first_one_is_read(inbox: Path) -> None:
    name = "张三".encode("gb18030")
    (inbox / "~$五月通知.xlsx").write_bytes(bytes([len(name)]) + name.ljust(54))
    assert open_by(inbox) == "张三"


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ("李旭,lixu,CAIWU-PC,20.11.2026 17:45,file:///C:/Users/lixu;", "李旭（CAIWU-PC）"),
        (",lixu,CAIWU-PC,20.11.2026 17:45,file:///C:/Users/lixu;", "lixu（CAIWU-PC）"),
        (r"李\,旭,lixu,CAIWU-PC,20.11.2026 17:45,file:///;", "李,旭（CAIWU-PC）"),
        ("李旭", "李旭"),
        ("", ""),
        (",,,,;", ""),
    ],
)
def test_libre_office_separates_name_account_and_machine(inbox: Path, content: str, who: str) -> None:
    (inbox / ".~lock.五月通知.xlsx#").write_text(content, encoding="utf-8")
    assert open_by(inbox) == who


def test_the_sentence_says_who_and_since_when(inbox: Path) -> None:
    owner = inbox / "~$五月通知.xlsx"
    owner.write_bytes(office_file("张三", size=165))
    at = datetime(2026, 11, 20, 17, 45).timestamp()
    os.utime(owner, (at, at))
    [arrival] = arrivals(inbox)
    assert why_waiting(arrival) == "张三正打开着它（2026-11-20 17:45 起）"


def test_an_owner_file_that_says_nothing_still_keeps_us_waiting(inbox: Path) -> None:
    (inbox / "~$五月通知.xlsx").write_bytes(b"")
    [arrival] = arrivals(inbox)
    assert arrival.held_open
    assert why_waiting(arrival).startswith("有人正打开着它")


@pytest.mark.parametrize("owner", ["~$五月通知.xlsx", "~$月通知.xlsx", "~$通知.xlsx", "~$五月通知.XLSX"])
def test_the_name_may_be_cut_or_written_otherwise(inbox: Path, owner: str) -> None:
    (inbox / owner).write_bytes(office_file("张三", size=165))
    assert open_by(inbox) == "张三"


def test_a_short_name_in_full_is_not_a_long_one_cut(inbox: Path) -> None:
    (inbox / "通知.xlsx").write_bytes(b"x")
    (inbox / "~$通知.xlsx").write_bytes(office_file("张三", size=165))
    assert open_by(inbox) is None


@given(st.binary(max_size=400), st.sampled_from(["~$甲.xlsx", ".~甲.xlsx", ".~lock.甲.xlsx#"]))
def test_whatever_an_owner_file_holds_the_workbook_is_open(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("owner") / name
    path.write_bytes(data)
    by = opened(["甲.xlsx"], [path])["甲.xlsx"].by
    by.encode()
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in by)
