"""What is printed for a packet: cover and contents before the papers, the check of each and 利用登记 behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date
from pathlib import PurePosixPath

from pipeline.core.archival import UNARRANGED, called
from pipeline.core.calendar import written
from pipeline.core.values import FiledPaper, Value
from pipeline.office import Office
from pipeline.packet.joined import Part
from pipeline.packet.order import Order
from pipeline.packet.pieces import Piece, destroyed_of
from pipeline.printouts import print_out

_SHOWN_DIGEST = 16
_NOTE = (
    "身份证号、电话号码已遮盖，个人照片已换成灰色。备注“遮盖件”的，由归档的Word文件重新印出，不是归档原件；"
    "其余各件没有这些内容，是归档原件。"
)


def front(
    office: Office, order: Order, pieces: Sequence[Piece], ends: Sequence[Part], starts: Mapping[str, int]
) -> bytes:
    """Cover and contents as PDF/A; ``starts`` says on which page each part begins, empty where each is a file."""
    lines: list[Mapping[str, Value]] = [
        {
            "title": one.title,
            "paper": one.paper.paper,
            "number": one.paper.number or one.paper.archival_code or UNARRANGED,
            "code": (one.paper.archival_code or UNARRANGED) if one.paper.number else "",
            "day": one.paper.date.isoformat(),
            "remark": one.remark,
            "page": str(starts.get(one.paper.paper, "")),
        }
        for one in pieces
    ]
    behind: list[Mapping[str, Value]] = [
        {"title": part.title, "paper": part.id, "page": str(starts.get(part.id, ""))} for part in ends
    ]
    head: dict[str, Value] = {
        **_head(office, order),
        "period": f"{written(order.since)}至{written(order.until)}",
        "chosen": order.chosen or "全部文件",
        "pieces": len(pieces),
        "pages": sum(one.pages for one in pieces),
        "office": office.settings.office.name,
        "day": written(_today(office)),
        "note": _NOTE if order.redact else "",
    }
    notes = [{"words": words} for words in (*_notes(pieces), *_destroyed(destroyed_of(office, order)))]
    return print_out(office, "packet", order.organisation, head, lines=lines, ends=behind, notes=notes)


def _notes(pieces: Sequence[Piece]) -> list[str]:
    """What stays behind and why, each reason once, with the places of its papers in the contents."""
    places: dict[str, list[str]] = {}
    for place, one in enumerate(pieces, start=1):
        for note in one.notes:
            places.setdefault(note, []).append(str(place))
    return [f"第{'、'.join(which)}件：{note}。" for note, which in places.items()]


def _destroyed(papers: Sequence[FiledPaper]) -> list[str]:
    """Of what is destroyed an inspector is told, or its 件号 would seem to be missing."""
    codes = "、".join(called(paper) for paper in papers)
    return [f"另有{len(papers)}件保管期满已经销毁，不在本册，销毁清册在档案的办理簿里：{codes}。"] if papers else []


def end(office: Office, order: Order, pieces: Sequence[Piece], damaged: Set[str]) -> bytes:
    """Each paper with its digest and whether its files are as they were filed, then 利用登记, as PDF/A."""
    wrong = {one.paper.paper: [file.path for file in one.files if file.path in damaged] for one in pieces}
    lines: list[Mapping[str, Value]] = [
        {
            "code": one.paper.archival_code or UNARRANGED,
            "title": one.title,
            "files": str(len(one.files)),
            "digest": one.file.sha256[:_SHOWN_DIGEST],
            "state": "、".join(f"{PurePosixPath(name).suffix}不符" for name in wrong[one.paper.paper]) or "完好",
        }
        for one in pieces
    ]
    head: dict[str, Value] = {
        **_head(office, order),
        "day": written(_today(office)),
        "pieces": len(pieces),
        "files": sum(len(one.files) for one in pieces),
        "faults": sum(map(len, wrong.values())),
        "reader": order.reader or "（没有登记）",
        "purpose": order.purpose,
        "by": order.by,
        "at": f"{written(_today(office))} {office.now():%H:%M}",
        "redacted": "身份证号、电话号码已遮盖" if order.redact else "没有遮盖",
    }
    return print_out(office, "packet-end", order.organisation, head, lines=lines)


def _head(office: Office, order: Order) -> dict[str, Value]:
    return {
        "list_no": "1",
        "organisation": order.organisation.name,
        "year": str(order.since.year),
        "date": _today(office),
    }


def _today(office: Office) -> date:
    return office.now().date()
