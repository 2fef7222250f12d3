"""The outcome of ``verify`` item by item, as 四性检测 of DA/T 70-2018 asks for it: 通过, 未通过 or 不适用, and why.

Decides only. An item that nothing here looks at is not in the list: it is never passed unseen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from pipeline.core.four_properties import NAMES, OF_METADATA, PROPERTIES, STAGES, Item, Stage
from pipeline.core.messages import _
from pipeline.retrieval.compare import SOURCES
from pipeline.retrieval.damage import Damage, Note, Remark, Report

_NAMED = 3
"""How many remarks an item tells before it says how many more there are."""


class Outcome(StrEnum):
    """What an item came to."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not-applicable"


OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PASSED: "通过",
    Outcome.FAILED: "未通过",
    Outcome.NOT_APPLICABLE: "不适用",
}

_OF_DAMAGE: Mapping[Damage, tuple[Item, ...]] = {
    Damage.CHANGED: (Item.FIXITY, Item.ATTRIBUTES, Item.PACKAGE),
    Damage.NUMBER_TWICE: (Item.REPETITION, Item.CONTINUITY),
    Damage.DISAGREES: (Item.REGISTER,),
    Damage.UNINDEXED: (Item.REGISTER, Item.PAPERS),
    Damage.MOVED: (Item.LINKS, Item.ATTRIBUTES, Item.CONTENT),
    Damage.PLACE_TWICE: (Item.LINKS, Item.CONTENT),
    Damage.MANIFEST: (Item.CATALOGUES, Item.PACKAGE),
    Damage.ODD: (Item.STRUCTURE,),
    Damage.MISSING: (Item.CONTENT, Item.LINKS, Item.PAPERS, Item.PACKAGE),
    Damage.UNREADABLE: (Item.CONTENT, Item.FIXITY, Item.PACKAGE),
    Damage.RECORD: (Item.READABLE_METADATA, Item.REGISTER),
    Damage.METADATA: (Item.READABLE_METADATA,),
    Damage.UNKNOWN: (Item.STRANGERS,),
    Damage.HISTORY: (Item.PROCESS,),
}
"""The items that each damage fails, its own first. One of metadata may belong to a more exact one."""

_OF_NOTE: Mapping[Note, Item] = {
    Note.NUMBER_GAP: Item.CONTINUITY,
    Note.NUMBER_LOST: Item.CONTINUITY,
    Note.NO_WITNESS: Item.PROCESS,
}
"""What is no damage to the archive, and still not what the item asks for."""

_OBJECTS: Mapping[Item, str] = {
    Item.FIXITY: "全部文件的摘要值",
    Item.LENGTH: "元数据文件",
    Item.FORM: "元数据文件",
    Item.DOMAIN: "元数据文件",
    Item.REASON: "元数据文件",
    Item.CHARACTERS: "元数据文件",
    Item.ARCHIVAL_CODE: "元数据文件里的档号",
    Item.REPETITION: "文号、档号",
    Item.ATTRIBUTES: "文件的名称、大小、摘要值",
    Item.LINKS: "登记簿里的文件位置",
    Item.CATALOGUES: "校验清单",
    Item.STRUCTURE: "档案文件夹",
    Item.PACKAGE: "全部文件归档前后的摘要值",
    Item.PAPERS: "登记簿和档案文件夹",
    Item.BYTES: "登记簿和档案文件夹",
    Item.ELEMENTS: "元数据文件",
    Item.REQUIRED: "元数据文件里的必填项",
    Item.PROCESS: "登记簿的历史记录",
    Item.CONTINUITY: "文号、件号",
    Item.CONTENT: "全部文件",
    Item.READABLE_METADATA: "归档记录和元数据文件",
    Item.REGISTER: "登记簿",
    Item.FORMAT: "归档的版式文件（PDF）",
    Item.FORMAT_OF_PACKAGE: "归档的版式文件和 Word 文件",
    Item.VIRUSES: "全部文件",
    Item.STRANGERS: "档案文件夹",
}
"""What is looked at, for every item that is looked at."""

_SPOILT: Mapping[str, frozenset[Item]] = {
    ".xml": frozenset({*OF_METADATA, Item.READABLE_METADATA}),
    ".json": frozenset({Item.READABLE_METADATA, Item.REGISTER}),
    ".pdf": frozenset({Item.FORMAT, Item.FORMAT_OF_PACKAGE}),
    ".docx": frozenset({Item.FORMAT_OF_PACKAGE}),
}
"""The items whose objects files of this sort are. Where one is not as it was filed, they are not passed either."""

_OF_FILES = {Damage.CHANGED, Damage.MISSING, Damage.UNREADABLE, Damage.MOVED}


