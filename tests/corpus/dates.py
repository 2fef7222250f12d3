"""Cases: a date or a month is odd."""

from __future__ import annotations

from datetime import datetime

from pipeline.core.findings import Code
from tests.corpus.case import accepted, edited, member, roster
from tests.corpus.cells import APRIL, MARCH, cell, formatted, wrong

CASES = [
    *(
        cell(f"a date written {text}", "date", text, date=APRIL)
        for text in (
            "2020.4.16",
            "2020/4/16",
            "2020-04-16",
            "2020年4月16日",
            "2020 年 4 月 16 日",
            "二〇二〇年四月十六日",
            "二○二○年四月十六日",
            "20200416",
            "２０２０．４．１６",
            "2020.04.16 ",
            "2020年4月16号",
            "2020-4-16 00:00:00",
            "2020年4月16日 星期四",
            "2020年四月十六日",
            "二〇二〇年4月16日",
            "2020、4、16",
            "公元2020年4月16日",
        )
    ),
    cell("a date that Excel knows as one", "date", datetime(2020, 4, 16), date=APRIL),
    cell("a date with a time", "date", datetime(2020, 4, 16, 9, 30), date=APRIL),
    accepted(
        "a date in Excel's own Chinese format",
        edited(formatted(roster(), "登记表", "E2", 43937, "@"), "xl/styles.xml", 'numFmtId="49"', 'numFmtId="31"'),
        date=APRIL,
    ),
    accepted(
        "a date of the calendar of 1904",
        edited(
            roster(member(date=datetime(2016, 4, 15))), "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"'
        ),
        date=APRIL,
    ),
    *(
        cell(f"a month written {text}", "birth", text, birth=MARCH)
        for text in (
            "1978.03",
            "1978年3月",
            "1978-3",
            "197803",
            "1978/03",
            "一九七八年三月",
            "1978年3月（42岁）",
            "1978.3.15",
            "1978年3月生",
            "1978年3月15日出生",
        )
    ),
    cell("a month as a number", "birth", 1978.03, birth=MARCH),
    wrong("a month that may be January or October", Code.NOT_A_DATE, "1978年10月", birth=1978.1),
    wrong("a month that Excel took for a day of 1905", Code.NOT_A_DATE, "1978年3月", birth=datetime(1905, 5, 31)),
    wrong("a day without a year", Code.NOT_A_DATE, "2020年4月16日", date="4月16日"),
    wrong("two days in one cell", Code.NOT_A_DATE, "2020年4月16日", date="2020.4.16-2020.4.20"),
    wrong("the nought-th of a month", Code.NOT_A_DATE, "1978年3月", birth="1978-03-00"),
    wrong("a month that there is not", Code.NOT_A_DATE, "1978年3月", birth="1978年13月"),
    wrong("a day that there is not", Code.NOT_A_DATE, "2020年2月28日", date="2020年2月30日"),
    wrong("a date whose format was lost", Code.NOT_A_DATE, "2020年4月16日", date=43937),
    wrong("a day and month that may be either", Code.NOT_A_DATE, "2020年4月5日", date="4/5/2020"),
    wrong("a year of two figures", Code.NOT_A_DATE, "2020年4月16日", date="20.4.16"),
    wrong("a year alone", Code.NOT_A_DATE, "2020年4月16日", date="2020年"),
    wrong("a month where a day is wanted", Code.NOT_A_DATE, "2020年4月16日", date="2020年4月"),
    wrong("a deadline for a date", Code.NOT_A_DATE, "2020年6月30日", date="2020年6月底前"),
    wrong("words for a date", Code.NOT_A_DATE, "2020年4月16日", date="上周四"),
    wrong("no date", Code.REQUIRED, "2020年4月16日", date=None),
    wrong("a date two years ahead", Code.OUT_OF_RANGE, "2020年4月16日", date="2022年4月16日"),
    accepted("a date next month", roster(member(date="2020年8月1日")), 1, (Code.DATE_AHEAD, "E2")),
]
