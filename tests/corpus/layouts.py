"""Cases: the values are in order, but they do not stand where a program would like them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from pipeline.core.findings import Code
from tests.corpus.case import accepted, book, changed, edited, member, returned, roster
from tests.corpus.files_of_every_kind import FILES
from tests.sheets.examples import GOOD, HEADINGS, png
from tests.sheets.test_forms import FORM, JOINED

SHEET = "xl/worksheets/sheet1.xml"
OTHER = member(name="王建国")
NUMBERED = ("序号", *HEADINGS)
WITH_PHOTO = (*HEADINGS, "照片")
SECOND = [*FORM[:2], ("姓 名", "王建国", "性别", "男", "出生年月", "1970年1月", "照片"), *FORM[3:]]
PAIRS = [
    ("社区党组织", "桃园社区", "填表日期", "2020.5.8"),
    ("姓名", "刘珺", "性别", "女"),
    ("出生年月", "1978.03", "电话", "13900000001"),
]


def photos(*places: str, rows: int = 2, headings: tuple[str, ...] = WITH_PHOTO) -> bytes:
    """A roster with pictures of different colours over these cells."""

    def add(workbook: openpyxl.Workbook) -> None:
        for number, place in enumerate(places):
            workbook["登记表"].add_image(Image(BytesIO(png(colour=("navy", "red", "green")[number]))), place)

    people = [GOOD, OTHER, member(name="李旭")]
    return changed(roster(*people[:rows], headings=headings), add)


def hide(what: str, which: str | int) -> bytes:
    """A roster with a row or a column hidden."""

    def do(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["登记表"]
        (sheet.row_dimensions if what == "row" else sheet.column_dimensions)[which].hidden = True  # type: ignore[index]

    return changed(roster(), do)


def struck_through(area: str) -> bytes:
    """Two people, and a line through some of their cells."""

    def do(workbook: openpyxl.Workbook) -> None:
        for row in workbook["登记表"][area]:
            for cell in row:
                cell.font = Font(strike=True)

    return changed(roster(GOOD, OTHER), do)


def hidden_sheet(name: str) -> bytes:
    """A roster, and a hidden sheet with people of its own."""
    data = book({"Sheet1": [HEADINGS, GOOD], name: [HEADINGS, OTHER]})
    return changed(data, lambda workbook: setattr(workbook[name], "sheet_state", "hidden"))


def commented() -> bytes:
    """A roster whose sender has written a comment and coloured a cell."""

    def do(workbook: openpyxl.Workbook) -> None:
        workbook["登记表"]["D2"].comment = Comment("查过档案", "李旭")

    return changed(roster(), do)


def forms(*sheets: object, photo: str = "", **places: str) -> bytes:
    """One form a sheet."""
    named = {f"表{number}": rows for number, rows in enumerate(sheets, start=1)}
    data = book(named, dict.fromkeys(named, JOINED))  # type: ignore[arg-type]
    if photo:
        places = {"表1": photo}

    def add(workbook: openpyxl.Workbook) -> None:
        for number, (sheet, place) in enumerate(places.items()):
            workbook[sheet].add_image(Image(BytesIO(png(colour=("navy", "red")[number]))), place)

    return changed(data, add)


def moved(rows: object, down: int) -> list[str]:
    """The joined cells of the form, so many rows further down."""
    areas = []
    for area in JOINED:
        areas.append("".join(c if not c.isdigit() else str(int(c) + down) for c in area))
    return areas


def beside(rows: list[tuple[object, ...]], width: int) -> list[tuple[object, ...]]:
    """Two forms side by side, the second one of 王建国."""
    lines = []
    for line in rows:
        second = tuple({"刘珺": "王建国", "女": "男"}.get(str(value), value) for value in line)
        lines.append((*line, *[None] * (width - len(line)), None, *second))
    return lines


CASES = [
    accepted("a title above", roster(above=[("兼职委员登记表",)], area="A1:H1")),
    accepted("title, note and blank rows above", roster(above=[("登记表",), ("填报单位：桃园社区",), ()])),
    accepted("twenty rows of instructions above", roster(above=[(f"说明{n}",) for n in range(20)])),
    accepted(
        "empty rows and columns before the table",
        book({"登记表": [(), (), (None, None, *HEADINGS), (None, None, *GOOD)]}),
    ),
    accepted("a blank row between headings and data", roster((), GOOD)),
    accepted("blank rows among the data", roster(GOOD, (), (), OTHER), 2),
    accepted("rows of blanks at the end", roster(GOOD, ("  ", "\u3000"), (" ",))),
    accepted("rows numbered beforehand", roster((1, *GOOD), (2,), (3,), headings=NUMBERED)),
    accepted(
        "an empty column in the middle",
        roster((*GOOD[:3], None, *GOOD[3:]), headings=(*HEADINGS[:3], None, *HEADINGS[3:])),
    ),
    accepted("columns in another order", roster(GOOD[::-1], headings=HEADINGS[::-1])),
    accepted(
        "a column nobody knows",
        roster((*GOOD, "同意"), headings=(*HEADINGS, "领导批示")),
        1,
        (Code.HEADING_UNKNOWN, "I1"),
    ),
    accepted("a column nobody knows, without content", roster(GOOD, headings=(*HEADINGS, "领导批示"))),
    accepted(
        "blanks and line breaks in headings",
        roster(headings=("社 区", "姓\u3000名", "性\n别", "出生\n年月", *HEADINGS[4:])),
    ),
    accepted(
        "full-width signs in headings",
        roster(headings=("社区：", "姓名＊", "性别（必填）", "出生年月（年．月）", *HEADINGS[4:])),
    ),
    accepted(
        "headings by other words",
        roster(headings=("社区党组织", "姓名", "性别", "出生日期", "填表日期", "身份证号码", "电话", "工作简历")),
    ),
    accepted(
        "headings in bold, written as rich text",
        edited(roster(), SHEET, "<is><t>姓名</t></is>", "<is><r><rPr><b/></rPr><t>姓</t></r><r><t>名</t></r></is>"),
    ),
    accepted(
        "a phonetic guide over a name",
        edited(roster(), SHEET, "<is><t>刘珺</t></is>", '<is><t>刘珺</t><rPh sb="0" eb="1"><t>liú</t></rPh></is>'),
    ),
    accepted("headings twice, for print", roster(GOOD, HEADINGS, OTHER), 2),
    accepted(
        "a group over its parts",
        book(
            {"登记表": [("社区", "基本情况", None, None, *HEADINGS[4:]), (None, *HEADINGS[1:4]), GOOD]},
            {"登记表": ["A1:A2", "B1:D1", "E1:E2", "F1:F2", "G1:G2", "H1:H2"]},
        ),
    ),
    accepted("one community joined over several rows", roster(GOOD, (None, *OTHER[1:]), area="A2:A3"), 2),
    accepted("a total below", roster(GOOD, ("合计", "1人"))),
    accepted("a total of the page, with a colon", roster(GOOD, ("本页小计：1人",))),
    accepted("signatures below", roster(GOOD, (), ("填表人：李旭", None, None, "审核人：张秀梅"))),
    accepted("a place for the seal below", roster(GOOD, ("（盖章）",))),
    accepted("a note below", roster(GOOD, ("注：本表一式两份。",))),
    *(
        accepted(f"a last row that says {text}", roster(GOOD, (), (text,)))
        for text in (
            "（以下空白）",
            "——以下无正文——",
            "此表一式三份，社区留存一份。",
            "第1页 共1页",
            "共1人",
            "主任签字：",
        )
    ),
    accepted("numbered notes below", roster(GOOD, (), ("说明：",), ("1.照片贴原件。",), ("2.简历不断档。",))),
    accepted("the day of the signature below", roster(GOOD, (), (None,) * 7 + ("2020年5月8日",))),
    returned(
        "a numbered row without notes above is somebody's",
        roster(GOOD, ("桃园社区", "2.李旭")),
        (Code.NOT_A_PERSON, "B3"),
        (Code.REQUIRED, "C3"),
        (Code.REQUIRED, "D3"),
        (Code.REQUIRED, "E3"),
        B3="李旭",
        C3="男",
        D3="1980年1月",
        E3="2020年4月16日",
    ),
    accepted(
        "the example row of the blank workbook",
        roster(
            ("示例", "桃园社区", "刘珺", "女", "1978年3月", "2020年4月16日", "61020219780315998X", "13900000001"),
            (1, *GOOD),
            headings=NUMBERED,
        ),
    ),
    returned(
        "an example row written over",
        roster(("示例", *OTHER), (1, *GOOD), headings=NUMBERED),
        (Code.PATTERN, "A2"),
        A2=2,
    ),
    accepted(
        "the table on the second sheet",
        book({"说明": [("请如实填写",)], "表": [HEADINGS, GOOD]}),
        1,
        (Code.SHEET_UNKNOWN, ""),
    ),
    accepted("the same table on two sheets", book({"桃园": [HEADINGS, GOOD], "红旗": [HEADINGS, OTHER]}), 2),
    accepted(
        "a sheet of another sort",
        book({"登记表": [HEADINGS, GOOD], "车辆": [("车牌", "颜色"), ("陕B", "红")]}),
        1,
        (Code.SHEET_UNKNOWN, ""),
    ),
    accepted("a hidden row", hide("row", 2), 1, (Code.HIDDEN, "A2")),
    accepted("a hidden column", hide("column", "G"), 1, (Code.HIDDEN, "G1")),
    accepted("a hidden sheet with people of its own", hidden_sheet("登记表"), 1, (Code.HIDDEN, "")),
    accepted("a hidden sheet of another name", hidden_sheet("旧名单"), 1, (Code.HIDDEN, "")),
    accepted("comments of the sender's", commented()),
    accepted("rows without addresses in the XML", edited(roster(), SHEET, ' r="2"', "")),
    accepted("single quotation marks in the XML", edited(roster(), SHEET, '<row r="2"', "<row r='2'")),
    accepted(
        "a stray format far out", changed(roster(), lambda w: setattr(w["登记表"]["XFD1048576"], "number_format", "@"))
    ),
    returned(
        "a stray blank far out",
        changed(roster(), lambda w: setattr(w["登记表"]["XFD1048576"], "value", " ")),
        (Code.TOO_LARGE, ""),
    ),
    accepted("a photo for one of two", photos("I3"), 2),
    accepted("a photo a little beside its column", photos("J2"), 2),
    accepted(
        "an emblem above the headings",
        changed(
            roster(above=[("登记表",)], headings=WITH_PHOTO),
            lambda w: w["登记表"].add_image(Image(BytesIO(png())), "A1"),
        ),
    ),
    returned("two photos over one cell", photos("I2", "I2"), (Code.NOT_USED, "I2")),
    returned("a photo that lies over the names", photos("B2"), (Code.NOT_USED, "B2")),
    returned("photos without a column for them", photos("I2", headings=HEADINGS), (Code.NOT_USED, "I2")),
    accepted("photos in an .xls", (FILES / "photos.xls").read_bytes(), 3, name="x.xls"),
    accepted("photos in an .ods", (FILES / "photos.ods").read_bytes(), 3, name="x.ods"),
    accepted("a filled form", forms(FORM, photo="G3")),
    accepted("a filled form as .xls", (FILES / "form.xls").read_bytes(), name="x.xls", opinion_on=date(2020, 5, 9)),
    accepted("a filled form as .ods", (FILES / "form.ods").read_bytes(), name="x.ods", opinion_on=date(2020, 5, 9)),
    accepted("two columns of pairs", book({"表": PAIRS}), birth=date(1978, 3, 1)),
    accepted("forms on several sheets", forms(FORM, SECOND), 2),
    accepted(
        "forms below one another on one sheet",
        book({"表": [*FORM, (), *SECOND]}, {"表": [*JOINED, *moved(FORM, 7)]}),
        2,
    ),
    returned("a person struck through", struck_through("A3:H3"), (Code.STRUCK, "A3")),
    returned("one cell struck through", struck_through("G2:G2"), (Code.STRUCK, "G2")),
    accepted("an empty cell struck through", struck_through("J2:J2"), 2),
    returned(
        "a column for each person",
        book(
            {
                "表": [
                    (label, value, OTHER[place])
                    for place, (label, value) in enumerate(zip(HEADINGS, GOOD, strict=True))
                ]
            }
        ),
        (Code.NOT_USED, "C1"),
        **{f"C{row}": None for row in range(1, 9)},
    ),
    accepted("forms side by side on one sheet", book({"表": beside(PAIRS, 4)}), 2),
    accepted(
        "an untouched form behind a filled one",
        forms(
            FORM,
            [
                FORM[0],
                ("社区党组织：　　填表日期：  年  月  日",),
                ("姓 名", None, "性别", None, "出生年月", None, "照片"),
                ("身份证号", None, None, "联系电话"),
                ("工作\n简历",),
                ("推荐单位意见", "\n（盖章）\n  年  月  日"),
            ],
        ),
    ),
    accepted("a box of a form that nobody knows", book({"表": [*PAIRS, ("曾用名", "刘红")]}), 1, (Code.NOT_USED, "A4")),
    returned(
        "a label of a form misspelt",
        book({"表": [*PAIRS[:2], ("出生年份", "1978.03", "电话", "13900000001")]}),
        (Code.HEADING_MISSING, ""),
        (Code.NOT_USED, "A3"),
        A3="出生年月",
    ),
    returned(
        "a form without its date",
        book({"表": [("社区党组织", "桃园社区"), *PAIRS[1:]]}),
        (Code.HEADING_MISSING, ""),
        A4="填表日期",
        B4="2020.5.8",
    ),
    returned(
        "a wrong box in a form",
        book({"表": [PAIRS[0], ("姓名", "刘珺", "性别", "不详"), PAIRS[2]]}),
        (Code.NOT_A_CHOICE, "D2"),
        D2="女",
    ),
    returned(
        "two photos in the box of a form",
        changed(forms(FORM, photo="G3"), lambda w: w["表1"].add_image(Image(BytesIO(png(colour="red"))), "G3")),
        (Code.NOT_A_PICTURE, "G3"),
    ),
    returned(
        "a heading missing",
        roster(GOOD[:4] + GOOD[5:], headings=HEADINGS[:4] + HEADINGS[5:]),
        (Code.HEADING_MISSING, ""),
        H1="填表日期",
        H2="2020.4.16",
    ),
    returned(
        "a heading renamed",
        roster(headings=(*HEADINGS[:3], "出生年份", *HEADINGS[4:])),
        (Code.HEADING_UNKNOWN, "D1"),
        D1="出生年月",
    ),
    returned(
        "a heading twice, both filled",
        roster((*GOOD, "13900000002"), headings=(*HEADINGS, "联系电话")),
        (Code.HEADING_TWICE, "I1"),
        I1=None,
        I2=None,
    ),
    returned(
        "headings without rows",
        roster(()),
        (Code.EMPTY, ""),
        A2="桃园社区",
        B2="刘珺",
        C2="女",
        D2="1978年3月",
        E2="2020.4.16",
    ),
    returned("headings of no kind", book({"表": [("车牌", "颜色"), ("陕B", "红")]}), (Code.KIND_UNKNOWN, "")),
    returned("too few headings of a kind", book({"表": [("姓名", "车牌"), ("刘珺", "陕B")]}), (Code.KIND_UNKNOWN, "")),
    returned(
        "only pictures",
        changed(book({"表": []}), lambda w: w["表"].add_image(Image(BytesIO(png())), "A1")),
        (Code.KIND_UNKNOWN, ""),
    ),
]
