"""Deeds of the book of deeds (办理簿): what an archive does to its papers after they are filed.

It is to papers what the number book is to numbers. A paper is withdrawn (撤销), repealed (废止), appraised (鉴定),
held (冻结), destroyed (销毁), gets a sealed copy (盖章件), a signed one (签章件) or its draft (组件) beside it, is
transferred (移交) or consulted (利用). Each is a deed: somebody's, at a time, with a reason, kept for ever. What a
paper is today is what its record and the deeds come to (``core.standing``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from pipeline.core.acts import number_in_full
from pipeline.core.archival import read_code
from pipeline.core.composition import Part
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


RETENTION_WORDS: Mapping[str, str] = {"Y": "永久", "D30": "30年", "D10": "10年"}

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
