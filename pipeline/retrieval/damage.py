"""What ``verify`` can find, as values with a path and a sentence, and the report they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.messages import _


class Damage(StrEnum):
    """What is wrong between register and archive, for programs. ``TITLES`` words each for people."""

    MISSING = "missing"
    CHANGED = "changed"
    MOVED = "moved"
    UNKNOWN = "unknown"
    UNINDEXED = "unindexed"
    DISAGREES = "disagrees"
    RECORD = "record"
    METADATA = "metadata"
    MANIFEST = "manifest"
    UNREADABLE = "unreadable"
    ODD = "odd"
    NUMBER_TWICE = "number-twice"
    PLACE_TWICE = "place-twice"
    HISTORY = "history"


class Note(StrEnum):
    """What a person may want to know and what is no damage."""

    NUMBER_GAP = "number-gap"
    NUMBER_LOST = "number-lost"
    LEFTOVER = "leftover"
    SYSTEM_FILE = "system-file"
    PENDING = "pending"
    NEW_HISTORY = "new-history"
    NO_WITNESS = "no-witness"
    STALE = "stale"
    NO_METADATA = "no-metadata"
    SIGNER = "signer"
    UNTRUSTED = "untrusted"
    NO_SM3 = "no-sm3"
    UNARRANGED = "unarranged"


TITLES: Mapping[Damage | Note, str] = {
    Damage.MISSING: "文件不见了",
    Damage.CHANGED: "文件被改动",
    Damage.MOVED: "文件被移动或改名",
    Damage.UNKNOWN: "登记簿里没有的文件",
    Damage.UNINDEXED: "档案里有、登记簿里没有的公文",
    Damage.DISAGREES: "登记簿与归档记录不一致",
    Damage.RECORD: "归档记录损坏",
    Damage.METADATA: "元数据不合格",
    Damage.MANIFEST: "校验清单不对",
    Damage.UNREADABLE: "读不了",
    Damage.ODD: "不该有的东西",
    Damage.NUMBER_TWICE: "编号重复",
    Damage.PLACE_TWICE: "两份公文登记在同一个位置",
    Damage.HISTORY: "登记簿的历史记录被改动",
    Note.NUMBER_GAP: "编号不连续",
    Note.NUMBER_LOST: "编过号的文件不在档案里",
    Note.LEFTOVER: "中断留下的临时文件",
    Note.SYSTEM_FILE: "系统自动产生的文件",
    Note.PENDING: "正在归档",
    Note.NEW_HISTORY: "登记簿重新建立过",
    Note.NO_WITNESS: "登记校验不见了",
    Note.STALE: "目录或网页不是现在的",
    Note.NO_METADATA: "没有元数据文件的公文",
    Note.SIGNER: "电子签章",
    Note.UNTRUSTED: "电子签章的证书不可信",
    Note.NO_SM3: "没有核对 SM3",
    Note.UNARRANGED: "待整理的公文",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One damage or note. ``path`` is relative to the archive ("." the archive itself), a number series, or 登记簿."""

    what: Damage | Note
    path: str
    sentence: str

    @property
    def title(self) -> str:
        """What it is, in a few characters."""
        return _(TITLES[self.what])

    def as_json(self) -> dict[str, str]:
        """Keys in English, for ``--json``."""
        return {"code": self.what.value, "path": self.path, "title": self.title, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Forms:
    """What the renditions (PDF) and Word files that were read are: ``archival`` how many PDFs say that they are PDF/A,
    ``others`` the paths of those that do not, ``locked`` of those that are encrypted or not what their name says."""

    archival: int = 0
    others: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check: how much was looked at, what is damaged, and what else is worth knowing.

    ``size`` is the sum of the files whose digest was computed, in bytes; ``due`` is the same by the register, missing
    ones included. ``forms`` tells of PDFs and Word files. Where only a part was looked at, ``part`` says which, and
    ``registered`` how many papers there are in all. Of destroyed ones nothing but their entry can be looked at: they
    are not among the ``papers`` and counted as ``destroyed``. ``checked`` is of how many papers the metadata say that
    they passed 四性检测 when they were filed, ``unchecked`` of how many they do not.
    """

    papers: int
    files: int
    size: int
    damages: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    due: int = 0
    forms: Forms = Forms()
    part: str = ""
    registered: int = 0
    destroyed: int = 0
    checked: int = 0
    unchecked: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all is damaged."""
        return not self.damages

    def summary(self) -> str:
        """The outcome in one sentence."""
        checked = _("核对了 {papers} 件公文、{files} 个文件").format(papers=self.papers, files=self.files)
        if self.destroyed:
            checked = _("{checked}（另有 {count} 件已销毁，只核对登记）").format(checked=checked, count=self.destroyed)
        if self.part:
            checked = _("{checked}（只查了{part}；登记簿里共有 {registered} 件）").format(
                checked=checked, part=self.part, registered=self.registered
            )
        if self.is_sound:
            return _("{checked}，全部完好。").format(checked=checked)
        return _("{checked}，发现 {count} 处问题。").format(checked=checked, count=len(self.damages))

    def as_json(self) -> dict[str, object]:
        """Keys in English, for ``--json``."""
        return {
            "sound": self.is_sound,
            "papers": self.papers,
            "files": self.files,
            "bytes": self.size,
            "part": self.part or None,
            "registered": self.registered,
            "destroyed": self.destroyed,
            "checked_at_filing": self.checked,
            "damages": [remark.as_json() for remark in self.damages],
            "notes": [remark.as_json() for remark in self.notes],
        }
