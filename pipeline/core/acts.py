"""Acts of the number book (号簿): what an office does to numbers besides giving them to its papers.

A number is reserved (预留), released again (释放), voided (作废), or known from the paper register that was kept before
(补登). Each is an act: somebody's, at a time, with a reason, kept for ever. The ledger is what the acts and the papers
together come to; ``standing`` is the acts' half of that, so register, ``reindex`` and ``verify`` read them alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pipeline.core.values import FiledFile, FiledPaper, Number

NumberKey = tuple[str, int, int]
"""Series, year and n: what makes a number the same number, however it is written."""

_NAMES_ISSUER = re.compile(r"[^\s〔〕]+〔[0-9]{4}〕[0-9]+号")


class Action(StrEnum):
    """What was done. ``WORDS`` has the word of the office for each."""

    RESERVE = "reserve"
    RELEASE = "release"
    VOID = "void"
    IMPORT = "import"


WORDS: Mapping[Action, str] = {
    Action.RESERVE: "预留",
    Action.RELEASE: "释放",
    Action.VOID: "作废",
    Action.IMPORT: "补登",
}

_FOR_EVER = {Action.VOID, Action.IMPORT}


@dataclass(frozen=True, slots=True)
class ActLine:
    """One number of an act. The rest is what a paper register says of it, empty for every other act."""

    number: Number
    title: str = ""
    date: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NumberAct:
    """One act. ``seq`` counts the acts of an office from 1, in the order in which they were done.

    ``reason`` is the purpose of a reservation, why a number is void or free again, or the name of the file a paper
    register was read from. ``until`` is the last day of a reservation. ``files`` are its own record (``act``) and what
    it was read from (``source``), in the archive.
    """

    seq: int
    action: Action
    lines: tuple[ActLine, ...]
    by: str
    at: datetime
    reason: str = ""
    until: date | None = None
    files: Mapping[str, FiledFile] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The act's name among submissions and papers: ``number-00017``."""
        return f"number-{self.seq:05}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A number as the acts leave it: the act that speaks of it last, and its line there."""

    act: NumberAct
    line: ActLine


def key_of(number: Number) -> NumberKey:
    """Series, year and n of a number."""
    return number.series, number.year, number.n


def standing(acts: Iterable[NumberAct]) -> Mapping[NumberKey, Standing]:
    """What each number is after all acts; a released one is not in it. What is void or used on paper stays so."""
    stand: dict[NumberKey, Standing] = {}
    for act in sorted(acts, key=lambda one: one.seq):
        for line in act.lines:
            key = key_of(line.number)
            if key in stand and stand[key].act.action in _FOR_EVER:
                continue
            if act.action is Action.RELEASE:
                stand.pop(key, None)
            else:
                stand[key] = Standing(act, line)
    return stand


def names_issuer(number: str) -> bool:
    """Whether a number's text (``铜王组发〔2020〕50号``) tells by itself whose it is, as ``第3期`` does not."""
    return _NAMES_ISSUER.fullmatch(number) is not None


def in_full(series: str, text: str) -> str:
    """A number that can be told from all others: ``〔2020〕第3期`` with its series before it."""
    return text if names_issuer(text) else f"{series}{text}"


def number_in_full(paper: FiledPaper) -> str:
    """A paper's number so that everybody knows whose it is, for lists and answers; "" for a paper without one."""
    return in_full(paper.series, paper.number) if paper.number else ""
