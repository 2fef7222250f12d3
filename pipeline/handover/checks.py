"""What the form of a set (登记表) says was checked: of a hand-over 四性检测, of a copy what copying it proved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.core.four_properties import NAMES, PROPERTIES
from pipeline.four_properties import OUTCOMES, Checked, Outcome


class Check(NamedTuple):
    """One line: what was checked, what was found, and the result in a word."""

    item: str
    found: str
    result: str


def of_a_copy(files: int) -> tuple[Check, ...]:
    """Each file that is copied is compared with the register, and a set with one that differs is never finished."""
    return (
        Check("摘要值", f"{files} 个文件的 SHA-256 与登记簿一致", OUTCOMES[Outcome.PASSED]),
        Check("四性检测", "复制件没有单独检测，正式移交时做", "没有做"),
    )


def of_a_hand_over(items: Sequence[Checked]) -> tuple[Check, ...]:
    """The four properties, each from its own items."""
    own = {
        name: [one for one in items if one.item.value.split("-")[1] == figure] for figure, name in PROPERTIES.items()
    }
    return tuple(_of_a_property(name, some) for name, some in own.items())


def _of_a_property(name: str, items: Sequence[Checked]) -> Check:
    """未通过 as soon as one item is not passed; what was not looked at is told beside 通过."""
    passed, failed, left = ([one for one in items if one.outcome is outcome] for outcome in Outcome)
    found = "；".join(
        (
            f"检了{len(passed) + len(failed)}项",
            *(f"未通过：{NAMES[one.item]}（{one.words}）" for one in failed),
            *(f"没有检：{NAMES[one.item]}（{one.words}）" for one in left),
        )
    )
    if failed:
        return Check(name, found, OUTCOMES[Outcome.FAILED])
    return Check(name, found, f"{OUTCOMES[Outcome.PASSED]}，{len(left)}项没有检" if left else OUTCOMES[Outcome.PASSED])
