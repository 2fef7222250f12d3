"""A small valid kind as text, and a way to break it in one place."""

from __future__ import annotations

from pathlib import Path

LETTER = """\
id = "letter"
name = "函"
format = "letter"
title = "{{ title }}"
file_name = "{{ number }} {{ title }}"
identity = ["organisation", "title", "date"]
organisation_field = "organisation"
date_field = "date"
seals = ["issuer"]

[numbering]
series = "{code}函"
pattern = "{code}函〔{year}〕{n}号"
field = "given_number"

[[rule]]
rule = "not-before"
fields = ["date", "answer_by"]

[[table]]
id = "letter"
sheets = ["函"]

[[table.field]]
id = "given_number"
heading = "文号"
type = "number"
printed = false
example = "桃社党函〔2020〕1号"
help = "一般不填"

[[table.field]]
id = "organisation"
heading = "发文机关"
type = "org"
required = true
example = "中共铜川市王益区委组织部"
help = "写全称"

[[table.field]]
id = "title"
heading = "标题"
type = "long-text"
required = true
example = "关于推荐社区党组织\\n兼职委员的函"
help = "关于……的函"

[[table.field]]
id = "date"
heading = "成文日期"
type = "date"
required = true
example = "2020年4月16日"
help = "签发的日期"

[[table.field]]
id = "answer_by"
heading = "回复时限"
synonyms = ["时限"]
type = "date"
example = "2020年5月8日"
help = "可以不填"

[[table.field]]
id = "urgency"
heading = "紧急程度"
type = "choice"
choices = ["特急", "加急"]
example = "加急"
help = "可以不填"

[[table.field]]
id = "copies"
heading = "份数"
type = "integer"
minimum = 1
maximum = 99
example = "2"
help = "打印几份"
"""

PEOPLE = """
[[table]]
id = "people"
role = "detail"
sheets = ["人员"]
key = "letter_no"

[[table.field]]
id = "letter_no"
heading = "编号"
required = true
example = "1"
help = "与主表一样"

[[table.field]]
id = "name"
heading = "姓名"
type = "person"
required = true
example = "刘珺"
help = "一人一行"
"""


def write_kind(folder: Path, text: str = LETTER, name: str = "letter") -> Path:
    """Write ``text`` as the kind.toml of a folder ``name`` under ``folder``; returns the kind's folder."""
    kind = folder / name
    kind.mkdir(parents=True, exist_ok=True)
    (kind / "kind.toml").write_text(text, encoding="utf-8")
    return kind
