"""The outcome of ``verify`` item by item, as 四性检测 of DA/T 70-2018 asks for it: 通过, 未通过 or 不适用, and why.

Decides only. An item that nothing here looks at is not in the list: it is never passed unseen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.four_properties import NAMES, PROPERTIES, STAGES, Item, Stage
from pipeline.core.messages import _
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

_OF_DAMAGE: Mapping[Damage, Item] = {
    Damage.CHANGED: Item.FIXITY,
    Damage.NUMBER_TWICE: Item.REPETITION,
    Damage.DISAGREES: Item.REGISTER,
    Damage.UNINDEXED: Item.REGISTER,
    Damage.MOVED: Item.LINKS,
    Damage.PLACE_TWICE: Item.LINKS,
    Damage.MANIFEST: Item.CATALOGUES,
    Damage.ODD: Item.STRUCTURE,
    Damage.MISSING: Item.CONTENT,
    Damage.UNREADABLE: Item.CONTENT,
    Damage.RECORD: Item.READABLE_METADATA,
    Damage.METADATA: Item.READABLE_METADATA,
    Damage.UNKNOWN: Item.STRANGERS,
    Damage.HISTORY: Item.PROCESS,
}
"""The item that each damage belongs to; one of metadata may belong to a more exact one."""

_OBJECTS: Mapping[Item, str] = {
    Item.FIXITY: "全部文件的摘要值",
    Item.LENGTH: "元数据文件",
    Item.FORM: "元数据文件",
    Item.DOMAIN: "元数据文件",
    Item.REASON: "元数据文件",
    Item.CHARACTERS: "元数据文件",
    Item.ARCHIVAL_CODE: "元数据文件里的档号",
    Item.REPETITION: "文号、档号",
    Item.LINKS: "登记簿里的文件位置",
    Item.CATALOGUES: "校验清单",
    Item.STRUCTURE: "档案文件夹",
    Item.ELEMENTS: "元数据文件",
    Item.PROCESS: "登记簿的历史记录",
    Item.CONTINUITY: "文号、件号",
    Item.CONTENT: "全部文件",
    Item.READABLE_METADATA: "归档记录和元数据文件",
    Item.REGISTER: "登记簿",
    Item.VIRUSES: "全部文件",
    Item.STRANGERS: "档案文件夹",
}
"""What is looked at, for every item that is looked at."""

_METADATA = {Item.LENGTH, Item.FORM, Item.DOMAIN, Item.REASON, Item.CHARACTERS, Item.ARCHIVAL_CODE, Item.ELEMENTS}


@dataclass(frozen=True, slots=True)
class Checked:
    """One item: what came of it and why. ``code`` is its number at filing; other stages have numbers not known here."""

    item: Item
    outcome: Outcome
    words: str = ""

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
    for remark in report.damages:
        assert isinstance(remark.what, Damage)
        item = exact.get(remark.path) if remark.what is Damage.METADATA else None
        failed[item or _OF_DAMAGE[remark.what]].append(remark)
    without = [note.sentence for note in report.notes if note.what is Note.NO_METADATA]
    gaps = [note for note in report.notes if note.what is Note.NUMBER_GAP]
    found = []
    for item in Item:
        if item is Item.VIRUSES:
            found.append(Checked(item, *viruses))
        elif failed[item]:
            found.append(Checked(item, Outcome.FAILED, _told(failed[item])))
        elif item in _OBJECTS:
            words = _told(gaps) if item is Item.CONTINUITY else "".join(without) if item in _METADATA else ""
            found.append(Checked(item, Outcome.PASSED, words))
    return tuple(found)


def _told(remarks: Iterable[Remark]) -> str:
    """The first remarks with their paths, and how many more."""
    every = list(remarks)
    said = [f"{remark.path}{_('：')}{remark.sentence}" for remark in every[:_NAMED]]
    if len(every) > _NAMED:
        said.append(_("另有 {count} 处").format(count=len(every) - _NAMED))
    return _("；").join(said)
