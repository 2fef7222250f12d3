"""Grouped drawings (wpg:wgp) and canvases (wpc:wpc): their parts in the place and size the group gives them.

A group has coordinates of its own, which its frame on the page stretches (ECMA-376 part 1, 20.1.7.5). Text in it keeps
its size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.core.messages import _
from pipeline.rendering.drawingml import drawn
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, attribute, child, is_on, kind
from pipeline.rendering.model import Shape
from pipeline.rendering.pictures import picture_of
from pipeline.rendering.units import held, integer, number

_DEGREE = 60_000
_EMU_PER_POINT = 12_700
_SILENT = frozenset({"wpg:cNvPr", "wpg:cNvGrpSpPr", "wpg:grpSpPr", "wpc:bg", "wpc:whole", "wpg:extLst", "wpc:extLst"})
_MOST_NESTED = 8


@dataclass(frozen=True, slots=True)
class _Frame:
    """From a group's own coordinates (points) to places in its box: take off ``left``, ``top``, then stretch."""

    left: float = 0.0
    top: float = 0.0
    across: float = 1.0
    down: float = 1.0


def grouped(job: Job, place: Place, graphic: Element, base: Shape, paragraph: Element, depth: int = 0) -> Shape:
    """The group with its parts, in the size of ``base``."""
    transform = child(graphic, "wpg:grpSpPr", "a:xfrm")
    if any(is_on(attribute(transform, flip, "0")) for flip in ("flipH", "flipV")) or depth > _MOST_NESTED:
        job.refuse(_("翻转的组合图形"), place, paragraph)
    frame = _frame(transform, base)
    parts = []
    for element in graphic:
        name = kind(element)
        if name in _SILENT:
            continue
        part = _part(element, frame)
        if name == "wps:wsp":
            parts.append(drawn(job, place, element, part, paragraph))
        elif name == "pic:pic":
            parts.append(picture_of(job, place, element, part, paragraph))
        elif name in ("wpg:grpSp", "wpg:wgp") and depth <= _MOST_NESTED:
            parts.append(grouped(job, place, element, part, paragraph, depth + 1))
        else:
            job.refuse(_("组合里不认识的图形（{name}）").format(name=name), place, paragraph)
    rotation = integer(attribute(transform, "rot", "0")) / _DEGREE % 360
    shape = replace(base, kind="group", parts=tuple(parts), rotation=rotation)
    if rotation and shape.inner_blocks():
        job.refuse(_("旋转的或多边形里的文字"), place, paragraph, _("把文字放进不旋转的矩形文本框"))
    return shape


def _frame(transform: Element | None, base: Shape) -> _Frame:
    """A canvas has no coordinates of its own: its parts are measured from its corner."""
    offset, extent = child(transform, "a:chOff"), child(transform, "a:chExt")
    if extent is None:
        return _Frame()
    width, height = _emu(attribute(extent, "cx", "0")), _emu(attribute(extent, "cy", "0"))
    return _Frame(
        _emu(attribute(offset, "x", "0")),
        _emu(attribute(offset, "y", "0")),
        base.width / width if width else 1.0,
        base.height / height if height else 1.0,
    )


def _part(element: Element, frame: _Frame) -> Shape:
    """Place, size and name of a part, from whatever it is."""
    look = next(
        (each for name in ("wps:spPr", "pic:spPr", "wpg:grpSpPr") if (each := child(element, name)) is not None), None
    )
    transform = child(look, "a:xfrm")
    offset, extent = child(transform, "a:off"), child(transform, "a:ext")
    named = next(iter(element.iterfind("{*}cNvPr")), None)
    if named is None:
        named = next(iter(element.iterfind("{*}nvPicPr/{*}cNvPr")), None)
    return Shape(
        kind="rectangle",
        width=held(abs(_emu(attribute(extent, "cx", "0")) * frame.across)),
        height=held(abs(_emu(attribute(extent, "cy", "0")) * frame.down)),
        x=held((_emu(attribute(offset, "x", "0")) - frame.left) * frame.across),
        y=held((_emu(attribute(offset, "y", "0")) - frame.top) * frame.down),
        name=attribute(named, "name"),
        description=attribute(named, "descr"),
    )


def _emu(value: str) -> float:
    """Coordinates inside a group are free numbers, and may be larger than a page."""
    return number(value) / _EMU_PER_POINT
