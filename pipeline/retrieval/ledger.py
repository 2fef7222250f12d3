"""Compare the number ledger with its witnesses: the papers that carry numbers, and the acts of the number book.

The ledger is what the next number is taken from. Where it says of a number other than papers and acts do, a number
might be given twice; so every difference is damage, even while all files are sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pipeline.core.acts import WORDS, Action, NumberAct, NumberKey, in_full, standing
from pipeline.core.messages import _
from pipeline.core.standing import versions
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledPaper
from pipeline.retrieval.damage import Damage, Note, Remark

_OWN = "act"
"""The record's own digest is no statement of the record; a changed record is reported as a changed file."""

_STATES: Mapping[Action, str] = {Action.RESERVE: "reserved", Action.VOID: "void", Action.IMPORT: "imported"}
_SAID = {"allocated": "已编给公文", "reserved": "预留", "void": "作废", "imported": "手工登记簿里的号", "": "没有用过"}


class LedgerLine(Protocol):
    """One number of the ledger; the register's lines fit. ``paper`` is the id of the paper that carries it."""

    @property
    def series(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def paper(self) -> str: ...
    @property
    def title(self) -> str: ...


@dataclass(frozen=True, slots=True)
class NumberBook:
    """What the register knows of numbers: every act, and every number that is not free."""

    acts: tuple[NumberAct, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()

    @property
    def taken(self) -> frozenset[NumberKey]:
        """The numbers that are not free."""
        return frozenset((line.series, line.year, line.n) for line in self.ledger)


@dataclass(frozen=True, slots=True)
class _Due:
    """What papers and acts say of a number. ``paper`` is empty for an act's."""

    text: str
    state: str
    paper: str = ""


def compare_acts(recorded: Mapping[str, NumberAct], known: Iterable[NumberAct]) -> Iterator[Remark]:
    """The acts of which the register says other than their record in the archive."""
    by_seq = {act.seq: (path, act) for path, act in recorded.items()}
    for act in known:
        path, record = by_seq.get(act.seq, ("", act))
        if _told(act) != _told(record):
            sentence = _("登记簿与号簿第 {seq} 条记录不一致").format(seq=act.seq)
            yield Remark(Damage.DISAGREES, path, sentence)


def unindexed_acts(recorded: Mapping[str, NumberAct], known: Iterable[NumberAct]) -> Mapping[str, NumberAct]:
    """The acts in the archive that the register does not know, by the path of their record."""
    seqs = {act.seq for act in known}
    return {path: act for path, act in recorded.items() if act.seq not in seqs}


def act_not_registered(path: str, act: NumberAct) -> Remark:
    """The remark about one of those."""
    numbers = "、".join(in_full(line.number.series, line.number.text) for line in act.lines[:1])
    sentence = _("号簿里有“{action} {numbers}”，登记簿里没有；可运行 gongwen reindex 重建登记簿").format(
        action=_(WORDS[act.action]), numbers=numbers
    )
    return Remark(Damage.UNINDEXED, path, sentence)


def check_ledger(papers: Iterable[FiledPaper], book: NumberBook) -> Iterator[Remark]:
    """The numbers of which the ledger says other than papers and acts, and those whose paper is lost."""
    every = tuple(papers)
    due = _due(every, book.acts)
    chains = versions({paper.replaces: paper.paper for paper in every if paper.replaces})
    for line in book.ledger:
        expected = due.pop((line.series, line.year, line.n), _Due(line.text, ""))
        if line.state == "allocated" and not line.paper and not expected.paper and expected.state in {"", "reserved"}:
            named = _("《{title}》").format(title=on_one_line(line.title)) if line.title else _("一份文件")
            sentence = _("它编给过{named}，档案里没有；这个号不会再用").format(named=named)
            yield Remark(Note.NUMBER_LOST, in_full(line.series, line.text), sentence)
        elif line.state != expected.state or line.paper not in {expected.paper, *chains.get(expected.paper, ())}:
            yield _differs(in_full(line.series, line.text), line.state, expected.state)
    for (series, _year, _n), missing in due.items():
        yield _differs(in_full(series, missing.text), "", missing.state)
    yield from _holes(book.acts)


def _due(every: Sequence[FiledPaper], acts: Iterable[NumberAct]) -> dict[NumberKey, _Due]:
    due = {key: _Due(stands.line.number.text, _STATES[stands.act.action]) for key, stands in standing(acts).items()}
    known = {paper.paper for paper in every}
    for paper in every:
        key = (paper.series, paper.year, paper.n)
        # A void number stays void, whatever paper claims it: that is the difference to be told.
        if (
            paper.n
            and not (paper.replaces and paper.replaces in known)
            and (key not in due or due[key].state == "reserved")
        ):
            due[key] = _Due(paper.number, "allocated", paper.paper)
    return due


def _differs(number: str, found: str, expected: str) -> Remark:
    sentence = _("登记簿的号簿里是“{found}”，公文和号簿记录说的是“{expected}”").format(
        found=_(_SAID[found]), expected=_(_SAID[expected])
    )
    return Remark(Damage.DISAGREES, number, sentence)


def _holes(acts: Iterable[NumberAct]) -> Iterator[Remark]:
    """The acts that nobody knows any more."""
    seqs = {act.seq for act in acts}
    for seq in sorted(set(range(1, max(seqs, default=0))) - seqs):
        sentence = _("号簿缺第 {seq} 条记录；它说的号请核对纸质材料").format(seq=seq)
        yield Remark(Note.NUMBER_LOST, _("号簿"), sentence)


def _told(act: NumberAct) -> NumberAct:
    """What the act itself says, without its own file."""
    return replace(act, files={role: file for role, file in act.files.items() if role != _OWN})
