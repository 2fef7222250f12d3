"""Compare the register's chain of events with itself and with the witnesses that were written on earlier days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from pipeline.core.history import Chain, Witness, witness_path
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


def check_told(chain: Chain, days: Set[str], papers: Set[str], deeds: Set[int]) -> Iterator[Remark]:
    """What the events tell of and nobody knows any more, and papers of which no event tells.

    ``days`` are the paths of the witnesses that are there, readable or not; ``papers`` and ``deeds`` (by number) are
    those that register or archive know. Where the register was made anew, a paper that is gone may have been lost
    before, and is only noted. A chain that is broken tells too little to judge by.
    """
    yield from _days_without(chain, days)
    if chain.broken or not chain.events:
        return
    if gone := len(chain.papers - papers):
        what = Note.NUMBER_LOST if chain.reindexed else Damage.HISTORY
        sentence = _("历史记录里登记过的 {count} 件公文，登记簿和档案里都没有了").format(count=gone)
        yield Remark(what, REGISTER, sentence)
    if added := len(papers - chain.papers):
        sentence = _("有 {count} 件公文没有登记的历史记录，不是由本系统登记的").format(count=added)
        yield Remark(Damage.HISTORY, REGISTER, sentence)
    for seq in sorted(chain.deeds - deeds)[:_NAMED]:
        sentence = _("历史记录里有办理簿第 {seq} 条，登记簿和档案里都没有了").format(seq=seq)
        yield Remark(Damage.DISAGREES, _("办理簿"), sentence)


def _days_without(chain: Chain, there: Set[str]) -> Iterator[Remark]:
    """The days on which something happened and whose witness is gone; where every one is, that is said once."""
    paths = [witness_path(day) for day in chain.days]
    missing = [path for path in paths if path not in there]
    if len(missing) == len(paths):
        return
    for path in missing[:_NAMED]:
        sentence = _("这一天登记簿里有记录，登记校验文件却不见了（做到半夜的在第二天的文件里）；请从备份找回来核对")
        yield Remark(Note.NO_WITNESS, path, sentence)
    if len(missing) > _NAMED:
        sentence = _("另有 {count} 天的登记校验文件也不见了").format(count=len(missing) - _NAMED)
        yield Remark(Note.NO_WITNESS, REGISTER, sentence)


def _rewritten(day: Witness) -> str:
    return _("登记簿里 {day} 以前的历史记录与当天写下的校验值不符，事后被改写过").format(day=day.day)


def _beyond(chain: Chain, day: Witness) -> str:
    return _("{day} 已有 {events} 条历史记录，登记簿里现在只有 {now} 条；登记簿是旧的备份，或被删过记录").format(
        day=day.day, events=day.events, now=chain.events
    )
