"""Where an anchored drawing stands (wp:anchor; ECMA-376 part 1, 20.4.2.3).

Word measures from the page, the margins, the column, the paragraph, a side margin, and aligns instead of measuring.
All of it becomes a distance from one of four origins; which page the anchor is on is settled while paginating.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, attribute, child, is_on, kind
from pipeline.rendering.model import Shape
from pipeline.rendering.units import emu

_THIN = 6.0
"""A rule lower than this (pt) moves no text even where the file says that text keeps above and below it."""

_WRAPS = {
    "wp:wrapSquare": "四周型环绕的图形",
    "wp:wrapTight": "紧密型环绕的图形",
    "wp:wrapThrough": "穿越型环绕的图形",
    "wp:wrapTopAndBottom": "上下型环绕的图形",
}


@dataclass(frozen=True, slots=True)
class _Band:
    """What a position is relative to: an origin of the model, where the band begins from it, and how long it is."""

    origin: Literal["page", "margin", "column", "paragraph"]
    begin: float
    length: float


def placed(job: Job, place: Place, holder: Element, shape: Shape, paragraph: Element) -> Shape:
    """The shape with its origin and distances, ``x`` and ``y`` so far counted in; wp:inline stays in the text."""
    if kind(holder) == "wp:inline":
        if shape.rotation:
            job.refuse(_("旋转的图形"), place, paragraph, _("在 Word 里把环绕方式改为“浮于文字上方”，或先转好再插入"))
        return replace(shape, x=0.0, y=0.0, rotation=0.0)
    _check_wrap(job, place, holder, shape, paragraph)
    across, down = child(holder, "wp:positionH"), child(holder, "wp:positionV")
    horizontal = _horizontal(place, attribute(across, "relativeFrom", "column"))
    vertical = _vertical(place, attribute(down, "relativeFrom", "paragraph"))
    x = shape.x + horizontal.begin + _distance(job, place, across, horizontal.length, shape.width, paragraph)
    y = shape.y + vertical.begin + _distance(job, place, down, vertical.length, shape.height, paragraph)
    return replace(
        shape,
        origin_x="column" if horizontal.origin == "paragraph" else horizontal.origin,
        origin_y="paragraph" if vertical.origin == "column" else vertical.origin,
        x=x,
        y=y,
        behind=is_on(attribute(holder, "behindDoc", "0")),
    )


def _check_wrap(job: Job, place: Place, holder: Element, shape: Shape, paragraph: Element) -> None:
    for name, words in _WRAPS.items():
        wrap = child(holder, name)
        if wrap is None:
            continue
        flat = shape.height <= _THIN and name == "wp:wrapTopAndBottom"
        if not flat:
            job.refuse(_(words), place, paragraph, _("在 Word 里把环绕方式改为“嵌入型”“浮于文字上方”或“衬于文字下方”"))


def _horizontal(place: Place, relative: str) -> _Band:
    paper = place.paper
    if relative == "page":
        return _Band("page", 0.0, paper.width)
    if relative == "margin":
        return _Band("margin", 0.0, paper.width - paper.left - paper.right)
    if relative in ("leftMargin", "insideMargin"):
        return _Band("page", 0.0, paper.left)
    if relative in ("rightMargin", "outsideMargin"):
        return _Band("page", paper.width - paper.right, paper.right)
    return _Band("column", 0.0, place.width)


def _vertical(place: Place, relative: str) -> _Band:
    paper = place.paper
    if relative == "page":
        return _Band("page", 0.0, paper.height)
    if relative == "margin":
        return _Band("margin", 0.0, paper.height - paper.top - paper.bottom)
    if relative in ("topMargin", "insideMargin"):
        return _Band("page", 0.0, paper.top)
    if relative in ("bottomMargin", "outsideMargin"):
        return _Band("page", paper.height - paper.bottom, paper.bottom)
    return _Band("paragraph", 0.0, 0.0)


def _distance(
    job: Job, place: Place, position: Element | None, band: float, extent: float, paragraph: Element
) -> float:
    offset, align = child(position, "wp:posOffset"), child(position, "wp:align")
    if offset is not None:
        return emu(offset.text or "0")
    if align is None:
        job.refuse(_("按百分比定位的图形"), place, paragraph)
    side = "" if align is None else (align.text or "").strip()
    if side in ("inside", "outside"):
        job.refuse(_("按单双页内外侧对齐的图形"), place, paragraph)
    return (band - extent) * {"center": 0.5, "right": 1.0, "bottom": 1.0, "outside": 1.0}.get(side, 0.0)
