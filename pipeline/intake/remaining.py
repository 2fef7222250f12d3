"""Files we are done with that still lie in the inbox, because we may not remove them or could not post the answer.

A share on which we may read and not delete is met in every larger office. The papers are filed once; the file stays,
and must be known again at the next look without another receipt. It is told by what ``stat`` says of it: saved anew it
is another arrival.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import durable
from pipeline.core.filesystem import explained
from pipeline.core.messages import _
from pipeline.intake.inbox import Arrival

_Key = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Remains:
    """Why a file still lies there, in words, and whether nothing but its removal is left to do."""

    why: str
    removable: bool


class Remaining:
    """The list of such files, kept in the file ``memory``."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._listed = _loaded(memory)

    def why(self, arrival: Arrival) -> str | None:
        """Why this file still lies there, in words; None when it is not one of them."""
        remains = self._listed.get(_key(arrival))
        return None if remains is None else remains.why

    def note(self, arrival: Arrival, why: str, *, removable: bool) -> None:
        """Remember a file we are done with. It is not ``removable`` while the receipt for it is not delivered."""
        self._change({**self._listed, _key(arrival): Remains(why, removable)})

    def keep_only(self, listed: Iterable[Arrival]) -> None:
        """Forget what is no longer there, or was saved anew."""
        there = {_key(arrival) for arrival in listed}
        self._change({key: remains for key, remains in self._listed.items() if key in there})

    def try_again(self, arrival: Arrival) -> None:
        """Remove the file if that is all that is left to do, it is still the same, and it may be removed by now."""
        remains = self._listed.get(_key(arrival))
        if remains is None or not remains.removable:
            return
        try:
            status = arrival.path.lstat()
            if (status.st_size, status.st_mtime_ns, status.st_ino) == (arrival.size, arrival.modified, arrival.inode):
                durable.remove(arrival.path)
        except OSError as error:
            self.note(arrival, cannot_remove(explained(error)), removable=True)

    def _change(self, listed: dict[_Key, Remains]) -> None:
        if listed != self._listed:
            lines = [[*key, remains.why, remains.removable] for key, remains in listed.items()]
            durable.replace(self._memory, json.dumps(lines, ensure_ascii=False).encode())
            self._listed = listed


def cannot_remove(why: str) -> str:
    """The sentence for a file that is done and stays: nothing is wrong with its papers."""
    return _("已处理完，但原件删不掉（{why}），请手工移走；不会重复处理").format(why=why)


def cannot_post(why: str) -> str:
    """The sentence for papers that are filed while the receipt is not delivered."""
    return _("文件已归档、文号已登记，但回执写不进收件夹（{why}）；恢复以后会自动补上").format(why=why)


def _key(arrival: Arrival) -> _Key:
    return os.fsencode(arrival.path).hex(), arrival.size, arrival.modified, arrival.inode


def _loaded(memory: Path) -> dict[_Key, Remains]:
    """What was noted; nothing when the file is lost or damaged: then a file may get one more receipt, no more."""
    try:
        return {
            (str(path), int(size), int(time), int(inode)): Remains(str(why), bool(removable))
            for path, size, time, inode, why, removable in json.loads(memory.read_bytes())
        }
    except (OSError, ValueError, TypeError):
        return {}
