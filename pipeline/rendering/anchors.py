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
from pipeline.rendering.wraps import wrapped

_WRAPS = {"wp:wrapSquare": "square", "wp:wrapTight": "tight", "wp:wrapThrough": "through"}
_INSIDE = {"insideMargin": "leftMargin", "outsideMargin": "rightMargin"}
_ALIKE = 0.5
_OTHER = {"leftMargin": "rightMargin", "rightMargin": "leftMargin"}


@dataclass(frozen=True, slots=True)
class Across:
    """What a position across is relative to: where the band begins from an origin of the model, and how long it is."""

    origin_x: Literal["page", "margin", "column"]
    begin: float
    length: float


@dataclass(frozen=True, slots=True)
class Down:
    """The same for a position down."""

    origin_y: Literal["page", "margin", "paragraph"]
    begin: float
    length: float


def placed(job: Job, place: Place, holder: Element, shape: Shape, paragraph: Element) -> Shape:
    """The shape with its origin and distances, ``x`` and ``y`` so far counted in; wp:inline stays in the text."""
    if kind(holder) == "wp:inline":
        if shape.rotation:
            job.refuse(_("旋转的图形"), place, paragraph, _("在 Word 里把环绕方式改为“浮于文字上方”，或先转好再插入"))
        return replace(shape, x=0.0, y=0.0, rotation=0.0)
    across, down = child(holder, "wp:positionH"), child(holder, "wp:positionV")
    horizontal = horizontal_band(place, _sided(job, place, attribute(across, "relativeFrom", "column"), paragraph))
    vertical = vertical_band(place, attribute(down, "relativeFrom", "paragraph"))
    x = shape.x + horizontal.begin + _distance(job, place, across, horizontal.length - shape.width, paragraph)
    y = shape.y + vertical.begin + _distance(job, place, down, vertical.length - shape.height, paragraph)
    shape = replace(
        shape,
        origin_x=horizontal.origin_x,
        origin_y=vertical.origin_y,
        x=x,
        y=y,
        behind=is_on(attribute(holder, "behindDoc", "0")),
    )
    check_sides(job, place, shape, paragraph)
    return wrapped(job, place, shape, _wrap(holder), _clearance(holder), paragraph)


def horizontal_band(place: Place, relative: str) -> Across:
    """What ``relativeFrom`` names, across."""
    paper = place.paper
    if relative == "page":
        return Across("page", 0.0, paper.width)
    if relative == "margin":
        return Across("margin", 0.0, paper.width - paper.left - paper.right)
    if relative == "leftMargin":
        return Across("page", 0.0, paper.left)
    if relative == "rightMargin":
        return Across("page", paper.width - paper.right, paper.right)
    return Across("column", 0.0, place.width)


def vertical_band(place: Place, relative: str) -> Down:
    """What ``relativeFrom`` names, down."""
    paper = place.paper
    if relative == "page":
        return Down("page", 0.0, paper.height)
    if relative == "margin":
        return Down("margin", 0.0, paper.height - paper.top - paper.bottom)
    if relative in ("topMargin", "insideMargin"):
        return Down("page", 0.0, paper.top)
    if relative in ("bottomMargin", "outsideMargin"):
        return Down("page", paper.height - paper.bottom, paper.bottom)
    return Down("paragraph", 0.0, 0.0)


def aligned(job: Job, place: Place, side: str, slack: float, near: Element) -> float:
    """How far from the beginning of its band a shape stands that is aligned and leaves ``slack`` points of it.

    "Inside" and "outside" depend on the page; they are known in headers and footers only, which are set for each side.
    """
    if side in ("inside", "outside"):
        if not place.band:
            job.refuse(_("按单双页内外侧对齐的图形"), place, near)
        job.sided = True
        side = "right" if (side == "outside") == (place.band != "even") else "left"
    return slack * {"center": 0.5, "right": 1.0, "bottom": 1.0}.get(side, 0.0)


def check_sides(job: Job, place: Place, shape: Shape, near: Element) -> None:
    """Refuse a shape of the body measured from the edge of the paper where the margins change sides with the page:
    which page it comes to stand on is not known when it is placed in the text area."""
    differ = abs(place.paper.left - place.paper.right) > _ALIKE
    if job.source.settings.mirror_margins and differ and shape.origin_x == "page" and not place.band:
        job.refuse(_("对称页边距下相对于页面定位的图形"), place, near, _("把水平位置改为相对于“页边距”或“栏”"))


def _sided(job: Job, place: Place, relative: str, near: Element) -> str:
    """A side margin named by inside and outside, as left or right."""
    if relative not in _INSIDE:
        return relative
    if not place.band:
        job.refuse(_("按单双页内外侧对齐的图形"), place, near)
    job.sided = True
    odd = _INSIDE[relative]
    return _OTHER[odd] if place.band == "even" else odd


def _distance(job: Job, place: Place, position: Element | None, slack: float, paragraph: Element) -> float:
    offset, align = child(position, "wp:posOffset"), child(position, "wp:align")
    if offset is not None:
        return emu(offset.text or "0")
    if align is None:
        job.refuse(_("按百分比定位的图形"), place, paragraph)
        return 0.0
    return aligned(job, place, (align.text or "").strip(), slack, paragraph)


def _wrap(holder: Element) -> str:
    if child(holder, "wp:wrapTopAndBottom") is not None:
        return "topAndBottom"
    return next((words for name, words in _WRAPS.items() if child(holder, name) is not None), "none")


def _clearance(holder: Element) -> tuple[float, float]:
    """What text keeps off above and below."""
    wrap = child(holder, "wp:wrapTopAndBottom")
    above, below = (attribute(wrap, name, attribute(holder, name, "0")) for name in ("distT", "distB"))
    return max(emu(above), 0.0), max(emu(below), 0.0)
