"""The values of what is printed of a folder: 归档文件目录, 目录索引, 备考表 and 盒脊标签.

They bear the names that the looks in ``printouts/`` use. Decides only; ``pipeline/bindery.py`` has them printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.cataloguing.boxes import Box, Room, boxes, label_sheets
from pipeline.cataloguing.entries import Entry, Shelf, Volume
from pipeline.core.archival import UNARRANGED
from pipeline.core.calendar import written
from pipeline.core.retention import RETENTIONS
from pipeline.core.values import Value

Rows = Sequence[Mapping[str, Value]]

_HEADING = "{place}．{kind}（{count}件）"


@dataclass(frozen=True, slots=True)
class Printed:
    """One thing to print: the ``look`` in ``printouts/``, its head row beside what all of them have, its tables by id.

    ``bookmarks`` are further ones, below one there is by its words: what is read there, and the id of the paper.
    """

    look: str
    details: Mapping[str, Rows]
    head: Mapping[str, Value] = field(default_factory=dict)
    bookmarks: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def catalogue_of(shelf: Shelf) -> Printed:
    """归档文件目录: a cover and a list for each volume."""
    volumes: Rows = [
        {"retention": _period(volume), "pieces": len(volume.entries), "pages": volume.pages} for volume in shelf.volumes
    ]
    lines: Rows = [_line(entry) | {"retention": _period(one)} for one in shelf.volumes for entry in one.entries]
    return Printed("catalogue", {"volumes": volumes, "lines": lines})


def index_of(shelf: Shelf) -> Printed:
    """目录索引: the same papers by kind and day, then the people in them."""
    entries = [entry for volume in shelf.volumes for entry in volume.entries]
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: (one.date, one.archival_code)):
        by_kind[entry.kind].append(entry)
    people = [(name, entry) for entry in entries for name in entry.people]
    return Printed(
        "index",
        {
            "groups": [{"name": kind, "pieces": len(own)} for kind, own in by_kind.items()],
            "lines": [_line(entry) | {"group": kind} for kind, own in by_kind.items() for entry in own],
            "people": [_line(entry) | {"name": name} for name, entry in sorted(people, key=lambda one: one[0])],
        },
        {"pieces": len(entries), "pages": sum(entry.pages for entry in entries)},
        {
            _HEADING.format(place=place, kind=kind, count=len(own)): [(_bookmark(one), one.paper) for one in own]
            for place, (kind, own) in enumerate(by_kind.items(), start=1)
        },
    )


def notes_of(shelf: Shelf, room: Room) -> Printed:
    """备考表: a page for each box, behind its papers."""
    rows: Rows = [
        {
            "retention": _period(volume),
            "box": str(box.number),
            "first": box.first,
            "last": box.last,
            "pieces": len(box.entries),
            "pages": box.pages,
            "sheets": box.sheets,
            "width": box.width,
            **_arranged(box),
            "remarks": "\n".join(_remarks(box)),
        }
        for volume in shelf.volumes
        for box in boxes(volume, room)
    ]
    return Printed("box-notes", {"boxes": rows})


def _remarks(box: Box) -> Iterator[str]:
    """What is left of a box from which papers were destroyed, and what became of each paper in it."""
    there = [one for one in box.entries if one.is_there]
    if gone := len(box.entries) - len(there):
        yield f"其中{gone}件已销毁，现存{len(there)}件{sum(one.pages for one in there)}页。"
    yield from (f"{one.piece:04d}号件{one.remark}。" for one in box.entries if one.remark)


def _arranged(box: Box) -> dict[str, Value]:
    """整理人, 整理日期 and 检查人 of a box by the deeds; empty where the papers were filed with their 档号."""
    deeds = sorted({one.arranged.seq: one.arranged for one in box.entries if one.arranged}.items())
    people = dict.fromkeys(deed.by for _seq, deed in deeds)
    checkers = dict.fromkeys(name for _seq, deed in deeds for name in deed.also)
    return {
        "arranged_by": "、".join(people),
        "arranged_on": written(deeds[-1][1].at.date()) if deeds else "",
        "checked_by": "、".join(checkers),
    }


def spines_of(shelf: Shelf, room: Room) -> Printed:
    """盒脊标签: a label for each box, sheet by sheet, those of one width side by side."""
    filled = [box for volume in shelf.volumes for box in boxes(volume, room)]
    sheets = label_sheets(filled)
    labels: Rows = [
        {
            "sheet": str(place),
            "column": column,
            "retention": RETENTIONS.get(box.retention, box.retention),
            "box": str(box.number),
            "first": box.first,
            "last": box.last,
        }
        for place, (_width, own) in enumerate(sheets, start=1)
        for column, box in enumerate(own, start=1)
    ]
    pages: Rows = [{"sheet": str(place), "width": width} for place, (width, _own) in enumerate(sheets, start=1)]
    return Printed("box-spines", {"sheets": pages, "labels": labels}, _upright(shelf.organisation))


def _upright(name: str) -> dict[str, Value]:
    """A name to be written downwards in 133 mm: small from 20 characters on, two abreast from 28 on."""
    abreast = 1 if len(name) < 28 else 2
    lines = [name[start : start + abreast] for start in range(0, len(name), abreast)]
    return {"upright": "\n".join(lines), "long_name": "是" if len(name) >= 20 else ""}


def _line(entry: Entry) -> dict[str, Value]:
    return {
        "sequence": str(entry.sequence),
        "code": entry.archival_code or UNARRANGED,
        "number": entry.number,
        "responsible": entry.responsible,
        "title": entry.title,
        "paper": entry.paper,
        "day": entry.date,
        "secrecy": entry.secrecy,
        "pages": str(entry.pages or ""),
        "remark": entry.remark,
    }


def _bookmark(entry: Entry) -> str:
    return " ".join(filter(None, (entry.date, entry.number, entry.title)))


def _period(volume: Volume) -> str:
    return RETENTIONS.get(volume.retention, volume.retention)
