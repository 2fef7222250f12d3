"""Compare the register's chain of events with itself and with the witnesses that were written on earlier days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.core.history import Chain, Witness
from pipeline.core.messages import _
from pipeline.retrieval.damage import Damage, Note, Remark

REGISTER = "登记簿"
"""Stands where other remarks have a path."""

_NAMED = 3
"""How many broken links are named before it is said how many more there are."""


def check_history(chain: Chain, days: Mapping[str, Witness]) -> Iterator[Remark]:
    """Events that were edited, removed or put in; days whose witness says otherwise; a chain that began anew."""
    for event in chain.broken[:_NAMED]:
        sentence = _("{event} 这条历史记录或它前面的一条被改动过、删过或插过").format(event=event)
        yield Remark(Damage.HISTORY, REGISTER, sentence)
    if len(chain.broken) > _NAMED:
        sentence = _("另有 {count} 条历史记录也接不上").format(count=len(chain.broken) - _NAMED)
        yield Remark(Damage.HISTORY, REGISTER, sentence)
    for path, day in days.items():
        if day in chain.contradicted:
            yield Remark(Damage.HISTORY, path, _beyond(chain, day) if day.events > chain.events else _rewritten(day))
    if chain.events and not any(day.first == chain.first for day in days.values()):
        sentence = _("档案里没有登记簿历史的校验文件；如果以前有过，是被人删了，请从备份找回来核对")
        yield Remark(Note.NO_WITNESS, REGISTER, sentence)
    earlier = [path for path, day in days.items() if day.first != chain.first]
    if earlier:
        sentence = _("登记簿在这一天以后重新建立过（没有旧登记簿），以前的历史记录不在现在的登记簿里")
        yield Remark(Note.NEW_HISTORY, max(earlier), sentence)


def _rewritten(day: Witness) -> str:
    return _("登记簿里 {day} 以前的历史记录与当天写下的校验值不符，事后被改写过").format(day=day.day)


def _beyond(chain: Chain, day: Witness) -> str:
    return _("{day} 已有 {events} 条历史记录，登记簿里现在只有 {now} 条；登记簿是旧的备份，或被删过记录").format(
        day=day.day, events=day.events, now=chain.events
    )
