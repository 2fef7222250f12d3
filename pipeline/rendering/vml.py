"""VML, the drawing language before DrawingML, as WPS and old Word files still write it (ECMA-376 part 4, 19).

Lines, boxes, ovals, pictures, text boxes and groups of them. Text on a path is the watermark of Word; it becomes
outlines. Free forms and presets we do not draw are refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.core.messages import _
from pipeline.rendering import presets
from pipeline.rendering.images import Change
from pipeline.rendering.job import Job, Place
from pipeline.rendering.left_out import boxed
from pipeline.rendering.markup import Element, attribute, child, kind
from pipeline.rendering.model import NO_BORDER, Shape, TextStyle
from pipeline.rendering.pictures import cropped, embedded
from pipeline.rendering.text_boxes import TextBox, text_box
from pipeline.rendering.vml_place import positioned
from pipeline.rendering.vml_style import PAGE, Scale, fill_of, length, pair, share, stroke_of, style_of, yes
from pipeline.rendering.word_art import word_art
from pipeline.rendering.wraps import wrapped

_SILENT = frozenset({"v:shapetype", "v:f", "o:lock", "w:control", "w10:wrap", "w10:anchorlock", "o:diagram"})
_DRAWN = frozenset({"v:line", "v:rect", "v:roundrect", "v:oval", "v:shape", "v:group"})
_TEXT_BOX, _PICTURE, _WORD_ART = "202", "75", "136"
_PRESETS = {
    "1": "rect", "2": "roundRect", "3": "ellipse", "4": "diamond", "5": "triangle", "12": "star5",
    "13": "rightArrow", "20": "line", "32": "straightConnector1", "66": "leftArrow", "67": "downArrow",
    "68": "upArrow", "109": "flowChartProcess", "110": "flowChartDecision", "116": "flowChartTerminator",
    "120": "flowChartConnector", "176": "flowChartAlternateProcess", _TEXT_BOX: "rect", _PICTURE: "rect",
}  # fmt: skip
"""Numbers of VML's shape types (o:spt) and the presets they are."""

_ELEMENTS = {"v:rect": "rect", "v:roundrect": "roundRect", "v:oval": "ellipse", "v:line": "line"}
_MOST_NESTED = 8


def vml_shapes(job: Job, place: Place, pict: Element, paragraph: Element) -> tuple[Shape, ...]:
    """The shapes of a w:pict."""
    return tuple(_shapes(job, place, pict, PAGE, paragraph, 0))


def _shapes(job: Job, place: Place, parent: Element, scale: Scale, paragraph: Element, depth: int) -> Iterator[Shape]:
    for element in parent:
        name = kind(element)
        if name in _DRAWN and depth <= _MOST_NESTED:
            yield _shape(job, place, element, scale, paragraph, depth)
        elif name not in _SILENT:
            job.refuse(_("图形（{name}）").format(name=name), place, paragraph)


def _shape(job: Job, place: Place, element: Element, scale: Scale, paragraph: Element, depth: int) -> Shape:
    base = positioned(job, place, element, scale, paragraph)
    if base.origin_y != "inline":
        wrap = attribute(child(element, "w10:wrap"), "type", "none")
        base = wrapped(job, place, base, wrap, (0.0, 0.0), paragraph)
    if kind(element) == "v:group":
        return _group(job, place, element, base, paragraph, depth)
    art = child(element, "v:textpath")
    if art is not None and (attribute(art, "string") or kind(element) != "v:shape"):
        return _word_art(job, place, element, art, base, paragraph)
    image = child(element, "v:imagedata")
    if image is not None and (_number(element) == _PICTURE or _source(image)):
        return _picture(job, place, element, image, base, paragraph)
    name = _preset(element)
    for words in _unprinted(element, name):
        job.refuse(words, place, paragraph)
    base = replace(base, stroke=stroke_of(element), fill="" if name in presets.LINES else fill_of(element))
    if name in presets.LINES:
        return presets.turned_line(replace(base, kind="line"))
    if presets.is_polygon(name):
        base = presets.polygon(base, name)
    elif name in presets.ELLIPSES:
        base = replace(base, kind="ellipse")
    elif name in presets.ROUNDED:
        base = replace(base, radius=_radius(element, name, base))
    return _with_text(job, place, element, base, paragraph)


def _group(job: Job, place: Place, element: Element, base: Shape, paragraph: Element, depth: int) -> Shape:
    """A group: its coordinates (coordorigin, coordsize; 1000 by 1000 when silent) are stretched over its box."""
    left, top = (share(each) for each in pair(element.get("coordorigin", "0,0")))
    width, height = (share(each) for each in pair(element.get("coordsize", "1000,1000")))
    scale = Scale(left, top, base.width / width if width else 1.0, base.height / height if height else 1.0)
    shape = replace(base, kind="group", parts=tuple(_shapes(job, place, element, scale, paragraph, depth + 1)))
    if shape.rotation and shape.inner_blocks():
        job.refuse(_("旋转的或多边形里的文字"), place, paragraph, _("把文字放进不旋转的矩形文本框"))
    return shape


