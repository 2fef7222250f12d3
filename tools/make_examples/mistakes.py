"""The workbook that must come back: one mistake a row, of the kinds people really make.

Each planted cell says the code of the finding it must get; beside them stand spellings that look odd and must be
accepted. ``expected()`` writes all of it as TOML, so that tests and people read the same list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tools.make_examples.books import Column, add_table, new_workbook

FILE = "登记表（有错误）.xlsx"
SHEET = "登记表"
_HEADINGS_ROW = 3
_ACCEPTED = "accepted"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(region: str, birth: date, order: str) -> str:
    """An identity number with its check character (GB 11643-1999, ISO 7064 MOD 11-2)."""
    body = f"{region}{birth:%Y%m%d}{order}"
    return body + "10X98765432"[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


@dataclass(frozen=True, slots=True)
class Person:
    """A row: what is right about it, and what was typed instead.

    ``why`` says it for people, ``code`` for programs; ``also`` is a second field that gets the same finding.
    """

    name: str
    sex: str
    birth: date
    wrong: str = ""
    typed: Any = None
    code: str = ""
    why: str = ""
    also: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def row(self, place: int) -> dict[str, Any]:
        """The row as typed."""
        order = "998" if self.sex == "女" else "997"
        row = {
            "sequence": place,
            "organisation": ("桃园社区", "红旗社区", "育才社区")[place % 3],
            "person": self.name,
            "sex": self.sex,
            "birth": f"{self.birth:%Y.%m}",
            "ethnicity": "汉族",
            "native_place": "陕西省富平县",
            "joined_party": "2004.06",
            "health": "健康",
            "birthplace": "陕西省铜川市王益区",
            "joined_work": "2006.07",
            "education": "大学本科",
            "school": "延安大学行政管理专业",
            "degree": "无",
            "post": "王益区驻区单位党支部书记",
            "community_post": "社区党组织兼职委员",
            "term": 5,
            "career": "2006.07至今　王益区驻区单位工作",
            "performance": "积极参加社区共驻共建，群众反映良好。",
            "recommendation": "同意推荐。",
            "recommended_on": date(2020, 5, 8),
            "community_opinion": "同意上报。",
            "community_opinion_on": date(2020, 5, 12),
            "street_opinion": "同意聘任。",
            "street_opinion_on": date(2020, 5, 18),
            "id_card": identity_number("610202", self.birth, order),
            "phone": f"139000001{place:02d}",
            "date": date(2020, 5, 8),
        }
        return row | self.more | ({self.wrong: self.typed} if self.wrong else {})


_FIRST = ("杨文静", "女", date(1976, 3, 18))
_LONG = "积极参加社区组织的共驻共建活动，主动认领服务岗位，协调解决居民反映的突出问题，受到党员群众一致好评。" * 13

PEOPLE = (
    Person(*_FIRST, "date", "2020.4.16", _ACCEPTED, "日期写成 2020.4.16，存成了文字，认得出"),
    Person("郝建国", "男", date(1979, 5, 23), "birth", "1979年13月", "not-a-date", "没有 13 月"),
    Person("韩磊", "男", date(1981, 11, 30), "id_card", "610202198111309973", "not-an-id-card", "末位校验码不对"),
    Person("", "女", date(1974, 7, 7), "person", None, "required", "漏填姓名"),
    Person("田园", "女", date(1987, 4, 19), "organisation", "幸福里社区", "not-an-organisation", "没有这个社区"),
    Person("石磊", "男", date(1970, 2, 25), "term", "本届", "not-a-number", "年数里写了文字"),
    Person(
        "贾宏伟", "男", date(1985, 8, 16), "id_card", 610202198508160000, "rounded", "存成数字，末三位被 Excel 抹成 0"
    ),
    Person("秦岚", "女", date(1982, 1, 3), "phone", "1390000011", "not-a-phone", "手机号少一位"),
    Person(
        "董志强", "男", date(1977, 6, 9), "street_opinion_on", date(2020, 5, 10), "dates-backwards", "早于社区意见日期"
    ),
    Person("罗兰", "女", date(1984, 9, 28), "performance", _LONG, "too-long", "超过六百字"),
    Person("魏建民", "男", date(1973, 12, 12), "sex", "男性公民", "not-a-choice", "性别不是男或女"),
    Person(
        *_FIRST,
        "person",
        "杨文静",
        "duplicate",
        "第 4 行粘贴了两次",
        also="id_card",
        more={"organisation": "红旗社区", "phone": "13900000101"},
    ),
    Person("薛涛", "男", date(1980, 10, 8), "recommended_on", "2020年2月30日", "not-a-date", "二月没有 30 日"),
    Person(
        "苗青",
        "女",
        date(1983, 5, 5),
        "education",
        "=VLOOKUP(C17,名册!A:D,4,FALSE)",
        "uncalculated",
        "公式没有算出结果",
    ),
    Person("侯亮", "男", date(1978, 8, 1), "post", "#REF!", "error-value", "引用的表删掉了"),
    Person("毛宁", "女", date(1975, 1, 20), "birth", "1975.10", "rule", "与身份证号里的出生年月不一致"),
    Person("安　宁", "男", date(1986, 6, 16), "phone", "１３９００００００１２", _ACCEPTED, "全角数字，认得出"),
)

COLUMNS = (
    Column("sequence", "序号", 6),
    Column("organisation", "社区", 12),
    Column("person", "姓名", 10),
    Column("sex", "性别", 10),
    Column("birth", "出生年月", 13),
    Column("ethnicity", "族别", 8),
    Column("native_place", "籍贯", 14),
    Column("joined_party", "入党时间", 12),
    Column("health", "健康状况", 10),
    Column("birthplace", "出生地", 18),
    Column("joined_work", "参加工作\n时间", 12),
    Column("education", "学历", 12),
    Column("school", "毕业院校及专业", 22),
    Column("degree", "学位或职称", 12),
    Column("post", "工作单位及职务", 26),
    Column("community_post", "现任社区职务", 18),
    Column("term", "任期（年）", 10),
    Column("career", "工作简历", 34),
    Column("performance", "主要表现", 40),
    Column("recommendation", "推荐单位意见", 14),
    Column("recommended_on", "推荐单位意见日期", 16),
    Column("community_opinion", "社区党组织意见", 14),
    Column("community_opinion_on", "社区党组织意见日期", 16),
    Column("street_opinion", "街道党委意见", 14),
    Column("street_opinion_on", "街道党委意见日期", 16),
    Column("id_card", "身份证号", 21),
    Column("phone", "联系电话", 15),
    Column("date", "填表日期", 15),
)
_RENAMED = "ethnicity"


def workbook() -> Workbook:
    """The workbook with all the mistakes."""
    book = new_workbook()
    rows = [person.row(place) for place, person in enumerate(PEOPLE, start=1)]
    sheet = add_table(
        book,
        SHEET,
        COLUMNS,
        rows,
        title="社区“兼职委员”人员情况登记表",
        remark="填报单位：七一路街道　　　　填报时间：2020年5月",
    )
    # Excel stores what a person types as text when the cell is formatted so; the rounded number must stay a number.
    sheet[_address("id_card", 6)].number_format = "0"
    return book


def expected() -> str:
    """``expected.toml``: every planted cell with the code it must get, every odd spelling that must be accepted."""
    lines = [
        f"# {FILE} 里故意写错的地方：每一处应报什么（planted），以及看着别扭但应当认得的写法（accepted）。",
        "# 由 python -m tools.make_examples 写出，不要手改。",
        "",
        *_entry("planted", f"{_letter(_RENAMED)}{_HEADINGS_ROW}", "heading-unknown", "表头“民族”被改成“族别”"),
    ]
    for place, person in enumerate(PEOPLE):
        cell = _address(person.wrong, place)
        if person.code == _ACCEPTED:
            lines += _entry("accepted", cell, "", person.why)
        else:
            lines += _entry("planted", cell, person.code, person.why)
        if person.also:
            lines += _entry("planted", _address(person.also, place), person.code, person.why)
    return "\n".join(lines)


def _entry(list_: str, cell: str, code: str, why: str) -> list[str]:
    codes = [f'code = "{code}"'] if code else []
    return [f"[[{list_}]]", f'file = "{FILE}"', f'sheet = "{SHEET}"', f'cell = "{cell}"', *codes, f'why = "{why}"', ""]


def _address(field_: str, place: int) -> str:
    return f"{_letter(field_)}{_HEADINGS_ROW + 1 + place}"


def _letter(field_: str) -> str:
    return get_column_letter([column.field for column in COLUMNS].index(field_) + 1)
