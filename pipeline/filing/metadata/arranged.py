"""The metadata of a paper after the arrangement (整理): what was filed, with its 档号.

What lies in the archive is not written again. So this is a file of its own, made of the one that was filed: with the
档号 in the place that was empty, the 保管期限 it says, and the arrangement among the acts.
"""

from __future__ import annotations

from datetime import date

from lxml import etree

from pipeline.core.archival import retention_of
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.retention import RETENTIONS
from pipeline.core.values import ArchivalCode
from pipeline.filing.metadata.checks import PREFIX, faults, parsed
from pipeline.filing.metadata.elements import Part, appended, of, serialised
from pipeline.filing.metadata.writing import act, relation

_RULE = "DA/T 22-2015《归档文件整理规则》"


def arranged(content: bytes, code: ArchivalCode, day: date) -> bytes:
    """The metadata ``content`` of a paper without 档号, with the one that it was given on a day.

    Equal for equal input. Raises ``ArchiveDamaged`` when the metadata, before or after, do not pass their check.
    """
    _refuse_faulty(content)
    root = parsed(content)
    _give(root, code)
    _tell(root, code, day)
    after = serialised(root)
    _refuse_faulty(after)
    return after


def _refuse_faulty(content: bytes) -> None:
    found = faults(content)
    if found:
        raise ArchiveDamaged(_("元数据不合格：{why}").format(why=found[0].sentence), where=found[0].element)


def _give(root: etree._Element, code: ArchivalCode) -> None:
    """The 档号 with its 件号, and the 保管期限 in force when it was given."""
    holder = _found(root, "m:文件实体/m:档号")
    _found(holder, "m:保管期限").text = RETENTIONS[retention_of(code)]
    holder.set("值", code.text)
    appended(holder, Part("室编件号", f"{code.piece:04}"))


def _tell(root: etree._Element, code: ArchivalCode, day: date) -> None:
    """One more act (业务实体), and how it belongs to the paper and to who did it."""
    acts = root.findall("m:业务实体", PREFIX)
    name = f"业务{len(acts) + 1}"
    told = appended(root, of("业务实体", act("整理", day.isoformat(), _RULE, f"编定档号{code.text}"), 标识符=name))
    acts[-1].addnext(told)
    for one, other, is_ in (("文件1", name, "经过"), (name, "机构人员1", "办理者")):
        appended(root, relation(one, other, is_))


def _found(element: etree._Element, path: str) -> etree._Element:
    found = element.find(path, PREFIX)
    assert found is not None, "the scheme asks for it"
    return found
