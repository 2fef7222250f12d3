"""Cases: text pasted from the five source documents, or from pages like theirs, and workbooks of several sheets."""

from __future__ import annotations

from pipeline.core.findings import Code
from tests.corpus.case import Case, accepted, book, member, payment, returned, roster
from tests.sheets.examples import GOOD, HEADINGS

MEETING = {
    "会议": [
        ("会议编号", "召集单位", "会议名称", "会议日期", "会议经费"),
        ("01", "桃园社区", "联席会议", "2020.6.18", 100),
    ],
    "人员": [("序号", "会议编号", "姓名", "单位"), (1, "01", "刘珺", "第一小学"), (2, "01", "王建国", "供电公司")],
    "议题": [("会议编号", "议题", "表决票数", "赞成", "反对"), ("01", "楼道照明", 9, 8, 1)],
}
"""A workbook of three sheets joined by the number of the meeting."""


def meeting(**sheets: object) -> bytes:
    """The meeting with some sheets otherwise; None leaves one out."""
    names = {"heads": "会议", "people": "人员", "topics": "议题"}
    changed = {names[name]: rows for name, rows in sheets.items()}
    return book({name: rows for name, rows in (MEETING | changed).items() if rows is not None})


def short(what: str, text: str, mended: str = "王益区第一小学") -> Case:
    """Damage in a short field: the workbook comes back."""
    return returned(f"{what} in a short field", payment(payee=text), (Code.DAMAGED_TEXT, "B2"), B2=mended)


def long(what: str, text: str) -> Case:
    """Damage in a long field: told in the receipt, printed as it stands."""
    return accepted(f"{what} in a long field", roster(member(career=text)), 1, (Code.DAMAGED_TEXT, "H2"))


PASTED = [
    short("pinyin glued behind characters", "會(huì)同縣第一小學(xué)"),
    short("pinyin without brackets", "会huì同县第一小学"),
    short("traditional characters", "會同縣第一小學"),
    short("half-width brackets", "王益区第一小学(本部)"),
    short("a half-width comma", "第一小学,供电公司"),
    short("straight quotation marks", '社区"大党委"办公室'),
    short("quotation marks that do not match", "社区“大党委办公室"),
    short("the quotation mark of a document-sharing site", "社区“大党委〞办公室"),
    short("six-cornered brackets for round ones", "文明单位〔小区〕"),
    short("a word that a site has swapped", "党群效劳中心"),
    short("the furniture of a page", "第一小学 下载文档"),
    short("mojibake", "锟斤拷小学"),
    short("a control character", "第一\x07小学".replace("\x07", "_x0007_")),
    short("question marks for lost characters", "第一???学"),
    accepted("Latin words in half-width brackets", payment(payee="工会(GH)第一小学")),
    accepted("a document number in six-cornered brackets", payment(share="铜王组发〔2020〕50号")),
    accepted("two kinds of quotation marks inside one another", payment(payee="社区“网格‘大党支部’”")),
    accepted("a comma between figures", payment(share="1,234")),
    long("pinyin glued behind characters", "會(huì)同縣(xiàn)積極推行。"),
    long("traditional characters", "積極推行社區黨組織兼職委員制度。"),
    long("half-width signs", "推行社区“大党委”制,提升水平;加强领导."),
    long("quotation marks that do not match", '形成社区党建“项目清单"，作为目标。'),
    long("words that a site has swapped", "议事规那么如下，原那么上每季度一次。"),
    long("the furniture of a page", "加强领导。\n您是第 位来访者"),
    long("paragraphs cut by a scan", "现将《意见》印发给你们，\n请结合工作实际，认真贯彻落实。"),
    long("a control character", "加强_x0001_领导。"),
    accepted(
        "a career of one line a station",
        roster(member(career="1999.07—2008.08 第一小学教师\n2008.08至今 第一小学校长")),
    ),
    accepted(
        "headings among paragraphs",
        roster(member(career="一、目的意义\n为了加强领导。\n二、工作要求\n（一）加强领导。")),
    ),
    accepted(
        "carriage returns of another program",
        roster(member(career="1999年工作。_x000D_\n2008年任校长。")),
        career="1999年工作。\n2008年任校长。",
    ),
    accepted(
        "indents of ideographic blanks",
        roster(member(career="　　1999年工作。\n　　2008年任校长。")),
        career="1999年工作。\n2008年任校长。",
    ),
    accepted("characters in composed form", roster(member(health="健康", career="Cafe\u0301。")), career="Café。"),
]

SEVERAL = [
    accepted("three sheets joined by a number", meeting()),
    accepted(
        "three sheets of other names", book(dict(zip(("Sheet1", "Sheet2", "Sheet3"), MEETING.values(), strict=True)))
    ),
    accepted("details before their head", book(dict(reversed(MEETING.items())))),
    accepted("a meeting without topics", meeting(topics=None)),
    returned("no sheet of people", meeting(people=None), (Code.SHEET_MISSING, ""), (Code.GROUP_EMPTY, "A2")),
    returned("no sheet of meetings", meeting(heads=None), (Code.SHEET_MISSING, "")),
    returned(
        "people of another meeting",
        meeting(people=[*MEETING["人员"], (3, "02", "李旭", "供电公司")]),
        (Code.KEY_UNKNOWN, "B4"),
        B4="01",
    ),
    returned(
        "two meetings of one number",
        meeting(heads=[*MEETING["会议"], ("01", "红旗社区", "联席会议", "2020.6.18", None)]),
        (Code.DUPLICATE, "A3"),
    ),
    returned(
        "a fee above what is allowed",
        meeting(heads=[MEETING["会议"][0], ("01", "桃园社区", "联席会议", "2020.6.18", 5001)]),
        (Code.OUT_OF_RANGE, "E2"),
        E2=100,
    ),
    returned(
        "a title too long",
        meeting(heads=[MEETING["会议"][0], ("01", "桃园社区", "联席会议" * 6, "2020.6.18", None)]),
        (Code.TOO_LONG, "C2"),
        C2="联席会议",
    ),
    returned(
        "votes in words",
        meeting(topics=[MEETING["议题"][0], ("01", "楼道照明", "多数", 8, 1)]),
        (Code.NOT_A_NUMBER, "C2"),
        C2=9,
    ),
    accepted(
        "a number as text on one sheet and as a number on another",
        meeting(
            people=[MEETING["人员"][0], (1, "1", "刘珺", "第一小学")],
            heads=[MEETING["会议"][0], (1, "桃园社区", "联席会议", "2020.6.18", None)],
            topics=None,
        ),
    ),
    accepted("the name of the kind as the file's name", book({"Sheet1": [HEADINGS, GOOD]}), name="兼职委员登记表.xlsx"),
]

CASES = [*PASTED, *SEVERAL]
