"""One cell becomes one typed value or one fault; the field's type decides, and nothing raises."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.findings import Code, Severity
from pipeline.core.kind import Field, FieldType
from pipeline.core.values import CellError, Picture
from pipeline.sheets.coerce import Coercer
from pipeline.sheets.faults import Fault

T = FieldType


def coerced(type_: FieldType, raw: object, **settings: object) -> object:
    field = Field("f", "栏目", type_, **settings)  # type: ignore[arg-type]
    return Coercer(field, {"登记表": "member-form"})(raw)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        (T.TEXT, " 桃园  社区\t委员会 ", "桃园 社区 委员会"),
        (T.TEXT, "中共铜川市\n王益区委", "中共铜川市王益区委"),
        (T.TEXT, "Word\nExcel", "Word Excel"),
        (T.TEXT, "007", "007"),
        (T.TEXT, 14.0, "14"),
        (T.TEXT, 0.1, "0.1"),
        (T.TEXT, date(2020, 4, 16), "2020年4月16日"),
        (T.TEXT, datetime(2020, 4, 16, 9, 5), "2020年4月16日9时05分"),
        (T.TEXT, time(9, 30), "9:30"),
        (T.TEXT, "=1+1", "=1+1"),
        (T.TEXT, "甲\u200b乙\ufeff", "甲乙"),
        (T.TEXT, "e\u0301", "é"),
        (T.TEXT, "   \u3000 ", None),
        (T.TEXT, "无", "无"),
        (T.LONG_TEXT, "\u3000\u3000一、目的。\r\n\r\n  二、步骤。 \r", "一、目的。\n二、步骤。"),
        (T.LONG_TEXT, "甲_x000D_\n乙", "甲\n乙"),
        (T.INTEGER, 14.0, 14),
        (T.INTEGER, "１４", 14),
        (T.INTEGER, "14人", 14),
        (T.INTEGER, "1,234", 1234),
        (T.INTEGER, "二十三", 23),
        (T.INTEGER, "十", 10),
        (T.INTEGER, "一百零五", 105),
        (T.INTEGER, "-3", -3),
        (T.INTEGER, "0", 0),
        (T.MONEY, 1234.5, Decimal("1234.50")),
        (T.MONEY, 0.1 + 0.2, Decimal("0.30")),
        (T.MONEY, "￥1，234.50元", Decimal("1234.50")),
        (T.MONEY, "1.2万元", Decimal("12000.00")),
        (T.MONEY, "壹万贰仟元整", Decimal("12000.00")),
        (T.MONEY, "人民币叁佰零伍元贰角壹分", Decimal("305.21")),
        (T.MONEY, "伍角", Decimal("0.50")),
        (T.PERSON, "张 三", "张三"),
        (T.PERSON, "张\u3000三", "张三"),
        (T.PERSON, "买买提•艾力", "买买提·艾力"),
        (T.PERSON, "赵瑄㛃", "赵瑄㛃"),
        (T.PERSON, "𠮷野", "𠮷野"),
        (T.PERSON, "欧阳 修", "欧阳修"),
        (T.PERSON, "John Smith", "John Smith"),
        (T.PERSON, "/", None),
        (T.PHONE, 13900000001.0, "13900000001"),
        (T.PHONE, "139 0000 0001", "13900000001"),
        (T.PHONE, "139-0000-0001", "13900000001"),
        (T.PHONE, "１３９０００００００１", "13900000001"),
        (T.PHONE, "+86 13900000001", "13900000001"),
        (T.PHONE, "0919—2180001", "0919-2180001"),
        (T.PHONE, "（0919）2180001", "0919-2180001"),
        (T.PHONE, "13900000001、0919-2180001", "13900000001、0919-2180001"),
        (T.PHONE, "12371", "12371"),
        (T.ID_CARD, " 61020219780315998x ", "61020219780315998X"),
        (T.ID_CARD, "'610202197803159981", "610202197803159981"),
        (T.CREDIT_CODE, "12610202mb2a00011u", "12610202MB2A00011U"),
        (T.DATE, "无", None),
        (T.DATE, "2020.4.16", date(2020, 4, 16)),
        (T.NUMBER, "铜王组发[2020]50号", "铜王组发[2020]50号"),
        (T.FORM, "登记表", "member-form"),
        (T.FORM, "member-form", "member-form"),
        (T.IMAGE, "（贴照片处）", None),
        (T.ORG, "桃园社区", "桃园社区"),
    ],
)
def test_readings(type_: FieldType, raw: object, value: object) -> None:
    assert coerced(type_, raw) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("男", "男"), (" 男 ", "男"), ("男性", "男"), ("□男 ☑女", "女"),
        ("☐男 ■女", "女"), ("男√ 女", "男"), ("√男 女", "男"), ("女（√）", "女"),
        ("是", None), ("☑男 ☑女", None), ("□男 □女", None), ("不详", None),
    ],
)  # fmt: skip
def test_choices_ticked_and_written(raw: str, value: str | None) -> None:
    result = coerced(T.CHOICE, raw, choices=("男", "女"))
    assert result == value if value else isinstance(result, Fault) and result.code is Code.NOT_A_CHOICE


@pytest.mark.parametrize(
    ("raw", "value"), [("√", "是"), (True, "是"), ("×", "否"), (0.0, "否"), ("有", "是"), ("没有", "否")]
)
def test_a_bare_tick_means_yes(raw: object, value: str) -> None:
    assert coerced(T.CHOICE, raw, choices=("是", "否")) == value


@pytest.mark.parametrize(
    ("type_", "raw", "code"),
    [
        (T.ID_CARD, 610202197803159981.0, Code.ROUNDED),
        (T.ID_CARD, 610202197803159981, Code.ROUNDED),
        (T.ID_CARD, "6.10202E+17", Code.ROUNDED),
        (T.TEXT, 6.2e18, Code.ROUNDED),
        (T.CREDIT_CODE, 9.1e17, Code.ROUNDED),
        (T.INTEGER, "约二十人", Code.NOT_A_NUMBER),
        (T.INTEGER, 14.5, Code.NOT_A_NUMBER),
        (T.INTEGER, True, Code.NOT_A_NUMBER),
        (T.INTEGER, date(2020, 1, 1), Code.NOT_A_NUMBER),
        (T.MONEY, "12.345", Code.NOT_A_NUMBER),
        (T.MONEY, "若干", Code.NOT_A_NUMBER),
        (T.PERSON, "张三、李四", Code.NOT_A_PERSON),
        (T.PERSON, "张三 李四", Code.NOT_A_PERSON),
        (T.PERSON, "张三（女）", Code.NOT_A_PERSON),
        (T.PERSON, "张三2", Code.NOT_A_PERSON),
        (T.PERSON, "张", Code.NOT_A_PERSON),
        (T.PERSON, "王建国同志", Code.NOT_A_PERSON),
        (T.PERSON, "张三同志", Code.NOT_A_PERSON),
        (T.PERSON, "锟斤拷", Code.DAMAGED_TEXT),
        (T.PERSON, "王烫烫烫", Code.DAMAGED_TEXT),
        (T.PHONE, "1390000001", Code.NOT_A_PHONE),
        (T.PHONE, "一三九", Code.NOT_A_PHONE),
        (T.PHONE, 9192180001.0, Code.NOT_A_PHONE),
        (T.TEXT, "会(huì)同县", Code.DAMAGED_TEXT),
        (T.TEXT, "会（huì）同县", Code.DAMAGED_TEXT),
        (T.TEXT, "锟斤拷", Code.DAMAGED_TEXT),
        (T.TEXT, "王\ue001", Code.DAMAGED_TEXT),
        (T.TEXT, "王\ufffd", Code.DAMAGED_TEXT),
        (T.PERSON, "王???", Code.DAMAGED_TEXT),
        (T.TEXT, "#REF!", Code.ERROR_VALUE),
        (T.TEXT, CellError("#N/A"), Code.ERROR_VALUE),
        (T.DATE, CellError("formula"), Code.UNCALCULATED),
        (T.DATE, time(9, 30), Code.NOT_A_DATE),
        (T.DATE, True, Code.NOT_A_DATE),
        (T.FORM, "没有的表", Code.NOT_A_FORM),
        (T.IMAGE, "见附件", Code.NOT_A_PICTURE),
        (T.IMAGE, Picture(1, 1, b"GIF8", "image/gif"), Code.NOT_A_PICTURE),
    ],
)
def test_faults(type_: FieldType, raw: object, code: Code) -> None:
    fault = coerced(type_, raw)
    assert isinstance(fault, Fault)
    assert fault.code is code
    assert fault.severity is Severity.ERROR
    assert fault.hint, "how is it mended?"


def test_bold_words_in_brackets_are_no_pinyin() -> None:
    assert coerced(T.TEXT, "登记表（PDF）") == "登记表（PDF）"
    assert coerced(T.TEXT, "工会(gh)") == "工会(gh)"


def test_damage_in_long_text_is_told_and_the_text_kept() -> None:
    fault = coerced(T.LONG_TEXT, "会(huì)同县\n社区")
    assert isinstance(fault, Fault)
    assert (fault.severity, fault.value) == (Severity.WARNING, "会(huì)同县\n社区")


def test_an_empty_cell_takes_the_default() -> None:
    assert coerced(T.TEXT, None, default="健康") == "健康"
    assert coerced(T.CHOICE, " ", default="出席", choices=("出席", "请假")) == "出席"
    assert coerced(T.TEXT, None) is None


def test_the_picture_itself_is_the_value() -> None:
    picture = Picture(3, 4, b"\x89PNG", "image/png")
    assert coerced(T.IMAGE, picture) is picture


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.builds(CellError, st.sampled_from(["formula", "#N/A", "?"])),
    st.builds(Picture, st.just(1), st.just(1), st.binary(max_size=3), st.sampled_from(["image/png", "image/gif"])),
    st.text("零一二三十百千万亿壹贰仟佰拾元角分整点,.0123456789人¥", max_size=12),
    st.text("张王·•、（）()√□☑男女 13900-+转", max_size=12),
)


@given(st.sampled_from(list(FieldType)), ANYTHING)
def test_nothing_raises(type_: FieldType, raw: object) -> None:
    result = coerced(type_, raw, choices=("男", "女") if type_ is T.CHOICE else ())
    assert result is None or isinstance(result, str | int | Decimal | date | Picture | Fault)


@given(st.sampled_from([T.TEXT, T.PERSON, T.PHONE, T.ID_CARD, T.NUMBER, T.ORG]), st.text(max_size=40))
def test_short_text_is_one_clean_line_and_stays_itself(type_: FieldType, raw: str) -> None:
    once = coerced(type_, raw)
    if isinstance(once, str):
        assert once == " ".join(once.split()) and once
        assert coerced(type_, once) == once


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_come_back_from_every_form(number: int) -> None:
    for raw in (number, float(number), str(number), f"{number:,}"):
        assert coerced(T.INTEGER, raw) == number


@given(st.decimals(Decimal(0), Decimal(10**9), places=2))
def test_sums_come_back_to_the_cent(sum_: Decimal) -> None:
    assert coerced(T.MONEY, float(sum_)) == coerced(T.MONEY, f"￥{sum_:,}元") == sum_


def test_a_number_of_nothing_but_signs_is_not_taken_for_an_empty_cell() -> None:
    assert coerced(T.ID_CARD, "`") == "`"
    assert coerced(T.CREDIT_CODE, "'-'") == "'-'"
