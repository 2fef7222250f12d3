"""Cases: a sum, a share or a count is odd."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from pipeline.core.findings import Code
from tests.corpus.case import accepted, payment
from tests.corpus.cells import formatted, paid, unpaid

CASES = [
    paid("a sum as text with its sign", amount="￥1，234.50元", is_amount=Decimal("1234.50")),
    paid("a sum in capitals where figures are wanted", amount="壹仟贰佰叁拾肆元伍角", is_amount=Decimal("1234.50")),
    paid("a sum in ten thousands", amount="0.12345万元", is_amount=Decimal("1234.50")),
    paid(
        "a sum written twice, agreeing",
        amount="1234.50元（大写：壹仟贰佰叁拾肆元伍角整）",
        is_amount=Decimal("1234.50"),
    ),
    paid("capitals with 人民币 before them", words="人民币壹仟贰佰叁拾肆元伍角整"),
    paid("no capitals", words=None),
    paid("a formula's crumbs behind a cent", amount=1234.4999999999998, is_amount=Decimal("1234.50")),
    unpaid(
        "a sum written twice, not agreeing", Code.NOT_A_NUMBER, "D2", 1234.5, amount="1234.50元（大写：壹仟贰佰元整）"
    ),
    unpaid("capitals that say another sum", Code.RULE, "E2", "壹仟贰佰叁拾肆元伍角", words="壹仟贰佰肆拾叁元伍角"),
    unpaid("capitals that are none", Code.RULE, "E2", "壹仟贰佰叁拾肆元伍角", words="一千多元"),
    unpaid("a sum finer than a cent", Code.NOT_A_NUMBER, "D2", 1234.5, amount="1234.567"),
    unpaid("words for a sum", Code.NOT_A_NUMBER, "D2", 1234.5, amount="若干"),
    unpaid("a sum above what is allowed", Code.OUT_OF_RANGE, "D2", 1234.5, amount=2_000_000, words=None),
    unpaid("a date where a sum is wanted", Code.NOT_A_NUMBER, "D2", "1234.50", amount=datetime(2020, 4, 16)),
    unpaid("twelve thousand or ten thousand and two", Code.NOT_A_NUMBER, "D2", 1234.5, amount="一万二"),
    accepted("a share as a formatted number", formatted(payment(), "付款单", "F2", 0.85, "0%"), share="85%"),
    accepted(
        "a share with more figures than are shown", formatted(payment(), "付款单", "F2", 0.8512, "0%"), share="85.12%"
    ),
    accepted("a number padded by its format", formatted(payment(), "付款单", "H2", 27000, "000000"), postcode="027000"),
    accepted("a number with words in its format", formatted(payment(), "付款单", "G2", 14, '0"人"'), people=14),
    paid("a count with its measure", people="14人", is_people=14),
    paid("a count in characters", people="十四", is_people=14),
    paid("a count in full-width figures", people="１４", is_people=14),
    unpaid("a count in percent", Code.NOT_A_NUMBER, "G2", 14, people="85%"),
    unpaid("a count of nobody", Code.OUT_OF_RANGE, "G2", 14, people=0),
    unpaid("a count of half a person", Code.NOT_A_NUMBER, "G2", 14, people=14.5),
    paid("a tick for yes", audited="√", is_audited="是"),
    paid("a cross for no", audited="×", is_audited="否"),
    paid("TRUE for yes", audited=True, is_audited="是"),
    unpaid("a postcode of five figures", Code.PATTERN, "H2", "727000", postcode="72700"),
    paid("a postcode as a number", postcode=727000, is_postcode="727000"),
    paid("a sound credit code", code="91350100M000100Y43", is_code="91350100M000100Y43"),
    unpaid("a credit code with a wrong character", Code.NOT_A_CREDIT_CODE, "C2", None, code="91350100M000100Y44"),
    unpaid("a name too long", Code.TOO_LONG, "B2", "王益区第一小学", payee="王益区第一小学" * 4),
    *(paid(f"text that begins with {text[0]}", share=text, is_share=text) for text in ("+85", "-5", "@85")),
]
