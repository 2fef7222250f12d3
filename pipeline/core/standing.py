"""What a paper is today: its record and the deeds about it, folded (decision 0018).

Register, ``reindex`` and ``verify`` fold alike, because all of them ask here; what cannot have been done
(``objection``) changes nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.core.archival import read_code, retention_of
from pipeline.core.calendar import written
from pipeline.core.composition import PART_WORDS, Part
from pipeline.core.deeds import (
    ARRANGED_METADATA,
    BY_PAPER,
    CODE,
    COUNTED,
    FROM,
    RETENTION,
    RETENTION_WORDS,
    STATUS_WORDS,
    WORDS,
    Action,
    Deed,
    DeedLine,
    Status,
)
from pipeline.core.messages import _
from pipeline.core.values import FiledFile, FiledPaper


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that a deed put beside a paper: a scan with the seal, a signed PDF, the draft."""

    deed: Deed
    role: str
    file: FiledFile

    @property
    def called(self) -> str:
        """What it is, in the word of the office: 盖章件, 定稿."""
        match self.deed.action:
            case Action.ATTACH:
                return PART_WORDS[Part(self.role)]
            case Action.ARRANGE:
                return ARRANGED_METADATA
        return WORDS[self.deed.action]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a paper is after all deeds about it.

    ``since`` is the first day of a repeal, None otherwise: withdrawn is void from the start. ``archival_code`` is the
    one that the arrangement gave, "" of a paper that was filed with one or waits for it; ``retention`` is "" while it
    is as the 档号 says (as filed, where there is none yet). ``replaced_by`` is the id of the paper in its place: its
    next version, or the one a repeal names; ``replaces`` the version before it. ``deeds`` has every one, in order.
    """

    status: Status = Status.VALID
    since: date | None = None
    retention: str = ""
    archival_code: str = ""
    held: Deed | None = None
    destroyed: Deed | None = None
    transferred: Deed | None = None
    arranged: Deed | None = None
    replaced_by: str = ""
    replaces: str = ""
    copies: tuple[Copy, ...] = ()
    deeds: tuple[Deed, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the paper counts as issued."""
        return self.status in COUNTED

    @property
    def composed(self) -> tuple[Copy, ...]:
        """The copies in the order of the 件: other fair copies (盖章件, 签章件) first, then the parts in theirs."""
        return tuple(sorted(self.copies, key=_place_in_the_piece))


def _place_in_the_piece(copy: Copy) -> int:
    """Fair copies, the parts in their order, then what describes the 件 and is none of it."""
    if copy.deed.action is Action.ARRANGE:
        return len(Part)
    return list(Part).index(Part(copy.role)) if copy.deed.action is Action.ATTACH else -1


def in_words(status: str, stands: Standing = Standing()) -> str:
    """What 备注 says of a paper: what it is no longer, and what became of it; "" while it is as filed."""
    told = []
    if status == Status.REPEALED and stands.since:
        told.append(f"自{written(stands.since)}起废止")
    elif status != Status.VALID:
        told.append(STATUS_WORDS[Status(status)])
    if stands.retention:
        told.append(f"保管期限改为{RETENTION_WORDS[stands.retention]}")
    if stands.transferred is not None:
        told.append("已移交")
    if stands.destroyed is not None:
        told.append(f"已销毁（{written(stands.destroyed.at.date())}）")
    return "，".join(told)


AS_FILED = Standing()
"""A paper that no deed speaks of."""


def standing(deeds: Iterable[Deed], newer: Mapping[str, str] | None = None) -> Mapping[str, Standing]:
    """What each paper is after all deeds, by paper id; who is not in it is ``AS_FILED``.

    ``newer`` is the next version of each paper that has one (id to id); an old version is replaced whatever was done to
    it before, and a hold on one version is a hold on all. What contradicts (``objection``) changes nothing: ``verify``
    names it.
    """
    later = newer or {}
    chains, stand = versions(later), dict[str, Standing]()
    for deed, line in _in_order(deeds):
        if not objection(deed.action, stand.get(line.paper, AS_FILED)):
            _fold(stand, deed, line, chains)
    for old, new in later.items():
        stand[old] = replace(stand.get(old, AS_FILED), status=Status.REPLACED, replaced_by=new, since=None)
        stand[new] = replace(stand.get(new, AS_FILED), replaces=old)
    return stand


