"""One DrawingML graphic: a picture, a line, a rectangle, an ellipse, a text box (ECMA-376 part 1, 20.1, 20.2).

Office has 187 preset shapes; office papers use four of them. The others are refused, because a shape drawn nearly
right (an arrow as a box) says something else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering.borders import compound
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, attribute, child, is_on
from pipeline.rendering.measure import height_of
from pipeline.rendering.model import NO_BORDER, Block, Border, Shape
from pipeline.rendering.theme import Theme, hexadecimal
from pipeline.rendering.units import emu, integer

_PRESETS: dict[str, Literal["line", "rectangle", "ellipse"]] = {
    "line": "line",
    "straightConnector1": "line",
    "rect": "rectangle",
    "flowChartProcess": "rectangle",
    "ellipse": "ellipse",
    "flowChartConnector": "ellipse",
}
_DOTS = frozenset({"dot", "sysDot"})
_DEFAULT_LINE = "9525"
_SIDE_INSET, _TOP_INSET = "91440", "45720"


def described(holder: Element) -> Shape | None:
    """Size, name and description of a wp:inline or wp:anchor as an inline shape; None for a hidden one."""
    extent, properties = child(holder, "wp:extent"), child(holder, "wp:docPr")
    if is_on(attribute(properties, "hidden", "0")):
        return None
    return Shape(
        kind="rectangle",
        width=abs(emu(attribute(extent, "cx", "0"))),
        height=abs(emu(attribute(extent, "cy", "0"))),
        name=attribute(properties, "name"),
        description=attribute(properties, "descr"),
    )


def drawn(job: Job, place: Place, graphic: Element, base: Shape, paragraph: Element) -> Shape:
    """The shape of a wps:wsp with the size and name of ``base``."""
    look, style = child(graphic, "wps:spPr"), child(graphic, "wps:style")
    theme = job.source.theme
    geometry = attribute(child(look, "a:prstGeom"), "prst", "rect" if child(look, "a:custGeom") is None else "")
    content = child(graphic, "wps:txbx", "w:txbxContent")
    if geometry not in _PRESETS:
        job.refuse(_("图形（{name}）").format(name=geometry or _("自由曲线")), place, paragraph)
    transform = child(look, "a:xfrm")
    if integer(attribute(transform, "rot", "0")) % 21_600_000:
        job.refuse(_("旋转的图形"), place, paragraph)
    flipped = is_on(attribute(transform, "flipH", "0")) != is_on(attribute(transform, "flipV", "0"))
    shape = replace(
        base,
        kind=_PRESETS.get(geometry, "rectangle"),
        stroke=_stroke(child(look, "a:ln"), child(style, "a:lnRef"), theme),
        fill=_fill(job, place, look, child(style, "a:fillRef"), paragraph),
        flip=flipped,
    )
    return shape if content is None else _with_text(job, place, graphic, shape, content, paragraph)


def _with_text(job: Job, place: Place, graphic: Element, shape: Shape, content: Element, paragraph: Element) -> Shape:
    body = child(graphic, "wps:bodyPr")
    if attribute(body, "vert", "horz") != "horz":
        job.refuse(_("竖排文本框"), place, paragraph)
    left, right = (emu(attribute(body, name, _SIDE_INSET)) for name in ("lIns", "rIns"))
    top, bottom = (emu(attribute(body, name, _TOP_INSET)) for name in ("tIns", "bIns"))
    return text_box(job, place, shape, list(content), (top, right, bottom, left), attribute(body, "anchor", "t"))


def text_box(
    job: Job,
    place: Place,
    drawn: Shape,
    content: Sequence[Element],
    padding: tuple[float, float, float, float],
    anchor: str,
) -> Shape:
    """A shape with text in it. ``anchor`` is "t", "ctr" or "b": where the text stands in a box higher than it is."""
    top, right, bottom, left = (max(each, 0.0) for each in padding)
    inner = replace(place, width=max(drawn.width - left - right, 1.0), in_table=False)
    blocks: tuple[Block, ...] = job.blocks(job, inner, content)
    slack = max(drawn.height - top - bottom - height_of(blocks), 0.0)
    top += slack * {"ctr": 0.5, "b": 1.0}.get(anchor, 0.0)
    shape_kind: Literal["ellipse", "text-box"] = "ellipse" if drawn.kind == "ellipse" else "text-box"
    return replace(drawn, kind=shape_kind, blocks=blocks, padding=(top, right, bottom, left))


def _stroke(line: Element | None, reference: Element | None, theme: Theme) -> Border:
    referred = integer(attribute(reference, "idx", "0")) > 0
    if child(line, "a:noFill") is not None or (child(line, "a:solidFill") is None and not referred):
        return NO_BORDER
    color = _solid(child(line, "a:solidFill"), theme) or _solid(reference, theme) or "#000000"
    dash = attribute(child(line, "a:prstDash"), "val", "solid")
    width = emu(attribute(line, "w", _DEFAULT_LINE))
    if dash != "solid":
        return Border("dotted" if dash in _DOTS else "dashed", width, color)
    kind = attribute(line, "cmpd", "sng")
    return Border("solid" if kind == "sng" else "double", width, color, strokes=compound(kind, width))


def _fill(job: Job, place: Place, look: Element | None, reference: Element | None, paragraph: Element) -> str:
    for name in ("a:gradFill", "a:blipFill", "a:pattFill"):
        if child(look, name) is not None:
            job.refuse(_("渐变、图案或图片填充的图形"), place, paragraph)
    if child(look, "a:noFill") is not None:
        return ""
    solid = child(look, "a:solidFill")
    if solid is not None:
        return _solid(solid, job.source.theme)
    return _solid(reference, job.source.theme) if integer(attribute(reference, "idx", "0")) > 0 else ""


def _solid(holder: Element | None, theme: Theme) -> str:
    """The colour inside an a:solidFill or a reference; lumMod/lumOff of theme colours are applied to each channel."""
    plain = child(holder, "a:srgbClr")
    if plain is not None:
        return hexadecimal(attribute(plain, "val"))
    system = child(holder, "a:sysClr")
    if system is not None:
        return hexadecimal(attribute(system, "lastClr")) or "#000000"
    scheme = child(holder, "a:schemeClr")
    if scheme is None:
        return ""
    color = theme.color(attribute(scheme, "val")) or "#000000"
    factor = integer(attribute(child(scheme, "a:lumMod"), "val", "100000")) / 100_000
    shift = integer(attribute(child(scheme, "a:lumOff"), "val", "0")) / 100_000
    channels = (int(color[index : index + 2], 16) / 255 * factor + shift for index in (1, 3, 5))
    return "#" + "".join(f"{math.floor(min(max(each, 0.0), 1.0) * 255 + 0.5):02x}" for each in channels)
