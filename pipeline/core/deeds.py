"""Deeds of the book of deeds (办理簿): what an archive does to its papers after they are filed.

It is to papers what the number book is to numbers. A paper is withdrawn (撤销), repealed (废止), appraised (鉴定),
held (冻结), destroyed (销毁), gets a sealed copy (盖章件), a signed one (签章件) or its draft (组件) beside it, is
transferred (移交) or consulted (利用). Each is a deed: somebody's, at a time, with a reason, kept for ever. What a
paper is today is what its record and the deeds come to; ``standing`` is that, so register, ``reindex`` and ``verify``
read the deeds alike.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from pipeline.core.acts import number_in_full
from pipeline.core.archival import read_code, retention_of
from pipeline.core.calendar import written
from pipeline.core.composition import PART_WORDS, Part
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledFile, FiledPaper


class Action(StrEnum):
    """What was done. ``WORDS`` has the word of the office for each, ``NEEDED`` what it must say besides the reason."""

    WITHDRAW = "withdraw"
    """Void from the start (条例 33)."""
    REPEAL = "repeal"
    """Void from a day on (条例 33)."""
    APPRAISE = "appraise"
    HOLD = "hold"
    UNHOLD = "unhold"
    DESTROY = "destroy"
    SEALED = "sealed"
    SIGNED = "signed"
    STAMPED = "stamped"
    TRANSFER = "transfer"
    CONSULT = "consult"
    ARRANGE = "arrange"
    ATTACH = "attach"
    """A file that belongs to the same 件 is put beside the paper (组件)."""


WORDS: Mapping[Action, str] = {
    Action.WITHDRAW: "撤销",
    Action.REPEAL: "废止",
    Action.APPRAISE: "鉴定",
    Action.HOLD: "冻结",
    Action.UNHOLD: "解除冻结",
    Action.DESTROY: "销毁",
    Action.SEALED: "盖章件",
    Action.SIGNED: "签章件",
    Action.STAMPED: "用印",
    Action.TRANSFER: "移交",
    Action.CONSULT: "利用",
    Action.ARRANGE: "整理",
    Action.ATTACH: "组件",
}

FROM, RETENTION, BY_PAPER, COPIES, RECEIVER, READER, CODE, PART, ORIGIN = (
    "from",
    "retention",
    "by_paper",
    "copies",
    "receiver",
    "reader",
    "archival_code",
    "part",
    "origin",
)
"""Keys of details: first day of a repeal (ISO), 保管期限 after an appraisal, the paper that takes a repealed one's
place, copies that were stamped, who received, who read, the 档号 that the arrangement gave, what an
attached file is (``core.composition.Part``), the set in which a deed came that was done in another office."""

NEEDED: Mapping[Action, tuple[str, ...]] = {
    Action.REPEAL: (FROM,),
    Action.APPRAISE: (RETENTION,),
    Action.STAMPED: (COPIES,),
    Action.TRANSFER: (RECEIVER,),
    Action.CONSULT: (READER,),
    Action.ARRANGE: (CODE,),
    Action.ATTACH: (PART,),
}

ARRANGED_METADATA = "整理后元数据"
"""What the metadata are called that the arrangement puts beside a paper: those of DA/T 46 with its 档号."""

RETENTIONS = ("Y", "D30", "D10")
"""保管期限 (DA/T 22-2015 clause 5.4): for ever, thirty and ten years."""


_YEARS: Mapping[str, int] = {"D30": 30, "D10": 10}


def kept_until(year: int, retention: str) -> date | None:
    """The last day of a paper's retention: it is counted from the end of the year of the paper. None: for ever."""
    return date(year + _YEARS[retention], 12, 31) if retention in _YEARS else None


class Status(StrEnum):
    """Whether a paper holds. ``STATUS_WORDS`` has the word of the office."""

    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REPEALED = "repealed"


STATUS_WORDS: Mapping[Status, str] = {
    Status.VALID: "有效",
    Status.REPLACED: "已被更正",
    Status.WITHDRAWN: "已撤销",
    Status.REPEALED: "已废止",
}

COUNTED = frozenset({Status.VALID, Status.REPEALED})
"""A repealed paper was issued and did what it did until its day, so it counts; a withdrawn one, and an old version that
a newer one counts for, do not."""


def remains_of(paper: FiledPaper) -> FiledPaper:
    """What is left of a paper when it is destroyed: number, title, 档号, dates and the digests of what was there; not
    its text, not the values it was made of, not the people it names."""
    return replace(paper, text="", data="", people=(), status=Status.VALID.value)


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One paper of a deed: ``number`` (in full), ``title`` and ``archival_code`` as they were when it was done.

    ``details`` are small words for people and programs; ``files`` were put beside the paper by this deed. ``remains``
    is what is left of a destroyed paper: all that was known of it but its contents and the people it names.
    """

    paper: str
    number: str
    title: str
    archival_code: str
    details: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, FiledFile] = field(default_factory=dict)
    remains: FiledPaper | None = None

    @classmethod
    def of(cls, paper: FiledPaper, action: Action, details: Mapping[str, str] | None = None) -> DeedLine:
        """The line of a deed of this action about a paper as it is now."""
        remains = remains_of(paper) if action is Action.DESTROY else None
        named = (paper.paper, number_in_full(paper), on_one_line(paper.title), paper.archival_code)
        return cls(*named, details or {}, remains=remains)


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed. ``seq`` counts the deeds of an office from 1, in the order in which they were done.

    ``also`` names whoever else had to be there (the second witness of a destruction); ``details`` hold for every line.
    ``files`` are its own record (``deed``) and what came with it, in the archive. Raises ``ValueError`` for a deed that
    does not say what its action needs, or speaks of a paper twice.
    """

    seq: int
    action: Action
    lines: tuple[DeedLine, ...]
    by: str
    at: datetime
    reason: str = ""
    also: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, FiledFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.lines or len({line.paper for line in self.lines}) != len(self.lines):
            raise ValueError("a deed is about at least one paper, and about each once")
        for line in self.lines:
            told = self.told(line)
            if missing := [key for key in NEEDED.get(self.action, ()) if not told.get(key)]:
                raise ValueError(f"{self.action.value} does not say {', '.join(missing)}")
            if self.action is Action.REPEAL:
                date.fromisoformat(told[FROM])
            if self.action is Action.APPRAISE and told[RETENTION] not in RETENTIONS:
                raise ValueError(f"no retention: {told[RETENTION]}")
            if self.action is Action.ATTACH and told[PART] not in set(Part):
                raise ValueError(f"no part of a paper: {told[PART]}")
            if self.action is Action.ARRANGE:
                read_code(told[CODE])
            if (line.remains is not None) != (self.action is Action.DESTROY):
                raise ValueError("only of a destroyed paper something remains")
        if self.action is Action.ARRANGE and len({self.told(line)[CODE] for line in self.lines}) != len(self.lines):
            raise ValueError("an archival code is given once")

    @property
    def id(self) -> str:
        """The deed's name among submissions and papers: ``deed-00017``."""
        return f"deed-{self.seq:05}"

    def told(self, line: DeedLine) -> Mapping[str, str]:
        """The details of a line, those of the whole deed among them."""
        return {**self.details, **line.details}

    @property
    def all_files(self) -> Iterator[FiledFile]:
        """Every file it brought into the archive: its own, and those beside the papers."""
        yield from self.files.values()
        for line in self.lines:
            yield from line.files.values()


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


RETENTION_WORDS: Mapping[str, str] = {"Y": "永久", "D30": "30年", "D10": "10年"}


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
