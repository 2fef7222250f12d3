"""Pictures: which bytes a pic:pic or v:imagedata shows, how they are cut, turned and toned, or why they are refused."""

from __future__ import annotations

from dataclasses import replace

from pipeline.core.messages import _
from pipeline.rendering.images import AS_IT_IS, Change, printable, unprintable
from pipeline.rendering.job import Job, Place
from pipeline.rendering.left_out import boxed
from pipeline.rendering.markup import Element, attribute, child, is_on
from pipeline.rendering.model import Shape
from pipeline.rendering.units import emu, integer

_DEGREE = 60_000
"""Angles come in 1/60000 of a degree, shares in 1/1000 of a per cent."""

_WHOLE = 100_000
_EFFECTS = {
    "a:duotone": "双色调的图片",
    "a:clrChange": "设了透明色的图片",
    "a:biLevel": "黑白化的图片",
    "a:clrRepl": "重新着色的图片",
    "a:fillOverlay": "重新着色的图片",
    "a:blur": "模糊的图片",
}


def picture_of(job: Job, place: Place, graphic: Element, base: Shape, paragraph: Element) -> Shape:
    """The picture of a pic:pic in the place of ``base``; a box there when it is refused."""
    fill, look = child(graphic, "pic:blipFill"), child(graphic, "pic:spPr")
    blip = child(fill, "a:blip")
    if attribute(blip, "r:link") and not attribute(blip, "r:embed"):
        job.refuse(_("链接到文件外面的图片"), place, paragraph, _("在 Word 里断开链接，把图片存进文件"))
        return boxed(base)
    if attribute(child(look, "a:prstGeom"), "prst", "rect") != "rect" or child(look, "a:custGeom") is not None:
        job.refuse(_("裁剪成形状的图片"), place, paragraph, _("把图片先裁好再插入"))
    effects = child(look, "a:effectLst")
    if effects is not None and len(effects):
        job.refuse(_("带阴影或其他效果的图片"), place, paragraph, _("在“图片格式-图片效果”里去掉效果"))
    for name, words in _EFFECTS.items():
        if child(blip, name) is not None:
            job.refuse(_(words), place, paragraph, _("把图片先改好再插入"))
    opacity = integer(attribute(child(blip, "a:alphaModFix"), "amt", str(_WHOLE))) / _WHOLE
    base = replace(base, crop=_crop(child(fill, "a:srcRect")), opacity=min(max(opacity, 0.0), 1.0))
    base, change = _turned(job, place, child(look, "a:xfrm"), base, _tone(blip), paragraph)
    return embedded(job, place, attribute(blip, "r:embed"), base, paragraph, change)


def embedded(
    job: Job, place: Place, reference: str, base: Shape, paragraph: Element, change: Change = AS_IT_IS
) -> Shape:
    """The picture a relationship id leads to; a box in its place when it is refused."""
    related = job.source.package.related(place.part).get(reference)
    data = b"" if related is None or related.external else job.source.package.parts.get(related.target, b"")
    if not data:
        job.refuse(_("找不到的图片"), place, paragraph, _("重新插入图片"))
        return boxed(base)
    words = unprintable(data)
    if words:
        job.refuse(_(words), place, paragraph, _("把图片另存为 PNG 或 JPEG 后重新插入"))
        return boxed(base)
    found = printable(data, change)
    if found is None:
        job.refuse(_("损坏、不认识或过大的图片"), place, paragraph, _("用画图打开，另存为 PNG 后重新插入"))
        return boxed(base)
    return replace(base, kind="picture", picture=found[0], media_type=found[1])


def cropped(top: float, right: float, bottom: float, left: float) -> tuple[float, float, float, float]:
    """Shares cut off each side, all four 0 when nothing would be left."""
    return (top, right, bottom, left) if top + bottom < 0.99 and left + right < 0.99 else (0.0, 0.0, 0.0, 0.0)


def _crop(rectangle: Element | None) -> tuple[float, float, float, float]:
    top, right, bottom, left = (
        max(integer(attribute(rectangle, side, "0").rstrip("%")) / _WHOLE, -_WHOLE) for side in "trbl"
    )
    return cropped(top, right, bottom, left)


def _tone(blip: Element | None) -> Change:
    """Brightness, contrast ("washed out" is 70 % and -70 %) and the loss of colour."""
    tone = child(blip, "a:lum")
    bright = integer(attribute(tone, "bright", "0")) / _WHOLE
    contrast = integer(attribute(tone, "contrast", "0")) / _WHOLE
    gain = 1.0 + contrast if contrast <= 0 else 1.0 / max(1.0 - contrast, 0.01)
    return Change(gain=max(gain, 0.0), lift=bright, grey=child(blip, "a:grayscl") is not None)


def _turned(
    job: Job, place: Place, transform: Element | None, base: Shape, change: Change, paragraph: Element
) -> tuple[Shape, Change]:
    """Quarter turns and mirrors are done to the pixels, whose frame keeps its middle; other angles turn the frame."""
    angle = integer(attribute(transform, "rot", "0")) / _DEGREE % 360
    change = replace(
        change,
        mirrored=is_on(attribute(transform, "flipH", "0")),
        upside_down=is_on(attribute(transform, "flipV", "0")),
    )
    if (angle or change.mirrored or change.upside_down) and any(base.crop):
        job.refuse(_("裁剪后又旋转的图片"), place, paragraph, _("把图片先裁好、转好再插入"))
        return base, change
    quarters, rest = divmod(angle, 90)
    if rest:
        return replace(base, rotation=angle), change
    size = child(transform, "a:ext")
    width = emu(attribute(size, "cx", "0"))
    if quarters % 2 and abs(width - base.width) < 1.0:
        base = replace(
            base,
            width=base.height,
            height=base.width,
            x=base.x + (base.width - base.height) / 2,
            y=base.y + (base.height - base.width) / 2,
        )
    return base, replace(change, quarters=int(quarters))
