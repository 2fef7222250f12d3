"""Cases: a name, a number or a tick is odd."""

from __future__ import annotations

from pipeline.core.findings import Code
from tests.corpus.case import accepted, edited, member, roster
from tests.corpus.cells import cell, wrong
from tests.corpus.layouts import SHEET

CASES = [
    wrong("a name that says 同上", Code.PATTERN, "李旭", name="同上"),
    wrong("a ditto mark for an organisation", Code.PATTERN, "桃园社区", organisation="〃"),
    wrong("a given name torn off its surname of two characters", Code.NOT_A_PERSON, "欧阳娜娜", name="欧阳 娜娜"),
    cell("a mobile number with the country's code and dashes", "phone", "86-139-0000-0001", phone="13900000001"),
    cell("a number of a service line in groups", "phone", "4008-123-456", phone="4008-123-456"),
    accepted("a blank inside a name", roster(member(name="刘 珺"))),
    accepted("an ideographic blank inside a name", roster(member(name="刘\u3000珺"))),
    *(
        accepted(f"a name with a dot like {dot}", roster(member(name=f"买买提{dot}艾力")))
        for dot in ("·", "•", "．", "・", "‧")
    ),
    accepted("a name of rare characters", roster(member(name="𠮷㛃"))),
    accepted("a name of Latin letters", roster(member(name="John Smith"))),
    wrong("two names in one cell", Code.NOT_A_PERSON, "刘珺", name="刘珺、王建国"),
    wrong("a name with a title", Code.NOT_A_PERSON, "刘珺", name="刘珺同志"),
    wrong("a name with a remark", Code.NOT_A_PERSON, "刘珺", name="刘珺（女）"),
    wrong("half a name", Code.NOT_A_PERSON, "刘珺", name="刘"),
    wrong("a name with a lost character", Code.DAMAGED_TEXT, "刘珺", name="刘\ufffd"),
    wrong("a name with a character of one's own making", Code.DAMAGED_TEXT, "刘珺", name="刘\ue001"),
    wrong("a name with pinyin behind it", Code.DAMAGED_TEXT, "刘珺", name="刘珺(jùn)"),
    wrong("a name with the sign of a lost character", Code.DAMAGED_TEXT, "刘珺", name="刘_x001A_"),
    accepted("zero-width blanks in a name", roster(member(name="刘\u200b珺\ufeff"))),
    accepted("a name in composed accents", roster(member(name="Jose\u0301 Silva"))),
    accepted("a mobile number as a number", roster(member(phone=13900000001)), phone="13900000001"),
    accepted("a mobile number in groups", roster(member(phone="139 0000 0001")), phone="13900000001"),
    accepted(
        "a mobile number with the code of the country", roster(member(phone="+8613900000001")), phone="13900000001"
    ),
    accepted("a telephone in brackets", roster(member(phone="（0919）2180001")), phone="0919-2180001"),
    accepted("two telephones", roster(member(phone="13900000001、0919-2180001")), phone="13900000001、0919-2180001"),
    accepted("a dash for no telephone", roster(member(phone="——")), phone=None),
    wrong("a mobile number that lacks a figure", Code.NOT_A_PHONE, "13900000001", phone="1390000001"),
    wrong("a telephone whose nought Excel has dropped", Code.NOT_A_PHONE, "0919-2180001", phone=9192180001),
    accepted("an identity number as text", roster(member(id_card="610202197803150029")), id_card="610202197803150029"),
    accepted(
        "an identity number with a small x and blanks",
        roster(member(id_card=" 610202 19780315 998x")),
        id_card="61020219780315998X",
    ),
    accepted(
        "an identity number behind an apostrophe",
        roster(member(id_card="'610202197803150029")),
        id_card="610202197803150029",
    ),
    wrong(
        "an identity number that Excel has rounded", Code.ROUNDED, "610202197803150029", id_card=610202197803150029.0
    ),
    wrong("an identity number in powers of ten", Code.ROUNDED, "610202197803150029", id_card="6.10202E+17"),
    wrong(
        "an identity number with a wrong figure",
        Code.NOT_AN_ID_CARD,
        "610202197803150029",
        id_card="610202197803150028",
    ),
    wrong(
        "an identity number that lacks a figure", Code.NOT_AN_ID_CARD, "610202197803150029", id_card="61020219780315002"
    ),
    wrong(
        "an identity number of fifteen figures", Code.NOT_AN_ID_CARD, "610202197803150029", id_card="610202780315002"
    ),
    accepted("a box ticked", roster(member(sex="□男 ☑女")), sex="女"),
    accepted("a tick behind the word", roster(member(sex="男  女√")), sex="女"),
    accepted("a choice with its class word", roster(member(sex="女性")), sex="女"),
    wrong("two boxes ticked", Code.NOT_A_CHOICE, "女", sex="☑男 ☑女"),
    wrong("no box ticked", Code.NOT_A_CHOICE, "女", sex="□男 □女"),
    wrong("no choice", Code.REQUIRED, "女", sex=None),
    accepted("an organisation by its full name", roster(member(organisation="中共铜川市王益区桃园街道桃园社区委员会"))),
    accepted("an organisation by another name", roster(member(organisation="桃园社区党委"))),
    wrong("an organisation misspelt", Code.NOT_AN_ORGANISATION, "桃园社区", organisation="桃圆社区"),
    wrong("no organisation", Code.REQUIRED, "桃园社区", organisation=None),
    wrong("#N/A typed as text", Code.ERROR_VALUE, "13900000001", phone="#N/A"),
    wrong("an error value", Code.ERROR_VALUE, "13900000001", phone="#REF!"),
    wrong(
        "a formula that nobody has calculated", Code.UNCALCULATED, "13900000001", phone='=CONCATENATE("139","00000001")'
    ),
    accepted(
        "a formula with its result",
        edited(
            roster(member(phone='="139"&"00000001"')),
            SHEET,
            '&amp;"00000001"</f><v></v>',
            '&amp;"00000001"</f><v>13900000001</v>',
        ),
        phone="13900000001",
    ),
]
