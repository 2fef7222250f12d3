"""The record of one act on numbers (号簿): a small JSON file of its own, written once, that a person can read too.

    号簿/2020/00017 作废 铜王组发〔2020〕51号.json
    号簿/2020/00018 补登 49个号.json
    号簿/2020/来稿/3fa1c0de 手工登记簿.xlsx          what a paper register was read from

The folder is the year in which it was done, the number counts all acts of the office: one that was taken away leaves a
hole. Like the record of a paper it is equal for equal input, says its own path, and is read back strictly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.core.acts import WORDS, Action, ActLine, NumberAct, in_full
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.values import FiledFile, Number
from pipeline.filing.layout import NUMBER_BOOK, Occupied, book_place
from pipeline.filing.record import file_of, written_files
from pipeline.filing.staging import Staging
from pipeline.filing.strict import Strict, strict_json

FORMAT = "gongwen-number-act/1"
"""Name and version of the form. A reader refuses a version it does not know."""

ROLE, SOURCE = "act", "source"


def stage_act(
    act: NumberAct, staging: Staging, occupied: Occupied, *, source_name: str = "", source: bytes = b""
) -> NumberAct:
    """Put an act's record, and what it was read from, into ``staging``; returns the act that knows its files."""
    files: dict[str, FiledFile] = {}
    place = book_place(NUMBER_BOOK, act.seq, act.at.year, _called(act))
    if source_name:
        digest = staging.put(source)
        files[SOURCE] = FiledFile(place.source(source_name, digest, occupied), digest, len(source))
    content = write(replace(act, files=files), place.record)
    staging.put(content)
    staging.complete()
    return replace(act, files={**files, ROLE: file_of(place.record, content)})


def write(act: NumberAct, path: str) -> bytes:
    """The record of ``act`` that will lie at ``path``; ``act.files`` holds its other file."""
    whole = {
        "format": FORMAT,
        "path": path,
        "seq": act.seq,
        "action": act.action.value,
        "by": act.by,
        "at": act.at.isoformat(),
        "reason": act.reason,
        "until": _day(act.until),
        "numbers": [_written(line) for line in act.lines],
        "files": written_files(act.files, without=ROLE),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read(content: bytes) -> NumberAct:
    """The act a record tells of, complete with the record's own file. Raises ``ArchiveDamaged`` with the place."""
    whole = strict_json(content)
    if whole.value.get("format") != FORMAT:
        raise ArchiveDamaged(
            _("不是本程序能读的号簿记录"), where="format", remedy=_("这份记录可能是更新版本的程序写的，请先升级")
        )
    whole.only({"format", "path", "seq", "action", "by", "at", "reason", "until", "numbers", "files"})
    action = whole.text("action")
    if action not in set(Action):
        raise ArchiveDamaged(_("不认识的号簿记录：{action}").format(action=action), where="action")
    return NumberAct(
        seq=whole.count("seq"),
        action=Action(action),
        lines=tuple(
            _read(Strict(line, f"numbers[{place}]")) for place, line in enumerate(whole.rows("numbers"), start=1)
        ),
        by=whole.text("by"),
        at=whole.moment("at"),
        reason=whole.text("reason"),
        until=_read_day(whole, "until"),
        files={**whole.files("files"), ROLE: file_of(whole.path("path"), content)},
    )


def _called(act: NumberAct) -> str:
    """``作废 铜王组发〔2020〕51号``: what the file is called after its number."""
    if len(act.lines) == 1:
        number = act.lines[0].number
        return f"{WORDS[act.action]} {in_full(number.series, number.text)}"
    return f"{WORDS[act.action]} {len(act.lines)}个号"


def _written(line: ActLine) -> Mapping[str, Any]:
    number = line.number
    return {
        "series": number.series,
        "year": number.year,
        "n": number.n,
        "text": number.text,
        "title": line.title,
        "date": _day(line.date),
        "note": line.note,
    }


def _read(line: Strict) -> ActLine:
    line.only({"series", "year", "n", "text", "title", "date", "note"})
    number = Number(line.text("series"), line.count("year"), line.count("n"), line.text("text"))
    return ActLine(number, line.text("title"), _read_day(line, "date"), line.text("note"))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read_day(part: Strict, key: str) -> date | None:
    return part.day(key) if part.text(key) else None
