"""What was done to papers (办理簿) goes along with them: which deeds leave with a set, and which come in with it.

What makes a paper what it is goes with it: sealed and signed copies and attached files with the deeds that put them
there, its withdrawal or repeal, an appraisal, the 档号 that the arrangement gave, and a hold that still is. What the
office did with it for itself stays: hand-overs, readers, stamps put on print-outs, holds that have ended.

A deed may speak of a hundred papers of which one is handed on. So its record leaves as an excerpt with the papers of
the set alone; of a deed all of whose papers leave, that is the record byte for byte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.core.deeds import ORIGIN, Action, Deed, DeedLine
from pipeline.core.standing import AS_FILED, Standing
from pipeline.core.values import FiledPaper

COPIES = frozenset({Action.SEALED, Action.SIGNED, Action.ATTACH})
"""These put a file beside a paper and change nothing of it."""

GOES_ALONG = COPIES | {Action.WITHDRAW, Action.REPEAL, Action.APPRAISE, Action.ARRANGE, Action.HOLD}

_DEED = "deed"
"""The role of a deed's own record among its files."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The ``deeds`` of a set that are to be entered here, numbered as they will be; ``decided`` are papers that are
    here already and of which the other office decided something later (the action): it is told and not done."""

    deeds: tuple[Deed, ...]
    decided: tuple[tuple[str, Action], ...] = ()


def excerpts(papers: Iterable[FiledPaper], stand: Mapping[str, Standing]) -> tuple[Deed, ...]:
    """The deeds that leave with these papers, each about them alone; ``stand`` is what they are, by id."""
    chosen: dict[int, tuple[Deed, dict[str, FiledPaper]]] = {}
    for paper in papers:
        stands = stand.get(paper.paper, AS_FILED)
        for deed in (*stands.deeds, *filter(None, [stands.held])):
            if deed.action in GOES_ALONG and (deed.action is not Action.HOLD or deed == stands.held):
                chosen.setdefault(deed.seq, (deed, {}))[1][paper.paper] = paper
    return tuple(_excerpt(deed, about) for _seq, (deed, about) in sorted(chosen.items()))


def _excerpt(deed: Deed, about: Mapping[str, FiledPaper]) -> Deed:
    """A hold on one version of a paper is on all, so its line may name one that stays behind."""
    lines = [line for line in deed.lines if line.paper in about]
    unnamed = about.keys() - {line.paper for line in lines}
    others = [DeedLine.of(paper, deed.action) for name, paper in about.items() if name in unnamed]
    own = {role: file for role, file in deed.files.items() if role == _DEED}
    return replace(deed, lines=(*lines, *others), files=own)


def merged(deeds: Iterable[Deed]) -> tuple[Deed, ...]:
    """Deeds that came in pieces (a package has an excerpt for its paper alone), whole and in their order."""
    found: dict[tuple[int, *_Same], tuple[Deed, dict[str, DeedLine]]] = {}
    for deed in deeds:
        _first, lines = found.setdefault((deed.seq, *_same(deed)), (deed, {}))
        for line in deed.lines:
            lines.setdefault(line.paper, line)
    every = (replace(first, lines=tuple(lines.values())) for first, lines in found.values())
    return tuple(sorted(every, key=lambda deed: (deed.seq, deed.at)))


def coming(
    deeds: Sequence[Deed],
    new: Collection[str],
    stand: Mapping[str, Standing],
    chains: Mapping[str, tuple[str, ...]],
    first: int,
    origin: str,
) -> Coming:
    """What is to be entered here of a set's ``deeds``, from the number ``first`` on.

    ``new`` are the papers (ids) that come in with it; ``stand`` is what the others are here, ``chains`` the versions of
    all. A deed that is here already is not done again. Of a paper that was here before, only later copies are taken.
    """
    found, decided = list[Deed](), list[tuple[str, Action]]()
    held = {name for one, stands in stand.items() if stands.held for name in chains.get(one, (one,))}
    for deed in (deed for deed in deeds if deed.action in GOES_ALONG):
        unknown = [line for line in deed.lines if not _is_known(deed, stand.get(line.paper, AS_FILED))]
        lines = [line for line in unknown if line.paper in new or line.paper not in stand or deed.action in COPIES]
        decided += [(line.paper, deed.action) for line in unknown if line not in lines and line.paper not in held]
        if deed.action is Action.HOLD:
            lines = list(_once(lines, held, chains))
        if lines:
            told = {**deed.details, ORIGIN: origin}
            found.append(replace(deed, seq=first + len(found), lines=tuple(lines), details=told, files={}))
    return Coming(tuple(found), tuple(decided))


def _once(lines: Iterable[DeedLine], held: set[str], chains: Mapping[str, tuple[str, ...]]) -> Iterator[DeedLine]:
    """Of the versions of one paper the first: a hold on one of them is on all. ``held`` learns of them."""
    for line in lines:
        if line.paper not in held:
            held.update(chains.get(line.paper, (line.paper,)))
            yield line


_Same = tuple[Action, datetime, str, str]


def _same(deed: Deed) -> _Same:
    """What tells a deed from any other; its number is another in each office."""
    return deed.action, deed.at, deed.by, deed.reason


def _is_known(deed: Deed, stands: Standing) -> bool:
    return any(_same(other) == _same(deed) for other in stands.deeds)
