"""May this number be reserved, voided, released? Decides only; what is allowed is entered and filed elsewhere.

Never allowed is what would make the ledger say something that is not true: a number of a filed paper stands on that
paper for ever, and numbers below the start of a series stand in the paper register that was kept before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.core.acts import in_full
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.core.values import Number
from pipeline.numbering.given import Held, said_of
from pipeline.numbering.plan import Ledger, lowest_free
from pipeline.numbering.series import Series

_YEARS_AHEAD = 1
"""A year further ahead is a slip of the finger, and would open that year's series."""

Starts = Mapping[tuple[str, int], int]
"""The first number of ours by series and year, where it is not 1."""


def reservable(series: Series, year: int, n: int | None, ledger: Ledger, starts: Starts, today: date) -> Number:
    """The number to reserve: ``n``, or the next free one. Raises ``AnswerIsNo`` with what stands in the way."""
    start = starts.get((series.name, year), 1)
    number = series.number(year, lowest_free(ledger.taken(series.name, year), start) if n is None else n)
    _refuse_outside(number, start, today)
    held = ledger.entry(number)
    if held is not None:
        raise _refusal(number, _("不能预留"), held, remedy=_("不写 -n 就预留下一个没有用过的号"))
    return number


def refuse_voiding(number: Number, ledger: Ledger, starts: Starts, today: date) -> None:
    """Raise ``AnswerIsNo`` unless the number is reserved or was never used."""
    held = ledger.entry(number)
    if held is None:
        _refuse_outside(number, starts.get((number.series, number.year), 1), today)
    elif held.state == "void":
        raise _refusal(number, _("不用再作废"), held, remedy=_("作废过的号永远不再用"))
    elif held.state != "reserved":
        raise _refusal(
            number,
            _("不能作废"),
            held,
            remedy=_("发出去的文件不能抽掉它的号。要撤销，运行 gongwen withdraw；要更正，在表格里加一栏“更正说明”"),
        )


def refuse_releasing(number: Number, ledger: Ledger) -> None:
    """Raise ``AnswerIsNo`` unless the number is reserved."""
    held = ledger.entry(number)
    if held is None:
        raise AnswerIsNo(_("{number} 没有预留，不用释放").format(number=in_full(number.series, number.text)))
    if held.state != "reserved":
        raise _refusal(number, _("不能释放"), held, remedy=_("只有预留的号可以释放"))


def _refuse_outside(number: Number, start: int, today: date) -> None:
    called = in_full(number.series, number.text)
    if number.year > today.year + _YEARS_AHEAD:
        raise AnswerIsNo(
            _("{number} 的年份太远了").format(number=called),
            remedy=_("最多到 {year} 年；请核对年份").format(year=today.year + _YEARS_AHEAD),
        )
    if number.n < start:
        raise AnswerIsNo(
            _("{number} 在系统编号以前（{year}年从 {start} 号编起），属于手工登记簿").format(
                number=called, year=number.year, start=start
            ),
            remedy=_("手工登记簿里的号用 gongwen number import 补登"),
        )


def _refusal(number: Number, what: str, held: Held, *, remedy: str) -> AnswerIsNo:
    called = in_full(number.series, number.text)
    return AnswerIsNo(
        _("{number} {what}：{said}").format(number=called, what=what, said=said_of(held)),
        remedy=remedy,
    )