def _picture(job: Job, place: Place, element: Element, image: Element, base: Shape, paragraph: Element) -> Shape:
    cut = cropped(*(share(attribute(image, f"crop{side}", "0")) for side in ("top", "right", "bottom", "left")))
    tone = Change(
        gain=min(max(share(attribute(image, "gain", "1"), 1.0), 0.0), 100.0),
        lift=min(max(share(attribute(image, "blacklevel", "0")), -1.0), 1.0),
        grey=yes(attribute(image, "grayscale", "f")),
    )
    base = replace(base, crop=cut, stroke=stroke_of(element, default="f"))
    return embedded(job, place, attribute(image, "r:id"), base, paragraph, tone)


def _word_art(job: Job, place: Place, element: Element, art: Element, base: Shape, paragraph: Element) -> Shape:
    """Text stretched over a box (水印): plain presets only."""
    if _number(element) not in (_WORD_ART, ""):
        job.refuse(_("弯曲的艺术字"), place, paragraph)
        return boxed(base)
    style = style_of(art)
    face = style.get("font-family", "").strip("\"' ") or "宋体"
    look = TextStyle(
        face, face, 100.0, style.get("font-weight") == "bold", style.get("font-style") == "italic", hint_east_asian=True
    )
    fill = fill_of(element)
    drawn = word_art(attribute(art, "string"), look, base.width, base.height, fill, stroke_of(element, "f"), job.book)
    if drawn is None:
        job.refuse(_("艺术字或水印"), place, paragraph)
        return boxed(base)
    description = base.description or attribute(art, "string")
    return replace(
        base, kind="picture", picture=drawn, media_type="image/svg+xml", description=description, stroke=NO_BORDER
    )


def _with_text(job: Job, place: Place, element: Element, base: Shape, paragraph: Element) -> Shape:
    box = child(element, "v:textbox")
    content = child(box, "w:txbxContent")
    if content is None or box is None:
        return base
    inner = style_of(box)
    if "layout-flow" in inner and inner["layout-flow"] != "horizontal":
        job.refuse(_("竖排文本框"), place, paragraph)
    if base.rotation or base.kind == "picture":
        job.refuse(_("旋转的或多边形里的文字"), place, paragraph, _("把文字放进不旋转的矩形文本框"))
        base = replace(base, rotation=0.0)
    insets = [each.strip() for each in attribute(box, "inset").split(",")]
    insets += [""] * (4 - len(insets))
    left, top, right, bottom = (
        length(each) if each else default for each, default in zip(insets, (7.2, 3.6, 7.2, 3.6), strict=False)
    )
    style = style_of(element)
    form = TextBox(
        (top, right, bottom, left),
        anchor={"middle": "ctr", "bottom": "b"}.get(style.get("v-text-anchor", ""), "t"),
        grows=yes(inner.get("mso-fit-shape-to-text", "f")),
        wraps=style.get("mso-wrap-style", "square") != "none",
    )
    return text_box(job, place, base, list(content), form, paragraph)


def _unprinted(element: Element, name: str) -> Iterator[str]:
    """The Chinese names of what the shape asks for and does not get."""
    if not presets.is_drawn(name):
        yield _("图形（{name}）").format(name=_number(element) or _("自由曲线"))
    if name in presets.ADJUSTABLE and element.get("adj"):
        yield _("改过形状的图形（{name}）").format(name=name)
    fill = child(element, "v:fill")
    if attribute(fill, "type", "solid") != "solid" and yes(element.get("filled", attribute(fill, "on", "t"))):
        yield _("渐变、图案或图片填充的图形")
    if any(attribute(child(element, "v:stroke"), end, "none") != "none" for end in ("startarrow", "endarrow")):
        yield _("带箭头的线")
    shadow, extrusion = child(element, "v:shadow"), child(element, "o:extrusion")
    if any(each is not None and yes(each.get("on", "f")) for each in (shadow, extrusion)):
        yield _("带阴影或立体效果的图形")


def _source(image: Element) -> str:
    """What a v:imagedata takes its picture from. WPS writes one with nothing but a title into every shape."""
    return next(
        (found for name in ("r:id", "r:pict", "r:href", "o:relid", "src") if (found := attribute(image, name))), ""
    )


def _preset(element: Element) -> str:
    """The preset an element is, "" for a free form."""
    return _ELEMENTS.get(kind(element), "") or _PRESETS.get(_number(element), "")


def _number(element: Element) -> str:
    """The number of the shape type: that behind ``#_x0000_t`` or ``o:spt``."""
    return element.get("type", "").rpartition("_t")[2] or attribute(element, "o:spt").partition(".")[0]


def _radius(element: Element, name: str, base: Shape) -> float:
    part = share(element.get("arcsize", ""), presets.ROUNDED[name] / 100_000)
    return min(max(part, 0.0), 0.5) * min(base.width, base.height)
