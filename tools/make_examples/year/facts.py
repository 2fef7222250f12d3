"""Who and what there is in the year: ``content/year.toml``, and the few things every paper says alike."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_CONTENT_FILE = Path(__file__).parent.parent / "content" / "year.toml"
STREET = "桃园街道党委"
STREET_NAME = "中共铜川市王益区桃园街道委员会"
OFFICE = "中共铜川市王益区委组织部"
DECREE = "《在全区实行社区“兼职委员制”的实施意见》（铜王组发〔2020〕50号）"
HALL = "桃园街道办事处三楼会议室"
TERM = (date(2021, 3, 29), date(2025, 3, 28))
QUARTERS = "一二三四"

Row = dict[str, Any]
Rows = list[Row]
Content = Mapping[str, Rows]
"""The rows of a workbook by table id."""


@dataclass(frozen=True)
class Member:
    """One of the thirty, with his unit and community as they stand in the content."""

    name: str
    sex: str
    birth: date
    post: str
    education: str
    native_place: str
    unit: Row
    community: Row

    @property
    def whole_post(self) -> str:
        """工作单位及职务."""
        return f"{self.unit['name']}{self.post}"


@cache
def content() -> dict[str, Rows]:
    return tomllib.loads(_CONTENT_FILE.read_text(encoding="utf-8"))


def communities() -> Rows:
    return content()["community"]


def units_of(community: str) -> Rows:
    return [unit for unit in content()["unit"] if unit["community"] == community]


def members(community: str = "") -> list[Member]:
    """The thirty, or the ten of one community."""
    by_name = {one["name"]: one for one in communities()}
    return [
        Member(*facts, unit=unit, community=by_name[unit["community"]])
        for unit in content()["unit"]
        for facts in unit["members"]
        if community in ("", unit["community"])
    ]


def street_number(n: int) -> str:
    return f"王桃党发〔2021〕{n}号"


def said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def phone(place: int) -> str:
    return f"0919-21804{place:02d}"


def shown(number: str, community: Row, title: str, matter: str, first: date, last: date) -> Row:
    return {
        "publication_no": number,
        "organisation": community["name"],
        "title": title,
        "matter": matter,
        "from_day": first,
        "until_day": last,
        "telephone": community["phone"],
        "address": community["address"],
        "date": first,
    }