def versions(newer: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """All versions of each paper that has several (ids), the first one first. ``newer`` is as ``standing`` has it."""
    chains: dict[str, tuple[str, ...]] = {}
    for first in newer.keys() - set(newer.values()):
        chain = [first]
        while chain[-1] in newer:
            chain.append(newer[chain[-1]])
        chains.update(dict.fromkeys(chain, tuple(chain)))
    return chains


def contradictions(
    deeds: Iterable[Deed],
    known: Iterable[str],
    newer: Mapping[str, str] | None = None,
    coded: Container[str] = frozenset(),
) -> Iterator[tuple[Deed, DeedLine, str]]:
    """The lines of deeds that cannot have been done, each with why, in words. ``newer`` is as ``standing`` has it,
    ``coded`` are the papers (ids) that were filed with their 档号."""
    papers, chains = set(known), versions(newer or {})
    stand: dict[str, Standing] = {}
    for deed, line in _in_order(deeds):
        before = stand.get(line.paper, AS_FILED)
        is_coded = line.paper in coded
        why = objection(deed.action, before, is_coded) if line.paper in papers else _("档案里没有这份文件")
        if why:
            yield deed, line, why
        else:
            _fold(stand, deed, line, chains)


def _fold(stand: dict[str, Standing], deed: Deed, line: DeedLine, chains: Mapping[str, tuple[str, ...]]) -> None:
    """One line of a deed into what the papers are; a hold and its end go for every version."""
    now = stand[line.paper] = after(stand.get(line.paper, AS_FILED), deed, line)
    if deed.action in (Action.HOLD, Action.UNHOLD):
        for other in chains.get(line.paper, ()):
            stand[other] = replace(stand.get(other, AS_FILED), held=now.held)


@dataclass(frozen=True, slots=True)
class Kept:
    """The files that must be there by papers and deeds, and the paths that hold nothing any more, each with the deed
    that took it away. A workbook that other papers came from too stays with them."""

    files: tuple[Mapping[str, FiledFile], ...]
    gone: Mapping[str, Deed]


def kept(papers: Iterable[FiledPaper], known: Iterable[Deed]) -> Kept:
    """What is to be found of papers and deeds."""
    deeds = tuple(known)
    by = {line.paper: deed for deed in deeds for line in deed.lines if deed.action is Action.DESTROY}
    every = [
        *((paper.paper, paper.files) for paper in papers),
        *((line.paper, line.files) for deed in deeds for line in deed.lines),
    ]
    files = (*(files for paper, files in every if paper not in by), *(deed.files for deed in deeds))
    there = {file.path for some in files for file in some.values()}
    gone = {file.path: by[paper] for paper, some in every if paper in by for file in some.values()}
    return Kept(files, {path: deed for path, deed in gone.items() if path not in there})


def objection(action: Action, before: Standing, is_coded: bool = False) -> str:
    """Why this cannot be done to a paper, in words of the office; "" when it can. ``is_coded``: it has a 档号."""
    if before.destroyed is not None:
        return _("这份文件已经销毁")
    match action:
        case Action.WITHDRAW | Action.REPEAL if before.status is Status.WITHDRAWN:
            return _("这份文件已经撤销")
        case Action.WITHDRAW | Action.REPEAL if before.status is Status.REPLACED:
            return _("这是旧版本，请对现行的一版办理")
        case Action.REPEAL if before.status is Status.REPEALED:
            return _("这份文件已经废止")
        case Action.HOLD if before.held is not None:
            return _("这份文件已经冻结")
        case Action.UNHOLD if before.held is None:
            return _("这份文件没有冻结")
        case Action.DESTROY if before.held is not None:
            return _("这份文件已冻结，不能销毁")
        case Action.ATTACH if before.transferred is not None:
            return _("这份文件已经移交，不能再加进去")
        case Action.ARRANGE if is_coded or before.archival_code:
            return _("这份文件已经有档号")
    return ""


def after(before: Standing, deed: Deed, line: DeedLine) -> Standing:
    """What the deed makes of a paper that stood so."""
    told = deed.told(line)
    stand = replace(
        before,
        deeds=(*before.deeds, deed),
        copies=(*before.copies, *(Copy(deed, role, file) for role, file in line.files.items())),
    )
    match deed.action:
        case Action.WITHDRAW:
            return replace(stand, status=Status.WITHDRAWN, since=None)
        case Action.REPEAL:
            day = date.fromisoformat(told[FROM])
            return replace(stand, status=Status.REPEALED, since=day, replaced_by=told.get(BY_PAPER, ""))
        case Action.APPRAISE:
            return replace(stand, retention=told[RETENTION])
        case Action.HOLD:
            return replace(stand, held=deed)
        case Action.UNHOLD:
            return replace(stand, held=None)
        case Action.DESTROY:
            return replace(stand, destroyed=deed)
        case Action.TRANSFER:
            return replace(stand, transferred=deed)
        case Action.ARRANGE:
            code = read_code(told[CODE])
            other = "" if retention_of(code) == before.retention else before.retention
            return replace(stand, arranged=deed, archival_code=code.text, retention=other)
    return stand


def _in_order(deeds: Iterable[Deed]) -> Iterator[tuple[Deed, DeedLine]]:
    for deed in sorted(deeds, key=lambda one: one.seq):
        for line in deed.lines:
            yield deed, line
