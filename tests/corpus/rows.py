"""Cases: several cells do not go together."""

from __future__ import annotations

from pipeline.core.findings import Code
from tests.corpus.case import accepted, book, member, returned, roster

CASES = [
    returned("the same paper twice", roster(member(), member()), (Code.DUPLICATE, "B3"), B3="王建国"),
    accepted("two people of one name, born apart", roster(member(), member(birth="1980年3月")), 2),
    returned(
        "two wrong cells in one row",
        roster(member(sex="?", birth="?")),
        (Code.NOT_A_CHOICE, "C2"),
        (Code.NOT_A_DATE, "D2"),
        C2="女",
        D2="1978年3月",
    ),
    returned(
        "one wrong row among good ones",
        roster(member(), member(name="王建国"), member(name="?")),
        (Code.NOT_A_PERSON, "B4"),
        B4="李旭",
    ),
    returned(
        "a number in a column of names",
        book(
            {
                "登记表": [
                    ("社区", "姓名", "性别", "出生年月", "填表日期"),
                    ("桃园社区", 5, "女", "1978.03", "2020.4.16"),
                ]
            }
        ),
        (Code.NOT_A_PERSON, "B2"),
        B2="刘珺",
    ),
]
