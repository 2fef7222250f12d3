"""The kinds of paper that the corpus is for: the roster and the meeting of the sheets' tests, and a payment."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pipeline.core.kind import Field, FieldType, Kind, RuleUse, Table
from tests.sheets.examples import meeting, roster


def payment() -> Kind:
    """One table with sums in figures and in capitals, a share, codes and a tick."""
    fields = (
        Field("organisation", "付款单位", FieldType.ORG, required=True, example="桃园社区"),
        Field("payee", "收款单位", required=True, max_length=20, example="王益区第一小学"),
        Field("code", "统一社会信用代码", FieldType.CREDIT_CODE, example="91350100M000100Y43"),
        Field("amount", "金额", FieldType.MONEY, required=True, maximum=Decimal(1_000_000), example="1234.50"),
        Field("words", "大写金额", synonyms=("大写",), example="壹仟贰佰叁拾肆元伍角"),
        Field("share", "占比", example="85%"),
        Field("people", "人数", FieldType.INTEGER, minimum=Decimal(1), maximum=Decimal(99), example="14"),
        Field("postcode", "邮编", pattern=r"\d{6}", example="727000", help="六位数字"),
        Field("audited", "是否审计", FieldType.CHOICE, choices=("是", "否"), example="是"),
        Field("date", "付款日期", FieldType.DATE, required=True, example="2020年4月16日"),
    )
    table = Table("payment", ("付款单",), fields)
    rules = (RuleUse("amounts-agree", {"figures": "amount", "capitals": "words"}),)
    return Kind(
        "payment",
        "付款单",
        "general",
        Path("payment"),
        (table,),
        "{{ payee }}",
        "{{ payee }}",
        ("organisation", "payee", "date"),
        "date",
        "organisation",
        rules=rules,
    )


KINDS = (roster(), meeting(), payment())

PAYMENT_HEADINGS = (
    "付款单位", "收款单位", "统一社会信用代码", "金额", "大写金额", "占比", "人数", "邮编", "是否审计", "付款日期",
)  # fmt: skip
PAYMENT = ("桃园社区", "王益区第一小学", None, 1234.5, "壹仟贰佰叁拾肆元伍角", "85%", 14, "727000", "是", "2020.4.16")