@dataclass(frozen=True, slots=True)
class Checked:
    """One item: what came of it and why, and how many ``remarks`` are its own. ``code`` is its number at filing; other
    stages have numbers not known here."""

    item: Item
    outcome: Outcome
    words: str = ""
    remarks: int = 0

    @property
    def object(self) -> str:
        """What was looked at."""
        return _(_OBJECTS[self.item])

    def code(self, stage: Stage) -> str:
        """``GD-1-1``; at another stage ``YJ（参照 GD-1-1）``."""
        letters = STAGES[stage][0]
        return self.item.value if stage is Stage.FILING else f"{letters}（参照 {self.item.value}）"

    def as_json(self, stage: Stage) -> dict[str, str]:
        """Keys in English, for ``--json``."""
        return {
            "code": self.code(stage),
            "property": PROPERTIES[self.item.value.split("-")[1]],
            "name": _(NAMES[self.item]),
            "object": self.object,
            "outcome": self.outcome.value,
            "words": self.words,
        }


def checked(report: Report, exact: Mapping[str, Item], viruses: tuple[Outcome, str]) -> tuple[Checked, ...]:
    """Every item that is looked at, in the order of the standard.

    ``exact`` gives the item of metadata that do not pass, by their path; ``viruses`` is what the scanner said.
    """
    failed: dict[Item, list[Remark]] = defaultdict(list)
    spoilt: dict[Item, list[Item]] = defaultdict(list)
    for remark in report.damages:
        own, *others = _items(remark, exact)
        failed[own].append(remark)
        for item in others:
            spoilt[item].append(own)
    for note in report.notes:
        if isinstance(note.what, Note) and note.what in _OF_NOTE:
            failed[_OF_NOTE[note.what]].append(note)
    forms = report.forms
    for path in forms.others:
        failed[Item.FORMAT].append(Remark(Damage.ODD, path, _("没有 PDF/A 标识")))
    for path in forms.locked:
        failed[Item.FORMAT_OF_PACKAGE].append(Remark(Damage.ODD, path, _("加了密，或者内容不是文件名所说的格式")))
    if report.due != report.size:
        failed[Item.BYTES].append(Remark(Damage.CHANGED, "", _counted_bytes(report)))
    passed = _words(report)
    found = []
    for item in Item:
        if item is Item.VIRUSES:
            found.append(Checked(item, *viruses))
        elif failed[item]:
            found.append(Checked(item, Outcome.FAILED, _told(failed[item]), len(failed[item])))
        elif spoilt[item]:
            codes = "、".join(sorted({own.value for own in spoilt[item]}))
            words = _("检测对象里有 {count} 处损坏，见 {codes}").format(count=len(spoilt[item]), codes=codes)
            found.append(Checked(item, Outcome.FAILED, words))
        elif item in _OBJECTS:
            found.append(Checked(item, Outcome.PASSED, passed.get(item, "")))
    return tuple(found)


def grounds(report: Report) -> tuple[Remark, ...]:
    """The remarks for which an item is not passed: every damage, and the notes that count for one."""
    return (*report.damages, *(note for note in report.notes if note.what in _OF_NOTE))


def _items(remark: Remark, exact: Mapping[str, Item]) -> tuple[Item, ...]:
    """The items that a damage fails."""
    assert isinstance(remark.what, Damage)
    place = PurePosixPath(remark.path)
    if remark.what is Damage.METADATA and remark.path in exact:
        item = exact[remark.path]
        return (item, Item.REQUIRED) if item is Item.ELEMENTS else (item,)
    spoilt = _SPOILT.get(place.suffix, frozenset()) if remark.what in _OF_FILES and place.parent.name != SOURCES else ()
    return tuple(dict.fromkeys((*_OF_DAMAGE[remark.what], *spoilt)))


def _words(report: Report) -> Mapping[Item, str]:
    """What is said of items that are passed: how much was counted, and what was left aside."""
    without = "".join(note.sentence for note in report.notes if note.what is Note.NO_METADATA)
    waiting = _("；").join(note.path + note.sentence for note in report.notes if note.what is Note.UNARRANGED)
    no_sm3 = "".join(note.sentence for note in report.notes if note.what is Note.NO_SM3)
    return {
        **dict.fromkeys(OF_METADATA, without),
        Item.ARCHIVAL_CODE: _("；").join(filter(None, (without, waiting))),
        Item.FIXITY: no_sm3,
        Item.PAPERS: _counted_papers(report),
        Item.BYTES: _counted_bytes(report),
        Item.FORMAT: _("{count} 个 PDF 带有 PDF/A 标识").format(count=report.forms.archival),
    }


def _counted_papers(report: Report) -> str:
    if not report.destroyed:
        return _("登记 {papers} 件，都在").format(papers=report.papers)
    return _("登记 {papers} 件：{there} 件都在，{gone} 件已销毁").format(
        papers=report.papers + report.destroyed, there=report.papers, gone=report.destroyed
    )


def _counted_bytes(report: Report) -> str:
    return _("登记 {due} 字节，实有 {size} 字节").format(due=report.due, size=report.size)


def _told(remarks: Iterable[Remark]) -> str:
    """The first remarks with their paths, and how many more."""
    every = list(remarks)
    said = [f"{remark.path}{_('：')}{remark.sentence}" if remark.path else remark.sentence for remark in every[:_NAMED]]
    if len(every) > _NAMED:
        said.append(_("另有 {count} 处").format(count=len(every) - _NAMED))
    return _("；").join(said)
